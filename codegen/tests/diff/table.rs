//! Tables of pairs in a text file: `### name`, and behind `=== old`, `=== new` and `=== told` what was, what is, and what is
//! told of it.

use std::path::Path;
use std::{env, fs};

/// Checks each case of a table, or rewrites what is told where `UPDATE` is set.
pub(crate) fn check(file: &str, at_least: usize, tell: &dyn Fn(&str, &str) -> String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff").join(file);
    let text = fs::read_to_string(&path).unwrap();
    let (head, cases) = text.split_once("### ").unwrap();
    let cases: Vec<&str> = cases.split("\n### ").collect();
    assert!(cases.len() >= at_least, "{} cases", cases.len());
    let (mut written, mut wrong) = (head.to_owned(), Vec::new());
    for case in cases {
        let (name, rest) = case.split_once("\n=== old\n").unwrap();
        let (old, rest) = rest.split_once("\n=== new\n").unwrap();
        let (new, expected) = rest.split_once("\n=== told\n").unwrap();
        let actual = tell(old, new);
        if actual.trim() != expected.trim() {
            wrong.push(format!("{name}:\n{actual}"));
        }
        let parts = ["### ", name, "\n=== old\n", old, "\n=== new\n", new, "\n=== told\n", &actual, "\n"];
        written.extend(parts);
    }
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, written.trim_end().to_owned() + "\n").unwrap();
    } else {
        assert!(wrong.is_empty(), "run again with UPDATE=1 if this is right:\n{}", wrong.join("\n"));
    }
}
