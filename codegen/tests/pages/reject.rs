//! What is wrong with a page is shown where it is.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use stubwright_codegen::diagnostic::Code;

use crate::support::{Run, root};

#[test]
fn wrong_pages_are_refused_where_they_are_wrong() {
    let folder = root().join("tests/reject/pages");
    let mut codes = vec![
        Code::NoOpenApiBlock,
        Code::InvalidInfoString,
        Code::UnmappedSite,
        Code::PageMismatch,
        Code::PageConflict,
        Code::PageDifference,
        Code::LegacyPage,
        Code::AsyncApiPage,
    ];
    let mut wrong = Vec::new();
    for case in cases(&folder) {
        let mut run = Run { shown: Some(folder.clone()), ..Run::default() };
        let mut pages = vec![run.add(&case)];
        let other = case.with_file_name(format!("{}-other.md", case.file_stem().unwrap().display()));
        if other.exists() {
            pages.push(run.add(&other));
        }
        let list = run.add(&folder.join("sites.yaml"));
        run.import(&pages, Some(&list));
        let name = case.file_stem().unwrap().to_str().unwrap();
        let reported = run.sink.clone().into_diagnostics();
        assert!(!reported.is_empty(), "{} is not refused", case.display());
        assert!(reported.iter().all(|diagnostic| name.starts_with(diagnostic.code.name())), "{name}: {reported:?}");
        codes.retain(|code| reported.iter().all(|diagnostic| diagnostic.code != *code));
        wrong.extend(differs(&case.with_extension("stderr"), &run.rendered()));
    }
    assert_eq!(codes, [], "codes without a case");
    assert!(wrong.is_empty(), "{}\nUPDATE=1 writes what is said now", wrong.join("\n"));
}

fn cases(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_case = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap();
        name.strip_suffix(".md").is_some_and(|stem| !stem.ends_with("-other"))
    };
    let mut cases: Vec<_> = files.filter(is_case).collect();
    cases.sort();
    cases
}

/// What is wrong with the expected text of a case; with `UPDATE` set it is written.
fn differs(expected: &Path, text: &str) -> Option<String> {
    if env::var_os("UPDATE").is_some() {
        fs::write(expected, text).unwrap();
        return None;
    }
    let before = fs::read_to_string(expected).unwrap_or_default();
    (before != text).then(|| format!("{}: said before:\n{before}says now:\n{text}", expected.display()))
}
