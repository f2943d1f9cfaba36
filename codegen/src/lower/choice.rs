//! How the alternative of a value is found: alternatives enter, a [`Choice`] between them leaves, and whether no value fits
//! two of them.
//!
//! The one rule: what is cheap to look at decides first: the kind of JSON value, a string, a property; the schemas
//! themselves decide where nothing else does.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use crate::document::Value;
use crate::ir::{Choice, ChoiceRule, Kind, Pick};
use crate::lower::context::Cx;
use crate::lower::{merge, scalars};
use crate::model::{Discriminator, Schema, SchemaId, TypeSet};

/// The decision between alternatives, which are given by their index.
#[derive(Debug)]
pub(super) struct Decision {
    pub(super) choice: Choice,
    /// Whether no value fits two alternatives.
    pub(super) is_proven: bool,
    /// The alternatives among which only their schemas decide, where they are objects.
    pub(super) overlapping_objects: Vec<usize>,
}

/// What a discriminator says of alternatives.
#[derive(Debug)]
pub(super) struct Tags {
    /// The values of the property, and the alternative that each means.
    pub(super) values: Vec<(String, usize)>,
    /// The alternative of an object whose property has none of them, or that lacks it.
    pub(super) otherwise: Option<usize>,
    /// The alternatives that do not require the property. OpenAPI 3.1.1 section 4.8.25: a discriminator does not change
    /// which values are valid.
    pub(super) optional: Vec<usize>,
}

/// Decides between alternatives.
pub(super) fn decide(cx: &mut Cx<'_>, alternatives: &[SchemaId], discriminator: Option<&Discriminator>) -> Decision {
    let merged: Vec<Rc<Schema>> = alternatives.iter().map(|&id| merge::merged(cx, id)).collect();
    let kinds: Vec<HashSet<Kind>> = merged.iter().map(|schema| kinds(cx, schema)).collect();
    let mut decision =
        Decision { choice: Choice { rules: Vec::new() }, is_proven: true, overlapping_objects: Vec::new() };
    for kind in KINDS {
        let candidates: Vec<usize> = (0..alternatives.len()).filter(|&index| kinds[index].contains(&kind)).collect();
        let pick = match candidates.as_slice() {
            [] => continue,
            [only] => Pick::Variant(*only),
            several => {
                let tags = discriminator.filter(|_| kind == Kind::Object);
                let (tag, pick, is_proven) = between(cx, kind, several, alternatives, &merged, tags);
                decision.is_proven &= is_proven;
                if kind == Kind::Object && tags.is_none() && matches!(pick, Pick::Exact(_)) {
                    decision.overlapping_objects = several.to_vec();
                }
                if let Some(tag) = tag {
                    // It comes before what decides without it.
                    decision.choice.rules.insert(0, ChoiceRule { kinds: vec![kind], pick: tag });
                }
                pick
            }
        };
        match decision.choice.rules.iter_mut().find(|rule| rule.pick == pick) {
            Some(rule) => rule.kinds.push(kind),
            None => decision.choice.rules.push(ChoiceRule { kinds: vec![kind], pick }),
        }
    }
    decision
}

const KINDS: [Kind; 7] =
    [Kind::Null, Kind::Boolean, Kind::Integer, Kind::Number, Kind::String, Kind::Array, Kind::Object];

/// The kinds of JSON values that a schema allows.
fn kinds(cx: &mut Cx<'_>, schema: &Schema) -> HashSet<Kind> {
    let types = match &schema.values {
        Some(values) => {
            values.iter().map(|value| scalars::type_of(&value.value)).fold(TypeSet::default(), TypeSet::with)
        }
        None => merge::kinds(cx, schema, 8),
    };
    if types == TypeSet::ANY {
        return KINDS.into_iter().collect();
    }
    types
        .iter()
        .flat_map(|single| match single {
            TypeSet::NULL => vec![Kind::Null],
            TypeSet::BOOLEAN => vec![Kind::Boolean],
            TypeSet::INTEGER => vec![Kind::Integer],
            TypeSet::NUMBER if schema.values.is_some() => vec![Kind::Number],
            TypeSet::NUMBER => vec![Kind::Integer, Kind::Number],
            TypeSet::STRING => vec![Kind::String],
            TypeSet::ARRAY => vec![Kind::Array],
            _ => vec![Kind::Object],
        })
        .collect()
}

