//! `traits.rs`: what a server implements.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs::{attributes_below, code, doc};
use crate::emit::imports::{Imports, path};
use crate::emit::rust_type::{Home, rust_type};
use crate::emit::text::{TABLE_WIDTH, list, put};
use crate::emit::{Cx, print};
use crate::ir::{ErrorMethod, ErrorTrait, Gate, Group, Operation, Scheme, SecuritySchemeKind};

/// The file, without its header; nothing where there is nothing to implement.
pub(super) fn emit(cx: &Cx<'_>) -> Option<String> {
    if cx.ir.groups.is_empty() && !cx.secured {
        return None;
    }
    let mut imports = Imports::beside(cx.trait_names());
    let mut items = String::new();
    if cx.secured {
        items.push('\n');
        items.push_str(&print::items(security(cx, &mut imports)));
    }
    if let Some(errors) = &cx.ir.errors {
        self::errors(cx, &mut items, errors, &mut imports);
    }
    for group in &cx.ir.groups {
        self::group(cx, &mut items, group, &mut imports);
    }
    Some(imports.items() + &items)
}

/// The names that signatures have in common.
struct Names {
    future: TokenStream,
    result: TokenStream,
    send: TokenStream,
    denied: TokenStream,
    info: TokenStream,
    scheme_use: TokenStream,
}

fn security(cx: &Cx<'_>, imports: &mut Imports<'_>) -> TokenStream {
    let names = Names {
        future: path(imports.take("std::future::Future")),
        result: path(imports.prelude("std::result::Result")),
        send: path(imports.prelude("std::marker::Send")),
        denied: path(imports.take("stubwright::Denied")),
        info: path(imports.take("stubwright::OperationInfo")),
        scheme_use: path(imports.take("stubwright::SchemeUse")),
    };
    let sync = path(imports.prelude("std::marker::Sync"));
    let methods: Vec<TokenStream> = cx.ir.schemes.iter().map(|scheme| authenticate(scheme, &names, imports)).collect();
    let combine = cx.combines().then(|| combine(&names, imports));
    let Names { future, result, send, denied, info, scheme_use } = names;
    quote! {
        #[doc = " Who may call what."]
        pub trait Security: #send + #sync + 'static {
            #[doc = " Who is calling, as far as the handlers need to know."]
            type Principal: #send + #sync + 'static;

            #(#methods)*

            #combine

            #[doc = " Decides whether a caller may use an operation. What was met is the alternative of its security by which the"]
            #[doc = " caller came, with the scopes that it asks for."]
            fn authorize(
                &self,
                principal: &Self::Principal,
                met: &'static [#scheme_use],
                operation: &'static #info,
            ) -> impl #future<Output = #result<(), #denied>> + #send;

            #[doc = " The answer to a request without a credential that the operation accepts."]
            fn unauthenticated(&self, operation: &'static #info) -> #denied {
                #denied::unauthenticated(operation)
            }
        }
    }
}

fn authenticate(scheme: &Scheme, names: &Names, imports: &mut Imports<'_>) -> TokenStream {
    let Names { future, result, send, denied, info, .. } = names;
    let head = path(imports.take("stubwright::RequestHead"));
    let (credential, form) = credential(&scheme.kind);
    let credential = path(&form.replace("{}", imports.take(credential)));
    let lead = format!("Finds out who sent a credential of the scheme {}.", code(&scheme.key));
    let docs = attributes_below(&lead, &scheme.docs);
    let method = &scheme.method;
    quote! {
        #docs
        fn #method(
            &self,
            credential: #credential,
            head: &#head,
            operation: &'static #info,
        ) -> impl #future<Output = #result<Self::Principal, #denied>> + #send;
    }
}

/// The type of a scheme's credential, and how it is written.
pub(super) fn credential(kind: &SecuritySchemeKind) -> (&'static str, &'static str) {
    match kind {
        SecuritySchemeKind::Bearer | SecuritySchemeKind::OAuth2 | SecuritySchemeKind::OpenIdConnect => {
            ("stubwright::BearerToken", "{}<'_>")
        }
        SecuritySchemeKind::Basic => ("stubwright::BasicCredentials", "{}"),
        SecuritySchemeKind::Http(_) => ("stubwright::HttpCredentials", "{}<'_>"),
        SecuritySchemeKind::ApiKey { .. } => ("stubwright::ApiKey", "{}<'_>"),
        SecuritySchemeKind::MutualTls => ("stubwright::ClientCertificate", "&{}"),
    }
}

