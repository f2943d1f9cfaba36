//! Bodies that are XML.

use stubwright_schema::{Schemas, Violations};

use super::contract::Contract;
use super::{Answer, BodyKind, Syntax};
use crate::answer;
use crate::answering::To;
use crate::incoming::Incoming;
use crate::json::Json;
use crate::request::{Origin, Sent, Source};
use crate::response::Response;
use crate::xml::XmlTable;

/// A body that is XML.
#[derive(Clone, Copy, Debug)]
pub struct XmlBody {
    media_types: &'static [&'static str],
    contract: Contract,
    table: &'static XmlTable,
    root: usize,
}

impl XmlBody {
    /// A body of one of these media types, whose violations the schema of this index tells, and whose root element is that
    /// of another index of the table.
    pub const fn new(
        media_types: &'static [&'static str],
        schemas: &'static Schemas,
        schema: u32,
        table: &'static XmlTable,
        root: usize,
    ) -> Self {
        Self { media_types, contract: Contract::new(schemas, schema), table, root }
    }

    /// The same, with a schema that must admit even what fits the type.
    #[must_use]
    pub const fn checked(mut self) -> Self {
        self.contract.check = self.contract.schema;
        self
    }

    /// Where it comes from.
    pub const fn origin(&self) -> Origin {
        Origin::Body(self.accept())
    }

    /// What it is.
    pub const fn accept(&self) -> BodyKind {
        BodyKind { media_types: self.media_types, syntax: Syntax::Xml }
    }

    fn decode<T: Json>(&self, body: &[u8]) -> Result<T, Violations> {
        self.contract.decode_tree(self.table.read(self.root, body)?)
    }
}

impl<T: Json> Answer<T> for XmlBody {
    fn answer(&self, to: To<'_>, body: T) -> Response {
        let media_types = answer::sendable(self.media_types, &["application/xml"]);
        answer::xml(to, media_types, self.contract.schema, self.table, self.root, body)
    }

    fn refusals(&self, body: &T) -> Violations {
        self.contract.of_sent(body)
    }
}

impl<T: Json> Source<T> for XmlBody {
    fn place(&self) -> Origin {
        self.origin()
    }

    fn read(&self, incoming: &mut Incoming) -> Sent<T> {
        let Some(body) = incoming.body_read() else { return Sent::Nothing };
        incoming.settle(self.decode(&body.bytes))
    }
}
