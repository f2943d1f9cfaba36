//! Two schemas, and what became of the values that they allow: on the way that a message goes.
//!
//! The one rule: a pair of schemas is compared once for each way, which ends recursion, and tells what several operations
//! share for the first of them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use crate::diff::effect::{Effect, Flow, Found};
use crate::diff::merged::{self, Merged};
use crate::diff::{Kind, objects, unions};
use crate::document::Node;
use crate::model::{Model, SchemaId, TypeSet};
use crate::source::Span;

/// What is threaded through the comparison.
pub(super) struct Comparison<'run> {
    pub(super) old: &'run Model,
    pub(super) new: &'run Model,
    /// The names of schemas of both documents.
    names: [Rc<HashMap<SchemaId, &'run str>>; 2],
    seen: HashSet<Pair>,
    /// Whether pairs are alike, where that was asked.
    alike: HashMap<Pair, bool>,
    pub(super) found: Vec<Found>,
    /// Whether only the first change matters.
    is_probe: bool,
}

/// Two schemas, by all that they are made of, and a way.
type Pair = (Made, Made, Flow);

/// What a schema is made of, whether null is valid besides, and its default.
type Made = (Vec<SchemaId>, bool, Option<String>);

/// Where the comparison is.
#[derive(Clone, Debug)]
pub(super) struct At<'run> {
    /// The operation.
    pub(super) subject: &'run str,
    /// What of it: `the request body`.
    pub(super) role: &'run str,
    pub(super) flow: Flow,
    /// From the last schema with a name on: `Pet.tags[]`.
    pub(super) path: String,
    /// What is shown where there is no schema.
    pub(super) place: Span,
}

impl At<'_> {
    /// A place below this one.
    pub(super) fn below(&self, step: &str) -> Self {
        Self { path: format!("{}{step}", self.path), ..self.clone() }
    }

    /// A property.
    pub(super) fn member(&self, key: &str) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        Self { path: format!("{}{dot}{key}", self.path), ..self.clone() }
    }
}

impl<'run> Comparison<'run> {
    pub(super) fn new(old: &'run Model, new: &'run Model) -> Self {
        let names = [old, new].map(|model| {
            Rc::new(model.named_schemas.iter().map(|named| (named.schema, named.key.value.as_str())).collect())
        });
        Self { old, new, names, seen: HashSet::new(), alike: HashMap::new(), found: Vec::new(), is_probe: false }
    }

    /// Tells what became of a part of a schema.
    pub(super) fn tell(&mut self, at: &At<'_>, rule: &str, effect: Effect, what: &str, places: [Option<Span>; 2]) {
        self.tell_as(at, rule, effect.kind(at.flow), what, effect.notice(at.flow), places);
    }

    /// The same, with words of its own for what is noticed.
    pub(super) fn tell_as(
        &mut self,
        at: &At<'_>,
        rule: &str,
        kind: Kind,
        what: &str,
        notice: &str,
        [old, new]: [Option<Span>; 2],
    ) {
        let place = if at.path.is_empty() { String::new() } else { format!(", `{}`", at.path) };
        let message = format!("{}{place}: {what}: {notice}", at.role);
        let rule = Cow::Owned(format!("{}-{rule}", at.flow.name()));
        self.found.push(Found { kind, rule, subject: at.subject.to_owned(), message, old, new });
    }

    /// The name of a schema of the old document, or of what it refers to.
    pub(super) fn old_name(&self, ids: &[SchemaId]) -> Option<&'run str> {
        name(self.old, &self.names[0], ids)
    }

    /// The same of the new document.
    pub(super) fn new_name(&self, ids: &[SchemaId]) -> Option<&'run str> {
        name(self.new, &self.names[1], ids)
    }

    /// Whether two schemas mean the same, on one way.
    pub(super) fn is_alike(&mut self, flow: Flow, old: &[SchemaId], new: &[SchemaId], place: Span) -> bool {
        let pair = self.pair(flow, old, new);
        if let Some(&known) = self.alike.get(&pair) {
            return known;
        }
        // While it is being found out it counts as alike, so that circles end.
        self.alike.insert(pair.clone(), true);
        let at = At { subject: "", role: "", flow, path: String::new(), place };
        let (names, alike) = (self.names.clone(), std::mem::take(&mut self.alike));
        let mut probe = Comparison {
            old: self.old,
            new: self.new,
            names,
            seen: HashSet::new(),
            alike,
            found: Vec::new(),
            is_probe: true,
        };
        compare(&mut probe, &at, old, new);
        let is_alike = probe.found.is_empty();
        self.alike = probe.alike;
        if !is_alike {
            // What was alike because this was taken to be.
            self.alike.retain(|_, alike| !*alike);
        }
        self.alike.insert(pair, is_alike);
        is_alike
    }

    fn pair(&self, flow: Flow, old: &[SchemaId], new: &[SchemaId]) -> Pair {
        (merged::made(self.old, old), merged::made(self.new, new), flow)
    }
}

