//! One translation beside its base: two trees enter, differences and translated texts leave.
//!
//! The one rule: one diagnostic per topmost difference. What is missing or added is not entered, and what has been found
//! to differ is not reported again.

mod pairs;

use crate::{
    diagnostic::{Diagnostic, Sink},
    document::{Document, Entry, Node, Pointer, Value},
    locale::{
        Texts, Translation,
        difference::{self, Places},
        grammar::{self, Place, Thing},
        literal,
    },
    role::{Role, Roles},
    source::{Sources, Span},
};

/// Compares a translation with its base, and adds its texts.
pub(super) fn walk(
    sources: &Sources,
    base: &Document,
    base_roles: &Roles,
    translation: &Translation,
    texts: &mut Texts,
    sink: &mut Sink,
) {
    let cx = Cx { sources, language: &translation.language, base_roles, copy_roles: &translation.roles };
    let mut found = Found { texts: Vec::new(), differences: Vec::new() };
    let copy = &translation.document.root;
    let at =
        At { thing: Thing::DOCUMENT, place: Place::Object, role: Role::Contract, parent: places(&base.root, copy) };
    node(&cx, &at, &mut Vec::new(), &base.root, copy, &mut found);
    found.differences.into_iter().for_each(|difference| sink.report(difference));
    for (pointer, text) in found.texts {
        if let Some(entry) = texts.get_mut(&pointer) {
            entry.translations.push((translation.language.clone(), text));
        }
    }
}

/// What holds for the whole comparison.
struct Cx<'a> {
    sources: &'a Sources,
    language: &'a str,
    base_roles: &'a Roles,
    copy_roles: &'a Roles,
}

/// Where the comparison is.
struct At<'a> {
    thing: Thing<'a>,
    place: Place,
    /// The role that everything here has, unless it is [`Role::Contract`].
    role: Role,
    /// What is shown when something is missing here: the keys of these nodes.
    parent: Places,
}

/// What the comparison finds.
struct Found {
    texts: Vec<(Pointer, String)>,
    differences: Vec<Diagnostic>,
}

/// A step from a node of the base to a node below it.
#[derive(Clone, Copy)]
enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

fn node<'a>(cx: &Cx<'_>, at: &At<'a>, path: &mut Vec<Step<'a>>, base: &'a Node, copy: &'a Node, found: &mut Found) {
    let role = if at.role == Role::Contract { cx.base_roles.of(base.id) } else { at.role };
    let at = &At { role, ..*at };
    match (role, &base.value, &copy.value) {
        (Role::Text, ..) => text(cx, at, path, base, copy, found),
        (_, Value::Mapping(ones), Value::Mapping(others)) => mapping(cx, at, path, ones, others, found),
        (_, Value::Sequence(ones), Value::Sequence(others)) => sequence(cx, at, path, ones, others, found),
        (_, one, other) if one == other => {}
        _ => {
            let places = Places { copy: copy.span, base: base.span };
            found.differences.push(difference::differs(difference::code(role), cx.language, &at.thing, places));
        }
    }
}

fn text(cx: &Cx<'_>, at: &At<'_>, path: &[Step<'_>], base: &Node, copy: &Node, found: &mut Found) {
    let places = Places { copy: copy.span, base: base.span };
    // A text of the base that is no string is refused where it is read.
    let Some(one) = base.as_str() else { return };
    let other = match &copy.value {
        Value::String(other) => other.as_str(),
        Value::Null => "",
        Value::Boolean(_) | Value::Number(_) | Value::Sequence(_) | Value::Mapping(_) => {
            let code = difference::code(Role::Contract);
            found.differences.push(difference::differs(code, cx.language, &at.thing, places));
            return;
        }
    };
    if one == other {
        return;
    }
    if other.trim().is_empty() {
        let code = difference::code(Role::Text);
        found.differences.push(difference::missing(code, cx.language, &at.thing, base, places));
        return;
    }
    let changed = literal::changed(one, other);
    if changed != literal::Changed::default() {
        let places = Places {
            copy: changed.added.first().map_or(copy.span, |literal| narrowed(cx, copy.span, literal)),
            base: changed.lost.first().map_or(base.span, |literal| narrowed(cx, base.span, literal)),
        };
        found.differences.push(difference::literals(cx.language, &at.thing, &changed, places));
    }
    found.texts.push((pointer(path), other.to_owned()));
}

/// The place of a literal within a text, where it stands there as it is.
fn narrowed(cx: &Cx<'_>, text: Span, literal: &str) -> Span {
    let length = u32::try_from(literal.len());
    let offset = cx.sources.text(text).find(literal).map(u32::try_from);
    match (offset, length) {
        (Some(Ok(offset)), Ok(length)) => {
            let start = text.start + offset;
            Span { start, end: start + length, ..text }
        }
        _ => text,
    }
}

fn mapping<'a>(
    cx: &Cx<'_>,
    at: &At<'a>,
    path: &mut Vec<Step<'a>>,
    base: &'a [Entry],
    copy: &'a [Entry],
    found: &mut Found,
) {
    let pairs = pairs::by_key(base, copy);
    for (one, other) in pairs.both {
        let (thing, place) = grammar::member(at.place, &one.key.text);
        let parent = Places { copy: other.key.span, base: one.key.span };
        path.push(Step::Key(&one.key.text));
        node(cx, &At { thing, place, role: at.role, parent }, path, &one.value, &other.value, found);
        path.pop();
    }
    let (mut lost, mut added) = (pairs.base, pairs.copy);
    // The same value in the same place under another key is one difference, not two.
    lost.retain(|&(index, one)| {
        let renamed = added.iter().position(|&(other_index, other)| {
            index == other_index && is_contract(cx, at, &one.value, &other.value) && is_same(cx, at, one, other)
        });
        let Some((_, other)) = renamed.map(|position| added.remove(position)) else { return true };
        let (old, _) = grammar::member(at.place, &one.key.text);
        let (new, _) = grammar::member(at.place, &other.key.text);
        let places = Places { copy: other.key.span, base: one.key.span };
        found.differences.push(difference::renamed(cx.language, &old, &new, places));
        false
    });
    for (_, one) in lost {
        let (thing, _) = grammar::member(at.place, &one.key.text);
        lose(cx, at, &thing, &one.value, one.key.span, found);
    }
    for (_, other) in added {
        let (thing, _) = grammar::member(at.place, &other.key.text);
        add(cx, at, &thing, &other.value, other.key.span, found);
    }
}

