//! The command as a whole: help, version, wrong calls, and silence in a pipe.

#![allow(clippy::unwrap_used, reason = "a test that cannot write its files has failed")]

mod support;

use std::fmt::Write as _;

use support::Folder;

#[test]
fn the_version_is_that_of_the_package() {
    let version = format!("stubwright {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(Folder::new(&[]).run("--version").done(), version);
}

#[test]
fn help_shows_commands_examples_and_exit_codes() {
    let folder = Folder::new(&[]);
    let help = folder.run("--help").done();
    for (command, about) in [
        ("generate", "Generate Rust code from a document"),
        ("report", "Show what becomes of a document: keywords, operations, types, names, warnings"),
        ("explain", "Show why a part of a document becomes the Rust type or method that it does"),
        ("locales", "Show what is translated, missing, stale or different in each language"),
        ("overlay", "Apply OpenAPI Overlays to a document, keeping its order, comments and style"),
        ("import", "Rebuild OpenAPI documents from documentation pages"),
        ("export-pages", "Write documentation pages from a document, one for each operation"),
    ] {
        // The longest name says how wide the column is.
        let mut lines = help.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(' '));
        let shown = lines.any(|(name, text)| name == command && text.trim() == about);
        assert!(shown, "{command}\n{help}");
    }
    for text in [
        "Examples:\n  stubwright generate openapi.yaml --out src/api\n",
        "Exit codes: 0 done, 1 refused with diagnostics or out of date, 2 a wrong call or a file that cannot be used.\n",
    ] {
        assert!(help.contains(text), "{text}\n{help}");
    }
    for command in ["generate", "report", "explain", "overlay", "export-pages"] {
        let help = folder.run(&format!("{command} --help")).done();
        assert!(help.contains(&format!("Examples:\n  stubwright {command} openapi.yaml")), "{help}");
        for line in help.lines() {
            assert!(line.chars().count() <= 130, "{line}");
        }
    }
}

#[test]
fn wrong_calls_are_refused() {
    let folder = Folder::new(&[]);
    assert!(folder.run("genrate").failed(2).contains("tip: a similar subcommand exists: 'generate'"));
    assert!(folder.run("").failed(2).contains("Usage: stubwright <COMMAND>"));
    assert!(folder.run("report a.yaml --jsn").failed(2).contains("tip: a similar argument exists: '--json'"));
}

#[test]
fn a_long_run_is_silent_in_a_pipe() {
    let mut schemas = String::new();
    for number in 0..3000 {
        let schema = "{type: object, properties: {a: {type: string}, b: {enum: [x, y]}}}";
        writeln!(schemas, "    S{number}: {schema}").unwrap();
    }
    let document = format!(
        "openapi: 3.1.0\ninfo: {{title: Large, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    );
    let folder = Folder::new(&[("large.yaml", &document)]);
    let written = folder.run("generate large.yaml --out out").done();
    assert!(written.lines().all(|line| line.starts_with("out/")), "{written}");
}
