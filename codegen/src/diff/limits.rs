//! The keywords that limit numbers, strings and sizes: two sets of limits enter, what became of each leaves.
//!
//! The one rule: a limit that is written in another way and leaves the same values is no change.

use crate::diff::effect::Effect;

/// The limits of a schema and of all that it is made of: of each kind the tightest.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Bounds {
    /// By keyword: the number, and whether it is excluded itself.
    pub(super) lower: [Option<Bound>; 4],
    /// By keyword.
    pub(super) upper: [Option<Bound>; 4],
    /// `multipleOf`, each that there is.
    pub(super) multiples: Vec<Box<str>>,
    /// `uniqueItems`.
    pub(super) unique: bool,
    /// `pattern`, each that there is, sorted.
    pub(super) patterns: Vec<String>,
}

/// A number that a value or size must not be beyond.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bound {
    /// As it is written.
    pub(super) text: Box<str>,
    /// Whether the number itself is beyond.
    pub(super) excluded: bool,
}

/// What a bound is about, by its index in [`Bounds::lower`] and [`Bounds::upper`].
const LOWER: [&str; 4] = ["minimum", "minLength", "minItems", "minProperties"];
const UPPER: [&str; 4] = ["maximum", "maxLength", "maxItems", "maxProperties"];

impl Bounds {
    /// Adds the limits of a part.
    pub(super) fn add(&mut self, limits: &crate::model::Limits) {
        let size = |size: Option<u64>| size.map(|size| Bound { text: size.to_string().into(), excluded: false });
        let number = |text: &Option<Box<str>>, excluded| text.clone().map(|text| Bound { text, excluded });
        let lower = [
            number(&limits.minimum, false),
            size(limits.min_length),
            size(limits.min_items),
            size(limits.min_properties),
        ];
        let upper = [
            number(&limits.maximum, false),
            size(limits.max_length),
            size(limits.max_items),
            size(limits.max_properties),
        ];
        for (index, bound) in lower.into_iter().enumerate() {
            tighten(&mut self.lower[index], bound, is_tighter_below);
        }
        for (index, bound) in upper.into_iter().enumerate() {
            tighten(&mut self.upper[index], bound, is_tighter_above);
        }
        tighten(&mut self.lower[0], number(&limits.exclusive_minimum, true), is_tighter_below);
        tighten(&mut self.upper[0], number(&limits.exclusive_maximum, true), is_tighter_above);
        self.multiples.extend(limits.multiple_of.clone());
        self.unique |= limits.unique_items;
        self.patterns.extend(limits.pattern.as_ref().map(|pattern| pattern.value.clone()));
        self.patterns.sort();
        self.patterns.dedup();
    }

    /// What became of each limit: the keyword, what happened to it, in words, and its effect.
    pub(super) fn compare(&self, new: &Self) -> Vec<(&'static str, String, Effect)> {
        let mut found = Vec::new();
        for (index, name) in LOWER.into_iter().enumerate() {
            found.extend(bound(name, self.lower[index].as_ref(), new.lower[index].as_ref(), is_tighter_below));
        }
        for (index, name) in UPPER.into_iter().enumerate() {
            found.extend(bound(name, self.upper[index].as_ref(), new.upper[index].as_ref(), is_tighter_above));
        }
        found.extend(multiples(&self.multiples, &new.multiples));
        if self.unique != new.unique {
            let (what, effect) = if new.unique {
                ("its items must differ now", Effect::Narrowed)
            } else {
                ("its items may be equal now", Effect::Widened)
            };
            found.push(("uniqueItems", what.to_owned(), effect));
        }
        found.extend(patterns(&self.patterns, &new.patterns));
        found
    }
}

fn tighten(known: &mut Option<Bound>, bound: Option<Bound>, is_tighter: fn(&Bound, &Bound) -> bool) {
    if let Some(bound) = bound
        && known.as_ref().is_none_or(|known| is_tighter(&bound, known))
    {
        *known = Some(bound);
    }
}

