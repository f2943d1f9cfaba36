//! Which values are checked besides their types, and by which schema: what [`beyond`] finds enters the tables of types,
//! parameters and bodies.
//!
//! The one rule: only what requests hold is checked while it is read, and each value once.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::ir::{ContentForm, Contents, Field, Operation, ParameterForm, Rest, Type, TypeId, TypeKind};
use crate::lower::context::Cx;
use crate::lower::{beyond, merge, visit};
use crate::model::{self, AdditionalProperties, SchemaId};

/// The schemas that a type is checked by.
#[derive(Clone, Debug, Default)]
struct Plan {
    whole: Option<SchemaId>,
    fields: Vec<Option<SchemaId>>,
}

/// What is known of types already.
type Plans = FxHashMap<TypeId, Plan>;

/// Marks the bodies, parameters and types whose values are checked even when they fit their types.
pub(super) fn mark(cx: &mut Cx<'_>, operations: &mut [Operation]) {
    let mut plans = Plans::default();
    let mut bodies = Vec::new();
    let model = cx.model;
    let dynamic = dynamic(cx);
    for (operation, source) in operations.iter_mut().zip(&model.operations) {
        parameters(cx, &mut plans, operation, source);
        let Some(body) = &mut operation.body else { continue };
        for form in forms(&mut body.content) {
            match form {
                ContentForm::Json { ty, schema, check } | ContentForm::Items { ty, schema, check, .. } => {
                    let id = cx.checks.order[schema.0 as usize];
                    *check = if dynamic.contains(&id) && is_beyond(cx, &mut plans, id, ty) {
                        // What a dynamic reference leads to, only the whole value tells.
                        Some(*schema)
                    } else {
                        bodies.push(ty.clone());
                        beyond::of(cx, id, ty).map(|schema| cx.check(schema))
                    };
                }
                ContentForm::Form { ty, schema, check, .. }
                | ContentForm::Multipart { ty, schema, check, .. }
                | ContentForm::Xml { ty, schema, check, .. } => {
                    let id = cx.checks.order[schema.0 as usize];
                    *check = is_beyond(cx, &mut plans, id, ty).then_some(*schema);
                }
                ContentForm::Text { .. } | ContentForm::Bytes | ContentForm::Parts => {}
            }
        }
    }
    for ty in bodies {
        for id in reached(cx, &ty, &mut plans) {
            let plan = plans.get(&id).cloned().unwrap_or_default();
            number(cx, id, &plan);
        }
    }
}

/// Marks the parameters of a request that the server sends.
pub(super) fn mark_parameters(cx: &mut Cx<'_>, operation: &mut Operation, source: &model::Operation) {
    parameters(cx, &mut Plans::default(), operation, source);
}

fn parameters(cx: &mut Cx<'_>, plans: &mut Plans, operation: &mut Operation, source: &model::Operation) {
    for parameter in &mut operation.parameters {
        let declared = source
            .parameters
            .iter()
            .find(|declared| declared.place == parameter.place && declared.name.value == parameter.key);
        let Some(schema) = declared.and_then(|declared| declared.value.schema()) else { continue };
        // Where a list or an object is wrong, only its schema tells which part of it is.
        let has_parts = !matches!(parameter.form, ParameterForm::Scalar { .. }) && parameter.ty != Type::Any;
        if has_parts || is_beyond(cx, plans, schema, &parameter.ty) {
            parameter.check = Some(cx.check(schema));
        }
    }
}

