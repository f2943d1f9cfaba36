//! From a [`Document`] to the [`Model`], and the [`Roles`] of its nodes.
//!
//! The one rule: every key is asked for or reported ([`fields::Fields`]). What is not generated for is refused here, at
//! its place, by its name.

mod fields;
mod operation;
#[cfg(test)]
mod oracle;
mod parameter;
mod reference;
mod root;
mod schema;
mod security;

use std::collections::{HashMap, VecDeque};

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::{Document, Node, NodeId, Value};
use crate::model::{Model, SchemaId, Schemas, Spanned};
use crate::role::Roles;
use crate::source::Span;

/// What the reader makes of a document.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// The contract.
    pub model: Model,
    /// What each node of the document is for.
    pub roles: Roles,
}

/// Reads a document; `None` where it is no OpenAPI document of a known version.
pub(crate) fn read(document: &Document, sink: &mut Sink) -> Option<Reading> {
    let version = root::version(document, sink)?;
    let mut cx = Cx {
        root: &document.root,
        version,
        sink,
        roles: Roles::default(),
        targets: HashMap::new(),
        schemas: Schemas::default(),
        schema_ids: HashMap::new(),
        pending_schemas: VecDeque::new(),
    };
    let mut model = root::read(&mut cx)?;
    schema::read_pending(&mut cx);
    schema::refuse_endless_references(&mut cx);
    model.schemas = cx.schemas;
    Some(Reading { model, roles: cx.roles })
}

/// The OpenAPI versions that differ in their grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Version {
    V3_0,
    V3_1,
    V3_2,
}

/// What is threaded through the reader.
struct Cx<'doc> {
    root: &'doc Node,
    version: Version,
    sink: &'doc mut Sink,
    roles: Roles,
    /// What the references that were followed lead to, by fragment.
    targets: HashMap<String, &'doc Node>,
    schemas: Schemas,
    schema_ids: HashMap<NodeId, SchemaId>,
    pending_schemas: VecDeque<(SchemaId, &'doc Node)>,
}

impl Cx<'_> {
    fn wrong_type(&mut self, span: Span, what: &str, expected: &str, found: &str) {
        let message = format!("{what} must be {expected}, not {found}");
        self.sink.report(Diagnostic::new(Code::WrongType, span, message).label(format!("this is {found}")));
    }

    fn no_effect(&mut self, span: Span, message: impl Into<String>, help: &str) {
        self.sink.report(Diagnostic::new(Code::NoEffect, span, message).help(help));
    }

    /// Reports a list or object that must have members.
    fn empty(&mut self, span: Span, key: &str) {
        let message = format!("`{key}` names nothing");
        self.sink.report(Diagnostic::new(Code::InvalidValue, span, message).help("name something, or take it out"));
    }

    fn unsupported(&mut self, span: Span, what: &str) {
        self.sink.report(Diagnostic::unsupported(span, what));
    }

    /// Reports a name that cannot be the name of a header field: RFC 9110 section 5.6.2.
    fn header_name(&mut self, name: &Spanned<String>) {
        if http::HeaderName::from_bytes(name.value.as_bytes()).is_err() {
            let message = format!("`{}` cannot be the name of a header field", name.value);
            self.sink.report(
                Diagnostic::new(Code::InvalidValue, name.span, message)
                    .help("a name has letters, digits, and some symbols such as `-`, and no spaces"),
            );
        }
    }

    /// The string that a node is. Other scalars are read as their text, with a warning.
    fn string(&mut self, node: &Node, what: &str) -> Option<Spanned<String>> {
        let text = match &node.value {
            Value::String(text) => return Some(Spanned { value: text.clone(), span: node.span }),
            Value::Number(text) => text.to_string(),
            Value::Boolean(value) => value.to_string(),
            other @ (Value::Null | Value::Sequence(_) | Value::Mapping(_)) => {
                self.wrong_type(node.span, &format!("`{what}`"), "a string", other.kind());
                return None;
            }
        };
        let message = format!("`{what}` should be a string, not {}", node.value.kind());
        self.sink.report(Diagnostic::new(Code::NotAString, node.span, message).help(format!("write '{text}'")));
        Some(Spanned { value: text, span: node.span })
    }
}
