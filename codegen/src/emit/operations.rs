//! `operations.rs`: constants, request structs and response enums.

use http::StatusCode;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::emit::docs::{code, doc, doc_behind};
use crate::emit::imports::Imports;
use crate::emit::types::{Home, field_type, rust_type};
use crate::emit::{Cx, lints};
use crate::ir::{Docs, ErrorShape, Gate, Operation, Presence, Response, ResponseBody, SecuritySchemeKind, Status};

pub(super) fn emit(cx: &Cx<'_>) -> TokenStream {
    let mut imports = Imports::default();
    let items: Vec<TokenStream> = cx
        .ir
        .operations
        .iter()
        .map(|operation| {
            let constant = constant(cx, operation, &mut imports);
            let request = request(cx, operation, &mut imports);
            let response = response(cx, operation, &mut imports);
            quote! { #constant #request #response }
        })
        .collect();
    let imports = imports.items();
    quote! { #imports #(#items)* }
}

fn constant(cx: &Cx<'_>, operation: &Operation, imports: &mut Imports<'_>) -> TokenStream {
    let info = imports.runtime("", "OperationInfo");
    let method_type = imports.runtime("codegen", "Method");
    let Operation { constant, id, path, tags, deprecated, .. } = operation;
    let method = format_ident!("{}", operation.method);
    let docs = doc(&Docs::default(), &code(&format!("{} {}", operation.method, operation.path)));
    let security = alternatives(cx, &operation.gate, imports);
    let invalid_status = status(operation.invalid_status, imports);
    let shape = error_shape(operation.error_shape, imports);
    quote! {
        #docs
        pub static #constant: #info = #info {
            id: #id,
            method: #method_type::#method,
            path: #path,
            tags: &[#(#tags),*],
            security: #security,
            deprecated: #deprecated,
            invalid_status: #invalid_status,
            error_shape: #shape,
        };
    }
}

fn alternatives(cx: &Cx<'_>, gate: &Gate, imports: &mut Imports<'_>) -> TokenStream {
    match gate {
        Gate::Open | Gate::Closed => quote! { &[] },
        Gate::Schemes { alternatives, optional } => {
            let scheme_use = imports.runtime("", "SchemeUse");
            let uses = alternatives.iter().map(|alternative| {
                let scheme = &cx.ir.schemes[alternative.scheme];
                let (key, scopes) = (&scheme.key, &alternative.scopes);
                let challenge = match scheme.kind {
                    SecuritySchemeKind::Bearer | SecuritySchemeKind::OAuth2 | SecuritySchemeKind::OpenIdConnect => {
                        quote! { Some("Bearer") }
                    }
                    SecuritySchemeKind::Basic => quote! { Some("Basic") },
                    SecuritySchemeKind::ApiKey { .. } | SecuritySchemeKind::Http(_) | SecuritySchemeKind::MutualTls => {
                        quote! { None }
                    }
                };
                quote! { &[#scheme_use { scheme: #key, challenge: #challenge, scopes: &[#(#scopes),*] }] }
            });
            let nothing = optional.then(|| quote! { &[] });
            let all = uses.chain(nothing);
            quote! { &[#(#all),*] }
        }
    }
}

fn request(cx: &Cx<'_>, operation: &Operation, imports: &mut Imports<'_>) -> TokenStream {
    let name = &operation.request;
    let docs = doc(&Docs::default(), &format!("What `{}` is asked.", operation.name));
    let parameters: Vec<TokenStream> = operation
        .parameters
        .iter()
        .map(|parameter| {
            let name = &parameter.name;
            let docs =
                doc(&parameter.docs, &format!("The {} parameter {}.", parameter.place.name(), code(&parameter.key)));
            let ty = field_type(cx, &parameter.ty, &parameter.presence, Home::Operations, imports);
            quote! { #docs pub #name: #ty, }
        })
        .collect();
    let body = operation.body.as_ref().map(|body| {
        let name = &body.name;
        let docs = doc(&body.docs, "The body.");
        let presence = if body.required { Presence::Required } else { Presence::Optional };
        let ty = field_type(cx, &body.ty, &presence, Home::Operations, imports);
        quote! { #docs pub #name: #ty, }
    });
    let lints = lints::flags(operation.parameters.iter().map(|parameter| (&parameter.ty, &parameter.presence)));
    quote! {
        #docs
        #lints
        #[derive(Clone, Debug)]
        pub struct #name { #(#parameters)* #body }
    }
}

fn response(cx: &Cx<'_>, operation: &Operation, imports: &mut Imports<'_>) -> TokenStream {
    let into_response = imports.runtime("codegen", "IntoResponse");
    let axum_response = imports.runtime("codegen", "Response");
    let name = &operation.response;
    let docs = doc(&Docs::default(), &format!("What `{}` answers.", operation.name));
    let variants: Vec<TokenStream> =
        operation.responses.iter().map(|response| variant(cx, response, imports)).collect();
    let arms: Vec<TokenStream> = operation.responses.iter().map(|response| arm(response, imports)).collect();
    let body = if arms.is_empty() {
        quote! { match self {} }
    } else {
        quote! { match self { #(#arms)* } }
    };
    quote! {
        #docs
        #[derive(Clone, Debug)]
        pub enum #name { #(#variants)* }

        impl #into_response for #name {
            fn into_response(self) -> #axum_response {
                #body
            }
        }
    }
}

fn variant(cx: &Cx<'_>, response: &Response, imports: &mut Imports<'_>) -> TokenStream {
    let name = &response.name;
    let (label, free_status) = match response.status {
        Status::Code(code) => (code.to_string(), false),
        Status::Range(class) => (format!("{class}XX"), true),
        Status::Default => ("Any other status".to_owned(), true),
    };
    let docs = doc_behind(&label, &response.docs);
    let body = match &response.body {
        ResponseBody::None => None,
        ResponseBody::Untyped => {
            let untyped = imports.runtime("", "UntypedBody");
            Some(quote! { Option<#untyped> })
        }
        ResponseBody::Json { ty, .. } => Some(rust_type(cx, ty, Home::Operations, imports)),
    };
    match (free_status, body) {
        (false, None) => quote! { #docs #name, },
        (false, Some(body)) => quote! { #docs #name(#body), },
        (true, body) => {
            let status = imports.runtime("codegen", "StatusCode");
            let body = body.map(|body| quote! { #[doc = " What it holds."] body: #body, });
            quote! { #docs #name { #[doc = " The status."] status: #status, #body }, }
        }
    }
}

fn arm(response: &Response, imports: &mut Imports<'_>) -> TokenStream {
    let name = &response.name;
    let status = match response.status {
        Status::Code(code) => status(code, imports),
        Status::Range(_) | Status::Default => quote! { status },
    };
    let answer = match &response.body {
        ResponseBody::None => quote! { #status.into_response() },
        ResponseBody::Untyped => {
            let untyped = imports.runtime("codegen", "untyped");
            quote! { #untyped(#status, body) }
        }
        ResponseBody::Json { media_type, .. } => {
            let json = imports.runtime("codegen", "json");
            quote! { #json(#status, #media_type, &body) }
        }
    };
    match (response.status, &response.body) {
        (Status::Code(_), ResponseBody::None) => quote! { Self::#name => #answer, },
        (Status::Code(_), ResponseBody::Untyped | ResponseBody::Json { .. }) => {
            quote! { Self::#name(body) => #answer, }
        }
        (Status::Range(_) | Status::Default, ResponseBody::None) => quote! { Self::#name { status } => #answer, },
        (Status::Range(_) | Status::Default, ResponseBody::Untyped | ResponseBody::Json { .. }) => {
            quote! { Self::#name { status, body } => #answer, }
        }
    }
}

/// A status code as its constant in the crate `http`, or by number where it has none.
fn status(code: u16, imports: &mut Imports<'_>) -> TokenStream {
    let reason = StatusCode::from_u16(code).ok().and_then(|status| status.canonical_reason());
    if let Some(reason) = reason {
        let status_code = imports.runtime("codegen", "StatusCode");
        let name = reason.replace('\'', "").replace([' ', '-'], "_").to_ascii_uppercase();
        let name = Ident::new(&name, Span::call_site());
        quote! { #status_code::#name }
    } else {
        let status = imports.runtime("codegen", "status");
        let code = proc_macro2::Literal::u16_unsuffixed(code);
        quote! { #status(#code) }
    }
}

/// The runtime's name of an error shape.
pub(super) fn error_shape(shape: ErrorShape, imports: &mut Imports<'_>) -> TokenStream {
    let error_shape = imports.runtime("", "ErrorShape");
    match shape {
        ErrorShape::FastApi => quote! { #error_shape::FastApi },
        ErrorShape::Detail => quote! { #error_shape::Detail },
        ErrorShape::ErrorMessage => quote! { #error_shape::ErrorMessage },
        ErrorShape::Problem => quote! { #error_shape::Problem },
    }
}
