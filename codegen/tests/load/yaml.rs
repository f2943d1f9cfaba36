//! Trees as YAML: read again as they were, in the form of the pages.

use std::{env, fs, path::Path};

use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_assert_eq, prop_oneof, proptest};
use stubwright_codegen::document::{Entry, Key, Node, Value, to_yaml};

use crate::{accepted, round_trips};

#[test]
fn what_is_written_is_read_again() {
    let nodes = round_trips::all();
    assert!(nodes.len() > 100, "{}", nodes.len());
    for node in nodes {
        let yaml = to_yaml(&node);
        assert_eq!(accepted(&yaml), node, "{yaml}");
    }
}

#[test]
fn another_reader_reads_the_same() {
    let mut compared = 0;
    for node in round_trips::tricky() {
        let yaml = to_yaml(&node);
        let theirs: serde_yaml::Value = serde_yaml::from_str(&yaml).unwrap_or_else(|error| panic!("{yaml}: {error}"));
        let json = stubwright_codegen::document::to_json_text(&node);
        let expected: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        assert_eq!(serde_json::to_value(theirs).expect("its keys are strings"), expected, "{yaml}");
        compared += 1;
    }
    assert!(compared > 90, "{compared}");
}

/// The blocks of the pages in `specs/pages` came from js-yaml.
#[test]
fn the_seeds_are_written_byte_for_byte() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    for spec in [
        "devin/v2-openapi.yaml",
        "devin/v3-openapi.yaml",
        "devin/de/v3-openapi.yaml",
        "devin/zh/v3-openapi.yaml",
        "langwatch/openapi.yaml",
    ] {
        let text = fs::read_to_string(specs.join(spec)).expect("the spec is there");
        let block = text.strip_suffix('\n').filter(|text| text.ends_with('\n')).unwrap_or(&text);
        assert_eq!(to_yaml(&accepted(&text)), block, "{spec}");
    }
}

/// Texts with all that decides on a style, as js-yaml 4.3 writes them.
#[test]
fn the_forms_are_these() {
    let long = "word ".repeat(20);
    let cases: &[(&str, &str)] = &[
        (
            r#"{"a": [], "b": {}, "c": [[], [1, [2]], {"d": {"e": null}}]}"#,
            "a: []\nb: {}\nc:\n  - []\n  - - 1\n    - - 2\n  - d:\n      e: null\n",
        ),
        (
            r##"{"200": 1.50, "yes": true, "null": "null", "": "", "x y": "- a", "#": "a # b", "k:": "a: b"}"##,
            "'200': 1.50\n'yes': true\n'null': 'null'\n'': ''\nx y: '- a'\n'#': 'a # b'\n'k:': 'a: b'\n",
        ),
        (
            r#"{"a": "it's", "b": "'x", "c": "a#b:c", "d": "x:", "e": "=", "f": "12:30", "g": "+.5", "h": "1_000"}"#,
            "a: it's\nb: '''x'\nc: a#b:c\nd: 'x:'\ne: '='\nf: '12:30'\ng: '+.5'\nh: 1_000\n",
        ),
        (
            "{\"a\": \"pre\u{a0}fix\", \"b\": \"前缀：cog_\", \"c\": \"tab\\there\", \"d\": \"\\u0085\\u2028\\u0001\\ufeff\\\"\"}",
            "a: \"pre\\_fix\"\nb: 前缀：cog_\nc: \"tab\\there\"\nd: \"\\N\\L\\x01\\uFEFF\\\"\"\n",
        ),
        (
            r#"{"a": "one\ntwo", "b": "one\n", "c": "one\n\n", "d": "\n", "e": " one\ntwo", "f": "\n one\n\n\ntwo"}"#,
            "a: |-\n  one\n  two\nb: |\n  one\nc: |+\n  one\n\nd: |+\n\ne: |2-\n   one\n  two\nf: |2-\n\n   one\n\n\n  two\n",
        ),
        (r#"{"a\nb": [{"c": "x\ny"}, "x\ny"]}"#, "\"a\\nb\":\n  - c: |-\n      x\n      y\n  - |-\n    x\n    y\n"),
    ];
    for (json, yaml) in cases {
        assert_eq!(&to_yaml(&accepted(json)), yaml);
    }
    let folded = format!("{{\"a\": \"{long}\\n  {long}\\nend\\n\\nmore\", \"{long}\": 1}}");
    let line = "word ".repeat(15);
    let (line, rest) = (line.trim_end(), "word word word word word ");
    let expected = format!("a: >-\n  {line}\n  {rest}\n    {long}\n  end\n\n\n  more\n'{long}': 1\n");
    assert_eq!(to_yaml(&accepted(&folded)), expected);
}

#[test]
fn deep_texts_are_not_squeezed() {
    let mut json = format!("\"{}\"", "abc ".repeat(30).trim_end());
    for _ in 0..40 {
        json = format!("{{\"a\": {json}}}");
    }
    let yaml = to_yaml(&accepted(&json));
    let longest = yaml.lines().skip(40).map(|line| line.trim_start().len()).max();
    assert_eq!(longest, Some(39), "{yaml}");
}

/// Pieces of strings that decide on a style.
const PIECES: &[&str] = &[
    "a",
    "word ",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\n ",
    ": ",
    ":",
    " #",
    "#",
    "- ",
    "'",
    "\"",
    "\\",
    "\t",
    "\r",
    "\u{85}",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffe}",
    "😀",
    "前",
    "yes",
    "12",
    "1e3",
    "...",
    "---",
    "{",
    "]",
    "|",
    ">",
    "&",
    "%",
    "@",
    "`",
    "<<",
    "~",
    "null",
    "long-word-without-any-place-to-break-it-that-goes-on-and-on-for-more-than-80",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![8 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

fn node(value: Value) -> Node {
    let mut node = accepted("~");
    node.value = value;
    node
}

fn tree() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::Boolean),
        2 => prop::sample::select(&["0", "-1.50", "1e400", "123456789012345678901234567890"][..])
            .prop_map(|digits| Value::Number(digits.into())),
        8 => text().prop_map(Value::String),
    ];
    leaf.prop_map(node).prop_recursive(5, 40, 5, |inner| {
        let members = prop::collection::btree_map(text(), inner.clone(), 0..5).prop_map(|members| {
            let entries = members.into_iter().map(|(text, value)| Entry { key: Key { text, span: value.span }, value });
            node(Value::Mapping(entries.collect()))
        });
        prop_oneof![prop::collection::vec(inner, 0..5).prop_map(|items| node(Value::Sequence(items))), members]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_tree_is_read_again(tree in tree()) {
        let yaml = to_yaml(&tree);
        prop_assert_eq!(accepted(&yaml), tree, "{}", yaml);
    }
}
