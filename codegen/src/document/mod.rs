//! Documents as trees: text enters, a [`Document`] of [`Node`]s leaves.
//!
//! The one rule: nothing is lost. Every key and value keeps its place, mappings keep their order, numbers keep their
//! digits. This module knows YAML and JSON, and nothing of OpenAPI.

mod decode;
mod json;
mod load;
mod make;
mod number;
mod pointer;
mod scalar;
mod yaml;

pub use decode::decode;
pub(crate) use json::write_string;
pub use json::{Additions, Edits, to_json, to_json_text};
pub use load::{load, load_range};
pub(crate) use make::Maker;
pub use pointer::Pointer;
pub use yaml::to_yaml;

use crate::source::Span;

/// One document.
#[derive(Clone, Debug)]
pub struct Document {
    /// The value at the top.
    pub root: Node,
    /// The number behind that of the last node.
    next: u32,
}

/// Which node of a document.
///
/// A place is not enough: YAML aliases give nodes in several positions the place of their anchor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct NodeId(u32);

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Node {
    /// Tells the nodes of one document apart.
    pub id: NodeId,
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// A value in the JSON data model.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`, `~`, or nothing.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A number, as a JSON number text: the digits of the document, so no precision is lost.
    Number(Box<str>),
    /// A string.
    String(String),
    /// A sequence.
    Sequence(Vec<Node>),
    /// A mapping, in the document's order. Its keys differ from each other.
    Mapping(Vec<Entry>),
}

/// A member of a mapping.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: Key,
    /// The value.
    pub value: Node,
}

/// A mapping's key.
#[derive(Clone, Debug)]
pub struct Key {
    /// The key as text: `200` and `'200'` are the same key.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Nodes are equal when their values are: places and ids do not count.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// Keys are equal when their texts are: places do not count.
impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Document {
    /// Makes a document of a tree, and numbers its nodes.
    pub(crate) fn new(mut root: Node) -> Self {
        let mut next = 0;
        number(&mut root, &mut next);
        Self { root, next }
    }

    /// Numbers the nodes from a number on, so that they differ from those of other documents. Gives the next free number.
    pub(crate) fn number_from(&mut self, first: u32) -> u32 {
        if self.root.id.0 != first {
            self.next = first;
            number(&mut self.root, &mut self.next);
        }
        self.next
    }
}

impl NodeId {
    /// The number: nodes are numbered in document order, a node before what stands below it.
    pub(crate) const fn number(self) -> u32 {
        self.0
    }
}

fn number(node: &mut Node, next: &mut u32) {
    node.id = NodeId(*next);
    // A document of more nodes than this is larger than any text that is loaded.
    *next = next.saturating_add(1);
    match &mut node.value {
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
        Value::Sequence(items) => items.iter_mut().for_each(|item| number(item, next)),
        Value::Mapping(entries) => entries.iter_mut().for_each(|entry| number(&mut entry.value, next)),
    }
}

impl Node {
    /// A node that stands in no document.
    pub fn detached(span: Span, value: Value) -> Self {
        Self { id: NodeId(u32::MAX), span, value }
    }

    /// The member of a mapping with this key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The member of a mapping with this key, key included.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Mapping(entries) => entries.iter().find(|entry| entry.key.text == key),
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_) => None,
        }
    }

    /// The node with this id, at or below this one.
    pub(crate) fn find(&self, id: NodeId) -> Option<&Node> {
        let mut node = self;
        while node.id != id {
            node = match &node.value {
                Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => return None,
                Value::Sequence(items) => items.get(items.partition_point(|item| item.id.0 <= id.0).checked_sub(1)?)?,
                Value::Mapping(entries) => {
                    let before = entries.partition_point(|entry| entry.value.id.0 <= id.0);
                    &entries.get(before.checked_sub(1)?)?.value
                }
            };
        }
        Some(node)
    }

    /// The members of a mapping.
    pub(crate) fn members(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Mapping(entries) => Some(entries),
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_) => None,
        }
    }

    /// The nodes directly below this one, with the places of their keys in a mapping.
    pub(crate) fn children(&self) -> impl Iterator<Item = (Option<Span>, &Node)> {
        let (items, entries): (&[Node], &[Entry]) = match &self.value {
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => (&[], &[]),
            Value::Sequence(items) => (items, &[]),
            Value::Mapping(entries) => (&[], entries),
        };
        let members = entries.iter().map(|entry| (Some(entry.key.span), &entry.value));
        items.iter().map(|item| (None, item)).chain(members)
    }

    /// The string that this node is.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::Sequence(_) | Value::Mapping(_) => None,
        }
    }
}

impl Node {
    /// The value as a text that values share exactly when JSON Schema takes them for equal: numbers by what they are, not
    /// how they are written, and mappings whatever their order (JSON Schema 2020-12 core, section 4.2.2).
    pub fn canonical(&self) -> String {
        match &self.value {
            Value::Null => "null".to_owned(),
            Value::Boolean(value) => value.to_string(),
            Value::Number(text) => number::canonical(text),
            Value::String(text) => format!("{text:?}"),
            Value::Sequence(items) => {
                let items: Vec<String> = items.iter().map(Self::canonical).collect();
                format!("[{}]", items.join(","))
            }
            Value::Mapping(entries) => {
                let member = |entry: &Entry| format!("{:?}:{}", entry.key.text, entry.value.canonical());
                let mut members: Vec<String> = entries.iter().map(member).collect();
                members.sort();
                format!("{{{}}}", members.join(","))
            }
        }
    }
}

impl Value {
    /// What kind of value it is, in words: `a string`.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Boolean(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "an object",
        }
    }
}
