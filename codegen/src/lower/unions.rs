//! `anyOf`, `oneOf` and lists of types: enums with a variant per alternative.
//!
//! The one rule: no part of a value is lost. A value that may fit several objects at once keeps all that it fits.

use std::collections::HashSet;

use crate::ir::{Branch, Choice, ChoiceRule, Pick, Type, TypeId, TypeKind, UnionVariant};
use crate::lower::choice::{self, Decision};
use crate::lower::context::Cx;
use crate::lower::names::{Case, Scope, candidates, words};
use crate::lower::types::{Lowered, Role, define, lower, shape, variant_docs};
use crate::lower::{merge, objects};
use crate::model::{Discriminator, Schema, SchemaId, Spanned, TypeSet};

/// `anyOf` and `oneOf`.
pub(super) fn alternatives(
    cx: &mut Cx<'_>,
    id: SchemaId,
    schema: &Schema,
    role: &Role,
    reserved: Option<TypeId>,
) -> Lowered {
    let exclusive = schema.any_of.is_empty();
    let listed: Vec<SchemaId> = schema.any_of.iter().chain(&schema.one_of).copied().collect();
    let (rest, nullable) = distinct(cx, &listed);
    match rest.as_slice() {
        [] => Lowered::of(if nullable { Type::Null } else { Type::Any }),
        [only] => {
            cx.proven.insert(id);
            let lowered = alone(cx, *only, role, reserved);
            Lowered { nullable: nullable || lowered.nullable, ty: lowered.ty }
        }
        _ => {
            let ty = several(cx, id, schema, &rest, exclusive, role, reserved);
            Lowered { nullable: nullable && ty != Type::Any, ty }
        }
    }
}

/// The one alternative that is left takes the name of the whole.
fn alone(cx: &mut Cx<'_>, id: SchemaId, role: &Role, reserved: Option<TypeId>) -> Lowered {
    let target = merge::follow(cx, id);
    let has_name = cx.keys.contains_key(&target) || cx.referenced.contains(&target);
    match reserved {
        Some(type_id) if !has_name => {
            cx.sources.insert(type_id, target);
            shape(cx, target, role, reserved)
        }
        Some(_) | None => lower(cx, target, role),
    }
}

/// The alternatives but null, each once, and whether null is one.
fn distinct(cx: &mut Cx<'_>, listed: &[SchemaId]) -> (Vec<SchemaId>, bool) {
    let mut seen = HashSet::new();
    let mut rest = Vec::new();
    let mut nullable = false;
    for &id in listed {
        let merged = merge::merged(cx, id);
        let only_null = merged.types == TypeSet::NULL
            || merged.values.as_ref().is_some_and(|values| {
                !values.is_empty() && values.iter().all(|value| value.value == crate::document::Value::Null)
            });
        if only_null {
            nullable = true;
        } else if !merged.never && seen.insert(merge::follow(cx, id)) {
            rest.push(id);
        }
    }
    (rest, nullable)
}

/// An enum, or a struct with a field per branch where a value may fit several objects.
fn several(
    cx: &mut Cx<'_>,
    id: SchemaId,
    schema: &Schema,
    alternatives: &[SchemaId],
    exclusive: bool,
    role: &Role,
    reserved: Option<TypeId>,
) -> Type {
    let decision = choice::decide(cx, alternatives, schema.discriminator.as_ref());
    let overlapping = &decision.overlapping_objects;
    if !exclusive && overlapping.len() > 1 {
        if overlapping.len() == alternatives.len() {
            return any_of(cx, schema, alternatives, role, reserved);
        }
        // The objects among the alternatives are one alternative, which keeps all that a value fits.
        let (objects, others): (Vec<usize>, Vec<usize>) =
            (0..alternatives.len()).partition(|index| overlapping.contains(index));
        let objects = objects.into_iter().map(|index| alternatives[index]).collect();
        let objects = cx.make(Schema { any_of: objects, ..Schema::any(schema.span) });
        let all: Vec<SchemaId> = others.into_iter().map(|index| alternatives[index]).chain([objects]).collect();
        let decision = choice::decide(cx, &all, None);
        return union(cx, schema, &all, decision, role, reserved);
    }
    if decision.is_proven {
        cx.proven.insert(id);
    }
    union(cx, schema, alternatives, decision, role, reserved)
}

/// An enum with a variant per alternative; alternatives of one type are one variant.
pub(super) fn union(
    cx: &mut Cx<'_>,
    schema: &Schema,
    alternatives: &[SchemaId],
    decision: Decision,
    role: &Role,
    reserved: Option<TypeId>,
) -> Type {
    let mut scope = Scope::default();
    let mut variants: Vec<UnionVariant> = Vec::new();
    let mut places = Vec::new();
    let mut held = Vec::new();
    // A name of its own comes before the names of the variants.
    let id = define(cx, schema, role, reserved);
    for &alternative in alternatives {
        let name = variant_name(cx, alternative, schema.discriminator.as_ref());
        let ty = lower(cx, alternative, &role.child(&name)).ty;
        held.push((alternative, ty.clone()));
        if let Some(known) = variants.iter().position(|variant| variant.ty == ty) {
            places.push(known);
            continue;
        }
        let target = merge::follow(cx, alternative);
        let documented = cx.schema(target);
        let place = Spanned { value: name.clone(), span: cx.schema(alternative).span };
        let name = scope.claim_quietly(&place, Case::Pascal, candidates(&name));
        places.push(variants.len());
        variants.push(UnionVariant { name, docs: variant_docs(&documented), ty });
    }
    cx.alternatives.insert(id, held);
    if let [only] = variants.as_slice() {
        cx.types[id.0].kind = TypeKind::Alias(only.ty.clone());
        return Type::Named(id);
    }
    cx.types[id.0].kind = TypeKind::Union { variants, choice: renumbered(decision.choice, &places) };
    Type::Named(id)
}

