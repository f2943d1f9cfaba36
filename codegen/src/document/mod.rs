//! Documents as trees: text enters, a [`Document`] of [`Node`]s leaves.
//!
//! The one rule: nothing is lost. Every key and value keeps its place, mappings keep their order, numbers keep their
//! digits. This module knows YAML and JSON, and nothing of OpenAPI.

mod json;
mod load;
mod pointer;
mod scalar;
mod yaml;

pub use json::to_json;
pub use load::{load, load_range};
pub use pointer::Pointer;
pub use yaml::to_yaml;

use crate::source::Span;

/// One document.
#[derive(Clone, Debug)]
pub struct Document {
    /// The value at the top.
    pub root: Node,
}

/// A value and its place.
#[derive(Clone, Debug)]
pub struct Node {
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

/// Nodes are equal when their values are: places do not count.
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

impl Node {
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

    /// The string that this node is.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::Sequence(_) | Value::Mapping(_) => None,
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
