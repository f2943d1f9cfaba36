//! Enums of strings, of integers, and of scalars of several kinds.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Cx;
use crate::emit::docs::{code, doc};
use crate::emit::imports::Imports;
use crate::emit::types::{Home, integer, prelude, rust_type};
use crate::ir::{Docs, Scalar, Type, TypeDefinition, UnionVariant, Variant};

/// An enum whose values are strings.
pub(super) fn strings(
    cx: &Cx<'_>,
    definition: &TypeDefinition,
    variants: &[Variant<String>],
    imports: &mut Imports<'_>,
) -> TokenStream {
    let deserialize = imports.runtime("codegen::serde", "Deserialize");
    let serialize = imports.runtime("codegen::serde", "Serialize");
    let name = &definition.name;
    let docs = doc(&definition.docs, "One of some strings.");
    let members = variants.iter().map(|variant| {
        let (name, value) = (&variant.name, &variant.value);
        let docs = doc(&Docs::default(), &code(value));
        let rename = (name.as_str() != value).then(|| quote! { #[serde(rename = #value)] });
        quote! { #docs #rename #name, }
    });
    let arms = variants.iter().map(|variant| {
        let (name, value) = (&variant.name, &variant.value);
        quote! { Self::#name => #value, }
    });
    let all = variants.iter().map(|variant| &variant.name);
    let parameter = definition.in_parameter.then(|| {
        let parameter = imports.runtime("codegen", "Parameter");
        let expected = expected(variants.iter().map(|variant| variant.value.clone()));
        let option = prelude(cx, "Option", Home::Types);
        quote! {
            impl #parameter for #name {
                const EXPECTED: &'static str = #expected;

                fn parse(text: &str) -> #option<Self> {
                    Self::ALL.iter().copied().find(|value| value.as_str() == text)
                }
            }
        }
    });
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, #deserialize, Eq, Hash, PartialEq, #serialize)]
        #[serde(crate = "stubwright::codegen::serde")]
        pub enum #name { #(#members)* }

        impl #name {
            #[doc = " Every value, in the document's order."]
            pub const ALL: &'static [Self] = &[#(Self::#all),*];

            #[doc = " The value as it stands in the document."]
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { #(#arms)* }
            }
        }

        #parameter
    }
}

