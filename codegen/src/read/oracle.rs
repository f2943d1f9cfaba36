//! Another reader's opinion: `openapiv3` over the seeds and over every document of the corpus that it accepts.
//!
//! It models OpenAPI 3.0, so only what it cannot lose is compared: operations with their parameters, media types, statuses
//! and security requirements, and the names of schemas and security schemes. Both readings become a [`Contract`] first.

mod ours;
mod theirs;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use openapiv3::OpenAPI;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document;
use crate::gather::{self, NoFiles};
use crate::source::Sources;

/// Larger documents are left to release builds.
const LIMIT: u64 = if cfg!(debug_assertions) { 400_000 } else { 20_000_000 };

/// What a document says, as far as both readers can tell.
#[derive(Debug, Default, PartialEq, Eq)]
struct Contract {
    /// By method, in small letters, and path.
    operations: BTreeMap<(String, String), Operation>,
    schemas: BTreeSet<String>,
    /// By name, in words.
    schemes: BTreeMap<String, String>,
}

#[derive(Debug, PartialEq, Eq)]
struct Operation {
    id: Option<String>,
    parameters: BTreeSet<Parameter>,
    /// The media types of the request body, where there is one.
    body: Option<BTreeSet<String>>,
    /// The media types of each response, by status.
    responses: BTreeMap<String, BTreeSet<String>>,
    security: Vec<BTreeMap<String, Vec<String>>>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Parameter {
    place: &'static str,
    name: String,
    /// None where `content` says how it is written.
    style: Option<&'static str>,
    required: bool,
}

/// How much was compared.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    documents: usize,
    operations: usize,
    parameters: usize,
    media_types: usize,
    schemes: usize,
}

/// How much must have been compared over the corpus.
const AT_LEAST: Counts =
    Counts { documents: 955, operations: 7_100, parameters: 10_300, media_types: 15_600, schemes: 410 };

#[test]
#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the figures, and that there are fewer without the corpus"
)]
fn openapiv3_reads_the_same() {
    let mut documents = Vec::new();
    list(Path::new("../specs"), &mut documents);
    let mut minimum = Counts { documents: 5, operations: 5, ..Counts::default() };
    match std::env::var_os("STUBWRIGHT_CORPUS") {
        Some(corpus) => {
            for part in ["real", "conformance", "documents"] {
                list(&Path::new(&corpus).join(part), &mut documents);
            }
            minimum = AT_LEAST;
        }
        None => eprintln!("SKIPPED: STUBWRIGHT_CORPUS is not set, so only the seeds are compared"),
    }
    let (mut counts, mut differences) = (Counts::default(), Vec::new());
    for path in documents {
        compare(&path, &mut counts, &mut differences);
    }
    println!("openapiv3 agrees on {counts:#?}");
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
    for (what, count, wanted) in [
        ("documents", counts.documents, minimum.documents),
        ("operations", counts.operations, minimum.operations),
        ("parameters", counts.parameters, minimum.parameters),
        ("media types", counts.media_types, minimum.media_types),
        ("security schemes", counts.schemes, minimum.schemes),
    ] {
        assert!(count >= wanted, "{count} {what} compared, {wanted} wanted");
    }
}

fn list(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        let is_document =
            path.extension().is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|e| extension == *e));
        if path.is_dir() {
            list(&path, found);
        } else if is_document && path.metadata().is_ok_and(|metadata| metadata.len() <= LIMIT) {
            found.push(path);
        }
    }
    found.sort();
}

/// Compares one document, unless either reader does not take it.
fn compare(path: &Path, counts: &mut Counts, differences: &mut Vec<String>) {
    let Some((ours, theirs)) = contracts(path) else { return };
    let name = path.display();
    if ours.schemas != theirs.schemas {
        differences.push(format!("{name}: schemas\n  {:?}\n  {:?}", ours.schemas, theirs.schemas));
    }
    if ours.schemes != theirs.schemes {
        differences.push(format!("{name}: security schemes\n  {:?}\n  {:?}", ours.schemes, theirs.schemes));
    }
    if !ours.operations.keys().eq(theirs.operations.keys()) {
        let (ours, theirs): (Vec<_>, Vec<_>) = (ours.operations.keys().collect(), theirs.operations.keys().collect());
        return differences.push(format!("{name}: operations\n  {ours:?}\n  {theirs:?}"));
    }
    for ((key, ours), theirs) in ours.operations.iter().zip(theirs.operations.values()) {
        if ours != theirs {
            differences.push(format!("{name}: {key:?}\n  {ours:?}\n  {theirs:?}"));
        }
        counts.parameters += ours.parameters.len();
        let bodies = ours.body.iter().chain(ours.responses.values());
        counts.media_types += bodies.map(BTreeSet::len).sum::<usize>();
    }
    counts.documents += 1;
    counts.operations += ours.operations.len();
    counts.schemes += ours.schemes.len();
}

/// What both readers make of a document.
fn contracts(path: &Path) -> Option<(Contract, Contract)> {
    let text = std::fs::read_to_string(path).ok()?;
    let api: OpenAPI = serde_yaml::from_str(&text).ok()?;
    let mut sources = Sources::default();
    let source = sources.add(path.display().to_string(), text);
    let document = document::load(&sources, source, &mut Sink::default())?;
    let mut sink = Sink::default();
    let documents = gather::gather(document, path, &[], &mut sources, &mut NoFiles);
    let model = super::read(&documents, &mut sink)?.model;
    // What a reference to nowhere, or to another file, stands for is not read here, and they have none in place of an
    // operation.
    let leads_elsewhere = |diagnostic: &Diagnostic| {
        matches!(
            diagnostic.code,
            Code::DanglingReference
                | Code::ReferenceCycle
                | Code::MissingFile
                | Code::UnmappedUrl
                | Code::MisplacedReference
        )
    };
    if sink.into_diagnostics().iter().any(leads_elsewhere) {
        return None;
    }
    let theirs = theirs::contract(&api);
    let mut ours = ours::contract(&model);
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    ours.operations.retain(|(method, path), _| methods.contains(&method.as_str()) && !theirs.left_out.contains(path));
    Some((ours, theirs.contract))
}
