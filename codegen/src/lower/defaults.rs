//! Whether a value may be absent or null, and what takes its place.
//!
//! The one rule: a default is written only where its type holds it, which is known when all types are.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Node, Value, to_json_text};
use crate::ir::{Integer, Kind, Literal, Operation, Pick, Presence, Rest, Text, Type, TypeDefinition, TypeKind};
use crate::lower::context::Cx;
use crate::lower::types::Lowered;
use crate::model::{SchemaId, Schemas, integer};

/// The defaults of the document, by their JSON texts.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    nodes: HashMap<String, Node>,
}

/// Whether a property or parameter may be absent or null, and its default.
pub(super) fn presence(cx: &mut Cx<'_>, id: SchemaId, lowered: &Lowered, required: bool) -> Presence {
    let nullable = lowered.nullable && !matches!(lowered.ty, Type::Any | Type::Null);
    if required {
        return if nullable { Presence::RequiredNullable } else { Presence::Required };
    }
    match default(&cx.schemas, id).filter(|default| cx.schemas.admits(id, default)) {
        Some(default) => {
            let text = to_json_text(default);
            let node = default.clone();
            cx.defaults.nodes.insert(text.clone(), node);
            Presence::Default { value: Literal::Json(text), nullable }
        }
        None if nullable => Presence::OptionalNullable,
        None => Presence::Optional,
    }
}

/// A schema's own default, or that of the schema that it refers to.
fn default(schemas: &Schemas, id: SchemaId) -> Option<&Node> {
    let schema = schemas.get(schemas.resolve_until(id, |id| schemas.get(id).default.is_some()));
    schema.default.as_ref()
}

/// Chooses how each default is written, now that all types are known.
pub(super) fn settle(cx: &mut Cx<'_>, operations: &mut [Operation]) {
    let mut types = std::mem::take(&mut cx.types);
    let mut settled: Vec<(usize, usize, Presence)> = Vec::new();
    for (index, definition) in types.iter().enumerate() {
        let TypeKind::Struct { fields, .. } = &definition.kind else { continue };
        for (place, field) in fields.iter().enumerate() {
            if let Some(presence) = chosen(cx, &types, &field.ty, &field.presence) {
                settled.push((index, place, presence));
            }
        }
    }
    for (index, place, presence) in settled {
        if let TypeKind::Struct { fields, .. } = &mut types[index].kind {
            fields[place].presence = presence;
        }
    }
    for parameter in operations.iter_mut().flat_map(|operation| &mut operation.parameters) {
        if let Some(presence) = chosen(cx, &types, &parameter.ty, &parameter.presence) {
            parameter.presence = match presence {
                // A parameter is never null.
                Presence::Default { value: Literal::Null, .. } | Presence::OptionalNullable => Presence::Optional,
                other => other,
            };
        }
    }
    cx.types = types;
}

fn chosen(cx: &mut Cx<'_>, types: &[TypeDefinition], ty: &Type, presence: &Presence) -> Option<Presence> {
    let Presence::Default { value: Literal::Json(text), nullable } = presence else { return None };
    let nullable = *nullable;
    let node = cx.defaults.nodes.get(text)?;
    if let Some(value) = literal(types, node, ty, nullable) {
        return Some(Presence::Default { value, nullable });
    }
    let message = "this default cannot be held by the generated type";
    cx.sink.report(
        Diagnostic::new(Code::OutOfDomain, node.span, message)
            .label("a value that is absent stays absent")
            .help("integers have 64 bits unless `format` says otherwise, other numbers are 64-bit floats"),
    );
    Some(if nullable { Presence::OptionalNullable } else { Presence::Optional })
}

fn literal(types: &[TypeDefinition], value: &Node, ty: &Type, nullable: bool) -> Option<Literal> {
    match (&value.value, ty) {
        (Value::Null, Type::Any | Type::Null) => Some(Literal::Json("null".to_owned())),
        (Value::Null, _) => nullable.then_some(Literal::Null),
        (_, Type::Named(id)) => match &types[id.0].kind {
            TypeKind::Strings(variants) => {
                let text = value.as_str()?;
                let variant = variants.iter().find(|variant| variant.value == text)?;
                Some(Literal::Variant(*id, variant.name.clone()))
            }
            TypeKind::Integers(variants) => {
                let Value::Number(text) = &value.value else { return None };
                let number = integer(text)?;
                let variant = variants.iter().find(|variant| variant.value == number)?;
                Some(Literal::Variant(*id, variant.name.clone()))
            }
            TypeKind::Alias(target) if !matches!(target, Type::Named(target) if target == id) => {
                literal(types, value, target, nullable)
            }
            _ => json(types, value, ty),
        },
        (Value::String(text), Type::Text(Text::String)) => Some(Literal::String(text.clone())),
        (Value::Boolean(value), Type::Boolean) => Some(Literal::Boolean(*value)),
        (Value::Number(text), Type::Integer(width)) => {
            integer(text).filter(|&value| holds(*width, value)).map(Literal::Integer)
        }
        (Value::Number(text), Type::Number) => {
            text.parse().ok().filter(|number: &f64| number.is_finite()).map(Literal::Number)
        }
        (Value::Sequence(items), Type::List(_)) if items.is_empty() => Some(Literal::EmptyList),
        (Value::Mapping(entries), Type::Map(_)) if entries.is_empty() => Some(Literal::EmptyMap),
        _ => json(types, value, ty),
    }
}

fn json(types: &[TypeDefinition], value: &Node, ty: &Type) -> Option<Literal> {
    fits(types, value, ty, 64).then(|| Literal::Json(to_json_text(value)))
}

