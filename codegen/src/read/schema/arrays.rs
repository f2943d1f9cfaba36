//! Keywords for arrays: JSON Schema 2020-12 core section 10.3.1, and `items` as a list of draft 2019-09.

use crate::document::Value;
use crate::ledger::Treatment::{Enforced, Typed};
use crate::model::Schema;
use crate::read::fields::Fields;
use crate::read::schema::objects::without_effect;
use crate::read::schema::{at, schema as schema_at};
use crate::read::{Cx, Version};

pub(super) fn read<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, schema: &mut Schema) {
    if let Some(entry) = fields.entry_since(cx, "prefixItems", Version::V3_1, Typed) {
        let items = cx.list(&entry.value, "prefixItems");
        schema.prefix_items = items.iter().map(|item| schema_at(cx, item)).collect();
    }
    let additional = fields.entry(cx, "additionalItems", Typed);
    let items = fields.entry(cx, "items", Typed);
    if let Some(entry) = items {
        without_effect(cx, entry, schema.types);
        match &entry.value.value {
            Value::Sequence(items) => {
                let message = "`items` as a list belongs to JSON Schema draft 2019-09";
                cx.other_version(entry.key.span, message, "read as `prefixItems`");
                schema.prefix_items = items.iter().map(|item| schema_at(cx, item)).collect();
                schema.items = additional.map(|entry| schema_at(cx, &entry.value));
            }
            Value::Null => cx.ignored(&entry.value, "`items`", "a schema"),
            Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Mapping(_) => {
                schema.items = Some(schema_at(cx, &entry.value));
            }
        }
    }
    if let Some(entry) = additional
        && !items.is_some_and(|items| matches!(items.value.value, Value::Sequence(_)))
    {
        let message = "`additionalItems` has no effect where `items` is no list";
        cx.no_effect(entry.key.span, message, "write `prefixItems` and `items`");
        // It is read for its texts.
        schema_at(cx, &entry.value);
    }
    schema.contains = at(cx, fields, "contains", Version::V3_1, Enforced);
    schema.unevaluated_items = at(cx, fields, "unevaluatedItems", Version::V3_1, Enforced);
}
