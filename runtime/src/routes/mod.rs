//! From a document's operations to an axum router.
//!
//! axum's own routes take neither `/a/{x}.json` nor `/a/{x}` beside `/a/{y}`. So templates are grouped by shape, each
//! shape is one axum service for every method, and [`template`] decides on the raw path; the method comes after it.

mod answer;
mod dispatch;
mod errors;
mod guarded;
mod layers;
mod options;
mod template;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::routing::{MethodFilter, MethodRouter, any_service};
use http::{HeaderMap, Method};
use stubwright_schema::Schemas;

pub(crate) use self::answer::{not_found, other_method};
use self::dispatch::{Dispatch, Shape, Table};
pub(crate) use self::errors::Errors;
pub use self::guarded::Guard;
use self::guarded::GuardedRoutes;
pub use self::layers::OperationService;
pub use self::options::{AcceptPolicy, RouterOptions};
use self::template::Template;
use crate::answering::Declared;
use crate::document::Document;
use crate::incoming::{Endpoint, Incoming};
use crate::locale::Locale;
use crate::operation::OperationInfo;
use crate::rejection::Rejection;
use crate::response::Response;

/// The operations of a document, on their way to a router.
pub struct Routes {
    document: &'static Document,
    paths: Vec<Path>,
    options: RouterOptions,
    schemas: Option<&'static Schemas>,
    /// What fills the bodies of errors that the runtime cannot.
    errors: Vec<errors::Method>,
}

/// A path template and its operations.
struct Path {
    template: Template,
    operations: Vec<Operation>,
}

/// An operation and what answers it.
struct Operation {
    info: &'static OperationInfo,
    /// The names of the path's parameters, left to right; operations of one template may differ in them.
    names: Vec<&'static str>,
    /// What the document declares of its answers.
    declared: &'static [Declared],
    handler: Handling,
    /// The handler with layers around it, if there are any.
    layers: Option<OperationService>,
}

/// The decoded value of a parameter in a path that matches a template.
pub(crate) fn path_value(template: &'static str, path: &str, name: &str) -> Option<String> {
    let (template, names) = Template::parse(template);
    let range = template.captures(path)?.into_iter().nth(names.iter().position(|known| *known == name)?)?;
    crate::percent::decode(path.get(range)?).map(std::borrow::Cow::into_owned)
}

type Answer = Pin<Box<dyn Future<Output = Result<Response, Rejection>> + Send>>;
/// Calls nobody before its answer is polled.
type Handling = Arc<dyn Fn(Incoming) -> Answer + Send + Sync>;

impl Routes {
    /// No operations yet.
    pub fn new(document: &'static Document) -> Self {
        Self { document, paths: Vec::new(), options: RouterOptions::default(), schemas: None, errors: Vec::new() }
    }

    /// The same with these settings.
    #[must_use]
    pub fn options(mut self, options: RouterOptions) -> Self {
        self.options = options;
        self
    }

    /// The same with the schemas that answers are checked against, where they are.
    #[must_use]
    pub fn schemas(mut self, schemas: &'static Schemas) -> Self {
        self.schemas = Some(schemas);
        self
    }

