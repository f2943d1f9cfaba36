//! A request on its way to a handler: generated code takes credentials, parameters and the body out of it.
//!
//! The one rule: what breaks the contract is recorded and the rest is still read, so that the client learns everything
//! at once.

mod credentials;
mod json;
mod parameters;
mod prepare;
mod read;
mod sent;

use std::ops::{Deref, DerefMut, Range};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use http::Extensions;
use http::request::Parts;
use stubwright_schema::{Schemas, Violation, Violations};

pub(crate) use self::json::{at_root, read_value};
pub(crate) use self::parameters::query_values;
pub(crate) use self::prepare::Terms;
pub(crate) use self::read::unsupported;
use crate::accept::Accept;
use crate::answering::{Declared, Exchange};
use crate::content::BodyRead;
use crate::context::{Context, Head, RequestHead};
use crate::limits::{BodyLimits, Limits};
use crate::locale::Locale;
use crate::operation::OperationInfo;
use crate::rejection::Rejection;
use crate::request::Origin;
use crate::routes::{AcceptPolicy, Errors};

/// A request whose operation is known.
///
/// It is behind a pointer, as it goes through several futures.
#[derive(Debug)]
pub struct Incoming(Box<Received>);

/// All of it.
#[derive(Debug)]
pub struct Received {
    head: RequestHead,
    extensions: Extensions,
    /// A body alone is not `Sync`; whoever looks at the head while waiting needs that it is.
    body: Mutex<Body>,
    /// What the client accepts.
    accept: Accept,
    route: Route,
    violations: Violations,
    /// Where the fields of the request come from.
    origins: &'static [Origin],
    body_read: Option<BodyRead>,
}

/// What the router knows of a request besides the request.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) endpoint: Arc<Endpoint>,
    /// The places of the parameters in the path, left to right.
    pub(crate) captures: Vec<Range<usize>>,
    /// What the client wants most of the document's languages.
    pub(crate) language: &'static str,
}

/// What the router knows of an operation before there is a request.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) operation: &'static OperationInfo,
    /// The names of the path's parameters, left to right; operations of one template may differ in them.
    pub(crate) names: Vec<&'static str>,
    /// The answers that the document declares.
    pub(crate) declared: &'static [Declared],
    /// What clients are told in, whatever language they want.
    pub(crate) locale: Locale,
    pub(crate) limits: BodyLimits,
    pub(crate) policy: AcceptPolicy,
    /// What answers are checked against, if they are.
    pub(crate) checked: Option<&'static Schemas>,
    /// What fills the bodies of errors that the runtime cannot.
    pub(crate) errors: Option<Arc<Errors>>,
    /// Whether answers say whose they are.
    pub(crate) is_marked: bool,
}

impl Incoming {
    pub(crate) fn new(parts: Parts, body: Body, route: Route) -> Self {
        let Parts { method, uri, version, headers, extensions, .. } = parts;
        Self(Box::new(Received {
            accept: Accept::of(&headers),
            head: RequestHead { method, uri, version, headers },
            extensions,
            body: Mutex::new(body),
            route,
            violations: Violations::default(),
            origins: &[],
            body_read: None,
        }))
    }

    /// The head of the request.
    pub fn head(&self) -> &RequestHead {
        &self.head
    }

    /// How long the body may be.
    fn limits(&self) -> Limits {
        let Endpoint { operation, ref limits, .. } = *self.route.endpoint;
        limits.of(operation)
    }

    /// The body, unread; from then on there is none.
    pub(crate) fn unread_body(&mut self) -> Body {
        std::mem::take(self.body())
    }

    fn body(&mut self) -> &mut Body {
        self.body.get_mut().unwrap_or_else(PoisonError::into_inner)
    }

    /// Records a way in which the request breaks the contract.
    pub(crate) fn record(&mut self, violation: Violation) {
        self.violations.push(violation);
    }

    /// Records several.
    pub(crate) fn record_all(&mut self, violations: Violations) {
        self.violations.merge(violations);
    }

    /// The answer to a request for which violations were recorded, which are then forgotten.
    pub fn refuse(&mut self) -> Rejection {
        Rejection::invalid(std::mem::take(&mut self.violations))
    }

    /// What answers of the handler are made for.
    pub fn exchange(&self) -> Exchange {
        let Endpoint { operation, checked, .. } = *self.route.endpoint;
        Exchange { accept: self.accept.clone(), operation: operation.id, checked }
    }

    /// What the handler gets besides the typed request.
    pub fn into_context<P>(mut self, principal: P) -> Context<P> {
        // What nobody asked for is not kept while the handler works.
        drop(self.unread_body());
        let (operation, language) = (self.route.endpoint.operation, self.route.language);
        let accept = std::mem::take(&mut self.accept);
        let extensions = std::mem::take(&mut self.extensions);
        Context { principal, operation, language, accept, head: Head::received(self.0), extensions }
    }
}

impl Received {
    pub(crate) fn head(&self) -> &RequestHead {
        &self.head
    }

    pub(crate) fn head_mut(&mut self) -> &mut RequestHead {
        &mut self.head
    }
}

impl Deref for Incoming {
    type Target = Received;

    fn deref(&self) -> &Received {
        &self.0
    }
}

impl DerefMut for Incoming {
    fn deref_mut(&mut self) -> &mut Received {
        &mut self.0
    }
}
