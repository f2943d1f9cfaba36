//! `anyOf`, `oneOf` and lists of types: one type and null, or scalars that differ in kind.

use crate::document::Value;
use crate::ir::{Scalar, Type, TypeId, TypeKind, UnionVariant};
use crate::lower::Cx;
use crate::lower::names::{Case, Scope, candidates};
use crate::lower::types::{Lowered, Role, define, lower, refuse, shape};
use crate::model::{Schema, SchemaId, TypeSet};

/// `anyOf` and `oneOf`: one type and null, or scalars that differ in kind.
pub(super) fn alternatives(cx: &mut Cx<'_>, schema: &Schema, role: &Role, reserved: Option<TypeId>) -> Lowered {
    let others = Schema { any_of: Vec::new(), one_of: Vec::new(), ..schema.clone() };
    if others.constrains() {
        return refuse(cx, schema, "`anyOf` or `oneOf` beside other keywords");
    }
    let model = cx.model;
    let is_null = |&id: &SchemaId| {
        let schema = model.schemas.get(model.schemas.resolve(id));
        let only_null =
            schema.values.as_ref().is_some_and(|values| values.iter().all(|value| value.value == Value::Null));
        schema.types == TypeSet::NULL || only_null
    };
    let (nulls, rest): (Vec<SchemaId>, Vec<SchemaId>) =
        schema.any_of.iter().chain(&schema.one_of).partition(|id| is_null(id));
    let nullable = !nulls.is_empty();
    if let [only] = rest.as_slice() {
        let lowered = match reserved {
            Some(_) if !cx.named.contains_key(&model.schemas.resolve(*only)) => shape(cx, *only, role, reserved),
            Some(_) | None => lower(cx, *only, role),
        };
        return Lowered { nullable: nullable || lowered.nullable, ty: lowered.ty };
    }
    let scalars: Option<Vec<Scalar>> = rest
        .iter()
        .map(|&id| {
            let schema = model.schemas.get(model.schemas.resolve(id));
            let narrow = schema.format.as_ref().is_some_and(|format| format.value == "int32");
            let plain = schema.values.is_none() && schema.any_of.is_empty() && schema.one_of.is_empty() && !narrow;
            scalar_kind(schema.types).filter(|_| plain)
        })
        .collect();
    match scalars {
        Some(scalars) if !scalars.is_empty() => {
            let union = of_scalars(cx, schema, &scalars, role, reserved);
            Lowered { ty: union.ty, nullable: nullable || union.nullable }
        }
        Some(_) | None => refuse(cx, schema, "`anyOf` or `oneOf` of other than scalars and null"),
    }
}

/// An enum with a variant per kind of scalar.
pub(super) fn of_scalars(
    cx: &mut Cx<'_>,
    schema: &Schema,
    scalars: &[Scalar],
    role: &Role,
    reserved: Option<TypeId>,
) -> Lowered {
    let overlapping = scalars.iter().enumerate().any(|(index, scalar)| scalars[..index].contains(scalar))
        || (scalars.contains(&Scalar::Integer) && scalars.contains(&Scalar::Number));
    if overlapping {
        return refuse(cx, schema, "a union of which the same value can match two alternatives");
    }
    let id = define(cx, schema, role, reserved);
    let mut scope = Scope::default();
    let variants = scalars.iter().map(|&scalar| {
        let name = match scalar {
            Scalar::String => "string",
            Scalar::Integer => "integer",
            Scalar::Number => "number",
            Scalar::Boolean => "boolean",
        };
        UnionVariant { name: scope.claim(cx.sink, &role.place, Case::Pascal, &candidates(&[], name)), scalar }
    });
    cx.types[id.0].kind = TypeKind::Union(variants.collect());
    Lowered::of(Type::Named(id))
}

/// The scalar that one JSON type is.
pub(super) fn scalar_kind(types: TypeSet) -> Option<Scalar> {
    Some(match types {
        TypeSet::STRING => Scalar::String,
        TypeSet::INTEGER => Scalar::Integer,
        TypeSet::NUMBER => Scalar::Number,
        TypeSet::BOOLEAN => Scalar::Boolean,
        _ => return None,
    })
}
