//! An Overlay document enters as a tree, an [`Overlay`] leaves: Overlay Specification 1.0.0 and 1.1.0, section 4.4.
//!
//! The one rule: everything that is wrong is reported at its place. An action that cannot be read is left out.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::{Document, Entry, Node, Value};
use crate::overlay::{Action, Change, Extends, Overlay, Target, Version};
use crate::source::{Sources, Span};

/// Reads an Overlay document. `None` where it is none, or one of a version that is not read.
pub fn read(sources: &Sources, document: &Document, sink: &mut Sink) -> Option<Overlay> {
    let mut cx = Cx { sources, sink };
    let root = &document.root;
    if !cx.is_object(root, "the document") {
        return None;
    }
    let version = cx.version(root)?;
    cx.keys(root, "Overlay Object", &["overlay", "info", "extends", "actions"]);
    cx.info(root, version);
    let extends = root.get("extends").and_then(|node| cx.string(node, "extends"));
    let extends = extends.map(|(text, span)| Extends { text: text.to_owned(), span });
    Some(Overlay { version, extends, actions: cx.actions(root, version) })
}

struct Cx<'run> {
    sources: &'run Sources,
    sink: &'run mut Sink,
}

impl Cx<'_> {
    fn version(&mut self, root: &Node) -> Option<Version> {
        let start = root.members().and_then(<[Entry]>::first).map_or(root.span, |entry| entry.key.span);
        let Some(node) = root.get("overlay") else {
            let message = "the document is no overlay: it has no `overlay`";
            self.sink.report(Diagnostic::new(Code::NotOverlay, start, message).help("begin it with `overlay: 1.1.0`"));
            return None;
        };
        let (text, span) = match &node.value {
            Value::Number(text) => {
                let message = "`overlay` is a number, and should be a string";
                self.sink
                    .report(Diagnostic::new(Code::NotAString, node.span, message).help("write `1.0.0` or `1.1.0`"));
                (&**text, node.span)
            }
            _ => self.string(node, "overlay")?,
        };
        // The patch version makes no difference: section 4.1.
        let mut parts = text.splitn(3, '.');
        match (parts.next(), parts.next()) {
            (Some("1"), Some("0")) => Some(Version::V1_0),
            (Some("1"), Some("1")) => Some(Version::V1_1),
            _ => {
                let message = format!("Overlay {text} is not supported");
                let diagnostic = Diagnostic::new(Code::UnsupportedVersion, span, message);
                self.sink.report(diagnostic.label("1.0 and 1.1 are"));
                None
            }
        }
    }

    fn info(&mut self, root: &Node, version: Version) {
        let Some(entry) = self.expected(root, root.span, "Overlay Object", "info") else { return };
        let (info, place) = (&entry.value, entry.key.span);
        if !self.is_object(info, "the Info Object") {
            return;
        }
        self.keys(info, "Info Object", &["title", "version", "description"]);
        for key in ["title", "version"] {
            if let Some(entry) = self.expected(info, place, "Info Object", key) {
                self.text(&entry.value, key);
            }
        }
        if let Some(entry) = info.entry("description") {
            self.since_1_1(version, entry.key.span, "`description` in the Info Object");
            self.string(&entry.value, "description");
        }
    }

    fn actions(&mut self, root: &Node, version: Version) -> Vec<Action> {
        let Some(entry) = self.expected(root, root.span, "Overlay Object", "actions") else { return Vec::new() };
        let Value::Sequence(items) = &entry.value.value else {
            self.wrong_type(&entry.value, "`actions`", "a list");
            return Vec::new();
        };
        if items.is_empty() {
            let message = "the overlay has no actions";
            self.sink.report(Diagnostic::new(Code::MissingField, entry.key.span, message).help("add an action"));
        }
        for (index, item) in items.iter().enumerate() {
            if let Some(first) = items[..index].iter().find(|first| first == &item) {
                let diagnostic = Diagnostic::new(Code::InvalidValue, item.span, "an action is given twice");
                self.sink.report(diagnostic.label("done once more").other(first.span, "the same action"));
            }
        }
        items.iter().filter_map(|item| self.action(item, version)).collect()
    }

    fn action(&mut self, node: &Node, version: Version) -> Option<Action> {
        if !self.is_object(node, "the Action Object") {
            return None;
        }
        self.keys(node, "Action Object", &["target", "description", "update", "remove", "copy"]);
        if let Some(description) = node.get("description") {
            self.string(description, "description");
        }
        let change = self.change(node, version);
        let Some(target) = node.get("target") else {
            let message = "the Action Object has no `target`";
            let diagnostic = Diagnostic::new(Code::MissingKey, first_key(node), message);
            self.sink.report(diagnostic.label("the action is left out").help("add `target`, a JSONPath query"));
            return None;
        };
        Some(Action { target: self.target(target, "target")?, change: change? })
    }

    fn change(&mut self, node: &Node, version: Version) -> Option<Change> {
        let (update, copy) = (node.entry("update"), node.entry("copy"));
        let removes = node.entry("remove").and_then(|entry| match &entry.value.value {
            Value::Boolean(remove) => remove.then_some(entry.key.span),
            Value::Null | Value::Number(_) | Value::String(_) | Value::Sequence(_) | Value::Mapping(_) => {
                self.wrong_type(&entry.value, "`remove`", "a boolean");
                None
            }
        });
        if let Some(copy) = copy {
            self.since_1_1(version, copy.key.span, "`copy` in the Action Object");
        }
        match (removes, update, copy) {
            (Some(span), _, _) => {
                for entry in [update, copy].into_iter().flatten() {
                    let message = format!("`{}` beside `remove: true`", entry.key.text);
                    let diagnostic = Diagnostic::new(Code::NoEffect, entry.key.span, message);
                    self.sink.report(diagnostic.label("has no effect"));
                }
                Some(Change::Remove(span))
            }
            (None, Some(update), Some(copy)) => {
                let message = "an action with both `update` and `copy` does neither";
                let diagnostic = Diagnostic::new(Code::OverlayConflict, copy.key.span, message);
                self.sink.report(diagnostic.other(update.key.span, "`update` is here").help("make two actions of it"));
                None
            }
            (None, Some(update), None) => Some(Change::Update(update.value.clone())),
            (None, None, Some(copy)) => self.target(&copy.value, "copy").map(Change::Copy),
            (None, None, None) => {
                let diagnostic = Diagnostic::new(Code::NoEffect, first_key(node), "the action changes nothing");
                self.sink.report(diagnostic.help("add `update`, `copy` or `remove: true`"));
                None
            }
        }
    }

    fn target(&mut self, node: &Node, key: &str) -> Option<Target> {
        let (text, _) = self.string(node, key)?;
        Target::read(self.sources, node, text, self.sink)
    }
}

