//! Languages: translations of the seeds give texts, and what else differs is reported once, with both places.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its fixtures has failed")]

use std::{fs, path::Path};

use stubwright_codegen::{
    diagnostic::{Code, Diagnostic, Sink},
    document::{self, Document, Node, Pointer, Value},
    locale::{self, Texts, Translation},
    render,
    role::{Role, Roles},
    source::Sources,
};

#[test]
fn the_seeds_differ_in_texts_only() {
    let (base, de, zh) = (seed("v3-openapi.yaml"), seed("de/v3-openapi.yaml"), seed("zh/v3-openapi.yaml"));
    let compared = compare(&base, &[("de", &de), ("zh", &zh)]);
    assert_eq!(compared.rendered, "");
    assert_eq!(compared.texts.languages, ["en", "de", "zh"]);
    assert_eq!(compared.texts.entries.len(), 25);
    for language in ["de", "zh"] {
        let entries = compared.texts.entries.iter();
        let translated = entries.filter(|text| text.translations.iter().any(|(tag, _)| tag == language)).count();
        assert_eq!(translated, 8, "{language}");
    }
    assert!(compared.texts.entries.is_sorted_by(|one, other| one.pointer < other.pointer));

    let key =
        compared.texts.get(&Pointer::parse("/components/securitySchemes/bearerAuth/description").unwrap()).unwrap();
    assert_eq!(key.base, "Service User credential (prefix: cog_)");
    assert_eq!(key.in_language("de"), "Servicebenutzer-Anmeldedaten (Präfix: cog_)");
    assert_eq!(key.in_language("zh"), "服务用户凭据（前缀：cog_）");
    let title = compared.texts.get(&Pointer::parse("/info/title").unwrap()).unwrap();
    assert_eq!((title.in_language("de"), title.translations.len()), ("Devin API v3", 0));
    assert_eq!(compared.texts.get(&Pointer::parse("/info").unwrap()), None);
}

#[test]
fn a_changed_contract_scalar_is_reported_once() {
    let base = seed("v3-openapi.yaml");
    let mut changed = 0;
    each_scalar(&seed("de/v3-openapi.yaml"), |text, pointer, role| {
        let diagnostics = compare(&base, &[("de", text)]).diagnostics;
        match role {
            Role::Contract => {
                let codes: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
                assert_eq!(codes, [Code::TranslationDrift], "{pointer}");
                assert_eq!(diagnostics[0].others.len(), 1, "{pointer}");
            }
            Role::Example => {
                assert_eq!((diagnostics.len(), diagnostics[0].code), (1, Code::TranslatedExample), "{pointer}");
            }
            Role::Text | Role::Extension => assert_eq!(diagnostics, [], "{pointer}"),
        }
        changed += 1;
    });
    assert!(changed > 70, "{changed} scalars");
}

#[test]
fn a_renamed_key_is_reported_once() {
    let base = seed("v3-openapi.yaml");
    let mut renamed = 0;
    each_key(&seed("zh/v3-openapi.yaml"), |text, key| {
        let diagnostics = compare(&base, &[("zh", text)]).diagnostics;
        // A renamed text or example is a missing one, and a contract that the base does not have.
        let both = matches!(key, "title" | "description" | "summary" | "example");
        let drifts = diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::TranslationDrift).count();
        assert_eq!((drifts, diagnostics.len()), (1, if both { 2 } else { 1 }), "{key}: {diagnostics:?}");
        renamed += 1;
    });
    assert!(renamed > 100, "{renamed} keys");
}

/// Base, copy, and what is said.
type Rule = (&'static str, &'static str, &'static [(Code, &'static str)]);

#[test]
fn order_is_never_reported() {
    let rules: [Rule; 7] = [
        ("{a: 1, b: {c: 2, d: 3}}", "{b: {d: 3, c: 2}, a: 1}", &[]),
        ("{required: [a, b, c]}", "{required: [c, a, b]}", &[]),
        ("{enum: [1, b, {c: 1, d: 2}]}", "{enum: [{d: 2, c: 1}, 1, b]}", &[]),
        ("{type: [string, 'null']}", "{type: ['null', string]}", &[]),
        ("{security: [{a: [x, y]}, {b: [], c: []}]}", "{security: [{c: [], b: []}, {a: [y, x]}]}", &[]),
        (
            "{parameters: [{in: path, name: a}, {in: query, name: a}, {$ref: '#/p'}]}",
            "{parameters: [{$ref: '#/p'}, {name: a, in: query}, {in: path, name: a}]}",
            &[],
        ),
        ("{responses: {'200': {}, '404': {}}}", "{responses: {404: {}, 200: {}}}", &[]),
    ];
    check(&rules);
}

