//! What no lint checks: which stage may name which, and how long a file may be.

use std::fs;
use std::path::{Path, PathBuf};

/// Each part of the crate, and the parts that it may name: see ARCHITECTURE.md. A part comes behind those that it names.
const ARROWS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("ledger", &["source"]),
    ("diagnostic", &["source"]),
    ("render", &["source", "diagnostic"]),
    ("document", &["source", "diagnostic"]),
    ("role", &["document"]),
    ("gather", &["source", "diagnostic", "document"]),
    ("overlay", &["source", "diagnostic", "document", "gather"]),
    ("overlaid", &["source", "diagnostic", "document", "overlay"]),
    ("compare", &["source", "document", "role"]),
    ("locale", &["source", "diagnostic", "document", "role", "compare"]),
    ("bundle", &["source", "diagnostic", "document", "gather", "locale"]),
    ("prose", &[]),
    ("pattern", &["source", "diagnostic", "document"]),
    ("model", &["source", "document"]),
    ("read", &["source", "ledger", "diagnostic", "document", "role", "gather", "model"]),
    ("select", &["source", "diagnostic", "model"]),
    ("check", &["source", "diagnostic", "model"]),
    ("lint", &["source", "diagnostic", "prose", "model"]),
    ("page", &["source", "diagnostic", "document", "role", "compare", "locale", "prose", "gather", "read", "check"]),
    (
        "copies",
        &[
            "source",
            "diagnostic",
            "document",
            "role",
            "gather",
            "overlay",
            "overlaid",
            "locale",
            "bundle",
            "model",
            "read",
            "lint",
        ],
    ),
    // A test of two stages.
    ("readable", &["source", "diagnostic", "render", "document", "gather", "read", "check"]),
    ("ir", &["source", "model"]),
    ("example", &["source", "diagnostic", "ir"]),
    ("lower", &["source", "diagnostic", "document", "pattern", "model", "select", "check", "ir"]),
    ("effective", &["source", "document", "model", "ir", "lower"]),
    ("emit", &["source", "diagnostic", "document", "role", "locale", "ir"]),
    ("explain", &["source", "diagnostic", "render", "document", "gather", "model", "select", "ir", "lower", "emit"]),
    ("report", &["source", "ledger", "diagnostic", "model", "ir", "lower", "explain"]),
    ("diff", &["source", "document", "role", "compare", "model", "ir", "explain", "report"]),
    (
        "build",
        &[
            "source",
            "diagnostic",
            "diff",
            "render",
            "document",
            "gather",
            "overlaid",
            "locale",
            "copies",
            "select",
            "ir",
            "lower",
            "emit",
            "explain",
            "report",
        ],
    ),
];

#[test]
fn each_stage_names_only_what_it_may() {
    let mut parts = Vec::new();
    for path in sources(Path::new("src")) {
        let relative = path.strip_prefix("src").expect("the files are listed below it");
        let part = relative.components().next().expect("a file has a name").as_os_str().to_string_lossy();
        let part = part.trim_end_matches(".rs").to_owned();
        if part == "lib" {
            continue;
        }
        let arrows = ARROWS.iter().find(|(name, _)| *name == part);
        let (_, allowed) = arrows.unwrap_or_else(|| panic!("`{part}` has no arrows"));
        for named in named(&fs::read_to_string(&path).expect("the file can be read")) {
            let known = ARROWS.iter().any(|(known, _)| *known == named);
            let may = named == part || allowed.contains(&named.as_str());
            assert!(!known || may, "{}: `{part}` must not name `{named}`", path.display());
        }
        parts.push(part);
    }
    for (name, _) in ARROWS {
        assert!(parts.iter().any(|part| part == name), "`{name}` has arrows and no file");
    }
}

#[test]
fn arrows_lead_back_only() {
    for (index, (part, allowed)) in ARROWS.iter().enumerate() {
        for named in *allowed {
            assert!(ARROWS[..index].iter().any(|(before, _)| before == named), "`{part}` -> `{named}`");
        }
    }
}

#[test]
fn what_a_file_names_is_found() {
    let text = "// crate::comment\nuse crate::one::A;\nuse crate::{\n    two::{B, C},\n    three,\n};\nlet d = crate::four::D;\n";
    assert_eq!(named(text), ["one", "two", "three", "four"]);
}

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    for folder in ["src", "tests", "../cli", "../runtime", "../schema", "../server"] {
        for path in sources(Path::new(folder)) {
            let lines = fs::read_to_string(&path).expect("the file can be read").lines().count();
            assert!(lines <= 400, "{} has {lines} lines: find the missing concept", path.display());
        }
    }
}

/// What stands behind `crate::`, alone or in braces, in the code of a file.
fn named(text: &str) -> Vec<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let mut found = Vec::new();
    for behind in code.split("crate::").skip(1) {
        match behind.strip_prefix('{') {
            Some(list) => found.extend(top_level(list)),
            None => found.push(first_word(behind)),
        }
    }
    found
}

/// The first words of the members of a list in braces, of which the first brace is gone.
fn top_level(list: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut found = vec![first_word(list)];
    for (at, character) in list.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => found.push(first_word(&list[at + 1..])),
            _ => {}
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|next| next.is_alphanumeric() || *next == '_').collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}