fn sequence<'a>(
    cx: &Cx<'_>,
    at: &At<'a>,
    path: &mut Vec<Step<'a>>,
    base: &'a [Node],
    copy: &'a [Node],
    found: &mut Found,
) {
    let pairs = match at.place {
        Place::Set(_) => pairs::as_set(base, copy),
        Place::Parameters => pairs::as_parameters(base, copy),
        Place::Object | Place::Components | Place::Names(_) | Place::List(_) | Place::Data => {
            pairs::by_index(base, copy)
        }
    };
    for (index, one, other) in pairs.both {
        let thing = Thing::item(at.place, pairs::name(one));
        let parent = places(one, other);
        path.push(Step::Index(index));
        node(cx, &At { thing, place: grammar::item(at.place), role: at.role, parent }, path, one, other, found);
        path.pop();
    }
    for one in pairs.base {
        lose(cx, at, &Thing::item(at.place, pairs::name(one)), one, places(one, one).base, found);
    }
    for other in pairs.copy {
        add(cx, at, &Thing::item(at.place, pairs::name(other)), other, places(other, other).copy, found);
    }
}

fn lose(cx: &Cx<'_>, at: &At<'_>, thing: &Thing<'_>, node: &Node, place: Span, found: &mut Found) {
    let role = named(at, difference::heaviest(node, cx.base_roles, at.role));
    let places = Places { copy: at.parent.copy, base: place };
    found.differences.push(difference::missing(difference::code(role), cx.language, thing, node, places));
}

fn add(cx: &Cx<'_>, at: &At<'_>, thing: &Thing<'_>, node: &Node, place: Span, found: &mut Found) {
    let role = named(at, difference::heaviest(node, cx.copy_roles, at.role));
    let places = Places { copy: place, base: at.parent.base };
    found.differences.push(difference::extra(difference::code(role), cx.language, thing, node, places));
}

/// A name that the writer chose is contract, even where nothing but text is below it: a status, a scope.
fn named(at: &At<'_>, role: Role) -> Role {
    match (at.place, role) {
        (Place::Names(_), Role::Text) => Role::Contract,
        (_, role) => role,
    }
}

fn is_contract(cx: &Cx<'_>, at: &At<'_>, base: &Node, copy: &Node) -> bool {
    let roles =
        (difference::heaviest(base, cx.base_roles, at.role), difference::heaviest(copy, cx.copy_roles, at.role));
    roles == (Role::Contract, Role::Contract)
}

/// Whether two members have the same value but for human text.
fn is_same<'a>(cx: &Cx<'_>, at: &At<'a>, base: &'a Entry, copy: &'a Entry) -> bool {
    let mut found = Found { texts: Vec::new(), differences: Vec::new() };
    let (thing, place) = grammar::member(at.place, &base.key.text);
    let at = At { thing, place, role: at.role, parent: at.parent };
    node(cx, &at, &mut Vec::new(), &base.value, &copy.value, &mut found);
    found.differences.is_empty()
}

/// Where two nodes begin, for people: the first key of a mapping, since all of a mapping is too much to show.
fn places(base: &Node, copy: &Node) -> Places {
    let place = |node: &Node| match &node.value {
        Value::Mapping(entries) => entries.first().map_or(node.span, |entry| entry.key.span),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_) => node.span,
    };
    Places { copy: place(copy), base: place(base) }
}

fn pointer(path: &[Step<'_>]) -> Pointer {
    path.iter().fold(Pointer::root(), |pointer, step| match step {
        Step::Key(key) => pointer.child(*key),
        Step::Index(index) => pointer.child(index.to_string()),
    })
}
