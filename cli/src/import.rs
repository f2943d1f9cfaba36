//! `stubwright import`: documentation pages enter, documents leave.
//!
//! The one rule: nothing is written unless every page is right, and only what differs is written.

use std::path::{Path, PathBuf};

use clap::Args;
use stubwright_codegen::page::{self, File, Sites};

use crate::{
    Outcome,
    files::{self, Failure},
    inputs::Inputs,
    terminal,
};

/// The arguments of `stubwright import`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Markdown pages that end in an OpenAPI block
    #[arg(required = true, value_name = "PAGES")]
    pages: Vec<PathBuf>,
    /// The folder for the documents
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The site list; without this option, sites.yaml beside the first page, if it is there
    #[arg(long, value_name = "FILE")]
    sites: Option<PathBuf>,
    /// The folder for the documents of a site, before what the site list says; may be given several times
    #[arg(long = "site", value_name = "HOST=API", value_parser = assignment)]
    assignments: Vec<Assignment>,
    /// Write nothing; exit with 1 if a document is not what its page says
    #[arg(long)]
    check: bool,
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
    let pages: Vec<_> = arguments.pages.iter().filter_map(|page| inputs.read(page)).collect();
    let listed = match &arguments.sites {
        Some(path) => inputs.read(path),
        None => inputs.read_if_there(&arguments.pages[0].with_file_name("sites.yaml")),
    };
    if !inputs.failures.is_empty() {
        return Err(inputs.failures);
    }
    let Inputs { sources, mut sink, .. } = inputs;
    let sites = listed.map_or_else(Sites::default, |list| page::read_sites(&sources, list, &mut sink));
    let sites = arguments.assignments.iter().fold(sites, |sites, site| sites.assign(&site.host, &site.api));
    let documents = page::import(&sources, &pages, &sites, &mut sink);

    let refused = sink.has_errors();
    terminal::diagnostics(&sources, sink);
    if refused {
        return Ok(Outcome::Refused);
    }
    let differing = differing(&arguments.out, &documents)?;
    if arguments.check { Ok(checked(arguments, &differing)) } else { write(&differing) }
}

/// The documents that are not on the disk as they should be.
fn differing<'file>(out: &Path, documents: &'file [File]) -> Result<Vec<(PathBuf, &'file str)>, Vec<Failure>> {
    let mut differing = Vec::new();
    let mut failures = Vec::new();
    for document in documents {
        let path = out.join(&document.path);
        match files::read_if_there(&path) {
            Ok(Some(bytes)) if bytes == document.text.as_bytes() => {}
            Ok(_) => differing.push((path, document.text.as_str())),
            Err(failure) => failures.push(failure),
        }
    }
    if failures.is_empty() { Ok(differing) } else { Err(failures) }
}

fn write(documents: &[(PathBuf, &str)]) -> Result<Outcome, Vec<Failure>> {
    files::write_all(documents).map_err(|failure| vec![failure])?;
    for (path, _) in documents {
        terminal::data(&path.display().to_string());
    }
    Ok(Outcome::Done)
}

fn checked(arguments: &Arguments, differing: &[(PathBuf, &str)]) -> Outcome {
    if differing.is_empty() {
        return Outcome::Done;
    }
    for (path, _) in differing {
        terminal::message(&format!("stubwright: {}: is not what its page says", path.display()));
    }
    terminal::message(&format!("stubwright: run `{}`", command(arguments)));
    Outcome::Refused
}

/// The command that writes what `--check` misses.
fn command(arguments: &Arguments) -> String {
    let mut words = vec!["stubwright".to_owned(), "import".to_owned()];
    words.extend(arguments.pages.iter().map(|page| page.display().to_string()));
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
