//! When JSON values are equal (JSON Schema 2020-12 core, section 4.2.2): numbers by what they are, objects in any order.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher, RandomState};

use serde_json::Value;

use crate::number::{self, Decimal};

/// Whether two values are equal.
pub(crate) fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(left), Value::Bool(right)) => left == right,
        (Value::Number(left), Value::Number(right)) => number::compare(left, right) == Ordering::Equal,
        (Value::String(left), Value::String(right)) => left == right,
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Value::Object(left), Value::Object(right)) => {
            let same = |key: &str, value| right.get(key).is_some_and(|other| equal(value, other));
            left.len() == right.len() && left.iter().all(|(key, value)| same(key, value))
        }
        (
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_),
            _,
        ) => false,
    }
}

/// The first two items that are equal, if any are. Takes time in proportion to the items.
pub(crate) fn first_twins(items: &[Value]) -> Option<(usize, usize)> {
    // Keys of its own, so that no client can choose items that share a hash.
    let state = RandomState::new();
    let mut seen: HashMap<u64, Vec<usize>> = HashMap::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let same_hash = seen.entry(hash(item, &state)).or_default();
        if let Some(first) = same_hash.iter().find(|first| equal(&items[**first], item)) {
            return Some((*first, index));
        }
        same_hash.push(index);
    }
    None
}

/// A hash that equal values share.
fn hash(value: &Value, state: &RandomState) -> u64 {
    match value {
        Value::Null => state.hash_one(0_u8),
        Value::Bool(value) => state.hash_one((1_u8, value)),
        Value::Number(number) => state.hash_one((2_u8, Decimal::new(number))),
        Value::String(text) => state.hash_one((3_u8, text)),
        Value::Array(items) => {
            let mut hasher = state.build_hasher();
            (4_u8, items.len()).hash(&mut hasher);
            for item in items {
                hasher.write_u64(hash(item, state));
            }
            hasher.finish()
        }
        Value::Object(members) => {
            // A sum does not depend on the order.
            let member = |(key, value)| state.hash_one((key, hash(value, state)));
            state.hash_one((5_u8, members.iter().map(member).fold(0, u64::wrapping_add)))
        }
    }
}
