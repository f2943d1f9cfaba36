//! Objects.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use stubwright_schema::arena::{Id, Object};

use crate::example::choices::Choices;
use crate::example::facts::Facts;
use crate::example::synthesiser::Synthesiser;
use crate::example::{pattern, text};

/// How many seeds are tried for a name.
const SEEDS: usize = 64;

/// Properties that are made up, at most.
const MOST: usize = 2_000;

/// An object: with what it must have, and as much as it may have, where there is room.
pub(super) fn build(
    synthesiser: &mut Synthesiser<'_>,
    ids: &[Id],
    facts: &Facts<'_>,
    seed: usize,
    choices: &mut Choices,
) -> Option<Value> {
    let sparse = choices.among(2)? == 1;
    let required = facts.required();
    let mut members = Map::new();
    for key in &required {
        if !is_hidden(synthesiser, facts, key) {
            members.insert((*key).to_owned(), member(synthesiser, facts, key, seed)?);
        }
    }
    if !sparse && synthesiser.is_rich() {
        optional(synthesiser, ids, facts, seed, &mut members);
    }
    let least = facts.objects.iter().filter_map(|object| object.count.minimum).max().unwrap_or(0);
    let least = usize::try_from(least).unwrap_or(usize::MAX);
    if members.len() < least {
        declared_up_to(synthesiser, facts, seed, least, &mut members);
        made_up(synthesiser, facts, seed, least, &mut members)?;
    } else if members.is_empty() && !sparse && synthesiser.is_rich() && is_map(facts) {
        let before = members.clone();
        if made_up(synthesiser, facts, seed, 1, &mut members).is_none() {
            members = before;
        }
    }
    Some(Value::Object(members))
}

/// Adds what is declared and not required: all of it, or what can stand beside the rest.
fn optional(
    synthesiser: &mut Synthesiser<'_>,
    ids: &[Id],
    facts: &Facts<'_>,
    seed: usize,
    members: &mut Map<String, Value>,
) {
    let most = facts.objects.iter().filter_map(|object| object.count.maximum).min().unwrap_or(u64::MAX);
    let mut full = members.clone();
    for key in declared(facts) {
        if full.contains_key(key) || full.len() as u64 >= most || is_hidden(synthesiser, facts, key) {
            continue;
        }
        if let Some(value) = member(synthesiser, facts, key, seed) {
            full.insert(key.to_owned(), value);
        }
    }
    let whole = Value::Object(full);
    if synthesiser.is_value(ids, &whole) {
        if let Value::Object(full) = whole {
            *members = full;
        }
        return;
    }
    let (Value::Object(full), true) = (whole, synthesiser.is_value(ids, &Value::Object(members.clone()))) else {
        return;
    };
    for (key, value) in full {
        let mut more = members.clone();
        if more.insert(key, value).is_none() && synthesiser.is_value(ids, &Value::Object(more.clone())) {
            *members = more;
        }
    }
}

/// Adds declared properties until there are so many.
fn declared_up_to(
    synthesiser: &mut Synthesiser<'_>,
    facts: &Facts<'_>,
    seed: usize,
    least: usize,
    members: &mut Map<String, Value>,
) {
    for key in declared(facts) {
        if members.len() < least && !members.contains_key(key) && !is_hidden(synthesiser, facts, key) {
            let value = member(synthesiser, facts, key, seed);
            members.extend(value.map(|value| (key.to_owned(), value)));
        }
    }
}

/// Adds properties with names that the document leaves open until there are so many.
fn made_up(
    synthesiser: &mut Synthesiser<'_>,
    facts: &Facts<'_>,
    seed: usize,
    least: usize,
    members: &mut Map<String, Value>,
) -> Option<()> {
    let names: Vec<Id> = facts.objects.iter().filter_map(|object| object.names).collect();
    let mut number = 0;
    while members.len() < least.min(MOST) {
        let name = (number..number + SEEDS).find_map(|at| {
            number = at + 1;
            let name = name(synthesiser, facts, &names, at)?;
            let names_fit = names.is_empty() || synthesiser.is_value(&names, &Value::String(name.clone()));
            (names_fit && !members.contains_key(&name)).then_some(name)
        })?;
        let value = member(synthesiser, facts, &name, seed)?;
        members.insert(name, value);
    }
    (members.len() >= least).then_some(())
}

/// The name of a property that is not declared.
fn name(synthesiser: &mut Synthesiser<'_>, facts: &Facts<'_>, names: &[Id], seed: usize) -> Option<String> {
    let mut patterns =
        facts.objects.iter().flat_map(|object| &object.patterns).filter(|(_, id)| !synthesiser.arena.is_never(*id));
    if let Some((pattern, _)) = patterns.next() {
        return pattern::matches(pattern, seed, &[]).into_iter().next();
    }
    if !names.is_empty() {
        return match synthesiser.of_all(names, seed)? {
            Value::String(name) => Some(name),
            _ => None,
        };
    }
    Some(text::word("key", seed))
}

/// Whether the object is for names that the document leaves open.
fn is_map(facts: &Facts<'_>) -> bool {
    declared(facts).is_empty()
        && facts.objects.iter().any(|object| object.additional.is_some() || !object.patterns.is_empty())
}

fn declared<'a>(facts: &Facts<'a>) -> BTreeSet<&'a str> {
    facts.objects.iter().flat_map(|object| object.properties.keys()).map(String::as_str).collect()
}

/// A value of a property; `None` where none is possible.
fn member(synthesiser: &mut Synthesiser<'_>, facts: &Facts<'_>, key: &str, seed: usize) -> Option<Value> {
    let ids = schemas(facts, key);
    if ids.iter().any(|id| synthesiser.arena.is_never(*id)) {
        return None;
    }
    if let Some(tag) = facts.tags.get(key) {
        return Some(Value::String((*tag).to_owned()));
    }
    synthesiser.of_all(&ids, seed)
}

/// Whether a property does not go this way.
fn is_hidden(synthesiser: &Synthesiser<'_>, facts: &Facts<'_>, key: &str) -> bool {
    let properties = facts.objects.iter().filter_map(|object| object.properties.get(key));
    let mut schemas = properties.flat_map(|id| synthesiser.arena.schemas_of(*id));
    schemas.any(|schema| schema.is_hidden(synthesiser.direction))
}

/// Everything that must hold for the value at a key.
fn schemas(facts: &Facts<'_>, key: &str) -> Vec<Id> {
    let mut ids: Vec<Id> = facts.objects.iter().flat_map(|object| own(object, key)).collect();
    if ids.is_empty() {
        ids.extend(&facts.unevaluated_properties);
    }
    ids
}

fn own(object: &Object, key: &str) -> Vec<Id> {
    let named = object.properties.get(key).copied();
    let matching = object.patterns.iter().filter(|(pattern, _)| pattern.is_found(key)).map(|(_, id)| *id);
    let ids: Vec<Id> = named.into_iter().chain(matching).collect();
    if ids.is_empty() { object.additional.into_iter().collect() } else { ids }
}
