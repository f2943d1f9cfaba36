//! The log: one line on standard error for every answer of the router.
//!
//! A line tells what was asked by the name of the operation or the template of the route. Neither paths nor queries nor
//! headers are logged, so that no credential can get in, wherever a client puts it.

use std::io;
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use clap::ValueEnum;
use stubwright::OperationInfo;
use tracing_subscriber::filter::LevelFilter;

/// How the log is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Format {
    /// Lines for people.
    Text,

    /// A JSON object per line.
    Json,

    /// Not at all.
    Off,
}

/// Starts the log of this process; a second call changes nothing.
pub fn start(format: Format) {
    let log = tracing_subscriber::fmt().with_max_level(LevelFilter::INFO).with_writer(io::stderr).with_target(false);
    // An error means that a log was started before.
    _ = match format {
        Format::Text => log.with_ansi(false).try_init(),
        Format::Json => log.json().flatten_event(true).try_init(),
        Format::Off => Ok(()),
    };
}

/// Logs every answer of a router under the name of its document.
pub fn answers(router: Router, document: &'static str) -> Router {
    router.layer(from_fn(move |request, next| answer(document, request, next)))
}

async fn answer(document: &'static str, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let operation = response.extensions().get::<&'static OperationInfo>();
    let operation = operation.map(|operation| operation.id).or(route.as_ref().map(MatchedPath::as_str));
    tracing::info!(
        document,
        method = method.as_str(),
        operation = operation.unwrap_or("-"),
        status = response.status().as_u16(),
        microseconds = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        "answered"
    );
    response
}
