//! Bodies that are server-sent events.

use serde_json::{Map, Value};
use stubwright_schema::{Schemas, Segment, Violations};

use super::contract::Contract;
use super::{Answer, BodyKind, Syntax};
use crate::answer;
use crate::answering::To;
use crate::incoming::Incoming;
use crate::json::Json;
use crate::request::{Origin, Sent, Source};
use crate::response::Response;
use crate::sse::{DataForm, Event, Events, RawEvent, Reading};
use crate::stream::{Items, Records};

/// A body that is a stream of events with typed data.
#[derive(Clone, Copy, Debug)]
pub struct EventsBody {
    media_types: &'static [&'static str],
    contract: Contract,
    data: DataForm,
}

/// A body that is a stream of typed events: objects whose properties are `data`, `event`, `id` and `retry` (OpenAPI 3.2.0
/// section 4.14.4).
#[derive(Clone, Copy, Debug)]
pub struct TypedEventsBody {
    media_types: &'static [&'static str],
    contract: Contract,
}

impl EventsBody {
    /// A body of one of these media types, the violations of whose data the schema of this index tells.
    pub const fn new(
        media_types: &'static [&'static str],
        data: DataForm,
        schemas: &'static Schemas,
        schema: u32,
    ) -> Self {
        Self { media_types, contract: Contract::new(schemas, schema), data }
    }

    /// The same, with a schema that says what the type and its parts neither say nor check.
    #[must_use]
    pub const fn check(mut self, schema: u32) -> Self {
        self.contract.check = schema;
        self
    }

    /// Where it comes from.
    pub const fn origin(&self) -> Origin {
        Origin::Body(self.accept())
    }

    /// What it is.
    pub const fn accept(&self) -> BodyKind {
        BodyKind { media_types: self.media_types, syntax: Syntax::Events }
    }
}

impl TypedEventsBody {
    /// A body of one of these media types, the violations of whose events the schema of this index tells.
    pub const fn new(media_types: &'static [&'static str], schemas: &'static Schemas, schema: u32) -> Self {
        Self { media_types, contract: Contract::new(schemas, schema) }
    }

    /// The same, with a schema that says what the type and its parts neither say nor check.
    #[must_use]
    pub const fn check(mut self, schema: u32) -> Self {
        self.contract.check = schema;
        self
    }

    /// Where it comes from.
    pub const fn origin(&self) -> Origin {
        Origin::Body(self.accept())
    }

    /// What it is.
    pub const fn accept(&self) -> BodyKind {
        BodyKind { media_types: self.media_types, syntax: Syntax::Events }
    }
}

impl<T: Json + 'static> Answer<Events<T>> for EventsBody {
    fn answer(&self, to: To<'_>, body: Events<T>) -> Response {
        answer::events(to, answer::sendable(self.media_types, &[EVENT_STREAM]), self.contract.schema, self.data, body)
    }
}

impl<T: Json + 'static> Answer<Items<T>> for TypedEventsBody {
    fn answer(&self, to: To<'_>, body: Items<T>) -> Response {
        answer::typed_events(to, answer::sendable(self.media_types, &[EVENT_STREAM]), self.contract.schema, body)
    }
}

const EVENT_STREAM: &str = "text/event-stream";

impl<T: Json + 'static> Source<Events<T>> for EventsBody {
    fn place(&self) -> Origin {
        self.origin()
    }

    fn read(&self, incoming: &mut Incoming) -> Sent<Events<T>> {
        let Some(body) = incoming.body_read() else { return Sent::Nothing };
        let (Self { contract, data: form, .. }, terms) = (*self, incoming.stream_terms());
        let decode = move |RawEvent { data, event, id, retry }: RawEvent| {
            let data = match form {
                DataForm::Json => contract.decode(data.as_bytes()),
                DataForm::Text => contract.decode(Value::String(data).to_string().as_bytes()),
            };
            let data = data.map_err(|violations: Violations| violations.below(&[Segment::Key("data".to_owned())]))?;
            Ok(Event { data, event, id, retry: retry.map(std::time::Duration::from_millis) })
        };
        Sent::Value(Items::new(Records::new(body.stream, Reading::default(), terms, decode)))
    }
}

impl<T: Json + 'static> Source<Items<T>> for TypedEventsBody {
    fn place(&self) -> Origin {
        self.origin()
    }

    fn read(&self, incoming: &mut Incoming) -> Sent<Items<T>> {
        let Some(body) = incoming.body_read() else { return Sent::Nothing };
        let (contract, terms) = (self.contract, incoming.stream_terms());
        let decode = move |RawEvent { data, event, id, retry }: RawEvent| {
            let mut fields = Map::new();
            fields.insert("data".to_owned(), Value::String(data));
            fields.extend(event.map(|event| ("event".to_owned(), Value::String(event))));
            fields.extend(id.map(|id| ("id".to_owned(), Value::String(id))));
            fields.extend(retry.map(|retry| ("retry".to_owned(), Value::from(retry))));
            contract.decode(Value::Object(fields).to_string().as_bytes())
        };
        Sent::Value(Items::new(Records::new(body.stream, Reading::default(), terms, decode)))
    }
}
