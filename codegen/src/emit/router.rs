//! `router.rs`: from requests to handlers.

use std::collections::HashSet;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::emit::imports::{Imports, path};
use crate::emit::text::{list, put};
use crate::emit::{Cx, admit, print};
use crate::ir::{ErrorTrait, Gate, Group, Operation};

/// The file, without its header.
pub(super) fn emit(cx: &Cx<'_>) -> String {
    let mut imports = Imports::beside(HashSet::new());
    let mut items = print::items(one(cx, &mut imports));
    if !cx.ir.groups.is_empty() {
        items.push('\n');
        parts(cx, &mut items, &mut imports);
    }
    if cx.secured {
        items.push('\n');
        items.push_str(&print::items(admit::emit(cx, &mut imports)));
    }
    format!("{}\n{items}", imports.items())
}

/// A name that the document leaves free.
fn local(cx: &Cx<'_>, name: &str, is_taken: impl Fn(&str) -> bool) -> Ident {
    let mut name = name.to_owned();
    // There are fewer names than this.
    for _ in 0..=cx.ir.operations.len() + cx.ir.groups.len() {
        if is_taken(&name) {
            name.push('_');
        }
    }
    Ident::new(&name, Span::call_site())
}

/// The type parameters of the implementations, one per trait.
fn parameters(cx: &Cx<'_>) -> Vec<Ident> {
    let several = cx.ir.groups.len() > 1;
    (1..=cx.ir.groups.len())
        .map(|number| if several { format_ident!("A{}", number) } else { format_ident!("A") })
        .collect()
}

/// The router of one implementation.
fn one(cx: &Cx<'_>, imports: &mut Imports<'_>) -> TokenStream {
    let router = path(imports.take("stubwright::codegen::Router"));
    if cx.ir.groups.is_empty() {
        let routes = path(imports.take("stubwright::codegen::Routes"));
        let document = path(imports.take("super::texts::DOCUMENT"));
        return quote! {
            #[doc = " Serves the document, which has no operations."]
            pub fn new() -> #router { #routes::new(&#document).into_router() }
        };
    }
    let settings = path(imports.take("stubwright::RouterOptions"));
    let arc = path(imports.take("std::sync::Arc"));
    let traits = path(imports.take("super::traits"));
    let names: Vec<_> = cx.ir.groups.iter().map(|group| &group.name).collect();
    let arguments = cx.ir.groups.iter().map(|_| quote! { &api });
    let (errors, error) = match &cx.ir.errors {
        Some(ErrorTrait { name, .. }) => (Some(quote! { &api, }), Some(quote! { + #traits::#name })),
        None => (None, None),
    };
    let (bounds, security) = if cx.secured {
        (quote! { #traits::Security #error #(+ #traits::#names<A::Principal>)* }, Some(quote! { &api, }))
    } else {
        (quote! { #(#traits::#names)+* #error }, None)
    };
    quote! {
        #[doc = " Serves the whole document with one implementation of all its traits."]
        pub fn new<A>(api: A) -> #router where A: #bounds {
            with_options(api, #settings::default())
        }
        #[doc = " Serves the whole document with settings."]
        pub fn with_options<A>(api: A, options: #settings) -> #router where A: #bounds {
            let api = #arc::new(api);
            from_parts(#security #errors #(#arguments,)* options).into_router()
        }
    }
}

/// The router of one implementation per trait: a statement per operation, as a chain of thousands of calls is more than
/// compilers take.
fn parts(cx: &Cx<'_>, out: &mut String, imports: &mut Imports<'_>) {
    let arc = imports.take("std::sync::Arc");
    let (routes_type, document) = (imports.take("stubwright::codegen::Routes"), imports.take("super::texts::DOCUMENT"));
    let traits = imports.take("super::traits");
    let parameters = parameters(cx);
    let mut generics: Vec<String> = parameters.iter().map(ToString::to_string).collect();
    let mut arguments = Vec::new();
    let mut bounds = String::new();
    let principal = if cx.secured { "<S::Principal>" } else { "" };
    if cx.secured {
        generics.insert(0, "S".to_owned());
        arguments.push(format!("security: &{arc}<S>"));
        put!(&mut bounds, "    S: {traits}::Security,\n");
    }
    let is_taken = |name: &str| cx.ir.groups.iter().any(|group| group.variable.as_str() == name);
    let bodies = local(cx, "errors", is_taken);
    if let Some(errors) = &cx.ir.errors {
        generics.insert(usize::from(cx.secured), "E".to_owned());
        arguments.push(format!("{bodies}: &{arc}<E>"));
        put!(&mut bounds, "    E: {traits}::{},\n", errors.name);
    }
    for (group, parameter) in cx.ir.groups.iter().zip(&parameters) {
        arguments.push(format!("{}: &{arc}<{parameter}>", group.variable));
        put!(&mut bounds, "    {parameter}: {traits}::{}{principal},\n", group.name);
    }
    let settings = local(cx, "options", is_taken);
    arguments.push(format!("{settings}: {}", imports.take("stubwright::RouterOptions")));
    out.push_str(
        "/// The routes with one implementation per trait; layers may be put around them before `into_router`.\n",
    );
    list(out, 0, "pub fn from_parts<", &generics, ">");
    list(out, 0, "(", &arguments, "");
    put!(out, ") -> {routes_type}\nwhere\n{bounds}{{\n");
    let routes = local(cx, "routes", is_taken);
    let schemas = if cx.ir.schemas.schemas.is_empty() {
        String::new()
    } else {
        format!(".schemas(&{})", imports.take("super::texts::SCHEMAS"))
    };
    let guard = if cx.secured { format!(".guarded(Admission({arc}::clone(security)))") } else { String::new() };
    let calls = format!("{routes_type}::new(&{document}).options({settings}){schemas}{guard}");
    if calls.len() > 70 {
        put!(out, "    let mut {routes} =\n        {calls};\n");
    } else {
        put!(out, "    let mut {routes} = {calls};\n");
    }
    for method in cx.ir.errors.iter().flat_map(|errors| &errors.methods) {
        put!(out, "    {routes}.error({bodies}, E::{});\n", method.name);
    }
    for (group, parameter) in cx.ir.groups.iter().zip(&parameters) {
        let operations = group.operations.iter().map(|&index| &cx.ir.operations[index]);
        let reachable: Vec<&Operation> = operations.filter(|operation| operation.is_reachable).collect();
        if reachable.is_empty() {
            put!(out, "    // No request reaches one of its operations.\n    let _ = {};\n", group.variable);
        }
        for operation in reachable {
            route(out, &routes, (group, parameter), operation, imports);
        }
    }
    put!(out, "    {routes}{}\n}}\n", if cx.secured { ".into_routes()" } else { "" });
}

fn route(
    out: &mut String,
    routes: &Ident,
    (group, parameter): (&Group, &Ident),
    operation: &Operation,
    imports: &mut Imports<'_>,
) {
    let Operation { name, constant, gate, .. } = operation;
    let method = match gate {
        Gate::Open => "open",
        Gate::Closed(_) => "closed",
        Gate::Schemes { optional: true, .. } => "optional",
        Gate::Schemes { optional: false, .. } => "secured",
    };
    let operations = imports.take("super::operations");
    let arguments = [format!("&{operations}::{constant}"), group.variable.to_string(), format!("{parameter}::{name}")];
    out.push_str("    ");
    list(out, 4, &format!("{routes}.{method}("), &arguments, ");\n");
}
