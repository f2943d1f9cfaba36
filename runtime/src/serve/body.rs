//! A request's body that fails when the client pauses for too long, and a response's that tells when it ends.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use pin_project_lite::pin_project;
use tokio::time::{Instant, Sleep, sleep};

use super::watch::InFlight;

/// The client sent no part of a body within the time allowed.
#[derive(Debug)]
pub(crate) struct BodyTimeout;

impl fmt::Display for BodyTimeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body stalled")
    }
}

impl StdError for BodyTimeout {}

pin_project! {
    /// The body of a request. The clock runs only while somebody waits for the next part.
    pub(super) struct RequestBody {
        #[pin]
        inner: Incoming,
        timeout: Duration,
        pause: Option<Pin<Box<Sleep>>>,
        is_waiting: bool,
    }
}

impl RequestBody {
    pub(super) fn new(inner: Incoming, timeout: Duration) -> Self {
        Self { inner, timeout, pause: None, is_waiting: false }
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = Box<dyn StdError + Send + Sync>;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let body = self.project();
        if let Poll::Ready(frame) = body.inner.poll_frame(cx) {
            *body.is_waiting = false;
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let pause = body.pause.get_or_insert_with(|| Box::pin(sleep(*body.timeout)));
        if !*body.is_waiting {
            *body.is_waiting = true;
            pause.as_mut().reset(Instant::now() + *body.timeout);
        }
        pause.as_mut().poll(cx).map(|()| Some(Err(BodyTimeout.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

pin_project! {
    /// The body of a response; while it lives, its request is in flight.
    pub(super) struct ResponseBody {
        #[pin]
        pub(super) inner: axum::body::Body,
        pub(super) in_flight: InFlight,
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.project().inner.poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
