//! Generates Rust types, axum handler traits and routers from OpenAPI documents and their translations.
//!
//! In a build script:
//!
//! ```no_run
//! stubwright_codegen::Api::new("openapi.yaml").translation("de", "openapi.de.yaml").generate();
//! ```
//!
//! and in the crate, `pub mod api { stubwright::include_api!("openapi"); }`.
//!
//! [`generate`] is the whole pipeline, from texts to files, without the disk: [`Api`] and [`Apis`] put reading, writing and
//! cargo's rules around it.

mod build;
mod bundle;
mod check;
pub mod compare;
mod copies;
pub mod diagnostic;
pub mod diff;
pub mod document;
mod effective;
mod emit;
mod example;
pub mod explain;
mod gather;
mod ir;
pub mod ledger;
mod lint;
pub mod locale;
mod lower;
mod model;
mod overlaid;
pub mod overlay;
pub mod page;
mod pattern;
mod prose;
mod read;
#[cfg(test)]
mod readable;
pub mod render;
pub mod report;
pub mod role;
mod select;
pub mod source;

pub use crate::build::{
    Api, Apis, DifferenceReport, Failure, LanguageReport, LocaleReport, Package, Report, TextReport, TranslationOverlay,
};
pub use crate::emit::{ExampleServer, File, Published, Reach};
pub use crate::gather::{Files, NoFiles, UrlMapping};
pub use crate::lower::Group;
pub use crate::overlaid::OverlayInput;
pub use crate::select::Selection;

use std::path::PathBuf;

use crate::check::Valid;
use crate::copies::Languages;
use crate::diagnostic::{Refused, Sink};
use crate::document::Additions;
use crate::gather::Documents;
use crate::ir::Ir;
use crate::ledger::{Ledger, Treatment};
use crate::locale::{Drift, Texts};
use crate::model::Model;
use crate::role::Roles;
use crate::source::{SourceId, Sources, Span};

/// One document with its translations.
#[derive(Clone, Debug)]
pub struct Input {
    /// The published base document.
    pub base: SourceId,
    /// Where it lies: relative references lead from here.
    pub path: PathBuf,
    /// What stands for URLs that references name.
    pub urls: Vec<UrlMapping>,
    /// Its language, as a tag of RFC 5646.
    pub language: String,
    /// The translated copies.
    pub translations: Vec<TranslationInput>,
    /// What is known beyond the published document, in the order in which it is applied.
    pub overlays: Vec<OverlayInput>,
    /// What is done where a copy differs from the base in more than human text.
    pub drift: Drift,
    /// Where the generated code finds the published texts.
    pub published: Vec<Published>,
    /// Who can name the items of the generated code.
    pub reach: Reach,
    /// What the document does not say.
    pub options: Options,
}

/// A translated copy of a document, or an overlay that only carries text.
#[derive(Clone, Debug)]
pub struct TranslationInput {
    /// Its language, as a tag of RFC 5646.
    pub language: String,
    /// Its text.
    pub source: SourceId,
    /// Where it lies: relative references of a copy lead from here.
    pub path: PathBuf,
}

/// What to generate from a document, and how, where the document leaves a choice.
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own, and says nothing of the others")]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The operations.
    pub selection: Selection,
    /// What the traits are made by.
    pub group: Group,
    /// Whether the document that is handed out is the published one, without the statuses that the server answers on its own
    /// and the bounds of the types that hold integers.
    pub no_implied_statuses: bool,
    /// Whether handlers may be left out: the trait answers 501 in their place.
    pub unimplemented: bool,
    /// What `WWW-Authenticate` calls the part of the server that credentials are for.
    pub realm: Option<String>,
    /// Whether schemas are read to the letter of JSON Schema. Without it, a schema that has `properties` or `items` and no
    /// `type` is read as if `type` were there, and an `enum` without values as if it were not there: as their authors mean
    /// them, with a warning.
    pub exact_schemas: bool,
    /// What a well-known `format` of strings demands where no Rust type enforces it.
    pub formats: Formats,
    /// Whether to generate an implementation of every trait that answers with examples.
    pub examples: bool,
    /// The language of the documentation of the generated code: the document's own, unless another is named. What is not
    /// translated falls back along the tag, and then to the document's own language.
    pub docs_language: Option<String>,
    /// Whether to look for what the document most likely forgot: the diagnostics of [`Severity::Lint`].
    ///
    /// [`Severity::Lint`]: crate::diagnostic::Severity::Lint
    pub lints: bool,
}

/// What a well-known `format` of strings demands: `email`, `hostname`, `uri`, `duration`, `json-pointer`, `regex` and their
/// like, JSON Schema 2020-12 validation, section 7.3. Those that a Rust type enforces (`uuid`, `date-time`, ...) are not
/// touched by it, and others are annotations always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Formats {
    /// A value of another form is refused, with the violation `format`: what nearly every author of a document means.
    #[default]
    Assert,
    /// Nothing: JSON Schema's own default, the vocabulary `format-annotation`.
    Annotate,
}