/// Decides between several alternatives of one kind: by a tag that may be absent, if there is one, and then.
fn between(
    cx: &mut Cx<'_>,
    kind: Kind,
    candidates: &[usize],
    alternatives: &[SchemaId],
    merged: &[Rc<Schema>],
    discriminator: Option<&Discriminator>,
) -> (Option<Pick>, Pick, bool) {
    let exact = |cx: &mut Cx<'_>, indexes: &[usize]| {
        Pick::Exact(indexes.iter().map(|&index| (cx.check(alternatives[index]), index)).collect())
    };
    let found = match kind {
        Kind::Object => match discriminator {
            Some(discriminator) => {
                let Tags { values, otherwise, optional } = tags_of(cx, candidates, alternatives, discriminator);
                let property = discriminator.property.value.clone();
                match optional.as_slice() {
                    [] => Some((Pick::Tag { property, values, otherwise, absent: otherwise }, true)),
                    [only] => Some((Pick::Tag { property, values, otherwise, absent: Some(*only) }, true)),
                    several => {
                        return (Some(Pick::OptionalTag { property, values }), exact(cx, several), false);
                    }
                }
            }
            None => by_constant(cx, candidates, merged).map(|pick| (pick, true)),
        },
        Kind::String => by_value(candidates, merged),
        Kind::Integer => {
            let whole = |index: &&usize| merge::inferred(cx, &merged[**index]).contains(TypeSet::INTEGER);
            let whole: Vec<&usize> = candidates.iter().filter(whole).collect();
            match whole.as_slice() {
                [only] if merged.iter().all(|schema| schema.values.is_none()) => Some((Pick::Variant(**only), false)),
                _ => None,
            }
        }
        Kind::Null | Kind::Boolean | Kind::Number | Kind::Array => None,
    };
    let (pick, is_proven) = found.unwrap_or_else(|| (exact(cx, candidates), false));
    (None, pick, is_proven)
}

/// The tags of the objects among alternatives; `None` where there is nothing to tell apart.
pub(super) fn tags(cx: &mut Cx<'_>, alternatives: &[SchemaId], discriminator: &Discriminator) -> Option<Tags> {
    let is_object = |cx: &mut Cx<'_>, id: SchemaId| {
        let merged = merge::merged(cx, id);
        kinds(cx, &merged).contains(&Kind::Object)
    };
    let candidates: Vec<usize> = (0..alternatives.len()).filter(|&index| is_object(cx, alternatives[index])).collect();
    (candidates.len() > 1).then(|| tags_of(cx, &candidates, alternatives, discriminator))
}

/// The tags of alternatives, of which every one is an object.
pub(super) fn values(
    cx: &mut Cx<'_>,
    alternatives: &[SchemaId],
    discriminator: &Discriminator,
) -> Vec<(String, usize)> {
    let candidates: Vec<usize> = (0..alternatives.len()).collect();
    tags_of(cx, &candidates, alternatives, discriminator).values
}

/// OpenAPI 3.1.1 section 4.8.25: the values of `mapping`, else the only values that an alternative allows and no other
/// does, else the names of the components.
fn tags_of(cx: &mut Cx<'_>, candidates: &[usize], alternatives: &[SchemaId], discriminator: &Discriminator) -> Tags {
    let property = &discriminator.property.value;
    let targets: Vec<Vec<SchemaId>> = alternatives.iter().map(|&id| leads_to(cx, id)).collect();
    let mut values: Vec<(String, usize)> = Vec::new();
    for (value, id) in &discriminator.mapping {
        let target = merge::follow(cx, *id);
        if let Some(&index) = candidates.iter().find(|&&index| targets[index].contains(&target)) {
            values.push((value.value.clone(), index));
        }
    }
    let mut allowed: Vec<(String, usize)> = Vec::new();
    for &index in candidates {
        let merged = merge::merged(cx, alternatives[index]);
        let constants = constants(cx, &merged, property).unwrap_or_default();
        allowed.extend(constants.into_iter().map(|value| (value, index)));
    }
    for (value, index) in &allowed {
        let is_shared = allowed.iter().any(|(other, place)| other == value && place != index);
        if !is_shared && !values.iter().any(|(known, _)| known == value) {
            values.push((value.clone(), *index));
        }
    }
    let mut unnamed = None;
    for &index in candidates {
        if values.iter().any(|(_, named)| *named == index) {
            continue;
        }
        match original_key(cx, alternatives[index]) {
            Some(key) if !values.iter().any(|(known, _)| *known == key) => values.push((key, index)),
            Some(_) => {}
            None => unnamed = unnamed.or(Some(index)),
        }
    }
    let default = discriminator.default.map(|id| merge::follow(cx, id));
    let default = default.and_then(|id| candidates.iter().copied().find(|&index| targets[index].contains(&id)));
    let otherwise = default.or(unnamed);
    let mut optional = candidates.to_vec();
    optional.retain(|&index| {
        let merged = merge::merged(cx, alternatives[index]);
        otherwise.is_none() && merged.required.iter().all(|required| required.value != *property)
    });
    Tags { values, otherwise, optional }
}

