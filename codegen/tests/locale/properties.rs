//! What holds for every document and every single change of a copy.

#![allow(clippy::print_stderr, reason = "a skipped test must be seen")]

use std::fs;
use std::path::{Path, PathBuf};

use stubwright_codegen::{
    Api, Apis, LocaleReport,
    diagnostic::{Code, Sink},
    document::{self, Document, Edits, Node, Pointer, Value},
    locale::State,
    source::Sources,
};

/// How many copies are made of one document for each kind of change.
const COPIES: usize = 10;

/// A document with one change.
struct Changed {
    pointer: Pointer,
    text: String,
}

#[test]
fn one_change_is_one_difference() {
    let (mut documents, mut copies) = (0, 0);
    for path in documents_of_all_kinds() {
        let folder = tempfile::tempdir().unwrap();
        let base = load(&path);
        let base_path = folder.path().join("base.json");
        fs::write(&base_path, json(&base.root)).unwrap();
        // What is refused has no translations.
        let same = [Changed { pointer: Pointer::root(), text: json(&base.root) }];
        let Some(report) = report(&base_path, folder.path(), &same) else { continue };
        assert!(
            report.languages[0].differences.is_empty(),
            "{}: {:?}",
            path.display(),
            report.languages[0].differences
        );
        let texts: Vec<&Pointer> = report.languages[0].texts.iter().map(|text| &text.pointer).collect();
        documents += 1;

        let nodes = nodes(&base.root);
        let is_text = |pointer: &Pointer| texts.contains(&pointer);
        let scalars = sampled(nodes.iter().filter(|(pointer, node)| is_scalar(node) && !is_text(pointer)));
        let words = sampled(nodes.iter().filter(|(pointer, _)| is_text(pointer)));
        let parts = sampled(nodes.iter().filter(|(pointer, _)| !pointer.tokens().is_empty()));
        for (kind, changed) in [
            (
                Kind::Scalar,
                copies_with(&base, &scalars, &|node| Some(Node { value: other(&node.value), ..node.clone() })),
            ),
            (
                Kind::Words,
                copies_with(&base, &words, &|node| Some(Node { value: translated(&node.value), ..node.clone() })),
            ),
            (Kind::Removed, copies_with(&base, &parts, &|_| None)),
        ] {
            if changed.is_empty() {
                continue;
            }
            let report = self::report(&base_path, folder.path(), &changed).expect("the base was read before");
            for (language, changed) in report.languages.iter().zip(&changed) {
                copies += 1;
                let codes: Vec<Code> = language.differences.iter().map(|difference| difference.code).collect();
                let said: Vec<&str> = language.differences.iter().map(|difference| &*difference.message).collect();
                let place = format!("{} {kind:?} {}: {said:?}", path.display(), changed.pointer);
                match kind {
                    Kind::Words => {
                        assert_eq!(codes, [], "{place}");
                        assert_eq!(language.count(State::Translated), 1, "{place}");
                    }
                    Kind::Scalar | Kind::Removed => {
                        assert_eq!(codes.len(), 1, "{place}");
                        assert!(kind == Kind::Removed || codes[0] != Code::MissingTranslation, "{place}");
                    }
                }
            }
        }
    }
    assert!(documents >= 60 && copies >= 1200, "{documents} documents, {copies} copies");
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Scalar,
    Words,
    Removed,
}

fn report(base: &Path, folder: &Path, copies: &[Changed]) -> Option<LocaleReport> {
    let mut api = Api::new(base);
    for (index, copy) in copies.iter().enumerate() {
        let path = folder.join(format!("{index}.json"));
        fs::write(&path, &copy.text).unwrap();
        api = api.translation(format!("de-x-{index:03}"), path);
    }
    Apis::new([api]).locales().ok()
}

