//! Schemas that refer to others and extend them enter, schemas that stand alone leave: without `$ref` and `allOf`, and with
//! a union only where nothing stands beside it.
//!
//! The one rule: this is for types. A merged schema names every property that a value may have, and may allow more values
//! than its parts; what is exact are the parts.

mod distribute;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::document::Node;
use crate::lower::context::Cx;
use crate::model::{AdditionalProperties, Model, Property, Schema, SchemaId, Spanned, TypeSet};

/// What is known of schemas already.
#[derive(Debug, Default)]
pub(super) struct Memory {
    merged: FxHashMap<SchemaId, Rc<Schema>>,
    /// The schemas that are being merged: a schema that is made of itself has nothing more to give.
    open: FxHashSet<SchemaId>,
    structural: FxHashMap<SchemaId, bool>,
    /// The schemas that are several at once, by those.
    both: HashMap<Vec<SchemaId>, SchemaId>,
}

/// How many schemas are made that are several at once, before a document is taken for one that would never end.
const LIMIT: usize = 100_000;

/// The component schemas that extend another one which has a `discriminator`, directly or through others: OpenAPI 3.1.1
/// section 4.8.25.
pub(super) fn heirs(model: &Model) -> FxHashMap<SchemaId, Vec<SchemaId>> {
    let mut heirs: FxHashMap<SchemaId, Vec<SchemaId>> = FxHashMap::default();
    for named in &model.named_schemas {
        let schema = model.schemas.get(named.schema);
        // Another name for a schema does not extend it.
        if schema.is_mere_reference() {
            continue;
        }
        let mut seen = HashSet::from([named.schema]);
        let mut parents: Vec<SchemaId> = schema.reference.iter().chain(&schema.all_of).copied().collect();
        while let Some(parent) = parents.pop() {
            let parent = model.schemas.resolve(parent);
            if seen.insert(parent) {
                let schema = model.schemas.get(parent);
                if schema.discriminator.is_some() {
                    heirs.entry(parent).or_default().push(named.schema);
                }
                parents.extend(schema.reference.iter().chain(&schema.all_of));
            }
        }
    }
    heirs
}

/// The schema whose type this one has: itself, or the one that it refers to while adding nothing to its structure.
pub(super) fn follow(cx: &mut Cx<'_>, mut id: SchemaId) -> SchemaId {
    let mut seen = FxHashSet::default();
    while !cx.keys.contains_key(&id)
        && let Some(target) = target(cx, id)
        && seen.insert(id)
    {
        id = target;
    }
    id
}

/// The one schema that this one adds nothing to. An heir is never the same as what it extends: its tag tells them apart.
pub(super) fn target(cx: &mut Cx<'_>, id: SchemaId) -> Option<SchemaId> {
    let target = alike(cx, id)?;
    let base = cx.schemas.resolve(target);
    let is_heir = cx.heirs.get(&base).is_some_and(|heirs| heirs.contains(&id));
    (!is_heir).then_some(target)
}

fn alike(cx: &mut Cx<'_>, id: SchemaId) -> Option<SchemaId> {
    let schema = cx.schema(id);
    let parts = parts_of(&schema);
    if parts.is_empty() {
        return None;
    }
    let structural: Vec<SchemaId> = parts.iter().copied().filter(|&part| is_structural(cx, part)).collect();
    let [only] = structural.as_slice() else {
        return match parts.as_slice() {
            [only] if !has_structure(cx, &schema) => Some(*only),
            _ => None,
        };
    };
    let others: Vec<Rc<Schema>> =
        parts.iter().filter(|part| *part != only).map(|&part| cx.schema(part)).chain([schema]).collect();
    adds_nothing(cx, &others, *only).then_some(*only)
}