/// Numbers as far as they can be ordered: those of documents have few digits.
fn value(bound: &Bound) -> f64 {
    bound.text.parse().unwrap_or(f64::NAN)
}

fn is_tighter_below(one: &Bound, other: &Bound) -> bool {
    value(one) > value(other) || (is_equal(one, other) && one.excluded && !other.excluded)
}

fn is_tighter_above(one: &Bound, other: &Bound) -> bool {
    value(one) < value(other) || (is_equal(one, other) && one.excluded && !other.excluded)
}

fn is_equal(one: &Bound, other: &Bound) -> bool {
    one.text == other.text || value(one).total_cmp(&value(other)).is_eq()
}

fn bound(
    name: &'static str,
    old: Option<&Bound>,
    new: Option<&Bound>,
    is_tighter: fn(&Bound, &Bound) -> bool,
) -> Option<(&'static str, String, Effect)> {
    let shown = |bound: &Bound| {
        let excluded = if bound.excluded { " (excluded)" } else { "" };
        format!("{}{excluded}", bound.text)
    };
    // No size is below zero.
    let is_nothing = |bound: &&Bound| name.starts_with("min") && name != "minimum" && &*bound.text == "0";
    let (what, effect) = match (old.filter(|bound| !is_nothing(bound)), new.filter(|bound| !is_nothing(bound))) {
        (None, None) => return None,
        (None, Some(new)) => (format!("`{name}` is {} now", shown(new)), Effect::Narrowed),
        (Some(old), None) => (format!("`{name}`, which was {}, is gone", shown(old)), Effect::Widened),
        (Some(old), Some(new)) if old.excluded == new.excluded && is_equal(old, new) => return None,
        (Some(old), Some(new)) => {
            let effect = if is_tighter(new, old) { Effect::Narrowed } else { Effect::Widened };
            (format!("`{name}` was {} and is {} now", shown(old), shown(new)), effect)
        }
    };
    Some((name, what, effect))
}

fn multiples(old: &[Box<str>], new: &[Box<str>]) -> Option<(&'static str, String, Effect)> {
    let name = "multipleOf";
    let number = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
    let is_multiple = |one: &str, other: &str| {
        let ratio = number(one) / number(other);
        ratio.is_finite() && (ratio - ratio.round()).abs() < f64::EPSILON
    };
    let (what, effect) = match (old, new) {
        (old, new) if old == new => return None,
        ([], [new]) => (format!("`{name}` is {new} now"), Effect::Narrowed),
        ([old], []) => (format!("`{name}`, which was {old}, is gone"), Effect::Widened),
        ([old], [new]) => {
            let effect = match (is_multiple(new, old), is_multiple(old, new)) {
                (true, true) => return None,
                (true, false) => Effect::Narrowed,
                (false, true) => Effect::Widened,
                (false, false) => Effect::Changed,
            };
            (format!("`{name}` was {old} and is {new} now"), effect)
        }
        (_, _) => (format!("what `{name}` says is not the same"), Effect::Unclear),
    };
    Some((name, what, effect))
}

fn patterns(old: &[String], new: &[String]) -> Option<(&'static str, String, Effect)> {
    let gone: Vec<&String> = old.iter().filter(|pattern| !new.contains(pattern)).collect();
    let added: Vec<&String> = new.iter().filter(|pattern| !old.contains(pattern)).collect();
    let quoted = |patterns: &[&String]| patterns.iter().map(|text| format!("`{text}`")).collect::<Vec<_>>().join(", ");
    let (what, effect) = match (gone.as_slice(), added.as_slice()) {
        ([], []) => return None,
        ([], added) => (format!("the pattern {} is asked for now", quoted(added)), Effect::Narrowed),
        (gone, []) => (format!("the pattern {} is no longer asked for", quoted(gone)), Effect::Widened),
        (gone, added) => (format!("the pattern was {} and is {} now", quoted(gone), quoted(added)), Effect::Unclear),
    };
    Some(("pattern", what, effect))
}
