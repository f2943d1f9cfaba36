//! One shape's service: template, then method, then handler. A handler's panic ends its request only.

use std::convert::Infallible;
use std::future::Future;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use http::request::Parts;
use http::{Method, Request, Uri};
use stubwright_schema::Sentence;
use tower_service::Service;
use tracing::Span;

use super::answer::{self, Ending};
use super::template::Template;
use super::{Answer, Handling, OperationService};
use crate::incoming::{Endpoint, Incoming, Route, query_values};
use crate::locale::Locale;
use crate::operation::OperationInfo;
use crate::percent;
use crate::response::Response;
use crate::shape::ErrorShape;

/// What axum calls for every request of a shape.
#[derive(Clone)]
pub(super) struct Dispatch(pub(super) Arc<Shape>);

/// Paths that axum cannot tell apart.
pub(super) struct Shape {
    pub(super) table: Arc<Table>,
    /// Those of this shape, the most literal first.
    pub(super) members: Vec<usize>,
}

/// All paths of a document, the most literal first.
pub(super) struct Table {
    pub(super) error_shape: ErrorShape,
    /// What clients are told in, whatever language they want.
    pub(super) locale: Locale,
    pub(super) paths: Vec<Path>,
}

/// A path template and its operations, those first that demand most of the query.
pub(super) struct Path {
    pub(super) template: Template,
    pub(super) operations: Vec<Operation>,
}

/// An operation and what answers it.
pub(super) struct Operation {
    /// Its method, if a client can send it.
    pub(super) method: Option<Method>,
    pub(super) endpoint: Arc<Endpoint>,
    pub(super) handler: Handling,
    /// The handler with layers around it, if there are any.
    pub(super) layers: Option<OperationService>,
}

/// The answer of a service, made already or in the making.
pub(super) enum Reply {
    Ready(Option<Box<Response>>),
    Running { answer: Answer, ending: Ending, span: Span },
}

impl Service<Request<Body>> for Dispatch {
    type Response = Response;
    type Error = Infallible;
    type Future = Reply;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Reply {
        let table = &self.0.table;
        // Taken apart once, as a request is large.
        let (parts, body) = request.into_parts();
        let Some((path, captures)) = self.0.find(parts.uri.path()) else { return table.not_found(&parts) };
        match select(path, &parts) {
            Selected::Operation(operation) => start(operation, captures, parts, body),
            Selected::OtherQuery => table.not_found(&parts),
            Selected::OtherMethod => {
                let operations = path.operations.iter();
                let declared: Vec<_> = operations.map(|operation| operation.endpoint.operation.method).collect();
                let locale = table.locale.again(&parts.headers);
                Reply::ready(answer::other_method(&parts.method, &declared, table.error_shape, locale))
            }
        }
    }
}

impl Table {
    fn not_found(&self, parts: &Parts) -> Reply {
        let locale = self.locale.again(&parts.headers);
        Reply::ready(answer::not_found(&parts.method, self.error_shape, Sentence::NotFound, locale))
    }
}

impl Shape {
    /// The path that a raw path belongs to. axum picks one shape and never comes back, so when none of its paths
    /// matches, those of other shapes get their turn. What axum takes for a parameter may be an escaped literal text, so
    /// where something is escaped, all paths are asked, the most literal first.
    fn find(&self, path: &str) -> Option<(&Path, Vec<Range<usize>>)> {
        let paths = &self.table.paths;
        let first = self.members.first().and_then(|index| paths.get(*index));
        if let Some(found) = first.and_then(|first| Some((first, first.template.plainly(path)?))) {
            return Some(found);
        }
        let members: &[usize] = if path.contains('%') { &[] } else { &self.members };
        let members = members.iter().map(|index| &paths[*index]);
        members.chain(paths).find_map(|candidate| Some((candidate, candidate.template.captures(path)?)))
    }
}

#[inline]
fn start(operation: &Operation, captures: Vec<Range<usize>>, parts: Parts, body: Body) -> Reply {
    let endpoint = &operation.endpoint;
    let language = endpoint.locale.again(&parts.headers).language;
    let ending = Ending {
        endpoint: Arc::clone(endpoint),
        is_head: parts.method == Method::HEAD,
        is_marked: endpoint.is_marked,
        language,
    };
    let route = Route { endpoint: Arc::clone(endpoint), captures, language };
    let span = span(&parts.method, endpoint.operation);
    let Some(layers) = &operation.layers else {
        return run(&operation.handler, Incoming::new(parts, body, route), ending, span);
    };
    let request = Request::from_parts(parts, body);
    let answer = span.in_scope(|| catch_unwind(AssertUnwindSafe(|| layers.answer(request, route))));
    match answer {
        Ok(answer) => Reply::Running { answer: Box::pin(async { Ok(answer.await) }), ending, span },
        Err(_) => Reply::ready(answer::panicked(&ending)),
    }
}

/// The answer of a handler to a request whose route is known.
pub(super) fn run(handler: &Handling, incoming: Incoming, ending: Ending, span: Span) -> Reply {
    Reply::Running { answer: handler(incoming), ending, span }
}

/// The span of a request, with the names of OpenTelemetry's semantic conventions for HTTP servers. Where no subscriber
/// wants it, nothing is made.
fn span(method: &Method, operation: &'static OperationInfo) -> Span {
    tracing::info_span!(
        "request",
        otel.kind = "server",
        otel.name = %format_args!("{} {}", operation.method, operation.path),
        operation = operation.id,
        http.request.method = method.as_str(),
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
fn select<'p>(path: &'p Path, parts: &Parts) -> Selected<'p> {
    let method = &parts.method;
    let mut is_known = false;
    // At most twice: for HEAD, then for GET.
    let mut wanted = Some(method);
    while let Some(method) = wanted {
        for operation in path.operations.iter().filter(|operation| operation.method.as_ref() == Some(method)) {
            let demanded = operation.endpoint.operation.query;
            if demanded.is_empty() || demanded.iter().all(|(name, value)| has_pair(&parts.uri, name, *value)) {
                return Selected::Operation(operation);
            }
            is_known = true;
        }
        wanted = (*method == Method::HEAD).then_some(&Method::GET);
    }
    if is_known { Selected::OtherQuery } else { Selected::OtherMethod }
}

/// Whether a query has a name, with a value if one is demanded.
fn has_pair(uri: &Uri, name: &str, value: Option<&str>) -> bool {
    query_values(uri, name)
        .any(|sent| value.is_none_or(|value| percent::decode_query(sent).is_some_and(|s| s == value)))
}

impl Reply {
    fn ready(response: Response) -> Self {
        Self::Ready(Some(Box::new(response)))
    }
}

impl Future for Reply {
    type Output = Result<Response, Infallible>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let response = match &mut *self {
            Self::Ready(response) => *response.take().expect("a future is not polled after it is ready"),
            Self::Running { answer, ending, span } => {
                let entered = span.enter();
                // What a panic leaves behind belongs to this request, which ends here.
                let response = match catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(cx))) {
                    Ok(Poll::Pending) => return Poll::Pending,
                    Ok(Poll::Ready(answered)) => {
                        let mut response = match answered {
                            Ok(response) => response,
                            Err(rejection) => rejection.render(ending.endpoint.operation, ending.locale()),
                        };
                        answer::finish(&mut response, ending);
                        response
                    }
                    Err(_) => answer::panicked(ending),
                };
                // The field is looked up by its name, even where nobody wants the span.
                if !span.is_disabled() {
                    span.record("http.response.status_code", response.status().as_u16());
                }
                drop(entered);
                response
            }
        };
        Poll::Ready(Ok(response))
    }
}
