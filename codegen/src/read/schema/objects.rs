//! Keywords for objects: JSON Schema 2020-12 core section 10.3.2 and validation section 6.5.

use std::collections::HashSet;

use crate::document::{Entry, Value};
use crate::ledger::Treatment::{Enforced, Typed};
use crate::model::{AdditionalProperties, Schema, Spanned, TypeSet};
use crate::read::fields::Fields;
use crate::read::schema::{at, member, named, schema};
use crate::read::{Cx, Version};

pub(super) fn read<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, schema: &mut Schema) {
    let types = schema.types;
    if let Some(entry) = fields.entry(cx, "properties", Typed) {
        without_effect(cx, entry, types);
        schema.properties = cx.members(&entry.value, "properties").iter().map(|entry| member(cx, entry)).collect();
    }
    if let Some(entry) = fields.entry(cx, "required", Typed) {
        schema.required = required(cx, fields, entry, types);
    }
    if let Some(entry) = fields.entry(cx, "additionalProperties", Typed) {
        without_effect(cx, entry, types);
        schema.additional_properties = additional_properties(cx, entry);
        schema.is_open = schema.additional_properties == AdditionalProperties::Allowed;
    }
    schema.pattern_properties = named(cx, fields, "patternProperties", Version::V3_1, Typed);
    schema.property_names = at(cx, fields, "propertyNames", Version::V3_1, Enforced);
    schema.unevaluated_properties = at(cx, fields, "unevaluatedProperties", Version::V3_1, Enforced);
    schema.dependent_schemas = named(cx, fields, "dependentSchemas", Version::V3_1, Enforced);
    for entry in fields.map_since(cx, "dependentRequired", Version::V3_1, Enforced) {
        let names = names(cx, entry);
        schema.dependent_required.push((entry.key.text.clone(), names));
    }
    dependencies(cx, fields, schema);
}

/// Up to draft 7, one keyword stood for both `dependentRequired` and `dependentSchemas`.
fn dependencies<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, schema: &mut Schema) {
    let Some(entry) = fields.entry(cx, "dependencies", Enforced) else { return };
    let reading = "read as `dependentRequired` and `dependentSchemas`";
    cx.other_version(entry.key.span, "`dependencies` belongs to JSON Schema draft 7", reading);
    for entry in cx.members(&entry.value, "dependencies") {
        if matches!(entry.value.value, Value::Sequence(_)) {
            let names = names(cx, entry);
            schema.dependent_required.push((entry.key.text.clone(), names));
        } else {
            let member = member(cx, entry);
            schema.dependent_schemas.push(member);
        }
    }
}

fn names<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Vec<String> {
    cx.strings(&entry.value, &entry.key.text).into_iter().map(|name| name.value).collect()
}

/// Reports a keyword for a type that the schema does not allow.
pub(super) fn without_effect(cx: &mut Cx<'_>, entry: &Entry, types: TypeSet) {
    let (needed, name) =
        if entry.key.text == "items" { (TypeSet::ARRAY, "array") } else { (TypeSet::OBJECT, "object") };
    if types != TypeSet::ANY && !types.contains(needed) {
        let message = format!("`{}` has no effect without `type: {name}`", entry.key.text);
        cx.no_effect(entry.key.span, message, "take it out, or correct `type`");
    }
}

fn required<'doc>(
    cx: &mut Cx<'doc>,
    fields: &Fields<'doc>,
    entry: &'doc Entry,
    types: TypeSet,
) -> Vec<Spanned<String>> {
    if let Value::Boolean(_) = entry.value.value {
        // JSON Schema draft 3 says so of a property, within it.
        cx.other_version(
            entry.key.span,
            "`required` as a boolean belongs to JSON Schema draft 3",
            "read as if it were not there: the schema around it lists what is required",
        );
        return Vec::new();
    }
    without_effect(cx, entry, types);
    let (mut names, mut known) = (Vec::new(), HashSet::new());
    for name in cx.strings(&entry.value, "required") {
        if known.insert(name.value.clone()) {
            names.push(name);
        } else {
            cx.no_effect(name.span, format!("`{}` is required twice", name.value), "take one of them out");
        }
    }
    // OpenAPI 3.0 builds on a draft that wants at least one.
    if fields.version == Version::V3_0 && matches!(&entry.value.value, Value::Sequence(items) if items.is_empty()) {
        cx.no_effect(entry.key.span, "`required` names nothing", "name a property, or take it out");
    }
    names
}

fn additional_properties<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> AdditionalProperties {
    let node = &entry.value;
    match &node.value {
        Value::Boolean(true) => AdditionalProperties::Allowed,
        Value::Boolean(false) => AdditionalProperties::Forbidden,
        Value::Mapping(entries) if entries.is_empty() => AdditionalProperties::Allowed,
        Value::String(text) if matches!(text.as_str(), "true" | "false") => {
            if cx.boolean(node, "additionalProperties") {
                AdditionalProperties::Allowed
            } else {
                AdditionalProperties::Forbidden
            }
        }
        Value::Null => {
            cx.ignored(node, "`additionalProperties`", "a schema");
            AdditionalProperties::Allowed
        }
        Value::Number(_) | Value::String(_) | Value::Sequence(_) | Value::Mapping(_) => {
            AdditionalProperties::Schema(schema(cx, node))
        }
    }
}
