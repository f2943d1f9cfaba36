//! Values of every keyword, each judged by the exact check, which is judged by the JSON-Schema-Test-Suite.

use serde_json::{Value, json};
use stubwright_schema::arena::Format;
use stubwright_schema::{Direction, Schemas};

use crate::example::Synthesiser;

/// The schemas of a data file, of which the first is the one that a value is made of.
const SCHEMAS: &[&str] = &[
    "true",
    "{}",
    r#"{"type": ["null"]}"#,
    r#"{"type": ["boolean"]}"#,
    r#"{"type": ["boolean"], "not": 1}, {"const": true}"#,
    r#"{"type": ["integer"]}"#,
    r#"{"type": ["integer"], "domain": "u8", "minimum": 250}"#,
    r#"{"type": ["integer"], "exclusiveMinimum": 5, "exclusiveMaximum": 7}"#,
    r#"{"type": ["integer"], "multipleOf": 7, "minimum": 50}"#,
    r#"{"type": ["integer"], "multipleOf": 7, "maximum": -50}"#,
    r#"{"type": ["integer"], "multipleOf": 0.4}"#,
    r#"{"type": ["integer"], "allOf": [1, 2]}, {"multipleOf": 4}, {"multipleOf": 6, "minimum": 13}"#,
    r#"{"type": ["integer"], "minimum": 18446744073709551615}"#,
    r#"{"type": ["number"], "multipleOf": 0.01, "exclusiveMinimum": 0.1, "maximum": 0.12}"#,
    r#"{"type": ["number"], "exclusiveMinimum": 0, "exclusiveMaximum": 0.001}"#,
    r#"{"type": ["number"], "minimum": -1e300, "maximum": -1e299}"#,
    r#"{"type": ["number"], "not": 1}, {"type": ["integer"]}"#,
    r#"{"type": ["string"], "minLength": 40}"#,
    r#"{"type": ["string"], "maxLength": 0}"#,
    r#"{"type": ["string"], "minLength": 3, "maxLength": 3}"#,
    r#"{"type": ["string"], "format": "email", "minLength": 30}"#,
    r#"{"type": ["string"], "format": "email", "maxLength": 6}"#,
    r#"{"type": ["string"], "domain": "uuid"}"#,
    r#"{"type": ["string"], "domain": "date-time"}"#,
    r#"{"type": ["string"], "domain": "date"}"#,
    r#"{"type": ["string"], "domain": "ipv4"}"#,
    r#"{"type": ["string"], "domain": "ipv6"}"#,
    r#"{"type": ["string"], "domain": "base64", "minLength": 21}"#,
    r#"{"type": ["string"], "domain": "base64", "maxLength": 5, "minLength": 1}"#,
    r#"{"type": ["string"], "pattern": {"source": "", "linear": "^[A-Z]{3}-[0-9]{4}$"}}"#,
    r#"{"type": ["string"], "pattern": {"source": "", "linear": "^[a-z]+$"}, "minLength": 20, "maxLength": 20}"#,
    r#"{"type": ["string"], "pattern": {"source": "", "linear": "^(a|bc)(de|f){2,}$"}, "minLength": 9}"#,
    r#"{"type": ["string"], "pattern": {"source": "", "linear": "b"}, "minLength": 9}"#,
    r#"{"pattern": {"source": "", "backtracking": "^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9]).{8,}$"}, "type": ["string"]}"#,
    r#"{"type": ["string"], "pattern": {"source": "", "backtracking": "^(?!a)[a-c]$"}}"#,
    r#"{"enum": [1, "a"], "type": ["string"]}"#,
    r#"{"enum": [1, 2, 3], "not": 1}, {"maximum": 2}"#,
    r#"{"const": {"a": [1]}}"#,
    r#"{"type": ["array"], "items": 1, "minItems": 5, "uniqueItems": true}, {"type": ["boolean", "integer"]}"#,
    r#"{"type": ["array"], "items": 1, "minItems": 3, "uniqueItems": true}, {"enum": ["a", "b", "c"]}"#,
    r#"{"type": ["array"], "prefixItems": [1, 2], "items": 3}, {"const": 1}, {"type": ["string"]}, false"#,
    r#"{"type": ["array"], "contains": 1, "minContains": 2, "items": 2}, {"minimum": 5}, {"type": ["integer"]}"#,
    r#"{"type": ["array"], "contains": 1, "maxContains": 1, "minItems": 3}, {"const": 1}"#,
    r#"{"type": ["array"], "prefixItems": [1], "unevaluatedItems": 2, "minItems": 1}, {"const": 1}, false"#,
    r#"{"type": ["object"], "properties": {"a": 1}, "required": ["a", "b"]}, {"type": ["integer"]}"#,
    r#"{"type": ["object"], "properties": {"a": 1}, "additionalProperties": 2, "minProperties": 3}, true, {"const": 1}"#,
    r#"{"type": ["object"], "properties": {"a": 1, "b": 1, "c": 1}, "maxProperties": 2}, true"#,
    r#"{"type": ["object"], "patternProperties": [[{"source": "", "linear": "^x-[0-9]+$"}, 1]], "additionalProperties": 2, "minProperties": 2}, {"type": ["integer"]}, false"#,
    r#"{"type": ["object"], "propertyNames": 1, "minProperties": 2}, {"pattern": {"source": "", "linear": "^[A-Z]{2}$"}}"#,
    r#"{"type": ["object"], "properties": {"a": 1, "b": 1}, "dependentRequired": {"a": ["c"]}, "additionalProperties": 1}, true"#,
    r#"{"type": ["object"], "required": ["a"], "dependentSchemas": {"a": 1}}, {"required": ["b"]}"#,
    r#"{"type": ["object"], "properties": {"a": 1}, "unevaluatedProperties": 2}, {"type": ["integer"]}, false"#,
    r#"{"oneOf": [1, 2]}, {"type": ["object"], "required": ["a"], "properties": {"a": 3, "b": 3}}, {"type": ["object"], "required": ["b"], "properties": {"a": 3, "b": 3}}, true"#,
    r#"{"oneOf": [1, 2]}, {"type": ["integer"]}, {"minimum": 0, "type": ["integer"]}"#,
    r#"{"anyOf": [1, 2]}, false, {"const": "x"}"#,
    r#"{"anyOf": [1, 2], "discriminator": {"property": "k", "mapping": {"a": 1, "b": 2}}}, false, {"type": ["object"], "required": ["k", "x"]}"#,
    r#"{"allOf": [1, 2]}, {"properties": {"a": 3}}, {"properties": {"a": 4}, "required": ["a"]}, {"minimum": 5}, {"type": ["integer"], "maximum": 5}"#,
    r#"{"type": ["object"], "properties": {"a": 1}, "if": 2, "then": 3, "else": 4}, {"enum": [1, 2]}, {"properties": {"a": 5}}, {"required": ["b"]}, {"required": ["c"]}, {"const": 2}"#,
    r#"{"type": ["integer"], "if": 1, "then": 2}, {"minimum": 0}, false"#,
    r#"{"type": ["object"], "properties": {"next": 0}}"#,
    r#"{"type": ["object"], "properties": {"next": 1}, "required": ["next"]}, {"anyOf": [0, 2]}, {"type": ["null"]}"#,
    r#"{"type": ["array"], "items": 0}"#,
    r#"{"type": ["object"], "properties": {"a": 1, "b": 2}, "required": ["a", "b"]}, {"readOnly": true, "type": ["integer"]}, {"writeOnly": true, "type": ["integer"]}"#,
    r#"{"not": 1}, {"type": ["object"], "required": ["a"]}"#,
    r#"{"type": ["object"], "properties": {"a": 1, "b": 1}, "not": 2}, true, {"required": ["a", "b"]}"#,
];