/// The schemas that lead to a dynamic reference.
fn dynamic(cx: &Cx<'_>) -> FxHashSet<SchemaId> {
    let mut holders: FxHashMap<SchemaId, Vec<SchemaId>> = FxHashMap::default();
    let mut pending = Vec::new();
    let has_any = cx.model.schemas.iter().any(|(_, schema)| schema.dynamic_reference.is_some());
    for (id, schema) in cx.schemas.iter().filter(|_| has_any) {
        schema.subschemas().for_each(|child| holders.entry(child).or_default().push(id));
        if schema.dynamic_reference.is_some() {
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

fn forms(contents: &mut Contents) -> Vec<&mut ContentForm> {
    match contents {
        Contents::One(content) => vec![&mut content.form],
        Contents::Several { variants, .. } => variants.iter_mut().map(|variant| &mut variant.content.form).collect(),
    }
}

/// Whether a schema, or a part of it at any depth, says more than the type.
fn is_beyond(cx: &mut Cx<'_>, plans: &mut Plans, id: SchemaId, ty: &Type) -> bool {
    beyond::of(cx, id, ty).is_some()
        || reached(cx, ty, plans).into_iter().any(|id| {
            plans.get(&id).is_some_and(|plan| plan.whole.is_some() || plan.fields.iter().any(Option::is_some))
        })
}

/// The types with a name that a value of a type is made of, each of them with a plan.
fn reached(cx: &mut Cx<'_>, ty: &Type, plans: &mut Plans) -> Vec<TypeId> {
    let mut found: Vec<TypeId> = Vec::new();
    let mut seen = vec![false; cx.types.len()];
    let mut add = |part: visit::Part<'_>, found: &mut Vec<TypeId>| match part {
        visit::Part::Type(id) if !std::mem::replace(&mut seen[id.0], true) => found.push(*id),
        visit::Part::Type(_) | visit::Part::Check(_) | visit::Part::Text(_) | visit::Part::Root(_) => {}
    };
    visit::ty(&mut ty.clone(), &mut |part| add(part, &mut found));
    let mut next = 0;
    while let Some(&id) = found.get(next) {
        next += 1;
        visit::kind(&mut cx.types[id.0].kind, &mut |part| add(part, &mut found));
    }
    for &id in &found {
        plans.entry(id).or_insert_with(|| plan(cx, id));
    }
    found
}

fn plan(cx: &mut Cx<'_>, id: TypeId) -> Plan {
    let Some(source) = cx.sources.get(&id).copied().filter(|_| beyond::has_table(cx, id)) else {
        return Plan::default();
    };
    let of_whole = |whole| Plan { whole: Some(whole), fields: Vec::new() };
    if merge::parts(cx, source).into_iter().any(|part| beyond::is_more_than_limits(cx, part)) {
        return of_whole(source);
    }
    let mut plan = Plan::default();
    match cx.types[id.0].kind.clone() {
        TypeKind::Struct { fields, rest, .. } => {
            let merged = merge::merged(cx, source);
            let undeclared = match merged.additional_properties {
                AdditionalProperties::Schema(id) => Some(id),
                AdditionalProperties::Allowed | AdditionalProperties::Forbidden => None,
            };
            if let (Rest::Kept { ty, .. }, Some(values)) = (&rest, undeclared)
                && beyond::of(cx, values, ty).is_some()
            {
                return of_whole(source);
            }
            let declared = |field: &Field| {
                let property = merged.properties.iter().find(|property| property.key.value == field.key);
                property.map(|property| property.schema).or(undeclared)
            };
            plan.fields = fields.iter().map(|field| beyond::of(cx, declared(field)?, &field.ty)).collect();
            plan.whole = beyond::of_object(cx, source);
        }
        TypeKind::Union { .. } => {
            let alternatives = cx.alternatives.get(&id).cloned().unwrap_or_default();
            let is_beyond = |(schema, ty): &(SchemaId, Type)| beyond::of(cx, *schema, ty).is_some();
            if alternatives.iter().any(is_beyond) || beyond::has_limits(cx, source) {
                return of_whole(source);
            }
        }
        TypeKind::AnyOf(_) => return of_whole(source),
        TypeKind::Newtype(inner) => plan.whole = beyond::of(cx, source, &inner),
        TypeKind::Strings(_) | TypeKind::Integers(_) | TypeKind::Values(_) | TypeKind::Alias(_) => {}
    }
    plan
}

/// Writes the numbers of a plan's schemas into the type.
fn number(cx: &mut Cx<'_>, id: TypeId, plan: &Plan) {
    let whole = plan.whole.map(|schema| cx.check(schema));
    let checks: Vec<_> = plan.fields.iter().map(|schema| schema.map(|schema| cx.check(schema))).collect();
    let definition = &mut cx.types[id.0];
    definition.check = whole;
    if let TypeKind::Struct { fields, .. } = &mut definition.kind {
        for (field, check) in fields.iter_mut().zip(checks) {
            field.check = check;
        }
    }
}
