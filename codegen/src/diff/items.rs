//! Items of generated code: two inventories enter, what was renamed, retyped, added and removed leaves.
//!
//! The one rule: an item is known by what it stands for in the document, so that one which got another name is renamed, and
//! is not one that went and another that came.

use std::collections::HashMap;

use crate::diff::Kind;
use crate::diff::effect::Found;
use crate::source::Span;

/// An item that users of generated code name.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// What it is: `field`.
    pub(super) what: &'static str,
    /// What it stands for, among those beside it.
    pub(super) key: String,
    /// Its path from the module on: `types::Pet::tag`.
    pub(super) path: String,
    /// Its type, or what it is made of; may be empty.
    pub(super) signature: String,
    /// What of the document it comes from.
    pub(super) place: Option<Span>,
    /// The items in it.
    pub(super) items: Vec<Item>,
}

/// Tells what became of items.
pub(super) fn compare(old: &[Item], new: &[Item], found: &mut Vec<Found>) {
    for (before, after) in pairs(old, new) {
        match (before, after) {
            (Some(before), Some(after)) => {
                if before.path != after.path && last(&before.path) != last(&after.path) {
                    let message = format!("the {} `{}` is `{}` now", after.what, last(&before.path), last(&after.path));
                    found.push(told("renamed", after, message, before.place, after.place));
                }
                if before.signature != after.signature {
                    let message =
                        format!("the {} was `{}` and is `{}` now", after.what, before.signature, after.signature);
                    found.push(told("retyped", after, message, before.place, after.place));
                }
                compare(&before.items, &after.items, found);
            }
            (Some(before), None) => {
                found.push(told("removed", before, format!("the {} is gone", before.what), before.place, None));
            }
            (None, Some(after)) => {
                let signature =
                    if after.signature.is_empty() { String::new() } else { format!(": `{}`", after.signature) };
                let message = format!("the {} is new{signature}", after.what);
                found.push(told("added", after, message, None, after.place));
            }
            (None, None) => {}
        }
    }
}

fn told(what: &str, item: &Item, message: String, old: Option<Span>, new: Option<Span>) -> Found {
    let rule = format!("api-{}-{what}", item.what.replace(' ', "-"));
    Found { kind: Kind::Api, rule: rule.into(), subject: item.path.clone(), message, old, new }
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

/// Items that are the same: by what they stand for; then by path, where the document was only arranged in another way; then
/// by all that is in them, where it is arranged and named in another way.
pub(super) fn pairs<'run>(old: &'run [Item], new: &'run [Item]) -> Vec<(Option<&'run Item>, Option<&'run Item>)> {
    let mut partners: Vec<Option<usize>> = vec![None; old.len()];
    let mut is_taken = vec![false; new.len()];
    let keys: [fn(&Item) -> Option<String>; 3] = [
        |item| Some(format!("{}\n{}", item.what, item.key)),
        |item| Some(format!("{}\n{}", item.what, item.path)),
        |item| (!item.items.is_empty() && item.what == "type").then(|| contents(item)),
    ];
    for key in keys {
        let mut known: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, item) in new.iter().enumerate().rev().filter(|(index, _)| !is_taken[*index]) {
            if let Some(key) = key(item) {
                known.entry(key).or_default().push(index);
            }
        }
        for (index, item) in old.iter().enumerate() {
            if partners[index].is_none()
                && let Some(partner) = key(item).and_then(|key| known.get_mut(&key)?.pop())
            {
                partners[index] = Some(partner);
                is_taken[partner] = true;
            }
        }
    }
    let both = old.iter().zip(&partners).map(|(item, partner)| (Some(item), partner.map(|index| &new[index])));
    let added = new.iter().zip(&is_taken).filter(|(_, taken)| !**taken).map(|(item, _)| (None, Some(item)));
    both.chain(added).collect()
}

fn contents(item: &Item) -> String {
    let items: Vec<String> =
        item.items.iter().map(|inner| format!("{} {}: {}", inner.what, last(&inner.path), inner.signature)).collect();
    format!("{} {}", item.signature, items.join("\n"))
}