#[test]
fn positions_in_other_lists_count() {
    let rules: [Rule; 4] = [
        (
            "{allOf: [{type: string}, {type: integer}]}",
            "{allOf: [{type: integer}, {type: string}]}",
            &[
                (Code::TranslationDrift, "`type` of the `de` copy is not the base's"),
                (Code::TranslationDrift, "`type` of the `de` copy is not the base's"),
            ],
        ),
        ("{tags: [a, b]}", "{tags: [a, b, c]}", &[(Code::TranslationDrift, "the tag `c` is only in the `de` copy")]),
        ("{tags: [a, b]}", "{tags: [a]}", &[(Code::TranslationDrift, "the tag `b` is not in the `de` copy")]),
        // Data has no grammar: a list is a list.
        (
            "{default: {required: [a, b]}}",
            "{default: {required: [b, a]}}",
            &[
                (Code::TranslationDrift, "the list item `a` of the `de` copy is not the base's"),
                (Code::TranslationDrift, "the list item `b` of the `de` copy is not the base's"),
            ],
        ),
    ];
    check(&rules);
}

#[test]
fn contract_is_named_for_what_it_is() {
    let rules: [Rule; 18] = [
        ("{operationId: a}", "{operationId: b}", &[(DRIFT, "the operationId of the `de` copy is not the base's")]),
        ("{tags: [{name: a}]}", "{tags: [{name: b}]}", &[(DRIFT, "the tag name of the `de` copy is not the base's")]),
        ("{tags: [a]}", "{tags: [b]}", &[(DRIFT, "the tag `a` of the `de` copy is not the base's")]),
        ("{enum: [a, b]}", "{enum: [b, c]}", &[(DRIFT, "the enum value `a` of the `de` copy is not the base's")]),
        ("{enum: [a, b]}", "{enum: [b]}", &[(DRIFT, "the enum value `a` is not in the `de` copy")]),
        ("{bearerFormat: a}", "{bearerFormat: b}", &[(DRIFT, "the bearerFormat of the `de` copy is not the base's")]),
        (
            "{properties: {a: {type: string}}}",
            "{properties: {b: {type: string}}}",
            &[(DRIFT, "the property `a` of the base is the property `b` in the `de` copy")],
        ),
        (
            "{properties: {a: {type: string}, b: true}}",
            "{properties: {b: true}}",
            &[(DRIFT, "the property `a` is not in the `de` copy, with 1 node below it")],
        ),
        (
            "{properties: {description: {title: A}, enum: 1}}",
            "{properties: {description: {title: B}, enum: 2}}",
            &[(DRIFT, "the property `enum` of the `de` copy is not the base's")],
        ),
        (
            "{paths: {/a: {get: {responses: {}}}}}",
            "{paths: {}}",
            &[(DRIFT, "the path `/a` is not in the `de` copy, with 2 nodes below it")],
        ),
        ("{responses: {}}", "{responses: {200: {}}}", &[(DRIFT, "the status `200` is only in the `de` copy")]),
        (
            "{parameters: [{in: path, name: a}, {in: path, name: b}]}",
            "{parameters: [{in: path, name: b}]}",
            &[(DRIFT, "the parameter `a` is not in the `de` copy, with 2 nodes below it")],
        ),
        (
            "{parameters: [{in: path, name: a}]}",
            "{parameters: [{in: path, name: b}]}",
            &[(DRIFT, "the parameter name of the `de` copy is not the base's")],
        ),
        (
            "{parameters: [{$ref: '#/a'}]}",
            "{parameters: [{$ref: '#/b'}]}",
            &[(DRIFT, "`$ref` of the `de` copy is not the base's")],
        ),
        (
            "{security: [{a: []}]}",
            "{security: []}",
            &[(DRIFT, "the security alternative is not in the `de` copy, with 1 node below it")],
        ),
        (
            "{components: {schemas: {A: {type: string}}}}",
            "{components: {schemas: {}}}",
            &[(DRIFT, "the schema `A` is not in the `de` copy, with 1 node below it")],
        ),
        ("{type: string}", "{type: [string]}", &[(DRIFT, "`type` of the `de` copy is not the base's")]),
        ("{a: 1}", "[a]", &[(DRIFT, "the document of the `de` copy is not the base's")]),
    ];
    check(&rules);
}

