//! Every document of `tests/reject` with the exact text that users see beside it; `UPDATE=1` rewrites those.
//!
//! A case is named for the code that it shows: `<code>.yaml`, or `<code>-<detail>.yaml`, or a folder of such a name with an
//! `openapi.yaml` and the files that it refers to. Warnings are cases, too.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its fixtures has failed")]

use std::{
    collections::BTreeSet,
    env, fs, io,
    path::{Path, PathBuf},
};

use stubwright_codegen::{
    Api, Apis, Failure, Files, Input, Options, OverlayInput, Published, Reach, TranslationInput,
    diagnostic::{Code, Diagnostic, Severity, Sink},
    document, generate,
    locale::Drift,
    render::render_all,
    source::Sources,
};

/// Codes without a file here: those of pages lie in `reject/pages`, a file that is too large would hold 4 GiB, and no document
/// alone makes a selector wrong (`select.rs`).
const ELSEWHERE: &[Code] = &[
    Code::NoOpenApiBlock,
    Code::InvalidInfoString,
    Code::UnmappedSite,
    Code::PageMismatch,
    Code::PageConflict,
    Code::PageDifference,
    Code::LegacyPage,
    Code::AsyncApiPage,
    Code::SizeLimit,
    Code::UnmatchedSelector,
];

/// The files of the folder of a case.
struct Folder;

impl Files for Folder {
    fn read(&mut self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path).map_err(|error| io::Error::new(error.kind(), error.kind().to_string()))
    }

    fn name(&self, path: &Path) -> String {
        name(path)
    }
}

/// What a run over one case gives.
struct Run {
    sources: Sources,
    diagnostics: Vec<Diagnostic>,
    generated: bool,
}

impl Run {
    /// Generates from a document, its German copy where there is one, and its overlay where there is one.
    fn new(path: &Path, text: impl Fn(&Path) -> String) -> Self {
        let beside = |path: PathBuf| path.is_file().then(|| (name(&path), text(&path)));
        let (base, copy, overlay) = ((name(path), text(path)), beside(copy_of(path)), beside(overlay_of(path)));
        let mut sources = Sources::default();
        let base = sources.add(base.0, base.1);
        let translation = |(name, text)| {
            let source = sources.add(name, text);
            TranslationInput { language: "de".to_owned(), source, path: copy_of(path) }
        };
        let translations = copy.into_iter().map(translation).collect();
        let overlay = overlay.map(|(name, text)| OverlayInput {
            source: sources.add(name, text),
            path: overlay_of(path),
            translations: Vec::new(),
        });
        let published = vec![Published { language: "en".to_owned(), include: "openapi.yaml".to_owned() }];
        let input = Input {
            base,
            path: path.to_path_buf(),
            urls: Vec::new(),
            language: "en".to_owned(),
            translations,
            overlays: overlay.into_iter().collect(),
            drift: allowed_drift(path),
            published,
            reach: Reach::Unknown,
            options: Options { examples: asks_for_examples(path), lints: is_lint(path), ..Options::default() },
        };
        let mut sink = Sink::default();
        let generated = generate(&mut sources, &input, &mut Folder, &mut sink).is_ok();
        Self { sources, diagnostics: sink.into_diagnostics(), generated }
    }

    fn of(case: &Path) -> Self {
        Self::new(case, read)
    }

    fn rendered(&self) -> String {
        render_all(&self.sources, &self.diagnostics, &Code::severity, false)
    }

    fn codes(&self) -> BTreeSet<Code> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
    }
}

/// What is done where a translation differs in more than text: a case may show what is said where that is allowed.
fn allowed_drift(case: &Path) -> Drift {
    if code_of(case) == Code::AllowedDrift { Drift::Allowed } else { Drift::Refused }
}

/// Whether a case shows what only example answers bring up.
fn asks_for_examples(case: &Path) -> bool {
    matches!(code_of(case), Code::InvalidExample | Code::NoExample)
}

/// Whether a case shows what is looked for on request only.
fn is_lint(case: &Path) -> bool {
    code_of(case).severity() == Severity::Lint
}

