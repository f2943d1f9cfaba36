//! The members of one OpenAPI object, handed out by key.
//!
//! The one rule: every key of the object is asked for, or [`Fields::finish`] reports it; and each is in the ledger, with
//! the treatment that it was asked for with. So the grammar of an object, the list of its known keys, what becomes of
//! them and the knowledge of which of them are human text are the same lines of code.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Entry, Node, Value};
use crate::ledger::Treatment;
use crate::model::{Spanned, Text};
use crate::read::{Cx, Version, reference};
use crate::role::{Role, Roles};
use crate::source::Span;

/// One object while it is being read.
pub(super) struct Fields<'doc> {
    /// What the specification calls it: `Operation Object`.
    what: &'static str,
    /// Where to report what is missing.
    pub(super) place: Span,
    /// The version of its document.
    pub(super) version: Version,
    entries: &'doc [Entry],
    /// How many of the entries were not asked for yet.
    left: usize,
    known: Vec<&'static str>,
    /// Whether the ledger does not have this object's keys yet.
    is_new: bool,
}

impl<'doc> Fields<'doc> {
    /// Opens an object. `place` is the object's key, for what is missing in it. `None` where there is no object: null and
    /// an empty list, which some languages write for an empty object, are ignored, and anything else is an error.
    pub(super) fn open(cx: &mut Cx<'doc>, node: &'doc Node, what: &'static str, place: Span) -> Option<Self> {
        match &node.value {
            Value::Mapping(entries) => {
                let (version, is_new) = (cx.version(node.id), cx.read.insert(node.id));
                if is_new && cx.documents.file_of(node.id) > 0 {
                    cx.roles.mark_read(node.id);
                }
                Some(Self {
                    what,
                    place,
                    version,
                    entries,
                    left: entries.len(),
                    known: cx.lists.pop().unwrap_or_default(),
                    is_new,
                })
            }
            Value::Null => {
                cx.ignored(node, &format!("the {what}"), "an object");
                None
            }
            Value::Sequence(items) if items.is_empty() => {
                cx.ignored(node, &format!("the {what}"), "an object");
                None
            }
            other @ (Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_)) => {
                cx.wrong_type(node.span, &format!("the {what}"), "an object", other.kind());
                None
            }
        }
    }

    /// The value of a key, and the key's place. Each key is asked for once.
    pub(super) fn entry(&mut self, cx: &mut Cx<'doc>, key: &'static str, treatment: Treatment) -> Option<&'doc Entry> {
        if self.left == 0 {
            return None;
        }
        self.known.push(key);
        let entry = self.entries.iter().find(|entry| entry.key.text == key)?;
        self.left -= 1;
        if self.is_new {
            cx.ledger.record(self.what, key, treatment, entry.key.span);
        }
        Some(entry)
    }

    /// The value of a key.
    pub(super) fn node(&mut self, cx: &mut Cx<'doc>, key: &'static str, treatment: Treatment) -> Option<&'doc Node> {
        self.entry(cx, key, treatment).map(|entry| &entry.value)
    }

    /// Like [`Fields::entry`], for a key that is no part of earlier versions: there it is read with a warning.
    pub(super) fn entry_since(
        &mut self,
        cx: &mut Cx<'doc>,
        key: &'static str,
        since: Version,
        treatment: Treatment,
    ) -> Option<&'doc Entry> {
        let entry = self.entry(cx, key, treatment)?;
        if self.version < since {
            cx.too_new(entry.key.span, &format!("`{key}` in the {}", self.what), since);
        }
        Some(entry)
    }

    /// The value of a key that must be there; reports it where it is not, with what is done then.
    pub(super) fn required(
        &mut self,
        cx: &mut Cx<'doc>,
        key: &'static str,
        treatment: Treatment,
        otherwise: &str,
    ) -> Option<&'doc Node> {
        let found = self.node(cx, key, treatment);
        if found.is_none() {
            self.missing(cx, key, otherwise);
        }
        found
    }

    /// Reports a key without which the object has no meaning.
    pub(super) fn missing(&self, cx: &mut Cx<'doc>, key: &str, otherwise: &str) {
        let message = format!("the {} has no `{key}`", self.what);
        cx.sink.report(
            Diagnostic::new(Code::MissingKey, self.place, message).label(otherwise).help(format!("add `{key}`")),
        );
    }

    /// Reports a key that the specification requires and that nothing depends on.
    pub(super) fn expect(&self, cx: &mut Cx<'doc>, key: &str) {
        if !self.has(key) {
            let message = format!("the {} has no `{key}`", self.what);
            cx.sink.report(
                Diagnostic::new(Code::MissingField, self.place, message)
                    .help(format!("add `{key}`: the specification requires it")),
            );
        }
    }

    /// Whether the object has a key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key.text == key)
    }

    /// A key that has a meaning in other objects of this kind, and that was not asked for in this one.
    pub(super) fn unused(&mut self, cx: &mut Cx<'doc>, key: &'static str) -> Option<&'doc Entry> {
        if self.known.contains(&key) { None } else { self.entry(cx, key, Treatment::Refused) }
    }

    /// Whether the object has no other keys than these.
    pub(super) fn has_only(&self, keys: &[&str]) -> bool {
        self.entries.iter().all(|entry| keys.contains(&entry.key.text.as_str()))
    }

    /// Whether a key is left that begins with `$`.
    pub(super) fn has_dollar(&self) -> bool {
        self.left > 0 && self.entries.iter().any(|entry| entry.key.text.starts_with('$'))
    }

    /// The string at a key.
    pub(super) fn string(
        &mut self,
        cx: &mut Cx<'doc>,
        key: &'static str,
        treatment: Treatment,
    ) -> Option<Spanned<String>> {
        let node = self.node(cx, key, treatment)?;
        cx.string(node, key)
    }

    /// The human text at a key: it is passed through to the documentation and the served document.
    pub(super) fn text(&mut self, cx: &mut Cx<'doc>, key: &'static str) -> Option<Text> {
        let node = self.node(cx, key, Treatment::PassedThrough)?;
        let text = cx.string(node, key)?;
        cx.roles.mark(node.id, Role::Text);
        Some(text)
    }

    /// Like [`Fields::text`], for a key that is no part of earlier versions.
    pub(super) fn text_since(&mut self, cx: &mut Cx<'doc>, key: &'static str, since: Version) -> Option<Text> {
        let entry = self.entry_since(cx, key, since, Treatment::PassedThrough)?;
        let text = cx.string(&entry.value, key)?;
        cx.roles.mark(entry.value.id, Role::Text);
        Some(text)
    }

    /// The boolean at a key; absent means false.
    pub(super) fn boolean(&mut self, cx: &mut Cx<'doc>, key: &'static str, treatment: Treatment) -> bool {
        self.node(cx, key, treatment).is_some_and(|node| cx.boolean(node, key))
    }

    /// The items of the list at a key; absent means none.
    pub(super) fn list(&mut self, cx: &mut Cx<'doc>, key: &'static str, treatment: Treatment) -> &'doc [Node] {
        let Some(node) = self.node(cx, key, treatment) else { return &[] };
        let node = reference::misplaced(cx, node);
        cx.list(node, key)
    }

    /// The members of the mapping at a key; absent means none.
    pub(super) fn map(&mut self, cx: &mut Cx<'doc>, key: &'static str, treatment: Treatment) -> &'doc [Entry] {
        let Some(node) = self.node(cx, key, treatment) else { return &[] };
        cx.members(node, key)
    }

    /// Like [`Fields::map`], for a key that is no part of earlier versions.
    pub(super) fn map_since(
        &mut self,
        cx: &mut Cx<'doc>,
        key: &'static str,
        since: Version,
        treatment: Treatment,
    ) -> &'doc [Entry] {
        let Some(entry) = self.entry_since(cx, key, since, treatment) else { return &[] };
        cx.members(&entry.value, key)
    }

    /// A key whose value shows by example what is valid.
    pub(super) fn example(&mut self, cx: &mut Cx<'doc>, key: &'static str) -> Option<&'doc Node> {
        let node = self.node(cx, key, Treatment::PassedThrough)?;
        cx.roles.mark(node.id, Role::Example);
        Some(node)
    }

    /// Keys whose values are passed through: they reach the served document, and no code depends on them.
    pub(super) fn pass_through(&mut self, cx: &mut Cx<'doc>, keys: &[&'static str]) {
        for key in keys {
            self.entry(cx, key, Treatment::PassedThrough);
        }
    }

    /// Like [`Fields::pass_through`], for a key that is no part of earlier versions.
    pub(super) fn pass_through_since(&mut self, cx: &mut Cx<'doc>, key: &'static str, since: Version) {
        self.entry_since(cx, key, since, Treatment::PassedThrough);
    }

    /// The name given by `x-rust-name`.
    pub(super) fn rust_name(&mut self, cx: &mut Cx<'doc>) -> Option<Spanned<String>> {
        self.string(cx, "x-rust-name", Treatment::Typed)
    }

    /// Reports the keys that were never asked for; marks extensions.
    pub(super) fn finish(self, cx: &mut Cx<'doc>) {
        self.close(cx, |_| true);
    }

    /// Like [`Fields::finish`], where unknown keys are annotations: only likely typing errors are reported.
    pub(super) fn finish_open(self, cx: &mut Cx<'doc>) {
        self.close(cx, |similar| similar);
    }

    fn close(mut self, cx: &mut Cx<'doc>, reported: impl Fn(bool) -> bool) {
        if self.left > 0 {
            self.unknown(cx, reported);
        }
        self.known.clear();
        cx.lists.push(self.known);
    }

    fn unknown(&self, cx: &mut Cx<'doc>, reported: impl Fn(bool) -> bool) {
        for entry in self.entries {
            let key = entry.key.text.as_str();
            if self.known.contains(&key) {
                continue;
            }
            let is_extension = key.starts_with("x-");
            if Roles::TEXT_EXTENSIONS.contains(&key) {
                cx.text_extension(&entry.value);
            } else {
                cx.roles.mark(entry.value.id, Role::Extension);
            }
            if self.is_new {
                let treatment = if is_extension { Treatment::PassedThrough } else { Treatment::Unknown };
                cx.ledger.record_other(self.what, key, treatment, entry.key.span);
            }
            if is_extension {
                continue;
            }
            let similar = similar(key, &self.known);
            if reported(similar.is_some()) {
                let message = format!("the {} has no key `{key}`", self.what);
                let diagnostic = Diagnostic::new(Code::UnknownKey, entry.key.span, message).label("not known here");
                cx.sink.report(match similar {
                    Some(known) => diagnostic.help(format!("did you mean `{known}`?")),
                    None => diagnostic.help("remove it, or begin its name with `x-`"),
                });
            }
        }
    }
}

