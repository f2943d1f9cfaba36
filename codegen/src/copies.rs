//! A document in all of its languages: the files of a run enter, trees with the roles of their nodes leave.
//!
//! The one rule: translations are of the published document. A translation is a whole copy of it, or an overlay that only
//! carries text.

use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Refused, Sink};
use crate::document::{self, Document, Node, Value};
use crate::gather::{self, Documents, NoFiles};
use crate::lint::Copy;
use crate::locale::{self, Base, Texts, Translation};
use crate::model::Model;
use crate::overlaid;
use crate::read::Reading;
use crate::role::{Role, Roles};
use crate::source::Sources;
use crate::{Files, Input, Stage, overlay, read};

/// A document and its translations, read.
pub(crate) struct Languages {
    /// The document that code is generated from, and the files that it refers to.
    pub(crate) documents: Documents,
    pub(crate) reading: Reading,
    /// The published document, where overlays change it.
    published: Option<Translation>,
    /// What translations there are of the published document.
    pub(crate) translations: Vec<Translation>,
    /// What the translated copies of overlays make of the document.
    overlaid: Vec<Translation>,
    /// Everything that is translated, as the reader sees it.
    pub(crate) copies: Vec<Copy>,
    /// The languages whose texts come from overlays: nothing was published in them.
    pub(crate) unpublished: Vec<String>,
}

/// Loads and reads a document and its translations.
pub(crate) fn languages(
    sources: &mut Sources,
    input: &Input,
    files: &mut dyn Files,
    progress: &mut dyn FnMut(Stage),
    sink: &mut Sink,
) -> Result<Languages, Refused> {
    progress(Stage::Load);
    let base = document::load(sources, input.base, sink);
    let copies: Vec<_> = input
        .translations
        .iter()
        .map(|(language, source)| (language, document::load(sources, *source, sink)))
        .collect();
    sink.gate()?;
    let overlaid::Overlaid { effective, published, translated } =
        overlaid::overlaid(sources, input, base.ok_or(Refused)?, sink)?;
    let documents = gather::gather(effective, &input.path, &input.urls, sources, files);

    progress(Stage::Read);
    let reading = read::read(&documents, sink).ok_or(Refused)?;
    let published = published.map(|published| translation(&input.language, published, sources).0);
    let mut languages = Languages {
        documents,
        reading,
        published,
        translations: Vec::new(),
        overlaid: Vec::new(),
        copies: Vec::new(),
        unpublished: Vec::new(),
    };
    if !copies.is_empty() {
        languages.report_other_files(sink);
    }
    for (language, document) in copies {
        let document = document.ok_or(Refused)?;
        let document = if is_overlay(&document) {
            languages.unpublished.push(language.clone());
            let Some(overlay) = overlay::read(sources, &document, sink) else { continue };
            overlay::apply(languages.base(input).document, &[overlay], sink)
        } else {
            document
        };
        let (translation, copy) = translation(language, document, sources);
        languages.translations.push(translation);
        languages.copies.extend(copy);
    }
    for (language, document) in translated {
        let (translation, copy) = translation(&language, document, sources);
        languages.overlaid.push(translation);
        languages.copies.extend(copy);
    }
    Ok(languages)
}

impl Languages {
    /// What translations are compared with.
    pub(crate) fn base<'languages>(&'languages self, input: &'languages Input) -> Base<'languages> {
        let effective = self.effective(input);
        self.published.as_ref().map_or(effective, |published| Base {
            document: &published.document,
            roles: &published.roles,
            ..effective
        })
    }

    fn effective<'languages>(&'languages self, input: &'languages Input) -> Base<'languages> {
        Base { language: &input.language, document: self.documents.base(), roles: &self.reading.roles }
    }

    /// Names the files with texts that no translation is of.
    fn report_other_files(&self, sink: &mut Sink) {
        for document in self.documents.files.iter().skip(1).filter_map(|file| file.document.as_ref().ok()) {
            let base = Base { language: "", document, roles: &self.reading.roles };
            let places = locale::texts(base);
            if let Some(&first) = places.first() {
                let message = "the texts of this file are not translated: translations are of the document's own file";
                let label = format!("the first of {}", places.len());
                let help = "put what is translated into the document itself";
                sink.report(Diagnostic::new(Code::UntranslatedFile, first, message).label(label).help(help));
            }
        }
    }

    /// The contract with the texts of one of its languages.
    pub(crate) fn model_in(&mut self, language: &str, texts: &Texts) -> Option<Model> {
        let base = self.documents.base_mut();
        let published = base.clone();
        speak(&mut base.root, &self.reading.roles, texts, language);
        // What is wrong with it was reported.
        let reading = read::read(&self.documents, &mut Sink::default());
        *self.documents.base_mut() = published;
        reading.map(|reading| reading.model)
    }

    /// Compares all of them, and collects their texts.
    pub(crate) fn compare(&self, sources: &Sources, input: &Input, sink: &mut Sink) -> Texts {
        let mut texts = locale::compare(sources, self.base(input), &self.translations, input.drift, sink);
        for copy in &self.overlaid {
            locale::compare_overlaid(sources, self.effective(input), copy, &mut texts, input.drift, sink);
        }
        texts
    }
}

/// Reads a translated copy. Only its texts matter: what else is wrong with it, it shares with its base, or drifts from it.
fn translation(language: &str, document: Document, sources: &mut Sources) -> (Translation, Option<Copy>) {
    let documents = gather::gather(document, Path::new(""), &[], sources, &mut NoFiles);
    let (roles, copy) = match read::read(&documents, &mut Sink::default()) {
        Some(reading) => (reading.roles, Some(Copy { language: language.to_owned(), model: reading.model })),
        None => (Roles::default(), None),
    };
    (Translation { language: language.to_owned(), document: documents.into_base(), roles }, copy)
}

/// Puts the texts of a language into a tree.
fn speak(node: &mut Node, roles: &Roles, texts: &Texts, language: &str) {
    match &mut node.value {
        Value::String(words) if roles.of(node.id) == Role::Text => {
            if let Some(text) = texts.get(node.span) {
                text.in_language(language).clone_into(words);
            }
        }
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
        Value::Sequence(items) => items.iter_mut().for_each(|item| speak(item, roles, texts, language)),
        Value::Mapping(entries) => {
            for entry in entries {
                speak(&mut entry.value, roles, texts, language);
            }
        }
    }
}

/// Whether a file is an overlay, and no document of its own.
fn is_overlay(document: &Document) -> bool {
    document.root.get("overlay").is_some() && document.root.get("openapi").is_none()
}
