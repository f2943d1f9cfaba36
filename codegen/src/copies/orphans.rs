//! An overlay of texts and what was reported of it enter, the texts that are for nothing leave.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Node, Pointer, Value};
use crate::overlay::{Change, Overlay};
use crate::source::Span;

/// The texts of an overlay for which the document has no place: those of actions whose targets select nothing.
pub(super) fn orphans(overlay: &Overlay, reported: &[Diagnostic]) -> Vec<(Pointer, Span)> {
    let is_unmatched = |target: Span| {
        reported.iter().any(|diagnostic| {
            let found = diagnostic.primary.span;
            diagnostic.code == Code::UnmatchedTarget
                && found.source == target.source
                && (target.start..=target.end).contains(&found.start)
        })
    };
    let mut orphans = Vec::new();
    for (index, action) in overlay.actions.iter().enumerate() {
        if let Change::Update(update) = &action.change
            && is_unmatched(action.target.span)
        {
            let pointer = Pointer::root().child("actions").child(index.to_string()).child("update");
            strings(update, &pointer, &mut orphans);
        }
    }
    orphans
}

fn strings(node: &Node, pointer: &Pointer, found: &mut Vec<(Pointer, Span)>) {
    match &node.value {
        Value::String(_) => found.push((pointer.clone(), node.span)),
        Value::Null | Value::Boolean(_) | Value::Number(_) => {}
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                strings(item, &pointer.child(index.to_string()), found);
            }
        }
        Value::Mapping(entries) => {
            for entry in entries {
                strings(&entry.value, &pointer.child(entry.key.text.as_str()), found);
            }
        }
    }
}
