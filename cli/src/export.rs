//! `stubwright export-pages`: a document enters, documentation pages leave.
//!
//! The one rule: what is on no page is named.

use std::path::{Path, PathBuf};

use clap::Args;
use stubwright_codegen::{
    diagnostic::{Code, Diagnostic, Sink},
    document::{self, Document},
    page::{self, Export, Layout},
    source::{SourceId, Sources, Span},
};

use crate::{
    Outcome,
    files::{self, Failure},
    inputs::Inputs,
    terminal,
};

/// What is shown below the options.
pub(crate) const EXAMPLES: &str = "\
Examples:
  stubwright export-pages openapi.yaml --out docs --site docs.pets.example
  stubwright export-pages openapi.yaml --out docs --language de --language zh";

/// The arguments of `stubwright export-pages`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The document
    #[arg(value_name = "SPEC")]
    spec: PathBuf,
    /// The folder for the pages
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The site that the pages say they are from
    #[arg(long, value_name = "HOST", value_parser = host)]
    site: Option<String>,
    /// How the pages name the document; without this option, by its file's name
    #[arg(long, value_name = "NAME", value_parser = file)]
    file: Option<String>,
    /// A language of a translation: TAG/SPEC, or SPEC with .TAG before its ending. May be given several times
    #[arg(long = "language", value_name = "TAG", value_parser = language)]
    languages: Vec<String>,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Vec<Failure>> {
    let mut inputs = Inputs::default();
    let base = inputs.read(&arguments.spec).map(|source| (None, source));
    let mut editions: Vec<(Option<&str>, SourceId)> = base.into_iter().collect();
    for language in &arguments.languages {
        let source = translation(&mut inputs, &arguments.spec, language);
        editions.extend(source.map(|source| (Some(language.as_str()), source)));
    }
    if !inputs.failures.is_empty() {
        return Err(inputs.failures);
    }
    let Inputs { sources, mut sink, .. } = inputs;
    let documents: Vec<(Option<&str>, Document)> = editions
        .into_iter()
        .filter_map(|(language, source)| Some((language, load(&sources, source, &mut sink)?)))
        .collect();
    let refused = sink.has_errors();
    terminal::diagnostics(&sources, sink);
    if refused {
        return Ok(Outcome::Refused);
    }
    let layout =
        Layout { site: arguments.site.clone(), file: Some(file_name(arguments).map_err(|failure| vec![failure])?) };
    let mut exports = Vec::new();
    for (language, document) in &documents {
        let Ok(export) = page::export(document, *language, &layout) else {
            terminal::message(
                "stubwright: the pages would hold more than 1 GiB: each has all that its operation needs",
            );
            return Ok(Outcome::Refused);
        };
        exports.push((*language, export));
    }
    write(&arguments.out, &exports)?;
    terminal::message_unless_empty(&summary(&exports));
    Ok(Outcome::Done)
}

/// How the block of every page begins.
const BLOCK: &[u8] = b"\n````yaml ";

/// Writes what is not there as it should be.
fn write(out: &Path, exports: &[(Option<&str>, Export)]) -> Result<(), Vec<Failure>> {
    let mut failures = Vec::new();
    let mut changed = Vec::new();
    for file in exports.iter().flat_map(|(_, export)| &export.files) {
        match files::beneath(out, &file.path).and_then(|path| Ok((files::read_if_there(&path)?, path))) {
            Ok((before, _)) if before.as_deref() == Some(file.text.as_bytes()) => {}
            // What holds no block was not written by this command, and may be somebody's work.
            Ok((Some(before), path)) if !before.windows(BLOCK.len()).any(|bytes| bytes == BLOCK) => {
                let what =
                    "is no page with an OpenAPI block, and would be overwritten: move it, or choose another folder";
                failures.push(Failure { path, error: std::io::Error::other(what) });
            }
            Ok((_, path)) => changed.push((path, file.text.as_str())),
            Err(failure) => failures.push(failure),
        }
    }
    if !failures.is_empty() {
        return Err(failures);
    }
    files::write_all(&changed).map_err(|failure| vec![failure])?;
    for (path, _) in changed {
        terminal::data(&path.display().to_string());
    }
    Ok(())
}

/// How many pages there are, and what is on none.
fn summary(exports: &[(Option<&str>, Export)]) -> String {
    let mut lines = Vec::new();
    for (language, export) in exports {
        let of = language.map(|language| format!(" ({language})")).unwrap_or_default();
        let pages = export.files.len();
        lines.push(format!("{pages} page{}{of}", if pages == 1 { "" } else { "s" }));
        lines.extend(
            export
                .left_out
                .iter()
                .map(|left_out| format!("  left out: {}: {}", left_out.pointer, left_out.why.words())),
        );
        lines.extend(export.added.iter().map(|key| format!("  added: an empty `{key}`")));
    }
    lines.join("\n")
}

/// Reads a document; one that is not of OpenAPI is an error.
fn load(sources: &Sources, source: SourceId, sink: &mut Sink) -> Option<Document> {
    let document = document::load(sources, source, sink)?;
    if document.root.get("openapi").is_none() {
        let start = Span { source, start: 0, end: 0 };
        sink.report(Diagnostic::new(Code::NotOpenApi, start, "the document has no `openapi` key"));
        return None;
    }
    Some(document)
}

/// Reads a translation: in a folder of its language, or with the language before the ending.
fn translation(inputs: &mut Inputs, spec: &Path, language: &str) -> Option<SourceId> {
    let name = spec.file_name().unwrap_or_default();
    let in_folder = spec.with_file_name(language).join(name);
    let known = inputs.failures.len();
    let found = inputs.read_if_there(&in_folder);
    if found.is_some() || inputs.failures.len() > known {
        return found;
    }
    let ending = spec.extension().unwrap_or_default().to_string_lossy();
    let beside = spec.with_extension(format!("{language}.{ending}"));
    // Neither is there: the folder's is the one to name.
    inputs.read_if_there(&beside).or_else(|| inputs.read(&in_folder))
}

fn file_name(arguments: &Arguments) -> Result<String, Failure> {
    let name = arguments
        .file
        .clone()
        .unwrap_or_else(|| arguments.spec.file_name().unwrap_or_default().to_string_lossy().into_owned());
    file(&name).map_err(|message| Failure { path: arguments.spec.clone(), error: std::io::Error::other(message) })
}

fn file(text: &str) -> Result<String, String> {
    let form = "pages cannot name such a file; give --file NAME: a relative path of plain names that ends in .yaml, .yml or .json";
    if page::is_file_name(text) { Ok(text.to_owned()) } else { Err(form.to_owned()) }
}

fn host(text: &str) -> Result<String, String> {
    let host = text.split_once("://").map_or(text, |(_, rest)| rest).trim_end_matches('/');
    let is_plain =
        !host.is_empty() && !host.contains(|character: char| character.is_whitespace() || character.is_control());
    if is_plain { Ok(host.to_owned()) } else { Err("the form is HOST or HOST/PATH".to_owned()) }
}

fn language(text: &str) -> Result<String, String> {
    page::language(text).ok_or_else(|| "the form is a language tag, as in de or zh-Hant".to_owned())
}
