//! What became of each text of a document in a translated copy.
//!
//! The one rule: each text of the base is in exactly one state, and each text that only the copy has is orphaned.

use std::collections::{HashMap, HashSet};

use crate::{
    compare::{Change, Comparison, Difference},
    document::{Node, NodeId, Pointer},
    locale::{Base, Translation, each_text, files, record::Record},
    role::{Role, Roles},
    source::Span,
};

/// What became of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The copy has other words.
    Translated,
    /// The copy has the words of the base: a name, or a text that nobody translated.
    Same,
    /// The copy has no such text, or an empty one.
    Missing,
    /// The copy has other words, and those of the base have changed since they were translated.
    Stale,
    /// Only the copy has the text.
    Orphaned,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Translated, Self::Same, Self::Missing, Self::Stale, Self::Orphaned];

    /// The name, as reports have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Translated => "translated",
            Self::Same => "same as base",
            Self::Missing => "missing",
            Self::Stale => "stale",
            Self::Orphaned => "orphaned",
        }
    }
}

/// One text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// What became of it.
    pub state: State,
    /// Its place in the base; in the copy, of one that only the copy has.
    pub pointer: Pointer,
    /// Where it is in the base.
    pub base: Option<Span>,
    /// Where it is in the copy.
    pub copy: Option<Span>,
}

/// The texts of a base and of a copy, in the order of the base, and those that only the copy has behind them.
pub fn status(base: Base<'_>, translation: &Translation, record: &Record) -> Vec<Status> {
    let Translation { language, roles, .. } = translation;
    let (mut translated, mut missing, mut orphaned) = (HashMap::new(), HashSet::new(), Vec::new());
    let Comparison { differences, same } = files::comparison(base, translation);
    let same: HashMap<NodeId, Span> = same.into_iter().collect();
    for difference in differences {
        match (difference.base.node, difference.copy.node, difference.change) {
            (Some(one), Some(other), Change::Changed) if difference.role == Role::Text => {
                if is_blank(other) {
                    missing.insert(one.id);
                } else {
                    translated.insert(one.id, other.span);
                }
            }
            // What stands below a renamed key has differences of its own.
            (_, _, Change::Renamed(_)) => {}
            (one, other, Change::Changed | Change::Missing | Change::Extra) => {
                missing.extend(one.into_iter().flat_map(|node| texts_below(node, base.roles)));
                let side = other.map(|node| (node, &difference));
                orphaned.extend(side.into_iter().flat_map(|(node, difference)| orphans(node, difference, roles)));
            }
        }
    }
    let untranslated: HashSet<Span> = files::untranslated(base, translation).into_iter().flatten().collect();
    let mut statuses = Vec::new();
    files::each_text_of(base, &mut |node, pointer| {
        let words = node.as_str().unwrap_or_default();
        let (state, copy) = match translated.get(&node.id) {
            Some(&copy) if record.is_stale(language, pointer, words) => (State::Stale, Some(copy)),
            Some(&copy) => (State::Translated, Some(copy)),
            None if missing.contains(&node.id) || untranslated.contains(&node.span) => (State::Missing, None),
            None => (State::Same, same.get(&node.id).copied()),
        };
        statuses.push(Status { state, pointer: pointer.clone(), base: Some(node.span), copy });
    });
    statuses.extend(orphaned);
    let without_target = |(pointer, copy): &(Pointer, Span)| Status {
        state: State::Orphaned,
        pointer: pointer.clone(),
        base: None,
        copy: Some(*copy),
    };
    statuses.extend(translation.orphans.iter().map(without_target));
    statuses
}

fn is_blank(node: &Node) -> bool {
    node.as_str().is_none_or(|words| words.trim().is_empty())
}

fn texts_below(node: &Node, roles: &Roles) -> Vec<NodeId> {
    let mut found = Vec::new();
    each_text(node, &Pointer::root(), roles, &mut |node, _| found.push(node.id));
    found
}

fn orphans(node: &Node, difference: &Difference<'_>, roles: &Roles) -> Vec<Status> {
    let mut found = Vec::new();
    each_text(node, &difference.copy.pointer, roles, &mut |node, pointer| {
        found.push(Status { state: State::Orphaned, pointer: pointer.clone(), base: None, copy: Some(node.span) });
    });
    found
}
