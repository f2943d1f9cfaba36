//! Requests that a server sends: callbacks and webhooks.
//!
//! In goes a typed struct, out comes an `http::Request` for any client. The one rule: a request that its receiver would read
//! as another one is not made.

mod body;
mod callback;
mod macros;
mod parameter;

use std::error::Error as StdError;
use std::fmt;

use axum::body::Body;
use http::uri::Scheme;
use http::{HeaderMap, HeaderValue, Request, Uri, header};
use stubwright_schema::{Location, Sentence, Violation, ViolationKind, Violations};

pub use self::callback::{CallbackSource, UrlPart};
use crate::request::Origin;

/// A request that is being written.
#[derive(Debug, Default)]
pub struct Outgoing {
    path: Vec<(&'static str, String)>,
    query: Vec<String>,
    cookies: Vec<String>,
    headers: HeaderMap,
    body: Body,
    violations: Violations,
}

/// What a request that a server sends is written of: the rows of `outgoing!`.
pub trait OutgoingRequest {
    /// The method.
    const METHOD: &'static str;

    /// Writes the fields.
    fn write(self, outgoing: &mut Outgoing);
}

/// What a field is written to. The same sources read it.
pub trait Target<T> {
    /// The place.
    fn origin(&self) -> Origin;

    /// Writes a value; `false` where it has nothing to send. What is wrong is recorded.
    fn write(&self, value: T, outgoing: &mut Outgoing) -> bool;
}

/// Why a request cannot be sent. It never holds a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutgoingError {
    /// The URL: why.
    Url(&'static str),
    /// The fields that their receiver would not take, or read as something else.
    Fields(Violations),
}

impl fmt::Display for OutgoingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url(why) => write!(f, "the URL {why}"),
            Self::Fields(violations) => {
                let texts: Vec<String> = violations.listed().iter().map(ToString::to_string).collect();
                f.write_str(&texts.join("; "))
            }
        }
    }
}

impl StdError for OutgoingError {}

/// A request to an absolute URL. A query that the URL has stays.
///
/// # Errors
/// When the URL is not one of HTTP, or a field cannot be written.
pub fn request<T: OutgoingRequest>(fields: T, url: &str) -> Result<Request<Body>, OutgoingError> {
    let mut outgoing = Outgoing::default();
    fields.write(&mut outgoing);
    let url = outgoing.filled(url);
    outgoing.finish(T::METHOD, &url)
}

/// The same, to the URL of a callback.
///
/// # Errors
/// When the URL cannot be derived, too.
pub fn callback<T: OutgoingRequest>(
    fields: T,
    url: &[UrlPart],
    source: &CallbackSource<'_>,
) -> Result<Request<Body>, OutgoingError> {
    let mut outgoing = Outgoing::default();
    fields.write(&mut outgoing);
    // What a client gave is no template.
    let url = source.evaluate(url, |text| outgoing.filled(text))?;
    outgoing.finish(T::METHOD, &url)
}

/// Writes a field that must be there.
pub fn required<T, S: Target<T>>(target: &S, value: T, outgoing: &mut Outgoing) {
    if !target.write(value, outgoing) {
        outgoing.record(match target.origin() {
            Origin::Parameter(location, name) => {
                Violation::parameter(location, name, ViolationKind::Missing, Sentence::NothingToSend)
            }
            Origin::Body(_) | Origin::Bodies(_) => Violation {
                location: Location::Body,
                path: Vec::new(),
                kind: ViolationKind::Missing,
                message: Sentence::NothingToSend.into(),
            },
        });
    }
}

/// Writes a field that a receiver takes for another value when it is not there.
pub fn default<T, S: Target<T>>(target: &S, value: T, outgoing: &mut Outgoing) {
    required(target, value, outgoing);
}

/// Writes a field, if there is one.
pub fn optional<T, S: Target<T>>(target: &S, value: Option<T>, outgoing: &mut Outgoing) {
    if let Some(value) = value {
        target.write(value, outgoing);
    }
}

impl Outgoing {
    fn record(&mut self, violation: Violation) {
        self.violations.push(violation);
    }

    /// Puts in what stands for `{name}` in a URL that is written as a template.
    fn filled(&self, url: &str) -> String {
        self.path.iter().fold(url.to_owned(), |url, (name, text)| url.replace(&format!("{{{name}}}"), text))
    }

    fn finish(mut self, method: &str, url: &str) -> Result<Request<Body>, OutgoingError> {
        let uri = with_query(url, &self.query)?;
        if !self.cookies.is_empty() {
            match HeaderValue::from_str(&self.cookies.join("; ")) {
                Ok(value) => _ = self.headers.insert(header::COOKIE, value),
                Err(_) => self.violations.push(Violation {
                    location: Location::Cookie,
                    path: Vec::new(),
                    kind: ViolationKind::Syntax,
                    message: Sentence::UnwritableInHeader.into(),
                }),
            }
        }
        if !self.violations.is_empty() {
            return Err(OutgoingError::Fields(self.violations));
        }
        let request = Request::builder().method(method).uri(uri).body(self.body);
        let mut request = request.map_err(|_| OutgoingError::Url("gives no request"))?;
        *request.headers_mut() = self.headers;
        Ok(request)
    }
}

/// The URL with more in its query. A fragment is never sent (RFC 9110 section 7.1).
fn with_query(url: &str, query: &[String]) -> Result<Uri, OutgoingError> {
    let url = url.split('#').next().unwrap_or_default();
    let mut text = url.to_owned();
    for (index, part) in query.iter().enumerate() {
        let between = match url.split_once('?') {
            None if index == 0 => "?",
            Some((_, "")) if index == 0 => "",
            None | Some(_) => "&",
        };
        text.push_str(between);
        text.push_str(part);
    }
    let uri: Uri = text.parse().map_err(|_| OutgoingError::Url("is malformed"))?;
    let is_http = uri.scheme().is_some_and(|scheme| *scheme == Scheme::HTTP || *scheme == Scheme::HTTPS);
    if is_http && uri.authority().is_some() { Ok(uri) } else { Err(OutgoingError::Url("is not one of HTTP")) }
}
