//! Sets and maps of nodes.
//!
//! Nodes are numbered without gaps, so a list by number is smaller and quicker than a hash map.

use crate::document::NodeId;

/// A set of nodes.
#[derive(Debug, Default)]
pub(super) struct NodeSet {
    map: NodeMap<()>,
}

/// A value for some nodes.
#[derive(Debug)]
pub(super) struct NodeMap<T> {
    values: Vec<Option<T>>,
}

impl<T> Default for NodeMap<T> {
    fn default() -> Self {
        Self { values: Vec::new() }
    }
}

impl NodeSet {
    /// Adds a node; tells whether it was not there.
    pub(super) fn insert(&mut self, node: NodeId) -> bool {
        let is_new = !self.contains(node);
        self.map.insert(node, ());
        is_new
    }

    pub(super) fn contains(&self, node: NodeId) -> bool {
        self.map.get(node).is_some()
    }
}

impl<T> NodeMap<T> {
    pub(super) fn get(&self, node: NodeId) -> Option<&T> {
        self.values.get(node.number() as usize).and_then(Option::as_ref)
    }

    pub(super) fn insert(&mut self, node: NodeId, value: T) {
        let number = node.number() as usize;
        if self.values.len() <= number {
            self.values.resize_with(number + 1, || None);
        }
        self.values[number] = Some(value);
    }
}
