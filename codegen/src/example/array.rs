//! Arrays.

use serde_json::Value;
use stubwright_schema::arena::{Array, Id};

use crate::example::choices::Choices;
use crate::example::facts::Facts;
use crate::example::synthesiser::Synthesiser;

/// How many seeds are tried for an item that differs from those before it.
const SEEDS: usize = 64;

/// Items, at most: a schema may ask for more than anybody wants to read.
const LONGEST: u64 = 2_000;

/// An array: with as many items as there must be, one at least where there is room.
pub(super) fn build(
    synthesiser: &mut Synthesiser<'_>,
    facts: &Facts<'_>,
    seed: usize,
    choices: &mut Choices,
) -> Option<Value> {
    let least = facts.arrays.iter().filter_map(|array| array.count.minimum).max().unwrap_or(0);
    let most = facts.arrays.iter().filter_map(|array| array.count.maximum).min().unwrap_or(u64::MAX);
    let prefix = facts.arrays.iter().map(|array| array.prefix.len() as u64).max().unwrap_or(0);
    let contained = contained(facts);
    let wanted = if synthesiser.is_rich() { prefix.max(1) } else { 0 };
    let full = least.max(wanted).max(contained.len() as u64);
    // Fewer items where an item has no value, more where too few are contained.
    let lengths = [full, least, full.saturating_add(1), full.saturating_add(2)];
    let length = lengths[choices.among(lengths.len())?].min(most);
    if length > LONGEST {
        return None;
    }
    let is_unique = facts.arrays.iter().any(|array| array.unique);
    let mut items: Vec<Value> = Vec::new();
    for index in 0..usize::try_from(length).ok()? {
        let mut ids = item_schemas(facts, index);
        ids.extend(contained.get(index.checked_sub(usize::try_from(prefix).ok()?).unwrap_or(usize::MAX)));
        let first = if is_unique { seed + index } else { seed };
        let item = if is_unique {
            (first..first + SEEDS).find_map(|seed| synthesiser.of_all(&ids, seed).filter(|item| !items.contains(item)))
        } else {
            synthesiser.of_all(&ids, first)
        };
        match item {
            Some(item) => items.push(item),
            // A list that may be shorter is shorter.
            None if index as u64 >= least => break,
            None => return None,
        }
    }
    Some(Value::Array(items))
}

/// The schemas that items must be contained by, each as often as it must be.
fn contained(facts: &Facts<'_>) -> Vec<Id> {
    let one = |array: &&Array| {
        let (id, count) = array.contains?;
        let times = usize::try_from(count.minimum.unwrap_or(1).min(LONGEST)).ok()?;
        Some(std::iter::repeat_n(id, times))
    };
    facts.arrays.iter().filter_map(one).flatten().collect()
}

fn item_schemas(facts: &Facts<'_>, index: usize) -> Vec<Id> {
    let own = |array: &&Array| array.prefix.get(index).copied().or(array.items);
    let ids: Vec<Id> = facts.arrays.iter().filter_map(own).collect();
    if ids.is_empty() { facts.unevaluated_items.clone() } else { ids }
}
