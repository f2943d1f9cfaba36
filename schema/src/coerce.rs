//! Values that came as text: strings become what their schema says that they are.
//!
//! The one rule: what cannot be anything else stays a string, so that the check that follows finds what is wrong with it.

use serde_json::{Map, Number, Value};

use crate::arena::{Arena, Id, Keyword, Object, Schema, Types};
use crate::check::Check;
use crate::{Direction, Schemas, Violations};

/// How often a value may be copied for branches, together: branches within branches multiply.
const COPIES: usize = 64;

/// How many branches are tried, at most.
const BRANCHES: u32 = 10_000;

/// Schemas within each other, at most: a branch may be what it is a branch of.
const DEPTH: u32 = 256;

impl Schemas {
    /// A value whose scalars are strings, with the scalars that its schema asks for.
    pub fn coerce(&self, schema: u32, value: Value) -> Value {
        match self.arena() {
            Ok(arena) => {
                let budget = size(&value).saturating_mul(COPIES);
                Coercion { arena, budget, branches: BRANCHES, depth: 0 }.coerce(schema, value)
            }
            Err(_) => value,
        }
    }
}

impl Schemas {
    /// Adds every violation of a body that is text, as it is or as the scalar that it writes.
    pub fn check_text(&self, schema: u32, direction: Direction, text: &str, violations: &mut Violations) {
        let text = Value::from(text);
        if !self.admits(schema, direction, &text) {
            self.check(schema, direction, &self.coerce(schema, text), violations);
        }
    }
}

struct Coercion<'a> {
    arena: &'a Arena,
    /// How much may still be copied.
    budget: usize,
    /// How many branches may still be tried.
    branches: u32,
    depth: u32,
}

impl<'a> Coercion<'a> {
    fn coerce(&mut self, id: Id, value: Value) -> Value {
        if self.depth == DEPTH {
            return value;
        }
        self.depth += 1;
        let value = self.parts(id, value);
        let value = self.branch(id, value);
        self.depth -= 1;
        value
    }

    /// The value by all but the unions of a schema.
    fn parts(&mut self, id: Id, value: Value) -> Value {
        let arena = self.arena;
        let types = arena.types(id);
        let value = match value {
            Value::String(text) => match scalar(&text) {
                Some(scalar) if self.takes(id, types, &scalar) => scalar,
                _ => Value::String(text),
            },
            value => value,
        };
        let value = match value {
            // One value is a list of one.
            value @ Value::String(_) if !types.admit(&value) && types.admit(&Value::Array(Vec::new())) => {
                Value::Array(vec![value])
            }
            value => value,
        };
        match value {
            Value::Array(items) => {
                let coerced = items.into_iter().enumerate().map(|(index, item)| match self.item(id, index) {
                    Some(schema) => self.coerce(schema, item),
                    None => item,
                });
                coerced.collect()
            }
            Value::Object(members) => {
                let coerced = members.into_iter().map(|(key, member)| match self.member(id, &key) {
                    Some(schema) => (key, self.coerce(schema, member)),
                    None => (key, member),
                });
                let mut object: Map<String, Value> = coerced.collect();
                for key in self.empty_lists(id, &object) {
                    object.insert(key, Value::Array(Vec::new()));
                }
                Value::Object(object)
            }
            value => value,
        }
    }

    /// Whether a scalar is rather meant than the string that is its text.
    fn takes(&self, id: Id, types: Types, scalar: &Value) -> bool {
        let lists = |keyword: &Keyword| match keyword {
            Keyword::Enum(values) => values.contains(scalar),
            Keyword::Const(value) => value == scalar,
            _ => false,
        };
        let allows_strings = types.admit(&Value::String(String::new()));
        types.admit(scalar) && (!allows_strings || self.keywords(id).any(lists))
    }

    fn item(&self, id: Id, index: usize) -> Option<Id> {
        self.keywords(id).find_map(|keyword| match keyword {
            Keyword::Array(array) => array.prefix.get(index).copied().or(array.items),
            _ => None,
        })
    }

    fn member(&self, id: Id, key: &str) -> Option<Id> {
        let named = self.arena.schemas_of(id).find_map(|schema| schema.property(key));
        named.or_else(|| {
            self.keywords(id).find_map(|keyword| match keyword {
                Keyword::Object(object) => additional(object),
                _ => None,
            })
        })
    }

    /// The value as the first branch of a union takes it that admits it.
    fn branch(&mut self, id: Id, value: Value) -> Value {
        let unions: Vec<&'a [Id]> = self
            .keywords(id)
            .filter_map(|keyword| match keyword {
                Keyword::AnyOf(union) | Keyword::OneOf(union) => Some(union.branches.as_slice()),
                _ => None,
            })
            .collect();
        let size = if unions.is_empty() { 0 } else { size(&value) };
        for branch in unions.into_iter().flatten() {
            let left = (self.budget.checked_sub(size), self.branches.checked_sub(1));
            let (Some(budget), Some(branches)) = left else { return value };
            (self.budget, self.branches) = (budget, branches);
            let coerced = self.coerce(*branch, value.clone());
            if Check::new(self.arena, Direction::Request).admits(*branch, &coerced) {
                return coerced;
            }
        }
        value
    }

