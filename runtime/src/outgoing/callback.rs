//! URLs of callbacks: runtime expressions (OpenAPI 3.1.1 section 4.8.20.4), evaluated from the request that asked for them.
//!
//! The one rule: the URL that a client gave stands first and as it is; what stands further back is percent-encoded, so that
//! it cannot change what stands before it.

use std::fmt::Write;

use http::{HeaderMap, StatusCode, header};
use serde_json::Value;

use super::OutgoingError;
use crate::context::{Context, RequestHead};
use crate::incoming::query_values;
use crate::json::Json;
use crate::operation::OperationInfo;
use crate::percent;
use crate::request::to_value;
use crate::routes::path_value;

/// A part of the URL of a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlPart {
    /// It stands there as it is, with `{name}` for parameters of the path.
    Text(&'static str),
    /// `$url`
    Url,
    /// `$method`
    Method,
    /// `$statusCode`
    StatusCode,
    /// `$request.header.name`
    RequestHeader(&'static str),
    /// `$request.query.name`
    RequestQuery(&'static str),
    /// `$request.path.name`
    RequestPath(&'static str),
    /// `$request.body#/pointer`
    RequestBody(&'static str),
    /// `$response.header.name`
    ResponseHeader(&'static str),
    /// `$response.body#/pointer`
    ResponseBody(&'static str),
}

/// What the URL of a callback is made from: the request that asked for it, and its answer.
///
/// ```
/// use stubwright::{CallbackSource, Context};
///
/// fn source<'c, P>(context: &'c Context<P>, callback_url: &str) -> CallbackSource<'c> {
///     CallbackSource::of(context).request_body(&callback_url.to_owned())
/// }
/// ```
#[derive(Clone, Debug)]
pub struct CallbackSource<'request> {
    head: &'request RequestHead,
    operation: &'static OperationInfo,
    url: Option<String>,
    request_body: Value,
    status: Option<StatusCode>,
    response_headers: Option<&'request HeaderMap>,
    response_body: Value,
}

impl<'request> CallbackSource<'request> {
    /// The request that a handler works on.
    pub fn of<P>(context: &'request Context<P>) -> Self {
        Self {
            head: &context.head,
            operation: context.operation,
            url: None,
            request_body: Value::Null,
            status: None,
            response_headers: None,
            response_body: Value::Null,
        }
    }

    /// The same with `$url`, where a proxy stands between that changes it. Without it: `http`, the `Host` field, and the
    /// target.
    #[must_use]
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// The same with the body of the request.
    #[must_use]
    pub fn request_body<T: Json>(mut self, body: &T) -> Self {
        self.request_body = to_value(body);
        self
    }

    /// The same with the head of the answer.
    #[must_use]
    pub fn response(mut self, status: StatusCode, headers: &'request HeaderMap) -> Self {
        (self.status, self.response_headers) = (Some(status), Some(headers));
        self
    }

    /// The same with the body of the answer.
    #[must_use]
    pub fn response_body<T: Json>(mut self, body: &T) -> Self {
        self.response_body = to_value(body);
        self
    }

    /// The URL that parts make, with what `fill` makes of the document's own texts.
    pub(super) fn evaluate(&self, parts: &[UrlPart], fill: impl Fn(&str) -> String) -> Result<String, OutgoingError> {
        let mut url = String::new();
        for (index, part) in parts.iter().enumerate() {
            let text = match part {
                UrlPart::Text(text) => {
                    url.push_str(&fill(text));
                    continue;
                }
                part => self.value(*part).ok_or(OutgoingError::Url("needs a value that is not there"))?,
            };
            if index == 0 {
                url.push_str(&text);
            } else {
                url.push_str(&percent::encode(&text, percent::UNRESERVED));
            }
        }
        Ok(url)
    }

    fn value(&self, part: UrlPart) -> Option<String> {
        let header = |headers: &HeaderMap, name| headers.get(name)?.to_str().ok().map(str::to_owned);
        match part {
            UrlPart::Text(text) => Some(text.to_owned()),
            UrlPart::Url => self.url.clone().or_else(|| self.own_url()),
            UrlPart::Method => Some(self.head.method.to_string()),
            UrlPart::StatusCode => self.status.map(|status| status.as_u16().to_string()),
            UrlPart::RequestHeader(name) => header(&self.head.headers, name),
            UrlPart::ResponseHeader(name) => header(self.response_headers?, name),
            UrlPart::RequestQuery(name) => {
                let value = query_values(&self.head.uri, name).next()?;
                percent::decode_query(value).map(std::borrow::Cow::into_owned)
            }
            UrlPart::RequestPath(name) => path_value(self.operation.path, self.head.uri.path(), name),
            UrlPart::RequestBody(pointer) => text_at(&self.request_body, pointer),
            UrlPart::ResponseBody(pointer) => text_at(&self.response_body, pointer),
        }
    }

    fn own_url(&self) -> Option<String> {
        let uri = &self.head.uri;
        if uri.scheme().is_some() {
            return Some(uri.to_string());
        }
        let host = self.head.headers.get(header::HOST)?.to_str().ok()?;
        let mut url = format!("http://{host}");
        // Writing to memory does not fail.
        let _ = write!(url, "{uri}");
        Some(url)
    }
}

/// The scalar at a JSON Pointer.
fn text_at(body: &Value, pointer: &str) -> Option<String> {
    match body.pointer(pointer)? {
        Value::String(text) => Some(text.clone()),
        scalar @ (Value::Bool(_) | Value::Number(_)) => Some(scalar.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
