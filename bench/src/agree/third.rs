//! A third judge: the crate `jsonschema`, which is not ours, asked whether a schema of a document admits a value.
//!
//! It judges by JSON Schema alone. What `OpenAPI` and this project say beyond that is a list of known differences, each
//! with the clause that says who is right; any other difference is one to look at.

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};

/// A schema of a document, as the third judge knows it.
#[derive(Debug)]
pub struct Judge {
    validator: Validator,
    /// The same, for which formats are annotations.
    annotating: Validator,
    /// All schemas that the judged one may lead to.
    schemas: Value,
}

/// Why two judges may differ, and who is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// `readOnly` in a request: `OpenAPI` 3.1.1 section 4.8.24.5, 3.0.4 section 4.7.24.2. We are right.
    Direction,
    /// A format as a limit: JSON Schema 2020-12 Validation section 7.2.2 allows it, and crates differ in formats.
    Format,
    /// A number that the Rust type does not hold: ours is the narrower type, and the report says so.
    Domain,
    /// `properties` without `type`: read as its author means it, unless `exact_schemas` is on. By the letter we are wrong.
    Untyped,
    /// `1.0` as an integer: JSON Schema 2020-12 section 4.2.3 has it so; draft 4, section 3.5, has not. 3.0 says
    /// neither, and has the types of the former here.
    Integer,
    /// A `discriminator` decides before the schemas: `OpenAPI` 3.1.1 section 4.8.25.
    Discriminator,
    /// A pattern that one of the engines does not take: ECMA-262, by JSON Schema 2020-12 section 6.4.
    Pattern,
}

impl Judge {
    /// The judge of a schema; `None` where the crate does not take it.
    pub fn new(document: &Value, name: &str) -> Option<Self> {
        let is_3_0 = document["openapi"].as_str().is_some_and(|version| version.starts_with("3.0"));
        let mut schemas = document["components"]["schemas"].clone();
        if is_3_0 {
            nullable(&mut schemas);
        }
        let root = json!({
            "$ref": format!("#/components/schemas/{name}"),
            "components": {"schemas": schemas}
        });
        let draft = if is_3_0 { Draft::Draft4 } else { Draft::Draft202012 };
        let judge =
            |formats: bool| jsonschema::options().with_draft(draft).should_validate_formats(formats).build(&root);
        let (validator, annotating) = (judge(true).ok()?, judge(false).ok()?);
        Some(Self { validator, annotating, schemas: reachable(&root["components"]["schemas"], name) })
    }

    /// Whether the schema admits a value.
    pub fn admits(&self, value: &Value) -> bool {
        self.validator.is_valid(value)
    }

    /// Why this judge may differ from ours about a value, as far as that is known.
    pub fn known(&self, value: &Value, is_ours: bool) -> Option<Known> {
        let has =
            |key: &str, of: &dyn Fn(&Value) -> bool| holds(&self.schemas, &|members| members.get(key).is_some_and(of));
        let any = |_: &Value| true;
        let is_untyped = holds(&self.schemas, &|members| {
            let is_structured =
                ["properties", "items", "additionalProperties"].iter().any(|key| members.contains_key(*key));
            is_structured && !members.contains_key("type")
        });
        let rows = [
            (Known::Direction, has("readOnly", &|is| *is == json!(true))),
            (Known::Discriminator, has("discriminator", &any)),
            (Known::Format, self.annotating.is_valid(value) == is_ours),
            (Known::Pattern, has("pattern", &any) || has("patternProperties", &any)),
            (Known::Domain, !is_ours && holds_number(value, &|number| number.abs() >= 9_007_199_254_740_992.0)),
            (Known::Integer, is_ours && holds_number(value, &|number| number.fract() == 0.0)),
            (Known::Untyped, is_untyped),
        ];
        rows.into_iter().find(|(_, holds)| *holds).map(|(known, _)| known)
    }
}

/// Writes `nullable` of `OpenAPI` 3.0 (section 4.7.24.1) as draft 4 has it: null is one of the types.
fn nullable(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(nullable),
        Value::Object(members) => {
            members.values_mut().for_each(nullable);
            if members.get("nullable") == Some(&json!(true))
                && let Some(kind) = members.get("type").filter(|kind| kind.is_string()).cloned()
            {
                members.insert("type".to_owned(), json!([kind, "null"]));
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The schema of a name, and all those that it leads to.
fn reachable(schemas: &Value, name: &str) -> Value {
    let mut found = Map::new();
    let mut open = vec![name.to_owned()];
    while let Some(name) = open.pop() {
        let Some(schema) = schemas.get(&name).filter(|_| !found.contains_key(&name)) else { continue };
        references(schema, &mut open);
        found.insert(name, schema.clone());
    }
    Value::Object(found)
}

fn references(schema: &Value, open: &mut Vec<String>) {
    match schema {
        Value::Array(items) => items.iter().for_each(|item| references(item, open)),
        Value::Object(members) => members.values().for_each(|member| references(member, open)),
        Value::String(text) => open.extend(text.strip_prefix("#/components/schemas/").map(str::to_owned)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether an object somewhere in a value is such a one.
fn holds(value: &Value, is: &dyn Fn(&Map<String, Value>) -> bool) -> bool {
    match value {
        Value::Array(items) => items.iter().any(|item| holds(item, is)),
        Value::Object(members) => is(members) || members.values().any(|member| holds(member, is)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn holds_number(value: &Value, is: &dyn Fn(f64) -> bool) -> bool {
    match value {
        Value::Number(number) => number.as_f64().is_some_and(is),
        Value::Array(items) => items.iter().any(|item| holds_number(item, is)),
        Value::Object(members) => members.values().any(|member| holds_number(member, is)),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}