#[test]
fn every_case_is_shown_as_agreed() {
    let mut wrong = Vec::new();
    for case in cases().into_iter().filter(|case| !is_loading(code_of(case))) {
        let run = Run::of(&case);
        let expected = case.with_extension("stderr");
        if env::var_os("UPDATE").is_some() {
            fs::write(&expected, run.rendered()).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != run.rendered() {
            wrong.push(format!("{}:\n{}", name(&case), run.rendered()));
        }
    }
    assert!(wrong.is_empty(), "run again with UPDATE=1 if this is right:\n{}", wrong.join("\n"));
}

#[test]
fn every_case_reports_the_code_that_it_is_named_for() {
    for case in cases() {
        let run = Run::of(&case);
        let code = code_of(&case);
        assert!(run.codes().contains(&code), "{}:\n{}", name(&case), run.rendered());
        let errors = run.codes().iter().any(|code| code.severity() == Severity::Error);
        assert_eq!(run.generated, !errors, "{}", name(&case));
    }
}

#[test]
fn every_code_has_a_case() {
    let shown: BTreeSet<Code> = cases().iter().map(|case| code_of(case)).collect();
    for &code in Code::ALL {
        assert_ne!(shown.contains(&code), ELSEWHERE.contains(&code), "{code}");
    }
    let pages = folder().join("pages");
    let of_pages = |code: &&Code| !matches!(code, Code::SizeLimit | Code::UnmatchedSelector);
    for &code in ELSEWHERE.iter().filter(of_pages) {
        assert!(pages.join(format!("{code}.md")).is_file(), "{code}");
    }
}

#[test]
fn every_expected_text_belongs_to_a_case() {
    let cases = cases();
    for file in files(&folder()) {
        let belongs = match file.extension().and_then(|ending| ending.to_str()) {
            Some("stderr") => cases.iter().any(|case| case.with_extension("stderr") == file),
            _ => cases.contains(&file) || cases.iter().any(|case| copy_of(case) == file || overlay_of(case) == file),
        };
        assert!(belongs, "{}", name(&file));
    }
}

#[test]
fn messages_are_in_the_agreed_form() {
    for case in cases() {
        for diagnostic in Run::of(&case).diagnostics {
            let labels = diagnostic.others.iter().chain([&diagnostic.primary]).map(|label| &label.text);
            for text in labels.chain([&diagnostic.message]).chain(&diagnostic.help) {
                assert!(!text.ends_with('.'), "{}: {text:?}", name(&case));
                let abbreviation = text.chars().nth(1).is_some_and(char::is_uppercase);
                let capital = text.starts_with(char::is_uppercase) && !abbreviation && !text.starts_with("OpenAPI");
                assert!(!capital, "{}: {text:?}", name(&case));
            }
            assert!(!diagnostic.message.is_empty(), "{}", name(&case));
        }
    }
}

#[test]
fn json_is_judged_like_yaml() {
    for case in cases().into_iter().filter(|case| !is_loading(code_of(case))) {
        let json = Run::new(&case, as_json);
        let yaml = Run::of(&case);
        let codes = |run: &Run| {
            let mut codes: Vec<Code> = run.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
            codes.sort_unstable();
            codes
        };
        assert_eq!(codes(&json), codes(&yaml), "{}:\n{}", name(&case), json.rendered());
        assert_eq!(json.generated, yaml.generated, "{}", name(&case));
    }
}

#[test]
fn all_errors_are_shown_in_one_run() {
    let run = Run::of(&folder().join("undeclared-path-parameter-and-more.yaml"));
    let codes = run.codes();
    for code in [
        Code::UnknownType,
        Code::InvalidValue,
        Code::DanglingReference,
        Code::RawOperation,
        Code::UndeclaredPathParameter,
        Code::UnknownKey,
    ] {
        assert!(codes.contains(&code), "{code}:\n{}", run.rendered());
    }
    assert_eq!(run.diagnostics.len(), 7, "{}", run.rendered());
}

#[test]
fn strict_makes_every_warning_an_error() {
    for case in cases() {
        let warnings = Run::of(&case).generated;
        let run = || {
            let api = Api::new(&case).module("case").examples(asks_for_examples(&case));
            Apis::new([api.lint(is_lint(&case))]).strict(true).check(true).run()
        };
        if is_lint(&case) {
            assert!(!matches!(run(), Err(Failure::Refused { .. })), "{}: a lint is no error", name(&case));
        } else if warnings && !copy_of(&case).is_file() && !overlay_of(&case).is_file() {
            let Err(Failure::Refused { rendered, lines }) = run() else { panic!("{}", name(&case)) };
            assert!(rendered.starts_with("error["), "{rendered}");
            assert!(!rendered.contains("warning["), "{rendered}");
            assert!(!lines.is_empty());
        }
    }
}

#[test]
fn a_refused_document_beside_a_good_one_writes_nothing() {
    let temporary = tempfile::tempdir().unwrap();
    let good = temporary.path().join("good.yaml");
    fs::write(&good, "openapi: 3.1.0\ninfo: {title: Good, version: '1'}\npaths: {}\n").unwrap();
    let output = temporary.path().join("apis");
    let run = |documents: Vec<Api>| Apis::new(documents).checked_in(&output).run();

    let bad = folder().join("swagger.yaml");
    let worse = folder().join("wrong-type.yaml");
    let Err(Failure::Refused { lines, rendered }) = run(vec![Api::new(&good), Api::new(bad), Api::new(worse)]) else {
        panic!("a Swagger document is refused")
    };
    // The documents that are wrong are all named, and only they.
    assert_eq!(lines.len(), 2, "{rendered}");
    assert!(lines[0].contains("swagger.yaml:1:10: swagger: "), "{}", lines[0]);
    assert!(lines[1].contains("wrong-type.yaml:4:5: wrong-type: "), "{}", lines[1]);
    assert!(!output.exists());

    run(vec![Api::new(&good)]).unwrap();
    assert!(output.join("good/router.rs").is_file());
}

/// The documents of the folder and of the folders in it, without German copies and overlays.
fn cases() -> Vec<PathBuf> {
    let documents = files(&folder()).into_iter().filter(|file| {
        let ending = file.extension().and_then(|ending| ending.to_str());
        matches!(ending, Some("yaml" | "json")) && !name(file).contains(".de.") && !name(file).contains(".overlay.")
    });
    let mut documents: Vec<PathBuf> = documents.collect();
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path().join("openapi.yaml"));
    documents.extend(entries.filter(|path| path.is_file()));
    documents.sort();
    assert!(documents.len() > 100, "{} cases", documents.len());
    documents
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// The code that a case is named for: the longest one, since one code may begin like another.
fn code_of(case: &Path) -> Code {
    let stem = match case.file_stem().unwrap().to_str().unwrap() {
        "openapi" => case.parent().unwrap().file_name().unwrap().to_str().unwrap(),
        stem => stem,
    };
    let names =
        |code: &&Code| stem.strip_prefix(code.name()).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let code = Code::ALL.iter().filter(names).max_by_key(|code| code.name().len());
    *code.unwrap_or_else(|| panic!("{stem} is named for no code"))
}

/// Whether a code is reported while loading, when there is no tree yet; `tests/load` owns these cases.
fn is_loading(code: Code) -> bool {
    code <= Code::SizeLimit
}

fn as_json(file: &Path) -> String {
    let mut sources = Sources::default();
    let source = sources.add(name(file), read(file));
    let document = document::load(&sources, source, &mut Sink::default()).unwrap();
    document::to_json(&document.root, &document::Edits::default())
}

fn copy_of(case: &Path) -> PathBuf {
    case.with_extension("de.yaml")
}

fn overlay_of(case: &Path) -> PathBuf {
    case.with_extension("overlay.yaml")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reject")
}

/// A file's name within the folder of all cases.
fn name(file: &Path) -> String {
    file.strip_prefix(folder()).unwrap_or(file).to_str().unwrap().to_owned()
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap()
}
