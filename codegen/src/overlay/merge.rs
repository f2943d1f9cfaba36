//! A value is merged with a node: Overlay 1.1.0, Action Object.
//!
//! The one rule: nothing that is there is lost but a value that has no parts, for another one that has none.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::{Entry, Node, Value};
use crate::overlay::Version;

/// What merging depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    List,
    /// A value without parts, null included.
    Primitive,
}

impl Kind {
    pub(super) fn of(node: &Node) -> Self {
        match &node.value {
            Value::Mapping(_) => Self::Object,
            Value::Sequence(_) => Self::List,
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => Self::Primitive,
        }
    }
}

/// One merging.
pub(super) struct Merge<'run> {
    pub(super) sink: &'run mut Sink,
    pub(super) version: Version,
}

impl Merge<'_> {
    /// Merges with a node that is selected.
    pub(super) fn target(&mut self, node: &mut Node, update: &Node) {
        match &mut node.value {
            Value::Sequence(items) => self.append(items, update),
            Value::Mapping(_) | Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {
                self.node(node, update);
            }
        }
    }

    /// A list's target takes the items of a list, and anything else as an item.
    fn append(&mut self, items: &mut Vec<Node>, update: &Node) {
        let Value::Sequence(more) = &update.value else {
            items.push(update.clone());
            return;
        };
        // In 1.0 the value is an entry. Those who write a list of entries for a list that holds no lists mean its entries.
        let holds_lists = items.iter().any(|item| Kind::of(item) == Kind::List);
        match self.version {
            Version::V1_0 if holds_lists => items.push(update.clone()),
            Version::V1_0 => {
                let message = "updating a list with a list is no part of Overlay 1.0";
                let diagnostic = Diagnostic::new(Code::OtherVersion, update.span, message);
                self.sink.report(
                    diagnostic
                        .label("each item is appended, as in Overlay 1.1")
                        .help("write `overlay: 1.1.0`, or one item instead of the list"),
                );
                items.extend(more.iter().cloned());
            }
            Version::V1_1 => items.extend(more.iter().cloned()),
        }
    }

    /// Merges with a node at the same place.
    fn node(&mut self, node: &mut Node, update: &Node) {
        match (&mut node.value, &update.value) {
            (Value::Mapping(entries), Value::Mapping(updates)) => self.object(entries, updates),
            (Value::Sequence(items), Value::Sequence(more)) => items.extend(more.iter().cloned()),
            // The specification's own example has keys without values, in the structure of the document.
            (Value::Mapping(_) | Value::Sequence(_), Value::Null) => {
                self.ignored(update, "the value that is there stays");
            }
            (Value::Null, Value::Mapping(_) | Value::Sequence(_)) => {
                self.ignored(node, "the overlay's value takes the place of null");
                *node = update.clone();
            }
            (
                Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_),
                Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_),
            ) => *node = update.clone(),
            (Value::Mapping(_) | Value::Sequence(_), _) | (_, Value::Mapping(_) | Value::Sequence(_)) => {
                self.conflict(node, update);
            }
        }
    }

    fn object(&mut self, entries: &mut Vec<Entry>, updates: &[Entry]) {
        for update in updates {
            match entries.iter_mut().find(|entry| entry.key.text == update.key.text) {
                Some(entry) => self.node(&mut entry.value, &update.value),
                None => entries.push(update.clone()),
            }
        }
    }

    fn ignored(&mut self, null: &Node, otherwise: &str) {
        let message = "null is merged with a value that has parts";
        self.sink.report(Diagnostic::new(Code::IgnoredValue, null.span, message).label(otherwise));
    }

    fn conflict(&mut self, node: &Node, update: &Node) {
        let message = format!("{} cannot be merged with {}", update.value.kind(), node.value.kind());
        let diagnostic = Diagnostic::new(Code::OverlayConflict, update.span, message);
        self.sink.report(
            diagnostic
                .label(format!("{} of the overlay", update.value.kind()))
                .other(node.span, format!("{} is there", node.value.kind()))
                .help("remove what is there with an action of its own, before this one"),
        );
    }
}
