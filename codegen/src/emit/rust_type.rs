//! Rust types and constants as text.

use crate::emit::Cx;
use crate::emit::imports::Imports;
use crate::emit::text::{integer, literal as string, number};
use crate::ir::{Integer, Literal, Presence, Rest, Text, Type, TypeId, TypeKind};

/// Which module a type is named in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// `types` itself, or a file that imports all of it.
    Types,
    /// A sibling of `types`.
    Operations,
}

/// The type of a field that may be absent or null.
pub(super) fn field_type(cx: &Cx<'_>, ty: &Type, presence: &Presence, home: Home, imports: &mut Imports<'_>) -> String {
    let inner = rust_type(cx, ty, home, imports);
    match presence {
        Presence::Required | Presence::Default { nullable: false, .. } => inner,
        Presence::RequiredNullable | Presence::Optional | Presence::Default { nullable: true, .. } => {
            format!("{}<{inner}>", imports.prelude("std::option::Option"))
        }
        Presence::OptionalNullable => format!("{}<{inner}>", imports.take("stubwright::Maybe")),
    }
}

/// A type as it is written in a module.
pub(super) fn rust_type(cx: &Cx<'_>, ty: &Type, home: Home, imports: &mut Imports<'_>) -> String {
    match ty {
        Type::Any => imports.take("stubwright::codegen::Value").to_owned(),
        Type::Null => imports.take("stubwright::Null").to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Integer(width) => integer_type(*width).to_owned(),
        Type::Number => "f64".to_owned(),
        Type::Text(text) => text_type(*text, imports).to_owned(),
        Type::List(inner) => {
            format!("{}<{}>", imports.prelude("std::vec::Vec"), rust_type(cx, inner, home, imports))
        }
        Type::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|item| rust_type(cx, item, home, imports)).collect();
            match items.as_slice() {
                [only] => format!("({only},)"),
                several => format!("({})", several.join(", ")),
            }
        }
        Type::Map(inner) => {
            let inner = rust_type(cx, inner, home, imports);
            let string = imports.prelude("std::string::String");
            format!("{}<{string}, {inner}>", imports.take("std::collections::BTreeMap"))
        }
        Type::Nullable(inner) => {
            format!("{}<{}>", imports.prelude("std::option::Option"), rust_type(cx, inner, home, imports))
        }
        Type::Boxed(inner) => {
            format!("{}<{}>", imports.prelude("std::boxed::Box"), rust_type(cx, inner, home, imports))
        }
        Type::Named(id) => named(cx, *id, home, imports),
        Type::Custom(path) => path.clone(),
    }
}

fn named(cx: &Cx<'_>, id: TypeId, home: Home, imports: &mut Imports<'_>) -> String {
    let name = cx.ir.types[id.0].name.as_str();
    match home {
        Home::Types => name.to_owned(),
        Home::Operations => format!("{}::{name}", imports.take("super::types")),
    }
}

