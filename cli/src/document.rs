//! The arguments that name a document, shared by the commands that read one.

use std::path::{Path, PathBuf};

use clap::Args;
use stubwright_codegen::{Api, Apis, Failure as Failed};

use crate::{Outcome, files::Failure, terminal};

/// A document, and which part of it matters.
#[derive(Args)]
pub(crate) struct Document {
    /// The OpenAPI document
    pub(crate) spec: PathBuf,
    /// The language of the document, as a tag of BCP 47 [default: en]
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// A translated copy of the document, or an overlay of texts; may be given several times
    #[arg(long = "translation", value_name = "TAG=FILE", value_parser = translation)]
    translations: Vec<(String, PathBuf)>,
    /// Look for translations beside the document: de/x.yaml, x.de.yaml, @l10n/de/x.yaml, ...
    #[arg(long)]
    find_translations: bool,
    /// An OpenAPI Overlay to apply to the document; several are applied in their order
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,
    /// A translated copy of the overlay with its name, else of the last one; may be repeated
    #[arg(long = "overlay-translation", value_name = "TAG=FILE", value_parser = translation, requires = "overlays")]
    overlay_translations: Vec<(String, PathBuf)>,
    /// Let translations differ in more than text: SPEC counts, and a warning tells
    #[arg(long)]
    allow_drift: bool,
    /// A file for a URL in references, or a folder for all below one; may be repeated
    #[arg(long = "map", value_name = "URL=FILE", value_parser = mapping)]
    mappings: Vec<(String, PathBuf)>,
    /// Make every warning an error
    #[arg(long)]
    strict: bool,
}

/// Which operations matter.
#[derive(Args)]
pub(crate) struct Selection {
    /// Only these operations: an operationId, "METHOD /path" or tag:NAME; may be repeated
    #[arg(long, value_name = "SELECTOR", value_parser = selector)]
    only: Vec<String>,
    /// Not these operations; may be given several times
    #[arg(long, value_name = "SELECTOR", value_parser = selector)]
    exclude: Vec<String>,
}

impl Document {
    /// The document as the generator takes it.
    pub(crate) fn api(&self) -> Api {
        let api = Api::new(&self.spec);
        let api = self.language.iter().fold(api, Api::language);
        let api = if self.find_translations { api.translations_beside() } else { api };
        let api = if self.allow_drift { api.allow_drift() } else { api };
        let api = self.translations.iter().fold(api, |api, (language, path)| api.translation(language, path));
        let api = self.overlays.iter().enumerate().fold(api, |api, (index, overlay)| {
            let copies = self.overlay_translations.iter().filter(|(tag, path)| self.overlay_of(tag, path) == index);
            copies.fold(api.overlay(overlay), |api, (tag, path)| api.overlay_translation(tag, path))
        });
        self.mappings.iter().fold(api, |api, (url, path)| api.map(url, path))
    }

    /// Which overlay a file is a copy of: `x.overlay.de.yaml` is one of `x.overlay.yaml`.
    fn overlay_of(&self, tag: &str, copy: &Path) -> usize {
        let name = copy.to_string_lossy().replacen(&format!(".{tag}."), ".", 1);
        let named = self.overlays.iter().position(|overlay| overlay.to_string_lossy() == name);
        named.unwrap_or(self.overlays.len().saturating_sub(1))
    }

    /// The run over this document alone. Says which translations were found.
    pub(crate) fn apis(&self, api: Api) -> Apis {
        for (language, path) in api.found_translations() {
            terminal::message(&format!("stubwright: the translation `{language}` is {}", path.display()));
        }
        Apis::new([api]).strict(self.strict).color(terminal::colored())
    }
}

impl Selection {
    /// Chooses the operations.
    pub(crate) fn apply(&self, api: Api) -> Api {
        let api = self.only.iter().fold(api, Api::only);
        self.exclude.iter().fold(api, Api::exclude)
    }
}

/// Shows why a run gave nothing.
pub(crate) fn failed(failure: Failed) -> Result<Outcome, Vec<Failure>> {
    match failure {
        Failed::File { path, what } => Err(vec![Failure { path, error: std::io::Error::other(what) }]),
        Failed::Refused { rendered, .. } => {
            terminal::message(&rendered);
            Ok(Outcome::Refused)
        }
        failure @ Failed::OutOfDate { .. } => {
            terminal::message(&format!("stubwright: {failure}. Without `--check` it is written"));
            Ok(Outcome::Refused)
        }
        failure @ Failed::NoSuchPlace { .. } => {
            terminal::message(&format!("stubwright: {failure}"));
            Ok(Outcome::Refused)
        }
    }
}

/// One `--translation TAG=FILE`.
fn translation(text: &str) -> Result<(String, PathBuf), String> {
    assignment(text, "TAG=FILE, as in de=openapi.de.yaml")
}

/// One `--map URL=FILE`.
pub(crate) fn mapping(text: &str) -> Result<(String, PathBuf), String> {
    // A URL may hold a `=`, a path hardly ever does.
    match text.rsplit_once('=') {
        Some((url, path)) if !url.is_empty() && !path.is_empty() => Ok((url.to_owned(), path.into())),
        Some(_) | None => Err("write URL=FILE, as in https://example.com/schemas=schemas".to_owned()),
    }
}

fn assignment(text: &str, form: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((name, path)) if !name.is_empty() && !path.is_empty() => Ok((name.to_owned(), path.into())),
        Some(_) | None => Err(format!("write {form}")),
    }
}

/// One `--only` or `--exclude`.
fn selector(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("write an operationId, \"METHOD /path\" or tag:NAME".to_owned());
    }
    Ok(text.to_owned())
}