/// The documents of the acceptance tests and the seeds, and some of the corpus, where it is there.
fn documents_of_all_kinds() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = vec![root.join("../specs/devin/v3-openapi.yaml"), root.join("../specs/langwatch/openapi.yaml")];
    paths.extend(
        files(&root.join("accept/documents"))
            .into_iter()
            .filter(|path| !path.file_stem().is_some_and(|stem| stem.to_string_lossy().contains('.'))),
    );
    match std::env::var_os("STUBWRIGHT_CORPUS") {
        Some(corpus) => {
            let small = files(&Path::new(&corpus).join("real"));
            let small = small.into_iter().filter(|path| fs::metadata(path).is_ok_and(|file| file.len() < 60_000));
            paths.extend(small.step_by(3).take(12));
        }
        None => eprintln!("SKIPPED: STUBWRIGHT_CORPUS is not set, so no document of the corpus was changed"),
    }
    paths
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.is_file());
    paths.sort();
    paths
}

fn load(path: &Path) -> Document {
    let mut sources = Sources::default();
    let source = sources.add("x", fs::read_to_string(path).unwrap());
    document::load(&sources, source, &mut Sink::default()).unwrap()
}

fn json(node: &Node) -> String {
    document::to_json(node, &Edits::default())
}

/// Every node with its pointer.
fn nodes(root: &Node) -> Vec<(Pointer, Node)> {
    let mut found = Vec::new();
    let mut left = vec![(Pointer::root(), root)];
    while let Some((pointer, node)) = left.pop() {
        match &node.value {
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
            Value::Sequence(items) => {
                left.extend(items.iter().enumerate().map(|(index, item)| (pointer.child(index.to_string()), item)));
            }
            Value::Mapping(entries) => {
                left.extend(entries.iter().map(|entry| (pointer.child(entry.key.text.as_str()), &entry.value)));
            }
        }
        found.push((pointer, node.clone()));
    }
    found
}

/// Some of them, from all over the document.
fn sampled<'node>(nodes: impl Iterator<Item = &'node (Pointer, Node)>) -> Vec<&'node (Pointer, Node)> {
    let nodes: Vec<_> = nodes.collect();
    nodes.iter().step_by(nodes.len().div_ceil(COPIES).max(1)).copied().collect()
}

fn is_scalar(node: &Node) -> bool {
    !matches!(node.value, Value::Mapping(_) | Value::Sequence(_))
}

/// Copies of a document, each with another node changed, or taken out.
fn copies_with(base: &Document, nodes: &[&(Pointer, Node)], change: &dyn Fn(&Node) -> Option<Node>) -> Vec<Changed> {
    let copy = |(pointer, node): &&(Pointer, Node)| {
        let mut root = base.root.clone();
        put(&mut root, pointer.tokens(), change(node));
        Changed { pointer: pointer.clone(), text: json(&root) }
    };
    nodes.iter().map(copy).collect()
}

fn put(node: &mut Node, tokens: &[String], new: Option<Node>) {
    match (&mut node.value, tokens) {
        (_, []) => *node = new.expect("the root is never taken out"),
        (Value::Mapping(entries), [key, rest @ ..]) => {
            let index = entries.iter().position(|entry| entry.key.text == *key).unwrap();
            match (rest, new) {
                ([], None) => _ = entries.remove(index),
                (rest, new) => put(&mut entries[index].value, rest, new),
            }
        }
        (Value::Sequence(items), [index, rest @ ..]) => {
            let index: usize = index.parse().unwrap();
            match (rest, new) {
                ([], None) => _ = items.remove(index),
                (rest, new) => put(&mut items[index], rest, new),
            }
        }
        (Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_), _) => {
            unreachable!("the pointer leads on")
        }
    }
}

/// Another value of the same kind, where there is one.
fn other(value: &Value) -> Value {
    match value {
        Value::Boolean(value) => Value::Boolean(!value),
        Value::Number(digits) => Value::Number(format!("1{digits}").replace("1-", "-1").into()),
        Value::String(text) => Value::String(format!("{text}x")),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) => Value::Boolean(true),
    }
}

/// The same text with one word more.
fn translated(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(format!("Wort {text}")),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::Sequence(_) | Value::Mapping(_) => {
            unreachable!("a text is a string")
        }
    }
}
