//! Bodies that are XML.

use http::StatusCode;

use super::contract::Contract;
use super::{Accept, Syntax};
use crate::answer;
use crate::incoming::{Incoming, at_root};
use crate::json::Json;
use crate::request::{Origin, Sent, Source};
use crate::response::Response;
use crate::schemas::Schemas;
use crate::violation::{ViolationKind, Violations};
use crate::xml;

/// A body that is XML.
#[derive(Clone, Copy, Debug)]
pub struct XmlBody {
    media_types: &'static [&'static str],
    contract: Contract,
    root: usize,
}

impl XmlBody {
    /// A body of one of these media types, whose violations the schema of this index tells, and whose root element is that
    /// of another index.
    pub const fn new(
        media_types: &'static [&'static str],
        schemas: &'static Schemas,
        schema: u32,
        root: usize,
    ) -> Self {
        Self { media_types, contract: Contract::new(schemas, schema), root }
    }

    /// The same, with a schema that must admit even what fits the type.
    #[must_use]
    pub const fn checked(mut self) -> Self {
        self.contract.is_checked = true;
        self
    }

    /// Where it comes from.
    pub const fn origin(&self) -> Origin {
        Origin::Body(self.accept())
    }

    /// What it is.
    pub const fn accept(&self) -> Accept {
        Accept { media_types: self.media_types, syntax: Syntax::Xml }
    }

    /// An answer with such a body, of the first media type.
    pub fn answer<T: Json>(&self, status: StatusCode, body: &T) -> Response {
        let media_type = answer::sendable(self.media_types, "application/xml");
        answer::xml(status, media_type, self.contract.schemas, self.root, body)
    }

    fn decode<T: Json>(&self, body: &[u8]) -> Result<T, Violations> {
        let mapping = self.contract.schemas.xml().map_err(|reason| {
            tracing::error!(reason, "the file of schemas does not fit the generated code");
            let violation = at_root(ViolationKind::Unchecked, "cannot be checked".to_owned());
            [violation].into_iter().collect::<Violations>()
        })?;
        self.contract.decode_tree(xml::read(mapping, self.root, body)?)
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
