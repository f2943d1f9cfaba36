//! Keywords that combine schemas: JSON Schema 2020-12 core section 10.2.

use crate::document::Value;
use crate::ledger::Treatment::{Enforced, Typed};
use crate::model::{Schema, SchemaId};
use crate::read::fields::Fields;
use crate::read::schema::{at, schema as schema_at};
use crate::read::{Cx, Version};

pub(super) fn read<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, schema: &mut Schema) {
    schema.all_of = several(cx, fields, "allOf");
    schema.any_of = several(cx, fields, "anyOf");
    schema.one_of = several(cx, fields, "oneOf");
    schema.not = at(cx, fields, "not", Version::V3_0, Enforced);
    schema.condition = at(cx, fields, "if", Version::V3_1, Enforced);
    schema.then = at(cx, fields, "then", Version::V3_1, Enforced);
    schema.otherwise = at(cx, fields, "else", Version::V3_1, Enforced);
}

/// The schemas of a list. One that is no list is its only member.
fn several<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, key: &'static str) -> Vec<SchemaId> {
    let Some(node) = fields.node(cx, key, Typed) else { return Vec::new() };
    match &node.value {
        Value::Sequence(items) => {
            if items.is_empty() {
                cx.no_effect(node.span, format!("`{key}` names nothing"), "name a schema, or take it out");
            }
            items.iter().map(|item| schema_at(cx, item)).collect()
        }
        Value::Mapping(_) => {
            cx.invalid(
                node.span,
                format!("`{key}` must be a list"),
                "read as a list of this one",
                "put it into a list",
            );
            vec![schema_at(cx, node)]
        }
        Value::Null => {
            cx.ignored(node, &format!("`{key}`"), "a list");
            Vec::new()
        }
        other @ (Value::Boolean(_) | Value::Number(_) | Value::String(_)) => {
            cx.wrong_type(node.span, &format!("`{key}`"), "a list", other.kind());
            Vec::new()
        }
    }
}
