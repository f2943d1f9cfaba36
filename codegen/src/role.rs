//! What the nodes of a document are for: contract, human text, examples, extensions.
//!
//! The reader marks nodes as it goes, so a role comes from a node's place in the grammar: a property that is named
//! `description`, the payload of an example and an enum value are never taken for text.

use std::collections::HashMap;

use crate::document::NodeId;

/// What a node is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Types, routes or checks may depend on it: the same in every language.
    Contract,
    /// Text for people: free to be translated.
    Text,
    /// An example's value, and everything below it.
    Example,
    /// The value of an extension (`x-…`), and everything below it.
    Extension,
}

/// The roles of the nodes of one document. What is not marked is contract.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    by_node: HashMap<NodeId, Role>,
}

impl Roles {
    /// Marks a node.
    pub fn mark(&mut self, node: NodeId, role: Role) {
        self.by_node.insert(node, role);
    }

    /// What a node is for.
    pub fn of(&self, node: NodeId) -> Role {
        self.by_node.get(&node).copied().unwrap_or(Role::Contract)
    }
}
