//! The contract in one form, whatever OpenAPI version it is written in.
//!
//! The reader makes it, the checker judges it, the lowering reads it. The one rule: differences between OpenAPI 3.0, 3.1
//! and 3.2 end here, and no Rust name or type begins here.

mod admit;
mod schema;

pub(crate) use admit::integer;
pub(crate) use schema::{AdditionalProperties, Property, Schema, SchemaId, Schemas, TypeSet};

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
    /// The schemas under `components`, in document order.
    pub named_schemas: Vec<NamedSchema>,
    /// The declared tags.
    pub tags: Vec<Tag>,
    /// The security schemes, in document order.
    pub security_schemes: Vec<SecurityScheme>,
    /// The operations, in document order.
    pub operations: Vec<Operation>,
}

/// A schema under `components.schemas`.
#[derive(Clone, Debug)]
pub(crate) struct NamedSchema {
    /// The key.
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
    /// `type: http`, `scheme: bearer` (RFC 6750).
    Bearer,
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

/// An Operation Object, OpenAPI 3.1.1 section 4.8.10.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// The place of the method's key.
    pub span: Span,
    /// The path template.
    pub path: Spanned<String>,
    /// The method, in capitals.
    pub method: &'static str,
    /// The `operationId`.
    pub id: Option<Spanned<String>>,
    /// The name given by `x-rust-name`.
    pub rust_name: Option<Spanned<String>>,
    /// The tags.
    pub tags: Vec<Spanned<String>>,
    /// In short.
    pub summary: Option<Text>,
    /// In full.
    pub description: Option<Text>,
    /// Whether clients should stop using it.
    pub deprecated: bool,
    /// The parameters: the path's and the operation's own.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub request_body: Option<RequestBody>,
    /// The responses, in document order.
    pub responses: Vec<Response>,
    /// The alternatives of credentials: the operation's own, or else the document's. None means that no credential is
    /// needed.
    pub security: Vec<SecurityRequirement>,
}

/// A Parameter Object, OpenAPI 3.1.1 section 4.8.12.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// The name.
    pub name: Spanned<String>,
    /// The name given by `x-rust-name`.
    pub rust_name: Option<Spanned<String>>,
    /// Where it is sent.
    pub place: ParameterPlace,
    /// Whether a request must have it.
    pub required: bool,
    /// Whether clients should stop sending it.
    pub deprecated: bool,
    /// What it is.
    pub description: Option<Text>,
    /// Its type.
    pub schema: SchemaId,
}

impl Parameter {
    /// What tells the parameters of an operation apart, OpenAPI 3.1.1 section 4.8.12. The names of header fields are
    /// case-insensitive (RFC 9110 section 5.1).
    pub(crate) fn identity(&self) -> (ParameterPlace, String) {
        let name = match self.place {
            ParameterPlace::Header => self.name.value.to_ascii_lowercase(),
            ParameterPlace::Path | ParameterPlace::Query => self.name.value.clone(),
        };
        (self.place, name)
    }
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ParameterPlace {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header field.
    Header,
}

impl ParameterPlace {
    /// The value of `in`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
        }
    }
}

/// A Request Body Object, OpenAPI 3.1.1 section 4.8.13.
#[derive(Clone, Debug)]
pub(crate) struct RequestBody {
    /// Its place.
    pub span: Span,
    /// Whether a request must have one.
    pub required: bool,
    /// What it is.
    pub description: Option<Text>,
    /// What it may be.
    pub content: Vec<MediaType>,
}

/// A Media Type Object with its key, OpenAPI 3.1.1 section 4.8.14.
#[derive(Clone, Debug)]
pub(crate) struct MediaType {
    /// The media type.
    pub name: Spanned<String>,
    /// The body's type.
    pub schema: Option<SchemaId>,
}

/// A Response Object with its key, OpenAPI 3.1.1 sections 4.8.16 and 4.8.17.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    /// Which status it is for.
    pub status: Spanned<Status>,
    /// What it means.
    pub description: Option<Text>,
    /// Its bodies.
    pub content: Vec<MediaType>,
}

/// The key of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// One status code.
    Code(u16),
    /// Every status that is not declared.
    Default,
}