/// The code of one document.
#[derive(Clone, Debug)]
pub struct Output {
    /// The files of its module, `mod.rs` first.
    pub files: Vec<File>,
    /// What the module is about, in Markdown.
    pub docs: String,
    /// The features of the crate `stubwright` that the code needs, sorted.
    pub features: Vec<&'static str>,
    /// What became of every keyword of the document.
    pub ledger: Ledger,
    /// The other files that its references led to, in the order in which they were found.
    pub referenced: Vec<PathBuf>,
    /// What its examples implement, where they are asked for.
    pub example_server: ExampleServer,
}

/// The parts of a run that take time, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Texts become documents, those that references lead to included.
    Load,
    /// Documents become a contract.
    Read,
    /// Types and names are decided.
    Lower,
    /// Code is written into memory.
    Emit,
    /// Files are compared and written.
    Write,
}

/// Generates the code of one document: the whole pipeline. The texts of documents that it refers to come from `files`.
///
/// # Errors
///
/// [`Refused`] when an error was reported to the sink.
pub fn generate(
    sources: &mut Sources,
    input: &Input,
    files: &mut dyn Files,
    sink: &mut Sink,
) -> Result<Output, Refused> {
    let contract = contract(sources, input, files, &mut |_| {}, sink)?;
    let ir = contract.lower(input, false, sink)?;
    let output = contract.emit(sources, input, &ir);
    contract.free();
    Ok(output)
}

/// A document and its translations, read and checked.
struct Contract {
    documents: Documents,
    model: Valid<Model>,
    left_out: select::LeftOut,
    ledger: Ledger,
    roles: Roles,
    texts: Texts,
    unpublished: Vec<String>,
    /// The files that the document and its translations refer to.
    referenced: Vec<PathBuf>,
    group: Group,
}

/// Loads, gathers, reads, compares, selects and checks.
fn contract(
    sources: &mut Sources,
    input: &Input,
    files: &mut dyn Files,
    progress: &mut dyn FnMut(Stage),
    sink: &mut Sink,
) -> Result<Contract, Refused> {
    let mut languages = copies::languages(sources, input, files, progress, sink)?;
    let texts = languages.compare(sources, input, sink);
    if input.options.lints {
        lint::lint(sources, &languages.reading.model, &languages.copies, sink);
    }
    if let Some(language) = &input.options.docs_language
        && let Some(model) = languages.model_in(language, &texts)
    {
        languages.reading.model = model;
    }
    let Languages { documents, mut reading, unpublished, mut referenced, .. } = languages;
    let of_document = documents.read().map(|file| file.path.clone());
    referenced.extend(of_document);
    referenced.sort();
    referenced.dedup();
    let base = documents.base();

    let start = Span { end: base.root.span.start, ..base.root.span };
    let left_out = select::select(&mut reading.model, &input.options.selection, start, sink);
    if !input.options.exact_schemas {
        reading.model.schemas.forget_empty_lists();
    }
    match input.options.formats {
        Formats::Assert => {}
        Formats::Annotate => reading.model.schemas.annotate_formats(),
    }
    let model = check::check(reading.model, sink)?;
    report::correct(&mut reading.ledger, &model);
    Ok(Contract {
        documents,
        model,
        left_out,
        ledger: reading.ledger,
        roles: reading.roles,
        texts,
        unpublished,
        referenced,
        group: input.options.group,
    })
}

impl Contract {
    /// Decides every type and name.
    fn lower(&self, input: &Input, explain: bool, sink: &mut Sink) -> Result<Ir, Refused> {
        let chosen = &input.options;
        let options = lower::Options {
            left_out: &self.left_out,
            group: chosen.group,
            unimplemented: chosen.unimplemented,
            realm: chosen.realm.as_deref(),
            explain,
            examples: chosen.examples,
            exact: chosen.exact_schemas,
        };
        let mut ir = lower::lower(&self.model, &options, sink)?;
        if let Some(samples) = &mut ir.samples {
            example::answer(samples, &ir.operations, ir.errors.as_ref(), sink);
        }
        Ok(ir)
    }

    /// Writes the code.
    fn emit(&self, sources: &Sources, input: &Input, ir: &Ir) -> Output {
        let bundle = bundle::bundle(&self.documents);
        let published = bundle.as_ref().unwrap_or(self.documents.base());
        let additions = || {
            if input.options.no_implied_statuses {
                Additions::default()
            } else {
                effective::effective(published, &self.model, ir)
            }
        };
        let is_original = |published: &&Published| !self.unpublished.contains(&published.language);
        let originals: Vec<Published> = input.published.iter().filter(is_original).cloned().collect();
        let module = emit::Module {
            ir,
            languages: &self.texts.languages,
            texts: &emit::rows(&self.texts, published, &self.roles),
            published: &originals,
            reach: input.reach,
            source: &sources.get(input.base).name,
        };
        let files = emit::emit(&module, published, additions);
        let mut ledger = self.ledger.clone();
        for &(object, keyword, place) in &ir.xml.keywords {
            ledger.correct(object, keyword, place, Treatment::Typed);
        }
        let (docs, features) = (ir.docs.text.clone(), ir.features.clone());
        Output {
            files,
            docs,
            features,
            ledger,
            referenced: self.referenced.clone(),
            example_server: emit::example_server(ir),
        }
    }

    /// Frees the trees beside what follows: for large documents that takes as long as a stage.
    fn free(self) {
        let documents = self.documents;
        // Without a thread they are freed here.
        drop(std::thread::Builder::new().spawn(move || drop(documents)));
    }
}
