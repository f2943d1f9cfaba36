//! `stubwright generate`: a document and its translations enter, modules of Rust code leave.
//!
//! The one rule: the folder is written whole or not at all, and only what differs is written.

use std::{io, path::PathBuf};

use clap::Args;
use stubwright_codegen::{Api, Apis, Failure as Failed};

use crate::{
    Outcome,
    files::Failure,
    terminal::{self, colored},
};

/// The arguments of `stubwright generate`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The OpenAPI document
    spec: PathBuf,
    /// The folder for the code, which belongs to the generator: other files in it are removed
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The name of the module; without it, the document's file name gives it
    #[arg(long, value_name = "NAME")]
    module: Option<String>,
    /// The language of the document
    #[arg(long, value_name = "TAG", default_value = "en")]
    language: String,
    /// A translated copy of the document; may be given several times
    #[arg(long = "translation", value_name = "TAG=FILE", value_parser = translation)]
    translations: Vec<(String, PathBuf)>,
    /// A file for a URL, or a folder for all URLs that begin so, where references name them; may be given several times
    #[arg(long = "map", value_name = "URL=FILE", value_parser = mapping)]
    mappings: Vec<(String, PathBuf)>,
    /// Make every warning an error
    #[arg(long)]
    strict: bool,
    /// Write nothing; exit with 1 if the code is not what the document says
    #[arg(long)]
    check: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Vec<Failure>> {
    let mut api = Api::new(&arguments.spec).language(&arguments.language);
    if let Some(module) = &arguments.module {
        api = api.module(module);
    }
    let api = arguments.translations.iter().fold(api, |api, (language, path)| api.translation(language, path));
    let api = arguments.mappings.iter().fold(api, |api, (url, path)| api.map_url(url, path));
    let apis = Apis::new([api]).checked_in(&arguments.out).strict(arguments.strict).check(arguments.check);
    match apis.color(colored()).run() {
        Ok(report) => {
            terminal::message_unless_empty(&report.warnings);
            for path in report.changed {
                terminal::data(&path.display().to_string());
            }
            Ok(Outcome::Done)
        }
        Err(Failed::File { path, what }) => Err(vec![Failure { path, error: io::Error::other(what) }]),
        Err(Failed::Refused { rendered, .. }) => {
            terminal::message(&rendered);
            Ok(Outcome::Refused)
        }
        Err(failure @ Failed::OutOfDate { .. }) => {
            terminal::message(&format!("stubwright: {failure}. Without `--check` it is written"));
            Ok(Outcome::Refused)
        }
    }
}

/// One `--translation TAG=FILE`.
fn translation(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((language, path)) if !language.is_empty() && !path.is_empty() => Ok((language.to_owned(), path.into())),
        Some(_) | None => Err("write TAG=FILE, as in de=openapi.de.yaml".to_owned()),
    }
}

/// One `--map URL=FILE`. A URL may have a `=` of its own, a path that begins with one is rare.
fn mapping(text: &str) -> Result<(String, PathBuf), String> {
    match text.rsplit_once('=') {
        Some((url, path)) if url.contains(':') && !path.is_empty() => Ok((url.to_owned(), path.into())),
        Some(_) | None => Err("write URL=FILE, as in https://example.com/schemas=schemas".to_owned()),
    }
}
