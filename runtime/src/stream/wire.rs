//! A body as it comes off the connection, within its limit.

use std::error::Error as StdError;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::Body;
use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderValue, StatusCode, Version, header};
use http_body::Body as _;

use stubwright_schema::Sentence;

use crate::error::Error;
use crate::rejection::Rejection;
use crate::serve::BodyTimeout;

/// The pieces of a request's body. What stops them is an error that a handler passes on: 413 beyond the limit, 408 for a
/// body that stalls, 400 for one that breaks off.
pub(crate) struct Wire {
    body: Body,
    /// How many more bytes may come.
    left: u64,
    version: Version,
    is_over: bool,
}

impl Wire {
    pub(crate) fn new(body: Body, limit: u64, version: Version) -> Self {
        Self { body, left: limit, version, is_over: false }
    }

    fn next_piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Rejection>>> {
        loop {
            let Some(frame) = ready!(Pin::new(&mut self.body).poll_frame(cx)) else { return Poll::Ready(None) };
            let Ok(data) = frame.map_err(|error| broken(&error, self.version))?.into_data() else { continue };
            let length = u64::try_from(data.len()).unwrap_or(u64::MAX);
            self.left = self.left.checked_sub(length).ok_or_else(too_long)?;
            if !data.is_empty() {
                return Poll::Ready(Some(Ok(data)));
            }
        }
    }
}

impl Stream for Wire {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        let piece = ready!(self.next_piece(cx));
        self.is_over = !matches!(piece, Some(Ok(_)));
        Poll::Ready(piece.map(|piece| piece.map_err(Error::refused)))
    }
}

/// 413 (RFC 9110 section 15.5.14).
pub(crate) fn too_long() -> Rejection {
    Rejection::refused(StatusCode::PAYLOAD_TOO_LARGE, Sentence::ContentTooLarge)
}

/// 408 for a body that stalls, and the end of its connection (RFC 9110 section 15.5.9); 400 for one that breaks off.
pub(crate) fn broken(error: &axum::Error, version: Version) -> Rejection {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<BodyTimeout>() {
            let refusal = Rejection::refused(StatusCode::REQUEST_TIMEOUT, Sentence::RequestTimeout);
            // HTTP/2 has no such field (RFC 9113 section 8.2.2).
            return match version {
                Version::HTTP_10 | Version::HTTP_11 => {
                    refusal.with_header(header::CONNECTION, HeaderValue::from_static("close"))
                }
                _ => refusal,
            };
        }
        cause = error.source();
    }
    Rejection::refused(StatusCode::BAD_REQUEST, Sentence::UnreadableBody)
}
