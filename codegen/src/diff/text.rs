//! Words, examples and extensions, and what of the contract the generator only passes through: two trees enter, changes
//! leave.
//!
//! The one rule: what a node is for comes from the reader. What moved with the part that it belongs to is told with that
//! part.

use std::path::Path;

use crate::Contract;
use crate::compare::{self, Change, Difference};
use crate::diff::effect::Found;
use crate::diff::{Kind, rest};
use crate::document::Document;
use crate::role::Role;

/// Compares the trees of two documents, and of the files that they refer to. Where nothing else was found, the document is at
/// least written in another way.
pub(super) fn compare(old: &Contract, new: &Contract, nothing_found: bool) -> Vec<Found> {
    let (mut found, mut unexplained) = (Vec::new(), Vec::new());
    for (one, other) in files(old, new) {
        let used = rest::Used::new(one, other);
        let differences = compare::compare(one, &old.roles, other, &new.roles);
        for difference in differences {
            let changes = match role(&difference, old, new) {
                Role::Text | Role::Example | Role::Extension => vec![changed(&difference)],
                Role::Contract => rest::found(&difference, &used),
            };
            if changes.is_empty() {
                unexplained.push((difference.base.place, difference.copy.place));
            }
            for change in changes {
                let is_same = |known: &Found| (&known.subject, &known.message) == (&change.subject, &change.message);
                if !found.iter().any(is_same) {
                    found.push(change);
                }
            }
        }
    }
    let says_the_same = nothing_found && found.iter().all(|change| change.kind == Kind::Text);
    if let Some((places, count)) = unexplained.first().zip(Some(unexplained.len())).filter(|_| says_the_same) {
        let message = match count {
            1 => "it is written in another way here, and means the same".to_owned(),
            _ => format!("it is written in another way in {count} places, here for the first time, and means the same"),
        };
        let (subject, rule) = ("the document".to_owned(), "form".into());
        found.push(Found { kind: Kind::Text, rule, subject, message, old: Some(places.0), new: Some(places.1) });
    }
    found
}

/// What a difference is about: a part that holds nothing but words is no text itself.
fn role(difference: &Difference<'_>, old: &Contract, new: &Contract) -> Role {
    let own = match (&difference.change, difference.base.node, difference.copy.node) {
        (Change::Missing, Some(node), _) => old.roles.of(node.id),
        (Change::Extra, _, Some(node)) => new.roles.of(node.id),
        _ => difference.role,
    };
    if difference.role == Role::Text { own } else { difference.role }
}

/// The documents of both sides that are the same: the bases, and files of the same name.
fn files<'run>(old: &'run Contract, new: &'run Contract) -> Vec<(&'run Document, &'run Document)> {
    let mut pairs = vec![(old.documents.base(), new.documents.base())];
    for one in old.documents.read() {
        let name = within(old, &one.path);
        let other = new.documents.read().find(|other| within(new, &other.path) == name);
        pairs.extend(other.and_then(|other| Some((one.document.as_ref().ok()?, other.document.as_ref().ok()?))));
    }
    pairs
}

/// The path of a file from the folder of its document on.
fn within<'run>(contract: &'run Contract, path: &'run Path) -> &'run Path {
    let folder = contract.documents.files.first().and_then(|base| base.path.parent());
    folder.and_then(|folder| path.strip_prefix(folder).ok()).unwrap_or(path)
}

/// A difference in something that is no contract.
fn changed(difference: &Difference<'_>) -> Found {
    let Difference { change, role, thing, base, copy, .. } = difference;
    let (what, rule) = match role {
        Role::Text | Role::Contract => ("the text ", "text"),
        Role::Example => ("the example ", "example"),
        Role::Extension => ("", "extension"),
    };
    let (verb, how) = match (change, role) {
        (Change::Changed, Role::Text) => ("has other words", "changed"),
        (Change::Changed | Change::Renamed(_), _) => ("is another one", "changed"),
        (Change::Missing, _) => ("is gone", "removed"),
        (Change::Extra, _) => ("is new", "added"),
    };
    let thing = thing.to_string();
    // Some things say themselves what they are.
    let what = if thing.starts_with("the ") { "" } else { what };
    let pointer = if copy.node.is_some() { &copy.pointer } else { &base.pointer };
    Found {
        kind: Kind::Text,
        rule: format!("{rule}-{how}").into(),
        subject: format!("#{pointer}"),
        message: format!("{what}{thing} {verb}"),
        old: Some(base.place),
        new: Some(copy.place),
    }
}
