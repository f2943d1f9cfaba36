//! Answers with bodies of the media types that a document declares.
//!
//! The one rule: `Content-Type` is what the document says, and what the client wants of it.

#![expect(clippy::needless_pass_by_value, reason = "`response!` hands every body over alike: streams have to be")]

use axum::body::Body;
use http::{HeaderValue, header};

use crate::answering::{Contents, To, vary};
use crate::body::{UntypedBody, UntypedStream};
use crate::content::{Answer, Encodings, Framing, Part, Parts, PropertyForm, write, write_form, write_whole};
use crate::json::{self, Json};
use crate::media_type::{Written, content_type, is_range, written};
use crate::request::to_value;
use crate::response::{self, Response};
use crate::sse::{self, DataForm, Events};
use crate::status::is_bodiless;
use crate::stream::{ByteStream, Items};
#[cfg(feature = "xml")]
use crate::xml::XmlTable;

/// An answer without a body.
pub fn empty(to: To<'_>) -> Response {
    response::untyped(to.status, None)
}

/// An answer whose body the document declares no type for, or that has none.
pub fn untyped(to: To<'_>, body: Option<UntypedBody>) -> Response {
    response::untyped(to.status, body)
}

/// An answer of a media type that the handler names, where the document declares a range of them.
pub fn of_range(to: To<'_>, media_types: &'static [&'static str], body: UntypedStream) -> Response {
    let sent = body.content_type.to_str().unwrap_or_default();
    if let Some(refused) = to.refuse_media_type(media_types, sent) {
        return refused;
    }
    let mut response = empty(to);
    if !is_bodiless(to.status) {
        body.fill(&mut response);
    }
    response
}

/// An answer with one of several bodies.
pub fn several(to: To<'_>, media_types: &'static [&'static str], body: impl Contents) -> Response {
    let mut response = body.answer(to);
    if media_types.len() > 1 {
        vary(&mut response, "Accept");
    }
    response
}

/// An answer that is JSON, of the media type that the client wants most.
pub fn json<T: Json>(to: To<'_>, media_types: &'static [&'static str], schema: u32, body: T) -> Response {
    let text = json::to_bytes(&body);
    let value = || json::decode(text.as_ref()).unwrap_or_default();
    match to.refuse_body(schema, value) {
        Some(refused) => refused,
        None => with_type(to, media_types, content_type(to.choose(media_types)), text.into()),
    }
}

/// An answer that several syntaxes can say, in the one that the client wants most.
pub fn typed<T: Json>(to: To<'_>, media_types: &'static [&'static str], schema: u32, body: T) -> Response {
    match written(to.choose(media_types)) {
        Written::Form => form(to, media_types, schema, body),
        Written::Multipart => multipart(to, media_types, schema, body),
        Written::Json | Written::Xml => json(to, media_types, schema, body),
    }
}

/// An answer that is text in UTF-8.
pub fn text(to: To<'_>, media_types: &'static [&'static str], body: impl Into<String>) -> Response {
    bytes(to, media_types, body.into())
}

/// An answer that is text in UTF-8, with a schema that admits it, or the scalar that it writes.
pub fn checked_text(to: To<'_>, media_types: &'static [&'static str], schema: u32, body: String) -> Response {
    to.refuse_text(schema, &body).unwrap_or_else(|| text(to, media_types, body))
}

/// An answer that is bytes, of the media type that the client wants most.
pub fn bytes(to: To<'_>, media_types: &'static [&'static str], body: impl Into<ByteStream>) -> Response {
    with_type(to, media_types, content_type(to.choose(media_types)), body.into().into_body())
}

/// An answer that is JSON values, one after another.
pub fn items<T: Json + 'static>(
    to: To<'_>,
    media_types: &'static [&'static str],
    schema: u32,
    framing: Framing,
    body: Items<T>,
) -> Response {
    bytes(to, media_types, framing.write(body, to.item_check(schema)))
}

/// An answer that is events with typed data; without events it sends a comment now and then.
pub fn events<T: Json + 'static>(
    to: To<'_>,
    media_types: &'static [&'static str],
    schema: u32,
    data: DataForm,
    body: Events<T>,
) -> Response {
    uncached(bytes(to, media_types, sse::write(body, data, to.item_check(schema))))
}

/// An answer that is typed events; without events it sends a comment now and then.
pub fn typed_events<T: Json + 'static>(
    to: To<'_>,
    media_types: &'static [&'static str],
    schema: u32,
    body: Items<T>,
) -> Response {
    uncached(bytes(to, media_types, sse::write_typed(body, to.item_check(schema))))
}

/// An answer that is parts, one after another.
pub fn parts<P: Part>(to: To<'_>, media_types: &'static [&'static str], body: Parts<P>) -> Response {
    let media_type = to.choose(media_types);
    let is_form = media_type.eq_ignore_ascii_case("multipart/form-data");
    let (bytes, boundary) = write(body, is_form);
    let content_type = HeaderValue::try_from(format!("{media_type}; boundary={boundary}")).ok();
    with_type(to, media_types, content_type, bytes.into_body())
}

/// Events are for now, not for later (section 9.2.7 of the HTML standard).
fn uncached(mut response: Response) -> Response {
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
    response
}

/// An answer that is an urlencoded form: a pair for each property, and for each item of a list.
pub fn form<T: Json>(to: To<'_>, media_types: &'static [&'static str], schema: u32, body: T) -> Response {
    encoded_form(to, media_types, schema, &[], &body)
}

/// The same, with properties in forms of their own.
pub(crate) fn encoded_form<T: Json>(
    to: To<'_>,
    media_types: &'static [&'static str],
    schema: u32,
    encoding: &[(&'static str, PropertyForm)],
    body: &T,
) -> Response {
    let value = to_value(body);
    if let Some(refused) = to.refuse_body(schema, || value.clone()) {
        return refused;
    }
    write_form(&value, encoding).map_or_else(|_| response::failed(), |text| bytes(to, media_types, text))
}

/// An answer that is XML: the root element of this index.
#[cfg(feature = "xml")]
pub fn xml<T: Json>(
    to: To<'_>,
    media_types: &'static [&'static str],
    schema: u32,
    table: &'static XmlTable,
    root: usize,
    body: T,
) -> Response {
    let value = to_value(&body);
    if let Some(refused) = to.refuse_body(schema, || value.clone()) {
        return refused;
    }
    match table.write(root, &value) {
        Some(text) => bytes(to, media_types, text),
        None => response::failed(),
    }
}

/// An answer that several syntaxes can say, XML among them, in the one that the client wants most.
#[cfg(feature = "xml")]
pub fn typed_or_xml<T: Json>(
    to: To<'_>,
    media_types: &'static [&'static str],
    schema: u32,
    table: &'static XmlTable,
    root: usize,
    body: T,
) -> Response {
    match written(to.choose(media_types)) {
        Written::Xml => xml(to, media_types, schema, table, root, body),
        Written::Json | Written::Form | Written::Multipart => typed(to, media_types, schema, body),
    }
}

/// An answer that is `multipart/form-data`: a part for each property, and for each item of a list.
pub fn multipart<T: Json>(to: To<'_>, media_types: &'static [&'static str], schema: u32, body: T) -> Response {
    encoded_multipart(to, media_types, schema, &Encodings::default(), &body)
}

/// The same, with properties that are written in forms of their own.
pub(crate) fn encoded_multipart<T: Json>(
    to: To<'_>,
    media_types: &'static [&'static str],
    schema: u32,
    encodings: &Encodings,
    body: &T,
) -> Response {
    if let Some(refused) = to.refuse_body(schema, || to_value(body)) {
        return refused;
    }
    match write_whole(body, encodings) {
        Ok((content_type, text)) => with_type(to, media_types, HeaderValue::try_from(content_type).ok(), text.into()),
        Err(_) => response::failed(),
    }
}

/// An answer whose body is written as its description says, properties with forms of their own, too.
pub fn encoded<T, B: Answer<T>>(to: To<'_>, _: &'static [&'static str], source: B, body: T) -> Response {
    source.answer(to, body)
}

/// The media type of a body that another server is sent: the first one, unless it is a range.
pub(crate) fn sendable(
    declared: &'static [&'static str],
    otherwise: &'static [&'static str],
) -> &'static [&'static str] {
    match declared {
        [first, ..] if !is_range(first) => std::slice::from_ref(first),
        _ => otherwise,
    }
}

fn with_type(to: To<'_>, declared: &[&str], content_type: Option<HeaderValue>, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = to.status;
    match content_type {
        Some(content_type) => _ = response.headers_mut().insert(header::CONTENT_TYPE, content_type),
        None => tracing::error!("the document declares a media type that no header can carry"),
    }
    if declared.len() > 1 {
        vary(&mut response, "Accept");
    }
    response
}
