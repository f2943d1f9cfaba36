//! One thing on two pages: what is known of it and what another page says enter, a difference that matters leaves.

use std::{cell::OnceCell, path::Path};

use indexmap::IndexMap;

use crate::{
    compare::{self, Change, Difference},
    diagnostic::{Code, Diagnostic, Sink},
    document::{Entry, Maker, Node},
    gather::{self, NoFiles},
    page::{info::METHODS, read::Page, verify::members},
    read,
    role::{Role, Roles},
    source::{Sources, Span},
};

/// A page, and what its nodes are for.
pub(super) struct Sheet<'page> {
    pub(super) page: &'page Page,
    /// The name of the text that it is from.
    pub(super) name: &'page str,
    /// Asked for only where something differs.
    roles: OnceCell<Roles>,
}

/// A thing, as the pages so far have it.
pub(super) struct Known<'page> {
    entry: &'page Entry,
    sheet: &'page Sheet<'page>,
    /// What was found to differ from it.
    others: Vec<&'page Node>,
}

/// Where a thing stands in a document: the keys from the root on.
#[derive(Clone, Copy)]
pub(super) struct Place<'key>(pub(super) &'key [&'key str]);

impl<'page> Sheet<'page> {
    pub(super) fn new(sources: &'page Sources, page: &'page Page) -> Self {
        Self { page, name: &sources.get(page.source).name, roles: OnceCell::new() }
    }

    fn roles(&self) -> &Roles {
        self.roles.get_or_init(|| {
            let document = self.page.document.clone();
            let documents = gather::gather(document, Path::new(""), &[], &mut Sources::default(), &mut NoFiles);
            read::read(&documents, &mut Sink::default()).map(|reading| reading.roles).unwrap_or_default()
        })
    }
}

impl Known<'_> {
    pub(super) fn into_entry(self) -> Entry {
        self.entry.clone()
    }
}

/// Takes what a page says of a thing, and reports where that is not what is known of it.
pub(super) fn add<'page>(
    known: &mut IndexMap<&'page str, Known<'page>>,
    sheet: &'page Sheet<'page>,
    entry: &'page Entry,
    place: Place<'_>,
    code: Code,
    sink: &mut Sink,
) {
    let Some(first) = known.get_mut(entry.key.text.as_str()) else {
        known.insert(&entry.key.text, Known { entry, sheet, others: Vec::new() });
        return;
    };
    // Many pages say the same wrong thing: it is reported once.
    if first.entry.value == entry.value || first.others.contains(&&entry.value) {
        return;
    }
    first.others.push(&entry.value);
    let (base, copy) = (nested(place, first.entry), nested(place, entry));
    let differences = compare::compare_nodes(&base, first.sheet.roles(), &copy, sheet.roles());
    for difference in &differences {
        if let Some(code) = code_of(difference, code) {
            sink.report(diagnostic(code, difference, place, first.sheet, sheet));
        }
    }
}

/// What only one of two pages has of a path, methods and human text aside: its key, and a place on this page and on the other.
pub(super) fn only_on_one<'page>(
    known: &IndexMap<&'page str, Known<'page>>,
    path: &'page Entry,
) -> Vec<(&'page str, Span, Span)> {
    let matters = |key: &str| !METHODS.contains(&key) && !["summary", "description"].contains(&key);
    let lost = known.iter().filter(|(key, _)| matters(key) && path.value.get(key).is_none());
    let mut found: Vec<_> = lost.map(|(key, first)| (*key, path.key.span, first.entry.key.span)).collect();
    let added = members(&path.value).iter().filter(|entry| matters(&entry.key.text));
    let added = added.filter(|entry| !known.contains_key(entry.key.text.as_str()));
    let other = known.values().next().map(|first| first.entry.key.span);
    found.extend(added.filter_map(|entry| Some((entry.key.text.as_str(), entry.key.span, other?))));
    found
}

/// A tree that has nothing but one thing, at its place in the grammar. Its nodes keep their numbers, and so their roles.
fn nested(place: Place<'_>, entry: &Entry) -> Node {
    let maker = Maker(entry.key.span);
    place.0.iter().rev().fold(entry.value.clone(), |node, key| maker.object([((*key).to_owned(), node)]))
}

/// The code of a difference; `None` where it is one of human text. Of a document as a whole, the text matters too.
fn code_of(difference: &Difference<'_>, of_contract: Code) -> Option<Code> {
    match difference.role {
        Role::Contract => Some(of_contract),
        Role::Example | Role::Extension => Some(Code::PageDifference),
        Role::Text => (of_contract == Code::PageDifference).then_some(Code::PageDifference),
    }
}

fn diagnostic(
    code: Code,
    difference: &Difference<'_>,
    place: Place<'_>,
    first: &Sheet<'_>,
    second: &Sheet<'_>,
) -> Diagnostic {
    let what = match difference.change {
        Change::Changed => "differs between two pages",
        Change::Missing | Change::Extra => "is on one of two pages only",
        Change::Renamed(_) => "has two names on two pages",
    };
    let of = match place.0 {
        ["paths", path, member] => format!("{member} {path}"),
        keys => keys.join("/"),
    };
    let thing = &difference.thing;
    let pages =
        format!("{} of {} and {} of {}", first.page.info.subject, first.name, second.page.info.subject, second.name);
    let message = format!("{thing} of `{of}` {what}: {pages}");
    let diagnostic = Diagnostic::new(code, difference.copy.place, message).label("differs");
    diagnostic.other(difference.base.place, "from this")
}
