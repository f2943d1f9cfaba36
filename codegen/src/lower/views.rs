//! Requests and responses: which schemas have properties that only one of them carries.
//!
//! The one rule: whether a schema has two types depends on the schema alone, never on who uses it, so that another
//! operation renames nothing.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{AdditionalProperties, Schema, SchemaId, Schemas};

/// Which direction a type is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum View {
    /// Responses, and schemas that are the same in both directions.
    Read,
    /// Requests, where they differ.
    Write,
}

/// The schemas that hold a property which is read-only or write-only, at any depth, and those that such a schema extends.
pub(super) fn two_sided(schemas: &Schemas, heirs: &FxHashMap<SchemaId, Vec<SchemaId>>) -> FxHashSet<SchemaId> {
    let mut holders: FxHashMap<SchemaId, Vec<SchemaId>> = FxHashMap::default();
    let mut pending = Vec::new();
    for (id, schema) in schemas.iter() {
        for child in children(schema).chain(heirs.get(&id).into_iter().flatten().copied()) {
            holders.entry(child).or_default().push(id);
        }
        if has_sided_property(schemas, schema) {
            pending.push(id);
        }
    }
    let mut found = FxHashSet::default();
    while let Some(id) = pending.pop() {
        if found.insert(id) {
            pending.extend(holders.get(&id).into_iter().flatten());
        }
    }
    found
}

/// Whether a property of the schema itself is left out in one direction.
pub(super) fn has_sided_property(schemas: &Schemas, schema: &Schema) -> bool {
    schema.properties.iter().any(|property| {
        is_left_out(schemas, property.schema, View::Read) || is_left_out(schemas, property.schema, View::Write)
    })
}

/// Whether a property is left out in a direction, OpenAPI 3.1.1 section 4.8.24 (`readOnly` and `writeOnly` of JSON Schema
/// 2020-12 validation section 9.4).
pub(super) fn is_left_out(schemas: &Schemas, property: SchemaId, view: View) -> bool {
    let (read_only, write_only) = sides(schemas, property, 16);
    match view {
        // A property that is both is in no message, which cannot be meant.
        View::Read => write_only && !read_only,
        View::Write => read_only && !write_only,
    }
}

fn sides(schemas: &Schemas, id: SchemaId, depth: usize) -> (bool, bool) {
    let schema = schemas.get(id);
    let mut found = (schema.read_only, schema.write_only);
    if depth > 0 {
        for &part in schema.reference.iter().chain(&schema.all_of) {
            let (read_only, write_only) = sides(schemas, part, depth - 1);
            found = (found.0 || read_only, found.1 || write_only);
        }
    }
    found
}

/// The schemas that a type of this schema is made of.
pub(super) fn children(schema: &Schema) -> impl Iterator<Item = SchemaId> {
    let additional = match schema.additional_properties {
        AdditionalProperties::Schema(id) => Some(id),
        AdditionalProperties::Allowed | AdditionalProperties::Forbidden => None,
    };
    let dynamic = schema.dynamic_reference.as_ref().map(|reference| reference.target);
    let single = [schema.reference, dynamic, schema.items, additional];
    let lists = [&schema.prefix_items, &schema.all_of, &schema.any_of, &schema.one_of];
    let several: Vec<SchemaId> = lists.into_iter().flatten().copied().collect();
    let members: Vec<SchemaId> =
        schema.properties.iter().chain(&schema.pattern_properties).map(|property| property.schema).collect();
    single.into_iter().flatten().chain(several).chain(members)
}
