//! Which members and items the keywords of a schema evaluated: the annotations that `unevaluatedProperties` and
//! `unevaluatedItems` ask for (2020-12 core, section 11).

use std::collections::HashSet;

/// What was evaluated of one value.
#[derive(Debug, Default)]
pub(crate) struct Evaluated<'a> {
    all_members: bool,
    members: HashSet<&'a str>,
    all_items: bool,
    /// How many from the first one.
    first_items: usize,
    items: HashSet<usize>,
}

impl<'a> Evaluated<'a> {
    pub(crate) fn member(&mut self, key: &'a str) {
        self.members.insert(key);
    }

    pub(crate) fn all_members(&mut self) {
        self.all_members = true;
    }

    pub(crate) fn item(&mut self, index: usize) {
        self.items.insert(index);
    }

    pub(crate) fn first_items(&mut self, count: usize) {
        self.first_items = self.first_items.max(count);
    }

    pub(crate) fn all_items(&mut self) {
        self.all_items = true;
    }

    pub(crate) fn has_member(&self, key: &str) -> bool {
        self.all_members || self.members.contains(key)
    }

    pub(crate) fn has_item(&self, index: usize) -> bool {
        self.all_items || index < self.first_items || self.items.contains(&index)
    }

    /// Adds what another schema evaluated of the same value.
    pub(crate) fn merge(&mut self, other: Self) {
        self.all_members |= other.all_members;
        self.members.extend(other.members);
        self.all_items |= other.all_items;
        self.first_items = self.first_items.max(other.first_items);
        self.items.extend(other.items);
    }
}
