//! What a document says of an operation, as constants that generated code declares.

use http::StatusCode;

use crate::shape::ErrorShape;

/// An operation of the document.
///
/// A `&'static OperationInfo` stands in the extensions of the request that layers around an operation see; a handler has it
/// in its context. [`RouterOptions::operation_in_responses`](crate::RouterOptions) puts it into the response, too, so that
/// layers around the router can log by operation.
///
/// ```
/// use stubwright::{OperationInfo, SchemeUse};
///
/// static LIST_PETS: OperationInfo = OperationInfo::new("listPets", "GET", "/pets")
///     .tags(&["pets"])
///     .security(&[&[SchemeUse::bearer("token", &["read"])], &[SchemeUse::api_key("key", &[])]]);
/// assert_eq!((LIST_PETS.method, LIST_PETS.invalid_status.as_u16()), ("GET", 400));
/// ```
#[derive(Debug)]
pub struct OperationInfo {
    /// The `operationId`, or what the generator put in its place.
    pub id: &'static str,

    /// The method, any token of HTTP: `GET`, `PURGE`.
    pub method: &'static str,

    /// The path template: `/pets/{pet_id}`.
    pub path: &'static str,

    /// What the query of a request must have for this operation: names, and values where the document gives them.
    pub query: &'static [(&'static str, Option<&'static str>)],

    /// The tags, in document order.
    pub tags: &'static [&'static str],

    /// Who may call: alternatives, each a list of schemes that must all be satisfied. Empty: no security.
    pub security: &'static [&'static [SchemeUse]],

    /// The permissions that a caller needs, all of them, where the document names some (`x-required-permission`).
    pub required_permission: &'static [&'static str],

    /// What `WWW-Authenticate` calls the part of the server that credentials are for (RFC 9110 section 11.5).
    pub realm: Option<&'static str>,

    /// Whether the document calls the operation deprecated.
    pub deprecated: bool,

    /// The status of the answer to a request that breaks the contract.
    pub invalid_status: StatusCode,

    /// What the bodies of errors look like, unless `error_shapes` says otherwise.
    pub error_shape: ErrorShape,

    /// What they look like for single statuses.
    pub error_shapes: &'static [(u16, ErrorShape)],
}

/// A security scheme that an operation asks for.
#[derive(Debug, PartialEq, Eq)]
pub struct SchemeUse {
    /// The name under `securitySchemes`.
    pub scheme: &'static str,

    /// The authentication scheme that `WWW-Authenticate` names: `Bearer`. Schemes of type `apiKey` and `mutualTLS` have
    /// none. Of a scheme that the document does not define it is the name in the document.
    pub challenge: Option<&'static str>,

    /// The scopes or roles that the operation asks for.
    pub scopes: &'static [&'static str],
}

impl OperationInfo {
    /// An operation without tags and security, whose errors are problems (RFC 9457).
    pub const fn new(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            query: &[],
            tags: &[],
            security: &[],
            required_permission: &[],
            realm: None,
            deprecated: false,
            invalid_status: StatusCode::BAD_REQUEST,
            error_shape: ErrorShape::Problem,
            error_shapes: &[],
        }
    }

    /// The same, only for requests whose query has these names and values.
    #[must_use]
    pub const fn query(mut self, query: &'static [(&'static str, Option<&'static str>)]) -> Self {
        self.query = query;
        self
    }

    /// The same with these tags.
    #[must_use]
    pub const fn tags(mut self, tags: &'static [&'static str]) -> Self {
        self.tags = tags;
        self
    }

    /// The same for callers who meet one of these alternatives.
    #[must_use]
    pub const fn security(mut self, security: &'static [&'static [SchemeUse]]) -> Self {
        self.security = security;
        self
    }

    /// The same for callers who have these permissions.
    #[must_use]
    pub const fn required_permission(mut self, permissions: &'static [&'static str]) -> Self {
        self.required_permission = permissions;
        self
    }

    /// The same, with a realm.
    #[must_use]
    pub const fn realm(mut self, realm: &'static str) -> Self {
        self.realm = Some(realm);
        self
    }

    /// The same, with the status of the answer to an invalid request and the shape of its errors.
    #[must_use]
    pub const fn invalid(mut self, status: StatusCode, shape: ErrorShape) -> Self {
        self.invalid_status = status;
        self.error_shape = shape;
        self
    }

    /// The same, with other shapes for the errors of single statuses.
    #[must_use]
    pub const fn errors(mut self, shapes: &'static [(u16, ErrorShape)]) -> Self {
        self.error_shapes = shapes;
        self
    }

    /// What the body of an error looks like that has this status.
    pub fn shape_of(&self, status: StatusCode) -> ErrorShape {
        let single = self.error_shapes.iter().find(|(single, _)| *single == status.as_u16());
        single.map_or(self.error_shape, |(_, shape)| *shape)
    }

    /// The same, deprecated.
    #[must_use]
    pub const fn deprecated(mut self) -> Self {
        self.deprecated = true;
        self
    }

    /// Every use of a scheme, in document order.
    pub(crate) fn schemes(&self) -> impl Iterator<Item = &'static SchemeUse> {
        self.security.iter().flat_map(|all| all.iter())
    }
}

impl SchemeUse {
    /// A bearer token: `http` with `bearer`, `oauth2`, `openIdConnect`.
    pub const fn bearer(scheme: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, challenge: Some("Bearer"), scopes }
    }

    /// A name and a password: `http` with `basic`.
    pub const fn basic(scheme: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, challenge: Some("Basic"), scopes }
    }

    /// Another authentication scheme of HTTP, by its name.
    pub const fn http(scheme: &'static str, challenge: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, challenge: Some(challenge), scopes }
    }

    /// An API key in a header, the query or a cookie.
    pub const fn api_key(scheme: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, challenge: None, scopes }
    }

    /// A scheme that the document names and does not define: no credential satisfies it.
    pub const fn undefined(scheme: &'static str) -> Self {
        Self { scheme, challenge: Some(scheme), scopes: &[] }
    }

    /// The client's certificate: `mutualTLS`.
    pub const fn mutual_tls(scheme: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, challenge: None, scopes }
    }
}
