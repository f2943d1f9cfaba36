//! Anchors and aliases: which values stand at one place, and which of them a change reaches.

use rustc_hash::FxHashSet;

use crate::document::{Node, Value};
use crate::overlay::write::{Cx, Edit};
use crate::source::Span;

/// The places of values that are there more than once: of what has aliases, and of its parts.
pub(super) fn spans(root: &Node) -> FxHashSet<Span> {
    let (mut seen, mut shared) = (FxHashSet::default(), FxHashSet::default());
    let mut nodes = vec![root];
    while let Some(node) = nodes.pop() {
        // A list begins where its first item does, and one of a single item may end there.
        let is_only_item = |child: &&Node| child.span == node.span;
        let children = children(node);
        if children.iter().any(is_only_item) {
            nodes.extend(children);
            continue;
        }
        if !seen.insert(node.span) {
            shared.insert(node.span);
        }
        nodes.extend(children);
    }
    shared
}

impl Cx<'_> {
    /// Those of the shared places that edits reach.
    pub(super) fn touched(&self, shared: &FxHashSet<Span>, edits: &[Edit]) -> FxHashSet<Span> {
        let is_touched = |span: &&Span| {
            let range = span.range();
            // What is added to a block stands behind its last line.
            let end = self.line_end(range.end);
            edits.iter().any(|edit| edit.range.start <= end && range.start <= edit.range.end)
        };
        shared.iter().filter(is_touched).copied().collect()
    }

    /// Whether a value stays as it stands.
    pub(super) fn is_settled(&self, base: &Node, effective: &Node) -> bool {
        base == effective && (self.written_out.is_empty() || !self.has_written_out(base))
    }

    fn has_written_out(&self, node: &Node) -> bool {
        let mut nodes = vec![node];
        while let Some(node) = nodes.pop() {
            if self.written_out.contains(&node.span) {
                return true;
            }
            nodes.extend(children(node));
        }
        false
    }
}

fn children(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::Mapping(entries) => entries.iter().map(|entry| &entry.value).collect(),
        Value::Sequence(items) => items.iter().collect(),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}
