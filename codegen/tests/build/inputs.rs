//! The files that a run reads: which are told, and what is said of those that cannot be read.

use std::{fs, path::PathBuf};

use stubwright_codegen::{Api, Apis, Failure};

use crate::{PETS, place::Place};

#[test]
fn what_cannot_be_read_is_named() {
    let place = Place::new();
    let failure = |path: PathBuf| match Apis::new([Api::new(&path)]).checked_in(place.output()).run() {
        Err(Failure::File { path: named, what }) if named == path => what,
        other => panic!("{other:?}"),
    };
    assert_eq!(failure(place.document("nowhere")), "there is no such file");
    assert_eq!(failure(place.folder.path().join("documents")), "this is a folder, not a document");
    assert!(!place.output().exists());
}

#[test]
fn a_file_that_is_no_text_is_refused_where_it_is_none() {
    let place = Place::new();
    fs::write(place.document("pets"), b"openapi: \xff\xfe").unwrap();
    let Err(Failure::Refused { lines, .. }) = place.apis().run() else { panic!("this is no text") };
    assert_eq!(lines.len(), 1);
    assert!(lines[0].contains("pets.yaml:1:10: encoding: the file is not UTF-8 text: byte 0xff"), "{}", lines[0]);
    assert!(!place.output().exists());
}

#[test]
fn a_translation_that_cannot_be_read_is_named() {
    let place = Place::new();
    let missing = place.document("pets.de");
    let api = Api::new(place.document("pets")).translation("de", &missing);
    let Err(Failure::File { path, .. }) = Apis::new([api]).checked_in(place.output()).run() else {
        panic!("there is no translation")
    };
    assert_eq!(path, missing);
}

#[test]
fn every_file_that_was_read_is_an_input() {
    let place = Place::new();
    let reference = "content: {application/json: {schema: {$ref: 'common/pet.yaml#/Pet'}}}";
    place.write(
        "pets",
        &PETS.replace("'204': {description: Nothing.", &format!("'200': {{description: All., {reference}")),
    );
    let other = "Pet: {type: object, properties: {owner: {$ref: 'https://example.com/owners/owner.json'}}}\n";
    fs::create_dir_all(place.folder.path().join("documents/common")).unwrap();
    fs::create_dir_all(place.folder.path().join("mirror")).unwrap();
    let [pet, owner] = ["documents/common/pet.yaml", "mirror/owner.json"].map(|name| place.folder.path().join(name));
    fs::write(&pet, other).unwrap();
    fs::write(&owner, "{\"type\": \"object\", \"properties\": {\"name\": {\"type\": \"string\"}}}").unwrap();
    let api = Api::new(place.document("pets")).map("https://example.com/owners", place.folder.path().join("mirror"));
    let report = api.clone().checked_in(place.output()).run().unwrap();
    assert_eq!(report.inputs, [place.document("pets"), pet, owner.clone()]);
    assert!(place.generated()["pets/types.rs"].contains("pub struct Owner {"), "{:?}", place.generated());
    // A change in any of them is a change of the code.
    fs::write(&owner, "{\"type\": \"string\", \"enum\": [\"me\"]}").unwrap();
    let Err(Failure::OutOfDate { paths }) = api.checked_in(place.output()).check(true).run() else {
        panic!("it changed")
    };
    assert!(paths.contains(&place.output().join("pets/types.rs")), "{paths:?}");
}

#[test]
fn files_that_references_lead_to_are_read_and_told() {
    let place = Place::new();
    let folder = place.folder.path().join("documents");
    let text = "openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets: {$ref: './paths/pets.yaml'}
components:
  schemas:
    Pet: {$ref: 'https://example.com/schemas/pet.yaml'}
";
    fs::write(folder.join("pets.yaml"), text).unwrap();
    fs::create_dir(folder.join("paths")).unwrap();
    fs::write(folder.join("paths/pets.yaml"), "get: {operationId: listPets, responses: {'204': {description: n}}}")
        .unwrap();
    fs::write(folder.join("pet.yaml"), "{type: string}").unwrap();
    let run = |api: Api| Apis::new([api]).checked_in(place.output()).run();

    let report = run(Api::new(place.document("pets"))).unwrap();
    let [line] = report.warning_lines.as_slice() else { panic!("{:?}", report.warning_lines) };
    assert!(line.contains("pets.yaml:7:17: unmapped-url: "), "{line}");
    assert_eq!(report.inputs.len(), 2, "{:?}", report.inputs);

    let report = run(Api::new(place.document("pets")).map("https://example.com/schemas", &folder)).unwrap();
    assert_eq!(report.warnings, "");
    let read: Vec<_> = report.inputs.iter().map(|path| path.strip_prefix(&folder).unwrap().to_path_buf()).collect();
    assert_eq!(read, ["pets.yaml", "paths/pets.yaml", "pet.yaml"].map(PathBuf::from));
    assert!(place.generated()["pets/traits.rs"].contains("fn list_pets"));
}