/// Whether schemas say nothing of a value's structure that another one does not say.
fn adds_nothing(cx: &mut Cx<'_>, others: &[Rc<Schema>], id: SchemaId) -> bool {
    let is_light = |schema: &Schema| {
        let plain = Schema {
            reference: None,
            all_of: Vec::new(),
            types: TypeSet::ANY,
            required: Vec::new(),
            ..Schema::any(schema.span)
        };
        let stripped = Schema {
            properties: schema.properties.clone(),
            pattern_properties: schema.pattern_properties.clone(),
            additional_properties: schema.additional_properties,
            prefix_items: schema.prefix_items.clone(),
            items: schema.items,
            values: schema.values.clone(),
            constant: schema.constant.clone(),
            rust_type: schema.rust_type.clone(),
            never: schema.never,
            ..plain
        };
        !has_own_structure(&stripped)
    };
    if !others.iter().all(|schema| is_light(schema)) {
        return false;
    }
    for schema in others {
        if schema.any_of.iter().chain(&schema.one_of).any(|&alternative| is_structural(cx, alternative)) {
            return false;
        }
    }
    let speaks = others.iter().any(|schema| schema.types != TypeSet::ANY || !schema.required.is_empty());
    if !speaks {
        return true;
    }
    let base = merged(cx, id);
    let types = kinds(cx, &base, 8);
    others.iter().all(|schema| {
        types.is_within(schema.types)
            && schema.required.iter().all(|key| base.required.iter().any(|known| known.value == key.value))
    })
}

/// The types that a merged schema allows, as far as they are told.
pub(super) fn kinds(cx: &mut Cx<'_>, schema: &Schema, depth: usize) -> TypeSet {
    let alternatives: Vec<SchemaId> = schema.any_of.iter().chain(&schema.one_of).copied().collect();
    if !alternatives.is_empty() && depth > 0 {
        let mut all = TypeSet::default();
        for id in alternatives {
            let alternative = merged(cx, id);
            match kinds(cx, &alternative, depth - 1) {
                TypeSet::ANY => return schema.types,
                types => all = all.with(types),
            }
        }
        return all.intersection(schema.types).unwrap_or(all);
    }
    inferred(cx, schema)
}

/// `type`, or the type that the other keywords speak of, unless schemas are read to the letter.
pub(super) fn inferred(cx: &Cx<'_>, schema: &Schema) -> TypeSet {
    if cx.exact { schema.types } else { spoken_of(schema) }
}

/// `type`, or the type that the other keywords speak of.
pub(super) fn spoken_of(schema: &Schema) -> TypeSet {
    if schema.types != TypeSet::ANY {
        return schema.types;
    }
    let object = !schema.properties.is_empty()
        || !schema.pattern_properties.is_empty()
        || !schema.required.is_empty()
        || schema.additional_properties != AdditionalProperties::Allowed
        || schema.property_names.is_some();
    let array = schema.items.is_some() || !schema.prefix_items.is_empty() || schema.limits.min_items.is_some();
    match (object, array) {
        (true, false) => TypeSet::OBJECT,
        (false, true) => TypeSet::ARRAY,
        (true, true) | (false, false) => TypeSet::ANY,
    }
}

/// Whether a schema, or one that it is made of, speaks of a value's structure: a type, a property, a value.
pub(super) fn is_structural(cx: &mut Cx<'_>, id: SchemaId) -> bool {
    if let Some(&known) = cx.merged.structural.get(&id) {
        return known;
    }
    // Until it is known: a circle adds nothing.
    cx.merged.structural.insert(id, false);
    let schema = cx.schema(id);
    let found = has_structure(cx, &schema) || parts_of(&schema).into_iter().any(|part| is_structural(cx, part));
    cx.merged.structural.insert(id, found);
    found
}

fn has_structure(cx: &mut Cx<'_>, schema: &Schema) -> bool {
    has_own_structure(schema)
        || schema.any_of.iter().chain(&schema.one_of).any(|&alternative| is_structural(cx, alternative))
}

