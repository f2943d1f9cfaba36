//! Single keywords of two merged schemas: types, values, formats, defaults, and those whose effect cannot be told.
//!
//! The one rule: each tells what became of the values by itself; what other keywords do besides is told by them.

use std::collections::BTreeMap;

use crate::diff::Kind;
use crate::diff::effect::{Effect, Flow};
use crate::diff::merged::{self, Merged};
use crate::diff::schema::{At, Comparison};
use crate::document::Node;
use crate::model::TypeSet;

/// Compares types. Gives whether anything is left to compare.
pub(super) fn types(cx: &mut Comparison<'_>, at: &At, one: &Merged<'_>, other: &Merged<'_>) -> bool {
    let (Some(old), Some(new)) = (one.types, other.types) else {
        if one.types != other.types {
            let effect = if other.types.is_none() { Effect::Narrowed } else { Effect::Widened };
            cx.tell(at, "type", effect, "what it may be is not the same", [Some(one.span), Some(other.span)]);
        }
        return false;
    };
    let places = [Some(one.span), Some(other.span)];
    let apart = |types: TypeSet| (types.without(TypeSet::NULL), types.contains(TypeSet::NULL));
    let ((old_rest, old_null), (new_rest, new_null)) = (apart(old), apart(new));
    if old == new {
        return true;
    }
    if old_rest == new_rest && old_rest != TypeSet::ANY {
        let (what, effect) =
            if new_null { ("it may be null now", Effect::Widened) } else { ("it is never null now", Effect::Narrowed) };
        debug_assert_ne!(old_null, new_null, "they differ");
        cx.tell(at, "nullable", effect, what, places);
        return true;
    }
    // Where only some values are left, these tell it.
    if let (Some(_), Some(_)) = (&one.values, &other.values) {
        return true;
    }
    let effect = match (new.is_within(old), old.is_within(new)) {
        (true, _) => Effect::Narrowed,
        (false, true) => Effect::Widened,
        (false, false) => Effect::Changed,
    };
    cx.tell(at, "type", effect, &format!("it was {} and is {} now", shown(old), shown(new)), places);
    effect != Effect::Changed
}

fn shown(types: TypeSet) -> String {
    if types == TypeSet::ANY {
        return "of any type".to_owned();
    }
    let names: Vec<&str> =
        TypeSet::NAMES.iter().filter(|(_, set)| types.contains(*set)).map(|(name, _)| *name).collect();
    format!("`{}`", names.join("` or `"))
}

pub(super) fn values(cx: &mut Comparison<'_>, at: &At, one: &Merged<'_>, other: &Merged<'_>) {
    let listed = |values: &BTreeMap<String, &Node>| {
        let mut values: Vec<&&Node> = values.values().collect();
        values.sort_by_key(|value| value.span);
        let more = if values.len() > 5 { ", …" } else { "" };
        let values: Vec<String> = values.into_iter().take(5).map(|value| merged::shown(value)).collect();
        format!("{}{more}", values.join(", "))
    };
    let places = [Some(one.span), Some(other.span)];
    match (&one.values, &other.values) {
        (None, None) => {}
        (None, Some(new)) => {
            cx.tell(at, "enum", Effect::Narrowed, &format!("only {} are allowed now", listed(new)), places);
        }
        (Some(old), None) => {
            let what = format!("other values than {} are allowed now", listed(old));
            cx.tell(at, "enum", Effect::Widened, &what, places);
        }
        (Some(old), Some(new)) => {
            for (key, value) in old.iter().filter(|(key, _)| key.as_str() != "null" && !new.contains_key(*key)) {
                let _ = key;
                let what = format!("the value {} is gone", merged::shown(value));
                cx.tell(at, "enum-value-removed", Effect::Narrowed, &what, [Some(value.span), Some(other.span)]);
            }
            for (_, value) in new.iter().filter(|(key, _)| key.as_str() != "null" && !old.contains_key(*key)) {
                let what = format!("the value {} is new", merged::shown(value));
                cx.tell(at, "enum-value-added", Effect::Widened, &what, [Some(one.span), Some(value.span)]);
            }
        }
    }
}

