//! `types.rs`: the types of the document.

use proc_macro2::{Ident, Literal as Constant, Span, TokenStream};
use quote::quote;

use crate::emit::docs::{code, doc};
use crate::emit::imports::Imports;
use crate::emit::{Cx, lints, scalars, validators};
use crate::ir::{Field, Ident as Name, Literal, Presence, Type, TypeDefinition, TypeKind};

/// Which module a type is named in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// `types` itself.
    Types,
    /// A sibling of `types`.
    Operations,
}

pub(super) fn emit(cx: &Cx<'_>) -> TokenStream {
    let mut imports = Imports::beside(cx.hidden.clone());
    let items: Vec<TokenStream> =
        cx.ir.types.iter().map(|definition| self::definition(cx, definition, &mut imports)).collect();
    let imports = imports.items();
    quote! { #imports #(#items)* }
}

fn definition(cx: &Cx<'_>, definition: &TypeDefinition, imports: &mut Imports<'_>) -> TokenStream {
    let name = &definition.name;
    let item = match &definition.kind {
        TypeKind::Struct { fields, closed } => object(cx, definition, fields, *closed, imports),
        TypeKind::Strings(variants) => scalars::strings(cx, definition, variants, imports),
        TypeKind::Integers(variants) => scalars::integers(cx, definition, variants, imports),
        TypeKind::Union(variants) => scalars::union(cx, definition, variants, imports),
        TypeKind::Alias(ty) => {
            let docs = doc(&definition.docs, &format!("Another name of `{}`.", plain(cx, ty)));
            let ty = rust_type(cx, ty, Home::Types, imports);
            quote! { #docs pub type #name = #ty; }
        }
        TypeKind::Newtype(ty) => {
            let docs = doc(&definition.docs, "A recursive type.");
            let derives = derives(imports);
            let ty = rust_type(cx, ty, Home::Types, imports);
            quote! { #docs #derives #[serde(transparent)] pub struct #name(pub #ty); }
        }
    };
    let check = definition.in_request_body.then(|| validators::definition(cx, definition, imports));
    quote! { #item #check }
}

/// The derives of a type that is serialised as it stands.
pub(super) fn derives(imports: &mut Imports<'_>) -> TokenStream {
    let deserialize = imports.runtime("codegen::serde", "Deserialize");
    let serialize = imports.runtime("codegen::serde", "Serialize");
    quote! {
        #[derive(Clone, Debug, #deserialize, #serialize)]
        #[serde(crate = "stubwright::codegen::serde")]
    }
}

fn object(
    cx: &Cx<'_>,
    definition: &TypeDefinition,
    fields: &[Field],
    closed: bool,
    imports: &mut Imports<'_>,
) -> TokenStream {
    let name = &definition.name;
    let docs = doc(&definition.docs, "An object of the document.");
    let derives = derives(imports);
    let closed = closed.then(|| quote! { #[serde(deny_unknown_fields)] });
    let members: Vec<TokenStream> = fields.iter().map(|field| member(cx, name, field, imports)).collect();
    let defaults: Vec<TokenStream> = fields.iter().filter_map(|field| default_function(cx, field, imports)).collect();
    let defaults = (!defaults.is_empty()).then(|| quote! { impl #name { #(#defaults)* } });
    let lints = lints::flags(lints::of_fields(fields));
    quote! {
        #docs
        #lints
        #derives
        #closed
        pub struct #name { #(#members)* }

        #defaults
    }
}

fn member(cx: &Cx<'_>, owner: &Name, field: &Field, imports: &mut Imports<'_>) -> TokenStream {
    let name = &field.name;
    let docs = doc(&field.docs, &format!("The property {}.", code(&field.key)));
    let ty = field_type(cx, &field.ty, &field.presence, Home::Types, imports);
    let attributes = attributes(cx, owner, field, imports);
    let serde = (!attributes.is_empty()).then(|| quote! { #[serde(#(#attributes),*)] });
    quote! { #docs #serde pub #name: #ty, }
}

fn attributes(cx: &Cx<'_>, owner: &Name, field: &Field, imports: &mut Imports<'_>) -> Vec<TokenStream> {
    let mut attributes = Vec::new();
    let key = &field.key;
    if field.name.as_str() != key {
        attributes.push(quote! { rename = #key });
    }
    match &field.presence {
        Presence::Required | Presence::RequiredNullable => {}
        Presence::Optional | Presence::OptionalNullable => attributes.push(quote! { default }),
        Presence::Default { value, nullable } if is_rust_default(value, *nullable) => {
            attributes.push(quote! { default });
        }
        Presence::Default { .. } => {
            let function = format!("{owner}::{}", default_name(field));
            attributes.push(quote! { default = #function });
        }
    }
    let option = path_text(&prelude(cx, "Option", Home::Types));
    match &field.presence {
        // Without a function of its own, serde takes an absent `Option` for null.
        Presence::RequiredNullable => {
            let deserialize = format!("{option}::deserialize");
            attributes.push(quote! { deserialize_with = #deserialize });
        }
        Presence::Optional => {
            // And null for an absent one.
            let some = path_text(&imports.runtime("codegen", "some"));
            let is_none = format!("{option}::is_none");
            attributes.push(quote! { deserialize_with = #some });
            attributes.push(quote! { skip_serializing_if = #is_none });
        }
        Presence::OptionalNullable => {
            let is_absent = format!("{}::is_absent", path_text(&imports.runtime("", "Maybe")));
            attributes.push(quote! { skip_serializing_if = #is_absent });
        }
        Presence::Required | Presence::Default { .. } => {}
    }
    attributes
}

/// A path as it stands in an attribute of serde.
fn path_text(path: &TokenStream) -> String {
    path.to_string().replace(' ', "")
}

/// Whether a default is what `Default` gives, too.
fn is_rust_default(value: &Literal, nullable: bool) -> bool {
    match value {
        Literal::Null => true,
        Literal::EmptyList | Literal::EmptyMap => !nullable,
        Literal::String(_)
        | Literal::Boolean(_)
        | Literal::Integer(_)
        | Literal::Number(_)
        | Literal::Variant(_, _) => false,
    }
}

fn default_name(field: &Field) -> Ident {
    Ident::new(&format!("default_{}", field.name.as_str().trim_end_matches('_')), Span::call_site())
}

/// The function that serde calls for an absent property.
fn default_function(cx: &Cx<'_>, field: &Field, imports: &mut Imports<'_>) -> Option<TokenStream> {
    let Presence::Default { value, nullable } = &field.presence else { return None };
    if is_rust_default(value, *nullable) {
        return None;
    }
    let name = default_name(field);
    let ty = field_type(cx, &field.ty, &field.presence, Home::Types, imports);
    let lints = lints::default(value, *nullable);
    let value = literal(cx, value, Home::Types, imports);
    let value = if *nullable {
        quote! { Some(#value) }
    } else {
        value
    };
    Some(quote! { #lints fn #name() -> #ty { #value } })
}

/// The type of a field that may be absent or null.
pub(super) fn field_type(
    cx: &Cx<'_>,
    ty: &Type,
    presence: &Presence,
    home: Home,
    imports: &mut Imports<'_>,
) -> TokenStream {
    let inner = rust_type(cx, ty, home, imports);
    match presence {
        Presence::Required | Presence::Default { nullable: false, .. } => inner,
        Presence::RequiredNullable | Presence::Optional | Presence::Default { nullable: true, .. } => {
            let option = prelude(cx, "Option", home);
            quote! { #option<#inner> }
        }
        Presence::OptionalNullable => {
            let maybe = imports.runtime("", "Maybe");
            quote! { #maybe<#inner> }
        }
    }
}

/// A type as it is written in a module.
pub(super) fn rust_type(cx: &Cx<'_>, ty: &Type, home: Home, imports: &mut Imports<'_>) -> TokenStream {
    let generic = |name: &str, inner: TokenStream| {
        let name = prelude(cx, name, home);
        quote! { #name<#inner> }
    };
    match ty {
        Type::Any => {
            let value = imports.runtime("codegen", "Value");
            quote! { #value }
        }
        Type::String => prelude(cx, "String", home),
        Type::Boolean => quote! { bool },
        Type::Integer32 => quote! { i32 },
        Type::Integer64 => quote! { i64 },
        Type::Number => quote! { f64 },
        Type::List(inner) => generic("Vec", rust_type(cx, inner, home, imports)),
        Type::Nullable(inner) => generic("Option", rust_type(cx, inner, home, imports)),
        Type::Boxed(inner) => generic("Box", rust_type(cx, inner, home, imports)),
        Type::Map(inner) => {
            let map = imports.std("collections", "BTreeMap");
            let string = prelude(cx, "String", home);
            let inner = rust_type(cx, inner, home, imports);
            quote! { #map<#string, #inner> }
        }
        Type::Named(id) => {
            let name = &cx.ir.types[id.0].name;
            match home {
                Home::Types => quote! { #name },
                Home::Operations => {
                    let types = imports.sibling("", "types");
                    quote! { #types::#name }
                }
            }
        }
    }
}

/// A name of the prelude, with its path where a type of the document hides it.
pub(super) fn prelude(cx: &Cx<'_>, name: &str, home: Home) -> TokenStream {
    let ident = Ident::new(name, Span::call_site());
    if home == Home::Operations || !cx.hidden.contains(name) {
        return quote! { #ident };
    }
    match name {
        "String" => quote! { std::string::String },
        "Vec" => quote! { std::vec::Vec },
        "Box" => quote! { std::boxed::Box },
        "Result" => quote! { std::result::Result },
        _ => quote! { std::option::#ident },
    }
}

/// A type in words for documentation.
fn plain(cx: &Cx<'_>, ty: &Type) -> String {
    rust_type(cx, ty, Home::Types, &mut Imports::default()).to_string().replace(' ', "")
}

/// A constant as an expression.
pub(super) fn literal(cx: &Cx<'_>, value: &Literal, home: Home, imports: &mut Imports<'_>) -> TokenStream {
    match value {
        Literal::Null => quote! { None },
        Literal::String(text) if text.is_empty() => {
            let string = prelude(cx, "String", home);
            quote! { #string::new() }
        }
        Literal::String(text) => quote! { #text.to_owned() },
        Literal::Boolean(value) => quote! { #value },
        Literal::Integer(value) => integer(*value),
        Literal::Number(value) => number(*value),
        Literal::Variant(id, variant) => {
            let ty = rust_type(cx, &Type::Named(*id), home, imports);
            quote! { #ty::#variant }
        }
        Literal::EmptyList => {
            let vec = prelude(cx, "Vec", home);
            quote! { #vec::new() }
        }
        Literal::EmptyMap => {
            let map = imports.std("collections", "BTreeMap");
            quote! { #map::new() }
        }
    }
}

/// An integer as people write it: `1_000_000`.
pub(super) fn integer(value: i64) -> TokenStream {
    let digits = grouped(&value.unsigned_abs().to_string());
    constant(value < 0, &digits)
}

/// A number as people write it: `0.123_456`, `1e300`.
fn number(value: f64) -> TokenStream {
    let text = format!("{:?}", value.abs());
    let (mantissa, exponent) = text.split_once('e').map_or((text.as_str(), None), |(left, right)| (left, Some(right)));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut digits = grouped(whole);
    if !fraction.is_empty() {
        let chunks: Vec<&str> =
            (0..fraction.len()).step_by(3).map(|at| &fraction[at..fraction.len().min(at + 3)]).collect();
        digits = format!("{digits}.{}", if fraction.len() > 5 { chunks.join("_") } else { fraction.to_owned() });
    }
    if let Some(exponent) = exponent {
        digits = format!("{digits}e{exponent}");
    }
    constant(value.is_sign_negative(), &digits)
}

/// Long rows of digits in groups of three.
fn grouped(digits: &str) -> String {
    if digits.len() <= 5 {
        return digits.to_owned();
    }
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

fn constant(negative: bool, digits: &str) -> TokenStream {
    let digits: Constant = digits.parse().expect("digits are a literal");
    let sign = negative.then(|| quote! { - });
    quote! { #sign #digits }
}
