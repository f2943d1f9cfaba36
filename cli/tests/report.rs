//! `stubwright report` as users and tools run it.

#![allow(clippy::unwrap_used, reason = "a test that cannot write its files has failed")]

mod support;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use support::{COMMON, Folder, PETS};

#[test]
fn the_tables_are_aligned_and_whole() {
    let folder = Folder::with_pets();
    let text = folder.run("report pets.yaml").done();
    let section = |title: &str| {
        let (_, rest) = text.split_once(&format!("{title}\n\n")).unwrap();
        rest.split("\n\n").next().unwrap().to_owned()
    };
    let files = format!(
        "  file         bytes  lines\n  pets.yaml     {}     {}\n  common.yaml     {}      {}",
        PETS.len(),
        PETS.lines().count(),
        COMMON.len(),
        COMMON.lines().count()
    );
    assert_eq!(section("Files"), files);
    assert!(
        section("Counts").starts_with("  what                          count\n  operations                        3\n")
    );
    let keywords = section("Keywords");
    for line in [
        "  object                  keyword          count  treatment       first places",
        "  Schema Object           maxLength            1  enforced        pets.yaml:42:40",
        "  Schema Object           format               2  enforced        pets.yaml:11:66, 43:38",
        "  Schema Object           properties           4  typed           pets.yaml:40:7, 47:24, 50:7",
        "  Operation Object        operationId          2  typed           pets.yaml:8:7, 18:7",
    ] {
        assert!(keywords.lines().any(|known| known == line), "{line}\n{keywords}");
    }
    assert_eq!(section("Operations without types"), "  none: every operation is typed");
    let domains = "  \
  type     format  Rust    violation     count  first places
  integer  -       i64     out-of-range      1  pets.yaml:47:44
  integer  int32   i32     out-of-range      1  pets.yaml:11:66
  string   email   String  format            1  pets.yaml:43:38";
    assert_eq!(section("What types hold"), domains);
    assert_eq!(section("Names that gave way"), "  none");
    let warnings = "  \
  code                     count  first places
  undeclared-unauthorized      1  pets.yaml:7:5";
    assert_eq!(section("Warnings").trim_end(), warnings);
}

#[test]
fn json_has_the_documented_form() {
    let folder = Folder::with_pets();
    let text = folder.run("report pets.yaml --json").done();
    let report: Value = serde_json::from_str(&text).unwrap();
    let keys: Vec<&String> = report.as_object().unwrap().keys().collect();
    let expected =
        ["form", "files", "counts", "keywords", "operations", "rawOperations", "domains", "names", "warnings"];
    assert_eq!(keys, expected);
    assert_eq!(report["form"], 1);
    assert_eq!(report["files"][1], json!({"name": "common.yaml", "bytes": COMMON.len(), "lines": 5}));
    let counts = report["counts"].as_object().unwrap();
    let names = ["operations", "leftOut", "schemas", "types", "traits", "rustLines", "generatedBytes"];
    assert_eq!(counts.keys().collect::<Vec<_>>(), names);
    assert_eq!((&counts["operations"], &counts["traits"]), (&json!(3), &json!(2)));
    let list = json!({
        "method": "GET", "path": "/pets", "operationId": "listPets", "trait": "Pets", "name": "list_pets",
        "place": {"file": "pets.yaml", "line": 7, "column": 5},
    });
    assert_eq!(report["operations"][0], list);
    assert_eq!(report["operations"][2]["operationId"], Value::Null);
    assert_eq!(report["rawOperations"], json!([]));
    let max_length = json!({
        "object": "Schema Object", "keyword": "maxLength", "count": 1, "treatment": "enforced",
        "places": [{"file": "pets.yaml", "line": 42, "column": 40}],
    });
    assert!(report["keywords"].as_array().unwrap().contains(&max_length));
    let int32 = json!({
        "type": "integer", "format": "int32", "rust": "i32", "violation": "out-of-range", "count": 1,
        "places": [{"file": "pets.yaml", "line": 11, "column": 66}],
    });
    assert_eq!(report["domains"][1], int32);
    // Equal input gives equal bytes.
    assert_eq!(folder.run("report pets.yaml --json").done(), text);
}

#[test]
fn every_keyword_of_a_document_is_in_the_report() {
    let folder = Folder::with_pets();
    folder.write("pets.yaml", &PETS.replace("maxLength: 40", "maxLenght: 40, x-mine: 1, minLength: 1"));
    let report: Value = serde_json::from_str(&folder.run("report pets.yaml --json").data()).unwrap();
    let rows = report["keywords"].as_array().unwrap();
    let listed: BTreeSet<&str> = rows.iter().map(|row| row["keyword"].as_str().unwrap()).collect();
    let words = "openapi info title version description tags name security paths get operationId parameters in schema type \
                 format minimum default responses content items $ref delete required post requestBody components \
                 securitySchemes scheme schemas oneOf discriminator propertyName properties allOf enum maxLenght x-mine \
                 minLength";
    let missing: Vec<&str> = words.split_whitespace().filter(|word| !listed.contains(word)).collect();
    assert_eq!(missing, Vec::<&str>::new());
    assert!(rows.iter().all(|row| row["count"].as_u64() > Some(0) && !row["places"].as_array().unwrap().is_empty()));
    assert_eq!(report["warnings"][0]["code"], "unknown-key");
}

