//! An overlay of texts and what was reported of it enter, the texts that are for nothing leave.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Entry, Node, Pointer, Value};
use crate::overlay::{Change, Overlay};
use crate::role::Roles;
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
            texts(update, &pointer, true, &mut orphans);
        }
    }
    orphans
}

/// Finds texts by the names of the keys that have them: what they would be texts of is not there. `is_text`: the node is the
/// value of such a key.
fn texts(node: &Node, pointer: &Pointer, is_text: bool, found: &mut Vec<(Pointer, Span)>) {
    match &node.value {
        Value::String(words) if is_text && !words.trim().is_empty() => found.push((pointer.clone(), node.span)),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                texts(item, &pointer.child(index.to_string()), is_text, found);
            }
        }
        Value::Mapping(entries) => {
            for Entry { key, value } in entries {
                let key = key.text.as_str();
                let is_text =
                    matches!(key, "title" | "summary" | "description") || Roles::TEXT_EXTENSIONS.contains(&key);
                texts(value, &pointer.child(key), is_text, found);
            }
        }
    }
}
