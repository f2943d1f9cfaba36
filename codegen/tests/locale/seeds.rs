//! The seeds and their translations, as they are and with one thing changed.

use std::{fs, path::Path};

use stubwright_codegen::{
    diagnostic::Code,
    document::{Pointer, Value},
    role::Role,
    source::Sources,
};

use crate::support::{compare, each_node, load, role};

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
    assert!(compared.texts.entries.is_sorted_by(|one, other| one.place < other.place));

    let text = |pointer: &str| {
        let node = Pointer::parse(pointer).unwrap().find(&compared.base.root).unwrap();
        compared.texts.get(node.span)
    };
    let key = text("/components/securitySchemes/bearerAuth/description").unwrap();
    assert_eq!(key.base, "Service User credential (prefix: cog_)");
    assert_eq!(key.in_language("de"), "Servicebenutzer-Anmeldedaten (Präfix: cog_)");
    assert_eq!(key.in_language("zh"), "服务用户凭据（前缀：cog_）");
    let title = text("/info/title").unwrap();
    assert_eq!((title.in_language("de"), title.translations.len()), ("Devin API v3", 0));
    assert_eq!(text("/info"), None);
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