fn integer_type(width: Integer) -> &'static str {
    match width {
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

fn text_type(text: Text, imports: &mut Imports<'_>) -> &'static str {
    match text {
        Text::String => imports.prelude("std::string::String"),
        Text::Uuid => imports.take("stubwright::codegen::Uuid"),
        Text::DateTime => imports.take("stubwright::codegen::DateTime"),
        Text::Date => imports.take("stubwright::codegen::Date"),
        Text::Ipv4 => imports.take("std::net::Ipv4Addr"),
        Text::Ipv6 => imports.take("std::net::Ipv6Addr"),
        Text::Base64 => imports.take("stubwright::Base64"),
        Text::Binary => imports.take("stubwright::Binary"),
    }
}

/// How a field that may be absent or null is read: the mode that the runtime's macros know, with its default.
pub(super) fn mode(cx: &Cx<'_>, presence: &Presence, home: Home, imports: &mut Imports<'_>) -> String {
    match presence {
        Presence::Required | Presence::RequiredNullable => "required".to_owned(),
        Presence::Optional => "optional".to_owned(),
        Presence::OptionalNullable => "maybe".to_owned(),
        Presence::Default { value: Literal::Null, .. } => "default(None)".to_owned(),
        Presence::Default { value, nullable: true } => format!("default(Some({}))", literal(cx, value, home, imports)),
        Presence::Default { value, nullable: false } => format!("default({})", literal(cx, value, home, imports)),
    }
}

/// A constant as an expression.
fn literal(cx: &Cx<'_>, value: &Literal, home: Home, imports: &mut Imports<'_>) -> String {
    match value {
        Literal::Null => "None".to_owned(),
        Literal::String(text) if text.is_empty() => format!("{}::new()", imports.prelude("std::string::String")),
        Literal::String(text) => format!("{}.to_owned()", string(text)),
        Literal::Boolean(value) => value.to_string(),
        Literal::Integer(value) => integer(*value),
        Literal::Number(value) => number(*value),
        Literal::Variant(id, variant) => format!("{}::{variant}", named(cx, *id, home, imports)),
        Literal::EmptyList => format!("{}::new()", imports.prelude("std::vec::Vec")),
        Literal::EmptyMap => format!("{}::new()", imports.take("std::collections::BTreeMap")),
        Literal::Json(text) => format!("{}({})", imports.take("stubwright::codegen::decoded"), string(text)),
    }
}

/// How many values a text has to be split into before a value of a type can be read from it, in the runtime's words.
pub(super) fn shape(cx: &Cx<'_>, ty: &Type) -> &'static str {
    match resolve(cx, ty) {
        Some(Resolved::Type(ty)) => match ty {
            Type::Null | Type::Boolean | Type::Integer(_) | Type::Number | Type::Text(_) => "Scalar",
            Type::List(_) | Type::Tuple(_) => "List",
            Type::Map(_) => "Object",
            Type::Any | Type::Custom(_) | Type::Nullable(_) | Type::Boxed(_) | Type::Named(_) => "Any",
        },
        Some(Resolved::Definition(kind)) => match kind {
            TypeKind::Struct { .. } => "Object",
            TypeKind::Strings(_) | TypeKind::Integers(_) => "Scalar",
            TypeKind::Values(_)
            | TypeKind::Union { .. }
            | TypeKind::AnyOf(_)
            | TypeKind::Alias(_)
            | TypeKind::Newtype(_) => "Any",
        },
        None => "Any",
    }
}

/// The shape of a property of a type.
pub(super) fn property_shape(cx: &Cx<'_>, ty: &Type, key: &str) -> &'static str {
    match resolve(cx, ty) {
        Some(Resolved::Definition(TypeKind::Struct { fields, .. })) => {
            fields.iter().find(|field| field.key == key).map_or("Any", |field| shape(cx, &field.ty))
        }
        _ => "Any",
    }
}

/// The keys of an object that has no others.
pub(super) fn properties<'ir>(cx: &Cx<'ir>, ty: &'ir Type) -> Option<Vec<&'ir str>> {
    match resolve(cx, ty)? {
        Resolved::Definition(TypeKind::Struct { fields, rest: Rest::Ignored | Rest::Refused, .. }) => {
            Some(fields.iter().map(|field| field.key.as_str()).collect())
        }
        _ => None,
    }
}

/// What a type is behind its other names.
enum Resolved<'ir> {
    Type(&'ir Type),
    Definition(&'ir TypeKind),
}

/// Nothing where a faulty table has a circle of names.
fn resolve<'ir>(cx: &Cx<'ir>, mut ty: &'ir Type) -> Option<Resolved<'ir>> {
    for _ in 0..=cx.ir.types.len() {
        match ty {
            Type::Nullable(inner) | Type::Boxed(inner) => ty = inner,
            Type::Named(id) => match &cx.ir.types[id.0].kind {
                TypeKind::Alias(inner) | TypeKind::Newtype(inner) => ty = inner,
                kind => return Some(Resolved::Definition(kind)),
            },
            ty => return Some(Resolved::Type(ty)),
        }
    }
    None
}
