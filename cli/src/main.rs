//! The command `stubwright`: arguments enter, files, messages and an exit code leave.
//!
//! The one rule: exit code 0 is done, 1 is refused with diagnostics, 2 is a wrong call or a file that cannot be read or
//! written.

mod files;
mod generate;
mod import;
mod inputs;
mod terminal;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Rust server stubs from OpenAPI documents.
#[derive(Parser)]
#[command(version, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Generate Rust code from a document
    Generate(generate::Arguments),
    /// Rebuild OpenAPI documents from documentation pages
    Import(import::Arguments),
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
        Command::Import(arguments) => import::run(arguments),
    };
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