/// Schemas without a value.
const EMPTY: &[&str] = &[
    "false",
    r#"{"type": ["integer"], "minimum": 5, "maximum": 4}"#,
    r#"{"type": ["object"], "properties": {"next": 0}, "required": ["next"]}"#,
    r#"{"allOf": [1, 2]}, {"const": 1}, {"const": 2}"#,
    r#"{"type": ["array"], "items": 1, "minItems": 3, "uniqueItems": true}, {"type": ["boolean"]}"#,
    r#"{"type": ["string"], "minLength": 18446744073709551615}"#,
    r#"{"type": ["array"], "minItems": 18446744073709551615}"#,
    r#"{"type": ["object"], "minProperties": 18446744073709551615}"#,
    r#"{"anyOf": [0, 0, 1]}, {"anyOf": [0, 0, 0]}"#,
];

fn schemas(text: &str) -> Schemas {
    Schemas::owned(format!("{{\"schemas\":[{text}]}}"))
}

#[test]
fn values_are_valid_in_both_directions_and_for_every_seed() {
    for text in SCHEMAS {
        let schemas = schemas(text);
        for direction in [Direction::Request, Direction::Response] {
            let mut synthesiser = Synthesiser::new(&schemas, &[], direction).expect("the schemas can be read");
            for seed in 0..5 {
                let value = synthesiser.value(0, seed);
                let value = value.unwrap_or_else(|| panic!("nothing for {text}, seed {seed}"));
                assert!(schemas.admits(0, direction, &value), "{value} for {text}");
                let again = Synthesiser::new(&schemas, &[], direction).and_then(|mut again| again.value(0, seed));
                assert_eq!(again, Some(value), "{text}");
            }
        }
    }
}

