//! What will be emitted: every name is decided, every type is a Rust type.
//!
//! The one rule: emitting an [`Ir`] cannot fail and invents no name but those of local variables.

use std::fmt;

use proc_macro2::Span;
use quote::{ToTokens, TokenStreamExt};

// What these say needs no other form for Rust.
pub(crate) use crate::model::{
    ApiKeyPlace, Expression, ParameterPlace, ParameterStyle, SecuritySchemeKind, Status, UrlPart,
};

mod content;
mod error_shape;
mod explanation;
mod operation;
mod sample;
mod security;
mod types;

pub(crate) use content::*;
pub(crate) use error_shape::*;
pub(crate) use explanation::*;
pub(crate) use operation::*;
pub(crate) use sample::*;
pub(crate) use security::*;
pub(crate) use types::*;

/// A Rust identifier. Only the lowering makes one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Ident(String);

impl Ident {
    /// Takes a text that is a Rust identifier and no keyword.
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    /// The identifier's text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        tokens.append(proc_macro2::Ident::new(&self.0, Span::call_site()));
    }
}

/// One generated module.
#[derive(Clone, Debug)]
pub(crate) struct Ir {
    /// What the module is about, in Markdown.
    pub docs: Docs,
    /// The types, by [`TypeId`].
    pub types: Vec<TypeDefinition>,
    /// The schemas that generated code checks values against, by number: the file `schemas.json`.
    pub schemas: SchemaTable,
    /// How bodies are written as XML: the file `xml.json`.
    pub xml: XmlTable,
    /// The operations, in document order.
    pub operations: Vec<Operation>,
    /// The webhooks and callbacks, in document order.
    pub outgoing: Vec<Outgoing>,
    /// The traits.
    pub groups: Vec<Group>,
    /// The security schemes that operations use.
    pub schemes: Vec<Scheme>,
    /// How errors look that belong to no operation.
    pub error_shape: ErrorShape,
    /// The trait that bodies of errors are asked of.
    pub errors: Option<ErrorTrait>,
    /// Whether the traits answer 501 where a method is left out.
    pub unimplemented: bool,
    /// What `WWW-Authenticate` calls the part of the server that credentials are for.
    pub realm: Option<String>,
    /// The features of the runtime that the code needs, sorted.
    pub features: Vec<&'static str>,
    /// Why the types are what they are, in the order in which they were decided; empty unless it was asked for.
    pub explanations: Vec<Explanation>,
    /// What example answers are made of, and what they are, where an example server was asked for.
    pub samples: Option<Samples>,
}

/// Documentation in Markdown; empty where the document says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Docs {
    /// The text.
    pub text: String,
}

/// The place of a schema within [`SchemaTable::schemas`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct CheckId(pub u32);

/// The place of a root element within [`XmlTable::roots`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct XmlRoot(pub usize);

/// How bodies are written as XML, in the form that the runtime reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct XmlTable {
    /// The root elements, each a JSON text.
    pub roots: Vec<String>,
    /// What elements and attributes hold, each a JSON text; nodes name them by their index.
    pub contents: Vec<String>,
    /// The keywords of the document that this is made from: the object, the keyword, and its place.
    pub keywords: Vec<(&'static str, &'static str, crate::source::Span)>,
}

/// The schemas that a server checks values against, in the form that the runtime reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SchemaTable {
    /// Each a JSON text without line breaks; other schemas are named by their index.
    pub schemas: Vec<String>,
    /// The dynamic anchors of each schema resource, as a JSON text.
    pub dynamic: Vec<String>,
}

impl SchemaTable {
    /// The table as one JSON text, a schema per line.
    pub(crate) fn to_json(&self) -> String {
        let size = self.schemas.iter().chain(&self.dynamic).map(|schema| schema.len() + 2).sum::<usize>();
        let mut json = String::with_capacity(size + 32);
        json.push_str("{\"schemas\":[\n");
        rows(&mut json, &self.schemas);
        json.push_str("],\"dynamic\":[\n");
        rows(&mut json, &self.dynamic);
        json.push_str("]}\n");
        json
    }
}

/// Writes JSON texts, one per line, as the items of a list.
pub(crate) fn rows(json: &mut String, rows: &[String]) {
    for (index, row) in rows.iter().enumerate() {
        json.push_str(row);
        json.push_str(if index + 1 < rows.len() { ",\n" } else { "\n" });
    }
}
