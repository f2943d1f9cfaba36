//! Where connections come from. TLS is handed in here.

use std::future::Future;
use std::io;
use std::net::SocketAddr;

use http::Extensions;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};

/// A source of connections.
///
/// A listener for TLS wraps each stream so that its handshake happens with the first read, on the connection's own task
/// and under its time limit, or gives out streams whose handshake other tasks have finished: what `accept` waits for,
/// everybody waits for.
pub trait Listener: Send {
    /// A connection.
    type Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static;

    /// The next connection and the address of its other end. Must be cancel safe: dropping the future loses nothing.
    ///
    /// # Errors
    /// When there is none to be had. The loop goes on, after a pause unless the error concerns one connection only.
    fn accept(&mut self) -> impl Future<Output = io::Result<(Self::Stream, SocketAddr)>> + Send;

    /// What each request of a connection has among its extensions, such as the
    /// [`ClientCertificate`](crate::ClientCertificate) of a TLS handshake. It is asked for once, when the first bytes of the
    /// client have been read, so that a handshake is over. Nothing, unless a listener says more.
    fn extensions(stream: &Self::Stream) -> Extensions {
        let _ = stream;
        Extensions::new()
    }
}

impl Listener for TcpListener {
    type Stream = TcpStream;

    async fn accept(&mut self) -> io::Result<(TcpStream, SocketAddr)> {
        let (stream, peer) = Self::accept(self).await?;
        // Answers are written whole, there is nothing to gain from waiting for more. A failure costs speed only.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY cannot be set");
        }
        Ok((stream, peer))
    }
}
