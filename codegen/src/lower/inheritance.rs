//! Schemas with a `discriminator` that others extend: OpenAPI 3.1.1 section 4.8.25.
//!
//! The one rule: where such a schema is used, a value is the heir that its tag names, and the schema itself for every other
//! tag; where it is a part of another, it is what it says itself.

use crate::ir::{Choice, ChoiceRule, Kind, Pick, Type, TypeId};
use crate::lower::choice::{self, Decision};
use crate::lower::context::Cx;
use crate::lower::types::Role;
use crate::lower::{merge, unions};
use crate::model::{Discriminator, Schema, SchemaId};

/// An enum of the heirs, and of the schema itself.
pub(super) fn lower(cx: &mut Cx<'_>, id: SchemaId, schema: &Schema, role: &Role, reserved: Option<TypeId>) -> Type {
    let mut alternatives = heirs(cx, id, schema);
    let own = cx.make(Schema { discriminator: None, rust_name: None, ..schema.clone() });
    let other = alternatives.len();
    let pick = match &schema.discriminator {
        Some(discriminator) => {
            let values = choice::values(cx, &alternatives, discriminator);
            let property = discriminator.property.value.clone();
            Pick::Tag { property, values, otherwise: Some(other), absent: Some(other) }
        }
        None => Pick::Variant(other),
    };
    alternatives.push(own);
    let choice = Choice { rules: vec![ChoiceRule { kinds: vec![Kind::Object], pick }] };
    let decision = Decision { choice, is_proven: true, overlapping_objects: Vec::new() };
    unions::union(cx, schema, &alternatives, decision, role, reserved)
}

/// The schema that values are checked against where one is used.
pub(super) fn checked(cx: &mut Cx<'_>, id: SchemaId) -> SchemaId {
    let followed = merge::follow(cx, id);
    let target = cx.schemas.resolve(followed);
    if !cx.heirs.contains_key(&target) {
        return id;
    }
    let union = by_tag(cx, target);
    if cx.schemas.resolve(id) == target {
        return union;
    }
    // It says something of its own, if only of the value's limits.
    if let Some(&known) = cx.by_tag.get(&id) {
        return known;
    }
    let both = cx.make(Schema { all_of: vec![id, union], ..Schema::any(cx.schema(id).span) });
    cx.by_tag.insert(id, both);
    both
}

/// The union of a schema and its heirs.
fn by_tag(cx: &mut Cx<'_>, id: SchemaId) -> SchemaId {
    if let Some(&known) = cx.by_tag.get(&id) {
        return known;
    }
    let schema = merge::merged(cx, id);
    let mut any_of = heirs(cx, id, &schema);
    let own = cx.make(Schema { discriminator: None, ..Schema::clone(&cx.schema(id)) });
    // Nothing else leads to it, so that it has no key of its own.
    let anything = cx.make(Schema::any(schema.span));
    let own = cx.make(Schema { all_of: vec![own, anything], ..Schema::any(schema.span) });
    any_of.push(own);
    let discriminator = schema.discriminator.clone().map(|known| Discriminator { default: Some(own), ..known });
    let union = cx.make(Schema { any_of, discriminator, ..Schema::any(schema.span) });
    cx.proven.insert(union);
    cx.by_tag.insert(id, union);
    union
}

/// The schemas that extend one, and those that its mapping names.
fn heirs(cx: &mut Cx<'_>, id: SchemaId, schema: &Schema) -> Vec<SchemaId> {
    let mut heirs = cx.heirs.get(&id).cloned().unwrap_or_default();
    if let Some(discriminator) = &schema.discriminator {
        for (_, target) in &discriminator.mapping {
            let target = merge::follow(cx, *target);
            if target != id && !heirs.contains(&target) && cx.keys.contains_key(&target) {
                heirs.push(target);
            }
        }
    }
    heirs
}
