//! What a connection is doing, and the end of one that does nothing.
//!
//! hyper times the head of an HTTP/1 request, but neither the bytes that tell HTTP/1 from HTTP/2, nor the heads of
//! HTTP/2, nor a client that does not read. Here a connection is idle when no request is in flight and nothing is
//! written; and a write that makes no headway fails.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep, sleep_until};

/// What a connection is doing.
pub(super) struct Activity {
    start: Instant,
    /// Requests that are not answered to the end, and writes that wait.
    busy: AtomicUsize,
    /// When the last of them ended, in milliseconds from the start.
    last: AtomicU64,
}

/// A request that has not been answered to the end, or a write that waits.
pub(super) struct InFlight(Arc<Activity>);

impl Activity {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self { start: Instant::now(), busy: AtomicUsize::new(0), last: AtomicU64::new(0) })
    }

    /// Counts one until the guard is dropped.
    pub(super) fn begin(self: &Arc<Self>) -> InFlight {
        self.busy.fetch_add(1, Ordering::Relaxed);
        InFlight(Arc::clone(self))
    }

    /// Is ready when the connection has been idle for so long.
    pub(super) async fn idle(&self, timeout: Duration) {
        loop {
            let now = Instant::now();
            let idle_since = self.start + Duration::from_millis(self.last.load(Ordering::Relaxed));
            let deadline = match self.busy.load(Ordering::Relaxed) {
                0 => idle_since + timeout,
                _ => now + timeout,
            };
            if deadline <= now {
                return;
            }
            sleep_until(deadline).await;
        }
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        let elapsed = u64::try_from(self.0.start.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.0.last.store(elapsed, Ordering::Relaxed);
        self.0.busy.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A stream whose writes must make headway.
pub(super) struct Watched<S> {
    pub(super) stream: S,
    pub(super) activity: Arc<Activity>,
    pub(super) timeout: Duration,
    /// Runs while a write waits.
    pub(super) stalled: Option<(Pin<Box<Sleep>>, InFlight)>,
}

impl<S> Watched<S> {
    /// Passes on what a write did; one that waits for too long fails.
    fn written<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let Self { activity, timeout, stalled, .. } = self;
        let (clock, _) = stalled.get_or_insert_with(|| (Box::pin(sleep(*timeout)), activity.begin()));
        ready!(clock.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.written(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.written(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        self.written(cx, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let closed = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.written(cx, closed)
    }
}
