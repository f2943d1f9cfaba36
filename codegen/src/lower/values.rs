//! `enum` and `const`: an enum of strings or of integers.

use std::collections::HashSet;

use crate::document::{Node, Value};
use crate::ir::{Type, TypeId, TypeKind, Variant};
use crate::lower::Cx;
use crate::lower::names::{Case, Scope, candidates};
use crate::lower::types::{Lowered, Role, define, refuse};
use crate::model::{Schema, Spanned, TypeSet, integer};

/// Lowers a schema with a closed list of values.
pub(super) fn lower(
    cx: &mut Cx<'_>,
    schema: &Schema,
    values: &[Node],
    role: &Role,
    reserved: Option<TypeId>,
) -> Lowered {
    let types = schema.types.without(TypeSet::NULL);
    let null_allowed = schema.types == TypeSet::ANY || schema.types.contains(TypeSet::NULL);
    let nullable = null_allowed && values.iter().any(|value| value.value == Value::Null);
    let mut seen = HashSet::new();
    let distinct: Vec<&Node> =
        values.iter().filter(|value| value.value != Value::Null && seen.insert(value.canonical())).collect();
    let strings: Option<Vec<&str>> = distinct.iter().map(|value| value.as_str()).collect();
    let integers: Option<Vec<i64>> = distinct
        .iter()
        .map(|value| if let Value::Number(text) = &value.value { integer(text) } else { None })
        .collect();
    let id = match (strings, integers) {
        _ if distinct.is_empty() => return refuse(cx, schema, "an `enum` without a value"),
        (Some(strings), _) if types == TypeSet::ANY || types == TypeSet::STRING => {
            let id = define(cx, schema, role, reserved);
            cx.types[id.0].kind = TypeKind::Strings(variants(cx, &distinct, strings, |text| (*text).to_owned()));
            id
        }
        (None, Some(integers)) if types == TypeSet::ANY || types == TypeSet::INTEGER => {
            let id = define(cx, schema, role, reserved);
            cx.types[id.0].kind = TypeKind::Integers(variants(cx, &distinct, integers, ToString::to_string));
            id
        }
        _ => return refuse(cx, schema, "an `enum` of other than strings or integers of its `type`"),
    };
    Lowered { ty: Type::Named(id), nullable }
}

fn variants<T, U: From<T>>(
    cx: &mut Cx<'_>,
    nodes: &[&Node],
    values: Vec<T>,
    text: impl Fn(&T) -> String,
) -> Vec<Variant<U>> {
    let mut scope = Scope::default();
    nodes
        .iter()
        .zip(values)
        .map(|(node, value)| {
            let key = Spanned { value: text(&value), span: node.span };
            let name = scope.claim(cx.sink, &key, Case::Pascal, &candidates(&[], &key.value));
            Variant { name, value: value.into() }
        })
        .collect()
}
