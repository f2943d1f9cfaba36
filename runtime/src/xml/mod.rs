//! XML bodies: text enters, the JSON value that it stands for leaves, and the way back.
//!
//! How a schema is written as XML is data: a file beside that of the schemas that values are checked against. So no
//! type has a second set of code, and what is wrong with a body has the place that it would have in JSON. The one rule: a
//! text that is not well-formed, or not in UTF-8, or that declares a document type, is no body.

mod escape;
mod mapping;
mod name;
mod parser;
mod read;
mod write;

use std::sync::OnceLock;

use serde_json::Value;
use stubwright_schema::{Sentence, ViolationKind, Violations};

use self::mapping::{Mapping, Node};
use crate::incoming::at_root;

/// How the bodies of one document are written as XML, as the data file that is generated beside its code.
///
/// It is read at the first use.
#[derive(Debug)]
pub struct XmlTable {
    text: &'static str,
    mapping: OnceLock<Result<Mapping, String>>,
}

impl XmlTable {
    /// The mapping that a data file holds.
    pub const fn new(text: &'static str) -> Self {
        Self { text, mapping: OnceLock::new() }
    }

    /// Reads a body whose root element has this index.
    pub(crate) fn read(&self, root: usize, body: &[u8]) -> Result<Value, Violations> {
        match self.root(root) {
            Some((mapping, node)) => read::read(mapping, node, body),
            None => Err([at_root(ViolationKind::Unchecked, Sentence::Unchecked)].into_iter().collect()),
        }
    }

    /// Writes a value as the root element with this index.
    pub(crate) fn write(&self, root: usize, value: &Value) -> Option<String> {
        self.root(root).map(|(mapping, node)| write::write(mapping, node, value))
    }

    fn root(&self, root: usize) -> Option<(&Mapping, &Node)> {
        let mapping = self.mapping.get_or_init(|| Mapping::parse(self.text)).as_ref();
        let found = mapping.map_err(String::as_str).and_then(|mapping| {
            mapping.roots.get(root).map(|node| (mapping, node)).ok_or("there is no root element with this index")
        });
        found
            .inspect_err(|reason| tracing::error!(root, reason, "the file of XML does not fit the generated code"))
            .ok()
    }
}

/// The namespace of `xsi:nil`: XML Schema part 1 section 2.6.2.
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// What whitespace is: XML 1.0 section 2.3.
const WHITESPACE: [char; 4] = [' ', '\t', '\r', '\n'];

/// The key under which text stands beside elements, in a value of which no schema says anything.
const TEXT_KEY: &str = "#text";
