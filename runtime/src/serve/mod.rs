//! The accept loop: HTTP/1 and HTTP/2 with a limit on everything that a client could make last or grow.

mod body;
mod connection;
mod listener;
mod message;
mod pace;
mod watch;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch as channel};
use tokio::task::JoinSet;

pub(crate) use self::body::BodyTimeout;
pub use self::listener::Listener;

/// The limits of [`serve`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServeOptions {
    /// How long a client may take for the head of a request, from the connection's start or the answer before it; so
    /// long an idle connection is kept. 10 s.
    pub header_timeout: Duration,

    /// How long a client may pause within a body, its own or one that it receives. 30 s.
    pub body_timeout: Duration,

    /// How many bytes per second a client must send or read of a body; 0 is any number. 1 KiB.
    ///
    /// Only time in which the client is waited for counts, so a response may come as slowly as the server likes. It is
    /// an average: waiting uses up `body_timeout`, and bytes fill it again, each by the time that it may take. A body
    /// is waited for no longer than `body_timeout` and its length divided by this rate, all pauses together.
    pub min_body_rate: u32,

    /// How many connections are open at once; further ones wait to be accepted. 10,000.
    pub max_connections: usize,

    /// How long the head of a request may be, in bytes; at least 8 KiB. 64 KiB.
    ///
    /// HTTP/1 has at most 100 header fields besides.
    pub max_header_bytes: usize,

    /// How long requests may go on after the shutdown began. 10 s.
    pub grace: Duration,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            header_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(30),
            min_body_rate: 1024,
            max_connections: 10_000,
            max_header_bytes: 64 * 1024,
            grace: Duration::from_secs(10),
        }
    }
}

/// Serves a router until `shutdown` is ready, then lets running requests end within the grace time.
///
/// In paths, escapes of characters that need none are decoded (RFC 3986 section 6.2.2.2).
///
/// The address of the client stands in the extensions of each request, as [`Peer`](crate::Peer), and in the handler's
/// [`Context`](crate::Context); beside it stands what the listener tells of the connection
/// ([`Listener::extensions`]).
///
/// What is refused before a request exists has an answer without a body: a malformed head, or one of HTTP/1.1 without a host, 400, an over-long target 414,
/// an over-long head or too many fields 431. A client that does not finish a head in time is disconnected. A body that
/// stalls or comes too slowly is answered with 408, a client that reads too slowly is disconnected. To drop the future is to cut every connection.
///
/// ```no_run
/// # async fn run(router: axum::Router) -> std::io::Result<()> {
/// use stubwright::{ServeOptions, serve};
///
/// let listener = tokio::net::TcpListener::bind("127.0.0.1:4010").await?;
/// let stop = std::future::pending::<()>();
/// serve(listener, router, ServeOptions::default(), stop).await;
/// # Ok(())
/// # }
/// ```
pub async fn serve<L: Listener>(mut listener: L, router: Router, options: ServeOptions, shutdown: impl Future + Send) {
    let mut shutdown = std::pin::pin!(shutdown);
    let grace = options.grace;
    let permits = Arc::new(Semaphore::new(options.max_connections.clamp(1, Semaphore::MAX_PERMITS)));
    let server = Arc::new(connection::Server::new(router, options));
    let (closing, closed) = channel::channel(());
    let mut connections = JoinSet::new();
    loop {
        let (stream, peer, permit) = tokio::select! {
            biased;
            _ = shutdown.as_mut() => break,
            // Connections that ended are taken out, so that the set stays as small as what is open.
            Some(_) = connections.join_next() => continue,
            accepted = accept(&mut listener, &permits) => accepted,
        };
        let server = Arc::clone(&server);
        let closed = closed.clone();
        connections.spawn(async move {
            server.run(stream, peer, L::extensions, closed).await;
            drop(permit);
        });
    }
    drop(listener);
    drop(closing);
    let ended = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(grace, ended).await.is_err() {
        tracing::warn!(connections = connections.len(), "the grace time is over, connections are cut");
        connections.shutdown().await;
    }
}

/// The next connection, once there is room for it. An error never ends the loop: those of a single connection are
/// passed over, others (too many open files) get time to pass.
async fn accept<L: Listener>(
    listener: &mut L,
    permits: &Arc<Semaphore>,
) -> (L::Stream, std::net::SocketAddr, OwnedSemaphorePermit) {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};

    const PAUSE: Duration = Duration::from_millis(200);
    let permit = Arc::clone(permits).acquire_owned().await.expect("the semaphore is never closed");
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (stream, peer, permit),
            Err(error) => match error.kind() {
                ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted => {}
                _ => {
                    tracing::error!(%error, "a connection cannot be accepted");
                    tokio::time::sleep(PAUSE).await;
                }
            },
        }
    }
}
