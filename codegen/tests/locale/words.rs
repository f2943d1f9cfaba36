//! What must not change inside of a text, and how a difference is shown.

use stubwright_codegen::diagnostic::Code;

use crate::support::compare;

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
        ("Use useChat of @ai-sdk/react", "Utilisez `useChat` de `@ai-sdk/react`."),
        ("Or `anonymous`.", "或 anonymous。"),
    ];
    for (base, text) in kept {
        assert_eq!(literals(base, text), None);
    }
    let changed = [
        ("Returns 404", "Gibt 405 zurück", "has `405` where the base's has `404`"),
        ("Returns 404", "Gibt nichts zurück", "lacks `404` of the base's"),
        ("Is off", "Ist nach 3 Tagen aus", "has `3`, which the base's lacks"),
        ("The v3", "Die `v3beta1`", "has `v3beta1`, which the base's lacks"),
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
        assert_eq!(literals(base, text), Some(format!("the text `title` {said} in the `de` copy")));
    }
}

#[test]
fn both_places_are_shown() {
    let base = "info:\n  title: At most 10\npaths:\n  /a:\n    get: {}\n";
    let copy = "paths: {}\ninfo:\n  title: Höchstens 12\n";
    let expected = "\
error[translation-drift]: the path `/a` is not in the `de` copy, with 1 value below it
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

warning[translated-literal]: the text `title` has `12` where the base's has `10` in the `de` copy
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

/// What is said about the literals of a text.
fn literals(base: &str, text: &str) -> Option<String> {
    let document = |text: &str| format!("title: |\n  {text}\n");
    let mut diagnostics = compare(&document(base), &[("de", &document(text))]).diagnostics;
    assert!(diagnostics.iter().all(|diagnostic| diagnostic.code == Code::TranslatedLiteral), "{diagnostics:?}");
    diagnostics.pop().map(|diagnostic| diagnostic.message)
}