#[test]
fn every_format_has_values_of_several_lengths() {
    for format in Format::ALL {
        for limits in ["", r#","minLength":30"#, r#","maxLength":40"#, r#","minLength":12,"maxLength":60"#] {
            // These are of one length, or of few.
            let is_fixed = matches!(format, Format::Date | Format::DateTime | Format::Time | Format::Uuid);
            let is_short = matches!(format, Format::Ipv4 | Format::Ipv6 | Format::Duration);
            if (is_fixed || is_short) && limits.contains("min") {
                continue;
            }
            let name = format.name();
            let schemas = schemas(&format!(r#"{{"type":["string"],"formatAssertion":"{name}"{limits}}}"#));
            let mut synthesiser = Synthesiser::new(&schemas, &[], Direction::Response).expect("the schema can be read");
            for seed in 0..40 {
                let value = synthesiser.value(0, seed);
                let value = value.unwrap_or_else(|| panic!("nothing for {name}{limits}, seed {seed}"));
                assert!(schemas.admits(0, Direction::Response, &value), "{value} for {name}{limits}");
            }
        }
    }
}

#[test]
fn what_has_no_value_gets_none_and_ends() {
    for text in EMPTY {
        let schemas = schemas(text);
        let start = std::time::Instant::now();
        let value = Synthesiser::new(&schemas, &[], Direction::Response).and_then(|mut made| made.value(0, 0));
        assert_eq!(value, None, "{text}");
        assert!(start.elapsed().as_secs() < 20, "{text}");
    }
}

#[test]
fn what_the_document_shows_comes_first_where_it_is_valid() {
    let schemas = schemas(r#"{"type": ["object"], "properties": {"a": 1, "b": 1}}, {"type": ["integer"]}"#);
    let value = |shown: &[Vec<Value>]| {
        Synthesiser::new(&schemas, shown, Direction::Response).and_then(|mut made| made.value(0, 0))
    };
    assert_eq!(value(&[vec![json!({ "a": "x" }), json!({ "b": 5 })], vec![]]), Some(json!({ "b": 5 })));
    assert_eq!(value(&[vec![], vec![json!("x"), json!(7)]]), Some(json!({ "a": 7, "b": 7 })));
}

#[test]
fn what_goes_the_other_way_is_left_out() {
    let schemas =
        schemas(r#"{"type": ["object"], "properties": {"a": 1, "b": 2}}, {"readOnly": true}, {"writeOnly": true}"#);
    let keys = |direction| {
        let value = Synthesiser::new(&schemas, &[], direction).and_then(|mut made| made.value(0, 0));
        let keys = value.and_then(|value| Some(value.as_object()?.keys().cloned().collect::<Vec<_>>()));
        keys.unwrap_or_default()
    };
    assert_eq!(keys(Direction::Response), ["a"]);
    assert_eq!(keys(Direction::Request), ["b"]);
}

#[test]
fn numbers_and_words_are_what_people_would_write() {
    for (text, expected) in [
        ("{}", json!("text")),
        (r#"{"type": ["integer"]}"#, json!(1)),
        (r#"{"type": ["number"]}"#, json!(1.5)),
        (r#"{"type": ["integer"], "minimum": 18}"#, json!(18)),
        (r#"{"type": ["integer"], "maximum": 0}"#, json!(0)),
        (r#"{"type": ["string"], "format": "email"}"#, json!("user@example.com")),
        (r#"{"type": ["array"], "items": 1}, {"type": ["integer"]}"#, json!([1])),
        (r#"{"type": ["object"], "additionalProperties": 1}, {"type": ["integer"]}"#, json!({ "key": 1 })),
    ] {
        let schemas = schemas(text);
        let value = Synthesiser::new(&schemas, &[], Direction::Response).and_then(|mut made| made.value(0, 0));
        assert_eq!(value, Some(expected), "{text}");
    }
}
