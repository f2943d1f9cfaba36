//! `texts.rs`: the document, the table of its translated texts, and the schemas that values are checked against.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::imports::{Imports, path};
use crate::emit::text::put;
use crate::emit::{Cx, Module, Row, print, shapes};

/// The file, without its header.
pub(super) fn emit(module: &Module<'_>, cx: &Cx<'_>) -> String {
    let mut imports = Imports::default();
    let mut items = print::items(document(module, cx, &mut imports));
    shapes::constants(cx, &mut items, &mut imports);
    if !module.ir.schemas.schemas.is_empty() {
        let schemas = imports.take("stubwright::codegen::Schemas");
        items.push_str("\n/// What values are checked against beyond their types.\n");
        put!(&mut items, "pub static SCHEMAS: {schemas} = {schemas}::new(include_str!(\"schemas.json\"));\n");
    }
    if !module.ir.xml.roots.is_empty() {
        let table = imports.take("stubwright::codegen::XmlTable");
        items.push_str("\n/// How bodies are written as XML.\n");
        put!(&mut items, "pub static XML: {table} = {table}::new(include_str!(\"xml.json\"));\n");
    }
    texts(module, &mut items, &mut imports);
    languages(module, &mut items, &mut imports);
    format!("{}\n{items}", imports.items())
}

fn document(module: &Module<'_>, cx: &Cx<'_>, imports: &mut Imports<'_>) -> TokenStream {
    let document = path(imports.take("stubwright::Document"));
    let original = path(imports.take("stubwright::Original"));
    let languages = module.languages;
    let originals = module.published.iter().map(|published| {
        let language = &published.language;
        let include = &published.include;
        let name = include.rsplit('/').next().unwrap_or(include);
        quote! { #original { language: #language, name: #name, bytes: include_bytes!(#include) } }
    });
    let shape = path(&shapes::shape_here(cx, &module.ir.error_shape, imports));
    quote! {
        #[doc = " The document, as a server hands it out."]
        pub static DOCUMENT: #document = #document {
            languages: &[#(#languages),*],
            texts: TEXTS,
            json: include_str!("document.json"),
            originals: &[#(#originals),*],
            error_shape: #shape,
        };
    }
}

/// The enum of the languages, where there is a choice, and what looks up texts in them.
fn languages(module: &Module<'_>, out: &mut String, imports: &mut Imports<'_>) {
    if module.languages.len() < 2 {
        return;
    }
    let languages = imports.take("stubwright::codegen::languages");
    put!(
        out,
        "\n{languages}! {{\n    /// The languages of the document, its own first.\n    pub enum Lang of DOCUMENT {{\n"
    );
    for tag in module.languages {
        put!(out, "        {} = {tag:?},\n", variant(tag));
    }
    out.push_str("    }\n}\n");
}

/// The name of a language: `ZhHant` of `zh-Hant`. Tags that differ give names that differ, as subtags begin with a capital.
fn variant(tag: &str) -> String {
    let capital = |subtag: &str| {
        let mut letters = subtag.chars().filter(char::is_ascii_alphanumeric);
        let first = letters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(letters.map(|letter| letter.to_ascii_lowercase())).collect::<String>()
    };
    let name: String = tag.split('-').map(capital).collect();
    // What is no tag gets a name as well.
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic()) && name != "Self";
    if is_name { name } else { format!("Tag{name}") }
}

/// A row for each text that is translated; the others stand in the document itself.
fn texts(module: &Module<'_>, out: &mut String, imports: &mut Imports<'_>) {
    let name = imports.take("stubwright::Text");
    out.push_str("\n/// The translated texts of the document, by JSON Pointer.\n");
    put!(out, "pub static TEXTS: &[{name}] = &[");
    let mut is_empty = true;
    for Row { pointer, text, .. } in module.texts {
        is_empty = false;
        put!(out, "\n    {name} {{\n        pointer: {pointer:?},\n");
        put!(out, "        base: {:?},\n        translations: &[\n", text.base);
        for (language, translation) in &text.translations {
            put!(out, "            ({language:?}, {translation:?}),\n");
        }
        out.push_str("        ],\n    },");
    }
    out.push_str(if is_empty { "];\n" } else { "\n];\n" });
}