/// The schemas that an alternative refers to, and what stood beside the union left aside.
fn leads_to(cx: &mut Cx<'_>, mut id: SchemaId) -> Vec<SchemaId> {
    let mut found = Vec::new();
    for _ in 0..32 {
        found.push(merge::follow(cx, id));
        if cx.keys.contains_key(&id) {
            break;
        }
        let schema = cx.schema(id);
        id = match (schema.reference, schema.all_of.as_slice()) {
            (Some(target), _) => target,
            (None, [.., last]) => *last,
            (None, []) => break,
        };
    }
    found
}

/// The key of the component that an alternative refers to.
fn original_key(cx: &Cx<'_>, mut id: SchemaId) -> Option<String> {
    for _ in 0..32 {
        if let Some(key) = cx.keys.get(&id) {
            return Some(key.value.clone());
        }
        let schema = cx.schema(id);
        id = match (schema.reference, schema.all_of.as_slice()) {
            (Some(target), _) => target,
            // What stands beside the union was merged into the alternative, which is last.
            (None, [.., last]) => *last,
            (None, []) => return None,
        };
    }
    None
}

/// The strings that a property of a schema is limited to.
fn constants(cx: &mut Cx<'_>, schema: &Schema, property: &str) -> Option<Vec<String>> {
    let found = schema.properties.iter().find(|known| known.key.value == property)?;
    let found = merge::merged(cx, found.schema);
    found.values.as_ref()?.iter().map(|value| value.as_str().map(str::to_owned)).collect()
}

/// A property that every alternative requires and limits to other strings.
fn by_constant(cx: &mut Cx<'_>, candidates: &[usize], merged: &[Rc<Schema>]) -> Option<Pick> {
    let first = Rc::clone(&merged[*candidates.first()?]);
    for key in &first.required {
        let property = &key.value;
        let mut values: BTreeMap<String, usize> = BTreeMap::new();
        let mut ordered = Vec::new();
        let all = candidates.iter().all(|&index| {
            let schema = Rc::clone(&merged[index]);
            let required = schema.required.iter().any(|required| required.value == *property);
            let constants = constants(cx, &schema, property).filter(|constants| required && !constants.is_empty());
            constants.is_some_and(|constants| {
                constants.into_iter().collect::<HashSet<_>>().into_iter().collect::<Vec<_>>().into_iter().all(|value| {
                    ordered.push((value.clone(), index));
                    values.insert(value, index).is_none()
                })
            })
        });
        if all {
            ordered.sort();
            return Some(Pick::Tag { property: property.clone(), values: ordered, otherwise: None, absent: None });
        }
    }
    None
}

/// Strings that are listed, and at most one alternative for all others.
fn by_value(candidates: &[usize], merged: &[Rc<Schema>]) -> Option<(Pick, bool)> {
    let mut values: Vec<(String, usize)> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut open = Vec::new();
    for &index in candidates {
        match &merged[index].values {
            None => open.push(index),
            Some(listed) => {
                for value in listed {
                    let Value::String(text) = &value.value else { continue };
                    if *seen.entry(text.clone()).or_insert(index) != index {
                        return None;
                    }
                    values.push((text.clone(), index));
                }
            }
        }
    }
    match open.as_slice() {
        [] => Some((Pick::Value { values, otherwise: None }, true)),
        [only] if !values.is_empty() => Some((Pick::Value { values, otherwise: Some(*only) }, false)),
        _ => None,
    }
}
