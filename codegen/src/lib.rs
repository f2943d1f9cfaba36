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
mod ir;
pub mod locale;
mod lower;
mod model;
pub mod page;
#[cfg_attr(not(test), expect(dead_code, reason = "the stages from the model on carry no patterns"))]
mod pattern;
mod read;
pub mod render;
pub mod role;
pub mod source;

pub use crate::build::{Api, Apis, Failure, Report};
pub use crate::emit::{File, Published, Reach};

use crate::diagnostic::{Refused, Sink};
use crate::document::Document;
use crate::locale::Translation;
use crate::source::{SourceId, Sources};

/// One document with its translations.
#[derive(Clone, Debug)]
pub struct Input {
    /// The published base document.
    pub base: SourceId,
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
}

/// Generates the code of one document: the whole pipeline.
///
/// # Errors
///
/// [`Refused`] when an error was reported to the sink.
pub fn generate(sources: &Sources, input: &Input, sink: &mut Sink) -> Result<Output, Refused> {
    let base = document::load(sources, input.base, sink);
    let copies: Vec<_> = input
        .translations
        .iter()
        .map(|(language, source)| (language, document::load(sources, *source, sink)))
        .collect();
    sink.gate()?;

    let base = base.ok_or(Refused)?;
    let reading = read::read(&base, sink).ok_or(Refused)?;
    let translations: Vec<_> =
        copies.into_iter().filter_map(|(language, document)| Some(translation(language, document?))).collect();
    let texts = locale::compare(sources, &input.language, &base, &reading.roles, &translations, sink);

    let model = check::check(reading.model, sink)?;
    let ir = lower::lower(&model, sink)?;

    let files = emit::emit(&emit::Module {
        ir: &ir,
        texts: &texts,
        document: &base,
        roles: &reading.roles,
        published: &input.published,
        reach: input.reach,
        source: &sources.get(input.base).name,
    });
    Ok(Output { files, docs: ir.docs.text })
}

/// Reads a translated copy. Only its texts matter: what else is wrong with it, it shares with its base, or drifts from it.
fn translation(language: &str, document: Document) -> Translation {
    let roles = read::read(&document, &mut Sink::default()).map(|reading| reading.roles).unwrap_or_default();
    Translation { language: language.to_owned(), document, roles }
}
