//! A module that uses everything that the intermediate representation has, and one as large as the largest documents.

mod everything;
mod operations;
mod types;

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use crate::document::{Additions, Document, Pointer, load};
use crate::emit::{File, Module, Published, Reach, emit, rows};
use crate::ir::Ir;
use crate::locale::{Text, Texts};
use crate::role::{Role, Roles};
use crate::source::Sources;

const DOCUMENT: &str = r#"{
  "openapi": "3.1.0",
  "info": {"title": "Everything", "version": "1", "description": "At once"},
  "paths": {}
}"#;

fn document(text: &str) -> Document {
    let mut sources = Sources::default();
    let source = sources.add("everything.json".to_owned(), text.to_owned());
    load(&sources, source, &mut crate::diagnostic::Sink::default()).expect("the document is well-formed")
}

/// The files of a module in English and German.
fn files(ir: &Ir, reach: Reach) -> Vec<File> {
    let document = document(DOCUMENT);
    let pointer = Pointer::parse("/info/description").expect("it is a pointer");
    let description = pointer.find(&document.root).expect("the document has it");
    let mut roles = Roles::default();
    roles.mark(description.id, Role::Text);
    let translations = vec![("de".to_owned(), "\"Auf\" einmal".to_owned())];
    let entries = vec![Text { place: description.span, base: "At once".to_owned(), translations }];
    let texts = Texts { languages: vec!["en".to_owned(), "de".to_owned()], entries };
    let rows = rows(&texts, &document, &roles);
    let published = [Published { language: "en".to_owned(), include: "../everything.json".to_owned() }];
    let source = "everything.json";
    let module = Module { ir, languages: &texts.languages, texts: &rows, published: &published, reach, source };
    emit(&module, &document, Additions::default)
}

#[test]
fn everything_is_emitted_as_expected() {
    compare("everything", &files(&everything::ir(), Reach::Unknown));
    compare("prelude", &files(&everything::names_of_the_prelude(), Reach::Public));
}

/// Compares a module with the one that is checked in; `UPDATE=1` writes it.
fn compare(module: &str, files: &[File]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/emit/tests/expected").join(module);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(&folder).expect("the folder can be made");
        for file in files {
            fs::write(folder.join(file.name), &file.text).expect("the file can be written");
        }
    }
    let names: HashSet<String> = fs::read_dir(&folder)
        .expect("the folder can be read")
        .map(|entry| entry.expect("the folder can be read").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(
        names,
        files.iter().map(|file| file.name.to_owned()).collect(),
        "{module}: UPDATE=1 writes what is missing"
    );
    for file in files {
        let expected = fs::read_to_string(folder.join(file.name)).expect("the file can be read");
        assert_eq!(file.text, expected, "{module}/{}: UPDATE=1 rewrites it", file.name);
    }
}

#[test]
fn every_file_is_rust() {
    for reach in [Reach::Public, Reach::Unknown] {
        for ir in [everything::ir(), everything::nothing(), everything::names_of_the_prelude()] {
            let files = files(&ir, reach);
            let rust: Vec<&File> = files.iter().filter(|file| !file.name.contains(".json")).collect();
            assert!(rust.len() >= 3, "{}", rust.len());
            for file in rust {
                let parsed = syn::parse_file(&file.text);
                assert!(parsed.is_ok(), "{}: {:?}\n{}", file.name, parsed.err(), file.text);
            }
        }
    }
}

#[test]
fn names_of_the_prelude_are_spelled_out() {
    let files = files(&everything::names_of_the_prelude(), Reach::Public);
    let text = |name: &str| &files.iter().find(|file| file.name == name).expect("the file is emitted").text;
    assert!(
        text("types.rs").contains("pub next: std::option::Option<std::boxed::Box<Option>>,"),
        "{}",
        text("types.rs")
    );
    assert!(text("types.rs").contains("pub any: stubwright::codegen::Value,"), "{}", text("types.rs"));
    assert!(text("json.rs").contains("default(std::string::String::new()) \"text\""), "{}", text("json.rs"));
    let traits = text("traits.rs");
    assert!(traits.contains("pub trait Send: std::marker::Send + Sync + 'static {"), "{traits}");
    assert!(traits.contains("context: stubwright::Context<()>,"), "{traits}");
    let operations = text("operations.rs");
    assert!(operations.contains("response! { IntoResponse {"), "{operations}");
}

#[test]
fn a_document_without_anything_has_few_files() {
    let files = files(&everything::nothing(), Reach::Public);
    let names: Vec<&str> = files.iter().map(|file| file.name).collect();
    assert_eq!(names, ["mod.rs", "router.rs", "texts.rs", "document.json"]);
}

#[test]
fn a_large_module_takes_little_time() {
    let ir = everything::large(10_000, 8, 1_000);
    let start = std::time::Instant::now();
    let files = files(&ir, Reach::Public);
    let time = start.elapsed();
    let lines: Vec<(&str, usize)> = files.iter().map(|file| (file.name, file.text.lines().count())).collect();
    assert_eq!(files[6].name, "types.rs");
    assert_eq!(lines[6].1, 3 + 10_000 * (5 + 2 * 8), "{lines:?}");
    // It takes a tenth of it; a busy machine takes longer.
    assert!(time < std::time::Duration::from_secs(10), "{time:?} {lines:?}");
}