fn name<'run>(model: &Model, names: &HashMap<SchemaId, &'run str>, ids: &[SchemaId]) -> Option<&'run str> {
    let mut id = *ids.first().filter(|_| ids.len() == 1)?;
    loop {
        if let Some(name) = names.get(&id) {
            return Some(name);
        }
        let schema = model.schemas.get(id);
        id = schema.reference.filter(|_| schema.is_mere_reference())?;
    }
}

/// Compares what a value must be before and after: valid against all of the schemas. None means any value.
pub(super) fn compare(cx: &mut Comparison<'_>, at: &At<'_>, old: &[SchemaId], new: &[SchemaId]) {
    let is_settled = cx.is_probe && !cx.found.is_empty();
    let pair = cx.pair(at.flow, old, new);
    if is_settled || !cx.seen.insert(pair) {
        return;
    }
    let at = &match cx.new_name(new).or(cx.old_name(old)) {
        Some(name) => At { path: name.to_owned(), ..at.clone() },
        None => at.clone(),
    };
    let (one, other) = (merged::merge(cx.old, old, at.place), merged::merge(cx.new, new, at.place));
    if unions::grew_or_shrank(cx, at, (old, &one), (new, &other)) {
        return;
    }
    let places = [Some(one.span), Some(other.span)];
    if one.never != other.never {
        let (what, effect) = if other.never {
            ("no value is allowed now", Effect::Narrowed)
        } else {
            ("values are allowed now", Effect::Widened)
        };
        cx.tell(at, "type", effect, what, places);
        return;
    }
    if !types(cx, at, &one, &other) {
        return;
    }
    values(cx, at, &one, &other);
    formats(cx, at, &one, &other);
    for (keyword, what, effect) in one.bounds.compare(&other.bounds) {
        cx.tell(at, &crate::diff::kebab(keyword), effect, &what, places);
    }
    objects::compare(cx, at, &one, &other);
    items(cx, at, &one, &other);
    unions::compare(cx, at, &one, &other);
    beyond(cx, at, &one, &other);
    default(cx, at, &one, &other);
    if one.deprecated != other.deprecated {
        let what = if other.deprecated { "it is deprecated now" } else { "it is no longer deprecated" };
        cx.tell_as(at, "deprecated", Kind::Compatible, what, "nothing that is sent changes", places);
    }
}

/// Compares types. Gives whether anything is left to compare.
fn types(cx: &mut Comparison<'_>, at: &At<'_>, one: &Merged<'_>, other: &Merged<'_>) -> bool {
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

fn values(cx: &mut Comparison<'_>, at: &At<'_>, one: &Merged<'_>, other: &Merged<'_>) {
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

fn formats(cx: &mut Comparison<'_>, at: &At<'_>, one: &Merged<'_>, other: &Merged<'_>) {
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

fn items(cx: &mut Comparison<'_>, at: &At<'_>, one: &Merged<'_>, other: &Merged<'_>) {
    let longest = one.prefix.len().max(other.prefix.len());
    for index in 0..longest {
        let (old, new) = (one.prefix.get(index).unwrap_or(&one.items), other.prefix.get(index).unwrap_or(&other.items));
        compare(cx, &at.below(&format!("[{index}]")), old, new);
    }
    compare(cx, &at.below("[]"), &one.items, &other.items);
}

/// Keywords whose effect depends on all the others: a change of theirs may be anything.
fn beyond(cx: &mut Comparison<'_>, at: &At<'_>, one: &Merged<'_>, other: &Merged<'_>) {
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

fn default(cx: &mut Comparison<'_>, at: &At<'_>, one: &Merged<'_>, other: &Merged<'_>) {
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
