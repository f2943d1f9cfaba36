//! Lints that names and sizes of the document would set off: allowed at the item that needs it, and nowhere else.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Field, Ident, Literal, Operation, Presence, Type};

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

/// For the function of a default: one that may also be null, or a number close to a constant of mathematics.
pub(super) fn default(value: &Literal, nullable: bool) -> Option<TokenStream> {
    let mut lints = Vec::new();
    if is_close_to_constant(value) {
        lints.push("approx_constant");
    }
    if nullable {
        lints.push("unnecessary_wraps");
    }
    allow(&lints)
}

/// Whether clippy may take a number for a rounded constant.
pub(super) fn is_close_to_constant(value: &Literal) -> bool {
    use std::f64::consts;
    const CONSTANTS: [f64; 19] = [
        consts::E,
        consts::FRAC_1_PI,
        consts::FRAC_1_SQRT_2,
        consts::FRAC_2_PI,
        consts::FRAC_2_SQRT_PI,
        consts::FRAC_PI_2,
        consts::FRAC_PI_3,
        consts::FRAC_PI_4,
        consts::FRAC_PI_6,
        consts::FRAC_PI_8,
        consts::LN_2,
        consts::LN_10,
        consts::LOG10_2,
        consts::LOG10_E,
        consts::LOG2_10,
        consts::LOG2_E,
        consts::PI,
        consts::SQRT_2,
        consts::TAU,
    ];
    match value {
        Literal::Number(number) => CONSTANTS.iter().any(|constant| (number.abs() - constant).abs() < 0.01),
        Literal::Null
        | Literal::String(_)
        | Literal::Boolean(_)
        | Literal::Integer(_)
        | Literal::Variant(_, _)
        | Literal::EmptyList
        | Literal::EmptyMap => false,
    }
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
    let defaults = operation.parameters.iter().filter_map(|parameter| match &parameter.presence {
        Presence::Default { value, .. } => Some(value),
        Presence::Required | Presence::RequiredNullable | Presence::Optional | Presence::OptionalNullable => None,
    });
    if defaults.into_iter().any(is_close_to_constant) {
        lints.push("approx_constant");
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
