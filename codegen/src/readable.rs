//! Other people's documents through the reader and the checker: which are refused, and why.
//!
//! The corpus is the folder that `STUBWRIGHT_CORPUS` names; without it the tests do nothing, and say so.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the figures, and that there are none without the corpus"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs, io};

use crate::diagnostic::{Code, Diagnostic, Severity, Sink};
use crate::gather::{self, Files};
use crate::render;
use crate::source::Sources;
use crate::{check, document, read};

/// Larger documents are left to release builds.
const LARGEST: u64 = if cfg!(debug_assertions) { 1_000_000 } else { u64::MAX };

/// The documents that are entries, in folders of documents that are not.
const ENTRIES: &[&str] = &[
    "digitalocean/DigitalOcean-public.v2.yaml",
    "ethereum-beacon/beacon-node-oapi.yaml",
    "ethereum-builder/builder-oapi.yaml",
    "ga4gh-drs/data_repository_service.openapi.yaml",
    "hatchet/openapi.yaml",
    "iceberg-s3-signer/aws/src/main/resources/s3-signer-open-api.yaml",
    "lago-src/openapi.yaml",
    "vrchat/openapi.yaml",
];

/// The real documents that are refused: those with paths that nothing tells apart, with references to nowhere or to URLs,
/// and with undeclared path parameters.
const REFUSED: usize = 13;

/// The folders of which every file with `openapi:` is an entry.
const FOLDERS: &[&str] =
    &["matrix/api", "ogcapi-features-1-split", "open-payments", "opensearch/namespaces", "stac-api"];

struct Disk;

impl Files for Disk {
    fn read(&mut self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }
}

/// What became of a document.
struct Run {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    accepted: bool,
    time: Duration,
}

fn run(path: &Path) -> Run {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let bytes = fs::read(path).expect("the corpus can be read");
    let mut time = Duration::ZERO;
    let mut accepted = false;
    let source = document::decode(&mut sources, path.display().to_string(), bytes, &mut sink);
    let loaded = source.and_then(|source| document::load(&sources, source, &mut sink));
    if let Some(document) = loaded.filter(|_| !sink.has_errors()) {
        let start = Instant::now();
        let documents = gather::gather(document, path, &[], &mut sources, &mut Disk);
        let reading = read::read(&documents, &mut sink);
        accepted = reading.is_some_and(|reading| check::check(reading.model, &mut sink).is_ok());
        time = start.elapsed();
    }
    Run { sources, diagnostics: sink.into_diagnostics(), accepted, time }
}

fn corpus() -> Option<PathBuf> {
    let corpus = env::var_os("STUBWRIGHT_CORPUS").map(PathBuf::from);
    if corpus.is_none() {
        eprintln!("SKIPPED: STUBWRIGHT_CORPUS is not set, so no corpus is read");
    }
    corpus
}

#[test]
fn real_documents_are_read() {
    let Some(corpus) = corpus() else { return };
    let real = corpus.join("real");
    let mut paths: Vec<PathBuf> = ENTRIES.iter().map(|entry| real.join(entry)).collect();
    list(&real, false, &mut paths);
    for folder in FOLDERS {
        list(&real.join(folder), true, &mut paths);
    }
    if let Ok(only) = env::var("ONLY") {
        paths.retain(|path| path.display().to_string().contains(&only));
    }
    let (mut refused, mut warnings) = (0, BTreeMap::<Code, usize>::new());
    for path in &paths {
        let run = run(path);
        for diagnostic in &run.diagnostics {
            *warnings.entry(diagnostic.code).or_default() += 1;
        }
        if env::var_os("VERBOSE").is_some() {
            println!("{:?} {}", run.time, path.display());
            let wanted = env::var("CODE").unwrap_or_default();
            for diagnostic in run.diagnostics.iter().filter(|diagnostic| diagnostic.code.name() == wanted) {
                println!("    {}", render::render_line(&run.sources, diagnostic));
            }
        }
        let error = run.diagnostics.iter().find(|diagnostic| diagnostic.code.severity() == Severity::Error);
        assert_eq!(run.accepted, error.is_none(), "{}", path.display());
        if let Some(error) = error {
            refused += 1;
            println!("{}", render::render_line(&run.sources, error));
        }
    }
    println!("{} documents, {refused} refused; {warnings:#?}", paths.len());
    assert!(paths.len() > 150 && refused <= REFUSED, "{} documents, {refused} refused", paths.len());
}

/// The documents of a folder: all of them, or those right below it.
fn list(folder: &Path, deep: bool, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("it can be read").path()).collect();
    entries.sort();
    for path in entries {
        let kind = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() {
            if deep {
                list(&path, deep, found);
            }
        } else if matches!(kind, Some("yaml" | "yml" | "json"))
            && path.metadata().is_ok_and(|at| at.len() <= LARGEST)
            && (!deep || fs::read_to_string(&path).is_ok_and(|text| text.contains("openapi:")))
        {
            found.push(path);
        }
    }
}

/// The most documents that others refuse and that are read without a word: see [`invalid_documents_are_named`].
const SILENT: usize = 11;

/// Of the documents that are known to be wrong, all but a few are refused or warned about. Those few are wrong only in
/// examples or patterns, which are judged later, or by an opinion of their author's.
#[test]
fn invalid_documents_are_named() {
    let Some(corpus) = corpus() else { return };
    let list = fs::read_to_string(corpus.join("invalid/WHY.tsv")).expect("the list can be read");
    let mut counts = (0, 0, 0);
    for line in list.lines().skip(1) {
        let mut columns = line.split('\t');
        let (Some(path), Some("reject"), Some(why)) = (columns.next(), columns.next(), columns.next()) else {
            continue;
        };
        let run = run(&corpus.join(path));
        let worst = run.diagnostics.iter().max_by_key(|diagnostic| diagnostic.code.severity());
        let outcome = match worst {
            None => &mut counts.2,
            Some(worst) if worst.code.severity() == Severity::Warning => &mut counts.1,
            Some(_) => &mut counts.0,
        };
        *outcome += 1;
        if worst.is_none() || env::var_os("VERBOSE").is_some() {
            println!("{path}: {why}");
            for diagnostic in &run.diagnostics {
                println!("    {}", render::render_line(&run.sources, diagnostic));
            }
        }
    }
    let (refused, warned, silent) = counts;
    println!("{refused} refused, {warned} warned about, {silent} read without a word");
    assert!(refused + warned > 150 && silent <= SILENT, "{refused} {warned} {silent}");
}
