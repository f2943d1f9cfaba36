//! The document while it is changed, as our tree and as the value that queries select from.
//!
//! The one rule: our tree is the truth. The value has the same keys and positions; its numbers are for comparisons only.

use crate::document::{Document, Node, Value};

/// One step from a node to a node below it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// A document that is being changed.
#[derive(Debug)]
pub(super) struct Tree {
    root: Node,
    value: serde_json::Value,
    /// How many nodes overlays may still bring.
    room: usize,
    is_full: bool,
}

/// Nodes that overlays may bring, in all: an action that copies a document into itself doubles it.
const NODE_LIMIT: usize = 300_000;

impl Tree {
    pub(super) fn new(root: Node) -> Self {
        let value = value_of(&root);
        Self { root, value, room: NODE_LIMIT, is_full: false }
    }

    /// The document, its nodes numbered anew.
    pub(super) fn finish(self) -> Document {
        Document::new(self.root)
    }

    /// What queries select from.
    pub(super) fn value(&self) -> &serde_json::Value {
        &self.value
    }

    /// The node at a place.
    pub(super) fn at(&self, path: &[Step]) -> Option<&Node> {
        path.iter().try_fold(&self.root, |node, step| match (step, &node.value) {
            (Step::Key(key), _) => node.get(key),
            (Step::Index(index), Value::Sequence(items)) => items.get(*index),
            (Step::Index(_), _) => None,
        })
    }

    /// Whether this many nodes more have room; if so, it is taken. After a refusal nothing has.
    pub(super) fn takes(&mut self, nodes: usize) -> bool {
        let room = self.room.checked_sub(nodes);
        self.is_full = room.is_none();
        self.room = room.unwrap_or_default();
        room.is_some()
    }

    /// Whether there was no room for what an overlay brings.
    pub(super) fn is_full(&self) -> bool {
        self.is_full
    }

    /// Changes the node at a place.
    pub(super) fn change(&mut self, path: &[Step], change: impl FnOnce(&mut Node)) {
        let (Some(node), Some(value)) = (node_at(&mut self.root, path), value_at(&mut self.value, path)) else {
            return;
        };
        change(node);
        *value = value_of(node);
    }

    /// Takes out the node at a place. The root stays.
    pub(super) fn remove(&mut self, path: &[Step]) {
        let Some((last, parent)) = path.split_last() else { return };
        let (Some(node), Some(value)) = (node_at(&mut self.root, parent), value_at(&mut self.value, parent)) else {
            return;
        };
        match (last, &mut node.value, value) {
            (Step::Key(key), Value::Mapping(entries), serde_json::Value::Object(members)) => {
                entries.retain(|entry| entry.key.text != *key);
                members.shift_remove(key);
            }
            (Step::Index(index), Value::Sequence(items), serde_json::Value::Array(values)) if *index < items.len() => {
                items.remove(*index);
                values.remove(*index);
            }
            (Step::Key(_) | Step::Index(_), _, _) => {}
        }
    }
}

fn node_at<'node>(root: &'node mut Node, path: &[Step]) -> Option<&'node mut Node> {
    path.iter().try_fold(root, |node, step| match (step, &mut node.value) {
        (Step::Key(key), Value::Mapping(entries)) => {
            entries.iter_mut().find(|entry| entry.key.text == *key).map(|entry| &mut entry.value)
        }
        (Step::Index(index), Value::Sequence(items)) => items.get_mut(*index),
        (Step::Key(_) | Step::Index(_), _) => None,
    })
}

fn value_at<'value>(root: &'value mut serde_json::Value, path: &[Step]) -> Option<&'value mut serde_json::Value> {
    path.iter().try_fold(root, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(index) => value.get_mut(index),
    })
}

fn value_of(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Boolean(value) => (*value).into(),
        Value::Number(text) => number(text),
        Value::String(text) => text.as_str().into(),
        Value::Sequence(items) => items.iter().map(value_of).collect(),
        Value::Mapping(entries) => {
            entries.iter().map(|entry| (entry.key.text.clone(), value_of(&entry.value))).collect()
        }
    }
}

/// One beyond what the library compares counts as the largest.
fn number(text: &str) -> serde_json::Value {
    let largest = if text.starts_with('-') { f64::MIN } else { f64::MAX };
    text.parse::<serde_json::Number>().map_or_else(|_| largest.into(), serde_json::Value::Number)
}
