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
mod check;
pub mod diagnostic;
pub mod document;
mod emit;
mod gather;
mod ir;
pub mod ledger;
pub mod locale;
mod lower;
mod model;
pub mod page;
#[cfg_attr(not(test), expect(dead_code, reason = "the stages from the model on carry no patterns"))]
mod pattern;
mod read;
#[cfg(test)]
mod readable;
pub mod render;
pub mod role;
pub mod source;

pub use crate::build::{Api, Apis, Failure, Report};
pub use crate::emit::{File, Published, Reach};
pub use crate::gather::{Files, NoFiles, UrlMapping};

use std::path::{Path, PathBuf};

use crate::diagnostic::{Refused, Sink};
use crate::document::Document;
use crate::ledger::Ledger;
use crate::locale::Translation;
use crate::source::{SourceId, Sources};

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
    /// The translated copies, with their languages.
    pub translations: Vec<(String, SourceId)>,
    /// Where the generated code finds the published texts.
    pub published: Vec<Published>,
    /// Who can name the items of the generated code.
    pub reach: Reach,
}

/// The code of one document.
#[derive(Clone, Debug)]
pub struct Output {
    /// The files of its module, `mod.rs` first.
    pub files: Vec<File>,
    /// What the module is about, in Markdown.
    pub docs: String,
    /// What became of every keyword of the document.
    pub ledger: Ledger,
    /// The other files that its references led to, in the order in which they were found.
    pub referenced: Vec<PathBuf>,
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
    let base = document::load(sources, input.base, sink);
    let copies: Vec<_> = input
        .translations
        .iter()
        .map(|(language, source)| (language, document::load(sources, *source, sink)))
        .collect();
    sink.gate()?;

    let documents = gather::gather(base.ok_or(Refused)?, &input.path, &input.urls, sources, files);
    let reading = read::read(&documents, sink).ok_or(Refused)?;
    let base = documents.base();
    let translations: Vec<_> =
        copies.into_iter().filter_map(|(language, document)| Some(translation(language, document?, sources))).collect();
    let texts = locale::compare(sources, &input.language, base, &reading.roles, &translations, sink);

    let model = check::check(reading.model, sink)?;
    let ir = lower::lower(&model, sink)?;

    let files = emit::emit(&emit::Module {
        ir: &ir,
        texts: &texts,
        document: base,
        published: &input.published,
        reach: input.reach,
        source: &sources.get(input.base).name,
    });
    let referenced = documents.read().map(|file| file.path.clone()).collect();
    Ok(Output { files, docs: ir.docs.text, ledger: reading.ledger, referenced })
}

/// Reads a translated copy. Only its texts matter: what else is wrong with it, it shares with its base, or drifts from it.
fn translation(language: &str, document: Document, sources: &mut Sources) -> Translation {
    let documents = gather::gather(document, Path::new(""), &[], sources, &mut NoFiles);
    let roles = read::read(&documents, &mut Sink::default()).map(|reading| reading.roles).unwrap_or_default();
    Translation { language: language.to_owned(), document: documents.into_base(), roles }
}
