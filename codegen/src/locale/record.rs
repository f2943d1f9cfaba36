//! What each text was translated from: a file beside the base, from which it is told that a translation is stale.
//!
//! The one rule: a translation that did not change since it was recorded stays recorded as it was, so that what is stale
//! stays so until somebody translates it anew, or takes its line out.

use std::{collections::BTreeMap, fmt::Write as _};

use crate::{
    compare::Change,
    diagnostic::{Code, Diagnostic, Sink},
    document::{Document, Entry, Node, Pointer, Value, write_string},
    locale::{Base, Translation, files},
    role::Role,
};

/// For each language and text the words that it was translated from, and those that it was translated to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    languages: BTreeMap<String, BTreeMap<String, Line>>,
}

/// Digests of a text of the base and of its translation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Line {
    base: u32,
    copy: u32,
}

impl Record {
    /// Reads a record. What is none is reported, and left out.
    pub fn read(document: &Document, sink: &mut Sink) -> Self {
        let mut record = Self::default();
        for language in members(&document.root, sink) {
            let lines = members(&language.value, sink).iter().filter_map(|entry| {
                let line = entry.value.as_str().and_then(Line::parse);
                if line.is_none() {
                    report(&entry.value, sink);
                }
                Some((entry.key.text.clone(), line?))
            });
            let lines: BTreeMap<_, _> = lines.collect();
            record.languages.insert(language.key.text.clone(), lines);
        }
        record
    }

    /// The record with the texts of a translation as they are now.
    #[must_use]
    pub fn with(mut self, base: Base<'_>, translation: &Translation) -> Self {
        let old = self.languages.remove(&translation.language).unwrap_or_default();
        let mut new = BTreeMap::new();
        for difference in files::differences(base, translation) {
            let words = |node: Option<&Node>| node.and_then(Node::as_str).unwrap_or_default().to_owned();
            let (one, other) = (words(difference.base.node), words(difference.copy.node));
            if (difference.change, difference.role) == (Change::Changed, Role::Text) && !other.trim().is_empty() {
                let (pointer, copy) = (difference.base.pointer.to_string(), digest(&other));
                let known = old.get(&pointer).filter(|line| line.copy == copy).copied();
                new.insert(pointer, known.unwrap_or(Line { base: digest(&one), copy }));
            }
        }
        self.languages.insert(translation.language.clone(), new);
        self
    }

    /// The text of the file: sorted, with a line for each translated text.
    pub fn to_yaml(&self) -> String {
        let mut yaml = String::from(
            "# Digests of each translated text: of the base's words that it was translated from, and of its own.\n\
             # Written by `stubwright locales SPEC --record`. To accept a stale translation as it is, take its line out first.\n",
        );
        if self.languages.is_empty() {
            yaml.push_str("{}\n");
        }
        for (language, lines) in &self.languages {
            write_string(&mut yaml, language);
            yaml.push_str(if lines.is_empty() { ": {}\n" } else { ":\n" });
            for (pointer, Line { base, copy }) in lines {
                yaml.push_str("  ");
                write_string(&mut yaml, pointer);
                writeln!(yaml, ": {base:08x}-{copy:08x}").expect("a String takes every text");
            }
        }
        yaml
    }

    /// Whether the words of the base are others than those that a text was translated from.
    pub(super) fn is_stale(&self, language: &str, pointer: &Pointer, words: &str) -> bool {
        let line = self.languages.get(language).and_then(|lines| lines.get(&pointer.to_string()));
        line.is_some_and(|line| line.base != digest(words))
    }
}

impl Line {
    fn parse(text: &str) -> Option<Self> {
        let (base, copy) = text.split_once('-')?;
        let digest = |text: &str| u32::from_str_radix(text, 16).ok().filter(|_| text.len() == 8);
        Some(Self { base: digest(base)?, copy: digest(copy)? })
    }
}

fn members<'doc>(node: &'doc Node, sink: &mut Sink) -> &'doc [Entry] {
    match &node.value {
        Value::Mapping(entries) => entries,
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_) => {
            report(node, sink);
            &[]
        }
    }
}

fn report(node: &Node, sink: &mut Sink) {
    let message = "this is no record of translations";
    sink.report(
        Diagnostic::new(Code::InvalidValue, node.span, message)
            .label("left out")
            .help("write the file anew with `stubwright locales SPEC --record`"),
    );
}

/// FNV-1a of 64 bits, folded: the same on every machine and in every version. That two texts share it by chance would only
/// hide that a translation is stale.
fn digest(text: &str) -> u32 {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    u32::try_from((hash >> 32) ^ (hash & u64::from(u32::MAX))).unwrap_or_default()
}
