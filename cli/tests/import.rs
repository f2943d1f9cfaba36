//! `stubwright import` as a user calls it: what it writes, what it says, how it ends.

#![allow(clippy::unwrap_used, reason = "a test that cannot set up its folder has failed")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const PAGE: &str = "> at: https://docs.pets.example/llms.txt\n\n# Get a pet\n\n## OpenAPI\n\n\
                    ````yaml /pets.yaml GET /pet\nopenapi: 3.1.0\npaths:\n  /pet:\n    get: {}\n\n````";
const DOCUMENT: &str = "openapi: 3.1.0\npaths:\n  /pet:\n    get: {}\n";
const SITES: &str = "docs.pets.example: {api: pets}\n";
const SUMMARY: &str = "pets/pets.yaml (en): 1 page, 1 operation\nPages never hold components that no operation refers to, \
                       `externalDocs` and extensions of the document itself: what else the documents had is not known.\n";
const WRITTEN: &str = "out/pets/pets.pages.yaml\nout/pets/pets.yaml\n";

#[test]
fn the_pages_of_the_project_give_its_specs() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let pages: Vec<_> = fs::read_dir(specs.join("pages"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    assert!(pages.len() >= 5);
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("new/specs");
    let run = |arguments: &[&str]| {
        let mut command = command();
        command.arg("import").args(&pages).args(arguments).output().unwrap()
    };
    assert_ends(&run(&["--check", "--out", specs.to_str().unwrap()]), 0, "", "");

    let output = run(&["--out", out.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    let written = String::from_utf8(output.stdout).unwrap();
    assert_eq!(written.lines().count(), 8);
    for path in written.lines() {
        let spec = specs.join(Path::new(path).strip_prefix(&out).unwrap());
        assert_eq!(fs::read(path).unwrap(), fs::read(spec).unwrap(), "{path}");
    }
    // What is right is left alone.
    let again = run(&["--out", out.to_str().unwrap()]);
    assert_eq!((again.status.code(), again.stdout), (Some(0), Vec::new()));
    let summary = String::from_utf8(again.stderr).unwrap();
    assert!(summary.contains("  DELETE /api/api-keys/{id}: in prose alone: `organization:manage`\n"), "{summary}");
    // The folder is as good as its files.
    let folder = command().arg("import").arg(specs.join("pages")).arg("--out").arg(&specs).arg("--check").output();
    assert_ends(&folder.unwrap(), 0, "", "");
}

#[test]
fn only_what_differs_is_written() {
    let folder = Folder::new(&[("page.md", PAGE), ("sites.yaml", SITES)]);
    assert_ends(&folder.run(&["page.md", "--out", "out"]), 0, WRITTEN, SUMMARY);
    assert_eq!(folder.read("out/pets/pets.yaml"), DOCUMENT);
    let before = fs::metadata(folder.path("out/pets/pets.yaml")).unwrap().modified().unwrap();
    assert_ends(&folder.run(&["page.md", "--out", "out"]), 0, "", SUMMARY);
    assert_eq!(fs::metadata(folder.path("out/pets/pets.yaml")).unwrap().modified().unwrap(), before);

    fs::write(folder.path("out/pets/pets.yaml"), "edited").unwrap();
    assert_ends(&folder.run(&["page.md", "--out", "out"]), 0, "out/pets/pets.yaml\n", SUMMARY);
    assert_eq!(folder.read("out/pets/pets.yaml"), DOCUMENT);
    assert_eq!(folder.files("out/pets"), ["pets.pages.yaml", "pets.yaml"]);
}

#[test]
fn check_writes_nothing_and_names_the_command() {
    let folder = Folder::new(&[("my page.md", PAGE), ("list.yaml", "")]);
    let arguments = ["my page.md", "--out", "out", "--site", "docs.pets.example=pets", "--check"];
    let command = "stubwright: run `stubwright import 'my page.md' --out out --site docs.pets.example=pets`\n";
    let expected = format!(
        "stubwright: out/pets/pets.pages.yaml: is not there (5 lines)\nstubwright: out/pets/pets.yaml: is not there (4 lines)\n{command}"
    );
    assert_ends(&folder.run(&arguments), 1, "", &expected);
    assert!(!folder.path("out").exists());
    assert_ends(&folder.run(&arguments[..5]), 0, WRITTEN, SUMMARY);
    assert_ends(&folder.run(&arguments), 0, "", "");

    fs::write(folder.path("out/pets/pets.yaml"), "openapi: 3.1.0\npaths:\n  /cat:\n  /dog:\n    get: {}\n").unwrap();
    let expected = format!(
        "stubwright: out/pets/pets.yaml: is not what its pages say, from line 3 on\n-   /cat:\n-   /dog:\n+   /pet:\n{command}"
    );
    assert_ends(&folder.run(&arguments), 1, "", &expected);
}

#[test]
fn nothing_is_written_unless_every_page_is_right() {
    let folder = Folder::new(&[("page.md", PAGE), ("prose.md", "# Pets\n"), ("sites.yaml", SITES)]);
    let output = folder.run(&["page.md", "prose.md", "--out", "out"]);
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.starts_with("error[no-openapi-block]: the page has no OpenAPI block\n --> prose.md:1:3\n"),
        "{message}"
    );
    assert!(message.ends_with("\n1 error\n"), "{message}");
    assert!(!folder.path("out").exists());
}

#[test]
fn nothing_is_written_unless_every_file_can_be() {
    let other = PAGE.replace("/pets.yaml", "/more.yaml");
    let folder = Folder::new(&[("page.md", PAGE), ("other.md", &other), ("sites.yaml", SITES)]);
    fs::create_dir_all(folder.path("out/pets/pets.yaml")).unwrap();
    let output = folder.run(&["page.md", "other.md", "--out", "out"]);
    assert_ends(&output, 2, "", "stubwright: out/pets/pets.yaml: is a folder\n");
    assert_eq!(folder.files("out/pets"), ["pets.yaml"]);

    let folder = Folder::new(&[("page.md", PAGE), ("sites.yaml", SITES), ("out", "a file")]);
    let output = folder.run(&["page.md", "--out", "out"]);
    let expected = ["pets.pages.yaml", "pets.yaml"]
        .map(|name| format!("stubwright: out/pets/{name}: a part of the path is not a folder\n"));
    assert_ends(&output, 2, "", &expected.concat());
}

#[test]
fn files_that_cannot_be_read_are_all_named() {
    let folder = Folder::new(&[("page.md", PAGE)]);
    let output = folder.run(&["none.md", "other.md", "page.md", "--out", "out", "--sites", "none.yaml"]);
    let expected = "stubwright: none.md: no such file\n\
                    stubwright: other.md: no such file\n\
                    stubwright: none.yaml: no such file\n";
    assert_ends(&output, 2, "", expected);
    assert!(!folder.path("out").exists());
}

#[test]
fn a_wrong_call_ends_with_two() {
    let folder = Folder::new(&[("page.md", PAGE)]);
    let calls: [&[&str]; 6] = [
        &[],
        &["page.md"],
        &["--out", "out"],
        &["page.md", "--out", "out", "--site", "pets"],
        &["page.md", "--out", "out", "--site", "docs.pets.example=../pets"],
        &["page.md", "--out", "out", "--unknown"],
    ];
    for arguments in calls {
        let output = folder.run(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
    assert!(!folder.path("out").exists());
}

#[test]
fn a_file_that_is_no_text_is_refused_with_its_place() {
    let folder = Folder::new(&[("page.md", PAGE), ("sites.yaml", SITES)]);
    fs::write(folder.path("latin.md"), b"# Caf\xe9\n").unwrap();
    let output = folder.run(&["latin.md", "page.md", "--out", "out"]);
    let expected = "\
error[encoding]: the file is not UTF-8 text: byte 0xe9 at offset 5
 --> latin.md:1:6
  |
1 | # Caf\u{fffd}
  |      ^

1 error
";
    assert_ends(&output, 1, "", expected);
    assert!(!folder.path("out").exists());
}

#[test]
fn a_site_that_is_not_listed_is_shown_with_the_line_to_add() {
    let folder = Folder::new(&[("page.md", PAGE)]);
    let output = folder.run(&["page.md", "--out", "out"]);
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("help: add `docs.pets.example: {api: NAME}` to sites.yaml"), "{message}");
    let output = folder.run(&["page.md", "--out", "out", "--site", "docs.pets.example=p"]);
    let written = "out/p/pets.pages.yaml\nout/p/pets.yaml\n";
    assert_ends(&output, 0, written, &SUMMARY.replacen("pets/", "p/", 1));
    assert_eq!(folder.run(&["page.md", "--out", "all", "--site", "*=p"]).status.code(), Some(0));
    assert_eq!(folder.files("all/p").len(), 2);
}

#[test]
fn folders_are_searched_for_pages() {
    let other = PAGE.replace("/pet", "/dog").replace("/dogs.yaml", "/pets.yaml");
    let folder = Folder::new(&[("sites.yaml", SITES), ("guide.md", "# A guide\n"), ("code.rs", PAGE)]);
    fs::create_dir_all(folder.path("deep/er")).unwrap();
    fs::create_dir(folder.path(".hidden")).unwrap();
    fs::write(folder.path("deep/er/pet.MDX"), PAGE).unwrap();
    fs::write(folder.path("deep/all.txt"), &other).unwrap();
    fs::write(folder.path(".hidden/pet.md"), "## OpenAPI\n").unwrap();
    let output = folder.run(&[".", "deep/all.txt", "--out", "out"]);
    assert_ends(&output, 0, WRITTEN, &SUMMARY.replace("1 page, 1 operation", "2 pages, 2 operations"));
    let merged = "openapi: 3.1.0\npaths:\n  /dog:\n    get: {}\n  /pet:\n    get: {}\n";
    assert_eq!(folder.read("out/pets/pets.yaml"), merged);
    let record = folder.read("out/pets/pets.pages.yaml");
    assert!(record.contains("source: deep/all.txt") && record.contains("source: deep/er/pet.MDX"), "{record}");
}

#[test]
fn programs_get_json() {
    let webhook = PAGE.replace("GET /pet", "webhook adopted").replace("  /pet:\n    get: {}\n", "  {}\n");
    let folder = Folder::new(&[("page.md", PAGE), ("webhook.md", &webhook), ("sites.yaml", SITES)]);
    let run = |arguments: &[&str]| {
        let output = folder.run(&[&["page.md", "webhook.md", "--out", "out", "--format", "json"], arguments].concat());
        assert!(output.stderr.is_empty() || arguments == ["--check"], "{}", String::from_utf8_lossy(&output.stderr));
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        (output.status.code(), value)
    };
    let (code, checked) = run(&["--check"]);
    assert_eq!((code, checked["files"][1]["state"].as_str()), (Some(1), Some("new")));
    let (code, found) = run(&[]);
    assert_eq!((code, &found["files"]), (Some(0), &checked["files"]));
    assert_eq!(run(&[]).1["files"][1]["state"], "unchanged");
    let document = &found["documents"][0];
    assert_eq!((document["pages"].as_u64(), document["operations"].as_u64()), (Some(2), Some(1)));
    assert_eq!(document["lostWebhooks"], serde_json::json!(["adopted"]));
    assert_eq!((found["form"].as_u64(), found["documents"].as_array().unwrap().len()), (Some(1), 1));
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out_of_the_folder() {
    let folder = Folder::new(&[("page.md", PAGE), ("sites.yaml", SITES)]);
    fs::create_dir(folder.path("out")).unwrap();
    fs::create_dir(folder.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink(folder.path("elsewhere"), folder.path("out/pets")).unwrap();
    let output = folder.run(&["page.md", "--out", "out"]);
    let message = "stubwright: out/pets: is a link, and may lead out of the output folder\n";
    assert_ends(&output, 2, "", &message.repeat(2));
    assert_eq!(folder.files("elsewhere").len(), 0);
}

/// A temporary folder that the command runs in.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
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

    fn files(&self, name: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(name)).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn run(&self, arguments: &[&str]) -> Output {
        command().current_dir(&self.0).arg("import").args(arguments).output().unwrap()
    }
}

fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_stubwright"))
}

fn assert_ends(output: &Output, code: i32, data: &str, messages: &str) {
    assert_eq!(String::from_utf8_lossy(&output.stderr), messages);
    assert_eq!(String::from_utf8_lossy(&output.stdout), data);
    assert_eq!(output.status.code(), Some(code));
}

#[test]
fn a_folder_without_pages_is_no_success() {
    let folder = Folder::new(&[]);
    fs::create_dir(folder.path("empty")).unwrap();
    fs::write(folder.path("empty/notes.md"), "# Notes\n\nNothing.\n").unwrap();
    let expected = "stubwright: there is no page with an OpenAPI block in empty: files that end in .md, .mdx and .txt are looked at\n";
    for arguments in [&["empty", "--out", "out"][..], &["empty", "--out", "out", "--check"]] {
        assert_ends(&folder.run(arguments), 1, "", expected);
    }
}
