//! `stubwright overlay` as a user calls it, and `--overlay` of the other commands.

#![allow(clippy::unwrap_used, reason = "a test that cannot set up its folder has failed")]

mod support;

use support::Folder;

const BASE: &str = "\
# Pets, and no owners.
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get: # all of them
      operationId: listPets
      responses:
        '200': {description: The pets.}
";

const OVERLAY: &str = "\
overlay: 1.1.0
info: {title: What is known beyond, version: 1.0.0}
extends: pets.yaml
actions:
- target: $.paths['/pets'].get.responses
  update:
    '404': {description: There are none.}
";

const EFFECTIVE: &str = "\
# Pets, and no owners.
openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get: # all of them
      operationId: listPets
      responses:
        '200': {description: The pets.}
        '404':
          description: There are none.
";

fn folder() -> Folder {
    Folder::new(&[("pets.yaml", BASE), ("pets.overlay.yaml", OVERLAY)])
}

#[test]
fn the_effective_document_goes_where_it_is_wanted() {
    let folder = folder();
    assert_eq!(folder.run("overlay pets.yaml pets.overlay.yaml").done(), EFFECTIVE);
    assert_eq!(folder.run("overlay pets.yaml pets.overlay.yaml --out new/out.yaml").done(), "new/out.yaml\n");
    assert_eq!(folder.read("new/out.yaml"), EFFECTIVE);
    // What is right is left alone.
    assert_eq!(folder.run("overlay pets.yaml pets.overlay.yaml --out new/out.yaml").done(), "");
    assert_eq!(folder.run("overlay pets.yaml pets.overlay.yaml --out new/out.yaml --check").done(), "");
}

#[test]
fn an_overlay_alone_finds_its_document() {
    let folder = folder();
    assert_eq!(folder.run("overlay pets.overlay.yaml").done(), EFFECTIVE);
    folder.write("a/b.yaml", &OVERLAY.replace("pets.yaml", "../pets.yaml"));
    assert_eq!(folder.run("overlay a/b.yaml").done(), EFFECTIVE);
    folder.write("url.yaml", &OVERLAY.replace("pets.yaml", "https://example.com/v1/pets.yaml"));
    let message = folder.run("overlay url.yaml").failed(2);
    assert_eq!(
        message,
        "stubwright: url.yaml: it extends https://example.com/v1/pets.yaml: name the document before it, or a file with \
         `--map https://example.com/v1/pets.yaml=FILE`\n"
    );
    assert_eq!(folder.run("overlay url.yaml --map https://example.com/v1/pets.yaml=pets.yaml").done(), EFFECTIVE);
    // A copy of what is published there.
    assert_eq!(folder.run("overlay pets.yaml url.yaml").done(), EFFECTIVE);
    folder.write("none.yaml", &OVERLAY.replace("extends: pets.yaml\n", ""));
    let message = folder.run("overlay none.yaml").failed(2);
    assert!(message.contains("it does not say which document it extends"), "{message}");
    folder.write("gone.yaml", &OVERLAY.replace("pets.yaml", "gone/pets.yaml"));
    assert_eq!(folder.run("overlay gone.yaml").failed(2), "stubwright: gone/pets.yaml: no such file\n");
    assert!(folder.run("overlay pets.yaml").failed(2).contains("name an overlay behind the document"));
}

#[test]
fn check_writes_nothing() {
    let folder = folder();
    let message = folder.run("overlay pets.overlay.yaml --out out.yaml --check").failed(1);
    assert_eq!(message, "stubwright: out.yaml is not the effective document. Without `--check` it is written\n");
    assert!(!folder.path("out.yaml").exists());
    assert!(folder.run("overlay pets.overlay.yaml --check").failed(2).contains("--out"));
}

#[test]
fn a_wrong_overlay_writes_nothing() {
    let folder = folder();
    folder.write("wrong.yaml", &OVERLAY.replace("$.paths['/pets']", "$.paths./pets"));
    let message = folder.run("overlay pets.yaml wrong.yaml --out out.yaml").failed(1);
    assert!(message.starts_with("error[invalid-target]: "), "{message}");
    assert!(message.contains("--> wrong.yaml:5:19"), "{message}");
    assert!(!folder.path("out.yaml").exists());
    // All overlays are looked at.
    folder.write("other.yaml", "overlay: 2.0.0\ninfo: {title: A, version: '1'}\nactions: []\n");
    let message = folder.run("overlay pets.yaml wrong.yaml other.yaml").failed(1);
    assert!(message.contains("wrong.yaml:5") && message.contains("other.yaml:1"), "{message}");
}

