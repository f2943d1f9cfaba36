//! Which groups of the suite are about a dialect that documents have.
//!
//! The one rule: what is left out is left out by name, or for a keyword that the Schema Object of 3.0 does not have.

use serde_json::Value;

use super::cases::{Draft, Group};

/// Groups of 2020-12 that are left out: the file, the group (empty: all), and why.
const LEFT_OUT: [(&str, &str, &str); 3] = [
    ("vocabulary.json", "", "`$vocabulary` of a metaschema of one's own"),
    ("ref.json", "remote ref, containing refs itself", "refers to the metaschema"),
    ("defs.json", "", "refers to the metaschema"),
];

/// The keywords of the Schema Object of 3.0.4 section 4.7.24, and `definitions`, which only holds what references lead to.
const KEYWORDS: [&str; 33] = [
    "title",
    "multipleOf",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxProperties",
    "minProperties",
    "required",
    "enum",
    "type",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "items",
    "properties",
    "additionalProperties",
    "description",
    "format",
    "default",
    "nullable",
    "deprecated",
    "example",
    "$ref",
    "$schema",
    "definitions",
];

/// Why a group is not applicable, if it is not.
pub fn left_out(group: &Group) -> Option<String> {
    match group.draft {
        Draft::Newest => {
            let is_left_out =
                |(file, name, _): &&(&str, &str, &str)| *file == group.file && (name.is_empty() || *name == group.name);
            LEFT_OUT.iter().find(is_left_out).map(|(_, _, why)| (*why).to_owned())
        }
        Draft::Four => foreign(&group.schema),
    }
}

/// What a schema of draft 4 says that 3.0 cannot say.
fn foreign(schema: &Value) -> Option<String> {
    let Value::Object(members) = schema else { return Some("a schema that is no object".to_owned()) };
    // Beside a reference, nothing counts (3.0.4 section 4.7.23).
    if let Some(Value::String(target)) = members.get("$ref") {
        let is_outside = target.starts_with("http");
        return is_outside.then(|| "a reference to a remote schema or metaschema".to_owned());
    }
    for (key, value) in members {
        if !KEYWORDS.contains(&key.as_str()) {
            return Some(format!("`{key}`"));
        }
        let nested: Vec<&Value> = match key.as_str() {
            "type" if value.is_array() => return Some("a list of types".to_owned()),
            "type" if value == "null" => return Some("`type: null`".to_owned()),
            "items" if value.is_array() => return Some("a list of schemas in `items`".to_owned()),
            "items" | "not" => vec![value],
            "additionalProperties" if value.is_object() => vec![value],
            "allOf" | "anyOf" | "oneOf" => value.as_array().into_iter().flatten().collect(),
            "properties" | "definitions" => value.as_object().into_iter().flatten().map(|(_, value)| value).collect(),
            _ => Vec::new(),
        };
        if let Some(why) = nested.into_iter().find_map(foreign) {
            return Some(why);
        }
    }
    None
}
