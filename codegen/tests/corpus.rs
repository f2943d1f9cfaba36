//! Other people's documents through the whole pipeline: each generates, or is refused with a diagnostic.
//!
//! The corpus is the folder that `STUBWRIGHT_CORPUS` names; without it the test does nothing, and says so.

use std::path::{Path, PathBuf};
use std::{env, fs};

use stubwright_codegen::diagnostic::Sink;
use stubwright_codegen::source::Sources;
use stubwright_codegen::{Input, NoFiles, Options, Reach, document, generate};

/// Larger documents are left to release builds.
const LARGEST: u64 = if cfg!(debug_assertions) { 300_000 } else { u64::MAX };

/// How many documents there must be, and how many of them must generate today.
const AT_LEAST: (usize, usize) = (4_000, 150);

#[test]
#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the figures, and that there are none without the corpus"
)]
fn every_document_generates_or_is_refused() {
    let Some(corpus) = env::var_os("STUBWRIGHT_CORPUS") else {
        return eprintln!("SKIPPED: STUBWRIGHT_CORPUS is not set, so no corpus is generated from");
    };
    let mut paths = Vec::new();
    for part in ["real", "conformance", "invalid", "torture", "revoke"] {
        list(&Path::new(&corpus).join(part), &mut paths);
    }
    let generated = paths.iter().filter(|path| generates(path)).count();
    println!("{} documents, {generated} of them generate", paths.len());
    assert!(paths.len() >= AT_LEAST.0 && generated >= AT_LEAST.1, "{} and {generated}", paths.len());
}

/// Whether a document generates. One that does not has an error to show.
fn generates(path: &Path) -> bool {
    let name = path.display().to_string();
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let bytes = fs::read(path).expect("the corpus can be read");
    let Some(base) = document::decode(&mut sources, name.as_str(), bytes, &mut sink) else {
        assert!(sink.has_errors(), "{name}: refused without a word");
        return false;
    };
    let input = Input {
        base,
        path: PathBuf::new(),
        urls: Vec::new(),
        language: "en".to_owned(),
        translations: Vec::new(),
        overlays: Vec::new(),
        drift: stubwright_codegen::locale::Drift::default(),
        published: Vec::new(),
        reach: Reach::Unknown,
        options: Options::default(),
    };
    let output = generate(&mut sources, &input, &mut NoFiles, &mut sink);
    assert_eq!(output.is_err(), sink.has_errors(), "{name}");
    output.is_ok()
}

fn list(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        let kind = path.extension().and_then(|extension| extension.to_str());
        if path.is_dir() {
            list(&path, found);
        } else if matches!(kind, Some("yaml" | "yml" | "json")) && path.metadata().is_ok_and(|at| at.len() <= LARGEST) {
            found.push(path);
        }
    }
}
