//! What a document says of an operation, as constants that generated code declares.

use http::{Method, StatusCode};

use crate::shape::ErrorShape;

/// An operation of the document.
///
/// A `&'static OperationInfo` stands in the extensions of the request that a handler sees and of the response that the
/// router gives, so that layers around the router can log by operation.
#[derive(Debug)]
pub struct OperationInfo {
    /// The `operationId`, or what the generator put in its place.
    pub id: &'static str,

    /// The method.
    pub method: Method,

    /// The path template: `/pets/{pet_id}`.
    pub path: &'static str,

    /// The tags, in document order.
    pub tags: &'static [&'static str],

    /// Who may call: alternatives, each a list of schemes that must all be satisfied. Empty: no security.
    pub security: &'static [&'static [SchemeUse]],

    /// Whether the document calls the operation deprecated.
    pub deprecated: bool,

    /// The status of the answer to a request that breaks the contract.
    pub invalid_status: StatusCode,

    /// What the bodies of errors look like.
    pub error_shape: ErrorShape,
}

/// A security scheme that an operation asks for.
#[derive(Debug)]
pub struct SchemeUse {
    /// The name under `securitySchemes`.
    pub scheme: &'static str,

    /// The authentication scheme that `WWW-Authenticate` names: `Bearer`. Schemes of type `apiKey` have none.
    pub challenge: Option<&'static str>,

    /// The scopes or roles that the operation asks for.
    pub scopes: &'static [&'static str],
}

impl OperationInfo {
    /// Every use of a scheme, in document order.
    pub(crate) fn schemes(&self) -> impl Iterator<Item = &'static SchemeUse> {
        self.security.iter().flat_map(|all| all.iter())
    }
}
