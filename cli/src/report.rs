//! `stubwright report`: a document enters, what became of its keywords, operations, types and names leaves.

mod json;
mod text;

use clap::Args;

use crate::{
    Outcome,
    document::{self, Document, Selection},
    files::Failure,
    progress::Progress,
    terminal,
};

/// What is shown below the options.
pub(crate) const EXAMPLES: &str = "\
Examples:
  stubwright report openapi.yaml
  stubwright report openapi.yaml --json | jq '.keywords[] | select(.treatment == \"refused\")'";

/// The arguments of `stubwright report`.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    document: Document,
    #[command(flatten)]
    selection: Selection,
    /// Write JSON, in the form that the README describes
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Vec<Failure>> {
    let progress = Progress::of(&arguments.document.spec);
    let api = arguments.selection.apply(arguments.document.api());
    let reports = arguments.document.apis(api).report(&mut |stage| progress.begin(stage));
    drop(progress);
    match reports {
        Ok(reports) => {
            for report in &reports {
                terminal::data(&if arguments.json { json::json(report) } else { text::text(report) });
            }
            Ok(Outcome::Done)
        }
        Err(failure) => document::failed(failure),
    }
}
