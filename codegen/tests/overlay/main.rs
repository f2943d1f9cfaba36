//! Every folder beside this file is a case: a document, an overlay or several, and what they give; `UPDATE=1` rewrites the
//! rendered diagnostics (`expected.stderr`), never the documents (`expected.yaml`).
//!
//! A case without `expected.stderr` gives no diagnostics, one without `expected.yaml` is refused.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its fixtures has failed")]

mod corpus;
mod hostile;
mod writing;

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use stubwright_codegen::{
    diagnostic::{Code, Sink},
    document::{self, Document},
    overlay,
    render::render_all,
    source::Sources,
};

/// What applying the overlays of a case gives.
struct Run {
    /// The effective document, where there are no errors.
    effective: Option<Document>,
    /// The same as text.
    written: Option<String>,
    rendered: String,
    codes: Vec<Code>,
}

impl Run {
    fn of(case: &Path, text: impl Fn(&Path) -> String) -> Self {
        let (mut sources, mut sink) = (Sources::default(), Sink::default());
        let mut load = |name: &str| {
            let source = sources.add(name, text(&case.join(name)));
            document::load(&sources, source, &mut sink).unwrap_or_else(|| panic!("{}: {name}", case.display()))
        };
        let base = load("base.yaml");
        let patches: Vec<Document> = overlays(case).iter().map(|name| load(name)).collect();
        let patches: Vec<_> = patches.iter().filter_map(|patch| overlay::read(&sources, patch, &mut sink)).collect();
        let effective = overlay::apply(&base, &patches, &mut sink);
        let effective = (!sink.has_errors()).then_some(effective);
        let written = effective.as_ref().map(|effective| overlay::write(&sources, &base, effective));
        let diagnostics = sink.into_diagnostics();
        let rendered = render_all(&sources, &diagnostics, &Code::severity, false);
        Self { effective, written, rendered, codes: diagnostics.iter().map(|diagnostic| diagnostic.code).collect() }
    }

    fn text(&self) -> Option<String> {
        self.effective.as_ref().map(|document| document::to_json_text(&document.root))
    }
}

#[test]
fn every_case_gives_what_is_expected() {
    let mut wrong = Vec::new();
    for case in cases() {
        let run = Run::of(&case, read);
        let expected = case.join("expected.yaml");
        let expected = expected.is_file().then(|| document::to_json_text(&load(&read(&expected)).root));
        if run.text() != expected {
            wrong.push(format!("{}:\n{:?}\n{expected:?}\n{}", name(&case), run.text(), run.rendered));
        }
        let stderr = case.join("expected.stderr");
        if env::var_os("UPDATE").is_some() {
            if run.rendered.is_empty() {
                let _ = fs::remove_file(&stderr);
            } else {
                fs::write(&stderr, &run.rendered).unwrap();
            }
        }
        if fs::read_to_string(&stderr).unwrap_or_default() != run.rendered {
            wrong.push(format!("{}:\n{}", name(&case), run.rendered));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn json_is_read_like_yaml() {
    for case in cases() {
        let json = Run::of(&case, |path| document::to_json(&load(&read(path)).root, &document::Edits::default()));
        let yaml = Run::of(&case, read);
        assert_eq!(json.text(), yaml.text(), "{}", name(&case));
        let sorted = |mut codes: Vec<Code>| {
            codes.sort_unstable();
            codes
        };
        assert_eq!(sorted(json.codes), sorted(yaml.codes), "{}", name(&case));
    }
}

#[test]
fn there_are_cases_of_both_versions() {
    let cases = cases();
    assert!(cases.len() >= 60, "{} cases", cases.len());
    for (version, least) in [("overlay: 1.0.", 25), ("overlay: 1.1.", 25)] {
        let count = cases.iter().filter(|case| read(&case.join("overlay.yaml")).contains(version)).count();
        assert!(count >= least, "{count} cases with `{version}`");
    }
}

#[test]
fn every_effective_document_can_be_written() {
    for case in cases() {
        for text in [read, |path: &Path| document::to_json(&load(&read(path)).root, &document::Edits::default())] {
            let run = Run::of(&case, text);
            if let Some((written, expected)) = run.written.zip(run.effective) {
                assert_eq!(document::to_json_text(&load(&written).root), document::to_json_text(&expected.root));
            }
        }
    }
}

#[test]
fn every_code_of_overlays_has_a_case() {
    let shown: Vec<Code> = cases().iter().flat_map(|case| Run::of(case, read).codes).collect();
    // `OtherBase` needs the paths of files: `cli/tests/overlay.rs`.
    for code in [Code::NotOverlay, Code::InvalidTarget, Code::UnmatchedTarget, Code::OverlayConflict] {
        assert!(shown.contains(&code), "{code}");
    }
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/overlay");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    cases.sort();
    cases
}

/// The names of the overlays of a case, in their order.
fn overlays(case: &Path) -> Vec<&'static str> {
    ["overlay.yaml", "second.yaml"].into_iter().filter(|name| case.join(name).is_file()).collect()
}

fn load(text: &str) -> Document {
    let mut sources = Sources::default();
    let source = sources.add("text", text);
    document::load(&sources, source, &mut Sink::default()).unwrap()
}

fn name(case: &Path) -> String {
    case.file_name().unwrap().to_str().unwrap().to_owned()
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