#[test]
fn warnings_are_shown_and_strict_makes_them_errors() {
    let folder = folder();
    folder.write("owners.yaml", BASE);
    let arguments = "overlay owners.yaml pets.overlay.yaml";
    let run = folder.run(arguments);
    assert_eq!((run.data().as_str(), run.code()), (EFFECTIVE, Some(0)));
    assert!(run.messages().starts_with("warning[other-base]: the overlay is made for another document\n"));
    let message = folder.run(&format!("{arguments} --strict --out out.yaml")).failed(1);
    assert!(message.contains("[other-base]"), "{message}");
    assert!(!folder.path("out.yaml").exists());
}

#[test]
fn json_stays_json() {
    let folder = folder();
    folder.write("pets.json", "{\n  \"info\": {\"title\": \"Pets\"}\n}");
    folder.write(
        "patch.json",
        r#"{"overlay": "1.0.0", "info": {"title": "A", "version": "1"},
        "actions": [{"target": "$", "update": {"paths": {}}}]}"#,
    );
    let expected = "{\n  \"info\": {\"title\": \"Pets\"},\n  \"paths\": {}\n}";
    assert_eq!(folder.run("overlay pets.json patch.json").done(), expected);
}

#[test]
fn commands_read_a_document_with_its_overlays() {
    let folder = folder();
    let german = |text: &str| {
        let texts = [("The pets.", "Die Tiere."), ("There are none.", "Es gibt keine.")];
        texts.iter().fold(text.to_owned(), |text, (english, german)| text.replace(english, german))
    };
    folder.write("pets.de.yaml", &german(BASE));
    folder.write("pets.overlay.de.yaml", &german(OVERLAY));
    let overlays =
        "--overlay pets.overlay.yaml --overlay-translation de=pets.overlay.de.yaml --translation de=pets.de.yaml";
    assert!(folder.run(&format!("generate pets.yaml --out api {overlays}")).done().contains("api/pets/texts.rs"));
    assert!(folder.read("api/pets/operations.rs").contains("/// 404: There are none."));
    assert!(folder.read("api/pets/texts.rs").contains("(\"de\", \"Es gibt keine.\")"));
    let report = folder.run(&format!("report pets.yaml {overlays}")).done();
    for file in ["pets.yaml", "pets.de.yaml", "pets.overlay.yaml", "pets.overlay.de.yaml"] {
        assert!(report.lines().any(|line| line.trim_start().starts_with(&format!("{file} "))), "{report}");
    }
    // What lies beside is found.
    let run = folder.run("generate pets.yaml --out found --overlay pets.overlay.yaml --find-translations");
    assert_eq!(run.code(), Some(0), "{}", run.messages());
    assert_eq!(folder.read("found/pets/texts.rs"), folder.read("api/pets/texts.rs"));
    let explained = folder.run("explain pets.yaml listPets --overlay pets.overlay.yaml").done();
    assert!(explained.contains("404"), "{explained}");
    let message = folder.run("generate pets.yaml --out other --overlay none.yaml").failed(2);
    assert_eq!(message, "stubwright: none.yaml: there is no such file\n");
}

#[test]
fn no_input_is_overwritten() {
    let folder = folder();
    for arguments in ["pets.yaml pets.overlay.yaml", "pets.overlay.yaml"] {
        for out in ["pets.yaml", "./pets.overlay.yaml"] {
            let message = folder.run(&format!("overlay {arguments} --out {out}")).failed(2);
            assert!(message.contains("would be overwritten"), "{message}");
        }
    }
    assert_eq!((folder.read("pets.yaml"), folder.read("pets.overlay.yaml")), (BASE.to_owned(), OVERLAY.to_owned()));
}

/// A full disk, as the kernel plays it.
#[cfg(target_os = "linux")]
#[test]
fn data_that_cannot_be_written_is_a_failure() {
    let folder = folder();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_stubwright"))
        .args(["overlay", "pets.yaml", "pets.overlay.yaml"])
        .current_dir(folder.path(""))
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.starts_with("stubwright: the standard output: "), "{message}");
}
