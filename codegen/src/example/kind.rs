//! Which kinds of JSON values a schema may have, those that it speaks of first.

use serde_json::{Map, Number, Value};

use crate::example::facts::Facts;

/// A kind of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// The kinds that are possible, in the order in which they are tried.
pub(super) fn of(facts: &Facts<'_>) -> Vec<Kind> {
    let speaks_of_numbers = !(facts.bounds.is_empty() && facts.divisors.is_empty());
    let speaks_of_texts = !(facts.lengths.is_empty() && facts.patterns.is_empty() && facts.formats.is_empty());
    let mut kinds = vec![
        (Kind::Object, !facts.objects.is_empty() || !facts.tags.is_empty()),
        (Kind::Array, !facts.arrays.is_empty()),
        (Kind::String, speaks_of_texts),
        (Kind::Number, speaks_of_numbers),
        (Kind::Integer, speaks_of_numbers),
        (Kind::Boolean, false),
        (Kind::Null, false),
    ];
    // Of what nothing is said, a text shows most.
    kinds.sort_by_key(|(kind, speaks)| (!speaks, !speaks && *kind != Kind::String));
    kinds.into_iter().map(|(kind, _)| kind).filter(|kind| facts.types.admit(&sample(*kind))).collect()
}

fn sample(kind: Kind) -> Value {
    match kind {
        Kind::Null => Value::Null,
        Kind::Boolean => Value::Bool(true),
        Kind::Integer => Value::from(1),
        Kind::Number => Number::from_f64(0.5).map_or(Value::Null, Value::Number),
        Kind::String => Value::String(String::new()),
        Kind::Array => Value::Array(Vec::new()),
        Kind::Object => Value::Object(Map::new()),
    }
}
