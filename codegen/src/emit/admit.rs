//! The function of `router.rs` that finds out who is calling.
//!
//! It borrows the request alone: a body that has not been read cannot be shared between threads, and a caller is waited for.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::Cx;
use crate::emit::imports::{Imports, path};
use crate::ir::{ApiKeyPlace, Scheme, SecuritySchemeKind};

/// The function, under this name.
pub(super) fn emit(cx: &Cx<'_>, name: &Ident, imports: &mut Imports<'_>) -> TokenStream {
    let traits = path(imports.take("super::traits"));
    let incoming = path(imports.take("stubwright::codegen::Incoming"));
    let (gate, outcome) =
        (path(imports.take("stubwright::codegen::Gate")), path(imports.take("stubwright::codegen::Outcome")));
    let (denied, info) = (path(imports.take("stubwright::Denied")), path(imports.take("stubwright::OperationInfo")));
    let schemes = cx.ir.schemes.iter().map(scheme);
    let known = if cx.combines() {
        quote! {
            #outcome::Known(mut principals) => {
                let principal = match principals.pop() {
                    Some(principal) if principals.is_empty() => principal,
                    last => {
                        principals.extend(last);
                        security.combine(principals, operation).await?
                    }
                };
                security.authorize(&principal, operation).await?;
                Ok(Some(principal))
            }
        }
    } else {
        quote! {
            #outcome::Known(mut principals) => {
                let Some(principal) = principals.pop() else {
                    return Err(security.unauthenticated(operation));
                };
                security.authorize(&principal, operation).await?;
                Ok(Some(principal))
            }
        }
    };
    quote! {
        #[doc = " Finds out who is calling, and whether they may."]
        async fn #name<S: #traits::Security>(
            security: &S,
            incoming: &mut #incoming,
            operation: &'static #info,
        ) -> Result<Option<S::Principal>, #denied> {
            let head = incoming.head();
            let mut gate = #gate::new(operation);
            while let Some(scheme) = gate.scheme() {
                let found = match scheme {
                    #(#schemes)*
                    _ => None,
                };
                gate.found(found);
            }
            match gate.outcome() {
                #known
                #outcome::Anonymous => Ok(None),
                #outcome::Denied(denied) => Err(denied),
                #outcome::Missing => Err(security.unauthenticated(operation)),
            }
        }
    }
}

fn scheme(scheme: &Scheme) -> TokenStream {
    let (key, method) = (&scheme.key, &scheme.method);
    let credential = match &scheme.kind {
        SecuritySchemeKind::Bearer | SecuritySchemeKind::OAuth2 | SecuritySchemeKind::OpenIdConnect => {
            quote! { incoming.bearer_token() }
        }
        SecuritySchemeKind::Basic => quote! { incoming.basic_credentials() },
        SecuritySchemeKind::Http(name) => quote! { incoming.http_credentials(#name) },
        SecuritySchemeKind::MutualTls => quote! { incoming.client_certificate() },
        SecuritySchemeKind::ApiKey { place: ApiKeyPlace::Header, name } => quote! { incoming.api_key_header(#name) },
        SecuritySchemeKind::ApiKey { place: ApiKeyPlace::Query, name } => quote! { incoming.api_key_query(#name) },
        SecuritySchemeKind::ApiKey { place: ApiKeyPlace::Cookie, name } => quote! { incoming.api_key_cookie(#name) },
    };
    quote! {
        #key => match #credential {
            Some(credential) => Some(security.#method(credential, head, operation).await),
            None => None,
        },
    }
}
