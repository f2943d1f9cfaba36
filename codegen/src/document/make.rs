//! Trees that stand in no document, for what the generator adds or tries.

use crate::document::{Entry, Key, Node, Value};
use crate::source::Span;

/// Makes nodes; each has this place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Maker(pub(crate) Span);

impl Maker {
    /// A string.
    pub(crate) fn text(self, text: impl Into<String>) -> Node {
        Node::detached(self.0, Value::String(text.into()))
    }

    /// A whole number.
    pub(crate) fn integer(self, number: u16) -> Node {
        Node::detached(self.0, Value::Number(number.to_string().into()))
    }

    /// A number, by its digits.
    pub(crate) fn number(self, digits: impl Into<Box<str>>) -> Node {
        Node::detached(self.0, Value::Number(digits.into()))
    }

    /// `true` or `false`.
    pub(crate) fn boolean(self, value: bool) -> Node {
        Node::detached(self.0, Value::Boolean(value))
    }

    /// A sequence.
    pub(crate) fn list(self, items: impl IntoIterator<Item = Node>) -> Node {
        Node::detached(self.0, Value::Sequence(items.into_iter().collect()))
    }

    /// A mapping.
    pub(crate) fn object<K: Into<String>>(self, members: impl IntoIterator<Item = (K, Node)>) -> Node {
        let members = members.into_iter().map(|(key, value)| self.entry(key, value)).collect();
        Node::detached(self.0, Value::Mapping(members))
    }

    /// A member whose value is a mapping with these members.
    pub(crate) fn member(self, key: &str, members: Vec<Entry>) -> Entry {
        self.entry(key, Node::detached(self.0, Value::Mapping(members)))
    }

    /// A member of a mapping.
    pub(crate) fn entry(self, key: impl Into<String>, value: Node) -> Entry {
        Entry { key: Key { text: key.into(), span: self.0 }, value }
    }
}
