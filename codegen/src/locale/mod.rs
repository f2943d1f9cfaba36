//! Languages: a base document and its translations enter, the table of texts leaves.
//!
//! The base gives the contract, translations give text. The one rule: a translation may differ from its base in human
//! text and in the order of things, and every other difference is reported with both places.

mod as_overlay;
mod difference;
mod files;
mod literal;
mod record;
mod status;
mod tag;

pub use as_overlay::{as_overlay, not_carried};
pub use difference::Drift;
pub use files::Part;
pub use record::Record;
pub use status::{State, Status, status};
pub use tag::{NoTag, canonical};
pub(crate) use tag::{fallbacks, of_name};

use crate::{
    compare::{Change, Difference},
    diagnostic::Sink,
    document::{Document, Node, NodeId, Pointer, Value},
    locale::difference::Places,
    role::{Role, Roles},
    source::{Sources, Span},
};

/// A translated copy of a document.
#[derive(Clone, Debug)]
pub struct Translation {
    /// Its language, as a tag of RFC 5646: `zh`.
    pub language: String,
    /// The copy.
    pub document: Document,
    /// The other files that it refers to.
    pub others: Vec<Part>,
    /// What its nodes are for.
    pub roles: Roles,
    /// Texts that are for nothing in the base: pointers and places in the translation's own file.
    pub orphans: Vec<(Pointer, Span)>,
}

/// The human texts of a document in all of its languages.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Texts {
    /// The languages, the base's first.
    pub languages: Vec<String>,
    /// The texts of the base, sorted by place; none where nothing is translated.
    pub entries: Vec<Text>,
}

/// One human text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its place in the published base. That is what it is known by: where it stands in the document that is handed out, an
    /// overlay may have changed.
    pub place: Span,
    /// The text in the base language.
    pub base: String,
    /// Languages and their texts, in the order of [`Texts::languages`]; only where they differ from the base's.
    pub translations: Vec<(String, String)>,
}

/// A translated text in the document that is handed out.
#[derive(Clone, Debug)]
pub struct Located<'texts> {
    /// Its name there.
    pub pointer: Pointer,
    /// Its node there.
    pub node: NodeId,
    /// The text.
    pub text: &'texts Text,
}

impl Texts {
    /// The text at a place of the published base.
    pub fn get(&self, place: Span) -> Option<&Text> {
        self.index(place).map(|index| &self.entries[index])
    }

    /// Where the translated texts stand in a document, in the document's order.
    pub fn locate<'texts>(&'texts self, document: &Document, roles: &Roles) -> Vec<Located<'texts>> {
        let mut located = Vec::new();
        if self.entries.iter().any(|text| !text.translations.is_empty()) {
            each_text(&document.root, &Pointer::root(), roles, &mut |node, pointer| {
                let text = self.get(node.span).filter(|text| !text.translations.is_empty());
                located.extend(text.map(|text| Located { pointer: pointer.clone(), node: node.id, text }));
            });
        }
        located
    }

    /// Takes the texts of a document that are not known yet.
    fn know(&mut self, base: Base<'_>) {
        files::each_text_of(base, &mut |node, _| {
            let words = node.as_str().unwrap_or_default().to_owned();
            self.entries.push(Text { place: node.span, base: words, translations: Vec::new() });
        });
        // The sort is stable: what was known stays.
        self.entries.sort_by_key(|text| text.place);
        self.entries.dedup_by_key(|text| text.place);
    }

    fn index(&self, place: Span) -> Option<usize> {
        self.entries.binary_search_by(|text| text.place.cmp(&place)).ok()
    }

    /// Adds a text of a further language. Where aliases put one text into several places, the first one counts.
    fn add(&mut self, place: Span, language: &str, words: &str) {
        let Some(index) = self.index(place) else { return };
        let translations = &mut self.entries[index].translations;
        if translations.iter().all(|(tag, _)| tag != language) {
            translations.push((language.to_owned(), words.to_owned()));
        }
    }
}

impl Text {
    /// The text in a language, or in the nearest broader one; the base's where it is not translated.
    pub fn in_language(&self, language: &str) -> &str {
        let translation = |tag: &str| self.translations.iter().find(|(known, _)| known == tag);
        fallbacks(language).find_map(translation).map_or(&self.base, |(_, text)| text)
    }
}

/// The document that translations are of.
#[derive(Clone, Copy, Debug)]
pub struct Base<'doc> {
    /// Its language, as a tag of RFC 5646.
    pub language: &'doc str,
    /// It, as it was published.
    pub document: &'doc Document,
    /// The other files that it refers to.
    pub others: &'doc [Part],
    /// What its nodes are for.
    pub roles: &'doc Roles,
}

