//! YAML and JSON texts, and the values that they are.

use stubwright_codegen::document::Node;

use crate::{accepted, compact, read};

#[test]
fn texts_are_these_values() {
    let table = [
        // Plain scalars; the whole table of the core schema stands beside the resolver.
        ("a", r#""a""#),
        (
            "[null, ~, Null, yes, on, NO, TRUE, 1.10, 1e400, 0x1F, 012, .5]",
            "[null,null,null,\"yes\",\"on\",\"NO\",true,1.10,1e400,31,12,0.5]",
        ),
        ("18446744073709551616", "18446744073709551616"),
        ("a: x # comment\nb: y#no comment\n", r#"{"a": "x","b": "y#no comment"}"#),
        ("a: one\n  two\n\n  three\n", r#"{"a": "one two\nthree"}"#),
        // Quoted scalars are strings.
        ("['1', \"true\", '', 'it''s', \"a\\tb\\x41\\u00e9\\/\"]", r#"["1","true","","it's","a\tbAé/"]"#),
        (r#""\ud83d\ude00""#, "\"😀\""),
        ("\"a\\\n  b\"", r#""ab""#),
        // Block scalars.
        ("a: |\n  x\n   y\n\nb: 1\n", r#"{"a": "x\n y\n","b": 1}"#),
        ("a: |-\n  x\n\n", r#"{"a": "x"}"#),
        ("a: |+\n  x\n\n", r#"{"a": "x\n\n"}"#),
        ("a: |2\n    x\n", r#"{"a": "  x\n"}"#),
        ("a: >\n  x\n  y\n\n  z\n", r#"{"a": "x y\nz\n"}"#),
        ("a: |\n  x\n  y", r#"{"a": "x\ny"}"#),
        ("a: |-\n  x\n  y", r#"{"a": "x\ny"}"#),
        ("a: >\n  x\n  ", r#"{"a": "x\n"}"#),
        // Quoted scalars with less indentation than YAML demands, which common readers take.
        (
            "a:\n  b: \"-----BEGIN\nxy\n\nz -----END\"\n  c: 'd\n  it''s'\ne: f\n",
            r#"{"a": {"b": "-----BEGIN xy\nz -----END","c": "d it's"},"e": "f"}"#,
        ),
        // Collections.
        ("{}", "{}"),
        ("[]", "[]"),
        ("- a\n- - b\n  - c\n-\n  d: e\n", r#"["a",["b","c"],{"d": "e"}]"#),
        ("a:\n- b\nc: {d: [e, f,], }\n", r#"{"a": ["b"],"c": {"d": ["e","f"]}}"#),
        ("? a\n: b\n? c\n", r#"{"a": "b","c": null}"#),
        ("[a: 1, b]", r#"[{"a": 1},"b"]"#),
        ("a:\nb:\n- \n- c\n", r#"{"a": null,"b": [null,"c"]}"#),
        ("{a: , b, c: }", r#"{"a": null,"b": null,"c": null}"#),
        // Keys are text, as the document writes them.
        (
            "{200: a, 0x10: b, true: c, null: d, 1.0: e, .nan: f, '': g}",
            r#"{"200": "a","0x10": "b","true": "c","null": "d","1.0": "e",".nan": "f","": "g"}"#,
        ),
        ("'<<': 1\n", r#"{"<<": 1}"#),
        ("a: <<\n", r#"{"a": "<<"}"#),
        // Aliases.
        ("a: &x [1, {b: 2}]\nc: *x\n", r#"{"a": [1,{"b": 2}],"c": [1,{"b": 2}]}"#),
        ("- &a 1\n- &a 2\n- *a\n", "[1,2,2]"),
        ("&k key: 1\nb: *k\n", r#"{"key": 1,"b": "key"}"#),
        ("- &a\n- *a\n", "[null,null]"),
        // Tags of the core schema.
        (
            "[!!str 5, !!int '5', !!float 5, !!bool 'true', !!null '', ! 12, !!str , !!seq [], !!map {}]",
            r#"["5",5,5,true,null,"12","",[],{}]"#,
        ),
        ("!!map\n!<tag:yaml.org,2002:str> a: !!str 1\n", r#"{"a": "1"}"#),
        ("%TAG !y! tag:yaml.org,2002:\n---\n!y!str 1\n", r#""1""#),
        // Documents.
        ("\u{feff}a: 1\n", r#"{"a": 1}"#),
        ("a: 1\r\nb:\r\n- é\r\n", r#"{"a": 1,"b": ["é"]}"#),
        ("%YAML 1.2\n---\na: 1\n...\n", r#"{"a": 1}"#),
        ("---\na: 1\n---\n", r#"{"a": 1}"#),
        ("---\n---\na: 1\n---\n# nothing\n...\n", r#"{"a": 1}"#),
        ("null", "null"),
        // JSON, with any white space.
        ("{\n\t\"a\" : [\n\t\t1,\r\n\t\t2\n\t],\"b\":{\"c\":null}}\n", r#"{"a": [1,2],"b": {"c": null}}"#),
        ("{\"a\":\n1,\n    \"b\":\n  [\n]\n}", r#"{"a": 1,"b": []}"#),
        ("{\"http://a/b:c\":\"d, e: f # g\"}", r#"{"http://a/b:c": "d, e: f # g"}"#),
        ("[\"\u{85}\u{2028}\"]", r#"["\u0085\u2028"]"#),
    ];
    for (text, json) in table {
        assert_eq!(compact(&accepted(text)), json, "{text:?}");
    }
}

#[test]
fn a_json_key_may_be_long() {
    let key = "k".repeat(5000);
    assert_eq!(compact(&accepted(&format!("{{\"{key}\": 1}}"))), format!("{{\"{key}\": 1}}"));
}

#[test]
fn a_tree_is_given_beside_what_was_refused() {
    let loaded = read("a: 1\n<<: {b: 2}\nc: *x\nd: .inf\na: 2\n[e]: 3\nf: !g h\n");
    assert_eq!(loaded.codes().len(), 6);
    let root = loaded.root.expect("no refusal here costs the tree");
    assert_eq!(compact(&root), r#"{"a": 1,"c": null,"d": null,"f": null}"#);
}

#[test]
fn numbers_keep_their_digits_and_nodes_their_order() {
    assert_eq!(compact(&accepted("{z: 1.50, a: -0, m: 1E+2}")), r#"{"z": 1.50,"a": -0,"m": 1E+2}"#);
}

#[test]
fn json_strings_hold_the_control_characters_behind_ascii() {
    let text = "{\"a\u{9f}b\": \"\u{80}\u{a0}\\u00a0\\n\u{9f}\", \"c\": \"plain\"}";
    let root = accepted(text);
    assert_eq!(root.get("a\u{9f}b").and_then(Node::as_str), Some("\u{80}\u{a0}\u{a0}\n\u{9f}"));
    assert_eq!(root.get("c").and_then(Node::as_str), Some("plain"));
}
