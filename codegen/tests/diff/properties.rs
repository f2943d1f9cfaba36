//! What holds for every document: it does not differ from itself, nor from itself in another order; other words are no more
//! than that; and no change is told as none.

use std::path::{Path, PathBuf};
use std::{env, fs, io::Write};

use stubwright_codegen::diagnostic::Sink;
use stubwright_codegen::diff::Kind;
use stubwright_codegen::document::{self, Node, Value};
use stubwright_codegen::source::Sources;
use stubwright_codegen::{Api, Apis};

use crate::mutations::mutations;
use crate::uses::{Use, uses};
use crate::{compare, told};

/// Larger documents of the corpus are left to release builds.
const LARGEST: u64 = if cfg!(debug_assertions) { 150_000 } else { u64::MAX };

#[test]
fn no_document_differs_from_itself() {
    let mut count = 0;
    for path in own_documents().into_iter().chain(corpus()) {
        // What is refused has no contract.
        let same = Apis::new([Api::new(&path), Api::new(&path)]);
        if let Ok(changes) = same.diff(&mut |_| {}) {
            assert_eq!(told(&changes, true), "", "{}", path.display());
            count += 1;
        }
    }
    assert!(count > 50, "{count} documents");
}

#[test]
fn the_order_of_keys_is_no_change() {
    for path in own_documents() {
        let text = json(&path, |_| {});
        let changes = compare(&text, &json(&path, reverse));
        // Names that clash give way in the order of the document.
        let of_order = |rule: &str| rule.starts_with("api-");
        let others: Vec<_> = changes.changes.iter().filter(|change| !of_order(&change.rule)).collect();
        assert!(others.is_empty(), "{}: {others:#?}", path.display());
    }
}

#[test]
fn other_words_are_changes_of_text_alone() {
    let mut count = 0;
    for path in own_documents() {
        let mut changed = 0;
        let after = json(&path, |root| reword(root, &mut Vec::new(), &mut changed));
        let changes = compare(&json(&path, |_| {}), &after);
        assert_eq!(changes.count(Kind::Text), changes.changes.len(), "{}: {}", path.display(), told(&changes, true));
        // A text that is told once may stand in several places of an alias.
        assert!(changes.changes.len() <= changed, "{}: {changed} texts", path.display());
        assert_eq!(changes.changes.is_empty(), changed == 0, "{}", path.display());
        count += changed;
    }
    assert!(count > 200, "{count} texts");
}

#[test]
fn schemas_that_refer_to_each_other_far_are_compared_to_the_end() {
    let document = |last: &str| {
        let links = 2_000_usize;
        let schema = |index: usize| {
            let next = format!("{{$ref: '#/components/schemas/S{}'}}", index + 1);
            let union = format!("oneOf: [{{type: object, properties: {{a: {next}}}}}, {{type: string}}]");
            if index.is_multiple_of(2) {
                format!("    S{index}: {{{union}}}")
            } else {
                format!("    S{index}: {{items: {next}}}")
            }
        };
        let schemas: Vec<String> = (0..links).map(schema).collect();
        format!(
            "openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\npaths:\n  /a:\n    get:\n      responses: {{'200': {{description: D., \
             content: {{application/json: {{schema: {{$ref: '#/components/schemas/S0'}}}}}}}}}}\n\
             components:\n  schemas:\n{}\n    S{links}: {{type: {last}}}\n",
            schemas.join("\n")
        )
    };
    let changes = compare(&document("string"), &document("integer"));
    assert_eq!(changes.count(Kind::Breaking), 1, "{}", told(&changes, false));
    assert_eq!(told(&compare(&document("string"), &document("string")), false), "");
}