/// An enum whose values are integers.
pub(super) fn integers(
    cx: &Cx<'_>,
    definition: &TypeDefinition,
    variants: &[Variant<i64>],
    imports: &mut Imports<'_>,
) -> TokenStream {
    let serde = Serde::new(cx, imports);
    imports.renamed("codegen::serde::de", "Error as _");
    let name = &definition.name;
    let docs = doc(&definition.docs, "One of some integers.");
    let members = variants.iter().map(|variant| {
        let name = &variant.name;
        let docs = doc(&Docs::default(), &format!("`{}`", variant.value));
        quote! { #docs #name, }
    });
    let arms = variants.iter().map(|variant| {
        let name = &variant.name;
        let value = integer(variant.value);
        quote! { Self::#name => #value, }
    });
    let all = variants.iter().map(|variant| &variant.name);
    let expected = expected(variants.iter().map(|variant| variant.value.to_string()));
    let parameter = definition.in_parameter.then(|| {
        let parameter = imports.runtime("codegen", "Parameter");
        let option = prelude(cx, "Option", Home::Types);
        quote! {
            impl #parameter for #name {
                const EXPECTED: &'static str = #expected;

                fn parse(text: &str) -> #option<Self> {
                    let number = <i64 as #parameter>::parse(text)?;
                    Self::ALL.iter().copied().find(|value| value.value() == number)
                }
            }
        }
    });
    let message = format!("expected {expected}");
    let implementations = serde.implementations(
        name,
        &quote! { self.value().serialize(serializer) },
        &quote! {
            let number = i64::deserialize(deserializer)?;
            let value = Self::ALL.iter().copied().find(|value| value.value() == number);
            value.ok_or_else(|| D::Error::custom(#message))
        },
    );
    quote! {
        #docs
        #[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
        pub enum #name { #(#members)* }

        impl #name {
            #[doc = " Every value, in the document's order."]
            pub const ALL: &'static [Self] = &[#(Self::#all),*];

            #[doc = " The value as it stands in the document."]
            #[must_use]
            pub const fn value(self) -> i64 {
                match self { #(#arms)* }
            }
        }

        #implementations
        #parameter
    }
}

/// An enum with a variant per kind of scalar.
pub(super) fn union(
    cx: &Cx<'_>,
    definition: &TypeDefinition,
    variants: &[UnionVariant],
    imports: &mut Imports<'_>,
) -> TokenStream {
    let serde = Serde::new(cx, imports);
    let scalar = imports.runtime("codegen", "Scalar");
    imports.renamed("codegen::serde::de", "Error as _");
    let name = &definition.name;
    let docs = doc(&definition.docs, "A scalar of one of several kinds.");
    let members: Vec<TokenStream> = variants
        .iter()
        .map(|variant| {
            let name = &variant.name;
            let docs = doc(&Docs::default(), &format!("{}.", capitalized(words(variant.scalar))));
            let ty = rust_type(cx, &rust_scalar(variant.scalar), Home::Types, imports);
            quote! { #docs #name(#ty), }
        })
        .collect();
    let writes = variants.iter().map(|variant| {
        let name = &variant.name;
        quote! { Self::#name(value) => value.serialize(serializer), }
    });
    let has = |wanted: Scalar| variants.iter().find(|variant| variant.scalar == wanted);
    let mut refused = Vec::new();
    let mut reads = Vec::new();
    for (kind, pattern) in [
        (Scalar::String, quote! { String }),
        (Scalar::Integer, quote! { Integer }),
        (Scalar::Number, quote! { Number }),
        (Scalar::Boolean, quote! { Boolean }),
    ] {
        match has(kind) {
            Some(variant) => {
                let name = &variant.name;
                reads.push(quote! { #scalar::#pattern(value) => Ok(Self::#name(value)), });
                if kind == Scalar::Number {
                    reads.push(quote! {
                        #[allow(clippy::cast_precision_loss, reason = "a number is what an f64 holds of it")]
                        #scalar::Integer(value) => Ok(Self::#name(value as f64)),
                    });
                }
            }
            None if kind == Scalar::Integer && has(Scalar::Number).is_some() => {}
            None => refused.push(quote! { #scalar::#pattern(_) }),
        }
    }
    let kinds: Vec<&str> = variants.iter().map(|variant| words(variant.scalar)).collect();
    let message = format!("expected {}", kinds.join(" or "));
    let refuse = (!refused.is_empty()).then(|| quote! { #(#refused)|* => Err(D::Error::custom(#message)), });
    let implementations = serde.implementations(
        name,
        &quote! { match self { #(#writes)* } },
        &quote! { match #scalar::deserialize(deserializer)? { #(#reads)* #refuse } },
    );
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub enum #name { #(#members)* }

        #implementations
    }
}

/// The names that a hand-written implementation of serde's traits needs.
struct Serde {
    result: TokenStream,
    deserialize: TokenStream,
    deserializer: TokenStream,
    serialize: TokenStream,
    serializer: TokenStream,
}

impl Serde {
    fn new(cx: &Cx<'_>, imports: &mut Imports<'_>) -> Self {
        Self {
            result: prelude(cx, "Result", Home::Types),
            deserialize: imports.runtime("codegen::serde", "Deserialize"),
            deserializer: imports.runtime("codegen::serde", "Deserializer"),
            serialize: imports.runtime("codegen::serde", "Serialize"),
            serializer: imports.runtime("codegen::serde", "Serializer"),
        }
    }

    fn implementations(&self, name: &crate::ir::Ident, write: &TokenStream, read: &TokenStream) -> TokenStream {
        let Self { result, deserialize, deserializer, serialize, serializer } = self;
        quote! {
            impl #serialize for #name {
                fn serialize<S: #serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                    #write
                }
            }

            impl<'de> #deserialize<'de> for #name {
                fn deserialize<D: #deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                    #read
                }
            }
        }
    }
}

fn rust_scalar(scalar: Scalar) -> Type {
    match scalar {
        Scalar::String => Type::String,
        Scalar::Integer => Type::Integer64,
        Scalar::Number => Type::Number,
        Scalar::Boolean => Type::Boolean,
    }
}

fn words(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::String => "a string",
        Scalar::Integer => "an integer",
        Scalar::Number => "a number",
        Scalar::Boolean => "a boolean",
    }
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(characters).collect()
}

/// `one of a, b`, in words for a client.
fn expected(values: impl Iterator<Item = String>) -> String {
    let values: Vec<String> = values.collect();
    format!("one of {}", values.join(", "))
}
