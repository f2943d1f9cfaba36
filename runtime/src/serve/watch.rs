//! What a connection is doing, and the end of one that does nothing.
//!
//! hyper times the head of an HTTP/1 request, but neither the bytes that tell HTTP/1 from HTTP/2, nor the heads of
//! HTTP/2, nor a client that does not read. Here a connection is idle when it is the server's turn in no request and
//! no write waits; and a write that waits for a client that is too slow fails.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http::Extensions;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, sleep_until};

use super::pace::Pace;

/// What a connection is doing.
pub(super) struct Activity(Mutex<State>);

struct State {
    /// Requests in which it is the server's turn, and writes that wait.
    busy: usize,
    /// Requests in which it is the turn of the client, to read the answer.
    reading: usize,
    /// When the time of an idle connection began.
    idle_since: Instant,
}

/// A request that has not been answered to the end, or a write that waits.
pub(super) struct InFlight {
    activity: Arc<Activity>,
    turn: Turn,
}

/// Who is waited for.
#[derive(Clone, Copy)]
pub(super) enum Turn {
    Server,
    /// The reader of an answer, who already used up some of its time.
    Reader {
        waited: Duration,
    },
}

impl Activity {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new(State { busy: 0, reading: 0, idle_since: Instant::now() })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts one until the guard is dropped.
    pub(super) fn begin(self: &Arc<Self>) -> InFlight {
        self.state().busy += 1;
        InFlight { activity: Arc::clone(self), turn: Turn::Server }
    }

    /// Is ready when the connection has been idle for so long: `reader` while an answer is read, else `timeout`.
    pub(super) async fn idle(&self, timeout: Duration, reader: Duration) {
        loop {
            let now = Instant::now();
            let deadline = match *self.state() {
                State { busy: 0, reading: 0, idle_since } => idle_since + timeout,
                State { busy: 0, idle_since, .. } => idle_since + reader,
                State { .. } => now + timeout,
            };
            if deadline <= now {
                return;
            }
            // What the connection is doing may change meanwhile.
            sleep_until(deadline.min(now + timeout)).await;
        }
    }
}

impl State {
    fn count(&mut self, turn: Turn) -> &mut usize {
        match turn {
            Turn::Server => &mut self.busy,
            Turn::Reader { .. } => &mut self.reading,
        }
    }
}

impl InFlight {
    /// Says whose turn it is from now on.
    pub(super) fn turn(&mut self, turn: Turn) {
        let mut state = self.activity.state();
        *state.count(self.turn) -= 1;
        *state.count(turn) += 1;
        self.turn = turn;
        if let Turn::Reader { waited } = turn {
            // As if the wait had begun earlier, so that it ends when the reader's time does.
            let since = Instant::now().checked_sub(waited).unwrap_or(state.idle_since);
            state.idle_since = state.idle_since.max(since);
        }
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        let mut state = self.activity.state();
        *state.count(self.turn) -= 1;
        state.idle_since = Instant::now();
    }
}

/// A stream whose other end must not read too slowly.
///
/// What the other end took shows only when the system's buffer has room again, which comes in steps of a third of it.
pub(super) struct Watched<S> {
    stream: S,
    describe: fn(&S) -> Extensions,
    /// What `describe` told, once something was read.
    described: Arc<OnceLock<Extensions>>,
    activity: Arc<Activity>,
    pace: Pace,
    /// While a write waits.
    waiting: Option<InFlight>,
}

impl<S> Watched<S> {
    pub(super) fn new(stream: S, describe: fn(&S) -> Extensions, activity: Arc<Activity>, pace: Pace) -> Self {
        Self { stream, describe, described: Arc::default(), activity, pace, waiting: None }
    }

    /// What is told of the stream once something was read.
    pub(super) fn described(&self) -> Arc<OnceLock<Extensions>> {
        Arc::clone(&self.described)
    }

    /// Passes on what a write did; one that waits for too long fails.
    fn written<T>(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<T>>,
        bytes: impl FnOnce(&T) -> usize,
    ) -> Poll<io::Result<T>> {
        if let Poll::Ready(result) = written {
            self.waiting = None;
            self.pace.went_on(result.as_ref().map_or(0, bytes));
            return Poll::Ready(result);
        }
        self.waiting.get_or_insert_with(|| self.activity.begin());
        ready!(self.pace.poll_too_slow(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if buffer.filled().len() > before {
            self.described.get_or_init(|| (self.describe)(&self.stream));
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.written(cx, written, |bytes| *bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.written(cx, written, |bytes| *bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        self.written(cx, flushed, |()| 0)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let closed = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.written(cx, closed, |()| 0)
    }
}
