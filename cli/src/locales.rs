//! `stubwright locales`: a document and its translations enter, what became of each text in each language leaves.
//!
//! The one rule: the report is shown whatever is wrong with a translation; an error in one makes the exit code 1.

mod json;
mod text;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use stubwright_codegen::{Apis, locale};

use crate::{
    Outcome,
    document::{self, Document},
    files::{self, Failure},
    terminal,
};

/// What is shown below the options.
pub(crate) const EXAMPLES: &str = "\
Translations that are not named are looked for: de/x.yaml, x.de.yaml, x.de.overlay.yaml, @l10n/de/x.yaml.

Examples:
  stubwright locales openapi.yaml
  stubwright locales openapi.yaml --only de --format json | jq '.languages[].texts[] | select(.state == \"missing\")'
  stubwright locales openapi.yaml --record
      Remember what each text was translated from: openapi.locales.yaml
  stubwright locales openapi.yaml --as-overlay de --out openapi.de.overlay.yaml";

/// The arguments of `stubwright locales`.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    document: Document,
    /// Only this language; may be given several times
    #[arg(long, value_name = "TAG", value_parser = tag)]
    only: Vec<String>,
    /// The form of the report
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Remember what each text was translated from, beside the document, so that stale translations are told later
    #[arg(long, conflicts_with = "as_overlay")]
    record: bool,
    /// Write one translation as an overlay instead, to the standard output or to --out
    #[arg(long, value_name = "TAG", value_parser = tag)]
    as_overlay: Option<String>,
    /// The file for the overlay
    #[arg(long, value_name = "FILE", requires = "as_overlay")]
    out: Option<PathBuf>,
}

/// The form of the report.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For tools: the README describes it
    Json,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Vec<Failure>> {
    let apis = arguments.document.apis(arguments.document.api().translations_beside());
    match &arguments.as_overlay {
        Some(language) => as_overlay(&apis, language, arguments.out.as_ref()),
        None => report(&apis, arguments),
    }
}

fn as_overlay(apis: &Apis, language: &str, out: Option<&PathBuf>) -> Result<Outcome, Vec<Failure>> {
    let overlay = match apis.translation_as_overlay(language) {
        Ok(overlay) => overlay,
        Err(failure) => return document::failed(failure),
    };
    terminal::message_unless_empty(&overlay.rendered);
    match out {
        Some(path) => {
            files::write_all(&[(path.clone(), &overlay.yaml)]).map_err(|failure| vec![failure])?;
            terminal::data(&path.display().to_string());
        }
        None => terminal::data(&overlay.yaml),
    }
    Ok(Outcome::Done)
}

fn report(apis: &Apis, arguments: &Arguments) -> Result<Outcome, Vec<Failure>> {
    let mut report = match apis.locales() {
        Ok(report) => report,
        Err(failure) => return document::failed(failure),
    };
    terminal::message_unless_empty(&report.rendered);
    let is_translated = !report.languages.is_empty();
    if !arguments.only.is_empty() {
        report.languages.retain(|language| arguments.only.contains(&language.language));
    }
    terminal::data(&match arguments.format {
        Format::Text => text::text(&report),
        Format::Json => json::json(&report),
    });
    if arguments.record && !is_translated {
        terminal::message("stubwright: there is no translation to record");
    } else if arguments.record {
        files::write_all(&[(report.record_path.clone(), &report.record)]).map_err(|failure| vec![failure])?;
        terminal::message(&format!("stubwright: recorded in {}", report.record_path.display()));
    }
    Ok(if report.is_refused { Outcome::Refused } else { Outcome::Done })
}

/// A language tag, in its canonical form.
fn tag(text: &str) -> Result<String, String> {
    locale::canonical(text).map_err(|error| error.to_string())
}
