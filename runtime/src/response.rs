//! Answers as generated code makes them.

use http::StatusCode;

use crate::body::UntypedBody;
use crate::status::is_bodiless;

pub(crate) use axum::response::Response;

/// In the extensions of a 500 that has no body yet: the router gives it one in the document's shape.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failed;

/// An answer whose body the document declares no type for, or that has none.
pub(crate) fn untyped(status: StatusCode, body: Option<UntypedBody>) -> Response {
    let mut response = Response::default();
    *response.status_mut() = status;
    if let Some(body) = body.filter(|_| !is_bodiless(status)) {
        body.fill(&mut response);
    }
    response
}

/// A 500, which the router fills.
pub(crate) fn failed() -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response.extensions_mut().insert(Failed);
    response
}
