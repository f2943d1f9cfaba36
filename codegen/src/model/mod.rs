//! The contract in one form, whatever OpenAPI version it is written in.
//!
//! The reader makes it, the checker judges it, the lowering reads it. The one rule: differences between OpenAPI 3.0, 3.1
//! and 3.2 end here, and no Rust name or type begins here.

mod admit;
mod expression;
mod operation;
mod schema;
mod schemas;
mod template;
mod type_set;
mod xml;

pub(crate) use admit::{integer, is_integer};
pub(crate) use expression::{Expression, UrlPart, url_parts};
pub(crate) use operation::{
    Cause, Encoding, Header, MediaType, Operation, Outgoing, Parameter, ParameterPlace, ParameterStyle, ParameterValue,
    RequestBody, Response, Status,
};
pub(crate) use schema::{AdditionalProperties, Discriminator, DynamicReference, Limits, Property, Schema};
pub(crate) use schemas::{SchemaId, Schemas};
pub(crate) use template::{Malformed, Template};
pub(crate) use type_set::TypeSet;
pub(crate) use xml::{Xml, XmlNode};

use std::collections::HashMap;

use crate::source::Span;

/// A value and the place that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

/// Text for people, in the base language.
pub(crate) type Text = Spanned<String>;

/// A whole document.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    /// The title, `info.title`.
    pub title: Option<Text>,
    /// The description, `info.description`.
    pub description: Option<Text>,
    /// Every schema of the document.
    pub schemas: Schemas,
    /// The dynamic anchors of each schema resource: [`Schema::resource`] is an index into this.
    pub dynamic_anchors: Vec<Vec<(String, SchemaId)>>,
    /// The schemas under `components`, in document order, and then those of other places and files that a reference gives
    /// a name to.
    pub named_schemas: Vec<NamedSchema>,
    /// The declared tags.
    pub tags: Vec<Tag>,
    /// The security schemes, in document order.
    pub security_schemes: Vec<SecurityScheme>,
    /// The operations, in document order.
    pub operations: Vec<Operation>,
    /// The requests that a server sends: webhooks and callbacks.
    pub outgoing: Vec<Outgoing>,
}

impl Model {
    /// The operations that no request reaches, because an earlier one answers the same method, shape of path, and query
    /// that the path's key demands; each with that one, by their indices.
    pub(crate) fn shadowed(&self) -> Vec<(usize, usize)> {
        let mut seen = HashMap::new();
        let mut shadowed = Vec::new();
        for (index, operation) in self.operations.iter().enumerate() {
            let mut query: Vec<_> = operation.query.iter().collect();
            query.sort_unstable();
            let key = (operation.template.shape(), operation.method.as_str(), query);
            match seen.get(&key) {
                Some(&first) => shadowed.push((index, first)),
                None => {
                    seen.insert(key, index);
                }
            }
        }
        shadowed
    }
}

/// A schema with a name: one under `components.schemas`, or one that a reference leads to. Names of the latter may be given
/// twice.
#[derive(Clone, Debug)]
pub(crate) struct NamedSchema {
    /// The key; for a schema that is a whole file, the file's name without its ending.
    pub key: Spanned<String>,
    /// The schema.
    pub schema: SchemaId,
}

/// A Tag Object, OpenAPI 3.1.1 section 4.8.22.
#[derive(Clone, Debug)]
pub(crate) struct Tag {
    /// The name that operations refer to.
    pub name: Spanned<String>,
    /// The name given by `x-rust-name`.
    pub rust_name: Option<Spanned<String>>,
    /// What it groups.
    pub description: Option<Text>,
}

/// A Security Scheme Object, OpenAPI 3.1.1 section 4.8.27.
#[derive(Clone, Debug)]
pub(crate) struct SecurityScheme {
    /// The key, which requirements refer to.
    pub key: Spanned<String>,
    /// The name given by `x-rust-name`.
    pub rust_name: Option<Spanned<String>>,
    /// Which credential it asks for.
    pub kind: SecuritySchemeKind,
    /// What it is.
    pub description: Option<Text>,
}

/// The credential of a security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SecuritySchemeKind {
    /// `type: http`, `scheme: basic` (RFC 7617).
    Basic,
    /// `type: http`, `scheme: bearer` (RFC 6750).
    Bearer,
    /// `type: http` with another scheme, by its name as written (RFC 9110 section 11.1).
    Http(String),
    /// `type: oauth2`: a bearer token.
    OAuth2,
    /// `type: openIdConnect`: a bearer token.
    OpenIdConnect,
    /// `type: mutualTLS`: the client's certificate.
    MutualTls,
    /// `type: apiKey`.
    ApiKey {
        /// Where it is sent.
        place: ApiKeyPlace,
        /// The name of the header, query parameter or cookie.
        name: String,
    },
}

/// Where an API key is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ApiKeyPlace {
    /// A header field.
    Header,
    /// A query parameter.
    Query,
    /// A cookie.
    Cookie,
}

/// One alternative of a `security` list: all of its schemes together. Without schemes, no credential is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SecurityRequirement {
    /// The schemes.
    pub schemes: Vec<SchemeUse>,
    /// The alternative's place.
    pub span: Span,
}

/// A scheme within a requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SchemeUse {
    /// The scheme's key.
    pub scheme: Spanned<String>,
    /// The scopes or roles that it must grant.
    pub scopes: Vec<String>,
}
