//! Keywords that limit numbers, strings, and the size of arrays and objects: JSON Schema 2020-12 validation sections 6.2
//! to 6.5, and the boolean `exclusiveMaximum` and `exclusiveMinimum` of 3.0.

use crate::document::Value;
use crate::ledger::Treatment::Enforced;
use crate::model::{Schema, Spanned};
use crate::read::fields::Fields;
use crate::read::{Cx, Version};

pub(super) fn read<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, schema: &mut Schema) {
    let limits = &mut schema.limits;
    limits.max_length = size(cx, fields, "maxLength");
    limits.min_length = size(cx, fields, "minLength");
    limits.pattern = pattern(cx, fields);
    (limits.maximum, limits.exclusive_maximum) = bound(cx, fields, "maximum", "exclusiveMaximum");
    (limits.minimum, limits.exclusive_minimum) = bound(cx, fields, "minimum", "exclusiveMinimum");
    limits.multiple_of = multiple_of(cx, fields);
    limits.max_items = size(cx, fields, "maxItems");
    limits.min_items = size(cx, fields, "minItems");
    limits.unique_items = fields.boolean(cx, "uniqueItems", Enforced);
    limits.max_contains = size_since(cx, fields, "maxContains");
    limits.min_contains = size_since(cx, fields, "minContains");
    limits.max_properties = size(cx, fields, "maxProperties");
    limits.min_properties = size(cx, fields, "minProperties");
}

fn size<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, key: &'static str) -> Option<u64> {
    let node = fields.node(cx, key, Enforced)?;
    cx.size(node, key)
}

fn size_since<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, key: &'static str) -> Option<u64> {
    let entry = fields.entry_since(cx, key, Version::V3_1, Enforced)?;
    cx.size(&entry.value, key)
}

fn pattern<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Option<Spanned<String>> {
    fields.string(cx, "pattern", Enforced)
}

/// JSON Schema 2020-12 validation section 6.2.1: greater than 0.
fn multiple_of<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Option<Box<str>> {
    let node = fields.node(cx, "multipleOf", Enforced)?;
    let number = cx.number(node, "multipleOf")?;
    let is_zero =
        number.split(['e', 'E']).next().is_none_or(|digits| digits.bytes().all(|byte| b"-0.".contains(&byte)));
    if number.starts_with('-') || is_zero {
        cx.invalid(
            node.span,
            "`multipleOf` must be greater than 0",
            "read as if it were not there",
            "write a positive number",
        );
        return None;
    }
    Some(number)
}

/// A bound that is itself allowed, and one that is not. In 3.0 the second keyword says which of them the first one is.
fn bound<'doc>(
    cx: &mut Cx<'doc>,
    fields: &mut Fields<'doc>,
    inclusive: &'static str,
    exclusive: &'static str,
) -> (Option<Box<str>>, Option<Box<str>>) {
    let bound = fields.node(cx, inclusive, Enforced).and_then(|node| cx.number(node, inclusive));
    let Some(entry) = fields.entry(cx, exclusive, Enforced) else { return (bound, None) };
    match (&entry.value.value, fields.version) {
        (Value::Boolean(excluded), version) => {
            if version > Version::V3_0 {
                let message = format!("`{exclusive}` as a boolean belongs to OpenAPI 3.0");
                cx.other_version(entry.value.span, message, "read as there");
            }
            if *excluded && bound.is_none() {
                let message = format!("`{exclusive}: true` has no effect without `{inclusive}`");
                cx.no_effect(entry.key.span, message, "take it out, or say what is excluded");
            }
            if *excluded { (None, bound) } else { (bound, None) }
        }
        (Value::Null | Value::Number(_) | Value::String(_) | Value::Sequence(_) | Value::Mapping(_), version) => {
            let excluded = cx.number(&entry.value, exclusive);
            if version == Version::V3_0 && excluded.is_some() {
                cx.too_new(entry.value.span, &format!("`{exclusive}` as a number"), Version::V3_1);
            }
            (bound, excluded)
        }
    }
}
