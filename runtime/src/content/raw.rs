//! Bodies that are text or bytes.

use stubwright_schema::{Direction, Schemas, Sentence, ViolationKind, Violations};

use super::contract::Contract;
use super::{Answer, BodyKind, Syntax};
use crate::answer;
use crate::answering::To;
use crate::incoming::{Incoming, at_root};
use crate::request::{Origin, Sent, Source};
use crate::response::Response;
use crate::stream::ByteStream;

/// A body that is text in UTF-8.
#[derive(Clone, Copy, Debug)]
pub struct TextBody {
    media_types: &'static [&'static str],
    contract: Option<Contract>,
}

/// A body that is a stream of bytes, of one of these media types.
#[derive(Clone, Copy, Debug)]
pub struct BytesBody(pub &'static [&'static str]);

impl TextBody {
    /// A body of one of these media types.
    pub const fn new(media_types: &'static [&'static str]) -> Self {
        Self { media_types, contract: None }
    }

    /// The same, with a schema that admits the text, or the scalar that it writes.
    #[must_use]
    pub const fn check(mut self, schemas: &'static Schemas, schema: u32) -> Self {
        self.contract = Some(Contract::new(schemas, schema));
        self
    }

    /// Where it comes from.
    pub const fn origin(&self) -> Origin {
        Origin::Body(self.accept())
    }

    /// What it is.
    pub const fn accept(&self) -> BodyKind {
        BodyKind { media_types: self.media_types, syntax: Syntax::Text }
    }
}

impl BytesBody {
    /// Where it comes from.
    pub const fn origin(&self) -> Origin {
        Origin::Body(self.accept())
    }

    /// What it is.
    pub const fn accept(&self) -> BodyKind {
        BodyKind { media_types: self.0, syntax: Syntax::Bytes }
    }
}

impl Answer<String> for TextBody {
    fn answer(&self, to: To<'_>, body: String) -> Response {
        answer::text(to, answer::sendable(self.media_types, &["text/plain; charset=utf-8"]), body)
    }

    fn refusals(&self, body: &String) -> Violations {
        self.contract.map_or_else(Violations::default, |contract| contract.of_text(body, Direction::Response))
    }
}

impl Answer<ByteStream> for BytesBody {
    fn answer(&self, to: To<'_>, body: ByteStream) -> Response {
        answer::bytes(to, answer::sendable(self.0, &["application/octet-stream"]), body)
    }
}

impl Source<String> for TextBody {
    fn place(&self) -> Origin {
        self.origin()
    }

    fn read(&self, incoming: &mut Incoming) -> Sent<String> {
        let Some(body) = incoming.body_read() else { return Sent::Nothing };
        let text = String::from_utf8(body.bytes.into());
        let text = text.map_err(|_| {
            let violation = at_root(ViolationKind::Syntax, Sentence::NotUtf8);
            [violation].into_iter().collect::<Violations>()
        });
        incoming.settle(text.and_then(|text| {
            let found = self.contract.map(|contract| contract.of_text(&text, Direction::Request));
            found.filter(|violations| !violations.is_empty()).map_or(Ok(text), Err)
        }))
    }
}

impl Source<ByteStream> for BytesBody {
    fn place(&self) -> Origin {
        self.origin()
    }

    fn read(&self, incoming: &mut Incoming) -> Sent<ByteStream> {
        incoming.body_read().map_or(Sent::Nothing, |body| Sent::Value(body.stream))
    }
}
