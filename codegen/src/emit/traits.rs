//! `traits.rs`: what a server implements.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs::{code, doc, doc_below};
use crate::emit::imports::Imports;
use crate::emit::{Cx, lints};
use crate::ir::{Gate, Group, Operation, Scheme, SecuritySchemeKind};

pub(super) fn emit(cx: &Cx<'_>) -> TokenStream {
    let mut imports = Imports::default();
    let security = cx.secured.then(|| security(cx, &mut imports));
    let groups: Vec<TokenStream> = cx.ir.groups.iter().map(|group| self::group(cx, group, &mut imports)).collect();
    let imports = imports.items();
    quote! { #imports #security #(#groups)* }
}

fn security(cx: &Cx<'_>, imports: &mut Imports<'_>) -> TokenStream {
    let future = imports.std("future", "Future");
    let denied = imports.runtime("", "Denied");
    let info = imports.runtime("", "OperationInfo");
    let methods: Vec<TokenStream> = cx.ir.schemes.iter().map(|scheme| authenticate(scheme, imports)).collect();
    quote! {
        #[doc = " Who may call what."]
        pub trait Security: Send + Sync + 'static {
            #[doc = " Who is calling, as far as the handlers need to know."]
            type Principal: Send + Sync + 'static;

            #(#methods)*

            #[doc = " Decides whether a caller may use an operation."]
            fn authorize(
                &self,
                principal: &Self::Principal,
                operation: &'static #info,
            ) -> impl #future<Output = Result<(), #denied>> + Send;

            #[doc = " The answer to a request without a credential that the operation accepts."]
            fn unauthenticated(&self, operation: &'static #info) -> #denied {
                #denied::unauthenticated(operation)
            }
        }
    }
}

fn authenticate(scheme: &Scheme, imports: &mut Imports<'_>) -> TokenStream {
    let future = imports.std("future", "Future");
    let denied = imports.runtime("", "Denied");
    let info = imports.runtime("", "OperationInfo");
    let head = imports.runtime("", "RequestHead");
    let credential = match &scheme.kind {
        SecuritySchemeKind::Bearer => imports.runtime("", "BearerToken"),
        SecuritySchemeKind::Basic
        | SecuritySchemeKind::Http(_)
        | SecuritySchemeKind::OAuth2
        | SecuritySchemeKind::OpenIdConnect
        | SecuritySchemeKind::MutualTls => imports.runtime("", "BearerToken"),
        SecuritySchemeKind::ApiKey { .. } => imports.runtime("", "ApiKey"),
    };
    let docs =
        doc_below(&format!("Finds out who sent a credential of the scheme {}.", code(&scheme.key)), &scheme.docs);
    let method = &scheme.method;
    let lints = lints::method(method);
    quote! {
        #docs
        #lints
        fn #method(
            &self,
            credential: #credential<'_>,
            head: &#head,
            operation: &'static #info,
        ) -> impl #future<Output = Result<Self::Principal, #denied>> + Send;
    }
}

fn group(cx: &Cx<'_>, group: &Group, imports: &mut Imports<'_>) -> TokenStream {
    let name = &group.name;
    let docs = doc(&group.docs, &otherwise(cx, group));
    let methods: Vec<TokenStream> =
        group.operations.iter().map(|&index| handler(cx, &cx.ir.operations[index], imports)).collect();
    let parameter = cx.secured.then(|| quote! { <Principal> });
    quote! {
        #docs
        pub trait #name #parameter: Send + Sync + 'static {
            #(#methods)*
        }
    }
}

fn otherwise(cx: &Cx<'_>, group: &Group) -> String {
    let tag = group.operations.first().and_then(|&index| cx.ir.operations[index].tags.first());
    tag.map_or_else(
        || "The operations without a tag.".to_owned(),
        |tag| format!("The operations tagged {}.", code(tag)),
    )
}

fn handler(cx: &Cx<'_>, operation: &Operation, imports: &mut Imports<'_>) -> TokenStream {
    let future = imports.std("future", "Future");
    let context = imports.runtime("", "Context");
    let error = imports.runtime("", "Error");
    let operations = imports.sibling("", "operations");
    let docs = doc(&operation.docs, &code(&format!("{} {}", operation.method, operation.path)));
    let (name, request, response) = (&operation.name, &operation.request, &operation.response);
    let principal = principal(cx, &operation.gate);
    let lints = lints::method(name);
    quote! {
        #docs
        #lints
        fn #name(
            &self,
            context: #context<#principal>,
            request: #operations::#request,
        ) -> impl #future<Output = Result<#operations::#response, #error>> + Send;
    }
}

/// The type of the caller that a handler is told of.
fn principal(cx: &Cx<'_>, gate: &Gate) -> TokenStream {
    match gate {
        Gate::Open => quote! { () },
        Gate::Schemes { optional: true, .. } => quote! { Option<Principal> },
        Gate::Closed | Gate::Schemes { optional: false, .. } => {
            debug_assert!(cx.secured, "a closed operation has a trait `Security`");
            quote! { Principal }
        }
    }
}