#[test]
fn clashes_and_warnings_are_counted() {
    let folder = Folder::with_pets();
    let clash =
        "    dog: {type: object, properties: {a: {type: string, format: phone}, b: {type: string, format: fax}}}\n";
    folder.write("pets.yaml", &format!("{PETS}{clash}"));
    let run = folder.run("report pets.yaml --json");
    assert_eq!((run.code(), run.messages().as_str()), (Some(0), ""));
    let report: Value = serde_json::from_str(&run.data()).unwrap();
    let place = |column| json!({"file": "pets.yaml", "line": 51, "column": column});
    let name = json!({
        "message": "`dog` would be named `Dog` like another item", "outcome": "named `Dog2`", "place": place(5),
    });
    assert_eq!(report["names"], json!([name]));
    let warnings = json!([
        {"code": "unchecked-format", "count": 2, "places": [place(64), place(98)]},
        {"code": "undeclared-unauthorized", "count": 1, "places": [{"file": "pets.yaml", "line": 7, "column": 5}]},
        {"code": "name-clash", "count": 1, "places": [place(5)]},
    ]);
    assert_eq!(report["warnings"], warnings);
    let text = folder.run("report pets.yaml").data();
    assert!(text.contains("\n  unchecked-format             2  pets.yaml:51:64, 51:98\n"), "{text}");
    assert!(
        text.contains("\n  `dog` would be named `Dog` like another item  named `Dog2`  pets.yaml:51:5\n"),
        "{text}"
    );
}

#[test]
fn a_selection_is_reported_on() {
    let folder = Folder::with_pets();
    let report = |options: &str| -> Value {
        serde_json::from_str(&folder.run(&format!("report pets.yaml --json {options}")).done()).unwrap()
    };
    let (all, some) = (report(""), report("--only tag:owners"));
    assert_eq!((&some["counts"]["operations"], &some["counts"]["leftOut"]), (&json!(1), &json!(2)));
    assert_eq!(some["counts"]["types"], 1);
    assert_eq!(some["operations"][0]["path"], "/owners");
    // The keywords are those of the document, whatever is made of it.
    assert_eq!(some["keywords"], all["keywords"]);
    assert!(folder.run("report pets.yaml --exclude nothing").failed(1).starts_with("error[unmatched-selector]: "));
}

#[test]
fn a_document_that_is_refused_has_no_report() {
    let folder = Folder::with_pets();
    folder.write("pets.yaml", "swagger: '2.0'\n");
    assert!(folder.run("report pets.yaml").failed(1).starts_with("error[swagger]: "));
    assert_eq!(folder.run("report nowhere.yaml").failed(2), "stubwright: nowhere.yaml: there is no such file\n");
    folder.write("pets.yaml", &PETS.replace("format: email", "format: phone"));
    assert!(folder.run("report pets.yaml --strict").failed(1).starts_with("error[unchecked-format]: "));
}

#[test]
fn a_document_of_one_line_has_columns() {
    let folder = Folder::new(&[(
        "a.json",
        "{\"openapi\": \"3.1.0\", \"info\": {\"title\": \"Ä\", \"version\": \"1\"}, \"paths\": {}}",
    )]);
    let report: Value = serde_json::from_str(&folder.run("report a.json --json").done()).unwrap();
    let row = report["keywords"].as_array().unwrap().iter().find(|row| row["keyword"] == "version").unwrap();
    assert_eq!(row["places"][0], json!({"file": "a.json", "line": 1, "column": 45}));
}

#[test]
fn operations_without_types_are_listed() {
    let folder = Folder::with_pets();
    folder.write("pets.yaml", &PETS.replace("common.yaml#/Owner", "common.yaml#/Nobody"));
    let run = folder.run("report pets.yaml --json");
    let report: Value = serde_json::from_str(&run.data()).unwrap();
    assert_eq!(report["rawOperations"], json!(["POST /owners"]));
    let codes: Vec<&Value> = report["warnings"].as_array().unwrap().iter().map(|row| &row["code"]).collect();
    assert!(codes.contains(&&json!("raw-operation")), "{codes:?}");
    let text = folder.run("report pets.yaml").data();
    assert!(text.contains("Operations without types\n\n  POST /owners\n"), "{text}");
    // Left out, nothing is said of it.
    let rest: Value = serde_json::from_str(&folder.run("report pets.yaml --json --exclude tag:owners").data()).unwrap();
    assert_eq!(rest["rawOperations"], json!([]));
    assert!(!rest["warnings"].to_string().contains("raw-operation"));
    let explained = folder.run_with(&["explain", "pets.yaml", "POST /owners"]).data();
    assert!(explained.contains("so it cannot be typed: its handler gets the request as it is\n"), "{explained}");
}
