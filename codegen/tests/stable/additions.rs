//! What is added to a document changes no public item that was there: neither its name, nor its members and their order,
//! nor its documentation.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use quote::ToTokens;
use stubwright_codegen::document::{Entry, Key, Node, Value};

use crate::{as_json, documents, files, parse};

/// How an entry is added to the others.
type Insert = fn(&mut Vec<Entry>, Entry);

const INSERTIONS: [Insert; 2] = [Vec::push, |entries, entry| entries.insert(0, entry)];

#[test]
fn unrelated_additions_change_nothing() {
    for path in all() {
        let before = files(&as_json(&path, |_| ()), &[]);
        for insert in INSERTIONS {
            let after = files(&as_json(&path, |root| add(root, insert, &unrelated())), &[]);
            assert_kept(&path, &before, &after);
            assert!(after["types.rs"].contains("UnrelatedThing"), "{}", path.display());
            assert!(after["operations.rs"].contains("pub struct UnrelatedActionRequest"), "{}", path.display());
            assert!(after["traits.rs"].contains("fn unrelated_action"), "{}", path.display());
        }
    }
}

/// Names of which a part is a name of the document.
#[test]
fn additions_that_share_words_change_nothing() {
    let mut schemas = 0;
    let mut operations = 0;
    for path in all() {
        let root = parse(&fs::read_to_string(&path).unwrap());
        let before = files(&as_json(&path, |_| ()), &[]);
        let additions = sharing_words(&root);
        schemas += additions.get("components").map_or(0, |_| 1);
        operations += additions.get("paths").map_or(0, |_| 1);
        for insert in INSERTIONS {
            let after = files(&as_json(&path, |root| add(root, insert, &additions)), &[]);
            assert_kept(&path, &before, &after);
        }
    }
    assert!(schemas > 15 && operations > 20, "{schemas} {operations}");
}

/// Equal names are no unrelated ones: the first item gets the name. So the comparison can fail.
#[test]
fn an_addition_that_takes_a_name_is_noticed() {
    let path = documents().into_iter().find(|path| path.ends_with("bodies.yaml")).unwrap();
    let before = files(&as_json(&path, |_| ()), &[]);
    let additions = parse("components: {schemas: {item: {type: object, properties: {other: {type: string}}}}}");
    let [behind, before_all] =
        INSERTIONS.map(|insert| files(&as_json(&path, |root| add(root, insert, &additions)), &[]));
    assert_eq!(lost(&before, &behind), [""; 0]);
    let lost = lost(&before, &before_all);
    assert!(lost.iter().any(|item| item.contains("pub struct Item")), "{lost:?}");
}

/// The documents of the crate `stubwright-accept`, and those of real services.
fn all() -> Vec<PathBuf> {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    let names = ["devin/v2-openapi.yaml", "devin/v3-openapi.yaml", "langwatch/openapi.yaml"];
    documents().into_iter().chain(names.map(|name| specs.join(name))).collect()
}

fn assert_kept(path: &Path, before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) {
    let lost = lost(before, after);
    assert!(lost.is_empty(), "{} no longer has:\n{}", path.display(), lost.join("\n"));
}

/// The public items that are no longer there, or no longer what they were.
fn lost(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let text = |files: &BTreeMap<String, String>, file: &str| files.get(file).cloned().unwrap_or_default();
    let mut lost = Vec::new();
    for file in ["types.rs", "operations.rs", "traits.rs"] {
        let kept = items(&text(after, file));
        lost.extend(items(&text(before, file)).difference(&kept).cloned());
    }
    let kept = functions(&text(after, "router.rs"));
    lost.extend(functions(&text(before, "router.rs")).difference(&kept).cloned());
    lost
}

/// The public items of a file with all that they say, and those that macros make. Not compared are the numbers of the
/// schemas that values are checked against, which are no part of the interface.
fn items(text: &str) -> BTreeSet<String> {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{error}"));
    let shown = file.items.iter().filter(|item| !matches!(item, syn::Item::Use(_)));
    shown.map(|item| without_numbers(&item.to_token_stream().to_string())).collect()
}

fn without_numbers(text: &str) -> String {
    let mut parts = text.split("& SCHEMAS ,");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + "& SCHEMAS ," + part.trim_start().trim_start_matches(|digit: char| digit.is_ascii_digit())
    })
}

