//! What a schema says of a value besides what its type says: the schema to check the value by enters a table, or nothing.
//!
//! The one rule: a type that has a table of its own checks itself. So what is left for where it is used is what the schema
//! says there, mostly limits; where it says more than limits, the whole schema is asked.

use std::collections::HashMap;
use std::rc::Rc;

use rustc_hash::FxHashSet;

use crate::ir::{Type, TypeId, TypeKind};
use crate::lower::context::Cx;
use crate::lower::{merge, scalars};
use crate::model::{AdditionalProperties, Limits, Schema, SchemaId, TypeSet};

/// Schemas of limits: by their limits, what they say of items, and what of members.
pub(super) type Limited = HashMap<(String, Option<SchemaId>, Option<SchemaId>), SchemaId>;

/// The schema that a value is checked by where it is held as a type; `None` where the type says and checks all.
pub(super) fn of(cx: &mut Cx<'_>, id: SchemaId, ty: &Type) -> Option<SchemaId> {
    let base = base(cx, ty);
    let known: FxHashSet<SchemaId> = match &base {
        Type::Named(named) if has_table(cx, *named) => match cx.sources.get(named).copied() {
            Some(source) => merge::parts(cx, source).into_iter().collect(),
            None => FxHashSet::default(),
        },
        _ => FxHashSet::default(),
    };
    let own: Vec<Rc<Schema>> = {
        let parts = merge::parts(cx, id);
        let own: Vec<SchemaId> = parts.into_iter().filter(|part| !known.contains(part)).collect();
        if own.iter().any(|&part| is_more_than_limits(cx, part)) {
            return Some(id);
        }
        own.into_iter().map(|part| cx.schema(part)).collect()
    };
    match &base {
        Type::Any | Type::Custom(_) if own.iter().any(|schema| says_something(schema)) => return Some(id),
        Type::Tuple(_) => return Some(id),
        _ => {}
    }
    // A union that became the type of its one alternative says nothing itself.
    let alternatives: Vec<SchemaId> =
        own.iter().flat_map(|schema| schema.any_of.iter().chain(&schema.one_of)).copied().collect();
    for alternative in alternatives {
        let is_null = merge::merged(cx, alternative).types == TypeSet::NULL;
        if !is_null && of(cx, alternative, &base).is_some() {
            return Some(id);
        }
    }
    let merged = merge::merged(cx, id);
    let (items, members) = match &base {
        Type::List(item) => (merged.items.and_then(|items| of(cx, items, item)), None),
        Type::Map(value) => match merged.additional_properties {
            AdditionalProperties::Schema(values) => (None, of(cx, values, value)),
            AdditionalProperties::Allowed | AdditionalProperties::Forbidden => (None, None),
        },
        _ => (None, None),
    };
    let mut all =
        own.iter().map(|schema| relevant(&schema.limits, &base)).filter(|limits| *limits != Limits::default());
    let limits = all.next().unwrap_or_default();
    if all.next().is_some() {
        // Limits of several parts of a schema; the schema has them all.
        return Some(id);
    }
    if limits == Limits::default() && items.is_none() && members.is_none() {
        return None;
    }
    Some(limited(cx, limits, items, members, &merged))
}

/// The limits of an object that has a table.
pub(super) fn of_object(cx: &mut Cx<'_>, id: SchemaId) -> Option<SchemaId> {
    let object = Type::Map(Box::new(Type::Any));
    let parts: Vec<Rc<Schema>> = merge::parts(cx, id).into_iter().map(|part| cx.schema(part)).collect();
    let all = parts.iter().map(|schema| relevant(&schema.limits, &object));
    let mut all = all.filter(|limits| *limits != Limits::default());
    match (all.next(), all.next()) {
        (None, _) => None,
        (Some(limits), None) => {
            let merged = merge::merged(cx, id);
            Some(limited(cx, limits, None, None, &merged))
        }
        (Some(_), Some(_)) => Some(id),
    }
}

/// Whether a schema limits anything.
pub(super) fn has_limits(cx: &Cx<'_>, id: SchemaId) -> bool {
    merge::parts(cx, id).into_iter().any(|part| relevant(&cx.schema(part).limits, &Type::Any) != Limits::default())
}

/// A schema of limits. Equal ones are one.
fn limited(
    cx: &mut Cx<'_>,
    limits: Limits,
    items: Option<SchemaId>,
    members: Option<SchemaId>,
    merged: &Schema,
) -> SchemaId {
    let pattern = limits.pattern.as_ref().map(|pattern| pattern.value.clone());
    let key = (format!("{:?} {pattern:?}", Limits { pattern: None, ..limits.clone() }), items, members);
    if let Some(&known) = cx.limited.get(&key) {
        return known;
    }
    let additional_properties = members.map_or(AdditionalProperties::Allowed, AdditionalProperties::Schema);
    let id = cx.make(Schema { limits, items, additional_properties, ..Schema::any(merged.span) });
    cx.limited.insert(key, id);
    id
}

