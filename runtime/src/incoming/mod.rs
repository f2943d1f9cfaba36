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
use http::{Extensions, Request};
use stubwright_schema::{Schemas, Violation, Violations};

pub(crate) use self::json::{at_root, read_value};
pub(crate) use self::parameters::query_values;
pub(crate) use self::prepare::Terms;
pub(crate) use self::read::unsupported;
use crate::accept::Accept;
use crate::answering::{Declared, Exchange};
use crate::content::BodyRead;
use crate::context::{Context, Peer, RequestHead};
use crate::limits::Limits;
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
    captures: Vec<Capture>,
    violations: Violations,
    operation: &'static OperationInfo,
    language: &'static str,
    limits: Limits,
    /// What the client accepts.
    accept: Accept,
    policy: AcceptPolicy,
    /// The answers that the document declares.
    declared: &'static [Declared],
    /// What answers are checked against, if they are.
    checked: Option<&'static Schemas>,
    /// Where the fields of the request come from.
    origins: &'static [Origin],
    body_read: Option<BodyRead>,
}

/// The value of a parameter of the path.
#[derive(Clone, Debug)]
pub(crate) struct Capture {
    pub(crate) name: &'static str,
    /// The place in the path.
    pub(crate) range: Range<usize>,
    /// What stands there.
    pub(crate) text: CaptureText,
}

/// The text of a parameter of the path.
#[derive(Clone, Debug)]
pub(crate) enum CaptureText {
    /// Nothing is encoded.
    AsSent,
    Decoded(String),
    /// It is not percent-encoded UTF-8.
    Malformed,
}

/// What the router knows of a request besides the request.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) captures: Vec<Capture>,
    pub(crate) operation: &'static OperationInfo,
    pub(crate) locale: Locale,
    pub(crate) limits: Limits,
    pub(crate) policy: AcceptPolicy,
    pub(crate) declared: &'static [Declared],
    pub(crate) checked: Option<&'static Schemas>,
    /// What fills the bodies of errors that the runtime cannot.
    pub(crate) errors: Option<Arc<Errors>>,
}

impl Incoming {
    pub(crate) fn new(request: Request<Body>, route: Route) -> Self {
        let (parts, body) = request.into_parts();
        Self(Box::new(Received {
            accept: Accept::of(&parts.headers),
            policy: route.policy,
            declared: route.declared,
            checked: route.checked,
            head: RequestHead { method: parts.method, uri: parts.uri, version: parts.version, headers: parts.headers },
            extensions: parts.extensions,
            body: Mutex::new(body),
            captures: route.captures,
            violations: Violations::default(),
            operation: route.operation,
            language: route.locale.language,
            limits: route.limits,
            origins: &[],
            body_read: None,
        }))
    }

    /// The head of the request.
    pub fn head(&self) -> &RequestHead {
        &self.head
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
        Exchange { accept: self.accept.clone(), operation: self.operation.id, checked: self.checked }
    }

    /// What the handler gets besides the typed request.
    pub fn into_context<P>(self, principal: P) -> Context<P> {
        let Received { head, extensions, operation, language, accept, .. } = *self.0;
        let peer = extensions.get::<Peer>().map(|peer| peer.0);
        Context { principal, operation, language, accept, head, peer, extensions }
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
