//! `stubwright overlay`: a document and overlays enter, the effective document leaves, in the order and style of the published
//! one.
//!
//! The one rule: what no action touches is copied as it stands, and nothing is written unless every overlay is right.

use std::path::{Path, PathBuf};

use clap::Args;
use stubwright_codegen::{
    UrlMapping,
    diagnostic::Sink,
    document::{self, Document},
    overlay::{self, Overlay},
};

use crate::{
    Outcome,
    document::mapping,
    files::{self, Failure},
    inputs::Inputs,
    terminal,
};

/// What is shown below the options.
pub(crate) const EXAMPLES: &str = "\
Examples:
  stubwright overlay openapi.yaml openapi.overlay.yaml --out effective.yaml
  stubwright overlay openapi.yaml first.yaml second.yaml
      Both, in this order, on the standard output
  stubwright overlay openapi.overlay.yaml
      On the document that the overlay extends
  stubwright overlay openapi.yaml openapi.overlay.yaml --out effective.yaml --check
      For CI: exit code 1 if effective.yaml is not what would be written";

/// The arguments of `stubwright overlay`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The document and its overlays in order; without a document, what the first overlay extends
    #[arg(required = true, value_name = "FILES")]
    files: Vec<PathBuf>,
    /// The file for the effective document; without it, it goes to the standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write nothing; exit with 1 if the file is not what would be written
    #[arg(long, requires = "out")]
    check: bool,
    /// A file for a URL in `extends`, or a folder for all URLs below one; may be given several times
    #[arg(long = "map", value_name = "URL=FILE", value_parser = mapping)]
    mappings: Vec<(String, PathBuf)>,
    /// Make every warning an error
    #[arg(long)]
    strict: bool,
}

/// A file that was read.
struct Input<'arguments> {
    path: &'arguments Path,
    document: Document,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Vec<Failure>> {
    if let Some(out) = &arguments.out
        && arguments.files.iter().any(|file| files::identity(file) == files::identity(out))
    {
        let error = std::io::Error::other("is an input, and would be overwritten: name another file with `--out`");
        return Err(vec![Failure { path: out.clone(), error }]);
    }
    let mut inputs = Inputs { sink: Sink::new(arguments.strict), ..Inputs::default() };
    let mut read = Vec::new();
    for path in &arguments.files {
        read.extend(load(&mut inputs, path));
    }
    if !inputs.failures.is_empty() {
        return Err(inputs.failures);
    }
    if inputs.sink.has_errors() {
        return Ok(refused(inputs));
    }
    let is_overlay = read.first().is_some_and(|first| first.document.root.get("overlay").is_some());
    let (base, overlays) =
        if is_overlay { (None, read.as_slice()) } else { (read.first(), read.get(1..).unwrap_or(&[])) };
    if base.is_some() && overlays.is_empty() {
        let error = std::io::Error::other("name an overlay behind the document");
        return Err(vec![Failure { path: arguments.files[0].clone(), error }]);
    }
    let patches: Vec<Option<Overlay>> =
        overlays.iter().map(|overlay| overlay::read(&inputs.sources, &overlay.document, &mut inputs.sink)).collect();
    if inputs.sink.has_errors() {
        return Ok(refused(inputs));
    }
    let patches: Vec<Overlay> = patches.into_iter().flatten().collect();
    let urls = urls(arguments);
    let extended = match base {
        Some(_) => None,
        None => Some(extended(&mut inputs, &overlays[0], &patches[0], &urls)?),
    };
    let (base, base_path) = match (base, &extended) {
        (Some(base), _) => (&base.document, files::absolute(base.path)),
        (None, Some((path, Some(document)))) => (document, path.clone()),
        (None, Some((_, None)) | None) => return Ok(refused(inputs)),
    };
    if arguments.out.as_ref().is_some_and(|out| files::identity(out) == files::identity(&base_path)) {
        let error = std::io::Error::other("is what the overlay extends, and would be overwritten");
        return Err(vec![Failure { path: base_path, error }]);
    }
    for (overlay, patch) in overlays.iter().zip(&patches) {
        overlay::check_base(patch, &files::absolute(overlay.path), base, &base_path, &urls, &mut inputs.sink);
    }
    let effective = overlay::apply(base, &patches, &mut inputs.sink);
    if inputs.sink.has_errors() {
        return Ok(refused(inputs));
    }
    let text = overlay::write(&inputs.sources, base, &effective);
    terminal::diagnostics(&inputs.sources, inputs.sink);
    give(arguments, &text)
}

fn load<'path>(inputs: &mut Inputs, path: &'path Path) -> Option<Input<'path>> {
    let source = inputs.read(path)?;
    let document = document::load(&inputs.sources, source, &mut inputs.sink)?;
    Some(Input { path, document })
}

fn refused(inputs: Inputs) -> Outcome {
    terminal::diagnostics(&inputs.sources, inputs.sink);
    Outcome::Refused
}

fn urls(arguments: &Arguments) -> Vec<UrlMapping> {
    let mapping = |(url, path): &(String, PathBuf)| UrlMapping { url: url.clone(), path: files::absolute(path) };
    arguments.mappings.iter().map(mapping).collect()
}

/// The document that an overlay is made for.
fn extended(
    inputs: &mut Inputs,
    overlay: &Input<'_>,
    patch: &Overlay,
    urls: &[UrlMapping],
) -> Result<(PathBuf, Option<Document>), Vec<Failure>> {
    let failure = |what: String| vec![Failure { path: overlay.path.to_owned(), error: std::io::Error::other(what) }];
    let Some(extends) = &patch.extends else {
        return Err(failure("it does not say which document it extends: name the document before it".to_owned()));
    };
    let Some(path) = extends.file(&files::absolute(overlay.path), urls) else {
        let url = &extends.text;
        return Err(failure(format!(
            "it extends {url}: name the document before it, or a file with `--map {url}=FILE`"
        )));
    };
    // Shown as the overlay is named, where that is possible.
    let shown = extends.file(overlay.path, urls).unwrap_or_else(|| path.clone());
    let document = load(inputs, &shown).map(|input| input.document);
    if inputs.failures.is_empty() { Ok((path, document)) } else { Err(std::mem::take(&mut inputs.failures)) }
}

fn give(arguments: &Arguments, text: &str) -> Result<Outcome, Vec<Failure>> {
    let Some(out) = &arguments.out else {
        terminal::text(text);
        return Ok(Outcome::Done);
    };
    let there = files::read_if_there(out).map_err(|failure| vec![failure])?;
    if there.is_some_and(|bytes| bytes == text.as_bytes()) {
        return Ok(Outcome::Done);
    }
    if arguments.check {
        let message =
            format!("stubwright: {} is not the effective document. Without `--check` it is written", out.display());
        terminal::message(&message);
        return Ok(Outcome::Refused);
    }
    files::write_all(&[(out.clone(), text)]).map_err(|failure| vec![failure])?;
    terminal::data(&out.display().to_string());
    Ok(Outcome::Done)
}