/// The choice with the variants in place of the alternatives.
fn renumbered(choice: Choice, places: &[usize]) -> Choice {
    let of = |index: usize| places[index];
    let named = |values: Vec<(String, usize)>| values.into_iter().map(|(value, index)| (value, of(index))).collect();
    let rules = choice.rules.into_iter().map(|rule| {
        let pick = match rule.pick {
            Pick::Variant(index) => Pick::Variant(of(index)),
            Pick::Tag { property, values, otherwise, absent } => {
                Pick::Tag { property, values: named(values), otherwise: otherwise.map(of), absent: absent.map(of) }
            }
            Pick::OptionalTag { property, values } => Pick::OptionalTag { property, values: named(values) },
            Pick::Value { values, otherwise } => Pick::Value { values: named(values), otherwise: otherwise.map(of) },
            Pick::Exact(candidates) => {
                let first = candidates.first().map(|&(_, index)| of(index));
                if candidates.iter().all(|&(_, index)| Some(of(index)) == first) {
                    Pick::Variant(first.unwrap_or_default())
                } else {
                    Pick::Exact(candidates.into_iter().map(|(check, index)| (check, of(index))).collect())
                }
            }
        };
        ChoiceRule { kinds: rule.kinds, pick }
    });
    let mut all: Vec<ChoiceRule> = Vec::new();
    for rule in rules {
        match all.iter_mut().find(|known| known.pick == rule.pick) {
            Some(known) => known.kinds.extend(rule.kinds),
            None => all.push(rule),
        }
    }
    Choice { rules: all }
}

/// A word for an alternative: its key, what tells it apart, or its kind.
fn variant_name(cx: &mut Cx<'_>, id: SchemaId, discriminator: Option<&Discriminator>) -> String {
    let mut named = id;
    for _ in 0..32 {
        if let Some(key) = cx.keys.get(&named) {
            return key.value.clone();
        }
        let schema = cx.schema(named);
        named = match (schema.reference, schema.all_of.as_slice()) {
            (Some(target), _) => target,
            (None, [.., last]) => *last,
            (None, []) => break,
        };
    }
    let merged = merge::merged(cx, id);
    if let Some(name) = &cx.schema(id).rust_name {
        return name.value.clone();
    }
    let tag = discriminator.map(|discriminator| discriminator.property.value.clone());
    for property in &merged.properties {
        let is_tag = tag.as_ref().is_none_or(|tag| *tag == property.key.value);
        let value = merge::merged(cx, property.schema);
        if is_tag
            && let Some([only]) = value.values.as_deref()
            && let Some(text) = only.as_str()
            && merged.required.iter().any(|key| key.value == property.key.value)
        {
            return text.to_owned();
        }
    }
    let kind = match merge::kinds(cx, &merged, 4) {
        TypeSet::BOOLEAN => "boolean",
        TypeSet::INTEGER => "integer",
        TypeSet::NUMBER => "number",
        TypeSet::STRING if merged.values.is_some() => "known",
        TypeSet::STRING => "string",
        TypeSet::ARRAY => "list",
        TypeSet::OBJECT => "object",
        _ => "value",
    };
    kind.to_owned()
}

/// A struct with a field per branch: a value keeps every branch that it fits.
fn any_of(cx: &mut Cx<'_>, schema: &Schema, alternatives: &[SchemaId], role: &Role, reserved: Option<TypeId>) -> Type {
    let id = define(cx, schema, role, reserved);
    let mut scope = Scope::default();
    let mut branches: Vec<Branch> = Vec::new();
    for &alternative in alternatives {
        let name = variant_name(cx, alternative, None);
        let ty = lower(cx, alternative, &role.child(&name)).ty;
        let target = merge::follow(cx, alternative);
        let documented = cx.schema(target);
        let place = Spanned { value: name.clone(), span: cx.schema(alternative).span };
        let name = scope.claim_quietly(&place, Case::Snake, [words(&name)]);
        branches.push(Branch { name, docs: variant_docs(&documented), ty, check: cx.check(alternative) });
    }
    cx.types[id.0].kind = TypeKind::AnyOf(branches);
    Type::Named(id)
}

/// A schema of several types: an enum with a variant per type.
pub(super) fn of_types(
    cx: &mut Cx<'_>,
    types: TypeSet,
    schema: &Schema,
    role: &Role,
    reserved: Option<TypeId>,
) -> Lowered {
    // An integer is a number, so the two together are numbers.
    let types = if types.contains(TypeSet::NUMBER) { types.without(TypeSet::INTEGER) } else { types };
    let singles: Vec<TypeSet> = types.iter().collect();
    if let [only] = singles.as_slice() {
        let id = cx.make(objects::only(schema, *only));
        return shape(cx, id, role, reserved);
    }
    let alternatives: Vec<SchemaId> = singles
        .into_iter()
        .map(|single| {
            let only = Schema { title: None, description: None, rust_name: None, ..objects::only(schema, single) };
            cx.make(only)
        })
        .collect();
    let decision = choice::decide(cx, &alternatives, None);
    Lowered::of(union(cx, schema, &alternatives, decision, role, reserved))
}
