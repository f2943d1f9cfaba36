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
use http::{Method, Request, Uri};
use stubwright_schema::Sentence;
use tower_service::Service;
use tracing::Span;

use super::answer::{self, Ending};
use super::{Answer, Errors, Handling, Operation, Path, Routes};
use crate::incoming::{Capture, CaptureText, Incoming, Route, query_values};
use crate::locale::Locale;
use crate::operation::OperationInfo;
use crate::percent;
use crate::response::Response;

/// What axum calls for every request of a shape.
#[derive(Clone)]
pub(super) struct Dispatch {
    pub(super) routes: Arc<Routes>,
    /// The paths of this shape, the most literal first.
    pub(super) members: Arc<[usize]>,
    pub(super) errors: Option<Arc<Errors>>,
}

/// The answer of a service, made already or in the making.
pub(super) enum Reply {
    Ready(Option<Response>),
    Running { answer: Answer, ending: Ending, span: Span, errors: Option<Arc<Errors>> },
}

impl Service<Request<Body>> for Dispatch {
    type Response = Response;
    type Error = Infallible;
    type Future = Reply;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Reply {
        let Some((path, captures)) = self.find(request.uri().path()) else { return self.not_found(&request) };
        match select(path, &request) {
            Selected::Operation(operation) => self.start(operation, captures, request),
            Selected::OtherQuery => self.not_found(&request),
            Selected::OtherMethod => {
                let declared: Vec<_> = path.operations.iter().map(|operation| operation.info.method).collect();
                let (shape, locale) = (self.routes.document.error_shape, self.locale(&request));
                Reply::Ready(Some(answer::other_method(request.method(), &declared, shape, locale)))
            }
        }
    }
}

impl Dispatch {
    /// The path that a raw path belongs to. axum picks one shape and never comes back, so when none of its paths
    /// matches, those of other shapes get their turn. What axum takes for a parameter may be an escaped literal text, so
    /// where something is escaped, all paths are asked, the most literal first.
    fn find(&self, path: &str) -> Option<(&Path, Vec<Range<usize>>)> {
        let paths = &self.routes.paths;
        let members: &[usize] = if path.contains('%') { &[] } else { &self.members };
        let members = members.iter().map(|index| &paths[*index]);
        members.chain(paths).find_map(|candidate| Some((candidate, candidate.template.captures(path)?)))
    }

    fn not_found(&self, request: &Request<Body>) -> Reply {
        let (shape, locale) = (self.routes.document.error_shape, self.locale(request));
        Reply::Ready(Some(answer::not_found(request.method(), shape, Sentence::NotFound, locale)))
    }

    fn locale(&self, request: &Request<Body>) -> Locale {
        Locale::of(request.headers(), self.routes.document, self.routes.options.catalogues)
    }

    fn start(&self, operation: &Operation, captures: Vec<Range<usize>>, request: Request<Body>) -> Reply {
        let Routes { ref options, schemas, .. } = *self.routes;
        let locale = self.locale(&request);
        let info = operation.info;
        let ending = Ending {
            operation: info,
            is_head: *request.method() == Method::HEAD,
            is_marked: options.operation_in_responses,
            locale,
        };
        let captures = decode(request.uri().path(), captures, &operation.names);
        let route = Route {
            captures,
            operation: info,
            locale,
            limits: options.limits.of(info),
            policy: options.accept,
            declared: operation.declared,
            checked: schemas.filter(|_| options.check_responses),
            errors: self.errors.clone(),
        };
        let span = span(&request, info);
        let Some(layers) = &operation.layers else { return run(&operation.handler, request, route, ending, span) };
        let answer = span.in_scope(|| catch_unwind(AssertUnwindSafe(|| layers.answer(request, route))));
        match answer {
            Ok(answer) => {
                let (answer, errors): (Answer, _) = (Box::pin(async { Ok(answer.await) }), self.errors.clone());
                Reply::Running { answer, ending, span, errors }
            }
            Err(_) => Reply::Ready(Some(answer::panicked(ending, self.errors.as_deref()))),
        }
    }
}

