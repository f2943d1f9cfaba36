//! Lints that names and sizes of the document would set off: allowed at the item that needs it, and nowhere else.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Field, Ident, Operation, Presence, Type};

/// For a module of which a server may use only a part: in a private module the compiler would say so.
pub(super) fn of_code() -> TokenStream {
    quote! { #[allow(dead_code, reason = "a server need not use everything")] }
}

/// Like [`of_code`], for a module whose names the document chooses; of public items clippy takes any name.
pub(super) fn of_names() -> TokenStream {
    quote! {
        #[allow(
            dead_code,
            clippy::enum_variant_names,
            clippy::struct_field_names,
            clippy::upper_case_acronyms,
            reason = "a server need not use everything, and the names are the document's"
        )]
    }
}

/// The attribute that allows some of clippy's lints; nothing where there are none.
fn allow(lints: &[&str]) -> Option<TokenStream> {
    if lints.is_empty() {
        return None;
    }
    let lints: Vec<TokenStream> =
        lints.iter().map(|lint| format!("clippy::{lint}").parse().expect("the path of a lint")).collect();
    Some(quote! { #[allow(#(#lints),*, reason = "the document has it so")] })
}

/// For the function of a default that may also be null.
pub(super) fn wrapped(nullable: bool) -> Option<TokenStream> {
    allow(if nullable { &["unnecessary_wraps"] } else { &[] })
}

/// For the constructor with a parameter per trait.
pub(super) fn constructor(variables: &[&Ident], secured: bool, operations: usize) -> Option<TokenStream> {
    let mut lints = Vec::new();
    let names: Vec<&str> = variables.iter().map(|name| name.as_str()).collect();
    if are_similar(&names, if secured { &["security"] } else { &[] }) {
        lints.push("similar_names");
    }
    if variables.len() + usize::from(secured) > 7 {
        lints.push("too_many_arguments");
    }
    // Six lines for a route, and no more than a hundred in all.
    if operations > 15 {
        lints.push("too_many_lines");
    }
    allow(&lints)
}

/// For the function that takes an operation's requests to the handler.
pub(super) fn call(operation: &Operation, locals: &[String]) -> Option<TokenStream> {
    let mut lints = Vec::new();
    let own = ["api", "credential", "denied", "found", "incoming", "operation", "principal", "request", "response"];
    let names: Vec<&str> = locals.iter().map(String::as_str).collect();
    if are_similar(&names, &own) {
        lints.push("similar_names");
    }
    // Six lines for a field at most, and three dozen for who is calling.
    if operation.parameters.len() > 10 {
        lints.push("too_many_lines");
    }
    allow(&lints)
}

/// For a method that a document names like a conversion.
pub(super) fn method(name: &Ident) -> Option<TokenStream> {
    let name = name.as_str();
    let conversion =
        name.starts_with("from_") || name.starts_with("into_") || (name.starts_with("to_") && name.ends_with("_mut"));
    allow(if conversion { &["wrong_self_convention"] } else { &[] })
}

/// For a struct of many flags.
pub(super) fn flags<'ir>(fields: impl Iterator<Item = (&'ir Type, &'ir Presence)>) -> Option<TokenStream> {
    let is_flag = |(ty, presence): &(&Type, &Presence)| {
        **ty == Type::Boolean && matches!(presence, Presence::Required | Presence::Default { nullable: false, .. })
    };
    allow(if fields.filter(is_flag).count() > 3 { &["struct_excessive_bools"] } else { &[] })
}

/// The fields of an object, for [`flags`].
pub(super) fn of_fields(fields: &[Field]) -> impl Iterator<Item = (&Type, &Presence)> {
    fields.iter().map(|field| (&field.ty, &field.presence))
}

/// Whether a reader may take two names for each other, or one for a name of ours. It answers yes a little more often than
/// the lint.
fn are_similar(names: &[&str], ours: &[&str]) -> bool {
    let similar = |one: &str, other: &str| one != other && strsim::levenshtein(one, other) <= 2;
    let before = |index: usize| names[..index].iter().chain(ours);
    names.iter().enumerate().any(|(index, one)| before(index).any(|other| similar(one, other)))
}
