//! Answers with bodies of the media types that a document declares.
//!
//! The one rule: `Content-Type` is what the document says.

use std::fmt::Write;

use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, StatusCode, header};
use serde_json::Value;

use crate::body::{UntypedBody, UntypedStream};
use crate::content::{Bodies, Framing, Part, Parts, urlencoded, write};
use crate::json::{self, Json, Writer, unwrap};
use crate::media_type::is_range;
use crate::request::to_value;
use crate::response::{self, Response};
use crate::sse::{self, DataForm, Events};
use crate::status::is_bodiless;
use crate::stream::{ByteStream, Items};
#[cfg(feature = "xml")]
use crate::xml::XmlTable;

/// A status: one that the document names, or one that a handler chose.
pub trait Status {
    /// The status.
    fn code(self) -> StatusCode;
}

impl Status for u16 {
    /// What is no status becomes a 500; the generator writes none such.
    fn code(self) -> StatusCode {
        StatusCode::from_u16(self).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl Status for StatusCode {
    fn code(self) -> StatusCode {
        self
    }
}

/// An enum of answers: `Variant pattern = function(status, …)` for each variant, where the function is one of
/// [`answer`](crate::codegen::answer); behind it, `with headers` for those with header fields.
#[doc(hidden)]
#[macro_export]
macro_rules! __response {
    ($name:ident {
        $(
            $variant:ident $(($body:ident))? $({ $($field:ident),* })? = $function:ident($($argument:expr),*)
            $(with $headers:ident)?
        ),* $(,)?
    }) => {
        impl $crate::codegen::IntoResponse for $name {
            fn into_response(self) -> $crate::codegen::Response {
                match self {
                    $(Self::$variant $(($body))? $({ $($field),* })? => {
                        let answer = $crate::codegen::answer::$function($($argument),*);
                        $(let answer = $headers.apply(answer);)?
                        answer
                    })*
                }
            }
        }
    };
}

/// An answer without a body.
pub fn empty(status: impl Status) -> Response {
    untyped(status, None)
}

/// An answer whose body the document declares no type for, or that has none.
pub fn untyped(status: impl Status, body: Option<UntypedBody>) -> Response {
    response::untyped(status.code(), body)
}

/// An answer with one of several bodies.
pub fn several(status: impl Status, body: impl Bodies) -> Response {
    body.answer(status.code())
}

/// An answer that is JSON.
pub fn json<T: Json>(status: impl Status, media_type: &'static str, body: &T) -> Response {
    bytes(status, media_type, json::to_json(body))
}

/// An answer that is text in UTF-8.
pub fn text(status: impl Status, media_type: &'static str, body: impl Into<String>) -> Response {
    bytes(status, media_type, body.into())
}

/// An answer that is bytes.
pub fn bytes(status: impl Status, media_type: &'static str, body: impl Into<ByteStream>) -> Response {
    with_type(status, HeaderValue::from_str(media_type).ok(), body.into().into_body())
}

/// An answer that is bytes of any media type of a range.
pub fn untyped_stream(status: impl Status, body: UntypedStream) -> Response {
    let mut response = empty(status);
    if !is_bodiless(response.status()) {
        body.fill(&mut response);
    }
    response
}

/// An answer that is JSON values, one after another.
pub fn items<T: Json + 'static>(
    status: impl Status,
    media_type: &'static str,
    framing: Framing,
    body: Items<T>,
) -> Response {
    bytes(status, media_type, framing.write(body))
}

/// An answer that is events with typed data; without events it sends a comment now and then.
pub fn events<T: Json + 'static>(
    status: impl Status,
    media_type: &'static str,
    data: DataForm,
    body: Events<T>,
) -> Response {
    uncached(bytes(status, media_type, sse::write(body, data)))
}

/// An answer that is typed events; without events it sends a comment now and then.
pub fn typed_events<T: Json + 'static>(status: impl Status, media_type: &'static str, body: Items<T>) -> Response {
    uncached(bytes(status, media_type, sse::write_typed(body)))
}

