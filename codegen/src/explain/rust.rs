//! Types of the [`Ir`](crate::ir::Ir) as people read them: without paths.

use crate::ir::{Presence, Text, Type, TypeDefinition};
use crate::lower::integer_name;

/// The type of a field that may be absent or null.
pub(crate) fn field_type(types: &[TypeDefinition], ty: &Type, presence: &Presence) -> String {
    let inner = rust_type(types, ty);
    match presence {
        Presence::Required | Presence::Default { nullable: false, .. } => inner,
        Presence::RequiredNullable | Presence::Optional | Presence::Default { nullable: true, .. } => {
            format!("Option<{inner}>")
        }
        Presence::OptionalNullable => format!("Maybe<{inner}>"),
    }
}

/// A type.
pub(crate) fn rust_type(types: &[TypeDefinition], ty: &Type) -> String {
    match ty {
        Type::Any => "Value".to_owned(),
        Type::Null => "Null".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Integer(width) => integer_name(*width).to_owned(),
        Type::Number => "f64".to_owned(),
        Type::Text(text) => text_name(*text).to_owned(),
        Type::List(inner) => format!("Vec<{}>", rust_type(types, inner)),
        Type::Tuple(items) => {
            let items: Vec<String> = items.iter().map(|item| rust_type(types, item)).collect();
            let comma = if items.len() == 1 { "," } else { "" };
            format!("({}{comma})", items.join(", "))
        }
        Type::Map(inner) => format!("BTreeMap<String, {}>", rust_type(types, inner)),
        Type::Nullable(inner) => format!("Option<{}>", rust_type(types, inner)),
        Type::Boxed(inner) => format!("Box<{}>", rust_type(types, inner)),
        Type::Named(id) => types[id.0].name.to_string(),
        Type::Custom(path) => path.clone(),
    }
}

const fn text_name(text: Text) -> &'static str {
    match text {
        Text::String => "String",
        Text::Uuid => "Uuid",
        Text::DateTime => "DateTime",
        Text::Date => "Date",
        Text::Ipv4 => "Ipv4Addr",
        Text::Ipv6 => "Ipv6Addr",
        Text::Base64 => "Base64",
        Text::Binary => "Binary",
    }
}
