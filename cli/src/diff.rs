//! `stubwright diff`: two documents enter, what changed for clients, for users of the code and for readers leaves.
//!
//! The one rule: the exit code is 1 when there is a change of the kind that was asked about, or of one that is worse.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use stubwright_codegen::{
    Api, Apis,
    diff::{Change, Changes, Kind},
    report::Place,
};

use crate::{Outcome, document, files::Failure, progress::Progress, terminal};

/// What is shown below the options.
pub(crate) const EXAMPLES: &str = "\
Examples:
  stubwright diff old.yaml new.yaml
  stubwright diff old.yaml new.yaml --fail-on api
  stubwright diff old.yaml new.yaml --format json | jq '.changes[] | select(.kind == \"breaking\")'";

/// The arguments of `stubwright diff`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The document as it was
    old: PathBuf,
    /// The document as it is
    new: PathBuf,
    /// A file for a URL in references of both, or a folder for all URLs below one; may be given several times
    #[arg(long = "map", value_name = "URL=FILE", value_parser = document::mapping)]
    mappings: Vec<(String, PathBuf)>,
    /// How changes are written
    #[arg(long, value_name = "FORM", value_enum, default_value_t)]
    format: Format,
    /// Exit with 1 if there is a change of this kind, or of one before it
    #[arg(long, value_name = "KIND", value_enum, default_value_t)]
    fail_on: FailOn,
}

/// How changes are written.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// Lines for people
    #[default]
    Text,
    /// JSON, in the form that the README describes
    Json,
}

/// Which changes end the command with 1.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum FailOn {
    /// Changes of the contract that may break clients
    #[default]
    Breaking,
    /// Any change of the contract
    Compatible,
    /// Changes of the contract or of the generated Rust API
    Api,
    /// Any change, words included
    Text,
    /// None
    Never,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Vec<Failure>> {
    let progress = Progress::of(&arguments.new);
    let api = |path: &PathBuf| {
        let mappings = arguments.mappings.iter();
        mappings.fold(Api::new(path), |api, (url, file)| api.map(url, file))
    };
    let apis = Apis::new([api(&arguments.old), api(&arguments.new)]).color(terminal::colored());
    let changes = apis.diff(&mut |stage| progress.begin(stage));
    drop(progress);
    match changes {
        Ok(changes) => {
            terminal::data(&match arguments.format {
                Format::Text => text(&changes),
                Format::Json => json(&changes),
            });
            let limit = match arguments.fail_on {
                FailOn::Breaking => Some(Kind::Breaking),
                FailOn::Compatible => Some(Kind::Compatible),
                FailOn::Api => Some(Kind::Api),
                FailOn::Text => Some(Kind::Text),
                FailOn::Never => None,
            };
            Ok(if limit.is_some_and(|limit| changes.reaches(limit)) { Outcome::Refused } else { Outcome::Done })
        }
        Err(failure) => document::failed(failure),
    }
}

/// The changes as lines: what changed, and below it the places in both documents.
fn text(changes: &Changes) -> String {
    if changes.changes.is_empty() {
        return "no change".to_owned();
    }
    let lines: Vec<String> = changes.changes.iter().map(line).collect();
    let counts: Vec<String> =
        Kind::ALL.iter().map(|&kind| format!("{} {}", changes.count(kind), kind.name())).collect();
    format!("{}\n\n{}", lines.join("\n"), counts.join(", "))
}

fn line(change: &Change) -> String {
    let Change { kind, rule, subject, message, old, new } = change;
    let shown = |place: &Place| format!("{}:{}:{}", place.file, place.line, place.column);
    let places = match (old, new) {
        (Some(old), Some(new)) => format!("{} -> {}", shown(old), shown(new)),
        (Some(old), None) => shown(old),
        (None, Some(new)) => format!("-> {}", shown(new)),
        (None, None) => String::new(),
    };
    let text = printable(&format!("{}[{rule}] {subject}: {message}", kind.name()));
    if places.is_empty() { text } else { format!("{text}\n    {}", printable(&places)) }
}

/// A text without characters that a terminal obeys.
fn printable(text: &str) -> String {
    text.chars().map(|next| if next.is_control() { char::REPLACEMENT_CHARACTER } else { next }).collect()
}

/// The form's version: it changes when a key goes away or means something else.
const FORM: u32 = 1;

/// The changes for tools.
fn json(changes: &Changes) -> String {
    let place = |place: &Option<Place>| match place {
        Some(place) => json!({ "file": place.file, "line": place.line, "column": place.column }),
        None => Value::Null,
    };
    let rows = changes.changes.iter().map(|change| {
        json!({
            "kind": change.kind.name(),
            "rule": change.rule,
            "subject": change.subject,
            "message": change.message,
            "old": place(&change.old),
            "new": place(&change.new),
        })
    });
    let counts = Kind::ALL.iter().map(|&kind| (kind.name().to_owned(), json!(changes.count(kind))));
    let value = json!({
        "form": FORM,
        "counts": Value::Object(counts.collect()),
        "changes": Value::Array(rows.collect()),
    });
    format!("{value:#}")
}