#[test]
fn what_is_no_contract_is_a_warning() {
    let rules: [Rule; 10] = [
        (
            "{example: {a: x}}",
            "{example: {a: y}}",
            &[(Code::TranslatedExample, "`a` of the `de` copy is not the base's")],
        ),
        (
            "{examples: {a: {summary: A, example: 1}}}",
            "{examples: {}}",
            &[(Code::TranslatedExample, "the example `a` is not in the `de` copy, with 2 nodes below it")],
        ),
        (
            "{x-mint: {href: /a}}",
            "{x-mint: {href: /de/a}}",
            &[(Code::TranslatedExtension, "`href` of the `de` copy is not the base's")],
        ),
        ("{x-a: 1}", "{}", &[(Code::TranslatedExtension, "the extension `x-a` is not in the `de` copy")]),
        ("{title: A}", "{}", &[(Code::MissingTranslation, "the text `title` is not in the `de` copy")]),
        ("{title: A}", "{title: ''}", &[(Code::MissingTranslation, "the text `title` is not in the `de` copy")]),
        (
            "{}",
            "{title: A}",
            &[(Code::MissingTranslation, "the text `title` is only in the `de` copy: the base has none")],
        ),
        ("{title: A}", "{title: B}", &[]),
        ("{title: A}", "{title: 5}", &[(DRIFT, "`title` of the `de` copy is not the base's")]),
        (
            "{externalDocs: {description: A}}",
            "{}",
            &[(Code::MissingTranslation, "the text `externalDocs` is not in the `de` copy")],
        ),
    ];
    check(&rules);
}

#[test]
fn literals_survive_translation() {
    let kept = [
        ("Returns 404, or 409.", "返回 409 或 404。"),
        ("At most 1,000 items", "Höchstens 1.000 Einträge"),
        ("At most 10MB", "最多１０ MB"),
        ("Needs `ManageUsers`, see https://a.example/b.", "需要 `ManageUsers`，见 https://a.example/b。"),
        ("Service user ID (prefix: service-user-)", "服务用户 ID（前缀：service-user-）"),
        ("Format: sk-lw-{id}_{secret}", "格式：sk-lw-{id}_{secret}"),
        ("Turn on and off", "ein- und ausschalten"),
        ("The v3 API", "Die API in Version drei"),
        ("The 1st", "Der 1."),
        ("A `tick", "Ein ` Strich"),
    ];
    for (base, text) in kept {
        assert_eq!(literals(base, text), None);
    }
    let changed = [
        ("Returns 404", "Gibt 405 zurück", "has `405` where the base's has `404`"),
        ("Returns 404", "Gibt nichts zurück", "lacks `404` of the base's"),
        ("Is off", "Ist nach 3 Tagen aus", "has `3`, which the base's lacks"),
        ("The `status`", "Der `zustand`", "has `zustand` where the base's has `status`"),
        ("Of {id}", "Von {kennung}", "has `{kennung}` where the base's has `{id}`"),
        ("(prefix: cog_)", "(Präfix: zahn_)", "lacks `cog_` of the base's"),
        ("(prefix: service-user-)", "(Präfix: dienst-nutzer-)", "lacks `service-user-` of the base's"),
        (
            "See https://a.example/",
            "Siehe https://a.example/de",
            "has `https://a.example/de` where the base's has `https://a.example/`",
        ),
    ];
    for (base, text, said) in changed {
        assert_eq!(literals(base, text), Some(format!("the text `title` of the `de` copy {said}")));
    }
}

#[test]
fn both_places_are_shown() {
    let base = "info:\n  title: At most 10\npaths:\n  /a:\n    get: {}\n";
    let copy = "paths: {}\ninfo:\n  title: Höchstens 12\n";
    let expected = "\
error[translation-drift]: the path `/a` is not in the `de` copy, with 1 node below it
 --> de.yaml:1:1
  |
1 | paths: {}
  | ^^^^^ missing in this copy
  |
 ::: base.yaml:4:3
  |
4 |   /a:
  |   -- in the base
  |
  = help: a translation may differ from its base in human text only

warning[translated-literal]: the text `title` of the `de` copy has `12` where the base's has `10`
 --> de.yaml:3:20
  |
3 |   title: Höchstens 12
  |                    ^^ differs
  |
 ::: base.yaml:2:18
  |
2 |   title: At most 10
  |                  -- the base's

1 error, 1 warning
";
    assert_eq!(compare(base, &[("de", copy)]).rendered, expected);
}

const DRIFT: Code = Code::TranslationDrift;

