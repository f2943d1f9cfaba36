//! `router.rs`: from requests to handlers.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::emit::imports::{Imports, path};
use crate::emit::text::put;
use crate::emit::{Cx, admit, print};
use crate::ir::{Gate, Group, Operation};

/// The file, without its header.
pub(super) fn emit(cx: &Cx<'_>) -> String {
    let mut imports = Imports::beside(cx.ir.operations.iter().map(|operation| operation.name.as_str()).collect());
    let mut items = print::items(constructors(cx, &mut imports));
    let admit = local(cx, "admit", |name| cx.ir.operations.iter().any(|operation| operation.name.as_str() == name));
    if cx.ir.operations.iter().any(|operation| matches!(operation.gate, Gate::Schemes { .. })) {
        items.push('\n');
        items.push_str(&print::items(admit::emit(cx, &admit, &mut imports)));
    }
    for group in &cx.ir.groups {
        for &index in &group.operations {
            call(cx, &mut items, (group, &cx.ir.operations[index]), &admit, &mut imports);
        }
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

fn constructors(cx: &Cx<'_>, imports: &mut Imports<'_>) -> TokenStream {
    let router = path(imports.take("stubwright::codegen::Router"));
    let routes = routes(cx, imports);
    if cx.ir.groups.is_empty() {
        return quote! {
            #[doc = " Serves the document, which has no operations."]
            pub fn new() -> #router { #routes }
        };
    }
    let arc = path(imports.take("std::sync::Arc"));
    let traits = path(imports.take("super::traits"));
    let parameters = parameters(cx);
    let names: Vec<_> = cx.ir.groups.iter().map(|group| &group.name).collect();
    let variables: Vec<_> = cx.ir.groups.iter().map(|group| &group.variable).collect();
    let arguments = variables.iter().map(|_| quote! { &api });
    let (bounds, one_argument, parts) = if cx.secured {
        let parts = quote! {
            pub fn from_parts<S, #(#parameters),*>(
                security: &#arc<S>,
                #(#variables: &#arc<#parameters>),*
            ) -> #router
            where
                S: #traits::Security,
                #(#parameters: #traits::#names<S::Principal>,)*
        };
        (quote! { #traits::Security #(+ #traits::#names<A::Principal>)* }, Some(quote! { &api, }), parts)
    } else {
        let parts = quote! {
            pub fn from_parts<#(#parameters),*>(#(#variables: &#arc<#parameters>),*) -> #router
            where
                #(#parameters: #traits::#names,)*
        };
        (quote! { #(#traits::#names)+* }, None, parts)
    };
    quote! {
        #[doc = " Serves the whole document with one implementation of all its traits."]
        pub fn new<A>(api: A) -> #router where A: #bounds {
            let api = #arc::new(api);
            from_parts(#one_argument #(#arguments),*)
        }

        #[doc = " Serves the document with one implementation per trait."]
        #parts { #routes }
    }
}

/// A statement per operation: a chain of thousands of calls is more than compilers take.
fn routes(cx: &Cx<'_>, imports: &mut Imports<'_>) -> TokenStream {
    let routes_type = path(imports.take("stubwright::codegen::Routes"));
    let document = path(imports.take("super::texts::DOCUMENT"));
    if cx.ir.operations.is_empty() {
        return quote! { #routes_type::new(&#document).into_router() };
    }
    let is_variable = |name: &str| cx.ir.groups.iter().any(|group| group.variable.as_str() == name);
    let routes = local(cx, "routes", is_variable);
    let operations = path(imports.take("super::operations"));
    let arc = path(imports.take("std::sync::Arc"));
    let statements = cx.ir.groups.iter().map(|group| {
        let variable = &group.variable;
        let state = cx.secured.then(|| {
            quote! { let #variable = (#arc::clone(security), #arc::clone(#variable)); }
        });
        let adds = group.operations.iter().map(|&index| {
            let Operation { name, constant, .. } = &cx.ir.operations[index];
            // A variable may hide the function.
            let hidden = routes == name.as_str() || name.as_str() == "security" || is_variable(name.as_str());
            let module = hidden.then(|| quote! { self:: });
            quote! { #routes = #routes.operation(&#operations::#constant, #variable.clone(), #module #name); }
        });
        quote! { #state #(#adds)* }
    });
    quote! {
        let mut #routes = #routes_type::new(&#document);
        #(#statements)*
        #routes.into_router()
    }
}

/// The function that takes one operation's requests through security and decoding to the handler.
fn call(
    cx: &Cx<'_>,
    out: &mut String,
    (group, operation): (&Group, &Operation),
    admit: &Ident,
    imports: &mut Imports<'_>,
) {
    let Operation { name, constant, request, gate, .. } = operation;
    let (arc, operations) = (imports.take("std::sync::Arc"), imports.take("super::operations"));
    let (incoming, response) =
        (imports.take("stubwright::codegen::Incoming"), imports.take("stubwright::codegen::Response"));
    let answer = format!("Result<{response}, {}>", imports.take("stubwright::codegen::Rejection"));
    let traits = imports.take("super::traits");
    let group = &group.name;
    if *gate == Gate::Closed {
        let (ready_type, ready) = (imports.take("std::future::Ready"), imports.take("std::future::ready"));
        put!(out, "\nfn {name}<S, A>((security, _): ({arc}<S>, {arc}<A>), _: {incoming}) -> {ready_type}<{answer}>\n");
        put!(out, "where\n    S: {traits}::Security,\n{{\n");
        put!(out, "    {ready}(Err(security.unauthenticated(&{operations}::{constant}).into()))\n}}\n");
        return;
    }
    imports.methods_of("stubwright::codegen::IntoResponse");
    imports.methods_of("stubwright::codegen::Request");
    if cx.secured {
        let security = if *gate == Gate::Open { "_" } else { "security" };
        put!(out, "\nasync fn {name}<S, A>(\n    ({security}, api): ({arc}<S>, {arc}<A>),\n");
        put!(out, "    mut incoming: {incoming},\n) -> {answer}\n");
        put!(out, "where\n    S: {traits}::Security,\n    A: {traits}::{group}<S::Principal>,\n{{\n");
    } else {
        put!(out, "\nasync fn {name}<A>(api: {arc}<A>, mut incoming: {incoming}) -> {answer}\n");
        put!(out, "where\n    A: {traits}::{group},\n{{\n");
    }
    let principal = match gate {
        Gate::Open => "()",
        Gate::Closed | Gate::Schemes { .. } => {
            put!(out, "    let operation = &{operations}::{constant};\n");
            "principal"
        }
    };
    match gate {
        Gate::Schemes { optional: true, .. } => {
            put!(out, "    let principal = {admit}(&*security, &mut incoming, operation).await?;\n");
        }
        Gate::Schemes { optional: false, .. } => {
            put!(out, "    let Some(principal) = {admit}(&*security, &mut incoming, operation).await? else {{\n");
            out.push_str("        return Err(security.unauthenticated(operation).into());\n    };\n");
        }
        Gate::Open | Gate::Closed => {}
    }
    put!(out, "    let request = {operations}::{request}::read(&mut incoming).await?;\n");
    put!(out, "    let response = api.{name}(incoming.into_context({principal}), request).await?;\n");
    out.push_str("    Ok(response.into_response())\n}\n");
}
