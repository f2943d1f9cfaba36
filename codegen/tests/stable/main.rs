//! Equal input gives equal bytes, and a change of a document changes what it is about and nothing else.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its fixtures has failed")]

mod additions;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use stubwright_codegen::{
    Input, NoFiles, Options, Published, Reach, TranslationInput,
    diagnostic::{Code, Sink},
    document::{self, Node},
    generate,
    render::render_all,
    source::Sources,
};

#[test]
fn generating_twice_gives_equal_bytes() {
    for path in documents() {
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(differing(&files(&text, &[]), &files(&text, &[])), [""; 0], "{}", path.display());
    }
}

#[test]
fn yaml_and_json_give_equal_code() {
    for path in documents() {
        let yaml = files(&fs::read_to_string(&path).unwrap(), &[]);
        let json = files(&as_json(&path, |_| ()), &[]);
        assert_eq!(differing(&yaml, &json), [""; 0], "{}", path.display());
    }
}

#[test]
fn a_changed_translation_changes_the_texts_only() {
    let [base, german, chinese] = ["", ".de", ".zh"].map(translated);
    let before = files(&base, &[("de", &german), ("zh", &chinese)]);
    let changed = german.replace("Alle Tiere nennen", "Alle Tiere auflisten");
    assert_ne!(changed, german);
    let after = files(&base, &[("de", &changed), ("zh", &chinese)]);
    assert_eq!(differing(&before, &after), ["texts.rs"]);
    let lines = |files: &BTreeMap<String, String>| files["texts.rs"].lines().map(str::to_owned).collect::<Vec<_>>();
    let changed = lines(&before).iter().zip(&lines(&after)).filter(|(one, other)| one != other).count();
    assert_eq!(changed, 1);
}

#[test]
fn the_code_is_the_same_whichever_translations_exist() {
    let [base, german, chinese] = ["", ".de", ".zh"].map(translated);
    let both = files(&base, &[("de", &german), ("zh", &chinese)]);
    let swapped = files(&base, &[("zh", &chinese), ("de", &german)]);
    let alone = files(&base, &[]);
    assert_eq!(differing(&both, &swapped), ["texts.rs"]);
    // Texts that are not translated stand in the document itself.
    assert_eq!(differing(&both, &alone), ["document.json", "texts.rs"]);
    // The table holds the same texts, in another order.
    let sorted = |files: &BTreeMap<String, String>| {
        let mut characters: Vec<char> = files["texts.rs"].chars().collect();
        characters.sort_unstable();
        characters
    };
    assert_eq!(sorted(&both), sorted(&swapped));
}

#[test]
fn the_code_is_the_same_whichever_language_is_the_base() {
    let seed = |name: &str| fs::read_to_string(folder().join("../../../specs/devin").join(name)).unwrap();
    let seeds = ["v3-openapi.yaml", "de/v3-openapi.yaml", "zh/v3-openapi.yaml"].map(seed);
    for [base, german, chinese] in [["", ".de", ".zh"].map(translated), seeds] {
        let code = |files: &BTreeMap<String, String>| -> BTreeMap<String, String> {
            let is_code = |line: &&str| !line.trim_start().starts_with("///");
            // What is in them is text.
            let files = files.iter().filter(|(name, _)| !matches!(name.as_str(), "texts.rs" | "document.json"));
            files.map(|(name, text)| (name.clone(), text.lines().filter(is_code).collect())).collect()
        };
        let english = files(&base, &[("de", &german), ("zh", &chinese)]);
        for other in [
            files(&german, &[("de", &base), ("zh", &chinese)]),
            files(&chinese, &[("zh", &german), ("de", &base)]),
            files(&german, &[]),
        ] {
            assert_eq!(differing(&code(&english), &code(&other)), [""; 0]);
        }
    }
}

#[test]
fn a_changed_base_text_changes_documentation_only() {
    let [base, german] = ["", ".de"].map(translated);
    let changed = base.replace("List all pets", "Name all pets");
    assert_ne!(changed, base);
    let of = |base: &str| files(base, &[("de", &german)]);
    assert_eq!(differing(&of(&base), &of(&changed)), ["texts.rs", "traits.rs"]);
    let (before, after) = (files(&base, &[]), files(&changed, &[]));
    assert_eq!(differing(&before, &after), ["document.json", "traits.rs"]);
    let code = |files: &BTreeMap<String, String>| {
        let lines = files["traits.rs"].lines().filter(|line| !line.trim_start().starts_with("///"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(code(&before), code(&after));
}

/// The generated files by name.
fn files(base: &str, translations: &[(&str, &str)]) -> BTreeMap<String, String> {
    let mut sources = Sources::default();
    let base = sources.add("openapi.yaml", base);
    let mut published = vec![published("en")];
    let mut copies: Vec<TranslationInput> = Vec::new();
    for &(language, text) in translations {
        let name = format!("openapi.{language}.yaml");
        let source = sources.add(name.as_str(), text);
        copies.push(TranslationInput { language: language.to_owned(), source, path: PathBuf::from(name) });
        published.push(self::published(language));
    }
    let input = Input {
        base,
        path: PathBuf::new(),
        urls: Vec::new(),
        language: "en".to_owned(),
        translations: copies,
        overlays: Vec::new(),
        drift: stubwright_codegen::locale::Drift::default(),
        published,
        reach: Reach::Unknown,
        options: Options::default(),
    };
    let mut sink = Sink::default();
    let output = generate(&mut sources, &input, &mut NoFiles, &mut sink);
    let diagnostics = sink.into_diagnostics();
    let rendered = || render_all(&sources, &diagnostics, &Code::severity, false);
    let output = output.unwrap_or_else(|_| panic!("{}", rendered()));
    output.files.into_iter().map(|file| (file.name.to_owned(), file.text)).collect()
}

fn published(language: &str) -> Published {
    Published { language: language.to_owned(), include: format!("openapi.{language}.yaml") }
}

fn differing(one: &BTreeMap<String, String>, other: &BTreeMap<String, String>) -> Vec<String> {
    one.keys().filter(|name| one[*name] != other[*name]).cloned().collect()
}

/// A document as JSON, after a change.
fn as_json(path: &Path, change: impl FnOnce(&mut Node)) -> String {
    let mut root = parse(&fs::read_to_string(path).unwrap());
    change(&mut root);
    document::to_json(&root, &document::Edits::default())
}

fn parse(text: &str) -> Node {
    let mut sources = Sources::default();
    let source = sources.add("openapi.yaml", text);
    document::load(&sources, source, &mut Sink::default()).unwrap().root
}

/// The documents of the crate `stubwright-accept`, without the translated copies.
fn documents() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut documents: Vec<PathBuf> =
        entries.filter(|path| !path.file_stem().unwrap().to_str().unwrap().contains('.')).collect();
    documents.sort();
    assert!(documents.len() > 20, "{} documents", documents.len());
    documents
}

fn translated(language: &str) -> String {
    fs::read_to_string(folder().join(format!("translated{language}.yaml"))).unwrap()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("accept/documents")
}
