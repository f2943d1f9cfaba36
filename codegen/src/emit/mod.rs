//! From the [`Ir`] and the [`Texts`] to the files of one module.
//!
//! The one rule: total. Nothing here can fail, and no name is invented but those of local variables.

mod docs;
mod imports;
mod lints;
mod operations;
mod print;
mod router;
mod scalars;
mod template;
mod texts;
mod traits;
mod types;
mod validators;

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::document::Document;
use crate::emit::docs::doc;
use crate::ir::{Docs, Gate, Ir};
use crate::locale::Texts;
use crate::role::Roles;

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name within the module's folder.
    pub name: &'static str,
    /// Its content.
    pub text: String,
}

/// Who can name the items of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everybody: it is a public module of a crate that holds nothing else.
    Public,
    /// That is up to the crate it is put into, where it may be private: then lints speak of what a server does not use,
    /// and of names that the document chose.
    Unknown,
}

/// Where a published document lies, as the generated code includes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The language.
    pub language: String,
    /// The path behind `include_bytes!`.
    pub include: String,
}

/// Everything that one module is made from.
pub(crate) struct Module<'input> {
    /// What is emitted.
    pub ir: &'input Ir,
    /// The human texts in every language.
    pub texts: &'input Texts,
    /// The base document and what its nodes are for.
    pub document: &'input Document,
    /// What the nodes of the base document are for.
    pub roles: &'input Roles,
    /// The base document and its translations.
    pub published: &'input [Published],
    /// Who can name its items.
    pub(crate) reach: Reach,
    /// The path of the base document, for the header.
    pub source: &'input str,
}

/// Emits the files of a module.
pub(crate) fn emit(module: &Module<'_>) -> Vec<File> {
    let cx = Cx::new(module.ir);
    let rust = |name, items: TokenStream| File { name, text: print::rust(module.source, items) };
    let templates = template::emit(module);
    vec![
        rust("mod.rs", module_root(module.reach)),
        rust("operations.rs", operations::emit(&cx)),
        rust("router.rs", router::emit(&cx)),
        rust("texts.rs", texts::emit(module)),
        rust("traits.rs", traits::emit(&cx)),
        rust("types.rs", types::emit(&cx)),
        File { name: "document.json", text: templates.json },
        File { name: "document.yaml", text: templates.yaml },
    ]
}

/// Emits the root file of several modules, given by name and documentation.
pub(crate) fn root(modules: &[(&str, &str)], crate_docs: Option<&str>) -> String {
    let items = modules.iter().map(|(name, docs)| {
        let docs = doc(&Docs { text: (*docs).to_owned() }, "An API.");
        let name = proc_macro2::Ident::new(name, proc_macro2::Span::call_site());
        quote! {
            #docs
            #[rustfmt::skip]
            pub mod #name;
        }
    });
    print::root(crate_docs, items.collect())
}

fn module_root(reach: Reach) -> TokenStream {
    let (code, names) = match reach {
        Reach::Public => (None, None),
        Reach::Unknown => (Some(lints::of_code()), Some(lints::of_names())),
    };
    quote! {
        #[doc = " What each operation is asked, and what it answers."]
        #names
        pub mod operations;

        #[doc = " From requests to handlers."]
        #code
        pub mod router;

        #[doc = " The document, and its texts in every language."]
        pub mod texts;

        #[doc = " What to implement."]
        #code
        pub mod traits;

        #[doc = " The types of the document."]
        #names
        pub mod types;

        const _: () = stubwright::codegen::assert_version(1);
    }
}

/// What every emitter needs to know of the module.
struct Cx<'ir> {
    ir: &'ir Ir,
    /// Names of the prelude that types of the document hide.
    hidden: HashSet<&'ir str>,
    /// Whether the module has a trait `Security`.
    secured: bool,
}

impl<'ir> Cx<'ir> {
    fn new(ir: &'ir Ir) -> Self {
        let secured = ir.operations.iter().any(|operation| operation.gate != Gate::Open);
        Self { ir, hidden: ir.types.iter().map(|definition| definition.name.as_str()).collect(), secured }
    }
}
