//! What is written is read again as it was, by us and by others.

use std::collections::BTreeSet;

use stubwright_codegen::document::{Edits, Node, Value, to_json};

use crate::accepted;

/// Documents of all forms, also for the tests of places.
pub(crate) const DOCUMENTS: &[&str] = &[
    "openapi: 3.1.0\ninfo:\n  title: Pets\n  version: '1.0'\npaths:\n  /pets/{id}:\n    get:\n      responses:\n        200:\n          description: |\n            One pet.\n\n            With a tail.\n",
    "a: [1, -2.50, 1e400, 0x1F, .5, ~, true, 'x', \"y\\n\", {b: c, d: }]\n",
    "- - - a\n    - b\n  - {}\n- []\n- c: d\n  e:\n    - f\n    - g: {h: [i]}\n- null\n-\n",
    "? |\n  a key of\n  two lines\n: >-\n  folded\n  text\n'': empty\n' lead': 'trail '\n",
    "a: |+\n  keep\n\nb: |-\n  strip\nc: |2\n   indented\nd: >+\n  x\n\n  y\n\n",
    "{\"a\": {\"b\": [\"\\u0000\\u001f\\u007f\\u0085\\u2028\\ufeff\\ud83d\\ude00\", \"\\\"\\\\\\/\"]}}",
    "x: &x {a: 1}\ny: [*x, *x]\nz: plain text\n  over lines\n",
    "deep:\n  - name: [one, two, three, {four: 4, five: '5'}]\n    flags: [true, False, NULL, ~, 1.0, .5, 0o17]\n    text: \"a\\n  b\"\n    more:\n      - x\n      - 'y z'\n      - \n",
    "plain",
    "'quoted'",
    "|\n  literal\n  root\n",
    "[]",
    "{}",
    "~",
];

/// Strings that some reader takes for something else when they have no quotes, or that cannot stand in some form.
const STRINGS: &[&str] = &[
    "",
    " ",
    "a",
    " lead",
    "trail ",
    "\tlead",
    "trail\t",
    "in\tside",
    "yes",
    "Yes",
    "YES",
    "no",
    "on",
    "off",
    "y",
    "n",
    "N",
    "true",
    "False",
    "null",
    "Null",
    "~",
    "=",
    "<<",
    "1",
    "-1",
    "+1",
    "1_000",
    "0o7",
    "0x1F",
    "0b1",
    "012",
    "08",
    "1e3",
    "1.5",
    ".5",
    "5.",
    "1.2.3",
    "190:20:30",
    "12:30:45",
    "2020-01-01",
    "2001-12-14t21:59:43.10-05:00",
    ".inf",
    "-.INF",
    ".nan",
    "Infinity",
    "NaN",
    "a: b",
    "a:b",
    "a:",
    ":a",
    ": a",
    "a #b",
    "a#b",
    "#a",
    "- a",
    "-a",
    "-",
    "--- a",
    "---",
    "...",
    "? a",
    "?a",
    "[a",
    "a]",
    "{a}",
    "a, b",
    "&a",
    "*a",
    "!a",
    "!!str a",
    "|",
    ">",
    "'a'",
    "it's",
    "\"a\"",
    "%a",
    "@a",
    "`a",
    "\\n",
    "\\",
    "a\nb",
    "a\n",
    "a\n\n",
    "\na",
    "\n",
    "\n\n",
    "a\n b\n",
    " a\nb",
    "a\n\nb\n\n\n",
    "a\n \nb",
    "a\n ",
    "a\r\nb",
    "a\rb",
    "\ta\nb",
    "a\n\tb\n",
    "a: b\n- c\n",
    "# a\nb\n",
    "---\na",
    "a\n---\nb\n...\n",
    "\u{0}",
    "\u{7}",
    "\u{7f}",
    "\u{85}",
    "\u{9b}31m",
    "\u{a0}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "a\u{feff}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{1f600}",
    "\u{10ffff}",
    "日本語",
    "é",
    "é: ü",
    "/pets/{id}",
    "$ref",
    "_x",
    "http://a.b/c?d=e#f",
    "application/json; charset=utf-8",
    "a\u{2028}\nb",
    "${x}",
    "<b>",
    "*/*",
    "^[a-z]+$",
    "e5",
    "0",
    "00",
    "-",
    "+",
    ".",
    "..",
    "key: |\n  x",
    "a\n# b\nc",
];