#[test]
fn no_change_of_a_keyword_is_told_as_none() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mutation/fixtures");
    let (mut count, mut silent) = (0, Vec::new());
    for path in yaml_files(&folder) {
        let root = load(&path);
        let before = text(&root);
        for used in uses(&root).iter().filter(|used| is_chosen(used)) {
            for mutation in mutations(&root, used).into_iter().step_by(5) {
                let after = text(&mutation.root);
                let folder = tempfile::tempdir().unwrap();
                let paths = [("old.json", &before), ("new.json", &after)].map(|(name, text)| {
                    let path = folder.path().join(name);
                    fs::write(&path, text).unwrap();
                    path
                });
                let Ok(changes) = Apis::new(paths.map(Api::new)).diff(&mut |_| {}) else { continue };
                count += 1;
                if changes.changes.is_empty() && root.canonical() != mutation.root.canonical() {
                    silent.push(format!(
                        "{}: {} of {} {}",
                        path.display(),
                        mutation.change,
                        used.pointer(),
                        mutation.part
                    ));
                }
            }
        }
    }
    assert!(count > 300, "{count} mutations");
    assert!(silent.is_empty(), "{} of {count} are told as none:\n{}", silent.len(), silent.join("\n"));
}

/// Whether a use is one of those that are looked at: some of each kind are enough.
fn is_chosen(used: &Use) -> bool {
    used.pointer().len().is_multiple_of(2)
}

/// The documents of the crate `stubwright-accept`, without translated copies and overlays.
fn own_documents() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("accept/documents");
    let found: Vec<PathBuf> = yaml_files(&folder)
        .into_iter()
        .filter(|path| !path.file_stem().unwrap().to_str().unwrap().contains('.'))
        .collect();
    assert!(found.len() > 20, "{} documents", found.len());
    found
}

fn yaml_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")).collect();
    found.sort();
    found
}

/// The real documents of the corpus that are not too large; none, said loudly, where it is not there.
fn corpus() -> Vec<PathBuf> {
    let Some(folder) = env::var_os("STUBWRIGHT_CORPUS") else {
        let _ = writeln!(std::io::stderr(), "SKIPPED: STUBWRIGHT_CORPUS is not set, so that no corpus is compared");
        return Vec::new();
    };
    let entries = fs::read_dir(Path::new(&folder).join("real")).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_file() && path.metadata().is_ok_and(|at| at.len() <= LARGEST)).collect()
}

fn load(path: &Path) -> Node {
    let mut sources = Sources::default();
    let source = sources.add("openapi.yaml", fs::read_to_string(path).unwrap());
    document::load(&sources, source, &mut Sink::default()).unwrap().root
}

fn text(root: &Node) -> String {
    document::to_json(root, &document::Edits::default())
}

/// A document as JSON, after a change.
fn json(path: &Path, change: impl FnOnce(&mut Node)) -> String {
    let mut root = load(path);
    change(&mut root);
    text(&root)
}

fn reverse(node: &mut Node) {
    match &mut node.value {
        Value::Mapping(entries) => {
            entries.reverse();
            for entry in entries {
                reverse(&mut entry.value);
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(reverse),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Changes the texts of operations, responses, named schemas and the document, as the specification places them.
fn reword(node: &mut Node, path: &mut Vec<String>, changed: &mut usize) {
    let Value::Mapping(entries) = &mut node.value else { return };
    for entry in entries {
        path.push(entry.key.text.clone());
        let tokens: Vec<&str> = path.iter().map(String::as_str).collect();
        let is_text = match tokens.as_slice() {
            ["info", "title" | "description"] | ["components", "schemas", _, "title" | "description"] => true,
            ["paths", _, method, "summary" | "description"] => *method != "parameters",
            ["paths", _, _, "responses", status, "description"] => !status.starts_with("x-"),
            _ => false,
        };
        match &mut entry.value.value {
            Value::String(text) if is_text => {
                text.push_str(" And more.");
                *changed += 1;
            }
            Value::Mapping(_) => reword(&mut entry.value, path, changed),
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_) => {}
        }
        path.pop();
    }
}
