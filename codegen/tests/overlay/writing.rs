//! Effective documents as text: what no action touches stays as it stands.

use stubwright_codegen::{
    diagnostic::Sink,
    document::{self, Document},
    overlay,
    source::Sources,
};

/// A document with overlays, as text.
pub(super) fn written(base: &str, actions: &str) -> String {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let source = sources.add("base", base);
    let overlay = format!("overlay: 1.1.0\ninfo: {{title: A, version: '1'}}\nactions:\n{actions}\n");
    let patch = sources.add("overlay", overlay);
    let base = document::load(&sources, source, &mut sink).unwrap();
    let patch = document::load(&sources, patch, &mut sink).unwrap();
    let patch = overlay::read(&sources, &patch, &mut sink).unwrap();
    let effective = overlay::apply(&base, &[patch], &mut sink);
    assert!(!sink.has_errors(), "{sink:?}");
    let text = overlay::write(&sources, &base, &effective);
    assert_eq!(document::to_json_text(&load(&text).root), document::to_json_text(&effective.root), "{text}");
    text
}

fn load(text: &str) -> Document {
    super::load(text)
}

const BLOCK: &str = "\
# A shop.
openapi: 3.1.0
info:
  title: 'Shop'   # the name
  version: \"1\"

# What there is.
paths:
  /pets: # all pets
    get:
      tags:
      - pets # one tag
      - \"old\"
      parameters:
        - name: limit
          in: query
        # The page.
        - {name: page, in: query}
      description: |
        Lists them.

        All of them.
  # Gone soon.
  /old:
    get: {}
components: {schemas: {A: {type: object}, B: {type: string}}}
";

/// The document with some lines exchanged.
fn exchanged(base: &str, changes: &[(&str, &str)]) -> String {
    changes.iter().fold(base.to_owned(), |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "{old:?} in {text}");
        text.replacen(old, new, 1)
    })
}

#[test]
fn block_style_is_kept() {
    for (actions, changes) in [
        ("- {target: $.info.title, update: Store}", &[("'Shop'   # the name", "Store   # the name")][..]),
        ("- {target: $.info, update: {x-a: {b: [1]}}}", &[("\"1\"\n", "\"1\"\n  x-a:\n    b:\n      - 1\n")]),
        ("- {target: $.info.version, remove: true}", &[("  version: \"1\"\n", "")]),
        ("- {target: \"$.paths['/old']\", remove: true}", &[("  /old:\n    get: {}\n", "")]),
        ("- {target: \"$.paths['/old'].get\", update: {a: 1}}", &[("    get: {}\n", "    get:\n      a: 1\n")]),
        (
            "- {target: \"$.paths['/pets'].get.tags\", update: new}",
            &[("      - \"old\"\n", "      - \"old\"\n      - new\n")],
        ),
        ("- {target: \"$.paths['/pets'].get.tags[0]\", remove: true}", &[("      - pets # one tag\n", "")]),
        ("- {target: \"$.paths['/pets'].get.tags[0]\", update: cats}", &[("- pets # one", "- cats # one")]),
        (
            "- {target: \"$.paths['/pets'].get.parameters[0]\", update: {required: false}}",
            &[("          in: query\n", "          in: query\n          required: false\n")],
        ),
        (
            "- {target: \"$.paths['/pets'].get.parameters[1]\", update: {required: false}}",
            &[("{name: page, in: query}", "{name: page, in: query, \"required\": false}")],
        ),
        (
            "- {target: \"$.paths['/pets'].get.parameters[0].name\", remove: true}",
            &[("        - name: limit\n          in: query\n", "        - in: query\n")],
        ),
        (
            "- {target: \"$.paths['/pets'].get.description\", update: \"One line.\"}",
            &[("description: |\n        Lists them.\n\n        All of them.\n", "description: One line.\n")],
        ),
        (
            "- {target: \"$.paths['/pets'].get\", update: {x-a: 1}}",
            &[("        All of them.\n", "        All of them.\n      x-a: 1\n")],
        ),
        ("- {target: $.components.schemas.A, remove: true}", &[("A: {type: object}, ", "")]),
        ("- {target: $.components.schemas.B, remove: true}", &[(", B: {type: string}", "")]),
        (
            "- {target: $.components.schemas, update: {C: {enum: [1, 'x']}, A: {x: ~}}}",
            &[
                ("A: {type: object}", "A: {type: object, \"x\": null}"),
                ("B: {type: string}", "B: {type: string}, \"C\": {\"enum\": [1, \"x\"]}"),
            ],
        ),
        ("- {target: $.openapi, update: '3.1'}", &[("openapi: 3.1.0", "openapi: '3.1'")]),
        ("- {target: $, update: {tags: []}}", &[("B: {type: string}}}\n", "B: {type: string}}}\ntags: []\n")]),
    ] {
        assert_eq!(written(BLOCK, actions), exchanged(BLOCK, changes), "{actions}");
        let windows = BLOCK.replace('\n', "\r\n");
        assert_eq!(written(&windows, actions), exchanged(BLOCK, changes).replace('\n', "\r\n"), "{actions}");
    }
}

