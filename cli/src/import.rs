//! `stubwright import`: documentation pages enter, documents leave.
//!
//! The one rule: nothing is written unless every page is right, and only what differs is written.

mod changes;
mod summary;
mod texts;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use stubwright_codegen::page::{self, Import, Sites};

use crate::{
    Outcome,
    files::{self, Failure},
    inputs::Inputs,
    terminal,
};

/// What is shown below the options.
pub(crate) const EXAMPLES: &str = "\
Examples:
  stubwright import specs/pages --out specs
  stubwright import llms-full.txt --out specs --site docs.pets.example=pets
  stubwright import specs/pages --out specs --check";

/// The arguments of `stubwright import`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Markdown pages that end in an OpenAPI block, files of many such pages, and folders with *.md, *.mdx and *.txt
    #[arg(required = true, value_name = "PATHS")]
    paths: Vec<PathBuf>,
    /// The folder for the documents
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The site list; without this option, sites.yaml in the first folder or beside the first page, if it is there
    #[arg(long, value_name = "FILE")]
    sites: Option<PathBuf>,
    /// The folder for the documents of a site, before what the site list says; `*` stands for any other site, and for pages
    /// that name none. May be given several times
    #[arg(long = "site", value_name = "HOST=API", value_parser = assignment)]
    assignments: Vec<Assignment>,
    /// Write nothing; show what is not as the pages say, and exit with 1 if something is not
    #[arg(long)]
    check: bool,
    /// How to say what was found: text goes to the standard error, JSON to the standard output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// How the summary is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs, in the form that the README describes.
    Json,
}

/// One `--site HOST=API`.
#[derive(Clone)]
struct Assignment {
    host: String,
    api: String,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Vec<Failure>> {
    let mut inputs = Inputs::default();
    let texts = texts::read(&mut inputs, &arguments.paths);
    let listed = match &arguments.sites {
        Some(path) => inputs.read(path),
        None => inputs.read_if_there(&texts::site_list(&arguments.paths[0])),
    };
    if !inputs.failures.is_empty() {
        return Err(inputs.failures);
    }
    let Inputs { sources, mut sink, .. } = inputs;
    let sites = listed.map_or_else(Sites::default, |list| page::read_sites(&sources, list, &mut sink));
    let sites = arguments.assignments.iter().fold(sites, |sites, site| sites.assign(&site.host, &site.api));
    let import = page::import(&sources, &texts, &sites, &mut sink);

    let refused = sink.has_errors();
    terminal::diagnostics(&sources, sink);
    if refused {
        return Ok(Outcome::Refused);
    }
    if import.files.is_empty() {
        let paths: Vec<String> = arguments.paths.iter().map(|path| path.display().to_string()).collect();
        terminal::message(&format!(
            "stubwright: there is no page with an OpenAPI block in {}: files that end in .md, .mdx and .txt are looked at",
            paths.join(", ")
        ));
        return Ok(Outcome::Refused);
    }
    let changes = changes::changes(&arguments.out, &import.files)?;
    let outcome = if arguments.check { check(arguments, &changes) } else { write(&changes)? };
    tell(arguments, &import, &changes);
    Ok(outcome)
}

fn write(changes: &[changes::Change<'_>]) -> Result<Outcome, Vec<Failure>> {
    let files: Vec<_> = changes.iter().map(|change| (change.path.clone(), change.text)).collect();
    files::write_all(&files).map_err(|failure| vec![failure])?;
    Ok(Outcome::Done)
}

fn check(arguments: &Arguments, changes: &[changes::Change<'_>]) -> Outcome {
    if changes.is_empty() {
        return Outcome::Done;
    }
    for change in changes {
        terminal::message(&change.shown());
    }
    terminal::message(&format!("stubwright: run `{}`", command(arguments)));
    Outcome::Refused
}

fn tell(arguments: &Arguments, import: &Import, changes: &[changes::Change<'_>]) {
    match arguments.format {
        Format::Json => terminal::data(&summary::json(import, &arguments.out, changes)),
        Format::Text if arguments.check => {}
        Format::Text => {
            for change in changes {
                terminal::data(&change.path.display().to_string());
            }
            terminal::message_unless_empty(&summary::text(import));
        }
    }
}

/// The command that writes what `--check` misses.
fn command(arguments: &Arguments) -> String {
    let mut words = vec!["stubwright".to_owned(), "import".to_owned()];
    words.extend(arguments.paths.iter().map(|path| path.display().to_string()));
    words.extend(["--out".to_owned(), arguments.out.display().to_string()]);
    words.extend(arguments.sites.iter().flat_map(|sites| ["--sites".to_owned(), sites.display().to_string()]));
    words.extend(
        arguments.assignments.iter().flat_map(|site| ["--site".to_owned(), format!("{}={}", site.host, site.api)]),
    );
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// A word as a POSIX shell reads it.
fn quoted(word: &str) -> String {
    let is_plain = |character: char| character.is_alphanumeric() || "-_./=:@,+".contains(character);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

fn assignment(text: &str) -> Result<Assignment, String> {
    let (host, api) = text.split_once('=').ok_or("the form is HOST=API")?;
    if host.is_empty() || !page::is_folder(api) {
        return Err("the form is HOST=API, and API is the name of a folder".to_owned());
    }
    Ok(Assignment { host: host.to_owned(), api: api.to_owned() })
}
