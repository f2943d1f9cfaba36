//! What no lint checks: which stage may name which, and how long a file may be.

use std::fs;
use std::path::{Path, PathBuf};

/// Each part of the crate, and the parts that it may name: see ARCHITECTURE.md.
const ARROWS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("ledger", &["source"]),
    ("diagnostic", &["source"]),
    ("document", &["source", "diagnostic"]),
    ("gather", &["source", "diagnostic", "document"]),
    ("role", &["document"]),
    ("render", &["source", "diagnostic"]),
    ("pattern", &["source", "diagnostic", "document"]),
    ("page", &["source", "diagnostic", "document"]),
    ("locale", &["source", "diagnostic", "document", "role"]),
    ("model", &["source", "document"]),
    ("read", &["source", "diagnostic", "document", "gather", "ledger", "role", "model"]),
    // A test of two stages.
    ("readable", &["source", "diagnostic", "document", "gather", "render", "read", "check"]),
    ("check", &["source", "diagnostic", "model"]),
    ("ir", &["model"]),
    ("select", &["source", "diagnostic", "model"]),
    ("lower", &["pattern", "source", "diagnostic", "document", "model", "check", "select", "ir"]),
    ("emit", &["document", "role", "locale", "ir"]),
    ("explain", &["source", "diagnostic", "document", "gather", "render", "model", "select", "lower", "ir", "emit"]),
    ("report", &["source", "diagnostic", "ledger", "model", "lower", "ir", "explain"]),
    ("build", &["source", "diagnostic", "document", "gather", "render", "lower", "ir", "emit", "explain", "report"]),
];

#[test]
fn each_stage_names_only_what_it_may() {
    for path in sources(Path::new("src")) {
        let relative = path.strip_prefix("src").expect("the files are listed below it");
        let part = relative.components().next().expect("a file has a name").as_os_str().to_string_lossy();
        let part = part.trim_end_matches(".rs");
        if part == "lib" {
            continue;
        }
        let (_, allowed) = ARROWS.iter().find(|(name, _)| *name == part).expect("every part has its arrows");
        let text = fs::read_to_string(&path).expect("the file can be read");
        // The oracle of a stage's tests may look at more.
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            for named in line.split("crate::").skip(1) {
                let name: String = named.chars().take_while(|next| next.is_alphanumeric() || *next == '_').collect();
                let known = ARROWS.iter().any(|(known, _)| *known == name);
                let may = name == part || allowed.contains(&name.as_str());
                assert!(!known || may, "{}: `{part}` must not name `{name}`: {line}", path.display());
            }
        }
    }
}

#[test]
fn no_file_is_longer_than_four_hundred_lines() {
    for folder in ["src", "tests", "../cli", "../runtime", "../server"] {
        for path in sources(Path::new(folder)) {
            let lines = fs::read_to_string(&path).expect("the file can be read").lines().count();
            assert!(lines <= 400, "{} has {lines} lines: find the missing concept", path.display());
        }
    }
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