impl<'doc> Cx<'doc> {
    /// The members of a mapping. Null and an empty list are ignored, a `$ref` to a mapping is followed.
    pub(super) fn members(&mut self, node: &'doc Node, what: &str) -> &'doc [Entry] {
        let node = reference::misplaced(self, node);
        match &node.value {
            Value::Mapping(entries) => entries,
            Value::Sequence(items) if items.is_empty() => {
                self.ignored(node, &format!("`{what}`"), "an object");
                &[]
            }
            Value::Null => {
                self.ignored(node, &format!("`{what}`"), "an object");
                &[]
            }
            other @ (Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_)) => {
                self.wrong_type(node.span, &format!("`{what}`"), "an object", other.kind());
                &[]
            }
        }
    }

    /// Marks the texts of an extension: it is one, or it holds them.
    fn text_extension(&mut self, node: &Node) {
        let role = if node.as_str().is_some() { Role::Text } else { Role::Extension };
        self.roles.mark(node.id, role);
        for (_, child) in node.children().filter(|(_, child)| child.as_str().is_some()) {
            self.roles.mark(child.id, Role::Text);
        }
    }

    /// Marks an extension among the members of `paths`, `responses` and callbacks; tells whether this is one.
    pub(super) fn is_extension(&mut self, entry: &Entry) -> bool {
        self.is_extension_unless(entry, |_| false)
    }

    /// Like [`Cx::is_extension`], among members whose keys are names that may begin with `x-` as well: what is no object is an
    /// extension there.
    pub(super) fn is_unnamed_extension(&mut self, entry: &Entry) -> bool {
        self.is_extension_unless(entry, |node| matches!(node.value, Value::Mapping(_)))
    }

    /// Like [`Cx::is_extension`], unless the value is that of a named thing.
    pub(super) fn is_extension_unless(&mut self, entry: &Entry, is_named: impl Fn(&Node) -> bool) -> bool {
        let is_extension = entry.key.text.starts_with("x-") && !is_named(&entry.value);
        if is_extension {
            self.roles.mark(entry.value.id, Role::Extension);
        }
        is_extension
    }
}

/// The known key that someone may have meant.
pub(super) fn similar<'known>(key: &str, known: &[&'known str]) -> Option<&'known str> {
    known
        .iter()
        // Each character that is too many has four bytes at most.
        .filter(|candidate| candidate.len().abs_diff(key.len()) <= 2 * 4)
        .map(|candidate| (strsim::damerau_levenshtein(key, candidate), *candidate))
        .filter(|&(distance, candidate)| distance <= 2 && distance < candidate.len())
        .min()
        .map(|(_, candidate)| candidate)
}
