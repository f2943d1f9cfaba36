//! `enum` and `const`: an enum of strings, of integers, or of any JSON values.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Node, Value, to_json_text};
use crate::ir::{Ident, Type, TypeId, TypeKind, Variant};
use crate::lower::context::Cx;
use crate::lower::names::{Case, Scope, candidates};
use crate::lower::scalars::type_of;
use crate::lower::types::{Lowered, Role, define};
use crate::model::{Schema, Spanned, TypeSet, integer};

/// Lowers a schema with a closed list of values.
pub(super) fn lower(
    cx: &mut Cx<'_>,
    schema: &Schema,
    values: &[Node],
    role: &Role,
    reserved: Option<TypeId>,
) -> Lowered {
    let allows_null = schema.types == TypeSet::ANY || schema.types.contains(TypeSet::NULL);
    let nullable = allows_null && values.iter().any(|value| value.value == Value::Null);
    let distinct = distinct(cx, schema, values);
    if distinct.is_empty() {
        return Lowered::of(if nullable { Type::Null } else { Type::Any });
    }
    let is = |wanted: TypeSet| distinct.iter().all(|value| type_of(&value.value) == wanted);
    if is(TypeSet::BOOLEAN) && distinct.len() == 2 {
        return Lowered { ty: Type::Boolean, nullable };
    }
    let strings: Option<Vec<&str>> = distinct.iter().map(|value| value.as_str()).collect();
    let integers: Option<Vec<i64>> = distinct
        .iter()
        .map(|value| if let Value::Number(text) = &value.value { integer(text) } else { None })
        .collect();
    let kind = match (strings, integers) {
        (Some(strings), _) => TypeKind::Strings(variants(cx, &distinct, strings.into_iter().map(str::to_owned))),
        (None, Some(integers)) => TypeKind::Integers(variants(cx, &distinct, integers.into_iter())),
        (None, None) => {
            let texts: Vec<String> = distinct.iter().map(|value| to_json_text(value)).collect();
            TypeKind::Values(variants(cx, &distinct, texts.into_iter()))
        }
    };
    let id = define(cx, schema, role, reserved);
    cx.types[id.0].kind = kind;
    Lowered { ty: Type::Named(id), nullable }
}

/// The values but null, each once, that `type` allows; all of them where it allows none, which can only be a mistake.
fn distinct<'a>(cx: &mut Cx<'_>, schema: &Schema, values: &'a [Node]) -> Vec<&'a Node> {
    let mut seen = HashSet::new();
    let all: Vec<&Node> =
        values.iter().filter(|value| value.value != Value::Null && seen.insert(value.canonical())).collect();
    let allowed: Vec<&Node> =
        all.iter().copied().filter(|value| type_of(&value.value).is_within(schema.types)).collect();
    let Some(first) = all.first().filter(|_| allowed.is_empty()) else {
        report_others(cx, schema, &all);
        return allowed;
    };
    cx.sink.report(
        Diagnostic::new(Code::Impossible, first.span, "no value fits this schema: `type` allows none of its values")
            .label("read as if `type` were not there")
            .help("write values of this type, or the type of these values"),
    );
    all
}

/// Names the values that `type` does not allow.
fn report_others(cx: &mut Cx<'_>, schema: &Schema, all: &[&Node]) {
    for value in all.iter().filter(|value| !type_of(&value.value).is_within(schema.types)) {
        let message = format!("`type` does not allow this value: it is {}", value.value.kind());
        let diagnostic = Diagnostic::new(Code::NoEffect, value.span, message).label("no value is ever this one");
        cx.sink.report(match (&value.value, schema.types.contains(TypeSet::STRING)) {
            (Value::Number(_) | Value::Boolean(_), true) => diagnostic.help("put it in quotes to make it a string"),
            _ => diagnostic.help("take it out, or add its type to `type`"),
        });
    }
}

fn variants<T>(cx: &mut Cx<'_>, nodes: &[&Node], values: impl Iterator<Item = T>) -> Vec<Variant<T>> {
    let mut scope = Scope::default();
    nodes.iter().zip(values).map(|(node, value)| Variant { name: name(cx, node, &mut scope), value }).collect()
}

fn name(cx: &mut Cx<'_>, node: &Node, scope: &mut Scope) -> Ident {
    let text = match &node.value {
        Value::String(text) => text.clone(),
        Value::Number(text) => text.to_string(),
        Value::Null | Value::Boolean(_) | Value::Sequence(_) | Value::Mapping(_) => to_json_text(node),
    };
    let key = Spanned { value: text, span: node.span };
    scope.claim(cx.sink, &key, Case::Pascal, candidates(&key.value))
}
