//! `router.rs`: from requests to handlers.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::emit::imports::Imports;
use crate::emit::types::{Home, literal};
use crate::emit::validators::{check, table};
use crate::emit::{Cx, lints};
use crate::ir::{
    ApiKeyPlace, Gate, GateScheme, Group, Ident as Name, Operation, Parameter, ParameterPlace, Presence,
    SecuritySchemeKind, Type,
};

pub(super) fn emit(cx: &Cx<'_>) -> TokenStream {
    let mut imports = Imports::default();
    let constructors = constructors(cx, &mut imports);
    let calls: Vec<TokenStream> = cx
        .ir
        .groups
        .iter()
        .flat_map(|group| group.operations.iter().map(move |&index| (group, &cx.ir.operations[index])))
        .map(|(group, operation)| call(cx, group, operation, &mut imports))
        .collect();
    let imports = imports.items();
    quote! { #imports #constructors #(#calls)* }
}

/// The type parameters of the implementations, one per trait.
fn parameters(cx: &Cx<'_>) -> Vec<Ident> {
    let several = cx.ir.groups.len() > 1;
    (1..=cx.ir.groups.len())
        .map(|number| if several { format_ident!("A{}", number) } else { format_ident!("A") })
        .collect()
}

fn constructors(cx: &Cx<'_>, imports: &mut Imports<'_>) -> TokenStream {
    let router = imports.runtime("codegen", "Router");
    if cx.ir.groups.is_empty() {
        let routes = routes(cx, imports);
        return quote! {
            #[doc = " Serves the document, which has no operations."]
            pub fn new() -> #router { #routes }
        };
    }
    let arc = imports.std("sync", "Arc");
    let security = cx.secured.then(|| imports.sibling("traits", "Security"));
    let parameters = parameters(cx);
    let traits: Vec<TokenStream> = cx.ir.groups.iter().map(|group| group_trait(cx, group, imports)).collect();
    let variables: Vec<_> = cx.ir.groups.iter().map(|group| &group.variable).collect();
    let one: Vec<TokenStream> = cx
        .ir
        .groups
        .iter()
        .map(|group| {
            let name = &group.name;
            if cx.secured {
                quote! { #name<A::Principal> }
            } else {
                quote! { #name }
            }
        })
        .collect();
    let (one_security, one_argument) = match &security {
        Some(security) => (Some(quote! { #security + }), Some(quote! { &api, })),
        None => (None, None),
    };
    let arguments = variables.iter().map(|_| quote! { &api });
    let (security_parameter, security_argument, security_bound) = match &security {
        Some(security) => (Some(quote! { S, }), Some(quote! { security: &#arc<S>, }), Some(quote! { S: #security, })),
        None => (None, None, None),
    };
    let lints = lints::constructor(&variables, cx.secured, cx.ir.operations.len());
    let routes = routes(cx, imports);
    let where_one = if one.is_empty() && security.is_none() {
        quote! {}
    } else {
        quote! { where A: #one_security #(#one)+* }
    };
    quote! {
        #[doc = " Serves the whole document with one implementation of all its traits."]
        pub fn new<A>(api: A) -> #router #where_one {
            let api = #arc::new(api);
            from_parts(#one_argument #(#arguments),*)
        }

        #[doc = " Serves the document with one implementation per trait."]
        #lints
        pub fn from_parts<#security_parameter #(#parameters),*>(
            #security_argument
            #(#variables: &#arc<#parameters>),*
        ) -> #router
        where
            #security_bound
            #(#parameters: #traits,)*
        {
            #routes
        }
    }
}

fn group_trait(cx: &Cx<'_>, group: &Group, imports: &mut Imports<'_>) -> TokenStream {
    let name = &group.name;
    imports.sibling_named("traits", name.as_str());
    if cx.secured {
        quote! { #name<S::Principal> }
    } else {
        quote! { #name }
    }
}

fn routes(cx: &Cx<'_>, imports: &mut Imports<'_>) -> TokenStream {
    let routes = imports.runtime("codegen", "Routes");
    let document = imports.sibling("texts", "DOCUMENT");
    let mut calls = Vec::new();
    for (group, parameter) in cx.ir.groups.iter().zip(parameters(cx)) {
        for &index in &group.operations {
            let arc = imports.std("sync", "Arc");
            let operations = imports.sibling("", "operations");
            let operation = &cx.ir.operations[index];
            let (constant, name, variable) = (&operation.constant, &operation.name, &group.variable);
            let (state, function) = match operation.gate {
                // Without a security argument the caller's type cannot be inferred.
                Gate::Open if cx.secured => (quote! { #arc::clone(#variable) }, quote! { #name::<S, #parameter> }),
                Gate::Open => (quote! { #arc::clone(#variable) }, quote! { #name }),
                Gate::Closed | Gate::Schemes { .. } => {
                    (quote! { (#arc::clone(security), #arc::clone(#variable)) }, quote! { #name })
                }
            };
            calls.push(quote! { .operation(&#operations::#constant, #state, #function) });
        }
    }
    quote! { #routes::new(&#document) #(#calls)* .into_router() }
}

/// The function that takes one operation's requests through security and decoding to the handler.
fn call(cx: &Cx<'_>, group: &Group, operation: &Operation, imports: &mut Imports<'_>) -> TokenStream {
    let arc = imports.std("sync", "Arc");
    let incoming = imports.runtime("codegen", "Incoming");
    let response = imports.runtime("codegen", "Response");
    let rejection = imports.runtime("codegen", "Rejection");
    let operations = imports.sibling("", "operations");
    let (name, constant, trait_name) = (&operation.name, &operation.constant, &group.name);
    if operation.gate == Gate::Closed {
        let security = imports.sibling("traits", "Security");
        let (ready_type, ready) = (imports.std("future", "Ready"), imports.std("future", "ready"));
        return quote! {
            fn #name<S, A>(
                (security, _): (#arc<S>, #arc<A>),
                _: #incoming,
            ) -> #ready_type<Result<#response, #rejection>>
            where
                S: #security,
            {
                #ready(Err(security.unauthenticated(&#operations::#constant).into()))
            }
        };
    }
    imports.anonymous("codegen", "IntoResponse");
    let (gate, principal) = gate(cx, operation);
    let request = request(cx, operation, imports);
    let body = quote! {
        #gate
        #request
        let response = api.#name(incoming.into_context(#principal), request).await?;
        Ok(response.into_response())
    };
    let table = body_table(cx, operation, imports);
    let locals: Vec<String> = fields(operation).map(|name| local(operation, name.as_str()).to_string()).collect();
    let lints = lints::call(operation, &locals);
    let mutable = (!operation.parameters.is_empty() || operation.body.is_some()).then(|| quote! { mut });
    if operation.gate == Gate::Open {
        let (parameters, bound) = if cx.secured {
            let security = imports.sibling("traits", "Security");
            (quote! { <S, A> }, quote! { S: #security, A: #trait_name<S::Principal> })
        } else {
            (quote! { <A> }, quote! { A: #trait_name })
        };
        return quote! {
            #lints
            async fn #name #parameters(api: #arc<A>, #mutable incoming: #incoming) -> Result<#response, #rejection>
            where
                #bound,
            {
                #table
                #body
            }
        };
    }
    let security = imports.sibling("traits", "Security");
    quote! {
        #lints
        async fn #name<S, A>(
            (security, api): (#arc<S>, #arc<A>),
            #mutable incoming: #incoming,
        ) -> Result<#response, #rejection>
        where
            S: #security,
            A: #trait_name<S::Principal>,
        {
            #table
            let operation = &#operations::#constant;
            #body
        }
    }
}

/// The table of a body whose type has none of its own.
fn body_table(cx: &Cx<'_>, operation: &Operation, imports: &mut Imports<'_>) -> Option<TokenStream> {
    let body = operation.body.as_ref().filter(|body| !matches!(body.ty, Type::Named(_)))?;
    let schema = imports.runtime("codegen", "Schema");
    let table = table(cx, &body.ty, Home::Operations, imports);
    Some(quote! { static BODY: #schema = #table; })
}

/// Finds out who calls. Gives the statements, and the expression for the context's principal.
fn gate(cx: &Cx<'_>, operation: &Operation) -> (TokenStream, TokenStream) {
    match &operation.gate {
        Gate::Open | Gate::Closed => (quote! {}, quote! { () }),
        Gate::Schemes { alternatives, optional: false } if alternatives.len() == 1 => {
            let statements = alternatives.iter().map(|alternative| {
                let (credential, authenticate) = scheme(cx, alternative);
                quote! {
                    let Some(credential) = #credential else {
                        return Err(security.unauthenticated(operation).into());
                    };
                    let principal = security.#authenticate(credential, incoming.head(), operation).await?;
                    security.authorize(&principal, operation).await?;
                }
            });
            (quote! { #(#statements)* }, quote! { principal })
        }
        Gate::Schemes { alternatives, optional } => {
            let attempts = alternatives.iter().enumerate().map(|(index, alternative)| {
                let (credential, authenticate) = scheme(cx, alternative);
                let unless_known = (index > 0).then(|| quote! { .filter(|_| principal.is_none()) });
                quote! {
                    if let Some(credential) = #credential #unless_known {
                        match security.#authenticate(credential, incoming.head(), operation).await {
                            Ok(found) => principal = Some(found),
                            Err(denial) => denied = Some(denial),
                        }
                    }
                }
            });
            let settle = if *optional {
                quote! {
                    match (&principal, denied) {
                        (Some(principal), _) => security.authorize(principal, operation).await?,
                        (None, Some(denied)) => return Err(denied.into()),
                        (None, None) => {}
                    }
                }
            } else {
                quote! {
                    let Some(principal) = principal else {
                        return Err(denied.unwrap_or_else(|| security.unauthenticated(operation)).into());
                    };
                    security.authorize(&principal, operation).await?;
                }
            };
            let statements = quote! {
                let mut principal = None;
                let mut denied = None;
                #(#attempts)*
                #settle
            };
            (statements, quote! { principal })
        }
    }
}

fn scheme(cx: &Cx<'_>, alternative: &GateScheme) -> (TokenStream, TokenStream) {
    let scheme = &cx.ir.schemes[alternative.scheme];
    let credential = match &scheme.kind {
        SecuritySchemeKind::Bearer
        | SecuritySchemeKind::Basic
        | SecuritySchemeKind::Http(_)
        | SecuritySchemeKind::OAuth2
        | SecuritySchemeKind::OpenIdConnect
        | SecuritySchemeKind::MutualTls => quote! { incoming.bearer_token() },
        SecuritySchemeKind::ApiKey { place: ApiKeyPlace::Header, name } => quote! { incoming.api_key_header(#name) },
        SecuritySchemeKind::ApiKey { place: ApiKeyPlace::Query, name } => quote! { incoming.api_key_query(#name) },
        SecuritySchemeKind::ApiKey { place: ApiKeyPlace::Cookie, name } => quote! { incoming.api_key_cookie(#name) },
    };
    let method = &scheme.method;
    (credential, quote! { #method })
}

/// Decodes parameters and body: all of them, so that every violation is told at once.
fn request(cx: &Cx<'_>, operation: &Operation, imports: &mut Imports<'_>) -> TokenStream {
    let operations = imports.sibling("", "operations");
    let request = &operation.request;
    let mut names = Vec::new();
    let mut locals = Vec::new();
    let mut decoders = Vec::new();
    for parameter in &operation.parameters {
        names.push(&parameter.name);
        locals.push(local(operation, parameter.name.as_str()));
        decoders.push(decode(cx, parameter, imports));
    }
    if let Some(body) = &operation.body {
        names.push(&body.name);
        locals.push(local(operation, body.name.as_str()));
        let media_type = &body.media_type;
        let check = match body.ty {
            Type::Named(_) => check(cx, &body.ty, Home::Operations, imports),
            // A table that names another one cannot be a temporary.
            _ => quote! { &BODY },
        };
        let method = if body.required {
            quote! { json_body }
        } else {
            quote! { optional_json_body }
        };
        decoders.push(quote! { incoming.#method(&[#media_type], #check).await? });
    }
    let fields = names.iter().zip(&locals).map(|(name, local)| {
        if *local == name.as_str() {
            quote! { #name }
        } else {
            quote! { #name: #local }
        }
    });
    let fields = quote! { #(#fields),* };
    let decode = match locals.as_slice() {
        [] => None,
        [only] => Some(quote! { let Some(#only) = #(#decoders)* else { return Err(incoming.invalid()); }; }),
        several => Some(quote! {
            #(let #several = #decoders;)*
            let (#(Some(#several)),*) = (#(#several),*) else { return Err(incoming.invalid()); };
        }),
    };
    quote! {
        #decode
        let request = #operations::#request { #fields };
    }
}

/// The fields of the request struct.
fn fields(operation: &Operation) -> impl Iterator<Item = &Name> {
    let parameters = operation.parameters.iter().map(|parameter| &parameter.name);
    parameters.chain(operation.body.iter().map(|body| &body.name))
}

/// The local variable of a field: the function's own names stay visible, and none is one that clippy takes for a
/// placeholder.
fn local(operation: &Operation, name: &str) -> Ident {
    let own = [
        "api",
        "baz",
        "credential",
        "denied",
        "foo",
        "incoming",
        "operation",
        "operations",
        "principal",
        "quux",
        "request",
        "security",
    ];
    let mut text = name.to_owned();
    if own.contains(&name) {
        text.push_str("_value");
        while fields(operation).any(|field| field.as_str() == text) {
            text.push('_');
        }
    }
    Ident::new(&text, Span::call_site())
}

fn decode(cx: &Cx<'_>, parameter: &Parameter, imports: &mut Imports<'_>) -> TokenStream {
    let key = &parameter.key;
    let (required, optional, default) = match parameter.place {
        ParameterPlace::Path => return quote! { incoming.path_parameter(#key) },
        ParameterPlace::Query | ParameterPlace::QueryString | ParameterPlace::Cookie => {
            ("required_query_parameter", "query_parameter", "query_parameter_or")
        }
        ParameterPlace::Header => ("required_header_parameter", "header_parameter", "header_parameter_or"),
    };
    let method = |name: &str| Ident::new(name, Span::call_site());
    match &parameter.presence {
        Presence::Required | Presence::RequiredNullable => {
            let method = method(required);
            quote! { incoming.#method(#key) }
        }
        Presence::Optional | Presence::OptionalNullable => {
            let method = method(optional);
            quote! { incoming.#method(#key) }
        }
        Presence::Default { value, .. } => {
            let method = method(default);
            let value = literal(cx, value, Home::Operations, imports);
            quote! { incoming.#method(#key, || #value) }
        }
    }
}