/// Compares translations with their published base, and collects the texts of all.
///
/// The texts are of use only if `sink` holds no error afterwards.
pub fn compare(
    sources: &Sources,
    base: Base<'_>,
    translations: &[Translation],
    drift: Drift,
    sink: &mut Sink,
) -> Texts {
    let mut texts = Texts { languages: vec![base.language.to_owned()], entries: Vec::new() };
    if !translations.is_empty() {
        texts.know(base);
    }
    for translation in translations {
        texts.languages.push(translation.language.clone());
        take(sources, base, translation, &mut texts, drift, sink);
    }
    for translation in translations {
        keep_own_words(base, translation, &mut texts);
    }
    texts
}

/// Notes the texts that a copy has in the base's words where a broader language would otherwise stand in for it.
fn keep_own_words(base: Base<'_>, translation: &Translation, texts: &mut Texts) {
    let language = translation.language.as_str();
    let broader: Vec<&str> = fallbacks(language).skip(1).collect();
    if !texts.languages.iter().skip(1).any(|known| broader.contains(&known.as_str())) {
        return;
    }
    let same = status(base, translation, &Record::default()).into_iter().filter(|one| one.state == State::Same);
    for place in same.filter_map(|status| status.base) {
        let Some(text) = texts.get(place) else { continue };
        if text.translations.iter().any(|(known, _)| broader.contains(&known.as_str())) {
            let words = text.base.clone();
            texts.add(place, language, &words);
        }
    }
}

/// The places of a document's texts, in its order.
pub fn texts(base: Base<'_>) -> Vec<Span> {
    let mut places = Vec::new();
    files::each_text_of(base, &mut |node, _| places.push(node.span));
    places
}

/// How many values of a document a translation lacks: scalars, and empty lists and objects, but for texts that are missing
/// alone.
pub fn lacking(base: Base<'_>, translation: &Translation) -> usize {
    let differences = files::differences(base, translation);
    let lacking = differences.iter().filter(|difference| {
        difference.change == Change::Missing && matches!(difference.role, Role::Contract | Role::Example)
    });
    lacking.map(Difference::values).sum()
}

/// Compares the effective document with what it is by the translated copies of its overlays, and adds the texts that overlays
/// bring.
pub fn compare_overlaid(
    sources: &Sources,
    effective: Base<'_>,
    copy: &Translation,
    texts: &mut Texts,
    drift: Drift,
    sink: &mut Sink,
) {
    texts.know(effective);
    if !texts.languages.contains(&copy.language) {
        texts.languages.push(copy.language.clone());
    }
    take(sources, effective, copy, texts, drift, sink);
}

/// Takes the texts of a copy, and reports what else differs.
fn take(sources: &Sources, base: Base<'_>, copy: &Translation, texts: &mut Texts, drift: Drift, sink: &mut Sink) {
    let language = copy.language.as_str();
    for difference in files::differences(base, copy) {
        match (difference.role, difference.change) {
            (Role::Text, Change::Changed) => translated(sources, language, &difference, texts, sink),
            _ => sink.report(difference::reported(language, &difference, drift)),
        }
    }
    for places in files::untranslated(base, copy) {
        sink.report(difference::untranslated_file(language, &places));
    }
}

/// Takes a text that has other words in a copy.
fn translated(sources: &Sources, language: &str, difference: &Difference<'_>, texts: &mut Texts, sink: &mut Sink) {
    let words = |node: Option<&'_ Node>| node.and_then(Node::as_str).unwrap_or_default().to_owned();
    let (base, copy) = (words(difference.base.node), words(difference.copy.node));
    if copy.trim().is_empty() {
        sink.report(difference::untranslated(language, difference));
        return;
    }
    let changed = literal::changed(&base, &copy);
    if changed != literal::Changed::default() {
        let Places { copy, base } = difference::places(difference);
        let places = Places {
            copy: changed.added.first().map_or(copy, |literal| narrowed(sources, copy, literal)),
            base: changed.lost.first().map_or(base, |literal| narrowed(sources, base, literal)),
        };
        sink.report(difference::literals(language, difference, &changed, places));
    }
    texts.add(difference.base.place, language, &copy);
}

/// The place of a literal within a text, where it stands there as it is.
fn narrowed(sources: &Sources, text: Span, literal: &str) -> Span {
    let length = u32::try_from(literal.len());
    let offset = sources.text(text).find(literal).map(u32::try_from);
    match (offset, length) {
        (Some(Ok(offset)), Ok(length)) => {
            let start = text.start + offset;
            Span { start, end: start + length, ..text }
        }
        _ => text,
    }
}

/// Visits the texts of a document, in its order.
fn each_text(node: &Node, pointer: &Pointer, roles: &Roles, visit: &mut dyn FnMut(&Node, &Pointer)) {
    match &node.value {
        Value::String(_) if roles.of(node.id) == Role::Text => visit(node, pointer),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
        Value::Mapping(entries) => {
            for entry in entries {
                each_text(&entry.value, &pointer.child(&entry.key.text), roles, visit);
            }
        }
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                each_text(item, &pointer.child(index.to_string()), roles, visit);
            }
        }
    }
}