/// Whether a type certainly decodes a value.
fn fits(types: &[TypeDefinition], value: &Node, ty: &Type, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    match (ty, &value.value) {
        (Type::Any, _) | (Type::Null | Type::Nullable(_), Value::Null) | (Type::Boolean, Value::Boolean(_)) => true,
        (Type::Integer(width), Value::Number(text)) => integer(text).is_some_and(|value| holds(*width, value)),
        (Type::Number, Value::Number(text)) => text.parse().is_ok_and(|number: f64| number.is_finite()),
        (Type::Text(text), Value::String(value)) => text_fits(*text, value),
        (Type::List(item), Value::Sequence(items)) => items.iter().all(|value| fits(types, value, item, depth)),
        (Type::Tuple(all), Value::Sequence(items)) => {
            all.len() == items.len() && all.iter().zip(items).all(|(ty, value)| fits(types, value, ty, depth))
        }
        (Type::Map(item), Value::Mapping(entries)) => {
            entries.iter().all(|entry| fits(types, &entry.value, item, depth))
        }
        (Type::Nullable(inner) | Type::Boxed(inner), _) => fits(types, value, inner, depth),
        (Type::Named(id), _) => kind_fits(types, value, &types[id.0].kind, depth),
        (
            Type::Null
            | Type::Boolean
            | Type::Integer(_)
            | Type::Number
            | Type::Text(_)
            | Type::List(_)
            | Type::Tuple(_)
            | Type::Map(_)
            | Type::Custom(_),
            _,
        ) => false,
    }
}

fn kind_fits(types: &[TypeDefinition], value: &Node, kind: &TypeKind, depth: usize) -> bool {
    match (kind, &value.value) {
        (TypeKind::Struct { fields, left_out, rest }, Value::Mapping(entries)) => {
            let declared = fields.iter().all(|field| match (value.get(&field.key), &field.presence) {
                (None, presence) => !matches!(presence, Presence::Required | Presence::RequiredNullable),
                (Some(node), presence) => {
                    let null_allowed = matches!(
                        presence,
                        Presence::RequiredNullable
                            | Presence::OptionalNullable
                            | Presence::Default { nullable: true, .. }
                    );
                    (null_allowed && node.value == Value::Null) || fits(types, node, &field.ty, depth)
                }
            });
            let is_known = |key: &String| left_out.contains(key) || fields.iter().any(|field| field.key == *key);
            let others = || entries.iter().filter(|entry| !is_known(&entry.key.text));
            declared
                && match rest {
                    Rest::Ignored => true,
                    Rest::Refused => others().next().is_none(),
                    Rest::Kept { ty, .. } => others().all(|entry| fits(types, &entry.value, ty, depth)),
                }
        }
        (TypeKind::Strings(variants), Value::String(text)) => variants.iter().any(|variant| variant.value == *text),
        (TypeKind::Integers(variants), Value::Number(text)) => {
            integer(text).is_some_and(|number| variants.iter().any(|variant| variant.value == number))
        }
        (TypeKind::Values(variants), _) => variants.iter().any(|variant| variant.value == to_json_text(value)),
        (TypeKind::Union { variants, choice }, _) => {
            let rule = choice.rules.iter().find(|rule| rule.kinds.contains(&kind_of(&value.value)));
            let picked = rule.and_then(|rule| match (&rule.pick, value.as_str()) {
                (Pick::Variant(index), _) => Some(*index),
                (Pick::Value { values, otherwise }, Some(text)) => {
                    values.iter().find(|(known, _)| known == text).map(|&(_, index)| index).or(*otherwise)
                }
                _ => None,
            });
            picked.is_some_and(|index| fits(types, value, &variants[index].ty, depth))
        }
        (TypeKind::Alias(ty) | TypeKind::Newtype(ty), _) => fits(types, value, ty, depth),
        (TypeKind::Struct { .. } | TypeKind::Strings(_) | TypeKind::Integers(_) | TypeKind::AnyOf(_), _) => false,
    }
}

fn kind_of(value: &Value) -> Kind {
    match value {
        Value::Null => Kind::Null,
        Value::Boolean(_) => Kind::Boolean,
        Value::Number(text) if crate::model::is_integer(text) => Kind::Integer,
        Value::Number(_) => Kind::Number,
        Value::String(_) => Kind::String,
        Value::Sequence(_) => Kind::Array,
        Value::Mapping(_) => Kind::Object,
    }
}

fn holds(width: Integer, value: i64) -> bool {
    match width {
        Integer::I8 => i8::try_from(value).is_ok(),
        Integer::I16 => i16::try_from(value).is_ok(),
        Integer::I32 => i32::try_from(value).is_ok(),
        Integer::I64 => true,
        Integer::U8 => u8::try_from(value).is_ok(),
        Integer::U16 => u16::try_from(value).is_ok(),
        Integer::U32 => u32::try_from(value).is_ok(),
        Integer::U64 => u64::try_from(value).is_ok(),
    }
}

/// Whether a text is certainly one of a format; dates and encodings are not looked at.
fn text_fits(text: Text, value: &str) -> bool {
    match text {
        Text::String | Text::Binary => true,
        Text::Ipv4 => value.parse::<std::net::Ipv4Addr>().is_ok(),
        Text::Ipv6 => value.parse::<std::net::Ipv6Addr>().is_ok(),
        Text::Uuid => {
            value.len() == 36
                && value.char_indices().all(|(index, character)| match index {
                    8 | 13 | 18 | 23 => character == '-',
                    _ => character.is_ascii_hexdigit(),
                })
        }
        Text::DateTime | Text::Date | Text::Base64 => false,
    }
}
