//! One connection, from its first byte to its end.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use http::{Extensions, HeaderValue, Request, StatusCode, Version, header};
use hyper::body::{Body as _, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::watch::Receiver;
use tower_service::Service as _;

use super::ServeOptions;
use super::body::{Progress, ProgressWatch, RequestBody, ResponseBody};
use super::message;
use super::pace::Pace;
use super::watch::{Activity, Watched};
use crate::context::Peer;

/// What all connections share.
pub(super) struct Server {
    router: Router,
    options: ServeOptions,
    builder: Builder<TokioExecutor>,
}

impl Server {
    pub(super) fn new(router: Router, mut options: ServeOptions) -> Self {
        /// hyper takes no smaller limit.
        const SMALLEST_HEAD: usize = 8 * 1024;
        /// A year, so that `Duration::MAX` may say "for ever": added to a time, it would panic.
        const LONGEST: Duration = Duration::from_secs(365 * 24 * 60 * 60);
        options.header_timeout = options.header_timeout.min(LONGEST);
        options.body_timeout = options.body_timeout.min(LONGEST);
        let head = options.max_header_bytes.max(SMALLEST_HEAD);
        let mut builder = Builder::new(TokioExecutor::new());
        builder.http1().timer(TokioTimer::new()).header_read_timeout(options.header_timeout).max_buf_size(head);
        builder
            .http2()
            .timer(TokioTimer::new())
            .max_header_list_size(u32::try_from(head).unwrap_or(u32::MAX))
            .keep_alive_interval(options.body_timeout)
            .keep_alive_timeout(options.header_timeout);
        Self { router, options, builder }
    }

    /// Serves a connection until it ends, is idle for too long, or `closed` says that the server shuts down and the
    /// last request has been answered. `describe` tells what its requests have among their extensions.
    pub(super) async fn run<S>(
        &self,
        stream: S,
        peer: SocketAddr,
        describe: fn(&S) -> Extensions,
        mut closed: Receiver<()>,
    ) where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let activity = Activity::new();
        let ServeOptions { header_timeout, body_timeout, min_body_rate, .. } = self.options;
        let pace = move || Pace::new(body_timeout, min_body_rate);
        let stream = Watched::new(stream, describe, Arc::clone(&activity), pace());
        let described = stream.described();
        let service = service_fn(|request: Request<Incoming>| {
            let in_flight = activity.begin();
            let reader = (request.version() == Version::HTTP_2).then(pace);
            let refused = message::refusal(&request);
            let is_expecting = message::is_expecting(&request);
            let watch = (reader.is_none() && !request.body().is_end_stream()).then(ProgressWatch::new);
            let mut request = request.map(|body| RequestBody::new(body, pace(), watch.clone()));
            message::normalise(request.uri_mut());
            if let Some(extensions) = described.get().filter(|extensions| !extensions.is_empty()) {
                request.extensions_mut().extend(extensions.clone());
            }
            request.extensions_mut().insert(Peer(peer));
            let answer = match refused {
                Some(response) => Err(response),
                None => Ok(self.router.clone().call(request)),
            };
            async move {
                let mut response = match answer {
                    Ok(answer) => answer.await?,
                    Err(refused) => refused,
                };
                if watch.is_some_and(|watch| is_last(watch.progress(), is_expecting, response.status())) {
                    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
                }
                Ok::<_, Infallible>(response.map(|inner| ResponseBody::new(inner, in_flight, reader)))
            }
        });
        let mut connection = pin!(self.builder.serve_connection(TokioIo::new(stream), service));
        let mut is_closing = false;
        loop {
            tokio::select! {
                ended = connection.as_mut() => {
                    if let Err(error) = ended {
                        tracing::debug!(error, "a connection broke");
                    }
                    return;
                }
                () = activity.idle(header_timeout, body_timeout) => return,
                _ = closed.changed(), if !is_closing => {
                    is_closing = true;
                    connection.as_mut().graceful_shutdown();
                }
            }
        }
    }
}

/// Whether an answer is the last one of its connection, which it says (RFC 9112 section 9.6).
fn is_last(progress: Progress, is_expecting: bool, status: StatusCode) -> bool {
    match progress {
        // Whether the content comes all the same, nobody knows (RFC 9110 section 10.1.1).
        Progress::Unread => is_expecting || status == StatusCode::PAYLOAD_TOO_LARGE,
        // The rest of it is not worth its transfer (RFC 9110 section 15.5.14).
        Progress::Begun => status == StatusCode::PAYLOAD_TOO_LARGE,
        Progress::Ended => false,
        Progress::Broken => true,
    }
}
