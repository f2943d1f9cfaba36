//! `stubwright generate`: a document and its translations enter, modules of Rust code or a whole crate leave.
//!
//! The one rule: the folder is written whole or not at all, and only what differs is written.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use stubwright_codegen as codegen;

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
  stubwright generate openapi.yaml --out src/api
      Modules: src/api/mod.rs and src/api/openapi/
  stubwright generate openapi.yaml --out pets-api --crate pets-api
      A whole crate: pets-api/Cargo.toml and pets-api/src/
  stubwright generate openapi.yaml --out pets-api --crate pets-api --examples
      A crate that runs: `cargo run` in pets-api serves examples, and the document at /openapi.json
  stubwright generate openapi.yaml --out src/api --only tag:pets --exclude 'DELETE /pets/{id}'
      Some operations, and the types that they need
  stubwright generate openapi.yaml --out src/api --check
      For CI: exit code 1 if the code is not what the document says";

/// The arguments of `stubwright generate`.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    document: Document,
    #[command(flatten)]
    selection: Selection,
    /// The folder for the code, which belongs to the generator: other files in it are removed
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The name of the module; without it, the document's file name gives it
    #[arg(long, value_name = "NAME")]
    module: Option<String>,
    /// Make the folder a whole crate with this name; of its files, Cargo.toml and src belong to the generator
    #[arg(long = "crate", value_name = "NAME")]
    package: Option<String>,
    /// Where the crate `stubwright` lies, for a dependency by path instead of by version
    #[arg(long, value_name = "PATH", requires = "package")]
    runtime: Option<PathBuf>,
    /// Also generate a server that answers with examples, or values of the schemas; in a crate, `cargo run` starts it
    #[arg(long)]
    examples: bool,
    /// What the traits are made by
    #[arg(long, value_name = "BY", value_enum, default_value_t)]
    group: Group,
    /// What a well-known `format` (email, uri, duration, ...) demands where no Rust type enforces it
    #[arg(long, value_name = "HOW", value_enum, default_value_t)]
    formats: Formats,
    /// The language of the code's documentation, one of the document's, as a tag of BCP 47; names stay as they are
    #[arg(long, value_name = "TAG")]
    docs_language: Option<String>,
    /// Hand the document out without the statuses that the server answers on its own
    #[arg(long)]
    no_implied_statuses: bool,
    /// Let handlers be left out: the traits answer 501 in their place
    #[arg(long)]
    unimplemented: bool,
    /// What WWW-Authenticate calls the part of the server that credentials are for
    #[arg(long, value_name = "TEXT")]
    realm: Option<String>,
    /// Also warn about what the document most likely forgot: statuses that prose names, a 401, credentials
    #[arg(long)]
    lint: bool,
    /// Write nothing; exit with 1 if the code is not what the document says
    #[arg(long)]
    check: bool,
}

/// What the traits are made by.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Group {
    /// The first tag of each operation
    #[default]
    Tag,
    /// Nothing: one trait has all operations
    One,
    /// The first literal segment of each path
    Path,
}

/// What a well-known `format` demands.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Formats {
    /// A value of another form is refused
    #[default]
    Assert,
    /// Nothing: JSON Schema's own default
    Annotate,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Vec<Failure>> {
    let api = arguments.selection.apply(arguments.document.api()).group(match arguments.group {
        Group::Tag => codegen::Group::Tag,
        Group::One => codegen::Group::One,
        Group::Path => codegen::Group::Path,
    });
    let api = api.examples(arguments.examples).lint(arguments.lint).formats(match arguments.formats {
        Formats::Assert => codegen::Formats::Assert,
        Formats::Annotate => codegen::Formats::Annotate,
    });
    let api = match &arguments.module {
        Some(module) => api.module(module),
        None => api,
    };
    let api = arguments.docs_language.iter().fold(api, codegen::Api::docs_language);
    let api = if arguments.no_implied_statuses { api.no_implied_statuses() } else { api };
    let api = if arguments.unimplemented { api.unimplemented() } else { api };
    let api = match &arguments.realm {
        Some(realm) => api.realm(realm),
        None => api,
    };
    let apis = arguments.document.apis(api).check(arguments.check);
    let apis = match &arguments.package {
        Some(name) => {
            let package = codegen::Package { name: name.clone(), runtime: arguments.runtime.clone() };
            apis.package(&arguments.out, package)
        }
        None => apis.checked_in(&arguments.out),
    };
    let progress = Progress::of(&arguments.document.spec);
    let outcome = apis.run_watched(&mut |stage| progress.begin(stage));
    drop(progress);
    match outcome {
        Ok(report) => {
            terminal::message_unless_empty(&report.warnings);
            for path in report.changed {
                terminal::data(&path.display().to_string());
            }
            Ok(Outcome::Done)
        }
        Err(failure) => document::failed(failure),
    }
}
