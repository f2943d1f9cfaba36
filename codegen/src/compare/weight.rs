//! What a part of a document weighs: its values.

use crate::document::Node;

/// The values below a node: scalars, and lists and objects with nothing in them.
pub(super) fn values_below(node: &Node) -> usize {
    node.children().map(|(_, child)| values_below(child).max(1)).sum()
}
