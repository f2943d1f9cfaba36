//! A request's body that fails when the client is too slow, and a response's that tells whose turn it is.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use pin_project_lite::pin_project;

use super::pace::Pace;
use super::watch::{InFlight, Turn};

/// The client sent a body too slowly, or no part of it within the time allowed.
#[derive(Debug)]
pub(crate) struct BodyTimeout;

impl fmt::Display for BodyTimeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body came too slowly")
    }
}

impl StdError for BodyTimeout {}

/// How much of a request's body was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    Unread,
    Begun,
    Ended,
    Broken,
}

/// The progress of a body, for whoever has no body at hand.
#[derive(Clone, Debug)]
pub(super) struct ProgressWatch(Arc<AtomicU8>);

impl ProgressWatch {
    pub(super) fn new() -> Self {
        Self(Arc::new(AtomicU8::new(Progress::Unread as u8)))
    }

    pub(super) fn progress(&self) -> Progress {
        let number = self.0.load(Ordering::Relaxed);
        let all = [Progress::Unread, Progress::Begun, Progress::Ended];
        all.into_iter().find(|progress| *progress as u8 == number).unwrap_or(Progress::Broken)
    }

    fn set(&self, progress: Progress) {
        self.0.store(progress as u8, Ordering::Relaxed);
    }
}

pin_project! {
    /// The body of a request. The clock runs only while somebody waits for the next part.
    pub(super) struct RequestBody {
        #[pin]
        inner: Incoming,
        pace: Pace,
        watch: Option<ProgressWatch>,
    }
}

impl RequestBody {
    pub(super) fn new(inner: Incoming, pace: Pace, watch: Option<ProgressWatch>) -> Self {
        Self { inner, pace, watch }
    }
}

impl Body for RequestBody {
    type Data = Bytes;
    type Error = Box<dyn StdError + Send + Sync>;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let mut body = self.project();
        let polled = match body.inner.as_mut().poll_frame(cx) {
            Poll::Ready(frame) => {
                let data = frame.as_ref().and_then(|frame| frame.as_ref().ok()).and_then(Frame::data_ref);
                body.pace.went_on(data.map_or(0, Bytes::len));
                Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
            }
            Poll::Pending => body.pace.poll_too_slow(cx).map(|()| Some(Err(BodyTimeout.into()))),
        };
        if let Some(watch) = body.watch {
            watch.set(match &polled {
                Poll::Ready(None) => Progress::Ended,
                Poll::Ready(Some(Err(_))) => Progress::Broken,
                Poll::Ready(Some(Ok(_))) if body.inner.is_end_stream() => Progress::Ended,
                Poll::Ready(Some(Ok(_))) | Poll::Pending => Progress::Begun,
            });
        }
        polled
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
    ///
    /// Over HTTP/1 a slow reader makes a write wait. Over HTTP/2 it can also grant no window, so that nothing is
    /// written at all; there, the body knows: the reader's turn is from a part given out until the next is asked for.
    pub(super) struct ResponseBody {
        #[pin]
        inner: axum::body::Body,
        in_flight: InFlight,
        // The reader's, over HTTP/2.
        pace: Option<Pace>,
        // What has not been given out of the part at hand.
        rest: Bytes,
    }
}

impl ResponseBody {
    pub(super) fn new(inner: axum::body::Body, in_flight: InFlight, pace: Option<Pace>) -> Self {
        Self { inner, in_flight, pace, rest: Bytes::new() }
    }
}

impl Body for ResponseBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        /// The largest frame that a client takes unless it says more (RFC 9113 section 6.5.2). What is given out at
        /// once is out of sight, a whole body too.
        const PIECE: usize = 16 * 1024;
        let body = self.project();
        let Some(pace) = body.pace else { return body.inner.poll_frame(cx) };
        pace.went_on(0);
        body.in_flight.turn(Turn::Server);
        if body.rest.is_empty() {
            match ready!(body.inner.poll_frame(cx)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => *body.rest = data,
                    Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
                },
                ended => return Poll::Ready(ended),
            }
        }
        let piece = body.rest.split_to(body.rest.len().min(PIECE));
        pace.went_on(piece.len());
        body.in_flight.turn(Turn::Reader { waited: pace.wait() });
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let mut hint = self.inner.size_hint();
        let rest = u64::try_from(self.rest.len()).unwrap_or(u64::MAX);
        if let Some(upper) = hint.upper() {
            hint.set_upper(upper.saturating_add(rest));
        }
        hint.set_lower(hint.lower().saturating_add(rest));
        hint
    }
}
