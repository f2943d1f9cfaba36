//! Lints that names, texts and sizes of the document may set off, by file: an attribute above each module.
//!
//! The one rule: a fixed list. What a lint will say of a document nobody can foretell, and one `allow` per item that it
//! might speak of would be more lines than the items.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Reach;

/// The attribute above a module, if it needs one.
pub(super) fn of(file: &str, reach: Reach) -> Option<TokenStream> {
    let own = match file {
        "examples" => quote! { clippy::doc_markdown, clippy::too_many_lines, },
        "json" => quote! { clippy::approx_constant, clippy::wildcard_imports, },
        "callbacks" | "operations" | "webhooks" => quote! {
            clippy::approx_constant,
            clippy::disallowed_names,
            clippy::doc_link_with_quotes,
            clippy::doc_markdown,
            clippy::large_enum_variant,
            clippy::many_single_char_names,
            clippy::similar_names,
            clippy::struct_excessive_bools,
            clippy::too_many_lines,
            clippy::type_complexity,
        },
        "router" => quote! {
            clippy::large_futures,
            clippy::similar_names,
            clippy::too_many_arguments,
            clippy::too_many_lines,
        },
        "traits" => quote! { clippy::doc_link_with_quotes, clippy::doc_markdown, clippy::wrong_self_convention, },
        "types" => quote! {
            clippy::doc_link_with_quotes,
            clippy::doc_markdown,
            clippy::large_enum_variant,
            clippy::struct_excessive_bools,
            clippy::type_complexity,
            clippy::zero_sized_map_values,
        },
        _ => quote! {},
    };
    // Of public items clippy takes any name, and the compiler that nobody uses them.
    let private = match (reach, file) {
        (Reach::Public, _) => quote! {},
        (Reach::Unknown, "callbacks" | "operations" | "types" | "webhooks") => quote! {
            clippy::enum_variant_names,
            clippy::struct_field_names,
            clippy::upper_case_acronyms,
            dead_code,
        },
        (Reach::Unknown, _) => quote! { dead_code, },
    };
    if own.is_empty() && private.is_empty() {
        return None;
    }
    Some(quote! { #[allow(#own #private reason = "the document's names, texts and sizes")] })
}

/// The attribute above the module of a document: its documentation is the document's, where clippy might take a word for
/// code, and its name is the user's, which one of our modules in it may have, too.
pub(super) fn of_module(name: &str, docs: &str) -> String {
    let is_like_code = |word: &str| {
        word.contains(['_', ':']) || word.chars().filter(char::is_ascii_uppercase).count() > 1 && word != "API"
    };
    let words = docs.split_whitespace().any(is_like_code).then_some("clippy::doc_markdown");
    let repeated = FILES.contains(&name).then_some("clippy::module_inception");
    let lints: Vec<&str> = words.into_iter().chain(repeated).collect();
    if lints.is_empty() {
        return String::new();
    }
    format!("#[allow({}, reason = \"the document's words and name\")]\n", lints.join(", "))
}

/// The modules that the module of a document may have.
const FILES: [&str; 9] =
    ["callbacks", "examples", "json", "operations", "router", "texts", "traits", "types", "webhooks"];
