//! What never ends, takes too long or is no file of schemas is refused; nothing panics.

use serde_json::{Value, json};
use stubwright_schema::{Direction, Schemas, ViolationKind, Violations};

/// The kinds of the violations; the quick check agrees.
fn kinds(schemas: &Value, value: &Value) -> Vec<ViolationKind> {
    let schemas = Schemas::new(json!({ "schemas": schemas }).to_string().leak());
    let mut violations = Violations::default();
    schemas.check(0, Direction::Request, value, &mut violations);
    assert_eq!(schemas.admits(0, Direction::Request, value), violations.is_empty(), "{violations:?}");
    violations.listed().iter().map(|violation| violation.kind).collect()
}

/// So many arrays within each other.
fn nested(depth: usize) -> Value {
    (0..depth).fold(json!(1), |value, _| json!([value]))
}

#[test]
fn circles_end() {
    assert_eq!(kinds(&json!([{"ref": 1}, {"ref": 0}]), &json!(1)), []);
    assert_eq!(kinds(&json!([{"allOf": [0, 1]}, {"minimum": 2}]), &json!(1)), [ViolationKind::OutOfRange]);
    // An alternative that is the union itself lets nothing through.
    assert_eq!(kinds(&json!([{"anyOf": [0, 1]}, {"minimum": 2}]), &json!(1)), [ViolationKind::Union]);
    assert_eq!(kinds(&json!([{"anyOf": [0, 1]}, {"minimum": 2}]), &json!(3)), []);
    assert_eq!(kinds(&json!([{"oneOf": [1, 2]}, {"minimum": 2}, {"ref": 0}]), &json!(3)), []);
    assert_eq!(kinds(&json!([{"not": 0}]), &json!(1)), [ViolationKind::NotAllowed]);
}

#[test]
fn depth_is_limited() {
    // With 127 levels of arrays, four schemas apply on each level: 508 within each other.
    let levels =
        json!([{"ref": 1}, {"allOf": [2]}, {"dynamicRef": {"to": 3}}, {"items": 0, "unevaluatedItems": 4}, false]);
    assert_eq!(kinds(&levels, &nested(127)), []);
    assert_eq!(kinds(&levels, &nested(200)), [ViolationKind::Unchecked]);

    let chain: Vec<_> = (1..10_000).map(|next| json!({ "ref": next })).chain([json!(true)]).collect();
    assert_eq!(kinds(&chain.into(), &json!(1)), [ViolationKind::Unchecked]);
    // What was not found out does not make its opposite true.
    let not: Vec<_> = (1..1_000).map(|next| json!({ "not": next })).chain([json!(true)]).collect();
    assert_eq!(kinds(&not.into(), &json!(1)), [ViolationKind::Unchecked]);
    let names = json!([{"propertyNames": 1}, {"allOf": [2]}, {"not": 3}, {"ref": 4}, {"minLength": 2}]);
    assert_eq!(kinds(&names, &json!({ "a": 1, "bc": 2 })), [ViolationKind::NotAllowed]);
}

#[test]
fn branches_do_not_multiply() {
    // On each of 127 levels both branches go down, and both fail at the end.
    for union in ["anyOf", "oneOf"] {
        let branches = json!([{ union: [1, 2] }, {"items": 0, "type": ["array"]}, {"type": ["array"], "items": 0}]);
        assert_eq!(kinds(&branches, &nested(127)), [ViolationKind::Union]);
    }
    let twice = json!([{"allOf": [1, 2]}, {"items": 0}, {"items": 0}]);
    assert_eq!(
        kinds(&json!([{"not": 1}, {"allOf": [2, 3]}, {"items": 1}, {"items": 1}]), &nested(127)),
        [ViolationKind::NotAllowed]
    );
    assert_eq!(kinds(&twice, &nested(127)), []);
    // What depends on the way to it is not remembered, so it has a limit.
    let schemas = r#"{"schemas": [{"allOf": [1, 2]}, {"items": 0}, {"items": 0}], "dynamic": [{"a": 0}]}"#;
    assert!(!Schemas::new(schemas).admits(0, Direction::Request, &nested(40)));
}

#[test]
fn items_are_compared_in_linear_time() {
    let items: Vec<_> = (0..200_000).map(|number| json!({ "id": number })).collect();
    assert_eq!(kinds(&json!([{"uniqueItems": true}]), &items.into()), []);
}

#[test]
fn patterns_have_a_limit() {
    let pattern = json!({ "source": "^(a|aa)+(?!b)$", "backtracking": "^(a|aa)+(?!b)$" });
    let long = json!("a".repeat(60) + "b");
    assert_eq!(kinds(&json!([{"pattern": pattern}]), &json!("aaa")), []);
    assert_eq!(kinds(&json!([{"pattern": pattern}]), &long), [ViolationKind::PatternLimit]);
    assert_eq!(kinds(&json!([{"not": 1}, {"pattern": pattern}]), &long), [ViolationKind::PatternLimit]);
    assert_eq!(
        kinds(&json!([{"patternProperties": [[pattern, 1]]}, true]), &json!({ long.as_str().unwrap(): 1 })),
        [ViolationKind::PatternLimit]
    );
}

#[test]
fn what_is_no_file_of_schemas_refuses_everything() {
    for text in [
        "",
        "{",
        "[]",
        r#"{"schemas": [{"ref": 1}]}"#,
        r#"{"schemas": [true], "dynamic": [{"a": 1}]}"#,
        r#"{"schemas": [{"minimun": 1}]}"#,
        r#"{"schemas": [{"type": ["text"]}]}"#,
        r#"{"schemas": [{"domain": "i7"}]}"#,
        r#"{"schemas": [{"pattern": {"source": "a"}}]}"#,
        r#"{"schemas": [1]}"#,
        r#"{"schemas": []}"#,
    ] {
        let schemas = Schemas::new(text);
        let mut violations = Violations::default();
        schemas.check(0, Direction::Request, &json!(1), &mut violations);
        assert_eq!(violations.listed()[0].kind, ViolationKind::Unchecked, "{text}");
        assert!(!schemas.admits(0, Direction::Request, &json!(1)), "{text}");
    }
}
