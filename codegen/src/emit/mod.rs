//! From the [`Ir`] and the [`Texts`] to the files of one module.
//!
//! The one rule: total. Nothing here can fail, and no name is invented but those of local variables. What is as long as
//! the document is written as text; what has code in it is made of tokens and formatted.

mod admit;
mod content;
mod docs;
mod examples;
mod fold;
mod imports;
mod json;
mod lints;
mod operations;
mod outgoing;
mod print;
mod request;
mod response;
mod router;
mod rust_type;
mod schemas;
mod shapes;
mod template;
#[cfg(test)]
mod tests;
mod text;
mod texts;
mod traits;
mod types;

use std::collections::HashSet;

use proc_macro2::{Ident, Span};
use quote::quote;

use crate::document::{Additions, Document, NodeId};
use crate::emit::shapes::ErrorList;
use crate::emit::text::put;
use crate::ir::{
    AskedBody, Content, ContentForm, Contents, Docs, ErrorShape, Gate, Ir, Pick, ResponseBody, SecuritySchemeKind,
    TypeKind,
};
use crate::locale::{Located, Text, Texts};
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
    /// The languages, the base's first.
    pub languages: &'input [String],
    /// The translated texts, sorted by their pointers in the document that is handed out.
    pub texts: &'input [Row<'input>],
    /// The base document and its translations.
    pub published: &'input [Published],
    /// Who can name its items.
    pub(crate) reach: Reach,
    /// The path of the base document, for the header.
    pub source: &'input str,
}

/// A translated text in the document that is handed out.
pub(crate) struct Row<'texts> {
    pointer: String,
    node: NodeId,
    text: &'texts Text,
}

/// The translated texts of a document, in the order in which the runtime looks for their pointers.
pub(crate) fn rows<'texts>(texts: &'texts Texts, document: &Document, roles: &Roles) -> Vec<Row<'texts>> {
    let located = texts.locate(document, roles).into_iter();
    let row = |Located { pointer, node, text }| Row { pointer: pointer.to_string(), node, text };
    let mut rows: Vec<_> = located.map(row).collect();
    rows.sort_by(|one, other| one.pointer.cmp(&other.pointer));
    rows
}

