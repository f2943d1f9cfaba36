//! Bodies that are JSON.

use stubwright_schema::{Schemas, Violations};

use super::contract::Contract;
use super::{Answer, BodyKind, Syntax};
use crate::answer;
use crate::answering::To;
use crate::incoming::Incoming;
use crate::json::Json;
use crate::request::{Origin, Sent, Source};
use crate::response::Response;

/// A body that is JSON.
#[derive(Clone, Copy, Debug)]
pub struct JsonBody {
    media_types: &'static [&'static str],
    contract: Contract,
}

impl JsonBody {
    /// A body of one of these media types, whose violations the schema of this index tells.
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
        BodyKind { media_types: self.media_types, syntax: Syntax::Json }
    }
}

impl<T: Json> Answer<T> for JsonBody {
    fn answer(&self, to: To<'_>, body: T) -> Response {
        answer::json(to, answer::sendable(self.media_types, &["application/json"]), self.contract.schema, body)
    }

    fn refusals(&self, body: &T) -> Violations {
        self.contract.of_sent(body)
    }
}

impl<T: Json> Source<T> for JsonBody {
    fn place(&self) -> Origin {
        self.origin()
    }

    fn read(&self, incoming: &mut Incoming) -> Sent<T> {
        let Some(body) = incoming.body_read() else { return Sent::Nothing };
        incoming.settle(self.contract.decode(&body.bytes))
    }
}
