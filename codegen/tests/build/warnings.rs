//! Warnings: where they are shown, how many, and when they are errors.

use std::fmt::Write as _;

use stubwright_codegen::{Api, Apis, Failure};

use crate::{PETS, place::Place};

#[test]
fn warnings_are_told_and_strict_refuses_them() {
    let place = Place::new();
    place.write("pets", &PETS.replace("operationId", "sumary: All\n      operationId"));
    let report = place.apis().run().unwrap();
    assert_eq!(report.warning_lines.len(), 1);
    assert!(report.warning_lines[0].ends_with("pets.yaml:6:7: unknown-key: the Operation Object has no key `sumary`"));
    assert!(report.warnings.contains("did you mean `summary`?"), "{}", report.warnings);
    let Err(Failure::Refused { lines, .. }) = place.apis().strict(true).run() else { panic!("a warning is an error") };
    assert_eq!(lines, report.warning_lines);
}

#[test]
fn warnings_are_counted_where_they_are_many() {
    let place = Place::new();
    let mut schemas = String::from("components:\n  schemas:\n");
    for number in 0..30 {
        writeln!(schemas, "    S{number}: {{type: string, format: f{number}}}").unwrap();
    }
    schemas.push_str("    s1: {type: string}\n");
    place.write("pets", &format!("{PETS}{schemas}"));
    place.write("dogs", &PETS.replace("operationId", "sumary: All\n      operationId"));
    let apis = ["pets", "dogs"].map(|name| Api::new(place.document(name)));
    let report = Apis::new(apis).checked_in(place.output()).run().unwrap();
    assert_eq!(report.warning_lines.len(), 22);
    let pets = place.document("pets").display().to_string();
    assert_eq!(
        report.warning_lines[20],
        format!(
            "… and 11 more warnings: 1 name-clash, 10 unchecked-format (`stubwright report {pets}` counts them all)"
        )
    );
    // Each document has its own.
    assert!(report.warning_lines[21].contains("dogs.yaml:6:7: unknown-key: "), "{}", report.warning_lines[21]);
}

#[test]
fn strictness_is_of_a_document() {
    let place = Place::new();
    let sloppy = PETS.replace("operationId", "sumary: All\n      operationId");
    place.write("pets", &sloppy);
    place.write("dogs", &sloppy);
    let (pets, dogs) = (Api::new(place.document("pets")), Api::new(place.document("dogs")));
    let Err(Failure::Refused { lines, rendered }) = Apis::new([pets, dogs.strict()]).checked_in(place.output()).run()
    else {
        panic!("the second document is refused")
    };
    assert_eq!(lines.len(), 1);
    assert!(lines[0].contains("dogs.yaml:6:7: unknown-key: "), "{}", lines[0]);
    assert!(rendered.starts_with("warning[unknown-key]: ") && rendered.contains("error[unknown-key]: "), "{rendered}");
}