/// A type without what holds it: aliases, null, boxes.
fn base(cx: &Cx<'_>, ty: &Type) -> Type {
    match ty {
        Type::Nullable(inner) | Type::Boxed(inner) => base(cx, inner),
        Type::Named(id) => match &cx.types[id.0].kind {
            TypeKind::Alias(inner) => base(cx, inner),
            TypeKind::Struct { .. }
            | TypeKind::Strings(_)
            | TypeKind::Integers(_)
            | TypeKind::Values(_)
            | TypeKind::Union { .. }
            | TypeKind::AnyOf(_)
            | TypeKind::Newtype(_) => ty.clone(),
        },
        Type::Any
        | Type::Null
        | Type::Boolean
        | Type::Integer(_)
        | Type::Number
        | Type::Text(_)
        | Type::List(_)
        | Type::Tuple(_)
        | Type::Map(_)
        | Type::Custom(_) => ty.clone(),
    }
}

/// Whether a type has a table that can say by which schema it is checked.
pub(super) fn has_table(cx: &Cx<'_>, id: TypeId) -> bool {
    match cx.types[id.0].kind {
        TypeKind::Struct { .. } | TypeKind::Union { .. } | TypeKind::AnyOf(_) | TypeKind::Newtype(_) => true,
        TypeKind::Strings(_) | TypeKind::Integers(_) | TypeKind::Values(_) | TypeKind::Alias(_) => false,
    }
}

/// The limits that can be broken by a value of a type.
fn relevant(limits: &Limits, ty: &Type) -> Limits {
    let least = |count: Option<u64>| count.filter(|count| *count > 0);
    let mut limits = Limits {
        min_length: least(limits.min_length),
        min_items: least(limits.min_items),
        min_properties: least(limits.min_properties),
        min_contains: None,
        max_contains: None,
        ..limits.clone()
    };
    let (numbers, texts, lists, objects) = match ty {
        Type::Null | Type::Boolean => (false, false, false, false),
        Type::Integer(_) | Type::Number => (true, false, false, false),
        Type::Text(_) => (false, true, false, false),
        Type::List(_) | Type::Tuple(_) => (false, false, true, false),
        Type::Map(_) => (false, false, false, true),
        Type::Any | Type::Custom(_) | Type::Named(_) | Type::Nullable(_) | Type::Boxed(_) => (true, true, true, true),
    };
    if !numbers {
        (limits.multiple_of, limits.minimum, limits.maximum) = (None, None, None);
        (limits.exclusive_minimum, limits.exclusive_maximum) = (None, None);
    }
    if !texts {
        (limits.min_length, limits.max_length) = (None, None);
        (limits.pattern, limits.format) = (None, None);
    }
    if matches!(ty, Type::Text(text) if scalars::enforced(*text) == limits.format) {
        limits.format = None;
    }
    if !lists {
        (limits.min_items, limits.max_items, limits.unique_items) = (None, None, false);
    }
    if !objects {
        (limits.min_properties, limits.max_properties) = (None, None);
    }
    limits
}

/// Whether a schema that nothing of the type says demands anything.
fn says_something(schema: &Schema) -> bool {
    schema.constrains() && !schema.is_mere_reference()
}

/// Whether other schemas apply to the same value.
fn has_applicators(schema: &Schema) -> bool {
    let lists = [&schema.all_of, &schema.any_of, &schema.one_of];
    schema.reference.is_some() || lists.into_iter().any(|list| !list.is_empty())
}

/// Whether a keyword of the schema itself is none that a type carries, and no limit.
pub(super) fn is_more_than_limits(cx: &Cx<'_>, id: SchemaId) -> bool {
    let schema = cx.schema(id);
    let closed =
        |id: &SchemaId| cx.schemas.get(cx.schemas.resolve(*id)).additional_properties != AdditionalProperties::Allowed;
    let has_union = !schema.any_of.is_empty() || !schema.one_of.is_empty();
    schema.never
        || cx.impossible.contains(&id)
        || has_union && !cx.proven.contains(&id)
        || schema.all_of.iter().chain(&schema.reference).any(closed) && !schema.is_mere_reference()
        || schema.additional_properties != AdditionalProperties::Allowed && has_applicators(&schema)
        || !schema.pattern_properties.is_empty()
        || !schema.prefix_items.is_empty()
        || !schema.dependent_required.is_empty()
        || !schema.dependent_schemas.is_empty()
        || schema.dynamic_reference.is_some()
        || [
            schema.contains,
            schema.property_names,
            schema.not,
            schema.condition,
            schema.unevaluated_items,
            schema.unevaluated_properties,
        ]
        .iter()
        .any(Option::is_some)
}
