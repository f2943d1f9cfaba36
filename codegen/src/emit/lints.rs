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

/// The attribute of an item outside of these modules whose documentation is the document's, if clippy might take a word of
/// it for code.
pub(super) fn of_documentation(text: &str) -> &'static str {
    let is_like_code = |word: &str| {
        word.contains(['_', ':']) || word.chars().filter(char::is_ascii_uppercase).count() > 1 && word != "API"
    };
    if text.split_whitespace().any(is_like_code) {
        "#[allow(clippy::doc_markdown, reason = \"the document's words\")]\n"
    } else {
        ""
    }
}
