//! Whether a value may be absent or null, and what takes its place.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Node, Value};
use crate::ir::{Literal, Presence, Type, TypeKind};
use crate::lower::Cx;
use crate::lower::types::{Lowered, unsupported};
use crate::model::{SchemaId, Schemas, integer};

/// Whether a property or parameter may be absent or null, and its default.
pub(super) fn of(cx: &mut Cx<'_>, id: SchemaId, lowered: &Lowered, required: bool) -> Presence {
    let nullable = lowered.nullable && lowered.ty != Type::Any;
    if required {
        return if nullable { Presence::RequiredNullable } else { Presence::Required };
    }
    match default(&cx.model.schemas, id).filter(|default| cx.model.schemas.admits(id, default)) {
        Some(default) => match literal(cx, default, &lowered.ty) {
            Some(value) => Presence::Default { value, nullable },
            None => {
                refuse(cx, default);
                Presence::Optional
            }
        },
        None if lowered.nullable => Presence::OptionalNullable,
        None => Presence::Optional,
    }
}

fn refuse(cx: &mut Cx<'_>, default: &Node) {
    if matches!(default.value, Value::Number(_)) {
        let message = "this default is beyond the numbers that the generated type holds";
        cx.sink.report(
            Diagnostic::new(Code::OutOfDomain, default.span, message)
                .help("integers have 32 bits with `format: int32` and 64 without, other numbers are 64-bit floats"),
        );
    } else {
        unsupported(cx, default.span, "a default of this type");
    }
}

/// A schema's own default, or that of the schema that it refers to.
fn default(schemas: &Schemas, id: SchemaId) -> Option<&Node> {
    let schema = schemas.get(schemas.resolve_until(id, |id| schemas.get(id).default.is_some()));
    schema.default.as_ref()
}

fn literal(cx: &Cx<'_>, value: &Node, ty: &Type) -> Option<Literal> {
    match (&value.value, ty) {
        (Value::Null, _) => Some(Literal::Null),
        (_, Type::Named(id)) => match &cx.types[id.0].kind {
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
            TypeKind::Alias(ty) => literal(cx, value, ty),
            TypeKind::Struct { .. } | TypeKind::Union(_) | TypeKind::Newtype(_) => None,
        },
        (Value::String(text), Type::String) => Some(Literal::String(text.clone())),
        (Value::Boolean(value), Type::Boolean) => Some(Literal::Boolean(*value)),
        (Value::Number(text), Type::Integer64) => integer(text).map(Literal::Integer),
        (Value::Number(text), Type::Integer32) => {
            integer(text).filter(|&value| i32::try_from(value).is_ok()).map(Literal::Integer)
        }
        (Value::Number(text), Type::Number) => {
            text.parse().ok().filter(|number: &f64| number.is_finite()).map(Literal::Number)
        }
        (Value::Sequence(items), Type::List(_)) if items.is_empty() => Some(Literal::EmptyList),
        (Value::Mapping(entries), Type::Map(_)) if entries.is_empty() => Some(Literal::EmptyMap),
        _ => None,
    }
}
