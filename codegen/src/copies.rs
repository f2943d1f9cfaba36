//! A document in all of its languages: the files of a run enter, trees with the roles of their nodes leave.
//!
//! The one rule: translations are of the published document. A translation is a whole copy of it, or an overlay that only
//! carries text.

mod or_base;
mod orphans;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::bundle::{self, Parts};
use crate::copies::{or_base::OrBase, orphans::orphans};
use crate::diagnostic::{Refused, Sink};
use crate::document::{self, Document, Node, Value};
use crate::gather::{self, Documents, File, NoFiles};
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
    /// The files that translations refer to.
    pub(crate) referenced: Vec<PathBuf>,
    /// Whether one of them is not well-formed.
    is_broken: bool,
    /// The files of the document as they are compared; none where there is one, or nothing is translated.
    parts: Option<Parts>,
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
    let copies: Vec<_> =
        input.translations.iter().map(|copy| (copy, document::load(sources, copy.source, sink))).collect();
    sink.gate()?;
    let overlaid::Overlaid { effective, published, translated } =
        overlaid::overlaid(sources, input, base.ok_or(Refused)?, sink)?;
    let documents = gather::gather(effective, &input.path, &input.urls, sources, files);

    progress(Stage::Read);
    let reading = read::read(&documents, sink).ok_or(Refused)?;
    let is_translated = !copies.is_empty() || !translated.is_empty();
    let parts = is_translated.then(|| bundle::parts(&documents, &bundle::places(&documents), |_| false)).flatten();
    let mut languages = Languages {
        documents,
        reading,
        published: None,
        translations: Vec::new(),
        overlaid: Vec::new(),
        copies: Vec::new(),
        unpublished: Vec::new(),
        referenced: Vec::new(),
        is_broken: false,
        parts,
    };
    let mut run = Run { input, sources, files, sink };
    if let Some(published) = published.clone() {
        languages.published = Some(languages.copy(&mut run, &input.language, published, &input.path).0);
    }
    for (copy, document) in copies {
        let document = document.ok_or(Refused)?;
        let (document, path, orphans) = if is_overlay(&document) {
            languages.unpublished.push(copy.language.clone());
            let Some(overlay) = overlay::read(run.sources, &document, run.sink) else { continue };
            let own_file = published.as_ref().unwrap_or(languages.documents.base());
            let mut applying = Sink::default();
            let translated = overlay::apply(own_file, std::slice::from_ref(&overlay), &mut applying);
            let reported = applying.into_diagnostics();
            let orphans = orphans(&overlay, &reported);
            for diagnostic in reported {
                run.sink.report(diagnostic);
            }
            (translated, &input.path, orphans)
        } else {
            (document, &copy.path, Vec::new())
        };
        let (translation, reading) = languages.copy(&mut run, &copy.language, document, path);
        languages.translations.push(Translation { orphans, ..translation });
        languages.copies.extend(reading);
    }
    for (language, document) in translated {
        let (translation, reading) = languages.copy(&mut run, &language, document, &input.path);
        languages.overlaid.push(translation);
        languages.copies.extend(reading);
    }
    // What is compared with a file that is not well-formed differs everywhere.
    if languages.is_broken { Err(Refused) } else { Ok(languages) }
}

/// What all copies are read with.
struct Run<'run> {
    input: &'run Input,
    sources: &'run mut Sources,
    files: &'run mut dyn Files,
    sink: &'run mut Sink,
}

impl Languages {
    /// What translations are compared with.
    pub(crate) fn base<'languages>(&'languages self, input: &'languages Input) -> Base<'languages> {
        let effective = self.effective(input);
        self.published.as_ref().map_or(effective, |Translation { document, others, roles, .. }| Base {
            document,
            others,
            roles,
            ..effective
        })
    }

    fn effective<'languages>(&'languages self, input: &'languages Input) -> Base<'languages> {
        let (document, others) = match &self.parts {
            Some(parts) => (&parts.own, parts.others.as_slice()),
            None => (self.documents.base(), &[][..]),
        };
        Base { language: &input.language, document, others, roles: &self.reading.roles }
    }

    /// Reads a copy of the document, and the files that it refers to. Only its texts matter: what else is wrong with it, it
    /// shares with its base, or drifts from it.
    fn copy(
        &mut self,
        run: &mut Run<'_>,
        language: &str,
        document: Document,
        path: &Path,
    ) -> (Translation, Option<Copy>) {
        let Run { input, sources, files, sink } = run;
        let documents = if self.parts.is_some() {
            let (from, to) = (folder(path), folder(&input.path));
            let mut files = OrBase { files: *files, from, to, taken: BTreeSet::new() };
            let base = Some(&self.documents);
            let documents = gather::gather_beside(base, document, path, &input.urls, sources, &mut files);
            let is_own = |file: &&File| !files.taken.contains(&file.path) && !self.documents.has(&file.path);
            for file in documents.read().filter(is_own) {
                self.referenced.push(file.path.clone());
                self.is_broken |= !file.diagnostics.is_empty();
                for diagnostic in &file.diagnostics {
                    sink.report(diagnostic.clone());
                }
            }
            documents
        } else {
            gather::gather(document, Path::new(""), &[], sources, &mut NoFiles)
        };
        let language = language.to_owned();
        let (roles, copy) = match read::read(&documents, &mut Sink::default()) {
            Some(reading) => (reading.roles, Some(Copy { language: language.clone(), model: reading.model })),
            None => (Roles::default(), None),
        };
        let places = bundle::places_as(&documents, &language, &self.documents);
        let translation = match bundle::parts(&documents, &places, |path| self.documents.has(path)) {
            Some(Parts { own, others }) => Translation { language, document: own, others, roles, orphans: Vec::new() },
            None => Translation {
                document: documents.into_base(),
                others: Vec::new(),
                language,
                roles,
                orphans: Vec::new(),
            },
        };
        (translation, copy)
    }

    /// The contract with the texts of one of its languages.
    pub(crate) fn model_in(&mut self, language: &str, texts: &Texts) -> Option<Model> {
        let published: Vec<Document> = self.documents.trees_mut().map(|document| document.clone()).collect();
        for document in self.documents.trees_mut() {
            speak(&mut document.root, &self.reading.roles, texts, language);
        }
        // What is wrong with it was reported.
        let reading = read::read(&self.documents, &mut Sink::default());
        for (document, published) in self.documents.trees_mut().zip(published) {
            *document = published;
        }
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

fn folder(path: &Path) -> PathBuf {
    path.parent().unwrap_or(Path::new("")).to_path_buf()
}