fn check(rules: &[Rule]) {
    for (base, copy, expected) in rules {
        let compared = compare(base, &[("de", copy)]);
        let said: Vec<_> =
            compared.diagnostics.iter().map(|diagnostic| (diagnostic.code, diagnostic.message.as_str())).collect();
        assert_eq!(said, *expected, "\n{base}\n{copy}");
    }
}

/// What is said about the literals of a text.
fn literals(base: &str, text: &str) -> Option<String> {
    let document = |text: &str| format!("title: |\n  {text}\n");
    let mut diagnostics = compare(&document(base), &[("de", &document(text))]).diagnostics;
    assert!(diagnostics.iter().all(|diagnostic| diagnostic.code == Code::TranslatedLiteral), "{diagnostics:?}");
    diagnostics.pop().map(|diagnostic| diagnostic.message)
}

struct Compared {
    texts: Texts,
    diagnostics: Vec<Diagnostic>,
    rendered: String,
}

fn compare(base: &str, copies: &[(&str, &str)]) -> Compared {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let (base, base_roles) = load(&mut sources, "base.yaml", base);
    let load_copy = |&(language, text): &(&str, &str)| {
        let (document, roles) = load(&mut sources, &format!("{language}.yaml"), text);
        Translation { language: language.to_owned(), document, roles }
    };
    let translations: Vec<_> = copies.iter().map(load_copy).collect();
    let texts = locale::compare(&sources, "en", &base, &base_roles, &translations, &mut sink);
    let diagnostics = sink.into_diagnostics();
    let rendered = render::render_all(&sources, &diagnostics, &Code::severity, false);
    Compared { texts, diagnostics, rendered }
}

fn load(sources: &mut Sources, name: &str, text: &str) -> (Document, Roles) {
    let mut sink = Sink::default();
    let source = sources.add(name, text);
    let document = document::load(sources, source, &mut sink).unwrap();
    assert_eq!(sink.into_diagnostics(), []);
    let mut roles = Roles::default();
    each_node(&document.root, &Pointer::root(), &mut |node, pointer| roles.mark(node.id, role(pointer)));
    (document, roles)
}

/// The roles of these tests' documents. The reader knows the whole grammar.
fn role(pointer: &Pointer) -> Role {
    match pointer.tokens() {
        [.., parent, _] if parent == "properties" => Role::Contract,
        [.., key] if matches!(key.as_str(), "title" | "description" | "summary") => Role::Text,
        [.., key] if key == "example" => Role::Example,
        [.., key] if key.starts_with("x-") => Role::Extension,
        _ => Role::Contract,
    }
}

fn each_node(node: &Node, pointer: &Pointer, visit: &mut dyn FnMut(&Node, &Pointer)) {
    visit(node, pointer);
    match &node.value {
        Value::Mapping(entries) => {
            for entry in entries {
                each_node(&entry.value, &pointer.child(&entry.key.text), visit);
            }
        }
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                each_node(item, &pointer.child(index.to_string()), visit);
            }
        }
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The text with one scalar changed, for every scalar.
fn each_scalar(text: &str, mut check: impl FnMut(&str, &Pointer, Role)) {
    let (document, _) = load(&mut Sources::default(), "x.yaml", text);
    each_node(&document.root, &Pointer::root(), &mut |node, pointer| {
        let range = node.span.range();
        let scalar = &text[range.clone()];
        let changed = match &node.value {
            Value::Boolean(value) => (!value).to_string(),
            Value::String(_) if scalar.starts_with('\'') => format!("{}x'", &scalar[..scalar.len() - 1]),
            Value::String(_) => format!("{}x{}", scalar.trim_end(), &scalar[scalar.trim_end().len()..]),
            Value::Null | Value::Number(_) | Value::Sequence(_) | Value::Mapping(_) => return,
        };
        check(&format!("{}{changed}{}", &text[..range.start], &text[range.end..]), pointer, role(pointer));
    });
}

/// The text with one key changed, for every key.
fn each_key(text: &str, mut check: impl FnMut(&str, &str)) {
    let (document, _) = load(&mut Sources::default(), "x.yaml", text);
    each_node(&document.root, &Pointer::root(), &mut |node, _| {
        let Value::Mapping(entries) = &node.value else { return };
        for key in entries.iter().map(|entry| &entry.key) {
            let start = key.span.range().start + usize::from(text[key.span.range()].starts_with('\''));
            check(&format!("{}x{}", &text[..start], &text[start..]), &key.text);
        }
    });
}

fn seed(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/devin").join(name)).unwrap()
}
