//! The `use` lines of a file: names are asked for where they are used, so that none is missing or idle.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The names that a file imports.
#[derive(Debug, Default)]
pub(super) struct Imports<'ir> {
    used: BTreeMap<(Origin, &'static str), BTreeSet<String>>,
    /// Names that the file defines itself: what else has such a name is written with its path.
    defined: HashSet<&'ir str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    Standard,
    Runtime,
    Module,
}

impl<'ir> Imports<'ir> {
    /// The imports of a file that defines some names itself.
    pub(super) fn beside(defined: HashSet<&'ir str>) -> Self {
        Self { defined, ..Self::default() }
    }

    /// A name of the standard library: `std("collections", "BTreeMap")`.
    pub(super) fn std(&mut self, path: &'static str, name: &'static str) -> TokenStream {
        self.take(Origin::Standard, path, name)
    }

    /// A name of the runtime crate; the path is empty for its root.
    pub(super) fn runtime(&mut self, path: &'static str, name: &'static str) -> TokenStream {
        self.take(Origin::Runtime, path, name)
    }

    /// A sibling module, or a name in it.
    pub(super) fn sibling(&mut self, path: &'static str, name: &'static str) -> TokenStream {
        self.take(Origin::Module, path, name)
    }

    /// A trait whose methods alone are used.
    pub(super) fn anonymous(&mut self, path: &'static str, name: &'static str) {
        self.take(Origin::Runtime, path, name);
    }

    /// A name of the runtime crate under another one: `Error as _`.
    pub(super) fn renamed(&mut self, path: &'static str, name: &str) {
        self.used.entry((Origin::Runtime, path)).or_default().insert(name.to_owned());
    }

    /// A name of the document in a sibling module.
    pub(super) fn sibling_named(&mut self, path: &'static str, name: &str) {
        self.used.entry((Origin::Module, path)).or_default().insert(name.to_owned());
    }

    fn take(&mut self, origin: Origin, path: &'static str, name: &'static str) -> TokenStream {
        let ident = Ident::new(name, Span::call_site());
        if !self.defined.contains(name) {
            self.used.entry((origin, path)).or_default().insert(name.to_owned());
            return quote! { #ident };
        }
        let path: TokenStream = full(origin, path).parse().expect("paths are constants of this crate");
        quote! { #path::#ident }
    }

    /// The `use` items, in the order of rustfmt.
    pub(super) fn items(&self) -> TokenStream {
        let mut items: Vec<_> = self
            .used
            .iter()
            .map(|((origin, path), names)| {
                let full = full(*origin, path);
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let text = match names.as_slice() {
                    [only] => format!("use {full}::{only};"),
                    several => format!("use {full}::{{{}}};", several.join(", ")),
                };
                (*origin, text)
            })
            .collect();
        items.sort();
        let items = items
            .iter()
            .map(|(_, text)| syn::parse_str::<TokenStream>(text).expect("names and paths are constants of this crate"));
        quote! { #(#items)* }
    }
}

fn full(origin: Origin, path: &str) -> String {
    let root = match origin {
        Origin::Standard => "std",
        Origin::Runtime => "stubwright",
        Origin::Module => "super",
    };
    if path.is_empty() { root.to_owned() } else { format!("{root}::{path}") }
}
