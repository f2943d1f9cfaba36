//! Every code of loading has a case in `tests/reject`: a document, and the exact text that users see.

use std::{env, fs, path::PathBuf};

use stubwright_codegen::diagnostic::Code;

use crate::{read, read_as};

/// The codes that loading reports. A file for `size-limit` would hold 4 GiB.
const CODES: &[Code] = &[
    Code::Syntax,
    Code::Encoding,
    Code::EmptyDocument,
    Code::DuplicateKey,
    Code::KeyNotScalar,
    Code::UnknownAlias,
    Code::AliasLimit,
    Code::MergeKey,
    Code::Tag,
    Code::NumberNotJson,
    Code::SecondDocument,
    Code::NestingLimit,
];

#[test]
fn every_code_is_shown_as_agreed() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/reject");
    for &code in CODES {
        let name = format!("{code}.yaml");
        let text = fs::read_to_string(folder.join(&name)).expect("every code has a case");
        let loaded = read_as(&name, &text);
        assert!(!loaded.codes().is_empty() && loaded.codes().iter().all(|&reported| reported == code), "{name}");
        let expected = folder.join(format!("{code}.stderr"));
        if env::var_os("UPDATE").is_some() {
            fs::write(&expected, loaded.rendered()).expect("the folder can be written");
        }
        let expected = fs::read_to_string(&expected).expect("run again with UPDATE=1");
        assert_eq!(loaded.rendered(), expected, "{name}");
    }
}

#[test]
fn these_texts_are_refused() {
    let table = [
        ("", Code::EmptyDocument),
        ("\n# only a comment\n", Code::EmptyDocument),
        ("---\n...\n", Code::EmptyDocument),
        ("\u{feff}", Code::EmptyDocument),
        ("a: \u{1}\n", Code::Encoding),
        ("a: \u{c}\n", Code::Encoding),
        ("\u{1b}[31m", Code::Encoding),
        ("'\u{7f}'", Code::Encoding),
        ("a: \u{9b}", Code::Encoding),
        ("{a: 1, 'a': 2}", Code::DuplicateKey),
        ("{200: 1, '200': 2}", Code::DuplicateKey),
        ("? [a]\n: b\n", Code::KeyNotScalar),
        ("? {a: b}\n: c\n", Code::KeyNotScalar),
        ("&a a: 1\n*a : 2\n", Code::KeyNotScalar),
        (": a\n", Code::KeyNotScalar),
        ("a: *b\n", Code::UnknownAlias),
        ("a: *b\nb: &b 1\n", Code::UnknownAlias),
        ("a: &a [*a]\n", Code::UnknownAlias),
        ("a: &a {b: *a}\n", Code::UnknownAlias),
        ("<<: {a: 1}\n", Code::MergeKey),
        ("a: {b: 1, <<: {c: 2}}\n", Code::MergeKey),
        ("!!int a\n", Code::Tag),
        ("!!int 1.5\n", Code::Tag),
        ("!!bool 1\n", Code::Tag),
        ("!!null a\n", Code::Tag),
        ("!!float a\n", Code::Tag),
        ("!!seq a\n", Code::Tag),
        ("!!map [a]\n", Code::Tag),
        ("!!str [a]\n", Code::Tag),
        ("!!timestamp 2020-01-01\n", Code::Tag),
        ("!!set {a}\n", Code::Tag),
        ("!foo a: b\n", Code::Tag),
        ("!!float .inf\n", Code::NumberNotJson),
        ("[.nan]", Code::NumberNotJson),
        ("a: 1\n---\nb: 2\n", Code::SecondDocument),
        ("a: 1\n...\nb\n", Code::SecondDocument),
        ("a\n---\n*b\n", Code::SecondDocument),
        ("\"\\ud83d\"", Code::Syntax),
        ("\"\\ude00\"", Code::Syntax),
        ("\"\\ud83dx\"", Code::Syntax),
        ("a: 'b\n", Code::Syntax),
        ("a:\n\t- b\n", Code::Syntax),
        ("{", Code::Syntax),
        ("]", Code::Syntax),
        ("a: b: c", Code::Syntax),
        ("a: @b", Code::Syntax),
        ("[a, , b]", Code::Syntax),
        ("a: \"\u{fffd}\\q\"", Code::Syntax),
    ];
    for (text, code) in table {
        assert_eq!(read(text).codes(), [code], "{text:?}");
    }
}

#[test]
fn every_duplicate_is_reported() {
    let long = (0..100).fold(String::new(), |text, index| text + &format!("k{}: {index}\n", index % 60));
    assert_eq!(read(&long).codes(), [Code::DuplicateKey; 40]);
    let loaded = read("a: 1\nb: {c: 1, c: 2}\na: 2\na: 3\n");
    assert_eq!(loaded.codes(), [Code::DuplicateKey; 3]);
    let first = loaded.root.as_ref().and_then(|root| root.entry("a")).expect("the first one stays").key.span;
    assert_eq!(loaded.diagnostics[1].others[0].span, first);
    assert_eq!(loaded.diagnostics[2].others[0].span, first);
}

#[test]
fn a_syntax_error_says_where_and_what() {
    let table = [
        ("{a: 1\n", "1:1: syntax: this `{` is never closed"),
        ("{a: [1}\n", "1:5: syntax: this `[` is closed by a `}`"),
        ("a: ]\n", "1:4: syntax: this bracket closes nothing"),
        ("a:\n  b: 'c\n", "2:6: syntax: this quote is never closed"),
        ("a: 'b\nc: d\n", "2:1: syntax: the text in quotes goes on with too little indentation"),
        ("a: 'b\nc: 'd'\n", "2:1: syntax: the text in quotes goes on with too little indentation"),
        ("a: 'b\nc: d'\ne: f\ng: ]\n", "4:4: syntax: this bracket closes nothing"),
        ("[\"a\", 'it''s', # \"\n  \"b\\\"\n  , c\n", "2:3: syntax: this quote is never closed"),
        ("a: b: c\n", "1:5: syntax: no mapping can begin here"),
        ("a:\n  - b\n c: d\n", "3:2: syntax: a key of the mapping should stand here"),
        ("- a\nb: c\n", "2:1: syntax: a `-` of the list should stand here"),
        ("é: @a\n", "1:4: syntax: no value can begin with `@`"),
        ("[a, , b]\n", "1:5: syntax: `,` stands where a value should"),
        ("a:\n\t- b\n", "2:2: syntax: a tab cannot indent YAML"),
        ("{\"a\": \"b\" \"c\": 1}\n", "1:11: syntax: nothing can follow the closing quote"),
        ("{\"a\": [1] \"c\": 1}\n", "1:11: syntax: a `,` or `}` should stand here"),
        ("\"\\ud800\"\n", "1:1: syntax: this text escapes one half of a surrogate pair"),
        ("a: *\n", "1:4: syntax: a name should follow this character"),
        ("%YAML 3.0\n---\na\n", "1:1: syntax: this version of YAML is not supported"),
    ];
    for (text, expected) in table {
        let loaded = read(text);
        assert_eq!(loaded.diagnostics.len(), 1, "{text:?}");
        let line = stubwright_codegen::render::render_line(&loaded.sources, &loaded.diagnostics[0]);
        assert_eq!(line, format!("test.yaml:{expected}"), "{text:?}");
        assert!(loaded.root.is_none());
    }
}