/// Emits the files of a module: the Rust files that have something in them, and the data files that they include. The
/// document that is handed out is made beside them, with what is added to the published one.
pub(crate) fn emit(module: &Module<'_>, document: &Document, additions: impl FnOnce() -> Additions) -> Vec<File> {
    let cx = Cx::new(module.ir);
    // The document takes as long as most of the Rust.
    let (types, json, operations, document) = std::thread::scope(|scope| {
        let rust = scope.spawn(|| (types::emit(&cx), json::emit(&cx), operations::emit(&cx)));
        let document = template::emit(module, document, additions());
        let (types, json, operations) = rust.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (types, json, operations, document)
    });
    let (webhooks, callbacks) = (outgoing::webhooks(&cx), outgoing::callbacks(&cx));
    let rust = [
        ("callbacks", "callbacks.rs", "What is sent to those who asked for it.", callbacks),
        ("examples", "examples.rs", "Answers with examples.", examples::emit(&cx)),
        ("json", "json.rs", "How the types are written as JSON.", json),
        ("operations", "operations.rs", "What each operation is asked, and what it answers.", operations),
        ("router", "router.rs", "From requests to handlers.", Some(router::emit(&cx))),
        ("texts", "texts.rs", "The document, and its texts in every language.", Some(texts::emit(module, &cx))),
        ("traits", "traits.rs", "What to implement.", traits::emit(&cx)),
        ("types", "types.rs", "The types of the document.", types),
        ("webhooks", "webhooks.rs", "What is sent to those who registered for it.", webhooks),
    ];
    let mut modules = proc_macro2::TokenStream::new();
    let mut files = Vec::new();
    for (name, file, about, text) in rust {
        let Some(text) = text else { continue };
        let (ident, docs) = (Ident::new(name, Span::call_site()), format!(" {about}"));
        let lints = lints::of(name, module.reach);
        let visibility = (name != "json").then(|| quote! { pub });
        modules.extend(quote! { #[doc = #docs] #lints #visibility mod #ident; });
        files.push(File { name: file, text: print::file(module.source, &text) });
    }
    modules.extend(quote! { const _: () = stubwright::codegen::assert_version(1); });
    for feature in &module.ir.features {
        let needs = Ident::new(&format!("needs_{feature}"), Span::call_site());
        modules.extend(quote! { stubwright::codegen::#needs!(); });
    }
    files.insert(0, File { name: "mod.rs", text: print::file(module.source, &print::items(modules)) });
    files.push(File { name: "document.json", text: document });
    files.extend(schemas::emit(&module.ir.schemas).map(|text| File { name: "schemas.json", text }));
    files.extend(schemas::xml(&module.ir.xml).map(|text| File { name: "xml.json", text }));
    files
}

/// Emits the root file of several modules, given by name and documentation.
pub(crate) fn root(modules: &[(&str, &str)], crate_docs: Option<&str>) -> String {
    let mut items = String::new();
    for (index, (name, docs)) in modules.iter().enumerate() {
        items.push_str(if index == 0 { "" } else { "\n" });
        docs::doc(&mut items, 0, &Docs { text: (*docs).to_owned() }, "An API.");
        items.push_str(&lints::of_module(name, docs));
        put!(&mut items, "#[rustfmt::skip]\npub mod {name};\n");
    }
    print::root(crate_docs, &items)
}

/// Emits the `main.rs` of a crate whose library has a module of examples.
pub(crate) fn main(library: &str, module: &str, server: ExampleServer) -> String {
    print::root(Some("Serves the examples of the document."), &examples::main(library, module, server))
}

/// What is to be implemented for an example server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExampleServer {
    /// Nothing: there is no trait, or no example is asked for.
    Nothing,
    /// The traits of operations, which no credential guards.
    Open,
    /// Traits, and credentials to look at.
    Guarded,
}

/// What the examples of a module have to implement.
pub(crate) fn example_server(ir: &Ir) -> ExampleServer {
    Cx::new(ir).example_server()
}

/// What every emitter needs to know of the module.
struct Cx<'ir> {
    ir: &'ir Ir,
    /// Whether the module has a trait `Security`.
    secured: bool,
    /// The shapes of errors that are constants of `texts.rs`.
    shapes: Vec<&'ir ErrorShape>,
    /// The bodies of errors that are asked for: constants of `texts.rs`, too.
    asked: Vec<&'ir AskedBody>,
    /// The lists of errors that operations share: constants of `texts.rs`, too.
    error_lists: Vec<ErrorList>,
}

impl<'ir> Cx<'ir> {
    fn new(ir: &'ir Ir) -> Self {
        let secured = ir.operations.iter().any(|operation| operation.gate != Gate::Open);
        let (shapes, asked) = (shapes::declared(ir), shapes::asked(ir));
        let error_lists = shapes::shared(ir, &shapes, &asked);
        Self { ir, secured, shapes, asked, error_lists }
    }

    /// What an implementation by examples has to implement.
    fn example_server(&self) -> ExampleServer {
        if self.ir.samples.is_none() || self.ir.groups.is_empty() && !self.secured {
            ExampleServer::Nothing
        } else if self.secured && self.ir.schemes.iter().any(|scheme| scheme.kind != SecuritySchemeKind::MutualTls) {
            ExampleServer::Guarded
        } else {
            ExampleServer::Open
        }
    }

    /// Whether an alternative asks for several schemes, so that several callers have to be made one.
    fn combines(&self) -> bool {
        let several = |gate: &Gate| match gate {
            Gate::Schemes { alternatives, .. } => alternatives.iter().any(|alternative| alternative.len() > 1),
            Gate::Open | Gate::Closed(_) => false,
        };
        self.ir.operations.iter().any(|operation| several(&operation.gate))
    }

    /// Whether a type can only be told by asking the schemas.
    fn checks_types(&self) -> bool {
        self.ir.types.iter().any(|definition| match &definition.kind {
            TypeKind::Union { choice, .. } => choice.rules.iter().any(|rule| matches!(rule.pick, Pick::Exact(_))),
            TypeKind::AnyOf(_) => true,
            TypeKind::Struct { .. }
            | TypeKind::Strings(_)
            | TypeKind::Integers(_)
            | TypeKind::Values(_)
            | TypeKind::Alias(_)
            | TypeKind::Newtype(_) => false,
        })
    }

    /// The names that `types.rs` defines.
    fn type_names(&self) -> HashSet<&'ir str> {
        self.ir.types.iter().map(|definition| definition.name.as_str()).collect()
    }

    /// The names that `operations.rs` defines.
    fn operation_names(&self) -> HashSet<&'ir str> {
        let mut names = HashSet::new();
        for operation in &self.ir.operations {
            names.extend([operation.constant.as_str(), operation.request.as_str(), operation.response.as_str()]);
            names.extend(operation.body.iter().flat_map(|body| enum_names(&body.content)));
            for response in &operation.responses {
                names.extend(response.headers.iter().map(|headers| headers.name.as_str()));
                if let ResponseBody::Typed(contents) = &response.body {
                    names.extend(enum_names(contents));
                }
            }
        }
        names
    }

    /// The names that `traits.rs` defines.
    fn trait_names(&self) -> HashSet<&'ir str> {
        let security = self.secured.then_some("Security");
        let errors = self.ir.errors.as_ref().map(|errors| errors.name.as_str());
        self.ir.groups.iter().map(|group| group.name.as_str()).chain(security).chain(errors).collect()
    }
}

/// The name of the enum of parts that a body has.
fn part_name(content: &Content) -> Option<&str> {
    match &content.form {
        ContentForm::Multipart { parts, .. } => parts.as_ref().map(|parts| parts.name.as_str()),
        _ => None,
    }
}

/// The names of the enums of several media types, and of parts.
fn enum_names(contents: &Contents) -> Vec<&str> {
    match contents {
        Contents::One(content) => part_name(content).into_iter().collect(),
        Contents::Several { name, variants } => {
            let parts = variants.iter().filter_map(|variant| part_name(&variant.content));
            std::iter::once(name.as_str()).chain(parts).collect()
        }
    }
}