/// An answer that is parts, one after another.
pub fn parts<P: Part>(status: impl Status, media_type: &'static str, body: Parts<P>) -> Response {
    let is_form = media_type.eq_ignore_ascii_case("multipart/form-data");
    let (bytes, boundary) = write(body, is_form);
    with_type(status, HeaderValue::try_from(format!("{media_type}; boundary={boundary}")).ok(), bytes.into_body())
}

/// Events are for now, not for later (section 9.2.7 of the HTML standard).
fn uncached(mut response: Response) -> Response {
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}

/// An answer that is an urlencoded form: a pair for each property, and for each item of a list.
pub fn form<T: Json>(status: impl Status, media_type: &'static str, body: &T) -> Response {
    bytes(status, media_type, urlencoded(&to_value(body)))
}

/// An answer that is XML: the root element of this index.
#[cfg(feature = "xml")]
pub fn xml<T: Json>(
    status: impl Status,
    media_type: &'static str,
    table: &'static XmlTable,
    root: usize,
    body: &T,
) -> Response {
    match table.write(root, &to_value(body)) {
        Some(text) => bytes(status, media_type, text),
        None => response::untyped(StatusCode::INTERNAL_SERVER_ERROR, None),
    }
}

/// An answer that is `multipart/form-data`: a part for each property, and for each item of a list.
pub fn multipart<T: Json>(status: impl Status, body: &T) -> Response {
    let mut writer = Writer::wrapping();
    body.encode(&mut writer);
    let value: Value = json::decode(&writer.into_bytes()).unwrap_or_default();
    let mut parts: Vec<(&str, &str, Vec<u8>)> = Vec::new();
    for (key, member) in value.as_object().into_iter().flatten() {
        let items = match member {
            Value::Array(items) => items.as_slice(),
            member => std::slice::from_ref(member),
        };
        parts.extend(items.iter().map(|item| part(key, item)));
    }
    let boundary = boundary(&parts);
    let mut text = Vec::new();
    for (name, content_type, content) in parts {
        let name = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        let disposition = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"");
        text.extend_from_slice(format!("{disposition}\r\nContent-Type: {content_type}\r\n\r\n").as_bytes());
        text.extend_from_slice(&content);
        text.extend_from_slice(b"\r\n");
    }
    text.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    let content_type = HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}")).ok();
    with_type(status, content_type, text.into())
}

/// The media type that is sent of those that are declared: a range cannot be.
pub(crate) fn sendable(declared: &[&'static str], otherwise: &'static str) -> &'static str {
    declared.first().copied().filter(|media_type| !is_range(media_type)).unwrap_or(otherwise)
}

fn part<'k>(key: &'k str, value: &Value) -> (&'k str, &'static str, Vec<u8>) {
    match value {
        Value::String(text) => (key, "text/plain; charset=utf-8", text.as_bytes().to_vec()),
        value => match unwrap(value).and_then(|text| STANDARD.decode(text).ok()) {
            Some(bytes) => (key, "application/octet-stream", bytes),
            None => (key, "application/json", value.to_string().into_bytes()),
        },
    }
}

/// A boundary that no part holds.
fn boundary(parts: &[(&str, &str, Vec<u8>)]) -> String {
    let mut boundary = String::from("stubwright");
    let mut number = 0_u32;
    while parts.iter().any(|(_, _, content)| memchr::memmem::find(content, boundary.as_bytes()).is_some()) {
        boundary.truncate("stubwright".len());
        // Writing to memory does not fail.
        let _ = write!(boundary, "-{number}");
        number += 1;
    }
    boundary
}

fn with_type(status: impl Status, content_type: Option<HeaderValue>, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status.code();
    match content_type {
        Some(content_type) => _ = response.headers_mut().insert(header::CONTENT_TYPE, content_type),
        None => tracing::error!("the document declares a media type that no header can carry"),
    }
    response
}
