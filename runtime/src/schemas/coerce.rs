//! Values that came as text: strings become what their schema says that they are.
//!
//! The one rule: what cannot be anything else stays a string, so that the check that follows finds what is wrong with it.

use serde_json::Value;

use super::arena::{Arena, Id, Keyword, Object, Schema, Types};
use super::check::Check;
use super::{Direction, Schemas};

/// Schemas that are looked at, at most: branches within branches multiply.
const STEPS: u32 = 10_000;

impl Schemas {
    /// A value whose scalars are strings, with the scalars that its schema asks for.
    pub(crate) fn coerce(&self, schema: u32, value: Value) -> Value {
        match self.arena() {
            Ok(arena) => Coercion { arena, steps: STEPS }.coerce(schema, value),
            Err(_) => value,
        }
    }
}

struct Coercion<'a> {
    arena: &'a Arena,
    steps: u32,
}

impl<'a> Coercion<'a> {
    fn coerce(&mut self, id: Id, value: Value) -> Value {
        let Some(steps) = self.steps.checked_sub(1) else { return value };
        self.steps = steps;
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
        let value = match value {
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
                coerced.collect()
            }
            value => value,
        };
        self.branch(id, value)
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
        for branch in unions.into_iter().flatten() {
            let coerced = self.coerce(*branch, value.clone());
            if Check::new(self.arena, Direction::Request).admits(*branch, &coerced) {
                return coerced;
            }
        }
        value
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
        Ok(scalar @ (Value::Null | Value::Bool(_) | Value::Number(_))) if text.trim() == text => Some(scalar),
        _ => None,
    }
}
