//! What `stubwright diff` tells: two tables of small documents with the exact text, and properties that hold for all.
//!
//! `UPDATE=1` rewrites the texts of the tables.

#![allow(clippy::unwrap_used, reason = "a test that cannot write its files has failed")]

#[path = "../mutation/grammar.rs"]
#[allow(dead_code, reason = "the tests of mutations use all of it")]
mod grammar;
#[path = "../mutation/mutations.rs"]
#[allow(dead_code, reason = "the tests of mutations use all of it")]
mod mutations;
mod properties;
mod table;
#[path = "../mutation/uses.rs"]
#[allow(dead_code, reason = "the tests of mutations use all of it")]
mod uses;

use std::fs;
use std::path::Path;

use stubwright_codegen::diff::{Change, Changes};
use stubwright_codegen::report::Place;
use stubwright_codegen::{Api, Apis};

use crate::table::check;

/// What comes before each document of the tables.
const HEAD: &str = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\n";

#[test]
fn schemas_are_compared_in_both_directions() {
    check("schemas.txt", 90, &|old, new| told(&compare(&with_schema(old), &with_schema(new)), false));
}

#[test]
fn documents_are_compared() {
    check("documents.txt", 60, &|old, new| told(&compare(&format!("{HEAD}{old}"), &format!("{HEAD}{new}")), true));
}

/// A document that takes a schema and gives it; behind `---` are its components.
fn with_schema(text: &str) -> String {
    let (schema, components) = text.split_once("\n---\n").unwrap_or((text, ""));
    let is_flow = schema.starts_with(['{', '[']) || !schema.contains(": ");
    let schema = if is_flow { schema.to_owned() } else { format!("{{{schema}}}") };
    let components: Vec<String> = components.lines().map(|line| format!("    {line}\n")).collect();
    let components = match components.as_slice() {
        [] => String::new(),
        lines => format!("components:\n  schemas:\n{}", lines.concat()),
    };
    format!(
        "{HEAD}paths:\n  /a:\n    post:\n      operationId: send\n      requestBody: {{content: {{application/json: {{schema: {schema}}}}}}}\n      \
         responses: {{'200': {{description: D., content: {{application/json: {{schema: {schema}}}}}}}}}\n{components}"
    )
}

/// Compares two texts.
fn compare(old: &str, new: &str) -> Changes {
    let folder = tempfile::tempdir().unwrap();
    let [one, other] = [("old.yaml", old), ("new.yaml", new)].map(|(name, text)| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    });
    compare_files(&one, &other)
}

fn compare_files(old: &Path, new: &Path) -> Changes {
    Apis::new([Api::new(old), Api::new(new)]).diff(&mut |_| {}).unwrap_or_else(|failure| panic!("{failure}"))
}

/// Changes as lines.
fn told(changes: &Changes, with_places: bool) -> String {
    changes.changes.iter().map(|change| line(change, with_places)).collect()
}

fn line(change: &Change, with_places: bool) -> String {
    let Change { kind, rule, subject, message, old, new } = change;
    let shown = |place: &Option<Place>| {
        place.as_ref().map_or_else(|| "-".to_owned(), |at| format!("{}:{}", at.line, at.column))
    };
    let places = if with_places { format!("{} {}  ", shown(old), shown(new)) } else { String::new() };
    format!("{places}{}[{rule}] {subject}: {message}\n", kind.name())
}
