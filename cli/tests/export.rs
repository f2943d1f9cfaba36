//! `stubwright export-pages` as a user calls it: what it writes, what it says, how it ends.

#![allow(clippy::unwrap_used, reason = "a test that cannot set up its folder has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const SPEC: &str = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets/{id}:\n    parameters: [{in: path, name: id, required: true}]\n    \
                    get: {summary: Get a pet, responses: {'200': {description: A pet}}}\n    delete: {summary: Delete a pet}\n\
                    components:\n  schemas: {Unused: {}}\n";
const TRANSLATION: &str = "openapi: 3.1.0\ninfo: {title: Tiere, version: '1'}\npaths:\n  /pets/{id}:\n    parameters: [{in: path, name: id, required: true}]\n    \
                           get: {summary: Ein Tier holen, responses: {'200': {description: Ein Tier}}}\n    delete: {summary: Ein Tier löschen}\n";

#[test]
fn pages_are_written_and_read_back() {
    let folder = Folder::new(&[("pets.yaml", SPEC), ("de/pets.yaml", TRANSLATION), ("pets.fr.yaml", TRANSLATION)]);
    let arguments = [
        "export-pages",
        "pets.yaml",
        "--out",
        "docs",
        "--site",
        "https://docs.pets.example/",
        "--language",
        "de",
        "--language",
        "FR",
    ];
    let written = "docs/delete-pets-id.md\ndocs/get-pets-id.md\ndocs/de/delete-pets-id.md\ndocs/de/get-pets-id.md\n\
                   docs/fr/delete-pets-id.md\ndocs/fr/get-pets-id.md\n";
    let empty = "  added: an empty `servers`\n  added: an empty `security`\n";
    let summary = format!(
        "2 pages\n  left out: /components: no operation leads to it\n{empty}2 pages (de)\n{empty}2 pages (fr)\n{empty}"
    );
    assert_ends(&folder.run(&arguments), 0, written, &summary);
    // What is right is left alone.
    assert_ends(&folder.run(&arguments), 0, "", &summary);
    let page = folder.read("docs/de/get-pets-id.md");
    assert!(page.contains("# Ein Tier holen\n") && page.contains("````yaml de/pets.yaml GET /pets/{id}\n"), "{page}");

    let import = folder.run(&["import", "docs", "--out", "again", "--site", "docs.pets.example=pets"]);
    assert_eq!(import.status.code(), Some(0), "{}", String::from_utf8_lossy(&import.stderr));
    assert_eq!(folder.names("again/pets"), ["de", "fr", "pets.pages.yaml", "pets.yaml"]);
    let merged = folder.read("again/pets/pets.yaml");
    assert!(
        merged.contains("    get:\n") && merged.contains("    delete:\n") && !merged.contains("Unused"),
        "{merged}"
    );
    let record = folder.read("again/pets/pets.pages.yaml");
    assert!(record.contains("title: Ein Tier löschen") && record.contains("source: de/delete-pets-id.md"), "{record}");
}

/// The seeds' documents, as pages and back.
#[test]
fn the_seeds_come_back() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let folder = Folder::new(&[]);
    for (spec, languages) in
        [("devin/v2-openapi.yaml", &[][..]), ("devin/v3-openapi.yaml", &["de", "zh"]), ("langwatch/openapi.yaml", &[])]
    {
        let spec_path = specs.join(spec);
        let mut arguments = vec!["export-pages", spec_path.to_str().unwrap(), "--out", spec];
        arguments.extend(languages.iter().flat_map(|language| ["--language", language]));
        assert_eq!(folder.run(&arguments).status.code(), Some(0));
        let (api, name) = spec.split_once('/').unwrap();
        let site = format!("*={api}");
        assert_eq!(folder.run(&["import", spec, "--out", "specs", "--site", &site]).status.code(), Some(0));
        let folders = [String::new()].into_iter().chain(languages.iter().map(|language| format!("{language}/")));
        for path in folders.map(|folder| format!("{api}/{folder}{name}")) {
            assert_eq!(folder.read(&format!("specs/{path}")), fs::read_to_string(specs.join(&path)).unwrap(), "{path}");
        }
    }
}

#[test]
fn a_wrong_call_says_what_is_wrong() {
    let folder = Folder::new(&[("pets.yaml", SPEC), ("pets.txt", SPEC), ("swagger.yaml", "swagger: '2.0'\n")]);
    let output = folder.run(&["export-pages", "none.yaml", "--out", "docs", "--language", "de"]);
    assert_ends(&output, 2, "", "stubwright: none.yaml: no such file\nstubwright: de/none.yaml: no such file\n");
    let output = folder.run(&["export-pages", "pets.txt", "--out", "docs"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("give --file NAME"));
    let output = folder.run(&["export-pages", "swagger.yaml", "--out", "docs"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error[not-openapi]: "));
    for wrong in
        [["--file", "../x.yaml"], ["--file", "https://a.example/x.yaml"], ["--site", "a b"], ["--language", "klingon"]]
    {
        let output = folder.run(&[&["export-pages", "pets.yaml", "--out", "docs"][..], &wrong].concat());
        assert_eq!(output.status.code(), Some(2), "{wrong:?}");
    }
    assert!(!folder.path("docs").exists());
    assert_eq!(
        folder.run(&["export-pages", "pets.txt", "--out", "docs", "--file", "api/x.json"]).status.code(),
        Some(0)
    );
    assert!(folder.read("docs/get-pets-id.md").contains("````yaml api/x.json GET /pets/{id}\n"));
}

#[test]
fn what_is_no_page_is_not_overwritten() {
    let folder = Folder::new(&[("pets.yaml", SPEC), ("docs/get-pets-id.md", "# My notes\n")]);
    let message = "stubwright: docs/get-pets-id.md: is no page with an OpenAPI block, and would be overwritten: move it, or choose another folder\n";
    assert_ends(&folder.run(&["export-pages", "pets.yaml", "--out", "docs"]), 2, "", message);
    assert_eq!((folder.read("docs/get-pets-id.md").as_str(), folder.names("docs").len()), ("# My notes\n", 1));
}

/// A temporary folder that the command runs in.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            fs::create_dir_all(folder.path(name).parent().unwrap()).unwrap();
            fs::write(folder.path(name), text).unwrap();
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn names(&self, name: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(name)).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_stubwright")).current_dir(&self.0).args(arguments).output().unwrap()
    }
}

fn assert_ends(output: &Output, code: i32, data: &str, messages: &str) {
    assert_eq!(String::from_utf8_lossy(&output.stderr), messages);
    assert_eq!(String::from_utf8_lossy(&output.stdout), data);
    assert_eq!(output.status.code(), Some(code));
}
