//! Types on their own: what is read, what is refused, and that what is written was read.

use std::fmt::Debug;

use serde_json::{Value, json};
use stubwright::Maybe;
use stubwright::json::{Json, from_json, to_json};
use stubwright_accept::apis::{names_prelude, names_schemas, objects, presence, presence_3_0, recursion, unions};

/// A value that comes back as it was.
#[track_caller]
fn kept<T: Json>(value: &Value) {
    read_as::<T>(value, value);
}

#[track_caller]
fn read_as<T: Json>(value: &Value, expected: &Value) {
    written_as::<T>(&value.to_string(), expected);
}

#[track_caller]
fn written_as<T: Json>(text: &str, expected: &Value) {
    let read: T = from_json(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
    let written: Value = serde_json::from_slice(&to_json(&read)).expect("what is written is JSON");
    assert_eq!(written, *expected);
}

#[track_caller]
fn refused<T: Json + Debug>(value: &Value) {
    let read = from_json::<T>(value.to_string().as_bytes());
    assert!(read.is_err(), "{value}: {read:?}");
}

fn with(mut value: Value, key: &str, member: Value) -> Value {
    value[key] = member;
    value
}

fn without(mut value: Value, key: &str) -> Value {
    value.as_object_mut().expect("an object").remove(key);
    value
}

#[test]
fn presence_and_null_are_four_cases() {
    type Presence = presence::types::Presence;
    let least = json!({
        "required": "a", "required_nullable": null, "required_any": null, "required_count": 1, "required_counts": [1, null],
    });
    kept::<Presence>(&least);
    for key in ["required", "required_nullable", "required_any", "required_count", "required_counts"] {
        refused::<Presence>(&without(least.clone(), key));
    }
    for key in ["required", "required_count", "required_counts", "optional", "optional_count", "optional_enum"] {
        refused::<Presence>(&with(least.clone(), key, Value::Null));
    }
    for key in [
        "optional_nullable",
        "optional_nullable_count",
        "optional_any",
        "nullable_enum",
        "nullable_alias",
        "required_nullable",
    ] {
        kept::<Presence>(&with(least.clone(), key, Value::Null));
    }
    for (key, value) in [
        ("required_nullable", json!("b")),
        ("required_any", json!({"a": [1, 2.5]})),
        ("optional", json!("c")),
        ("optional_count", json!(-2_147_483_648)),
        ("optional_nullable", json!("d")),
        ("optional_nullable_count", json!(i64::MAX)),
        ("optional_any", json!([])),
        ("optional_enum", json!("dog")),
        ("nullable_enum", json!("b")),
    ] {
        kept::<Presence>(&with(least.clone(), key, value));
    }
    // What is not declared is tolerated, and gone.
    read_as::<Presence>(&with(least.clone(), "unknown", json!(1)), &least);

    let read: Presence = from_json(least.to_string().as_bytes()).expect("all that is required");
    assert_eq!(read.optional_nullable, Maybe::Absent);
    let least = with(least, "optional_nullable", Value::Null).to_string();
    let read: Presence = from_json(least.as_bytes()).expect("null is allowed");
    assert_eq!(read.optional_nullable, Maybe::Null);
}

#[test]
fn presence_means_the_same_in_openapi_3_0() {
    type Presence = presence_3_0::types::Presence;
    let least = json!({"required": "a", "required_nullable": null, "nullable_default": 1});
    kept::<Presence>(&least);
    read_as::<Presence>(&without(least.clone(), "nullable_default"), &least);
    refused::<Presence>(&without(least.clone(), "required_nullable"));
    for (key, value) in [
        ("nullable_default", Value::Null),
        ("optional_nullable", Value::Null),
        ("nullable_enum", Value::Null),
        ("reference", Value::Null),
        ("reference", json!({"name": "b"})),
    ] {
        kept::<Presence>(&with(least.clone(), key, value));
    }
    for key in ["required", "optional", "enum_without_null"] {
        refused::<Presence>(&with(least.clone(), key, Value::Null));
    }
}

#[test]
fn defaults_fill_in() {
    type Defaults = presence::types::Defaults;
    let all = json!({
        "text": "none", "empty": "", "flag": true, "count": 1_000_000, "small": -5, "lowest": i64::MIN,
        "ratio": 0.123_456_789, "whole": 2.0, "huge": 1e300, "tiny": -1.5e-7, "kind": "dog", "referenced": "cat", "size": 2,
        "nothing": null, "something": "text", "nullable_count": 3, "nullable_kind": "cat", "list": [], "map": {},
        "nullable_list": [], "any": null,
    });
    read_as::<Defaults>(&json!({}), &all);
    for (key, value) in [
        ("text", json!("")),
        ("flag", json!(false)),
        ("kind", json!("cat")),
        ("size", json!(1)),
        ("something", Value::Null),
        ("nullable_count", Value::Null),
        ("nullable_kind", Value::Null),
        ("nullable_list", Value::Null),
        ("nothing", json!("x")),
        ("map", json!({"a": 1})),
        ("any", json!([1])),
    ] {
        read_as::<Defaults>(&json!({key: value.clone()}), &with(all.clone(), key, value));
    }
    for key in ["text", "flag", "count", "kind", "list", "map"] {
        refused::<Defaults>(&json!({key: null}));
    }
}

#[test]
fn integers_are_numbers_without_a_fraction() {
    type Objects = objects::types::Objects;
    for (written, read) in [
        (r#"{"count_map":{"a":1.0,"b":2e2}}"#, json!({"count_map": {"a": 1, "b": 200}})),
        (r#"{"nullable_map":{"a":null,"b":1.0}}"#, json!({"nullable_map": {"a": null, "b": 1}})),
        (r#"{"list_of_lists":[[1.0],[]]}"#, json!({"list_of_lists": [[1], []]})),
        (r#"{"map_of_lists":{"a":[1e0]}}"#, json!({"map_of_lists": {"a": [1]}})),
        (r#"{"counts":[3.0]}"#, json!({"counts": [3]})),
        (r#"{"object_map":{"a":{"size":1.0}}}"#, json!({"object_map": {"a": {"size": 1}}})),
    ] {
        written_as::<Objects>(written, &read);
    }
    for written in [
        json!({"count_map": {"a": 1.5}}),
        json!({"counts": [0.1]}),
        json!({"list_of_lists": [[2_147_483_648_i64]]}),
        json!({"counts": [1e30]}),
    ] {
        refused::<Objects>(&written);
    }
}

#[test]
fn unions_keep_the_kind_of_their_scalar() {
    type Unions = unions::types::Unions;
    for value in [
        json!({"text_or_count": "1"}),
        json!({"text_or_count": 1}),
        json!({"text_or_number": 1.5}),
        json!({"any_scalar": true}),
        json!({"any_scalar": null}),
        json!({"number_or_flag": false}),
        json!({"named": 7}),
        json!({"path": ["body", 0, "name"]}),
        json!({"strings": "asc"}),
        json!({"integers": 100_000}),
        json!({"integers": -3}),
        json!({"untyped": "y"}),
        json!({"constant": "always", "answer": 42}),
        json!({"nullable": null}),
        json!({"nullable": 2}),
        json!({"one": null}),
        json!({"one": 3}),
        json!({"only": 5}),
    ] {
        kept::<Unions>(&value);
    }
    read_as::<Unions>(&json!({"text_or_count": 1.0}), &json!({"text_or_count": 1}));
    read_as::<Unions>(&json!({"text_or_number": 1}), &json!({"text_or_number": 1.0}));
    read_as::<Unions>(&json!({"whole": 2.0}), &json!({"whole": 2}));
    for value in [
        json!({"text_or_count": 1.5}),
        json!({"text_or_count": null}),
        json!({"any_scalar": 1.5}),
        json!({"any_scalar": []}),
        json!({"number_or_flag": "a"}),
        json!({"path": [1.5]}),
        json!({"strings": "up"}),
        json!({"strings": {"asc": null}}),
        json!({"strings": null}),
        json!({"integers": 2}),
        json!({"integers": "1"}),
        json!({"constant": "never"}),
        json!({"answer": 41}),
        json!({"one": 4}),
        json!({"only": null}),
    ] {
        refused::<Unions>(&value);
    }
    assert_eq!(unions::types::Level::ALL.iter().map(|level| level.value()).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(
        unions::types::UnionsStrings::ALL.iter().map(|value| value.as_str()).collect::<Vec<_>>(),
        ["asc", "desc"]
    );
}

#[test]
fn objects_are_open_unless_closed() {
    type Objects = objects::types::Objects;
    for value in [
        json!({"closed": {"name": "a"}}),
        json!({"empty": {}}),
        json!({"any_map": {"a": [1, {"b": null}]}}),
        json!({"text_map": {"ü": "b", "": ""}}),
        json!({"list_of_anything": [1, null, "a"]}),
        json!({"anything": {"a": 1}}),
        json!({"anything": null}),
        json!({"deep": {"deep": {"deep": {"end": true}}}}),
        json!({"alias": {"name": "a"}}),
        json!({"flags": {"a": true, "b": false, "c": true, "d": false, "e": true}}),
    ] {
        kept::<Objects>(&value);
    }
    read_as::<Objects>(&json!({"open": {"name": "a", "more": 1}}), &json!({"open": {"name": "a"}}));
    for value in [
        json!({"closed": {"name": "a", "more": 1}}),
        json!({"empty": {"more": 1}}),
        json!({"text_map": {"a": 1}}),
        json!({"any_map": []}),
        json!({"alias": {}}),
        json!({"open": null}),
        json!({"open": ["a"]}),
        json!([]),
    ] {
        refused::<Objects>(&value);
    }
}

#[test]
fn recursive_values_are_read() {
    for value in [
        json!({"list": {"value": 1, "next": {"next": null}}}),
        json!({"tree": {"children": [{"children": []}, {}]}}),
        json!({"chicken": {"egg": {"chicken": {}}}}),
        json!({"nested": [[], [[], [[]]]]}),
        json!({"directory": {"a": {}, "b": {"c": {}}}}),
    ] {
        kept::<recursion::types::Everything>(&value);
    }
    for value in [
        json!({"list": {"next": {}}}),
        json!({"nested": [1]}),
        json!({"nested": [[null]]}),
        json!({"directory": {"a": 1}}),
        json!({"required": {}}),
    ] {
        refused::<recursion::types::Everything>(&value);
    }
}

#[test]
fn every_key_keeps_its_name() {
    kept::<names_prelude::types::Everything>(&json!({
        "result": {"ok": true, "kind": 1_000_000}, "option": {"some": "a"}, "string": "a", "vec": ["a"],
        "box": {"box": {}}, "self": {"self": "a", "super": "b", "crate": "c"}, "default": "None",
        "maybe": {"value": null}, "schema": {"property": {"scalar": 1}}, "value": {"any": "thing"}, "map": {"a": "b"},
    }));
    read_as::<names_prelude::types::Everything>(&json!({}), &json!({"default": "None"}));
    kept::<names_schemas::types::Everything>(&json!({
        "type": "a", "async": "a", "gen": "a", "2fa": true, "200": "a", "": "a", "$ref": "a", "+1": 1, "-1": 2,
        "api-key": "a", "api_key": "b", "apiKey": "c", "*": "a", "it's": "a", "renamed": "a",
        "服务用户": {"名称": "甲", "状态": "已撤销"}, "größe": {"größe": 1, "Maß": 0.5}, "🦀": {"🦞": "a"}, "kind": "line\nbreak",
    }));
    for kind in ["", "*", "+1", "-1", "1a", "a b", "a`b", "line\nbreak", "type", "中文"] {
        kept::<names_schemas::types::Everything>(&json!({"kind": kind}));
    }
}
