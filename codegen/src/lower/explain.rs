//! Why schemas became the types that they are: the rules that the lowering applied, in its own order.
//!
//! The one rule: what is told is read off the result, and off the schemas that the lowering made on its way there. Nothing is
//! decided here.

mod kind;

use std::collections::HashSet;

use crate::ir::{Explanation, Step, Type, TypeKind, ViewName};
use crate::lower::context::Cx;
use crate::lower::merge;
use crate::lower::types::Lowered;
use crate::lower::views::View;
use crate::model::{Schema, SchemaId};
use crate::source::Span;

/// What a schema of the document became, at one of its uses.
#[derive(Debug)]
pub(super) struct Record {
    schema: SchemaId,
    view: View,
    ty: Type,
    nullable: bool,
}

/// Remembers what a schema became, where that is to be explained.
pub(super) fn record(cx: &mut Cx<'_>, schema: SchemaId, view: View, lowered: &Lowered) {
    if cx.model.schemas.holds(schema)
        && let Some(explained) = &mut cx.explained
    {
        explained.push(Record { schema, view, ty: lowered.ty.clone(), nullable: lowered.nullable });
    }
}

/// Tells why, when all types are final.
pub(super) fn explanations(cx: &mut Cx<'_>) -> Vec<Explanation> {
    let mut seen = HashSet::new();
    let mut explanations = Vec::new();
    for record in cx.explained.take().unwrap_or_default() {
        if seen.insert((record.schema, record.ty.clone(), record.nullable)) {
            explanations.push(explanation(cx, record));
        }
    }
    explanations
}

fn explanation(cx: &mut Cx<'_>, record: Record) -> Explanation {
    let Record { schema, view, ty, nullable } = record;
    let mut steps = Vec::new();
    let target = followed(cx, schema, &mut steps);
    named(cx, target, &ty, &mut steps);
    let own = cx.schema(target);
    match &own.rust_type {
        Some(path) => steps
            .push(Step { text: format!("`x-rust-type` gives the type: `{}`", path.value), places: vec![path.span] }),
        None => {
            merged(cx, target, &mut steps);
            kind::explain(cx, target, &ty, &mut steps);
        }
    }
    let is_two_sided = cx.two_sided.contains(&target);
    if is_two_sided && is_named(cx, target) {
        let which = if view == View::Write { "requests" } else { "responses" };
        steps.push(sentence(format!(
            "`readOnly` or `writeOnly` in it makes requests and responses differ: this is the type of {which}"
        )));
    }
    if nullable || matches!(ty, Type::Null) {
        steps.push(Step { text: nullable_text(&own).to_owned(), places: Vec::new() });
    }
    if let Some(default) = &cx.schema(schema).default {
        let text = "`default` takes the place of a value that is absent, where the schema allows it".to_owned();
        steps.push(Step { text, places: vec![default.span] });
    }
    let view = match (is_two_sided, view) {
        (false, _) => ViewName::Both,
        (true, View::Read) => ViewName::Responses,
        (true, View::Write) => ViewName::Requests,
    };
    Explanation { span: cx.schema(schema).span, view, ty, nullable, steps }
}

/// The references on the way to the schema that has the type.
fn followed(cx: &mut Cx<'_>, schema: SchemaId, steps: &mut Vec<Step>) -> SchemaId {
    let end = merge::follow(cx, schema);
    let mut id = schema;
    let mut seen = HashSet::new();
    while id != end && seen.insert(id) {
        let Some(target) = merge::target(cx, id) else { break };
        let from = cx.schema(id);
        let to = name_of(cx, target);
        let text = if from.reference == Some(target) && !from.constrains() {
            format!("`$ref` leads to {to}: the type is that one's")
        } else {
            format!("what stands beside the reference adds nothing to the structure of {to}: the type is that one's")
        };
        steps.push(Step { text, places: vec![cx.schema(target).span] });
        id = target;
    }
    end
}