    /// Adds an operation: the function is called with a clone of the state and the request.
    ///
    /// # Panics
    /// When another operation has the same method, demands the same of the query, and has a path that differs in names of
    /// parameters only.
    #[must_use]
    pub fn operation<S, F, A>(mut self, info: &'static OperationInfo, state: S, function: F) -> Self
    where
        S: Clone + Send + Sync + 'static,
        F: Fn(S, Incoming) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Response, Rejection>> + Send + 'static,
    {
        let function = Arc::new(function);
        self.add(
            info,
            &[],
            (state, function),
            |(state, function), incoming| async move { function(state, incoming).await },
        );
        self
    }

    /// Adds an operation whose function does nothing but make a future.
    fn add<S, F, A>(&mut self, info: &'static OperationInfo, declared: &'static [Declared], state: S, function: F)
    where
        S: Clone + Send + Sync + 'static,
        F: Fn(S, Incoming) -> A + Send + Sync + 'static,
        A: Future<Output = Result<Response, Rejection>> + Send + 'static,
    {
        self.insert(info, declared, Arc::new(move |incoming| Box::pin(function(state.clone(), incoming))));
    }

    fn insert(&mut self, info: &'static OperationInfo, declared: &'static [Declared], handler: Handling) {
        let (template, names) = Template::parse(info.path);
        let operation = Operation { info, names, declared, handler, layers: None };
        match self.paths.iter_mut().find(|path| path.template == template) {
            Some(path) => {
                let is_same = |other: &OperationInfo| other.method == info.method && demands_same(other, info);
                let is_taken = path.operations.iter().any(|other| is_same(other.info));
                assert!(!is_taken, "two operations for {} {}", info.method, info.path);
                path.operations.push(operation);
            }
            None => self.paths.push(Path { template, operations: vec![operation] }),
        }
    }

    /// The router. Its fallback is unset, so that routers of several documents can be merged.
    pub fn into_router(mut self) -> Router {
        // Stable: between equals the document's order decides.
        self.paths.sort_by(|a, b| a.template.precedence(&b.template));
        for path in &mut self.paths {
            path.operations.sort_by_key(|operation| std::cmp::Reverse(operation.info.query.len()));
        }
        let mut shapes: Vec<(String, Vec<usize>)> = Vec::new();
        for (index, path) in self.paths.iter().enumerate() {
            let shape = path.template.shape();
            match shapes.iter_mut().find(|(known, _)| *known == shape) {
                Some((_, members)) => members.push(index),
                None => shapes.push((shape, vec![index])),
            }
        }
        let table = Arc::new(self.into_table());
        shapes.into_iter().fold(Router::new(), |router, (shape, members)| {
            router.route(&shape, service(Shape { table: Arc::clone(&table), members }))
        })
    }

    /// What dispatches requests.
    fn into_table(self) -> Table {
        let Self { document, paths, options, schemas, errors } = self;
        let checked = schemas.filter(|_| options.check_responses);
        let errors = (!errors.is_empty()).then(|| Arc::new(Errors { methods: errors, checked }));
        let locale = Locale::of(&HeaderMap::new(), document, options.catalogues);
        let operation = |operation: Operation| dispatch::Operation {
            method: Method::from_bytes(operation.info.method.as_bytes()).ok(),
            endpoint: Arc::new(Endpoint {
                operation: operation.info,
                names: operation.names,
                declared: operation.declared,
                locale,
                limits: options.limits.clone(),
                policy: options.accept,
                checked,
                errors: errors.clone(),
                is_marked: options.operation_in_responses,
            }),
            handler: operation.handler,
            layers: operation.layers,
        };
        let path = |path: Path| dispatch::Path {
            template: path.template,
            operations: path.operations.into_iter().map(operation).collect(),
        };
        Table { error_shape: document.error_shape, locale, paths: paths.into_iter().map(path).collect() }
    }
}

/// The axum service of a shape: for every method, as it is the shape that knows them. Those that the shape has are named to
/// axum besides, which then takes a shorter way.
fn service(shape: Shape) -> MethodRouter {
    let paths = shape.members.iter().filter_map(|index| shape.table.paths.get(*index));
    let operations = paths.flat_map(|path| &path.operations);
    let filters = operations.filter_map(|operation| MethodFilter::try_from(operation.method.clone()?).ok());
    let known = filters.reduce(MethodFilter::or);
    let dispatch = Dispatch(Arc::new(shape));
    // As a service for every method, for `Router::merge` would wrap a plain service once more.
    let any = any_service(dispatch.clone());
    match known {
        Some(known) => any.on_service(known, dispatch),
        None => any,
    }
}

/// Whether two operations demand the same of the query.
fn demands_same(one: &OperationInfo, other: &OperationInfo) -> bool {
    one.query.len() == other.query.len() && one.query.iter().all(|pair| other.query.contains(pair))
}

impl fmt::Debug for Routes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operations = self.paths.iter().flat_map(|path| &path.operations).map(|operation| operation.info.id);
        f.debug_list().entries(operations).finish()
    }
}

/// A literal path as axum writes it: braces are doubled.
pub(crate) fn escape(path: &str) -> String {
    path.replace('{', "{{").replace('}', "}}")
}