const JSON: &str = r#"{
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "tags": [
        {"name": "a"},
        {"name": "b"}
    ],
    "paths": {
        "/pets": {
            "get": {}
        }
    }
}
"#;

#[test]
fn the_layout_of_json_is_kept() {
    for (actions, changes) in [
        (
            "- {target: $.info, update: {title: Store, x: [1, 2]}}",
            &[("\"Shop\", \"version\": \"1\"", "\"Store\", \"version\": \"1\", \"x\": [1, 2]")][..],
        ),
        ("- {target: '$.tags[0]', remove: true}", &[("{\"name\": \"a\"},\n        ", "")]),
        ("- {target: '$.tags[1]', remove: true}", &[(",\n        {\"name\": \"b\"}", "")]),
        (
            "- {target: $.tags, update: {name: c}}",
            &[("{\"name\": \"b\"}", "{\"name\": \"b\"},\n        {\n            \"name\": \"c\"\n        }")],
        ),
        (
            "- {target: \"$.paths['/pets'].get\", update: {a: {b: 1}}}",
            &[(
                "\"get\": {}",
                "\"get\": {\n                \"a\": {\n                    \"b\": 1\n                }\n            }",
            )],
        ),
        ("- {target: $.openapi, remove: true}", &[("\"openapi\": \"3.1.0\",\n    ", "")]),
        (
            "- {target: $.paths, remove: true}\n- {target: $, update: {x: é}}",
            &[(
                ",\n    \"paths\": {\n        \"/pets\": {\n            \"get\": {}\n        }\n    }",
                ",\n    \"x\": \"é\"",
            )],
        ),
    ] {
        assert_eq!(written(JSON, actions), exchanged(JSON, changes), "{actions}");
    }
}

#[test]
fn what_cannot_be_kept_is_written_anew_as_far_as_need_be() {
    // An anchor that another value names: the alias is written out.
    let anchors = "# Kept?\na: &a {x: 1}\nb: *a\nc: 1\n";
    assert_eq!(
        written(anchors, "- {target: $.a, update: {y: 2}}"),
        "# Kept?\na: &a {x: 1, \"y\": 2}\nb:\n  x: 1\nc: 1\n"
    );
    let deep = "a: &a # d\n  x: 1 # e\nb: # f\n  c: *a\n  d: 1 # g\nh: [*a] # i\n";
    assert_eq!(
        written(deep, "- {target: $.a, update: {x: 2}}"),
        "a: &a # d\n  x: 2 # e\nb: # f\n  c:\n    x: 1\n  d: 1 # g\nh:\n  - x: 1\n"
    );
    assert_eq!(written(anchors, "- {target: $.c, update: 2}"), "# Kept?\na: &a {x: 1}\nb: *a\nc: 2\n");
    // The alias alone is written anew.
    let text = written(anchors, "- {target: $.b, update: {y: 2}}");
    assert_eq!(text, "# Kept?\na: &a {x: 1}\nb:\n  x: 1\n  'y': 2\nc: 1\n");
    // Explicit keys, and a document that begins within a line.
    assert_eq!(written("? a\n: b\nc: d # e\n", "- {target: $.a, update: x}"), "a: x\nc: d\n");
    assert_eq!(written("--- {a: 1}\n", "- {target: $.a, update: 2}"), "--- {a: 2}\n");
    assert_eq!(written("a: 1", "- {target: $, update: {b: 2}}"), "a: 1\nb: 2");
    assert_eq!(written("a:\n  b: 1 # c\n", "- {target: $.a.b, remove: true}"), "a: {}\n");
}

#[test]
fn comments_and_style_of_the_rest_are_kept() {
    for (base, actions, expected) in [
        // A block list whose first item stands in brackets.
        (
            "tags:\n  - {name: a}   # c1\n  - name: c # c2\n",
            "- {target: $.tags, update: {name: d}}",
            "tags:\n  - {name: a}   # c1\n  - name: c # c2\n  - name: d\n",
        ),
        (
            "tags:\n  - [1, 2] # k\n  - 3 # l\n",
            "- {target: $.tags, update: 4}",
            "tags:\n  - [1, 2] # k\n  - 3 # l\n  - 4\n",
        ),
        (
            "tags:\n  - {name: a} # k\n  - {name: b} # l\n  - c # m\n",
            "- {target: '$.tags[::2]', remove: true}",
            "tags:\n  - {name: b} # l\n",
        ),
        // A byte order mark.
        (
            "\u{feff}a: 1 # k\nb:\n  - x # y\n",
            "- {target: $, update: {c: 2}}",
            "\u{feff}a: 1 # k\nb:\n  - x # y\nc: 2\n",
        ),
        // A text with empty lines at its end.
        (
            "p:\n  description: d\n  r: {'200': {d: ok}} # c\n",
            "- {target: $.p, update: {description: \"x\\n\\n\"}}",
            "p:\n  description: |+\n    x\n\n  r: {'200': {d: ok}} # c\n",
        ),
    ] {
        assert_eq!(written(base, actions), expected, "{actions}");
    }
}

#[test]
fn what_is_not_changed_is_not_touched() {
    let odd = "%YAML 1.2\n---\na:   1   # x\n\n\n...\n";
    assert_eq!(written(odd, "- {target: $, update: {}}"), odd);
}
