//! `stubwright diff` as users and tools run it.

#![allow(clippy::unwrap_used, reason = "a test that cannot write its files has failed")]

mod support;

use serde_json::{Value, json};
use support::{Folder, PETS};

/// The folder with a second document, after some changes.
fn changed(changes: &[(&str, &str)]) -> Folder {
    let folder = Folder::with_pets();
    let after = changes.iter().fold(PETS.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replace(old, new)
    });
    folder.write("new.yaml", &after);
    folder
}

#[test]
fn a_document_does_not_differ_from_itself() {
    let folder = changed(&[]);
    assert_eq!(folder.run("diff pets.yaml pets.yaml").done(), "no change\n");
    assert_eq!(folder.run("diff pets.yaml new.yaml --fail-on text").done(), "no change\n");
    let value: Value = serde_json::from_str(&folder.run("diff pets.yaml new.yaml --format json").done()).unwrap();
    let counts = json!({"breaking": 0, "compatible": 0, "api": 0, "text": 0});
    assert_eq!(value, json!({"form": 1, "counts": counts, "changes": []}));
}

#[test]
fn changes_are_told_with_both_places() {
    let folder = changed(&[("default: 20", "maximum: 50, default: 20"), ("All about pets.", "All about animals.")]);
    let run = folder.run("diff pets.yaml new.yaml");
    let expected = "\
breaking[request-maximum] GET /pets: the query parameter `limit`: `maximum` is 50 now: some of what clients send is refused now
    pets.yaml:11:42 -> new.yaml:11:42
text[text-changed] #/info/description: the text `description` has other words
    pets.yaml:2:48 -> new.yaml:2:48

1 breaking, 0 compatible, 0 api, 1 text
";
    assert_eq!((run.data().as_str(), run.code(), run.messages().as_str()), (expected, Some(1), ""));
}

#[test]
fn the_exit_code_says_whether_a_kind_of_change_is_there() {
    let breaking = changed(&[("minimum: 1", "minimum: 2")]);
    let compatible = changed(&[("minimum: 1", "minimum: 0")]);
    let api = changed(&[("name: {type: [string, 'null']", "name: {x-rust-name: title, type: [string, 'null']")]);
    let text = changed(&[("All about pets.", "All about animals.")]);
    for (folder, codes) in
        [(breaking, [1, 1, 1, 1, 0]), (compatible, [0, 1, 1, 1, 0]), (api, [0, 0, 1, 1, 0]), (text, [0, 0, 0, 1, 0])]
    {
        for (kind, code) in ["breaking", "compatible", "api", "text", "never"].into_iter().zip(codes) {
            let run = folder.run(&format!("diff pets.yaml new.yaml --fail-on {kind}"));
            assert_eq!(run.code(), Some(code), "{kind}: {}", run.data());
            assert_eq!(run.messages(), "");
        }
        let default = folder.run("diff pets.yaml new.yaml");
        assert_eq!(default.code(), Some(codes[0]));
    }
}

#[test]
fn json_has_the_documented_form() {
    let folder = changed(&[("bark: {enum: [loud, quiet]}", "bark: {enum: [loud, quiet, never]}")]);
    let run = folder.run("diff pets.yaml new.yaml --format json");
    assert_eq!(run.code(), Some(1));
    let value: Value = serde_json::from_str(&run.data()).unwrap();
    assert_eq!(value["form"], 1);
    assert_eq!(value["counts"], json!({"breaking": 1, "compatible": 0, "api": 1, "text": 0}));
    let breaking = json!({
        "kind": "breaking",
        "rule": "response-enum-value-added",
        "subject": "GET /pets",
        "message": "the response 200, `Dog.bark`: the value `never` is new: clients may get what they do not know",
        "old": {"file": "pets.yaml", "line": 50, "column": 26},
        "new": {"file": "new.yaml", "line": 50, "column": 47},
    });
    assert_eq!(value["changes"][0], breaking);
    let added = json!({
        "kind": "api",
        "rule": "api-variant-added",
        "subject": "types::DogBark::Never",
        "message": "the variant is new",
        "old": null,
        "new": {"file": "new.yaml", "line": 50, "column": 47},
    });
    assert_eq!(value["changes"][1], added);
}

#[test]
fn other_files_are_compared_through_references() {
    let folder = changed(&[]);
    folder.write("after/common.yaml", &support::COMMON.replace("required: [name]", "required: []"));
    folder.write("after/pets.yaml", PETS);
    let run = folder.run("diff pets.yaml after/pets.yaml --fail-on compatible");
    assert_eq!(run.code(), Some(1));
    let expected =
        "compatible[request-property-became-optional] POST /owners: the request body, `Owner.name`: it is optional now";
    assert!(run.data().starts_with(expected), "{}", run.data());
    assert!(run.data().contains("    common.yaml:3:14 -> after/common.yaml:5:5\n"), "{}", run.data());
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = changed(&[]);
    folder.write("new.yaml", "swagger: '2.0'\n");
    assert!(folder.run("diff pets.yaml new.yaml").failed(1).starts_with("error[swagger]: "));
    assert_eq!(folder.run("diff pets.yaml none.yaml").failed(2), "stubwright: none.yaml: there is no such file\n");
    assert_eq!(folder.run("diff pets.yaml").code(), Some(2));
}