impl Cx<'_> {
    /// Reports the keys that an object does not have.
    fn keys(&mut self, node: &Node, what: &str, known: &[&str]) {
        for entry in node.members().unwrap_or_default() {
            let key = entry.key.text.as_str();
            if known.contains(&key) || key.starts_with("x-") {
                continue;
            }
            let message = format!("the {what} has no key `{key}`");
            let diagnostic = Diagnostic::new(Code::UnknownKey, entry.key.span, message).label("not known here");
            let distances = known.iter().map(|known| (strsim::damerau_levenshtein(key, known), known));
            self.sink.report(
                match distances.filter(|&(distance, known)| distance <= 2 && distance < known.len()).min() {
                    Some((_, known)) => diagnostic.help(format!("did you mean `{known}`?")),
                    None => diagnostic.help("remove it, or begin its name with `x-`"),
                },
            );
        }
    }

    /// A key that the specification requires and that nothing depends on.
    fn expected<'doc>(&mut self, node: &'doc Node, place: Span, what: &str, key: &str) -> Option<&'doc Entry> {
        let entry = node.entry(key);
        if entry.is_none() {
            let place = node.members().and_then(<[Entry]>::first).filter(|_| place == node.span);
            let place = place.map_or(node.span, |entry| entry.key.span);
            let diagnostic = Diagnostic::new(Code::MissingField, place, format!("the {what} has no `{key}`"));
            self.sink.report(diagnostic.help(format!("add `{key}`: the specification requires it")));
        }
        entry
    }

    fn is_object(&mut self, node: &Node, what: &str) -> bool {
        let is_object = matches!(node.value, Value::Mapping(_));
        if !is_object {
            self.wrong_type(node, what, "an object");
        }
        is_object
    }

    fn string<'doc>(&mut self, node: &'doc Node, key: &str) -> Option<(&'doc str, Span)> {
        let text = node.as_str();
        if text.is_none() {
            self.wrong_type(node, &format!("`{key}`"), "a string");
        }
        Some((text?, node.span))
    }

    /// A string, or what is written like one: a version without quotes may be a number.
    fn text<'doc>(&mut self, node: &'doc Node, key: &str) -> Option<&'doc str> {
        let Value::Number(text) = &node.value else { return self.string(node, key).map(|(text, _)| text) };
        let message = format!("`{key}` is a number, and should be a string");
        self.sink.report(Diagnostic::new(Code::NotAString, node.span, message).help(format!("write `'{text}'`")));
        Some(text)
    }

    fn wrong_type(&mut self, node: &Node, what: &str, expected: &str) {
        let message = format!("{what} is {}, and should be {expected}", node.value.kind());
        self.sink.report(Diagnostic::new(Code::WrongType, node.span, message));
    }

    fn since_1_1(&mut self, version: Version, place: Span, what: &str) {
        if version < Version::V1_1 {
            let diagnostic = Diagnostic::new(Code::OtherVersion, place, format!("{what} is no part of Overlay 1.0"));
            self.sink.report(diagnostic.label("read as in Overlay 1.1").help("write `overlay: 1.1.0`"));
        }
    }
}

fn first_key(node: &Node) -> Span {
    node.members().and_then(<[Entry]>::first).map_or(node.span, |entry| entry.key.span)
}
