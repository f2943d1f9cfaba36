//! Answers as generated code makes them.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::Body;
use bytes::Bytes;
use http::StatusCode;
use http_body::Frame;

use crate::body::UntypedBody;
use crate::status::is_bodiless;

pub(crate) use axum::response::Response;

/// In the extensions of a 500 that has no body yet: the router gives it one in the document's shape.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failed;

/// The body of an answer that can have none. Its length is not zero but unknown, for axum would write a length of zero,
/// which is wrong for a 204 and for the answer to HEAD (RFC 9110 section 8.6).
pub(crate) fn nothing() -> Body {
    Body::new(Nothing)
}

struct Nothing;

impl http_body::Body for Nothing {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        true
    }
}

/// A 204.
pub(crate) fn no_content() -> Response {
    let mut response = Response::new(nothing());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

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
