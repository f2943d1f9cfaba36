//! The rules of cargo for build scripts: what to watch, and how to show what is wrong.
#![expect(clippy::print_stdout, clippy::print_stderr, clippy::exit, reason = "cargo reads these from build scripts")]

use std::collections::BTreeSet;
use std::path::Path;

use crate::build::api::ApiOverlay;
use crate::build::languages::languages;
use crate::build::{Apis, Destination, Failure};

/// Generates, and ends the process with status 1 on failure.
pub(super) fn generate(mut apis: Apis) {
    watch(&apis);
    let checked_in = !matches!(apis.destination, Destination::OutDir);
    apis.check |= checked_in && std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false");
    match apis.run() {
        Ok(report) => {
            // What was not known before the run: the files that references led to.
            for path in report.inputs {
                println!("cargo::rerun-if-changed={}", path.display());
            }
            for (language, path) in report.found {
                println!("the translation `{language}` is {}", path.display());
            }
            for line in report.warning_lines {
                println!("cargo::warning={line}");
            }
        }
        Err(failure) => {
            match &failure {
                Failure::File { .. } | Failure::NoSuchPlace { .. } => println!("cargo::error={failure}"),
                Failure::Refused { lines, .. } => lines.iter().for_each(|line| println!("cargo::error={line}")),
                Failure::OutOfDate { .. } => println!(
                    "cargo::error={failure}. With `CI` set nothing is written: run `cargo build` without it and commit the result"
                ),
            }
            // With `cargo::error` alone cargo hides what the script says on stderr; the status makes it show both.
            eprintln!("{failure}");
            std::process::exit(1);
        }
    }
}

/// Watches the documents, their folders, and checked-in outputs, so that a hand edit is undone.
fn watch(apis: &Apis) {
    println!("cargo::rerun-if-env-changed=CI");
    let mut paths = BTreeSet::new();
    for api in &apis.documents {
        // What is wrong with the languages is told by the run.
        let copies = languages(api).map(|languages| languages.copies).unwrap_or_default();
        let translations = copies.iter().map(|(_, path)| path);
        let overlays = api.overlays.iter().flat_map(ApiOverlay::paths);
        for path in std::iter::once(&api.path).chain(translations).chain(overlays) {
            paths.insert(path.clone());
            paths.extend(path.parent().filter(|folder| *folder != Path::new("")).map(Path::to_path_buf));
        }
    }
    match &apis.destination {
        Destination::OutDir => {}
        Destination::CheckedIn { folder, .. } => paths.extend([folder.clone()]),
        Destination::Package { folder, .. } => paths.extend([folder.join("Cargo.toml"), folder.join("src")]),
    }
    for path in paths {
        println!("cargo::rerun-if-changed={}", path.display());
    }
}