/// The answer of a handler to a request whose route is known.
pub(super) fn run(handler: &Handling, request: Request<Body>, mut route: Route, ending: Ending, span: Span) -> Reply {
    let errors = route.errors.take();
    let incoming = Incoming::new(request, route);
    let answer = span.in_scope(|| catch_unwind(AssertUnwindSafe(|| handler(incoming))));
    match answer {
        Ok(answer) => Reply::Running { answer, ending, span, errors },
        Err(_) => Reply::Ready(Some(answer::panicked(ending, errors.as_deref()))),
    }
}

/// The span of a request, with the names of OpenTelemetry's semantic conventions for HTTP servers. Where no subscriber
/// wants it, nothing is made.
fn span(request: &Request<Body>, operation: &'static OperationInfo) -> Span {
    tracing::info_span!(
        "request",
        otel.kind = "server",
        otel.name = %format_args!("{} {}", operation.method, operation.path),
        operation = operation.id,
        http.request.method = request.method().as_str(),
        http.route = operation.path,
        http.response.status_code = tracing::field::Empty,
    )
}

/// Which operation of a path a request is for.
enum Selected<'p> {
    Operation(&'p Operation),
    /// The path has the method, for other queries.
    OtherQuery,
    OtherMethod,
}

/// The operation of a method and a query; HEAD is answered by GET where it has none (RFC 9110 section 9.3.2). Of several
/// for one method, which stand in the order of how much they demand, the first whose demands are met.
fn select<'p>(path: &'p Path, request: &Request<Body>) -> Selected<'p> {
    let mut is_known = false;
    let mut of = |method: &str| {
        let mut operations = path.operations.iter().filter(|operation| operation.info.method == method);
        operations.find(|operation| {
            is_known = true;
            operation.info.query.iter().all(|(name, value)| has_pair(request.uri(), name, *value))
        })
    };
    let method = request.method();
    let found = of(method.as_str()).or_else(|| if *method == Method::HEAD { of("GET") } else { None });
    match found {
        Some(operation) => Selected::Operation(operation),
        None if is_known => Selected::OtherQuery,
        None => Selected::OtherMethod,
    }
}

/// Whether a query has a name, with a value if one is demanded.
fn has_pair(uri: &Uri, name: &str, value: Option<&str>) -> bool {
    query_values(uri, name)
        .any(|sent| value.is_none_or(|value| percent::decode_query(sent).is_some_and(|s| s == value)))
}

/// The values of the parameters. One that is malformed is a violation like any other: it is told to callers who may call.
fn decode(path: &str, captures: Vec<Range<usize>>, names: &[&'static str]) -> Vec<Capture> {
    let decode = |(range, &name): (Range<usize>, &&'static str)| {
        let text = match path.get(range.clone()) {
            Some(text) if !text.contains('%') => CaptureText::AsSent,
            Some(text) => {
                percent::decode(text).map_or(CaptureText::Malformed, |text| CaptureText::Decoded(text.into_owned()))
            }
            None => CaptureText::Malformed,
        };
        Capture { name, range, text }
    };
    captures.into_iter().zip(names).map(decode).collect()
}

impl Future for Reply {
    type Output = Result<Response, Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let response = match &mut *self {
            Self::Ready(response) => response.take().expect("a future is not polled after it is ready"),
            Self::Running { answer, ending, span, errors } => {
                let (ending, errors) = (*ending, errors.as_deref());
                let entered = span.enter();
                // What a panic leaves behind belongs to this request, which ends here.
                let response = match catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(cx))) {
                    Ok(Poll::Pending) => return Poll::Pending,
                    Ok(Poll::Ready(Ok(response))) => answer::finish(response, ending, errors),
                    Ok(Poll::Ready(Err(rejection))) => {
                        answer::finish(rejection.render(ending.operation, ending.locale), ending, errors)
                    }
                    Err(_) => answer::panicked(ending, errors),
                };
                span.record("http.response.status_code", response.status().as_u16());
                drop(entered);
                response
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
