//! Which values must be checked against their whole schema, because no type says all that it says.

use std::collections::{HashMap, HashSet};

use crate::ir::{CheckId, ContentForm, Contents, Operation, ParameterForm, Type};
use crate::lower::context::Cx;
use crate::lower::views;
use crate::model::{AdditionalProperties, Limits, Schema, SchemaId};

/// Marks the bodies and parameters whose values are checked even when they fit their types.
pub(super) fn mark(cx: &mut Cx<'_>, operations: &mut [Operation]) {
    let beyond = beyond_types(cx);
    let model = cx.model;
    for (operation, source) in operations.iter_mut().zip(&model.operations) {
        for parameter in &mut operation.parameters {
            let declared = source
                .parameters
                .iter()
                .find(|declared| declared.place == parameter.place && declared.name.value == parameter.key);
            let schema = declared.and_then(|declared| declared.value.schema());
            // Where a list or an object is wrong, only its schema tells which part of it is.
            let has_parts = !matches!(parameter.form, ParameterForm::Scalar { .. }) && parameter.ty != Type::Any;
            let is_checked = |schema: &SchemaId| has_parts || beyond.contains(schema);
            parameter.check = schema.filter(is_checked).map(|schema| cx.check(schema));
        }
        let Some(body) = &mut operation.body else { continue };
        let is_beyond = |schema: CheckId| beyond.contains(&cx.checks.order[schema.0 as usize]);
        let forms: Vec<&mut ContentForm> = match &mut body.content {
            Contents::One(content) => vec![&mut content.form],
            Contents::Several { variants, .. } => {
                variants.iter_mut().map(|variant| &mut variant.content.form).collect()
            }
        };
        for form in forms {
            match form {
                ContentForm::Json { schema, check, .. }
                | ContentForm::Form { schema, check, .. }
                | ContentForm::Multipart { schema, check, .. }
                | ContentForm::Items { schema, check, .. } => *check = is_beyond(*schema),
                ContentForm::Text | ContentForm::Bytes => {}
            }
        }
    }
}

/// The schemas that say more than their types, and those that hold such a schema.
fn beyond_types(cx: &Cx<'_>) -> HashSet<SchemaId> {
    let mut holders: HashMap<SchemaId, Vec<SchemaId>> = HashMap::new();
    let mut pending = Vec::new();
    for (id, schema) in cx.schemas.iter() {
        for child in views::children(schema).chain(cx.heirs.get(&id).into_iter().flatten().copied()) {
            holders.entry(child).or_default().push(id);
        }
        if says_more(cx, id, schema) {
            pending.push(id);
        }
    }
    let mut found = HashSet::new();
    while let Some(id) = pending.pop() {
        if found.insert(id) {
            pending.extend(holders.get(&id).into_iter().flatten());
        }
    }
    found
}

fn says_more(cx: &Cx<'_>, id: SchemaId, schema: &Schema) -> bool {
    let closed =
        |id: &SchemaId| cx.schemas.get(cx.schemas.resolve(*id)).additional_properties != AdditionalProperties::Allowed;
    let has_union = !schema.any_of.is_empty() || !schema.one_of.is_empty();
    schema.never
        || cx.impossible.contains(&id)
        || schema.limits != Limits::default()
        || has_union && !cx.proven.contains(&id)
        || schema.additional_properties == AdditionalProperties::Forbidden
            && views::has_sided_property(&cx.schemas, schema)
        || schema.all_of.iter().chain(&schema.reference).any(closed) && !schema.is_mere_reference()
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
