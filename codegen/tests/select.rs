//! Choosing operations: what stays is the same, whatever is left out.

#![allow(clippy::unwrap_used, reason = "a test that cannot write its files has failed")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use stubwright_codegen::{Api, Apis, Failure, Group};

/// Names that clash: operations, schemas, inline schemas, traits and security schemes; each name that gives way gives way to
/// something of another operation.
const CLASHES: &str = "\
openapi: 3.1.0
info: {title: Clashes, version: '1'}
paths:
  /a:
    get:
      operationId: getThing
      tags: [Things]
      security: [{the-key: []}]
      parameters: [{name: sort, in: query, schema: {enum: [up, down]}}]
      responses:
        '200': {description: A., content: {application/json: {schema: {$ref: '#/components/schemas/Item'}}}}
  /b:
    get:
      operationId: get_thing
      tags: [things]
      security: [{the_key: []}]
      parameters: [{name: sort, in: query, schema: {enum: [new, old], default: new}}]
      responses:
        '200': {description: B., content: {application/json: {schema: {$ref: '#/components/schemas/item'}}}}
  /c:
    post:
      operationId: get-thing
      tags: [THINGS]
      requestBody:
        content:
          application/json: {schema: {$ref: '#/components/schemas/Mixed'}}
          application/x-www-form-urlencoded: {schema: {type: object, properties: {a: {type: string}}}}
      responses:
        '200':
          description: C.
          headers: {X-Rate: {schema: {enum: [1, 2]}}}
          content: {application/json: {schema: {anyOf: [{type: string}, {type: array, items: {type: integer}}]}}}
components:
  securitySchemes:
    the-key: {type: apiKey, in: header, name: a}
    the_key: {type: apiKey, in: header, name: b}
  schemas:
    Item: {type: object, properties: {state: {enum: [x, y]}, next: {$ref: '#/components/schemas/Item'}}}
    item: {type: object, properties: {state: {enum: [z]}, not: {not: {type: string}}}}
    ItemState: {type: object, properties: {n: {type: integer}}}
    Mixed:
      anyOf:
      - {type: object, required: [a], properties: {a: {type: integer, maximum: 5}}}
      - {type: object, required: [b], properties: {b: {$ref: '#/components/schemas/ItemState'}}}
    Unused: {type: object, properties: {a: {type: string}}}
";

/// The generated files with some options.
fn files(options: impl Fn(Api) -> Api) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clashes.yaml");
    fs::write(&path, CLASHES).unwrap();
    let out = folder.path().join("out");
    Apis::new([options(Api::new(&path))]).checked_in(&out).run().unwrap();
    let entries = fs::read_dir(out.join("clashes")).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let text = |path: &Path| {
        let text = fs::read_to_string(path).unwrap();
        // The first line names the document, which lies in another folder each time.
        if text.starts_with("// @generated") { text.split_once('\n').unwrap().1.to_owned() } else { text }
    };
    entries.map(|path| (name(&path), text(&path))).collect()
}

/// The names of the traits.
fn traits(files: &BTreeMap<String, String>) -> Vec<String> {
    let lines = files["traits.rs"].lines().filter_map(|line| line.strip_prefix("pub trait "));
    lines.map(|line| line.split([':', '<']).next().unwrap().to_owned()).collect()
}

/// The items of a file: everything between blank lines that begins in the first column, without the table behind it, which
/// names checks by their numbers.
fn items<'text>(files: &'text BTreeMap<String, String>, name: &str) -> BTreeSet<&'text str> {
    let text = files.get(name).map_or("", String::as_str);
    let items = text.split("\n\n").map(str::trim).filter(|item| item.contains("pub ") || item.contains("fn "));
    let tables = ["\nbodies! ", "\nheaders! ", "\nrequest! ", "\nresponse! "];
    let table = |item: &str| tables.iter().filter_map(|name| item.find(name)).min();
    items.map(|item| &item[..table(item).unwrap_or(item.len())]).collect()
}

#[test]
fn what_stays_has_the_names_that_it_has_without_a_selection() {
    let whole = files(|api| api);
    for (selectors, methods) in [
        (&["GET /a"][..], &["get_thing"][..]),
        (&["GET /b"], &["get_b"]),
        (&["POST /c"], &["post_c"]),
        (&["GET /b", "POST /c"], &["get_b", "post_c"]),
    ] {
        let some = files(|api| selectors.iter().fold(api, |api, selector| api.only(*selector)));
        for file in ["types.rs", "operations.rs"] {
            let (some, whole) = (items(&some, file), items(&whole, file));
            let others: Vec<&&str> = some.difference(&whole).collect();
            assert!(others.is_empty(), "{selectors:?} {file}: {others:#?}");
            assert!(some.len() < whole.len(), "{selectors:?} {file}");
        }
        let text = &some["traits.rs"];
        assert!(methods.iter().all(|method| text.contains(&format!("fn {method}("))), "{selectors:?} {text}");
        for line in text.lines().filter(|line| line.contains(" fn ")) {
            assert!(whole["traits.rs"].lines().any(|known| known == line), "{selectors:?} {line}");
        }
        let known = traits(&whole);
        assert!(traits(&some).iter().all(|name| known.contains(name)), "{selectors:?} {:?}", traits(&some));
    }
}

