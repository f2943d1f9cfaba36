//! Languages: a base document and its translations enter, the table of texts leaves.
//!
//! The base gives the contract, translations give text. The one rule: a translation may differ from its base in human
//! text and in the order of things, and every other difference is reported with both places.

mod difference;
mod grammar;
mod literal;
mod walk;

use crate::{
    diagnostic::Sink,
    document::{Document, Node, Pointer, Value},
    role::{Role, Roles},
    source::Sources,
};

/// A translated copy of a document.
#[derive(Clone, Debug)]
pub struct Translation {
    /// Its language, as a tag of RFC 5646: `zh`.
    pub language: String,
    /// The copy.
    pub document: Document,
    /// What its nodes are for.
    pub roles: Roles,
}

/// The human texts of a document in all of its languages.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Texts {
    /// The languages, the base's first.
    pub languages: Vec<String>,
    /// The texts of the base, sorted by pointer; none where nothing is translated.
    pub entries: Vec<Text>,
}

/// One human text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its place in the base.
    pub pointer: Pointer,
    /// The text in the base language.
    pub base: String,
    /// Languages and their texts, in the order of [`Texts::languages`]; only where they differ from the base's.
    pub translations: Vec<(String, String)>,
}

impl Texts {
    /// The text at a place of the base.
    pub fn get(&self, pointer: &Pointer) -> Option<&Text> {
        let index = self.entries.binary_search_by(|text| text.pointer.cmp(pointer)).ok()?;
        self.entries.get(index)
    }

    fn get_mut(&mut self, pointer: &Pointer) -> Option<&mut Text> {
        let index = self.entries.binary_search_by(|text| text.pointer.cmp(pointer)).ok()?;
        self.entries.get_mut(index)
    }
}

impl Text {
    /// The text in a language; the base's where it is not translated.
    ///
    /// ```
    /// use stubwright_codegen::{document::Pointer, locale::Text};
    ///
    /// let text = Text {
    ///     pointer: Pointer::root().child("info").child("title"),
    ///     base: "Pets".to_owned(),
    ///     translations: vec![("de".to_owned(), "Haustiere".to_owned())],
    /// };
    /// assert_eq!(text.in_language("de"), "Haustiere");
    /// assert_eq!(text.in_language("fr"), "Pets");
    /// ```
    pub fn in_language(&self, language: &str) -> &str {
        let translation = self.translations.iter().find(|(tag, _)| tag == language);
        translation.map_or(&self.base, |(_, text)| text)
    }
}

/// Compares translations with their base, and collects the texts of all.
///
/// The texts are of use only if `sink` holds no error afterwards.
pub fn compare(
    sources: &Sources,
    base_language: &str,
    base: &Document,
    base_roles: &Roles,
    translations: &[Translation],
    sink: &mut Sink,
) -> Texts {
    let mut entries = Vec::new();
    if !translations.is_empty() {
        collect(&base.root, &Pointer::root(), base_roles, &mut entries);
    }
    entries.sort_by(|one, other| one.pointer.cmp(&other.pointer));
    let languages = translations.iter().map(|translation| translation.language.clone());
    let mut texts = Texts { languages: std::iter::once(base_language.to_owned()).chain(languages).collect(), entries };
    for translation in translations {
        walk::walk(sources, base, base_roles, translation, &mut texts, sink);
    }
    texts
}

/// The texts of the base.
fn collect(node: &Node, pointer: &Pointer, roles: &Roles, texts: &mut Vec<Text>) {
    match (roles.of(node.id), &node.value) {
        (Role::Text, Value::String(base)) => {
            texts.push(Text { pointer: pointer.clone(), base: base.clone(), translations: Vec::new() });
        }
        (Role::Contract, Value::Mapping(entries)) => {
            for entry in entries {
                collect(&entry.value, &pointer.child(&entry.key.text), roles, texts);
            }
        }
        (Role::Contract, Value::Sequence(items)) => {
            for (index, item) in items.iter().enumerate() {
                collect(item, &pointer.child(index.to_string()), roles, texts);
            }
        }
        (Role::Contract | Role::Text | Role::Example | Role::Extension, _) => {}
    }
}
