//! What changed from one document to another, for those who use it: two contracts enter, [`Changes`] leave.
//!
//! The one rule: a change is told by what a client or a user of the generated code notices, not by how the document is
//! written. What cannot be decided is breaking, with the words "may be".

mod calls;
mod content;
mod contract;
mod effect;
mod inventory;
mod items;
mod keywords;
mod limits;
mod merged;
mod objects;
mod operation;
mod origins;
mod parameters;
mod parts;
mod rest;
mod rust_api;
mod schema;
mod security;
mod text;
mod unions;
mod unused;

use crate::Contract;
use crate::diff::effect::Found;
use crate::ir::Ir;
use crate::report::{Place, Places};
use crate::source::Sources;

/// What changed from one document to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// By kind, the worst first; within a kind by place.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whom it concerns.
    pub kind: Kind,
    /// Which rule found it: a name that never changes, such as `request-property-required`.
    pub rule: String,
    /// What changed: an operation, a schema, an item of the generated code.
    pub subject: String,
    /// What changed about it, and what is noticed of that; without a full stop.
    pub message: String,
    /// The place in the old document; none where nothing of it is concerned.
    pub old: Option<Place>,
    /// The place in the new document.
    pub new: Option<Place>,
}

/// Whom a change concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Clients: what they do today fails, or they get what they do not know.
    Breaking,
    /// The contract, and no client of today.
    Compatible,
    /// Who uses the generated Rust code.
    Api,
    /// Readers: words, examples, extensions.
    Text,
}

impl Kind {
    /// Every kind, the worst first.
    pub const ALL: [Self; 4] = [Self::Breaking, Self::Compatible, Self::Api, Self::Text];

    /// The name in output and options.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Compatible => "compatible",
            Self::Api => "api",
            Self::Text => "text",
        }
    }
}

impl Changes {
    /// How many changes are of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        self.changes.iter().filter(|change| change.kind == kind).count()
    }

    /// Whether a change is of a kind, or of one that is worse.
    pub fn reaches(&self, kind: Kind) -> bool {
        self.changes.iter().any(|change| change.kind <= kind)
    }
}

/// One of the two documents.
#[derive(Clone, Copy)]
pub(crate) struct Side<'run> {
    /// What it says.
    pub contract: &'run Contract,
    /// The code that it gives, with explanations.
    pub ir: &'run Ir,
}

/// Compares two documents.
pub(crate) fn diff(sources: &Sources, old: Side<'_>, new: Side<'_>) -> Changes {
    let mut found = contract::compare(&old.contract.model, &new.contract.model);
    found.extend(rust_api::compare(old, new));
    found.extend(text::compare(old.contract, new.contract, found.is_empty()));
    let mut places: Vec<_> = found.iter().flat_map(|found| [found.old, found.new]).flatten().collect();
    places.sort_unstable();
    let places = Places::new(sources, places);
    found.sort_by_key(|found| (found.kind, found.new.or(found.old)));
    let mut changes: Vec<Change> = Vec::new();
    for Found { kind, rule, subject, message, old, new } in found {
        let (old, new) = (old.map(|span| places.of(span)), new.map(|span| places.of(span)));
        let change = Change { kind, rule: rule.into_owned(), subject, message, old, new };
        if !changes.contains(&change) {
            changes.push(change);
        }
    }
    Changes { changes }
}

/// A keyword as a part of a rule's name: `min-length` for `minLength`.
fn kebab(keyword: &str) -> String {
    let mut name = String::with_capacity(keyword.len() + 2);
    for character in keyword.chars().filter(char::is_ascii_alphanumeric) {
        if character.is_ascii_uppercase() {
            name.push('-');
        }
        name.push(character.to_ascii_lowercase());
    }
    name
}
