//! One shape's service: template, then method, then handler. A handler's panic ends its request only.

use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use http::{Method, Request, StatusCode};
use tower_service::Service;

use super::{Answer, Operation, Path, Routes, answer};
use crate::incoming::{Capture, Captured, Incoming, Route, bearer_token};
use crate::operation::OperationInfo;
use crate::percent;
use crate::rejection::Rejection;
use crate::response::Response;
use crate::status::reason;
use crate::violation::Violations;

/// What axum calls for every request of a shape.
#[derive(Clone)]
pub(super) struct Dispatch {
    pub(super) routes: Arc<Routes>,
    /// The paths of this shape, the most literal first.
    pub(super) members: Arc<[usize]>,
}

/// The answer of a service, made already or in the making.
pub(super) enum Reply {
    Ready(Option<Response>),
    Running { answer: Answer, operation: &'static OperationInfo, is_head: bool, bearer_sent: bool },
}

impl Service<Request<Body>> for Dispatch {
    type Response = Response;
    type Error = Infallible;
    type Future = Reply;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Reply {
        let shape = self.routes.document.error_shape;
        let Some((path, captures)) = self.find(request.uri().path()) else {
            let status = StatusCode::NOT_FOUND;
            return Reply::Ready(Some(shape.render(status, reason(status), &Violations::default())));
        };
        let Some(operation) = operation(path, request.method()) else {
            let declared: Vec<_> = path.operations.iter().map(|operation| operation.info.method.clone()).collect();
            return Reply::Ready(Some(answer::other_method(request.method(), &declared, shape)));
        };
        self.start(operation, captures, request)
    }
}

impl Dispatch {
    /// The path that a raw path belongs to. axum picks one shape and never comes back, so when none of its paths
    /// matches, those of other shapes get their turn.
    fn find(&self, path: &str) -> Option<(&Path, Vec<Range<usize>>)> {
        let paths = &self.routes.paths;
        let members = self.members.iter().map(|index| &paths[*index]);
        members.chain(paths).find_map(|candidate| Some((candidate, candidate.template.captures(path)?)))
    }

    fn start(&self, operation: &Operation, captures: Vec<Range<usize>>, request: Request<Body>) -> Reply {
        let info = operation.info;
        let is_head = *request.method() == Method::HEAD;
        let Some(captures) = decode(request.uri().path(), captures, &operation.names) else {
            let rejection = Rejection::refused(StatusCode::BAD_REQUEST, "The path is not valid percent-encoded UTF-8");
            return Reply::Ready(Some(answer::finish(rejection.render(info, false), info, is_head)));
        };
        let bearer_sent = !info.security.is_empty() && bearer_token(request.headers()).is_some();
        let Routes { document, body_limit, .. } = *self.routes;
        let incoming = Incoming::new(request, Route { captures, operation: info, document, body_limit });
        match catch_unwind(AssertUnwindSafe(|| (operation.handler)(incoming))) {
            Ok(answer) => Reply::Running { answer, operation: info, is_head, bearer_sent },
            Err(_) => Reply::Ready(Some(answer::panicked(info, is_head))),
        }
    }
}

/// The operation of a method; HEAD is answered by GET where it has none (RFC 9110 section 9.3.2).
fn operation<'p>(path: &'p Path, method: &Method) -> Option<&'p Operation> {
    let of = |method: &Method| path.operations.iter().find(|operation| operation.info.method == *method);
    of(method).or_else(|| if *method == Method::HEAD { of(&Method::GET) } else { None })
}

/// The values of the parameters; `None` if one is malformed.
fn decode(path: &str, captures: Vec<Range<usize>>, names: &[&'static str]) -> Option<Vec<Capture>> {
    let decode = |(range, name): (Range<usize>, &&'static str)| {
        let text = &path[range.clone()];
        let text = if text.contains('%') {
            Captured::Decoded(percent::decode(text)?.into_owned())
        } else {
            Captured::Plain(range)
        };
        Some(Capture { name, text })
    };
    captures.into_iter().zip(names).map(decode).collect()
}

impl Future for Reply {
    type Output = Result<Response, Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let response = match &mut *self {
            Self::Ready(response) => response.take().expect("a future is not polled after it is ready"),
            Self::Running { answer, operation, is_head, bearer_sent } => {
                // What a panic leaves behind belongs to this request, which ends here.
                match catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(cx))) {
                    Ok(Poll::Pending) => return Poll::Pending,
                    Ok(Poll::Ready(Ok(response))) => answer::finish(response, operation, *is_head),
                    Ok(Poll::Ready(Err(rejection))) => {
                        answer::finish(rejection.render(operation, *bearer_sent), operation, *is_head)
                    }
                    Err(_) => answer::panicked(operation, *is_head),
                }
            }
        };
        Poll::Ready(Ok(response))
    }
}

impl fmt::Debug for Dispatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.routes.fmt(f)
    }
}
