//! The members of one OpenAPI object, handed out by key.
//!
//! The one rule: every key of the object is asked for, or [`Fields::finish`] reports it. So the grammar of an object, the
//! list of its known keys and the knowledge of which of them are human text are the same lines of code.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Entry, Node, Value};
use crate::model::{Spanned, Text};
use crate::read::Cx;
use crate::role::Role;
use crate::source::Span;

/// One object while it is being read.
pub(super) struct Fields<'doc> {
    /// What the specification calls it: `Operation Object`.
    what: &'static str,
    /// Where to report what is missing.
    pub(super) place: Span,
    entries: &'doc [Entry],
    known: Vec<&'static str>,
}

impl<'doc> Fields<'doc> {
    /// Opens an object; reports a node that is none. `place` is the object's key, for what is missing in it.
    pub(super) fn open(cx: &mut Cx<'doc>, node: &'doc Node, what: &'static str, place: Span) -> Option<Self> {
        match &node.value {
            Value::Mapping(entries) => Some(Self { what, place, entries, known: Vec::new() }),
            other => {
                cx.wrong_type(node.span, &format!("the {what}"), "an object", other.kind());
                None
            }
        }
    }

    /// The value of a key.
    pub(super) fn node(&mut self, key: &'static str) -> Option<&'doc Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value of a key, and the key's place.
    pub(super) fn entry(&mut self, key: &'static str) -> Option<&'doc Entry> {
        self.known.push(key);
        self.entries.iter().find(|entry| entry.key.text == key)
    }

    /// The value of a key that must be there; reports it where it is not.
    pub(super) fn required(&mut self, cx: &mut Cx<'doc>, key: &'static str) -> Option<&'doc Node> {
        let found = self.node(key);
        if found.is_none() {
            let message = format!("the {} has no `{key}`", self.what);
            cx.sink.report(Diagnostic::new(Code::MissingKey, self.place, message).help(format!("add `{key}`")));
        }
        found
    }

    /// Reports a key that the specification requires and that nothing depends on.
    pub(super) fn expect(&mut self, cx: &mut Cx<'doc>, key: &'static str) {
        if !self.entries.iter().any(|entry| entry.key.text == key) {
            let message = format!("the {} has no `{key}`", self.what);
            cx.sink.report(
                Diagnostic::new(Code::MissingField, self.place, message)
                    .help(format!("add `{key}`: the specification requires it")),
            );
        }
    }

    /// The string at a key.
    pub(super) fn string(&mut self, cx: &mut Cx<'doc>, key: &'static str) -> Option<Spanned<String>> {
        let node = self.node(key)?;
        cx.string(node, key)
    }

    /// The human text at a key.
    pub(super) fn text(&mut self, cx: &mut Cx<'doc>, key: &'static str) -> Option<Text> {
        let node = self.node(key)?;
        let text = cx.string(node, key)?;
        cx.roles.mark(node.id, Role::Text);
        Some(text)
    }

    /// The boolean at a key; absent means false.
    pub(super) fn boolean(&mut self, cx: &mut Cx<'doc>, key: &'static str) -> bool {
        let Some(node) = self.node(key) else { return false };
        match &node.value {
            Value::Boolean(value) => *value,
            other => {
                cx.wrong_type(node.span, &format!("`{key}`"), "`true` or `false`", other.kind());
                false
            }
        }
    }

    /// The items of the list at a key; absent means none.
    pub(super) fn list(&mut self, cx: &mut Cx<'doc>, key: &'static str) -> &'doc [Node] {
        let Some(node) = self.node(key) else { return &[] };
        match &node.value {
            Value::Sequence(items) => items,
            other => {
                cx.wrong_type(node.span, &format!("`{key}`"), "a list", other.kind());
                &[]
            }
        }
    }

    /// The members of the mapping at a key; absent means none.
    pub(super) fn map(&mut self, cx: &mut Cx<'doc>, key: &'static str) -> &'doc [Entry] {
        let Some(node) = self.node(key) else { return &[] };
        match &node.value {
            Value::Mapping(entries) => entries,
            other => {
                cx.wrong_type(node.span, &format!("`{key}`"), "an object", other.kind());
                &[]
            }
        }
    }

    /// A key whose value shows by example what is valid.
    pub(super) fn example(&mut self, cx: &mut Cx<'doc>, key: &'static str) {
        if let Some(node) = self.node(key) {
            cx.roles.mark(node.id, Role::Example);
        }
    }

    /// Keys whose values are passed through: they reach the served document, and no code depends on them.
    pub(super) fn pass_through(&mut self, keys: &[&'static str]) {
        self.known.extend_from_slice(keys);
    }

    /// Like [`Fields::unsupported`], for keys that say nothing while their value is empty.
    pub(super) fn unsupported_unless_empty(&mut self, cx: &mut Cx<'doc>, keys: &[&'static str]) {
        let empty = |key: &str| {
            let entry = self.entries.iter().find(|entry| entry.key.text == key);
            entry.is_some_and(|entry| entry.value.value == Value::Mapping(Vec::new()))
        };
        let (empty, other): (Vec<_>, Vec<_>) = keys.iter().partition(|key| empty(key));
        self.pass_through(&empty);
        self.unsupported(cx, &other);
    }

    /// Keys that would change the generated code and that are not generated for.
    pub(super) fn unsupported(&mut self, cx: &mut Cx<'doc>, keys: &[&'static str]) {
        self.known.extend_from_slice(keys);
        for entry in self.entries {
            if keys.contains(&entry.key.text.as_str()) {
                cx.unsupported(entry.key.span, &format!("`{}` in the {}", entry.key.text, self.what));
            }
        }
    }

    /// The name given by `x-rust-name`.
    pub(super) fn rust_name(&mut self, cx: &mut Cx<'doc>) -> Option<Spanned<String>> {
        self.string(cx, "x-rust-name")
    }

    /// Reports the keys that were never asked for; marks extensions.
    pub(super) fn finish(self, cx: &mut Cx<'doc>) {
        self.close(cx, |_, key| !key.starts_with("x-"));
    }

    /// Like [`Fields::finish`], where unknown keys are annotations: only likely typing errors are reported.
    pub(super) fn finish_open(self, cx: &mut Cx<'doc>) {
        self.close(cx, |similar, key| !key.starts_with("x-") && similar);
    }

    fn close(self, cx: &mut Cx<'doc>, reported: impl Fn(bool, &str) -> bool) {
        for entry in self.entries {
            let key = entry.key.text.as_str();
            if self.known.contains(&key) {
                continue;
            }
            let similar = similar(key, &self.known);
            if reported(similar.is_some(), key) {
                let message = format!("the {} has no key `{key}`", self.what);
                let diagnostic = Diagnostic::new(Code::UnknownKey, entry.key.span, message).label("not known here");
                cx.sink.report(match similar {
                    Some(known) => diagnostic.help(format!("did you mean `{known}`?")),
                    None => diagnostic.help("remove it, or begin its name with `x-`"),
                });
            }
            cx.roles.mark(entry.value.id, Role::Extension);
        }
    }
}

/// The known key that someone may have meant.
pub(super) fn similar<'known>(key: &str, known: &[&'known str]) -> Option<&'known str> {
    known
        .iter()
        .map(|candidate| (strsim::damerau_levenshtein(key, candidate), *candidate))
        .filter(|&(distance, candidate)| distance <= 2 && distance < candidate.len())
        .min()
        .map(|(_, candidate)| candidate)
}
