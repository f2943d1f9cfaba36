//! A translation as an overlay: texts enter, a document of the Overlay Specification leaves.
//!
//! The one rule: one action for each object that has texts. What else differs in the copy is not carried.

use std::fmt::Write as _;

use indexmap::IndexMap;

use crate::{
    compare::{self, Change},
    diagnostic::{Code, Diagnostic},
    document::{Entry, Maker, Node, Pointer, Value, to_yaml},
    locale::{Base, Translation, files},
    role::Role,
    source::Span,
};

/// The overlay that gives a document the texts of a translation, in YAML.
///
/// It is of version 1.0, unless a text stands in a list by itself, which 1.1 can update.
pub fn as_overlay(base: Base<'_>, translation: &Translation) -> String {
    let Translation { language, document, roles, .. } = translation;
    let make = Maker(base.document.root.span);
    let mut objects: IndexMap<Pointer, Vec<Entry>> = IndexMap::new();
    let mut items: Vec<(Pointer, Node)> = Vec::new();
    for difference in compare::compare(base.document, base.roles, document, roles) {
        let is_text = difference.role == Role::Text && matches!(difference.change, Change::Changed | Change::Extra);
        let words = difference.copy.node.and_then(Node::as_str).filter(|words| is_text && !words.trim().is_empty());
        let Some(words) = words else { continue };
        // What only the copy has stands in the object that the base has.
        let key = difference.copy.pointer.tokens().last().cloned().unwrap_or_default();
        let parent = match difference.change {
            Change::Extra => difference.base.pointer,
            Change::Changed | Change::Missing | Change::Renamed(_) => parent(&difference.base.pointer),
        };
        match parent.find(&base.document.root).map(|node| &node.value) {
            Some(Value::Mapping(_)) => objects.entry(parent).or_default().push(make.entry(key, make.text(words))),
            _ => items.push((parent.child(key), make.text(words))),
        }
    }
    let version = if items.is_empty() { "1.0.0" } else { "1.1.0" };
    let root = &base.document.root;
    let mut actions: Vec<Node> = Vec::new();
    for (pointer, members) in objects {
        let update = Node::detached(base.document.root.span, Value::Mapping(members));
        actions.push(make.object([("target", make.text(target(root, &pointer))), ("update", update)]));
    }
    for (pointer, update) in items {
        actions.push(make.object([("target", make.text(target(root, &pointer))), ("update", update)]));
    }
    let text = |key: &str| root.get("info").and_then(|info| info.get(key)).and_then(Node::as_str).unwrap_or_default();
    let info = make.object([
        ("title", make.text(format!("{} ({language})", text("title")).trim().to_owned())),
        ("version", make.text(text("version"))),
    ]);
    to_yaml(&make.object([
        ("overlay", make.text(version)),
        ("info", info),
        ("x-language", make.text(language.as_str())),
        ("actions", make.list(actions)),
    ]))
}

/// Names the files of a translation whose texts no overlay carries: it is applied to the document's own file.
pub fn not_carried(base: Base<'_>, translation: &Translation) -> Vec<Diagnostic> {
    let differences = files::differences(base, translation);
    let mut warnings = Vec::new();
    for part in &translation.others {
        let is_text = |difference: &&compare::Difference<'_>| {
            difference.role == Role::Text
                && difference.copy.node.is_some()
                && difference.copy.pointer.tokens().starts_with(part.at.tokens())
        };
        let places: Vec<Span> = differences.iter().filter(is_text).map(|difference| difference.copy.place).collect();
        if let Some(&first) = places.first() {
            let message = "the texts of this file are not in the overlay, which is applied to the document's own file";
            let diagnostic = Diagnostic::new(Code::UntranslatedFile, first, message);
            let help = "write an overlay for the file it translates, or keep the translation as it is";
            warnings.push(diagnostic.label(format!("the first of {}", places.len())).help(help));
        }
    }
    warnings
}

fn parent(pointer: &Pointer) -> Pointer {
    let tokens = pointer.tokens().split_last().map_or(&[][..], |(_, parents)| parents);
    tokens.iter().fold(Pointer::root(), |pointer, token| pointer.child(token.as_str()))
}

/// A path in the normalized form of RFC 9535 section 2.7, but for parameters and tags: these are told by what they are, so
/// that an overlay outlives another order.
fn target(root: &Node, pointer: &Pointer) -> String {
    let mut path = String::from("$");
    let (mut node, mut key) = (Some(root), "");
    for token in pointer.tokens() {
        let next = Pointer::root().child(token.as_str());
        let below = node.and_then(|node| next.find(node));
        match node.map(|node| &node.value) {
            Some(Value::Sequence(items)) => match below.and_then(|item| filter(key, items, item)) {
                Some(filter) => path.extend(["[?", &filter, "]"]),
                None => path.extend(["[", token, "]"]),
            },
            _ => path.extend(["[", &quoted(token), "]"]),
        }
        (node, key) = (below, token);
    }
    path
}

/// What only this item of a list is.
fn filter(list: &str, items: &[Node], item: &Node) -> Option<String> {
    let keys: &[&str] = match list {
        "parameters" => &["name", "in"],
        "tags" => &["name"],
        _ => return None,
    };
    let is_same = |other: &&Node| keys.iter().all(|key| other.get(key) == item.get(key));
    let tests: Option<Vec<String>> =
        keys.iter().map(|key| Some(format!("@.{key}=={}", quoted(item.get(key)?.as_str()?)))).collect();
    tests.filter(|_| items.iter().filter(is_same).count() == 1).map(|tests| tests.join(" && "))
}

/// A text in single quotes: RFC 9535 section 2.3.1.1.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("'");
    for character in text.chars() {
        match character {
            '\'' => quoted.push_str("\\'"),
            '\\' => quoted.push_str("\\\\"),
            control if control < ' ' => {
                write!(quoted, "\\u{:04x}", u32::from(control)).expect("a String takes every text");
            }
            other => quoted.push(other),
        }
    }
    quoted.push('\'');
    quoted
}
