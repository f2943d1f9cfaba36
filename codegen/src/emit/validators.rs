//! The tables that list every violation of a request body.
//!
//! They carry exactly what the types carry: the runtime reads them only when decoding has refused a body.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Cx;
use crate::emit::imports::Imports;
use crate::emit::types::{Home, integer};
use crate::ir::{Field, Presence, Scalar, Type, TypeDefinition, TypeKind};

/// The constant for a type of the document.
pub(super) fn definition(cx: &Cx<'_>, definition: &TypeDefinition, imports: &mut Imports<'_>) -> TokenStream {
    let schema = imports.runtime("codegen", "Schema");
    let (name, constant) = (&definition.name, &definition.check);
    let docs = format!(" What the values of `{name}` must be.");
    let table = match &definition.kind {
        TypeKind::Struct { fields, closed } => object(cx, fields, *closed, imports),
        TypeKind::Strings(variants) => {
            let values = variants.iter().map(|variant| &variant.value);
            quote! { #schema::Strings(&[#(#values),*]) }
        }
        TypeKind::Integers(variants) => {
            let values = variants.iter().map(|variant| integer(variant.value));
            quote! { #schema::Integers(&[#(#values),*]) }
        }
        TypeKind::Union(variants) => {
            let kinds = variants.iter().map(|variant| match variant.scalar {
                Scalar::String => quote! { #schema::String },
                Scalar::Integer => quote! { #schema::Integer64 },
                Scalar::Number => quote! { #schema::Number },
                Scalar::Boolean => quote! { #schema::Boolean },
            });
            quote! { #schema::Union(&[#(#kinds),*]) }
        }
        TypeKind::Alias(ty) | TypeKind::Newtype(ty) => table(cx, ty, Home::Types, imports),
    };
    quote! {
        #[doc = #docs]
        pub static #constant: #schema = #table;
    }
}

/// An expression of the type `&'static Schema`.
pub(super) fn check(cx: &Cx<'_>, ty: &Type, home: Home, imports: &mut Imports<'_>) -> TokenStream {
    match ty {
        Type::Named(id) => {
            let constant = &cx.ir.types[id.0].check;
            match home {
                Home::Types => quote! { &#constant },
                Home::Operations => {
                    let types = imports.sibling("", "types");
                    quote! { &#types::#constant }
                }
            }
        }
        Type::Boxed(inner) => check(cx, inner, home, imports),
        Type::Any
        | Type::String
        | Type::Boolean
        | Type::Integer32
        | Type::Integer64
        | Type::Number
        | Type::List(_)
        | Type::Map(_)
        | Type::Nullable(_) => {
            let table = table(cx, ty, home, imports);
            quote! { &#table }
        }
    }
}

/// An expression of the type `Schema`.
pub(super) fn table(cx: &Cx<'_>, ty: &Type, home: Home, imports: &mut Imports<'_>) -> TokenStream {
    let schema = imports.runtime("codegen", "Schema");
    match ty {
        Type::Any => quote! { #schema::Any },
        Type::String => quote! { #schema::String },
        Type::Boolean => quote! { #schema::Boolean },
        Type::Integer32 => quote! { #schema::Integer32 },
        Type::Integer64 => quote! { #schema::Integer64 },
        Type::Number => quote! { #schema::Number },
        Type::List(inner) => {
            let inner = check(cx, inner, home, imports);
            quote! { #schema::List(#inner) }
        }
        Type::Map(inner) => {
            let inner = check(cx, inner, home, imports);
            quote! { #schema::Map(#inner) }
        }
        Type::Nullable(inner) => {
            let inner = check(cx, inner, home, imports);
            quote! { #schema::Nullable(#inner) }
        }
        Type::Boxed(inner) => table(cx, inner, home, imports),
        // An alias of a named type: a table cannot be copied, so a reference to it stands in.
        Type::Named(_) => {
            let named = check(cx, ty, home, imports);
            quote! { #schema::Reference(#named) }
        }
    }
}

fn object(cx: &Cx<'_>, fields: &[Field], closed: bool, imports: &mut Imports<'_>) -> TokenStream {
    let schema = imports.runtime("codegen", "Schema");
    let properties: Vec<TokenStream> = fields
        .iter()
        .map(|field| {
            let property = imports.runtime("codegen", "Property");
            let key = &field.key;
            let (required, nullable) = match field.presence {
                Presence::Required => (true, false),
                Presence::RequiredNullable => (true, true),
                Presence::Optional => (false, false),
                Presence::OptionalNullable => (false, true),
                Presence::Default { nullable, .. } => (false, nullable),
            };
            let ty = if nullable { Type::Nullable(Box::new(field.ty.clone())) } else { field.ty.clone() };
            let check = check(cx, &ty, Home::Types, imports);
            quote! { #property { name: #key, required: #required, schema: #check } }
        })
        .collect();
    quote! { #schema::Object { properties: &[#(#properties),*], closed: #closed } }
}
