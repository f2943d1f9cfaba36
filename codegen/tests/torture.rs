//! What other generators were seen to do wrong while they generate, each by the name of the defect.

#![allow(clippy::unwrap_used, reason = "a test that cannot write its files has failed")]

use std::fs;

use stubwright_codegen::{Api, Apis, Failure};

/// The generated files of a document, its first line aside, which names it.
fn generated(document: &str) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("api.yaml");
    fs::write(&path, document).unwrap();
    let out = folder.path().join("out");
    Apis::new([Api::new(&path)]).checked_in(&out).run().unwrap();
    let mut files: Vec<(String, String)> = fs::read_dir(out.join("api"))
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let text = if text.starts_with("// @generated") { text.split_once('\n').unwrap().1 } else { &text };
            (path.file_name().unwrap().to_str().unwrap().to_owned(), text.to_owned())
        })
        .collect();
    files.sort();
    files
}

fn code(document: &str) -> String {
    let files = generated(document);
    let code = files.iter().filter(|(name, _)| name.rsplit('.').next() == Some("rs"));
    code.map(|(_, text)| text.as_str()).collect()
}

/// Without documentation.
fn items(code: &str) -> String {
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn api(description: &str, schema: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: Api, version: '1'}}\npaths:\n  /a:\n    get:\n      operationId: get\n      \
         responses:\n        '200': {{description: '{description}', content: {{application/json: {{schema: \
         {schema}}}}}}}\n"
    )
}

#[test]
fn names_do_not_come_from_prose() {
    let (one, other) = (code(&api("Ok then", "{type: string}")), code(&api("All of it", "{type: string}")));
    assert_ne!(one, other);
    assert_eq!(items(&one), items(&other));
}

#[test]
fn an_unknown_type_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("api.yaml");
    fs::write(&path, api("Ok", "{type: objekt}")).unwrap();
    let strict = Apis::new([Api::new(&path).strict()]).checked_in(folder.path().join("out")).run();
    let Err(Failure::Refused { rendered: report, .. }) = strict else { panic!("a warning is an error when asked for") };
    assert!(report.contains("unknown-type") && report.contains("api.yaml:8"), "{report}");
}

#[test]
fn what_has_no_documentation_has_no_empty_one() {
    let code = code(&api("", "{type: object, properties: {a: {type: string}}}"));
    let lines: Vec<&str> = code.lines().map(str::trim).collect();
    for (index, line) in lines.iter().enumerate().filter(|(_, line)| **line == "///") {
        let has_text = |line: Option<&&str>| line.is_some_and(|line| line.starts_with("/// "));
        assert!(has_text(lines.get(index - 1)) && has_text(lines.get(index + 1)), "line {index}: {line}");
    }
}

#[test]
fn output_has_no_time_and_no_place() {
    let document = api("Ok", "{type: string}");
    assert_eq!(generated(&document), generated(&document));
}

#[test]
fn files_of_other_folders_are_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("schemas")).unwrap();
    let path = folder.path().join("api.yaml");
    fs::write(&path, api("Ok", "{$ref: 'schemas/pet.yaml#/Pet'}")).unwrap();
    fs::write(folder.path().join("schemas/pet.yaml"), "Pet: {type: object, properties: {name: {type: string}}}")
        .unwrap();
    let out = folder.path().join("out");
    Apis::new([Api::new(&path)]).checked_in(&out).run().unwrap();
    assert!(fs::read_to_string(out.join("api/types.rs")).unwrap().contains("pub struct Pet"));
}
