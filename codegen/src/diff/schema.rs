//! Two schemas, and what became of the values that they allow: on the way that a message goes.
//!
//! The one rule: a pair of schemas is compared once for each way, which ends recursion, and tells what several operations
//! share for the first of them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::diff::effect::{Effect, Flow, Found};
use crate::diff::merged::{self, Merged};
use crate::diff::{Kind, keywords, objects, parts, unions};
use crate::model::{Model, SchemaId};
use crate::source::Span;

/// What is threaded through the comparison.
pub(super) struct Comparison<'run> {
    pub(super) old: &'run Model,
    pub(super) new: &'run Model,
    /// The names of schemas of both documents.
    names: [Rc<FxHashMap<SchemaId, &'run str>>; 2],
    seen: HashSet<Pair>,
    /// Whether pairs are alike, where that was asked.
    alike: HashMap<Pair, bool>,
    /// What is still to be compared: however deep schemas refer to each other, the stack is not.
    pending: VecDeque<(At, Vec<SchemaId>, Vec<SchemaId>)>,
    pub(super) found: Vec<Found>,
    /// How many comparisons wait for the answer of this one: of those that ask whether schemas are alike, only the first
    /// change matters.
    depth: usize,
}

/// How deep questions within questions go: deeper than documents are nested. Beyond it schemas are told to differ.
const DEEPEST: usize = 128;

/// How many pairs are compared, at most: in all, and for one question.
const MOST: [usize; 2] = [2_000_000, 20_000];

/// Two schemas, by all that they are made of, and a way.
type Pair = (Made, Made, Flow);

/// What a schema is made of, whether null is valid besides, and its default.
type Made = (Vec<SchemaId>, bool, Option<String>);

/// Where the comparison is.
#[derive(Clone, Debug)]
pub(super) struct At {
    /// The operation.
    pub(super) subject: Rc<str>,
    /// What of it: `the request body`.
    pub(super) role: Rc<str>,
    pub(super) flow: Flow,
    /// From the last schema with a name on: `Pet.tags[]`.
    pub(super) path: String,
    /// What is shown where there is no schema.
    pub(super) place: Span,
}

impl At {
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
        Self::with(old, new, names, HashMap::new(), 0)
    }

    fn with(
        old: &'run Model,
        new: &'run Model,
        names: [Rc<FxHashMap<SchemaId, &'run str>>; 2],
        alike: HashMap<Pair, bool>,
        depth: usize,
    ) -> Self {
        let (seen, pending, found) = (HashSet::new(), VecDeque::new(), Vec::new());
        Self { old, new, names, seen, alike, pending, found, depth }
    }

    /// Compares what is pending.
    pub(super) fn finish(&mut self) {
        while let Some((at, old, new)) = self.pending.pop_front() {
            if self.depth > 0 && !self.found.is_empty() {
                return;
            }
            if self.seen.len() > MOST[usize::from(self.depth > 0)] {
                let places = [None, Some(at.place)];
                self.tell(&at, "size", Effect::Unclear, "it is too large to be compared in full", places);
                self.pending.clear();
                return;
            }
            compare_merged(self, &at, &old, &new);
        }
    }

    /// Tells what became of a part of a schema.
    pub(super) fn tell(&mut self, at: &At, rule: &str, effect: Effect, what: &str, places: [Option<Span>; 2]) {
        self.tell_as(at, rule, effect.kind(at.flow), what, effect.notice(at.flow), places);
    }

    /// The same, with words of its own for what is noticed.
    pub(super) fn tell_as(
        &mut self,
        at: &At,
        rule: &str,
        kind: Kind,
        what: &str,
        notice: &str,
        [old, new]: [Option<Span>; 2],
    ) {
        let place = if at.path.is_empty() { String::new() } else { format!(", `{}`", at.path) };
        let message = format!("{}{place}: {what}: {notice}", at.role);
        let rule = Cow::Owned(format!("{}-{rule}", at.flow.name()));
        self.found.push(Found { kind, rule, subject: at.subject.to_string(), message, old, new });
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
        if self.depth == DEEPEST {
            return false;
        }
        // While it is being found out it counts as alike, so that circles end.
        self.alike.insert(pair.clone(), true);
        let at = At { subject: "".into(), role: "".into(), flow, path: String::new(), place };
        let (names, alike) = (self.names.clone(), std::mem::take(&mut self.alike));
        let mut probe = Comparison::with(self.old, self.new, names, alike, self.depth + 1);
        compare(&mut probe, &at, old, new);
        probe.finish();
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
        (parts::made(self.old, old), parts::made(self.new, new), flow)
    }
}

fn name<'run>(model: &Model, names: &FxHashMap<SchemaId, &'run str>, ids: &[SchemaId]) -> Option<&'run str> {
    let mut id = *ids.first().filter(|_| ids.len() == 1)?;
    loop {
        if let Some(name) = names.get(&id) {
            return Some(name);
        }
        let schema = model.schemas.get(id);
        id = schema.reference.filter(|_| schema.is_mere_reference())?;
    }
}

/// Compares, when its turn comes, what a value must be before and after: valid against all of the schemas. None means any
/// value.
pub(super) fn compare(cx: &mut Comparison<'_>, at: &At, old: &[SchemaId], new: &[SchemaId]) {
    let pair = cx.pair(at.flow, old, new);
    if cx.seen.insert(pair) {
        cx.pending.push_back((at.clone(), old.to_vec(), new.to_vec()));
    }
}

fn compare_merged(cx: &mut Comparison<'_>, at: &At, old: &[SchemaId], new: &[SchemaId]) {
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
    if !keywords::types(cx, at, &one, &other) {
        return;
    }
    keywords::values(cx, at, &one, &other);
    keywords::formats(cx, at, &one, &other);
    for (keyword, what, effect) in one.bounds.compare(&other.bounds) {
        cx.tell(at, &crate::diff::kebab(keyword), effect, &what, places);
    }
    objects::compare(cx, at, &one, &other);
    items(cx, at, &one, &other);
    unions::compare(cx, at, &one, &other);
    keywords::beyond(cx, at, &one, &other);
    keywords::default(cx, at, &one, &other);
    if one.deprecated != other.deprecated {
        let what = if other.deprecated { "it is deprecated now" } else { "it is no longer deprecated" };
        cx.tell_as(at, "deprecated", Kind::Compatible, what, "nothing that is sent changes", places);
    }
}

fn items(cx: &mut Comparison<'_>, at: &At, one: &Merged<'_>, other: &Merged<'_>) {
    let longest = one.prefix.len().max(other.prefix.len());
    for index in 0..longest {
        let (old, new) = (one.prefix.get(index).unwrap_or(&one.items), other.prefix.get(index).unwrap_or(&other.items));
        compare(cx, &at.below(&format!("[{index}]")), old, new);
    }
    compare(cx, &at.below("[]"), &one.items, &other.items);
}