fn has_own_structure(schema: &Schema) -> bool {
    schema.never
        || schema.types != TypeSet::ANY
        || schema.values.is_some()
        || schema.constant.is_some()
        || schema.rust_type.is_some()
        || !schema.properties.is_empty()
        || !schema.pattern_properties.is_empty()
        || schema.additional_properties != AdditionalProperties::Allowed
        || schema.items.is_some()
        || !schema.prefix_items.is_empty()
}

/// The schemas that a value of this one must fit, too.
pub(super) fn parts_of(schema: &Schema) -> Vec<SchemaId> {
    let dynamic = schema.dynamic_reference.as_ref().map(|reference| reference.target);
    schema.reference.into_iter().chain(dynamic).chain(schema.all_of.iter().copied()).collect()
}

/// The schema with all of its parts in one.
pub(super) fn merged(cx: &mut Cx<'_>, id: SchemaId) -> Rc<Schema> {
    if let Some(known) = cx.merged.merged.get(&id) {
        return Rc::clone(known);
    }
    let schema = cx.schema(id);
    let has_union = !schema.any_of.is_empty() || !schema.one_of.is_empty();
    let is_whole = parts_of(&schema).is_empty()
        && !has_union
        && schema.constant.is_none()
        && schema.then.is_none()
        && schema.otherwise.is_none()
        && schema.dependent_schemas.is_empty();
    if is_whole || !cx.merged.open.insert(id) {
        return schema;
    }
    let mut parts = Vec::new();
    let mut seen = FxHashSet::default();
    collect(cx, id, &mut seen, &mut parts);
    let base = combine(cx, &schema, &parts);
    let result = Rc::new(distribute::unions(cx, base, &parts, &seen));
    cx.merged.open.remove(&id);
    cx.merged.merged.insert(id, Rc::clone(&result));
    result
}

/// The schemas that a merged schema is made of, itself last.
pub(super) fn parts(cx: &Cx<'_>, id: SchemaId) -> Vec<SchemaId> {
    let mut parts = Vec::new();
    collect(cx, id, &mut FxHashSet::default(), &mut parts);
    parts
}

/// Gathers the schemas whose own keywords a value must fit: those that are referred to first.
fn collect(cx: &Cx<'_>, id: SchemaId, seen: &mut FxHashSet<SchemaId>, parts: &mut Vec<SchemaId>) {
    if !seen.insert(id) {
        return;
    }
    for part in parts_of(&cx.schema(id)) {
        collect(cx, part, seen, parts);
    }
    parts.push(id);
}

/// One schema with the keywords of several, unions aside. What is documentation comes from the schema itself.
fn combine(cx: &mut Cx<'_>, own: &Schema, parts: &[SchemaId]) -> Schema {
    let mut merged = Schema {
        title: own.title.clone(),
        description: own.description.clone(),
        deprecated: own.deprecated,
        rust_name: own.rust_name.clone(),
        rust_type: own.rust_type.clone(),
        default: own.default.clone(),
        ..Schema::any(own.span)
    };
    let mut members: Vec<(Spanned<String>, Vec<SchemaId>)> = Vec::new();
    let mut additional = Vec::new();
    let mut items = Vec::new();
    for part in parts.iter().map(|&part| cx.schema(part)) {
        merged.never |= part.never;
        match merged.types.intersection(part.types) {
            Some(types) => merged.types = types,
            None => merged.never = true,
        }
        merged.values = intersection(merged.values.take(), part.values.as_deref());
        merged.values = intersection(merged.values.take(), part.constant.as_ref().map(std::slice::from_ref));
        merged.format = merged.format.take().or_else(|| part.format.clone());
        merged.content_encoding = merged.content_encoding.take().or_else(|| part.content_encoding.clone());
        merged.default = merged.default.take().or_else(|| part.default.clone());
        merged.discriminator = merged.discriminator.take().or_else(|| part.discriminator.clone());
        merged.rust_type = merged.rust_type.take().or_else(|| part.rust_type.clone());
        merged.unevaluated_properties = merged.unevaluated_properties.or(part.unevaluated_properties);
        merged.limits.format = merged.limits.format.or(part.limits.format);
        if merged.limits.min_items.is_none() {
            merged.limits.min_items = part.limits.min_items;
        }
        merged.pattern_properties.extend(part.pattern_properties.iter().cloned());
        for property in &part.properties {
            match members.iter_mut().find(|(key, _)| key.value == property.key.value) {
                Some((_, schemas)) if schemas.contains(&property.schema) => {}
                Some((_, schemas)) => schemas.push(property.schema),
                None => members.push((property.key.clone(), vec![property.schema])),
            }
        }
        let known: HashSet<String> = merged.required.iter().map(|key| key.value.clone()).collect();
        merged.required.extend(part.required.iter().filter(|key| !known.contains(&key.value)).cloned());
        match part.additional_properties {
            AdditionalProperties::Allowed => {}
            AdditionalProperties::Forbidden => merged.additional_properties = AdditionalProperties::Forbidden,
            AdditionalProperties::Schema(id) => additional.push(id),
        }
        items.extend(part.items);
        if merged.prefix_items.is_empty() {
            merged.prefix_items.clone_from(&part.prefix_items);
        }
    }
    merged.properties =
        members.into_iter().map(|(key, schemas)| Property { key, schema: both(cx, own, &schemas) }).collect();
    if !items.is_empty() {
        merged.items = Some(both(cx, own, &items));
    }
    if !additional.is_empty() && merged.additional_properties == AdditionalProperties::Allowed {
        merged.additional_properties = AdditionalProperties::Schema(both(cx, own, &additional));
    }
    conditional(cx, parts, &mut merged);
    merged
}

