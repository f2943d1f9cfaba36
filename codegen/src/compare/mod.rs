//! Two documents with the roles of their nodes enter, a list of what differs between them leaves.
//!
//! The one rule: one [`Difference`] per topmost difference. What is missing or added is not entered, what has been found to
//! differ is not told again, and order alone is no difference.

mod grammar;
mod owner;
mod pairs;
mod walk;
mod weight;

pub use grammar::Thing;
pub use owner::owner;

use crate::{
    document::{Document, Node, NodeId, Pointer},
    role::{Role, Roles},
    source::Span,
};

/// Something that is not the same in a document, the base, and in another one, the copy.
#[derive(Clone, Debug)]
pub struct Difference<'doc> {
    /// What became of it.
    pub change: Change<'doc>,
    /// What it is for. A missing or extra object or list of contract is contract, even where nothing but text is below it.
    pub role: Role,
    /// What it is, by the grammar of the base.
    pub thing: Thing<'doc>,
    /// Where it is in the base.
    pub base: Side<'doc>,
    /// Where it is in the copy.
    pub copy: Side<'doc>,
    /// The values below a missing or extra part: scalars, and lists and objects with nothing in them. 0 for anything else.
    pub below: usize,
}

impl Difference<'_> {
    /// The values of a missing or extra part, which may be one itself; 0 for anything else.
    pub fn values(&self) -> usize {
        match self.change {
            Change::Missing | Change::Extra => self.below.max(1),
            Change::Changed | Change::Renamed(_) => 0,
        }
    }
}

/// What became of a part of the base in the copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change<'doc> {
    /// Another value, in the same place. With [`Role::Text`], other words, which may be none: an empty string or null.
    Changed,
    /// Only the base has it.
    Missing,
    /// Only the copy has it.
    Extra,
    /// The same value but for human text, under another key.
    Renamed(Thing<'doc>),
}

/// One of the two documents of a difference.
#[derive(Clone, Debug)]
pub struct Side<'doc> {
    /// The value; none where it is missing. Pointer and place are then those of what it is missing from.
    pub node: Option<&'doc Node>,
    /// Its name within the document.
    pub pointer: Pointer,
    /// What to show: the key that was renamed, is missing or extra, and else the value.
    pub place: Span,
}

/// Compares a document with another one.
///
/// Mappings are compared as sets of keys; `required`, `enum`, lists of types and security alternatives as sets; `parameters` by
/// `in` and `name`; `tags` by name and `servers` by URL; all other lists by index.
pub fn compare<'doc>(
    base: &'doc Document,
    base_roles: &'doc Roles,
    copy: &'doc Document,
    copy_roles: &'doc Roles,
) -> Vec<Difference<'doc>> {
    comparison(base, base_roles, copy, copy_roles).differences
}

/// Everything that a comparison finds.
#[derive(Clone, Debug, Default)]
pub struct Comparison<'doc> {
    /// What differs.
    pub differences: Vec<Difference<'doc>>,
    /// The texts of the base that the copy has in the same words, and where it has them.
    pub same: Vec<(NodeId, Span)>,
}

/// Like [`compare`], with what is the same.
pub fn comparison<'doc>(
    base: &'doc Document,
    base_roles: &'doc Roles,
    copy: &'doc Document,
    copy_roles: &'doc Roles,
) -> Comparison<'doc> {
    walk::walk(&base.root, base_roles, &copy.root, copy_roles)
}

/// Compares trees that have the members of documents: parts of them at their places, with the roles of their nodes.
pub(crate) fn compare_nodes<'doc>(
    base: &'doc Node,
    base_roles: &'doc Roles,
    copy: &'doc Node,
    copy_roles: &'doc Roles,
) -> Vec<Difference<'doc>> {
    walk::walk(base, base_roles, copy, copy_roles).differences
}