fn functions(text: &str) -> BTreeSet<String> {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{error}"));
    let name = |item: &syn::Item| if let syn::Item::Fn(item) = item { Some(item.sig.ident.to_string()) } else { None };
    file.items.iter().filter_map(name).collect()
}

/// A path, a schema and a tag that nothing else has to do with.
fn unrelated() -> Node {
    parse(
        "
paths:
  /unrelated/{thing}:
    get:
      operationId: unrelatedAction
      tags: [unrelated tag]
      security: []
      parameters: [{name: thing, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: Done.}}
components: {schemas: {UnrelatedThing: {type: object, properties: {kind: {type: string, enum: [a, b]}}}}}
",
    )
}

/// For each name of a document, one that begins with it and one that ends with it.
fn sharing_words(root: &Node) -> Node {
    let keys = |node: Option<&Node>| -> Vec<String> {
        let Some(Value::Mapping(entries)) = node.map(|node| &node.value) else { return Vec::new() };
        entries.iter().map(|entry| entry.key.text.clone()).filter(|key| !key.starts_with("x-")).collect()
    };
    let schemas = keys(root.get("components").and_then(|components| components.get("schemas")));
    let schemas = schemas.iter().flat_map(|key| [format!("{key}Unrelated"), format!("Unrelated{key}")]);
    let schemas: Vec<String> = schemas
        .map(|key| {
            let property = "{type: object, properties: {kind: {type: string, enum: [a, b]}}}";
            format!("    {}: {property}\n", quoted(&key))
        })
        .collect();
    let paths: Vec<String> =
        keys(root.get("paths")).iter().enumerate().map(|(index, path)| operation(root, index, path)).collect();
    let mut text = String::from("x-additions: true\n");
    if !paths.is_empty() {
        text.push_str("paths:\n");
        text.push_str(&paths.concat());
    }
    if !schemas.is_empty() {
        text.push_str("components:\n  schemas:\n");
        text.push_str(&schemas.concat());
    }
    parse(&text)
}

/// An operation with the words of a path, and with those of the operationId of its first operation.
fn operation(root: &Node, index: usize, path: &str) -> String {
    let item = root.get("paths").and_then(|paths| paths.get(path));
    let methods = ["get", "put", "post", "delete", "patch"];
    let id = methods.iter().find_map(|method| item?.get(method)?.get("operationId")?.as_str());
    let id = id.map(|id| format!("operationId: {}, ", quoted(&format!("{id}_unrelated")))).unwrap_or_default();
    let path = path.split(['?', '#', '{']).next().unwrap_or_default().trim_matches('/');
    let key = quoted(&format!("/{path}/unrelated/{index}"));
    format!(
        "  {key}: {{get: {{{id}tags: [unrelated tag], security: [], responses: {{'204': {{description: Done.}}}}}}}}\n"
    )
}

fn quoted(text: &str) -> String {
    format!("{text:?}")
}

/// Adds the paths and schemas of another document.
fn add(root: &mut Node, insert: Insert, additions: &Node) {
    let empty = Node::detached(root.span, Value::Mapping(Vec::new()));
    let entries = |node: Option<&Node>| match node.map(|node| &node.value) {
        Some(Value::Mapping(entries)) => entries.clone(),
        _ => Vec::new(),
    };
    for path in entries(additions.get("paths")) {
        insert(member(root, "paths", &empty), path);
    }
    let schemas = entries(additions.get("components").and_then(|components| components.get("schemas")));
    let components = member(root, "components", &empty);
    let mut holder = Node::detached(empty.span, Value::Mapping(std::mem::take(components)));
    for schema in schemas {
        insert(member(&mut holder, "schemas", &empty), schema);
    }
    let Value::Mapping(entries) = holder.value else { unreachable!() };
    *member(root, "components", &empty) = entries;
}

/// The members of a mapping below a mapping, which is added if need be.
fn member<'node>(node: &'node mut Node, key: &str, empty: &Node) -> &'node mut Vec<Entry> {
    let Value::Mapping(entries) = &mut node.value else { panic!("{key} in something else than a mapping") };
    if !entries.iter().any(|entry| entry.key.text == key) {
        entries.push(Entry { key: Key { text: key.to_owned(), span: empty.span }, value: empty.clone() });
    }
    let entry = entries.iter_mut().find(|entry| entry.key.text == key).unwrap();
    let Value::Mapping(members) = &mut entry.value.value else { panic!("{key} is no mapping") };
    members
}