    /// The lists that an object must have and has not: text says nothing where a list has no items.
    fn empty_lists(&self, id: Id, object: &Map<String, Value>) -> Vec<String> {
        let is_list = |key: &&String| {
            let types = self.member(id, key).map_or(Types::ANY, |member| self.arena.types(member));
            types.admit(&Value::Array(Vec::new()))
                && !types.admit(&Value::String(String::new()))
                && !types.admit(&Value::Object(Map::new()))
        };
        let required = self.keywords(id).filter_map(|keyword| match keyword {
            Keyword::Object(object) => Some(&object.required),
            _ => None,
        });
        required.flatten().filter(|key| !object.contains_key(*key)).filter(is_list).cloned().collect()
    }

    fn keywords(&self, id: Id) -> impl Iterator<Item = &'a Keyword> + use<'a> {
        let arena = self.arena;
        arena.parts(id).into_iter().filter_map(|part| arena.get(part)).flat_map(|schema: &Schema| &schema.keywords)
    }
}

fn additional(object: &Object) -> Option<Id> {
    object.additional.filter(|_| object.patterns.is_empty())
}

/// The scalar that a text is in JSON, if it is one but no string.
fn scalar(text: &str) -> Option<Value> {
    match serde_json::from_str(text) {
        // The parser of `serde_json` may miss the nearest number by one place.
        Ok(Value::Number(number)) if number.is_f64() && text.trim() == text => {
            Number::from_f64(text.parse().ok()?).map(Value::Number)
        }
        Ok(scalar @ (Value::Null | Value::Bool(_) | Value::Number(_))) if text.trim() == text => Some(scalar),
        _ => None,
    }
}

/// How much a value is to copy, about.
fn size(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 1,
        Value::String(text) => 1 + text.len(),
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(members) => 1 + members.iter().map(|(key, value)| key.len() + size(value)).sum::<usize>(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::Schemas;

    static SCHEMAS: Schemas = Schemas::new(
        r#"{"schemas":[
{"type":["object"],"properties":{"number":1,"text":2,"list":3,"either":4,"enum":5,"part":6},"additionalProperties":8},
{"type":["integer"]},
{"type":["string"]},
{"type":["array"],"prefixItems":[2],"items":1},
{"anyOf":[1,7,3]},
{"enum":[1,"2",true]},
{"allOf":[1]},
{"type":["null"]},
{"type":["boolean"]},
{"anyOf":[9,10,9]},
{"type":["object"],"properties":{"a":9,"n":1}},
{"type":["object"],"properties":{"list":3,"text":2,"either":4,"more":3},"required":["list","text","either","other"]}
]}"#,
    );

    #[test]
    fn strings_become_what_the_schema_says() {
        for (given, expected) in [
            (json!({ "number": "5" }), json!({ "number": 5 })),
            (json!({ "number": "x" }), json!({ "number": "x" })),
            (json!({ "number": "5.5" }), json!({ "number": "5.5" })),
            (json!({ "number": " 5" }), json!({ "number": " 5" })),
            (json!({ "text": "5" }), json!({ "text": "5" })),
            (json!({ "list": ["5", "5", "x"] }), json!({ "list": ["5", 5, "x"] })),
            (json!({ "list": "5" }), json!({ "list": ["5"] })),
            (json!({ "either": "5" }), json!({ "either": 5 })),
            (json!({ "either": "null" }), json!({ "either": null })),
            (json!({ "either": ["a", "1"] }), json!({ "either": ["a", 1] })),
            (json!({ "either": "x" }), json!({ "either": ["x"] })),
            (json!({ "enum": "1" }), json!({ "enum": 1 })),
            (json!({ "enum": "2" }), json!({ "enum": "2" })),
            (json!({ "enum": "true" }), json!({ "enum": true })),
            (json!({ "more": "true", "most": "x" }), json!({ "more": true, "most": "x" })),
            (json!("5"), json!("5")),
        ] {
            assert_eq!(SCHEMAS.coerce(0, given.clone()), expected, "{given}");
        }
        // Schema 11 demands a list, and a text and others that are not plainly lists.
        assert_eq!(SCHEMAS.coerce(11, json!({})), json!({ "list": [] }));
        assert_eq!(SCHEMAS.coerce(11, json!({ "list": "a" })), json!({ "list": ["a"] }));
        assert_eq!(SCHEMAS.coerce(99, json!("5")), json!("5"));
    }

    #[test]
    fn branches_within_branches_end() {
        let start = std::time::Instant::now();
        let long = Value::from("x".repeat(100_000));
        let deep = (0..60).fold(json!({ "n": long }), |value, _| json!({ "a": value }));
        assert_eq!(SCHEMAS.coerce(9, deep.clone()), deep);
        assert!(start.elapsed().as_secs() < 10);
    }
}
