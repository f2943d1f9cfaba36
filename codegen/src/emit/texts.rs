//! `texts.rs`: the document, and the table of its texts.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Module;
use crate::emit::imports::Imports;
use crate::emit::operations::error_shape;

pub(super) fn emit(module: &Module<'_>) -> TokenStream {
    let mut imports = Imports::default();
    let document = imports.runtime("", "Document");
    let original = imports.runtime("", "Original");
    let text = imports.runtime("", "Text");
    let languages = &module.texts.languages;
    let originals = module.published.iter().map(|published| {
        let language = &published.language;
        let include = &published.include;
        let name = include.rsplit('/').next().unwrap_or(include);
        quote! { #original { language: #language, name: #name, bytes: include_bytes!(#include) } }
    });
    let shape = error_shape(module.ir.error_shape, &mut imports);
    let entries = module.texts.entries.iter().map(|entry| {
        let pointer = entry.pointer.to_string();
        let base = &entry.base;
        let translations = entry.translations.iter().map(|(language, text)| quote! { (#language, #text) });
        quote! { #text { pointer: #pointer, base: #base, translations: &[#(#translations),*] } }
    });
    let imports = imports.items();
    quote! {
        #imports

        #[doc = " The document, as a server hands it out."]
        pub static DOCUMENT: #document = #document {
            languages: &[#(#languages),*],
            texts: TEXTS,
            json: include_str!("document.json"),
            yaml: include_str!("document.yaml"),
            originals: &[#(#originals),*],
            error_shape: #shape,
        };

        #[doc = " The human texts of the document, by JSON Pointer, in the languages in which it is published."]
        pub static TEXTS: &[#text] = &[#(#entries),*];
    }
}