#[test]
fn what_is_left_out_leaves_nothing_behind() {
    let only = files(|api| api.only("GET /a"));
    assert!(only["types.rs"].contains("pub struct Item {"));
    for gone in ["pub struct Item2", "Mixed", "Unused", "ItemState {"] {
        assert!(!only["types.rs"].contains(gone), "{gone}: {}", only["types.rs"]);
    }
    let traits = &only["traits.rs"];
    assert!(traits.contains("fn authenticate_the_key("), "{traits}");
    assert_eq!(traits.matches("fn authenticate_").count(), 1, "{traits}");
    assert_eq!(traits.matches("pub trait ").count(), 2, "{traits}");
    // Checks are numbered anew: the first operation's checks are gone, and those of the third are whole.
    let third = files(|api| api.exclude("GET /a").exclude("get_thing"));
    let whole = files(|api| api);
    let count = |files: &BTreeMap<String, String>| files.get("schemas.json").map_or(0, |text| text.lines().count());
    assert!(0 < count(&third) && count(&third) < count(&whole), "{} and {}", count(&third), count(&whole));
    assert!(third["schemas.json"].contains("\"maximum\":5"), "{}", third["schemas.json"]);
}

#[test]
fn to_choose_everything_is_to_choose_nothing() {
    let whole = files(|api| api);
    let chosen = files(|api| api.only("tag:Things").only("tag:things").only("tag:THINGS").only("get-thing"));
    assert_eq!(chosen, whole);
}

#[test]
fn groups_make_other_traits_and_nothing_else() {
    let (tag, one, path) = (files(|api| api), files(|api| api.group(Group::One)), files(|api| api.group(Group::Path)));
    assert_eq!(traits(&one), ["Security", "Api"]);
    assert_eq!(traits(&path), ["Security", "AOperations", "B", "C"]);
    assert_eq!(traits(&tag).len(), 4, "{:?}", traits(&tag));
    for file in ["types.rs", "operations.rs", "schemas.json", "document.json"] {
        assert_eq!(one[file], tag[file], "{file}");
        assert_eq!(path[file], tag[file], "{file}");
    }
}

#[test]
fn every_selector_that_matches_nothing_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clashes.yaml");
    fs::write(&path, CLASHES).unwrap();
    let api = Api::new(&path).only("GET /a").only("GET /z").exclude("tag:thing");
    let Err(Failure::Refused { lines, .. }) = Apis::new([api]).checked_in(folder.path().join("out")).run() else {
        panic!("two selectors match nothing")
    };
    let ends: Vec<&str> = lines.iter().map(|line| line.rsplit_once("unmatched-selector: ").unwrap().1).collect();
    assert_eq!(ends, ["no operation is selected by `GET /z`", "no operation is selected by `tag:thing`"]);
    fs::write(&path, "openapi: 3.1.0\ninfo: {title: None, version: '1'}\npaths: {}\n").unwrap();
    let api = Api::new(&path).only("GET /a");
    let Err(Failure::Refused { rendered, .. }) = Apis::new([api]).checked_in(folder.path().join("out")).run() else {
        panic!("there are no operations")
    };
    assert!(
        rendered.contains("clashes.yaml:1:1\n") && rendered.contains("this document has no operations"),
        "{rendered}"
    );
}

#[test]
fn what_is_wrong_with_an_operation_goes_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wrong.yaml");
    let document = "\
openapi: 3.1.0
info: {title: Wrong, version: '1'}
paths:
  /a/{x}:
    get:
      parameters: [{name: x, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: A.}}
  /a/{y}:
    get:
      parameters: [{name: y, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: B.}}
";
    fs::write(&path, document).unwrap();
    let run = |api: Api| Apis::new([api.strict()]).checked_in(folder.path().join("out")).run();
    let Err(Failure::Refused { lines, .. }) = run(Api::new(&path)) else { panic!("no request tells them apart") };
    assert!(lines.iter().any(|line| line.contains("ambiguous-path: ")), "{lines:?}");
    // Whichever is left out, the other is reached.
    for (excluded, kept) in [("GET /a/{x}", "get_a_y"), ("GET /a/{y}", "get_a_x")] {
        run(Api::new(&path).exclude(excluded)).unwrap();
        let traits = fs::read_to_string(folder.path().join("out/wrong/traits.rs")).unwrap();
        assert!(traits.contains(&format!("fn {kept}(")) && !traits.contains("No request reaches it"), "{traits}");
        let router = fs::read_to_string(folder.path().join("out/wrong/router.rs")).unwrap();
        assert!(router.contains(kept), "{router}");
    }
}

#[test]
fn errors_are_asked_for_by_the_same_names_and_by_new_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("asked.yaml");
    let operation = |path: &str, property: &str| {
        format!(
            "  {path}:\n    get:\n      parameters: [{{name: x, in: query, schema: {{type: integer}}}}]\n      responses:\n        \
             '400':\n          description: Wrong.\n          content:\n            application/json:\n              \
             schema: {{type: object, required: [{property}], properties: {{{property}: {{type: array, items: {{type: string}}}}}}}}\n"
        )
    };
    let document = "openapi: 3.1.0\ninfo: {title: Asked, version: '1'}\npaths:\n".to_owned();
    fs::write(&path, document + &operation("/a", "reasons") + &operation("/b", "causes")).unwrap();
    let read = |file: &str| fs::read_to_string(folder.path().join("out/asked").join(file)).unwrap();
    let run = |api: Api| Apis::new([api]).checked_in(folder.path().join("out")).run().unwrap();
    run(Api::new(&path));
    let whole = read("traits.rs");
    assert!(whole.contains("fn invalid_request(") && whole.contains("fn get_b_bad_request_body("), "{whole}");
    assert!(read("texts.rs").contains("method: 1"));
    run(Api::new(&path).only("GET /b"));
    let chosen = read("traits.rs");
    assert!(!chosen.contains("fn invalid_request(") && chosen.contains("fn get_b_bad_request_body("), "{chosen}");
    let (router, texts) = (read("router.rs"), read("texts.rs"));
    assert!(router.contains("routes.error(errors, E::get_b_bad_request_body);"), "{router}");
    assert!(texts.contains("method: 0") && !texts.contains("method: 1"), "{texts}");
}
