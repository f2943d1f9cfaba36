//! `type` and `format` enter, the scalar types of Rust leave.
//!
//! The one rule: a format chooses a type only where the type writes every value as it was read, as far as JSON can tell.

use stubwright_schema::arena::Format;

use crate::document::Value;
use crate::ir::{Integer, Text, Type};
use crate::model::{Schema, TypeSet};

/// The Rust type of a schema that allows one kind of scalar; `None` for arrays, objects and several kinds.
pub(crate) fn of(types: TypeSet, schema: &Schema) -> Option<Type> {
    let format = schema.format.as_ref().map(|format| format.value.as_str());
    Some(match types {
        TypeSet::NULL => Type::Null,
        TypeSet::BOOLEAN => Type::Boolean,
        TypeSet::INTEGER => Type::Integer(integer(format)),
        TypeSet::NUMBER => Type::Number,
        TypeSet::STRING => Type::Text(text(schema)),
        _ => return None,
    })
}

/// The formats of the OpenAPI format registry that name integers.
fn integer(format: Option<&str>) -> Integer {
    match format {
        Some("int8") => Integer::I8,
        Some("int16") => Integer::I16,
        Some("int32") => Integer::I32,
        Some("uint8") => Integer::U8,
        Some("uint16") => Integer::U16,
        Some("uint32") => Integer::U32,
        Some("uint64") => Integer::U64,
        Some(_) | None => Integer::I64,
    }
}

fn text(schema: &Schema) -> Text {
    let format = schema.format.as_ref().map(|format| format.value.as_str());
    let encoding = schema.content_encoding.as_ref().map(|encoding| encoding.value.as_str());
    match (format, encoding) {
        (Some("uuid"), _) => Text::Uuid,
        (Some("date-time"), _) => Text::DateTime,
        (Some("date"), _) => Text::Date,
        (Some("ipv4"), _) => Text::Ipv4,
        (Some("ipv6"), _) => Text::Ipv6,
        (Some("byte"), _) | (_, Some("base64")) => Text::Base64,
        (Some("binary"), _) => Text::Binary,
        (Some(_) | None, _) => Text::String,
    }
}

/// The format that the type of a text enforces.
pub(super) fn enforced(text: Text) -> Option<Format> {
    match text {
        Text::String | Text::Binary | Text::Base64 => None,
        Text::Uuid => Some(Format::Uuid),
        Text::DateTime => Some(Format::DateTime),
        Text::Date => Some(Format::Date),
        Text::Ipv4 => Some(Format::Ipv4),
        Text::Ipv6 => Some(Format::Ipv6),
    }
}

/// What the Rust type of a schema's scalars can hold, as the check of values names it.
pub(crate) fn domain(schema: &Schema) -> Option<&'static str> {
    if schema.values.is_some() || schema.constant.is_some() {
        return None;
    }
    if let Some(integer) = integer_domain(schema) {
        return Some(name(integer));
    }
    let types = schema.types.without(TypeSet::NULL);
    let has = |set: TypeSet| schema.types != TypeSet::ANY && types.contains(set);
    if has(TypeSet::STRING) {
        return match text(schema) {
            Text::String | Text::Binary => None,
            Text::Uuid => Some("uuid"),
            Text::DateTime => Some("date-time"),
            Text::Date => Some("date"),
            Text::Ipv4 => Some("ipv4"),
            Text::Ipv6 => Some("ipv6"),
            Text::Base64 => Some("base64"),
        };
    }
    has(TypeSet::NUMBER).then_some("f64")
}

/// The type that carries the numbers of a schema, where they are integers.
pub(crate) fn integer_domain(schema: &Schema) -> Option<Integer> {
    let has = |set: TypeSet| schema.types != TypeSet::ANY && schema.types.contains(set);
    let is_listed = schema.values.is_some() || schema.constant.is_some();
    let format = schema.format.as_ref().map(|format| format.value.as_str());
    (!is_listed && has(TypeSet::INTEGER) && !has(TypeSet::NUMBER)).then(|| integer(format))
}

/// The name of an integer type, in Rust and in checks.
pub(crate) fn name(integer: Integer) -> &'static str {
    match integer {
        Integer::I8 => "i8",
        Integer::I16 => "i16",
        Integer::I32 => "i32",
        Integer::I64 => "i64",
        Integer::U8 => "u8",
        Integer::U16 => "u16",
        Integer::U32 => "u32",
        Integer::U64 => "u64",
    }
}

/// The JSON type of a value.
pub(super) fn type_of(value: &Value) -> TypeSet {
    match value {
        Value::Null => TypeSet::NULL,
        Value::Boolean(_) => TypeSet::BOOLEAN,
        Value::Number(text) if crate::model::is_integer(text) => TypeSet::INTEGER,
        Value::Number(_) => TypeSet::NUMBER,
        Value::String(_) => TypeSet::STRING,
        Value::Sequence(_) => TypeSet::ARRAY,
        Value::Mapping(_) => TypeSet::OBJECT,
    }
}
