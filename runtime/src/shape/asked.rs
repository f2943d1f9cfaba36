//! Errors whose bodies the server's implementation is asked for.

use http::StatusCode;
use stubwright_schema::Violations;

use crate::operation::OperationInfo;

/// A body that the document declares and that only the server's implementation can fill.
#[derive(Debug, PartialEq, Eq)]
pub struct AskedShape {
    /// The media type.
    pub media_type: &'static str,
    /// Which of the methods fills it.
    pub method: usize,
    /// The number of its schema.
    pub schema: u32,
}

/// What a client is to be told that gets no answer of a handler: what the methods of a generated trait `Errors` make the
/// document's bodies of.
#[derive(Clone, Copy, Debug)]
pub struct EdgeError<'error> {
    /// The operation.
    pub operation: &'static OperationInfo,
    /// The status of the answer.
    pub status: StatusCode,
    /// The language that the client gets of those of the document. In it are the message and the violations, if the server
    /// has a [`Catalogue`](crate::Catalogue) of it, and else in English.
    pub language: &'static str,
    /// What went wrong, for the client.
    pub message: &'error str,
    /// What is wrong with the request: empty unless it breaks the contract.
    pub violations: &'error Violations,
}

/// In the extensions of an answer whose body has to be asked for: the router asks.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) shape: &'static AskedShape,
    pub(crate) message: String,
    pub(crate) violations: Violations,
    pub(crate) language: &'static str,
}
