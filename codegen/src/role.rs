//! What the nodes of a document are for: contract, human text, examples, extensions.
//!
//! The reader marks nodes as it goes, so a role comes from a node's place in the grammar: a property that is named
//! `description`, the payload of an example and an enum value are never taken for text.

use std::collections::HashMap;

use crate::source::Span;

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
    by_place: HashMap<Span, Role>,
}

impl Roles {
    /// Marks the node at a place.
    pub fn mark(&mut self, place: Span, role: Role) {
        self.by_place.insert(place, role);
    }

    /// What the node at a place is for.
    pub fn of(&self, place: Span) -> Role {
        self.by_place.get(&place).copied().unwrap_or(Role::Contract)
    }
}
