//! What is JSON to the letter has a reader of its own: with a comment behind it the same text is YAML, and both give one
//! tree with the same places.

use proptest::prelude::{Strategy, any, prop, prop_assert, prop_oneof, proptest};
use stubwright_codegen::diagnostic::Code;
use stubwright_codegen::document::Value;

use crate::{Loaded, accepted, read, round_trips};

/// What a loaded text is, places and numbers of nodes included; `Err` with the codes of what was reported.
fn outcome(loaded: &Loaded) -> Result<String, Vec<Code>> {
    match &loaded.root {
        Some(root) if loaded.diagnostics.is_empty() => Ok(format!("{root:?}")),
        Some(_) | None => Err(loaded.codes()),
    }
}

#[track_caller]
fn assert_same(text: &str) -> bool {
    let (json, yaml) = (outcome(&read(text)), outcome(&read(&format!("{text}\n# a comment"))));
    match (&json, &yaml) {
        (Ok(json), Ok(yaml)) => assert_eq!(json, yaml, "{text:?}"),
        (Err(_), Err(_)) => {}
        (Ok(_), Err(_)) | (Err(_), Ok(_)) => panic!("{text:?}: {json:?} is not {yaml:?}"),
    }
    json.is_ok()
}

#[test]
fn json_is_the_yaml_that_it_is() {
    for text in [
        "{}",
        " [ ] ",
        "{\"a\":1,\"b\":[2,{\"c\":null}],\"\":[[]]}",
        "{\r\n\t\"a\" : [ true , false , null ] }\n",
        "[0, -0, 10, 1.0, -1.50, 1e400, 2E+7, 3e-08, 18446744073709551617]",
        "[\"\", \"é 状态 🦀\", \"\\\" \\\\ \\/ \\b \\f \\n \\r \\t\", \"\\u0000\\u00e9\\uD83E\\udd80\\uFFFF\"]",
        "{\"<<\": 1, \"~\": 2, \"null\": 3, \"a: b\": 4, \"# c\": 5, \"200\": 6}",
        "[\"\u{85}\u{9f}\"]",
        "[\"\u{2028}\u{2029}\"]",
        "[\"\u{feff}\"]",
        "[\"\u{10ffff}\"]",
    ] {
        assert!(assert_same(text), "{text:?}");
    }
}

#[test]
fn json_takes_characters_that_yaml_does_not() {
    for character in ['\u{7f}', '\u{fffe}', '\u{ffff}'] {
        let text = format!("[\"{character}\"]");
        assert_eq!(outcome(&read(&format!("{text}\n# a comment"))), Err(vec![Code::Encoding]));
        let Value::Sequence(items) = accepted(&text).value else { panic!("a list") };
        assert_eq!(items[0].as_str(), Some(&*character.to_string()));
    }
}

#[test]
fn what_is_no_json_is_left_to_yaml() {
    for (text, is_yaml) in [
        ("{a: 1}", true),
        ("['a']", true),
        ("[1,]", true),
        ("{\"a\": 1,}", true),
        ("{\"a\"}", true),
        ("{\"a\": }", true),
        ("[01, +1, .5, 5., 0x1F, 1_0, --1, 1e]", true),
        ("[truex, nul, Null, TRUE]", true),
        ("[\"a\nb\", \"tab\there\", \"\\x41\\e\"]", true),
        ("# comment\n{\"a\": 1}", true),
        ("\u{feff}{\"a\": 1}", true),
        ("{\"a\": &x 1, \"b\": *x}", true),
        ("{\"a\": 1, \"a\": 2}", false),
        ("{\"a\": 1} {\"b\": 2}", false),
        ("{\"a\": 1}}", false),
        ("[1 2", false),
        ("[\"\\ud83e\"]", false),
        ("[\"\\udd80\"]", false),
        ("[\"\\ud83e\\u0041\"]", false),
        ("[\"\\u+123\"]", false),
        ("[\"\\q\"]", false),
        ("[\"", false),
        ("[,]", false),
        ("{,}", false),
        ("[1}", false),
    ] {
        assert_eq!(assert_same(text), is_yaml, "{text:?}");
    }
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(assert_same(&deep(200)));
    assert!(!assert_same(&deep(201)));
}

#[test]
fn documents_in_every_form_are_the_same_with_a_comment() {
    let accepted = round_trips::DOCUMENTS.iter().filter(|text| !text.contains('|')).filter(|text| assert_same(text));
    assert!(accepted.count() >= 8);
}

/// Pieces of JSON, whole and broken.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    " ",
    "\n",
    "\t",
    "\"a\"",
    "\"b\"",
    "\"\\n\"",
    "\"\\u00e9\"",
    "\"\\ud83e\\udd80\"",
    "\"\\",
    "\"",
    "\\u12",
    "1",
    "-0.5e3",
    "0",
    "-",
    ".",
    "true",
    "false",
    "null",
    "nul",
    "é",
];

fn json() -> impl Strategy<Value = String> {
    let scalar =
        prop::sample::select(vec!["null", "true", "1", "-0.5e+3", "\"\"", "\"a\\u00e9\"", "\"b c\"", "{}", "[]"]);
    let leaf = scalar.prop_map(str::to_owned);
    let space = || prop::sample::select(vec!["", " ", "\n", "\r\n\t", "  "]);
    leaf.prop_recursive(4, 30, 5, move |inner| {
        let items = prop::collection::vec((space(), inner.clone()), 1..5);
        let list = items.prop_map(|items| {
            let items: Vec<String> = items.into_iter().map(|(space, item)| format!("{space}{item}{space}")).collect();
            format!("[{}]", items.join(","))
        });
        let members = prop::collection::vec((space(), inner), 1..5);
        let object = members.prop_map(|members| {
            let members = members.into_iter().enumerate();
            let members: Vec<String> = members
                .map(|(key, (space, value))| format!("{space}\"k{key}\"{space}:{space}{value}{space}"))
                .collect();
            format!("{{{}}}", members.join(","))
        });
        prop_oneof![list, object]
    })
}

proptest! {
    #[test]
    fn random_json_is_the_yaml_that_it_is(text in json()) {
        prop_assert!(assert_same(&text));
    }

    #[test]
    fn broken_json_is_what_it_is_as_yaml(
        text in json(),
        at in any::<prop::sample::Index>(),
        cut in 0_usize..3,
        piece in prop::sample::select(PIECES),
    ) {
        let at = at.index(text.len() + 1);
        let (start, end) = (text.floor_char_boundary(at), text.floor_char_boundary((at + cut).min(text.len())));
        assert_same(&format!("{}{piece}{}", &text[..start], &text[end..]));
    }

    #[test]
    fn pieces_of_json_are_what_they_are_as_yaml(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..12)) {
        assert_same(&format!("[{}]", pieces.concat()));
    }
}
