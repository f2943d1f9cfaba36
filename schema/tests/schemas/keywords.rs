//! Every keyword: a value that it admits, a value that it does not, and what is said of that.

use serde_json::{Value, json};
use stubwright_schema::{Direction, Location, Schemas, Violations};

/// The data file's schemas, of which the first applies; a value; its violations.
const CASES: &[(&str, &str, &[&str])] = &[
    ("true", "1", &[]),
    ("false", "1", &["not-allowed : is not allowed here"]),
    (r#"{"type": ["string", "null"]}"#, "null", &[]),
    (r#"{"type": ["null", "string"]}"#, "1", &["type : expected a string or null"]),
    (r#"{"type": ["integer"]}"#, "1.0", &[]),
    (r#"{"type": ["integer"]}"#, "1e2", &[]),
    (r#"{"type": ["integer"]}"#, "1.5", &["type : expected an integer"]),
    (r#"{"type": ["integer", "number"]}"#, "\"x\"", &["type : expected a number"]),
    (r#"{"type": ["array", "boolean"]}"#, "{}", &["type : expected a boolean or an array"]),
    // Of a value of another type, only that is said.
    (r#"{"type": ["integer"], "enum": [1], "minimum": 0}"#, "\"x\"", &["type : expected an integer"]),
    (r#"{"enum": [1, "a", null]}"#, "1.0", &[]),
    (r#"{"enum": [1, "a", null]}"#, "2", &[r#"enum : expected one of 1, "a", null"#]),
    (r#"{"enum": [[1, {"a": 2, "b": 3}]]}"#, r#"[1.0, {"b": 3, "a": 2e0}]"#, &[]),
    (
        r#"{"enum": [0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]}"#,
        "21",
        &["enum : expected one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, …"],
    ),
    (r#"{"const": null}"#, "null", &[]),
    (r#"{"const": {"a": 1}}"#, r#"{"a": 1, "b": 1}"#, &[r#"enum : expected {"a":1}"#]),
    (r#"{"const": "secret", "writeOnly": true}"#, r#""guess""#, &["enum : is none of the values that are allowed"]),
    (r#"{"enum": ["secret"], "format": "password"}"#, r#""guess""#, &["enum : is none of the values that are allowed"]),
    (r#"{"minimum": 5}"#, "5.0", &[]),
    (r#"{"minimum": 5}"#, "4.9", &["out-of-range : must be at least 5"]),
    (r#"{"exclusiveMinimum": 0}"#, "-0.0", &["out-of-range : must be greater than 0"]),
    (r#"{"maximum": 18446744073709551615}"#, "18446744073709551615", &[]),
    (
        r#"{"maximum": 18446744073709551615}"#,
        "18446744073709551616",
        &["out-of-range : must be at most 18446744073709551615"],
    ),
    (r#"{"maximum": 9007199254740993}"#, "9007199254740994", &["out-of-range : must be at most 9007199254740993"]),
    (r#"{"maximum": 0.1}"#, "1e-1", &[]),
    (r#"{"exclusiveMaximum": 1.5}"#, "1.5", &["out-of-range : must be less than 1.5"]),
    (r#"{"multipleOf": 0.0001}"#, "0.0075", &[]),
    (r#"{"multipleOf": 0.0001}"#, "0.00751", &["multiple-of : must be a multiple of 0.0001"]),
    (r#"{"multipleOf": 0.5}"#, "1e308", &[]),
    (r#"{"multipleOf": 7}"#, "1e308", &["multiple-of : must be a multiple of 7"]),
    (r#"{"multipleOf": 0.123456789}"#, "1e308", &["multiple-of : must be a multiple of 0.123456789"]),
    (r#"{"multipleOf": 3}"#, "-9.0", &[]),
    (r#"{"multipleOf": 1e2}"#, "150", &["multiple-of : must be a multiple of 100.0"]),
    (r#"{"minLength": 2, "maxLength": 3}"#, "\"\u{1F600}\u{e9}\"", &[]),
    (r#"{"minLength": 2}"#, "\"\u{1F600}\"", &["length : must have at least 2 characters"]),
    (r#"{"maxLength": 1}"#, "\"ab\"", &["length : must have at most 1 character"]),
    (r#"{"minLength": 2.0, "maxLength": 2}"#, "\"abc\"", &["length : must have exactly 2 characters"]),
    (r#"{"pattern": {"source": "^a", "linear": "^a"}}"#, "\"ba\"", &["pattern : must match the pattern ^a"]),
    (
        r#"{"pattern": {"source": "^(?!b)", "backtracking": "^(?!b)"}}"#,
        "\"ba\"",
        &["pattern : must match the pattern ^(?!b)"],
    ),
    (r#"{"pattern": {"source": "^(?!b)", "backtracking": "^(?!b)"}}"#, "\"a\"", &[]),
    (r#"{"format": "email"}"#, "\"none\"", &[]),
    (r#"{"prefixItems": [1], "items": 2}, {"type": ["string"]}, false"#, r#"["a"]"#, &[]),
    (
        r#"{"prefixItems": [1], "items": 2}, {"type": ["string"]}, false"#,
        "[1, 2]",
        &["type /0: expected a string", "unknown-item /1: is one item too many"],
    ),
    (
        r#"{"items": 1}, {"type": ["string"]}"#,
        r#"["a", 1, 2]"#,
        &["type /1: expected a string", "type /2: expected a string"],
    ),
    (
        r#"{"contains": 1}, {"type": ["string"]}"#,
        "[1]",
        &["contains : must have at least 1 item of the kind that it must contain"],
    ),
    (r#"{"contains": 1, "minContains": 2, "maxContains": 3}, {"type": ["string"]}"#, r#"["a", 1, "b"]"#, &[]),
    (
        r#"{"contains": 1, "minContains": 0, "maxContains": 1}, {"type": ["string"]}"#,
        r#"["a", "b"]"#,
        &["contains : must have at most 1 item of the kind that it must contain"],
    ),
    (r#"{"minItems": 1}"#, "[]", &["item-count : must have at least 1 item"]),
    (r#"{"maxItems": 1}"#, "[1, 2]", &["item-count : must have at most 1 item"]),
    (r#"{"uniqueItems": true}"#, r#"[1, true, "1", [1], {"a": 1}, null, 0, false]"#, &[]),
    (
        r#"{"uniqueItems": true}"#,
        r#"[{"a": 1, "b": 2}, 1, {"b": 2.0, "a": 1}]"#,
        &["duplicate-item : must not have equal items, as items 0 and 2 are (counted from 0)"],
    ),
    (
        r#"{"properties": {"a": 1}, "required": ["a", "b"]}, {"type": ["string"]}"#,
        r#"{"a": 1}"#,
        &["type /a: expected a string", "missing /b: is required"],
    ),
    (
        r#"{"properties": {"a": 1}, "additionalProperties": 1}, false"#,
        r#"{"a": 1, "b/c": 2}"#,
        &["not-allowed /a: is not allowed here", "unknown-property /b~1c: is not allowed here"],
    ),
    (
        r#"{"properties": {"a": 1}, "patternProperties": [[{"source": "^x", "linear": "^x"}, 1]], "additionalProperties": 2},
           {"type": ["string"]}, {"type": ["integer"]}"#,
        r#"{"a": "", "x1": 1, "y": 1, "z": ""}"#,
        &["type /x1: expected a string", "type /z: expected an integer"],
    ),
    (
        r#"{"propertyNames": 1}, {"maxLength": 2}"#,
        r#"{"ab": 1, "abc": 2}"#,
        &["length /abc: its name: must have at most 2 characters"],
    ),
    (r#"{"minProperties": 1}"#, "{}", &["property-count : must have at least 1 property"]),
    (r#"{"maxProperties": 1}"#, r#"{"a": 1, "b": 2}"#, &["property-count : must have at most 1 property"]),
    (r#"{"dependentRequired": {"a": ["b"]}}"#, r#"{"a": 1}"#, &["missing /b: is required because a is there"]),
    (
        r#"{"dependentSchemas": {"a": 1}}, {"maxProperties": 1}"#,
        r#"{"a": 1, "b": 2}"#,
        &["property-count : must have at most 1 property"],
    ),
    (r#"{"dependentSchemas": {"a": 1}}, {"maxProperties": 1}"#, r#"{"c": 1, "b": 2}"#, &[]),
    (r#"{"ref": 1, "maximum": 9}, {"minimum": 5}"#, "4", &["out-of-range : must be at least 5"]),
    (r#"{"dynamicRef": {"to": 1}}, {"minimum": 5}"#, "4", &["out-of-range : must be at least 5"]),
    (
        r#"{"allOf": [1, 2]}, {"minimum": 5}, {"multipleOf": 2}"#,
        "3",
        &["out-of-range : must be at least 5", "multiple-of : must be a multiple of 2"],
    ),
    (r#"{"not": 1}, {"type": ["string"]}"#, "1", &[]),
    (r#"{"not": 1}, {"type": ["string"]}"#, "\"\"", &["not-allowed : must not be what the schema excludes"]),
    (
        r#"{"if": 1, "then": 2, "else": 3}, {"minimum": 5}, {"multipleOf": 2}, {"multipleOf": 3}"#,
        "7",
        &["multiple-of : must be a multiple of 2"],
    ),
    (
        r#"{"if": 1, "then": 2, "else": 3}, {"minimum": 5}, {"multipleOf": 2}, {"multipleOf": 3}"#,
        "4",
        &["multiple-of : must be a multiple of 3"],
    ),
    (r#"{"if": 1}, {"minimum": 5}"#, "4", &[]),
    (r#"{"then": 1}, {"minimum": 5}"#, "4", &[]),
    // One branch fits by kind, none does, or nobody knows.
    (
        r#"{"anyOf": [1, 2]}, {"type": ["string"], "minLength": 2}, {"type": ["null"]}"#,
        "\"a\"",
        &["length : must have at least 2 characters"],
    ),
    (
        r#"{"anyOf": [1, 2]}, {"type": ["string"], "minLength": 2}, {"type": ["null"]}"#,
        "1",
        &["type : expected a string or null"],
    ),
    (r#"{"anyOf": [1, 2]}, {"minimum": 5}, {"multipleOf": 2}"#, "3", &["union : matches none of 2 alternatives"]),
    (
        r#"{"oneOf": [1, 2]}, {"minimum": 5}, {"multipleOf": 2}"#,
        "6",
        &["union : matches 2 of 2 alternatives, but must match exactly one"],
    ),
    (r#"{"oneOf": [1, 2]}, {"minimum": 5}, {"multipleOf": 2}"#, "7", &[]),
    // A property of few values tells the branch.
    (
        r#"{"oneOf": [1, 3]}, {"properties": {"t": 2}, "required": ["t", "a"]}, {"const": "a"},
           {"properties": {"t": 4}, "required": ["t", "b"]}, {"enum": ["b", "c"]}"#,
        r#"{"t": "c"}"#,
        &["missing /b: is required"],
    ),
    (
        r#"{"oneOf": [1, 2], "discriminator": {"property": "t", "mapping": {"a": 1, "b": 3}}},
           {"required": ["a"]}, {"ref": 3}, {"required": ["b"]}"#,
        r#"{"t": "b"}"#,
        &["missing /b: is required"],
    ),
    (
        r#"{"oneOf": [1], "discriminator": {"property": "t", "mapping": {"a": 1}}}, {"required": ["a"]}"#,
        r#"{"t": "b"}"#,
        &[r#"enum /t: expected "a""#],
    ),
    (
        r#"{"anyOf": [1], "discriminator": {"property": "t", "mapping": {"a": 1}}}, {"required": ["a"]}"#,
        "{}",
        &["missing /t: is required"],
    ),
    (
        r#"{"unevaluatedItems": 2, "allOf": [1]}, {"prefixItems": [3]}, false, true"#,
        "[1, 2]",
        &["unknown-item /1: is one item too many"],
    ),
    (
        r#"{"unevaluatedItems": 1, "contains": 2}, {"type": ["string"]}, {"const": 1}"#,
        r#"[1, "a", 2]"#,
        &["type /2: expected a string"],
    ),
    (
        r#"{"unevaluatedProperties": 1, "anyOf": [2, 3], "if": 4, "then": 5},
           false, {"required": ["a"], "properties": {"a": 6}}, {"required": ["b"], "properties": {"b": 6, "z": 6}},
           {"required": ["a"]}, {"properties": {"c": 6}}, true"#,
        r#"{"a": 1, "c": 1, "z": 1}"#,
        &["unknown-property /z: is not allowed here"],
    ),
    // The dynamic scope decides: of the second resource the anchor is overridden by the first.
    (
        r#"{"resource": 0, "ref": 1}, {"resource": 1, "items": 2},
           {"resource": 1, "dynamicRef": {"to": 3, "anchor": "item"}}, true, {"type": ["string"]}"#,
        "[1]",
        &["type /0: expected a string"],
    ),
    (r#"{"domain": "i8"}"#, "128", &["out-of-range : does not fit an 8-bit integer"]),
    (r#"{"domain": "i32"}"#, "2147483648", &["out-of-range : does not fit a 32-bit integer"]),
    (r#"{"domain": "i64"}"#, "9223372036854775807", &[]),
    (r#"{"domain": "i64"}"#, "9223372036854775808", &["out-of-range : does not fit a 64-bit integer"]),
    (r#"{"domain": "i64"}"#, "-9223372036854775808.0", &[]),
    (r#"{"domain": "u8"}"#, "-1", &["out-of-range : does not fit an unsigned 8-bit integer"]),
    (r#"{"domain": "u64"}"#, "18446744073709551616", &["out-of-range : does not fit an unsigned 64-bit integer"]),
    (r#"{"domain": "u16"}"#, "1.5", &["out-of-range : does not fit an unsigned 16-bit integer"]),
    (r#"{"domain": "f32"}"#, "1e39", &["out-of-range : does not fit a 32-bit number"]),
    (r#"{"domain": "f64"}"#, "1e308", &[]),
    (r#"{"domain": "uuid"}"#, "\"00000000-0000-0000-0000-00000000000G\"", &["format : expected a UUID (RFC 9562)"]),
    (r#"{"domain": "uuid"}"#, "\"F81D4FAE-7DEC-11D0-A765-00a0c91e6bf6\"", &[]),
    (r#"{"domain": "uuid"}"#, "1", &[]),
    (r#"{"domain": "date-time"}"#, "\"2024-02-29T23:59:60Z\"", &[]),
    (r#"{"domain": "date-time"}"#, "\"1990-12-31T15:59:60.25-08:00\"", &[]),
    (r#"{"domain": "date-time"}"#, "\"2024-02-29T23:58:60Z\"", &["format : expected a date and time (RFC 3339)"]),
    (r#"{"domain": "date-time"}"#, "\"2024-02-29\"", &["format : expected a date and time (RFC 3339)"]),
    (r#"{"domain": "date-time"}"#, "\"2024-02-29T24:00:00Z\"", &["format : expected a date and time (RFC 3339)"]),
    (r#"{"domain": "date-time"}"#, "\"2024-02-29T10:00:00\"", &["format : expected a date and time (RFC 3339)"]),
    (r#"{"domain": "date"}"#, "\"2000-02-29\"", &[]),
    (r#"{"domain": "date"}"#, "\"1900-02-29\"", &["format : expected a date (RFC 3339)"]),
    (r#"{"domain": "ipv4"}"#, "\"127.0.0.1\"", &[]),
    (r#"{"domain": "ipv4"}"#, "\"127.0.0.01\"", &["format : expected an IPv4 address"]),
    (r#"{"domain": "ipv6"}"#, "\"::1\"", &[]),
    (r#"{"domain": "ipv6"}"#, "\"::1%eth0\"", &["format : expected an IPv6 address"]),
    (r#"{"domain": "base64"}"#, "\"aGk=\"", &[]),
    (r#"{"domain": "base64"}"#, "\"aGk\"", &["format : expected Base64 (RFC 4648 section 4)"]),
    (r#"{"domain": "base64"}"#, "\"a=k=\"", &["format : expected Base64 (RFC 4648 section 4)"]),
];

#[test]
fn keywords_say_what_is_wrong() {
    let mut differences = Vec::new();
    for (schemas, value, expected) in CASES {
        // The only anchor that a case names is that of the dynamic scope.
        let dynamic = if schemas.contains("anchor") { r#"[{"item": 4}, {"item": 3}]"# } else { "[]" };
        let text = format!(r#"{{"schemas": [{schemas}], "dynamic": {dynamic}}}"#);
        let found = check(text, Direction::Request, &value.parse().unwrap());
        if found != *expected {
            differences.push(format!("{schemas}\n{value}\n{found:#?}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Lists the violations, and makes sure that the quick check agrees.
fn check(text: String, direction: Direction, value: &Value) -> Vec<String> {
    let schemas = Schemas::new(text.leak());
    let mut violations = Violations::default();
    schemas.check(0, direction, value, &mut violations);
    assert_eq!(schemas.admits(0, direction, value), violations.is_empty(), "{value} {violations:?}");
    if let (Some(text), Direction::Request) = (value.as_str(), direction) {
        assert_eq!(schemas.admits_string(0, text), violations.is_empty(), "{value} {violations:?}");
    }
    violations.listed().iter().map(|v| format!("{} {}: {}", v.kind.name(), v.pointer(), v.message)).collect()
}

#[test]
fn what_goes_the_other_way_may_be_absent() {
    // The property and what requires it may stand in different parts.
    let text = r#"{"schemas": [
        {"allOf": [1, 2]},
        {"properties": {"id": 3, "password": 5}, "required": ["password"]},
        {"required": ["id", "name"]},
        {"allOf": [4]}, {"readOnly": true}, {"writeOnly": true}
    ]}"#;
    let value = &json!({});
    let missing = |name: &str| format!("missing /{name}: is required");
    assert_eq!(check(text.to_owned(), Direction::Request, value), [missing("password"), missing("name")]);
    assert_eq!(check(text.to_owned(), Direction::Response, value), [missing("id"), missing("name")]);
}

#[test]
fn violations_of_parameters_name_them() {
    static SCHEMAS: Schemas = Schemas::new(r#"{"schemas": [{"items": 1}, {"maximum": 5}]}"#);
    let mut violations = Violations::default();
    SCHEMAS.check_parameter(0, Direction::Request, &json!([1, 6]), (Location::Query, "sizes"), &mut violations);
    assert_eq!(violations.listed()[0].to_string(), "query/sizes/1: must be at most 5");
}