fn name_of(cx: &Cx<'_>, id: SchemaId) -> String {
    cx.keys.get(&id).map_or_else(|| "another schema".to_owned(), |key| format!("the schema `{}`", key.value))
}

fn is_named(cx: &Cx<'_>, id: SchemaId) -> bool {
    cx.keys.contains_key(&id) || cx.referenced.contains(&id)
}

/// Where the name of the type comes from.
fn named(cx: &mut Cx<'_>, id: SchemaId, ty: &Type, steps: &mut Vec<Step>) {
    let Type::Named(type_id) = ty else { return };
    let name = cx.types[type_id.0].name.clone();
    let key = cx.keys.get(&id).copied();
    let schema = cx.schema(id);
    let (text, place) = match (&schema.rust_name, key) {
        (Some(given), _) => (format!("`x-rust-name` gives the name `{name}`"), given.span),
        (None, Some(key)) => (format!("the key `{}` gives the name `{name}`", key.value), key.span),
        (None, None) => (
            format!("the schema has no key of its own: what holds it and its place there give the name `{name}`"),
            schema.span,
        ),
    };
    steps.push(Step { text, places: vec![place] });
}

/// The schemas whose keywords are put together.
fn merged(cx: &mut Cx<'_>, id: SchemaId, steps: &mut Vec<Step>) {
    let parts: Vec<SchemaId> =
        merge::parts(cx, id).into_iter().filter(|&part| part != id && !cx.schema(part).is_mere_reference()).collect();
    if parts.is_empty() {
        return;
    }
    let own = cx.schema(id);
    let keyword = match (own.all_of.is_empty(), own.reference.is_some()) {
        (false, _) => "`allOf`",
        (true, true) => "`$ref`",
        (true, false) => "`$dynamicRef`",
    };
    let names: Vec<String> =
        parts.iter().filter_map(|part| cx.keys.get(part)).map(|key| format!("`{}`", key.value)).collect();
    let named = if names.is_empty() { String::new() } else { format!(", {} among them", listed(&names)) };
    let count = counted(parts.len(), "other schema", "other schemas");
    let text = format!("{keyword} puts the keywords of {count} into this one{named}");
    steps.push(Step { text, places: parts.iter().map(|&part| cx.schema(part).span).collect() });
}

/// How null comes to be a value.
fn nullable_text(schema: &Schema) -> &'static str {
    use crate::model::TypeSet;

    if schema.types != TypeSet::ANY && schema.types.contains(TypeSet::NULL) {
        "`null` is one of its types"
    } else if schema.values.is_some() {
        "`null` is one of its values"
    } else {
        "`null` is a value of one of the schemas that it is made of"
    }
}

fn sentence(text: impl Into<String>) -> Step {
    Step { text: text.into(), places: Vec::new() }
}

/// `1 part`, `2 parts`.
fn counted(count: usize, one: &str, several: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {several}") }
}

/// The first of several names.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 5;
    let more = names.len().saturating_sub(SHOWN);
    let shown = names[..names.len().min(SHOWN)].join(", ");
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}

/// The kind of a named type, aliases included.
fn kind_of<'cx>(cx: &'cx Cx<'_>, ty: &Type) -> Option<&'cx TypeKind> {
    match ty {
        Type::Named(id) => Some(&cx.types[id.0].kind),
        Type::Any
        | Type::Null
        | Type::Boolean
        | Type::Integer(_)
        | Type::Number
        | Type::Text(_)
        | Type::List(_)
        | Type::Tuple(_)
        | Type::Map(_)
        | Type::Nullable(_)
        | Type::Boxed(_)
        | Type::Custom(_) => None,
    }
}

/// The places of schemas.
fn spans(cx: &Cx<'_>, ids: &[SchemaId]) -> Vec<Span> {
    ids.iter().map(|&id| cx.schema(id).span).collect()
}