/// Each holds what the one before it holds.
const WIDER: [[&str; 2]; 2] = [["int32", "int64"], ["float", "double"]];

pub(super) fn formats(cx: &mut Comparison<'_>, at: &At, one: &Merged<'_>, other: &Merged<'_>) {
    let names =
        |merged: &Merged<'_>| merged.formats.keys().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ");
    let (old, new) = (names(one), names(other));
    let is_wider = |one: &str, other: &str| {
        WIDER.iter().any(|[narrow, wide]| one == format!("`{narrow}`") && other == format!("`{wide}`"))
    };
    let (what, effect) = match (old.as_str(), new.as_str()) {
        (old, new) if old == new => return,
        ("", new) => (format!("the format {new} is asked for now"), Effect::Narrowed),
        (old, "") => (format!("the format {old} is no longer asked for"), Effect::Widened),
        (old, new) => {
            let effect = match (is_wider(old, new), is_wider(new, old)) {
                (true, _) => Effect::Widened,
                (false, true) => Effect::Narrowed,
                (false, false) => Effect::Unclear,
            };
            (format!("the format was {old} and is {new} now"), effect)
        }
    };
    let place = |merged: &Merged<'_>| Some(merged.formats.values().next().copied().unwrap_or(merged.span));
    cx.tell(at, "format", effect, &what, [place(one), place(other)]);
}

/// Keywords whose effect depends on all the others: a change of theirs may be anything.
pub(super) fn beyond(cx: &mut Comparison<'_>, at: &At, one: &Merged<'_>, other: &Merged<'_>) {
    let mut keywords: Vec<&str> = one.words.symmetric_difference(&other.words).map(|(keyword, _)| *keyword).collect();
    for keyword in one.beyond.keys().chain(other.beyond.keys()) {
        let none = Vec::new();
        let (old, new) = (one.beyond.get(keyword).unwrap_or(&none), other.beyond.get(keyword).unwrap_or(&none));
        let is_alike = old.len() == new.len()
            && old.iter().zip(new).all(|(old, new)| cx.is_alike(at.flow, &[*old], &[*new], at.place));
        if !is_alike {
            keywords.push(keyword);
        }
    }
    keywords.sort_unstable();
    keywords.dedup();
    for keyword in keywords {
        let what = format!("what `{keyword}` says is not the same");
        let rule = crate::diff::kebab(keyword);
        cx.tell(at, &rule, Effect::Unclear, &what, [Some(one.span), Some(other.span)]);
    }
}

pub(super) fn default(cx: &mut Comparison<'_>, at: &At, one: &Merged<'_>, other: &Merged<'_>) {
    let place = |merged: &Merged<'_>| Some(merged.default.map_or(merged.span, |node| node.span));
    let (what, is_another) = match (one.default, other.default) {
        (None, None) => return,
        (Some(old), Some(new)) if old.canonical() == new.canonical() => return,
        (None, Some(new)) => (format!("the default is {} now", merged::shown(new)), false),
        (Some(old), None) => (format!("the default, which was {}, is gone", merged::shown(old)), true),
        (Some(old), Some(new)) => {
            (format!("the default was {} and is {} now", merged::shown(old), merged::shown(new)), true)
        }
    };
    let (kind, notice) = match (at.flow, is_another) {
        (Flow::Sent, true) => (Kind::Breaking, "leaving it out means something else now"),
        (Flow::Sent, false) => (Kind::Compatible, "it is said what leaving it out means"),
        (Flow::Received, _) => (Kind::Compatible, "clients may take another value for one that is not there"),
    };
    cx.tell_as(at, "default", kind, &what, notice, [place(one), place(other)]);
}
