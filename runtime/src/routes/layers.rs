//! Tower layers per operation: between the router, which knows the operation, and the gate in front of its handler.
//!
//! The one rule: an operation without layers pays nothing for this.

use std::convert::Infallible;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::body::Body;
use axum::response::IntoResponse;
use http::{Method, Request, StatusCode};
use stubwright_schema::Violations;
use tower_layer::Layer;
use tower_service::Service;
use tracing::Span;

use super::answer::Ending;
use super::dispatch::run;
use super::{Handling, Operation, Routes};
use crate::incoming::{Incoming, Route};
use crate::operation::OperationInfo;
use crate::response::Response;
use crate::shape::ErrorShape;
use crate::status::reason;

/// What answers the requests for one operation: the service that [`Routes::layer`] puts a layer around.
///
/// Its requests have a `&'static OperationInfo` in their extensions.
#[derive(Clone)]
pub struct OperationService(Arc<dyn Answering>);

type Answered = Pin<Box<dyn Future<Output = Response> + Send>>;

/// A service whose type is forgotten.
trait Answering: Send + Sync {
    fn answer(&self, request: Request<Body>) -> Answered;
}

impl Routes {
    /// Puts a layer around one operation: in front of its credentials, its decoding and its handler. The layer that was
    /// added last sees a request first.
    ///
    /// ```
    /// use axum::response::Response;
    /// use stubwright::codegen::Routes;
    /// use stubwright::{Document, ErrorShape, OperationInfo};
    /// use tower::util::MapResponseLayer;
    ///
    /// static DOCUMENT: Document =
    ///     Document { languages: &["en"], texts: &[], json: "{}", originals: &[], error_shape: ErrorShape::Problem };
    /// static LIST_PETS: OperationInfo = OperationInfo::new("listPets", "GET", "/pets");
    ///
    /// // Generated code makes the routes: `router::from_parts(…)`.
    /// let routes = Routes::new(&DOCUMENT).operation(&LIST_PETS, (), |(), _| async { Ok(Response::default()) });
    /// let router = routes
    ///     .layer(&LIST_PETS, MapResponseLayer::new(|mut response: Response| {
    ///         response.headers_mut().insert("cache-control", "max-age=60".parse().unwrap());
    ///         response
    ///     }))
    ///     .into_router();
    /// # let _: axum::Router = router;
    /// ```
    ///
    /// # Panics
    /// When the operation is none of these.
    #[must_use]
    pub fn layer<L>(mut self, operation: &'static OperationInfo, layer: L) -> Self
    where
        L: Layer<OperationService>,
        L::Service: Service<Request<Body>, Error = Infallible> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request<Body>>>::Response: IntoResponse,
        <L::Service as Service<Request<Body>>>::Future: Send,
    {
        let mut operations = self.paths.iter_mut().flat_map(|path| &mut path.operations);
        let found = operations.find(|known| std::ptr::eq(known.info, operation));
        found.unwrap_or_else(|| panic!("no request reaches `{}`", operation.id)).wrap(&layer);
        self
    }

    /// Puts a layer around every operation: the one that is made for it.
    #[must_use]
    pub fn layer_each<L>(mut self, mut layer: impl FnMut(&'static OperationInfo) -> L) -> Self
    where
        L: Layer<OperationService>,
        L::Service: Service<Request<Body>, Error = Infallible> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request<Body>>>::Response: IntoResponse,
        <L::Service as Service<Request<Body>>>::Future: Send,
    {
        for operation in self.paths.iter_mut().flat_map(|path| &mut path.operations) {
            let layer = layer(operation.info);
            operation.wrap(&layer);
        }
        self
    }
}

impl Operation {
    fn wrap<L>(&mut self, layer: &L)
    where
        L: Layer<OperationService>,
        L::Service: Service<Request<Body>, Error = Infallible> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request<Body>>>::Response: IntoResponse,
        <L::Service as Service<Request<Body>>>::Future: Send,
    {
        let inner = self.layers.take().unwrap_or_else(|| OperationService(Arc::new(Base(Arc::clone(&self.handler)))));
        self.layers = Some(OperationService(Arc::new(Layered(layer.layer(inner)))));
    }
}

impl OperationService {
    /// The answer to a request whose route is known.
    pub(super) fn answer(&self, mut request: Request<Body>, route: Route) -> Answered {
        request.extensions_mut().insert(route.endpoint.operation);
        request.extensions_mut().insert(route);
        self.0.answer(request)
    }
}

impl Service<Request<Body>> for OperationService {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let answer = self.0.answer(request);
        Box::pin(async move { Ok(answer.await) })
    }
}

impl fmt::Debug for OperationService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OperationService")
    }
}

/// The operation itself, below its layers.
struct Base(Handling);

impl Answering for Base {
    fn answer(&self, mut request: Request<Body>) -> Answered {
        let Some(mut route) = request.extensions_mut().remove::<Route>() else {
            tracing::error!("a layer took the route out of the request's extensions");
            let status = StatusCode::INTERNAL_SERVER_ERROR;
            let response = ErrorShape::Problem.render(status, reason(status), &Violations::default());
            return Box::pin(std::future::ready(response));
        };
        // What is said of every answer is said above the layers.
        let is_head = *request.method() == Method::HEAD;
        route.language = route.endpoint.locale.again(request.headers()).language;
        let ending =
            Ending { endpoint: Arc::clone(&route.endpoint), language: route.language, is_head, is_marked: false };
        let (parts, body) = request.into_parts();
        let reply = run(&self.0, Incoming::new(parts, body, route), ending, Span::none());
        Box::pin(async move {
            match reply.await {
                Ok(response) => response,
                Err(never) => match never {},
            }
        })
    }
}

/// A service of somebody else.
struct Layered<S>(S);

impl<S> Answering for Layered<S>
where
    S: Service<Request<Body>, Error = Infallible> + Clone + Send + Sync + 'static,
    S::Response: IntoResponse,
    S::Future: Send,
{
    fn answer(&self, request: Request<Body>) -> Answered {
        let mut service = self.0.clone();
        Box::pin(async move {
            let ready = poll_fn(|cx| service.poll_ready(cx)).await;
            match ready {
                Ok(()) => {}
                Err(never) => match never {},
            }
            match service.call(request).await {
                Ok(response) => response.into_response(),
                Err(never) => match never {},
            }
        })
    }
}