fn string(text: &str) -> Node {
    let mut node = accepted("''");
    node.value = Value::String(text.to_owned());
    node
}

/// The strings as values and keys of mappings, as items, and deeper.
pub(crate) fn tricky() -> Vec<Node> {
    let long = ["k".repeat(1001), "'".repeat(1001), "é ".repeat(700) + "x", "line\n".repeat(300)];
    let texts: Vec<String> = STRINGS.iter().map(|&text| text.to_owned()).chain(long).collect();
    let unique: BTreeSet<_> = texts.iter().cloned().collect();
    let mut nodes: Vec<Node> = texts.iter().map(|text| string(text)).collect();
    let mut items = accepted("[]");
    items.value = Value::Sequence(nodes.clone());
    let mut members = accepted("{a: 1}");
    if let Value::Mapping(entries) = &mut members.value {
        let entry = entries.remove(0);
        entries.extend(unique.iter().map(|text| {
            let mut entry = entry.clone();
            entry.key.text.clone_from(text);
            entry.value = string(text);
            entry
        }));
    }
    let mut nested = accepted("- - {a: [b, {c: d}]}\n");
    if let Value::Sequence(outer) = &mut nested.value {
        outer.extend([items.clone(), members.clone()]);
    }
    nodes.extend([items, members, nested]);
    nodes
}

pub(crate) fn all() -> Vec<Node> {
    let documents = DOCUMENTS.iter().map(|text| accepted(text));
    documents.chain(tricky()).collect()
}

#[test]
fn json_is_read_again_as_it_was() {
    for node in all() {
        let json = to_json(&node, &Edits::default());
        assert_eq!(accepted(&json), node, "{json}");
        assert!(!json.contains(|character: char| character.is_control() && character != '\n'));
    }
}

#[test]
fn others_read_the_same() {
    let mut compared = 0;
    for node in tricky() {
        let json: serde_json::Value = serde_json::from_str(&to_json(&node, &Edits::default())).expect("it is JSON");
        assert_eq!(json, theirs(&node));
        compared += 1;
    }
    assert!(compared >= STRINGS.len() + 3, "{compared}");
}

/// A tree as the other reader has it.
fn theirs(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Boolean(value) => (*value).into(),
        Value::Number(text) => serde_json::from_str(text).expect("it is a number of JSON"),
        Value::String(text) => text.as_str().into(),
        Value::Sequence(items) => items.iter().map(theirs).collect(),
        Value::Mapping(entries) => entries.iter().map(|entry| (entry.key.text.clone(), theirs(&entry.value))).collect(),
    }
}

#[test]
fn the_forms_are_these() {
    let json = "{\n  \"a\": [\n    1.50,\n    {\n      \"b\": \"é\\u2028\"\n    }\n  ],\n  \"c\": {}\n}\n";
    assert_eq!(to_json(&accepted(json), &Edits::default()), json);
}

#[test]
fn a_node_can_be_replaced_and_a_mapping_grow() {
    let node = accepted("a: {b: 1}\nc: [d]\n");
    let nested = node.get("a").expect("it is there");
    let one = nested.get("b").expect("it is there");
    let list = node.get("c").expect("it is there");
    let replaced = [(one.id, "{{ one }}".to_owned()), (list.id, "[x]".to_owned())].into_iter().collect();
    let entry = nested.entry("b").expect("it is there").clone();
    let edits = Edits { replaced, added: [(node.id, vec![entry])].into_iter().collect() };
    assert_eq!(to_json(&node, &edits).replace(['\n', ' '], ""), r#"{"a":{"b":{{one}}},"c":[x],"b":{{one}}}"#);
    let replaced = [(node.id, "all".to_owned())].into_iter().collect();
    let edits = Edits { replaced, ..Edits::default() };
    assert_eq!(to_json(&node, &edits), "all\n");
}
