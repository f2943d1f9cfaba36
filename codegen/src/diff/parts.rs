//! What a schema is made of: what it refers to, its parts, whether null is valid besides.
//!
//! The one rule: a union of one alternative and null is that alternative, where null is valid, too.

use std::collections::BTreeSet;

use crate::diff::effect::Flow;
use crate::diff::merged::Members;
use crate::document::Node;
use crate::model::{Model, Schema, SchemaId, Schemas, TypeSet};

/// The schemas that a value must fit together: those given, what they refer to, and what they are made of. Sorted, each once.
pub(super) fn parts(model: &Model, ids: &[SchemaId]) -> Vec<SchemaId> {
    if let &[id] = ids
        && is_alone(model.schemas.get(id))
    {
        return vec![id];
    }
    let (mut found, mut pending) = (BTreeSet::new(), ids.to_vec());
    while let Some(id) = pending.pop() {
        let schema = model.schemas.get(id);
        let is_new = schema.is_mere_reference() || found.insert(id);
        // A circle of mere references is refused by the reader.
        if is_new {
            pending.extend(schema.reference);
            pending.extend(schema.dynamic_reference.as_ref().map(|reference| reference.target));
            pending.extend(&schema.all_of);
            pending.extend(alone(&model.schemas, schema).map(|(id, _)| id));
        }
    }
    found.into_iter().collect()
}

/// Whether a schema is made of nothing but itself: most are.
fn is_alone(schema: &Schema) -> bool {
    schema.reference.is_none()
        && schema.dynamic_reference.is_none()
        && schema.all_of.is_empty()
        && schema.one_of.is_empty()
        && schema.any_of.is_empty()
}

/// What tells whether schemas were compared before: their parts, whether null is valid besides, and their default.
pub(super) fn made(model: &Model, ids: &[SchemaId]) -> (Vec<SchemaId>, bool, Option<String>) {
    let schemas = &model.schemas;
    let default = ids.iter().find_map(|&id| default(schemas, id)).map(Node::canonical);
    (parts(model, ids), ids.iter().any(|&id| is_nullable(schemas, id)), default)
}

/// Whether a property is in no message of a way: `readOnly` is not sent, `writeOnly` is not received.
pub(super) fn is_left_out(model: &Model, members: &Members, flow: Flow) -> bool {
    let (mut read_only, mut write_only) = (false, false);
    for &id in &members.schemas {
        // What the reader refuses is a circle of mere references.
        let mut next = Some(id);
        while let Some(id) = next {
            let schema = model.schemas.get(id);
            read_only |= schema.read_only;
            write_only |= schema.write_only;
            next = schema.reference.filter(|_| schema.is_mere_reference());
        }
    }
    match flow {
        Flow::Sent => read_only && !write_only,
        Flow::Received => write_only && !read_only,
    }
}

/// Whether null is valid whatever the parts of a schema say: `nullable` where no `type` could say it, or an alternative of
/// null beside a single other one.
pub(super) fn is_nullable(schemas: &Schemas, id: SchemaId) -> bool {
    let schema = schemas.get(id);
    let target = schema.reference.filter(|_| schema.is_mere_reference());
    let is_beside = alone(schemas, schema).is_some_and(|(_, has_null)| has_null);
    schema.is_nullable || is_beside || target.is_some_and(|target| is_nullable(schemas, target))
}

pub(super) fn default(schemas: &Schemas, id: SchemaId) -> Option<&Node> {
    let schema = schemas.get(id);
    let target = schema.reference.filter(|_| schema.is_mere_reference());
    schema.default.as_ref().or_else(|| target.and_then(|target| default(schemas, target)))
}

/// The only alternative of a union but for null, and whether null is one: then it is no union.
pub(super) fn alone(schemas: &Schemas, schema: &Schema) -> Option<(SchemaId, bool)> {
    let ((alternatives @ [_, ..], []) | ([], alternatives @ [_, ..])) =
        (schema.one_of.as_slice(), schema.any_of.as_slice())
    else {
        return None;
    };
    let is_null = |id: &&SchemaId| {
        let schema = schemas.get(**id);
        schema.types == TypeSet::NULL && schema.reference.is_none()
    };
    let has_null = alternatives.iter().any(|id| is_null(&id));
    match alternatives.iter().filter(|id| !is_null(id)).collect::<Vec<_>>().as_slice() {
        [only] => Some((**only, has_null)),
        _ => None,
    }
}
