//! The guard of `router.rs`, which finds out who is calling.
//!
//! It borrows the request alone: a body that has not been read cannot be shared between threads, and a caller is waited for.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Cx;
use crate::emit::imports::{Imports, path};
use crate::ir::{ApiKeyPlace, Gate, Scheme, SecuritySchemeKind};

/// The type `Admission`, and the runtime's trait for it.
pub(super) fn emit(cx: &Cx<'_>, imports: &mut Imports<'_>) -> TokenStream {
    let traits = path(imports.take("super::traits"));
    let (arc, guard) = (path(imports.take("std::sync::Arc")), path(imports.take("stubwright::codegen::Guard")));
    let incoming = path(imports.take("stubwright::codegen::Incoming"));
    let (denied, info) = (path(imports.take("stubwright::Denied")), path(imports.take("stubwright::OperationInfo")));
    let is_asked = cx.ir.operations.iter().any(|operation| matches!(operation.gate, Gate::Schemes { .. }));
    let (request, body) = if is_asked {
        (quote! { incoming }, ask(cx, imports))
    } else {
        (quote! { _ }, quote! { Err(self.0.unauthenticated(operation)) })
    };
    quote! {
        #[doc = " Finds out who is calling, and whether they may."]
        struct Admission<S>(#arc<S>);

        impl<S: #traits::Security> #guard for Admission<S> {
            type Principal = S::Principal;

            async fn admit(
                &self,
                #request: &mut #incoming,
                operation: &'static #info,
            ) -> Result<Option<S::Principal>, #denied> {
                #body
            }

            fn unauthenticated(&self, operation: &'static #info) -> #denied {
                self.0.unauthenticated(operation)
            }
        }
    }
}

/// Asks the schemes, one by one, and says what their answers mean.
fn ask(cx: &Cx<'_>, imports: &mut Imports<'_>) -> TokenStream {
    let (gate, outcome) =
        (path(imports.take("stubwright::codegen::Gate")), path(imports.take("stubwright::codegen::Outcome")));
    let schemes = cx.ir.schemes.iter().map(scheme);
    let known = if cx.combines() {
        quote! {
            #outcome::Known(mut principals, met) => {
                let principal = match principals.pop() {
                    Some(principal) if principals.is_empty() => principal,
                    last => {
                        principals.extend(last);
                        security.combine(principals, met, operation).await?
                    }
                };
                security.authorize(&principal, met, operation).await?;
                Ok(Some(principal))
            }
        }
    } else {
        quote! {
            #outcome::Known(mut principals, met) => {
                let Some(principal) = principals.pop() else {
                    return Err(security.unauthenticated(operation));
                };
                security.authorize(&principal, met, operation).await?;
                Ok(Some(principal))
            }
        }
    };
    quote! {
        let security = &*self.0;
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