fn combine(names: &Names, imports: &mut Imports<'_>) -> TokenStream {
    let Names { future, result, send, denied, info, scheme_use } = names;
    let vec = path(imports.prelude("std::vec::Vec"));
    quote! {
        #[doc = " Makes one caller of those that the schemes of one alternative found, in the alternative's order."]
        fn combine(
            &self,
            principals: #vec<Self::Principal>,
            met: &'static [#scheme_use],
            operation: &'static #info,
        ) -> impl #future<Output = #result<Self::Principal, #denied>> + #send;
    }
}

fn errors(cx: &Cx<'_>, out: &mut String, errors: &ErrorTrait, imports: &mut Imports<'_>) {
    let (send, sync) = (imports.prelude("std::marker::Send"), imports.prelude("std::marker::Sync"));
    out.push_str("\n/// The bodies of errors in forms that only this server knows how to fill.\n");
    put!(out, "pub trait {}: {send} + {sync} + 'static {{", errors.name);
    for (index, ErrorMethod { name, docs, ty, .. }) in errors.methods.iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { "\n\n" });
        doc(out, 4, docs, "");
        let (error, ty) = (imports.take("stubwright::EdgeError"), rust_type(cx, ty, Home::Operations, imports));
        put!(out, "    fn {name}(&self, error: &{error}<'_>) -> {ty};");
    }
    out.push_str("\n}\n");
}

fn group(cx: &Cx<'_>, out: &mut String, group: &Group, imports: &mut Imports<'_>) {
    let parameter = if cx.secured { "<Principal>" } else { "" };
    let (send, sync) = (imports.prelude("std::marker::Send"), imports.prelude("std::marker::Sync"));
    out.push('\n');
    doc(out, 0, &group.docs, &otherwise(cx, group));
    put!(out, "pub trait {}{parameter}: {send} + {sync} + 'static {{", group.name);
    for (index, &operation) in group.operations.iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { "\n\n" });
        handler(out, &cx.ir.operations[operation], cx.ir.unimplemented, imports);
    }
    out.push_str(if group.operations.is_empty() { "}\n" } else { "\n}\n" });
}

fn otherwise(cx: &Cx<'_>, group: &Group) -> String {
    let tag = group.operations.first().and_then(|&index| cx.ir.operations[index].tags.first());
    tag.map_or_else(
        || "The operations without a tag.".to_owned(),
        |tag| format!("The operations tagged {}.", code(tag)),
    )
}

fn handler(out: &mut String, operation: &Operation, unimplemented: bool, imports: &mut Imports<'_>) {
    let Operation { name, request, response, docs, method, path, gate, .. } = operation;
    let (context, error) = (imports.take("stubwright::Context"), imports.take("stubwright::Error"));
    let (future, operations) = (imports.take("std::future::Future"), imports.take("super::operations"));
    let (result, send) = (imports.prelude("std::result::Result"), imports.prelude("std::marker::Send"));
    doc(out, 4, docs, &code(&format!("{method} {path}")));
    let principal = match gate {
        Gate::Open => "()".to_owned(),
        Gate::Schemes { optional: true, .. } => format!("{}<Principal>", imports.prelude("std::option::Option")),
        Gate::Closed(_) | Gate::Schemes { optional: false, .. } => "Principal".to_owned(),
    };
    let end = if unimplemented { " {" } else { ";" };
    let answer = format!("-> impl {future}<Output = {result}<{operations}::{response}, {error}>> + {send}{end}");
    let arguments =
        ["&self".to_owned(), format!("context: {context}<{principal}>"), format!("request: {operations}::{request}")];
    out.push_str("    ");
    list(out, 4, &format!("fn {name}("), &arguments, ")");
    let column = out.len() - out.rfind('\n').map_or(0, |at| at + 1);
    let fits = column + 1 + answer.chars().count() <= TABLE_WIDTH;
    put!(out, "{}{answer}", if fits { " " } else { "\n    " });
    if unimplemented {
        put!(out, "\n        {}(context, request)\n    }}", imports.take("stubwright::codegen::unimplemented"));
    }
}
