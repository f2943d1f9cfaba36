//! The command `stubwright`: arguments enter, files, messages and an exit code leave.
//!
//! The one rule: exit code 0 is done, 1 is refused with diagnostics, 2 is a wrong call or a file that cannot be read or
//! written.

mod diff;
mod document;
mod explain;
mod export;
mod files;
mod generate;
mod import;
mod inputs;
mod locales;
mod overlay;
mod progress;
mod report;
mod terminal;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What is shown below the commands.
const EXAMPLES: &str = "\
Examples:
  stubwright generate openapi.yaml --out src/api
  stubwright report openapi.yaml
  stubwright explain openapi.yaml 'GET /pets/{id}'

Data goes to the standard output, messages go to the standard error.
Exit codes: 0 done, 1 refused with diagnostics or out of date, 2 a wrong call or a file that cannot be used.";

/// Rust server stubs from OpenAPI documents.
#[derive(Parser)]
#[command(name = "stubwright", version, propagate_version = true, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generate Rust code from a document
    #[command(after_help = generate::EXAMPLES)]
    Generate(generate::Arguments),
    /// Show what becomes of a document: keywords, operations, types, names, warnings
    #[command(after_help = report::EXAMPLES)]
    Report(report::Arguments),
    /// Show why a part of a document becomes the Rust type or method that it does
    #[command(after_help = explain::EXAMPLES)]
    Explain(explain::Arguments),
    /// Show what changed from one document to another: for clients, for users of the code, for readers
    #[command(after_help = diff::EXAMPLES)]
    Diff(diff::Arguments),
    /// Show what is translated, missing, stale or different in each language
    #[command(after_help = locales::EXAMPLES)]
    Locales(locales::Arguments),
    /// Apply OpenAPI Overlays to a document, keeping its order, comments and style
    #[command(after_help = overlay::EXAMPLES)]
    Overlay(overlay::Arguments),
    /// Rebuild OpenAPI documents from documentation pages
    #[command(after_help = import::EXAMPLES)]
    Import(import::Arguments),
    /// Write documentation pages from a document, one for each operation
    #[command(after_help = export::EXAMPLES)]
    ExportPages(export::Arguments),
}

/// How a run that could read and write its files ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    Refused,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match &arguments.command {
        Command::Generate(arguments) => generate::run(arguments),
        Command::Report(arguments) => report::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Diff(arguments) => diff::run(arguments),
        Command::Locales(arguments) => locales::run(arguments),
        Command::Overlay(arguments) => overlay::run(arguments),
        Command::Import(arguments) => import::run(arguments),
        Command::ExportPages(arguments) => export::run(arguments),
    };
    if let Some(error) = terminal::unwritten() {
        terminal::message(&format!("stubwright: the standard output: {error}"));
        return ExitCode::from(2);
    }
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Refused) => ExitCode::from(1),
        Err(failures) => {
            for failure in failures {
                terminal::message(&format!("stubwright: {failure}"));
            }
            ExitCode::from(2)
        }
    }
}