/// A schema that is several at once. The same schemas give the same one, so that circles of them end.
fn both(cx: &mut Cx<'_>, own: &Schema, schemas: &[SchemaId]) -> SchemaId {
    if let [only] = schemas {
        return *only;
    }
    let mut seen = HashSet::new();
    let followed: Vec<SchemaId> = schemas.iter().map(|&id| follow(cx, id)).collect();
    let distinct: Vec<SchemaId> = followed.into_iter().filter(|&id| seen.insert(id)).collect();
    if let Some(&known) = cx.merged.both.get(&distinct) {
        return known;
    }
    if cx.merged.both.len() > LIMIT {
        return cx.make(Schema::any(own.span));
    }
    match distinct.as_slice() {
        [only] => *only,
        several => {
            // The last one is nearest: what it says is what people read.
            let last = several.last().map(|&id| cx.schema(id));
            let docs = last.as_deref().unwrap_or(own);
            let all = Schema {
                all_of: several.to_vec(),
                title: docs.title.clone(),
                description: docs.description.clone(),
                deprecated: docs.deprecated,
                ..Schema::any(docs.span)
            };
            let id = cx.make(all);
            cx.merged.both.insert(distinct, id);
            id
        }
    }
}

/// The properties that a value has only under a condition are declared, too, for any value.
fn conditional(cx: &mut Cx<'_>, parts: &[SchemaId], merged: &mut Schema) {
    for &part in parts {
        let part = cx.schema(part);
        let dependent = part.dependent_schemas.iter().map(|dependent| dependent.schema);
        for branch in [part.then, part.otherwise].into_iter().flatten().chain(dependent) {
            for property in &cx.schema(branch).properties {
                if !merged.properties.iter().any(|known| known.key.value == property.key.value) {
                    let schema = cx.make(Schema::any(property.key.span));
                    merged.properties.push(Property { key: property.key.clone(), schema });
                }
            }
        }
    }
}

/// The values that two lists have in common.
fn intersection(first: Option<Vec<Node>>, second: Option<&[Node]>) -> Option<Vec<Node>> {
    match (first, second) {
        (first, None) => first,
        (None, Some(second)) => Some(second.to_vec()),
        (Some(first), Some(second)) => {
            let allowed: HashSet<String> = second.iter().map(Node::canonical).collect();
            Some(first.into_iter().filter(|value| allowed.contains(&value.canonical())).collect())
        }
    }
}
