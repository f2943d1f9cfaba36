//! For generated code only: everything it names comes through here, and may change with the version it asserts.

pub use axum::Router;
pub use axum::response::Response;
pub use bytes::Bytes;
#[cfg(feature = "date")]
pub use chrono::NaiveDate as Date;
pub use http::{Method, StatusCode};
pub use serde_json::Value;
#[cfg(feature = "uuid")]
pub use uuid::Uuid;

pub use crate::answering::{Answers, Contents, Declared, Exchange, To};
#[cfg(feature = "xml")]
pub use crate::content::XmlBody;
pub use crate::content::{
    Answer, Bodies, BodyKind, BytesBody, EventsBody, FormBody, FormPart, Framing, ItemsBody, JsonBody, MultipartBody,
    OneOf, OutgoingPart, Part, PartContent, PartHeader, PartKey, PartKind, PartTerms, PartsBody, PropertyForm,
    TextBody, TypedEventsBody, part,
};
pub use crate::gate::{Gate, Outcome};
pub use crate::headers::{HeaderField, HeaderForm};
pub use crate::incoming::Incoming;
pub use crate::json::{Choice, Kinds, Pick, Rule};
pub use crate::outgoing::{Outgoing, OutgoingRequest, UrlPart};
pub use crate::parameter::{Expected, Parameter};
pub use crate::rejection::Rejection;
pub use crate::request::{Cookie, Header, Origin, Path, Place, Query, Request, Sent, Source, Styled};
pub use crate::routes::{Guard, Routes};
pub use crate::sse::DataForm;
pub use crate::style::{Shape, Style};
#[cfg(feature = "xml")]
pub use crate::xml::XmlTable;
pub use crate::{
    __any_of as any_of, __bodies as bodies, __contents as contents, __headers as headers, __integers as integers,
    __languages as languages, __needs_date as needs_date, __needs_uuid as needs_uuid, __needs_xml as needs_xml,
    __newtype as newtype, __object as object, __outgoing as outgoing, __parts as parts, __request as request,
    __response as response, __strings as strings, __union as union, __values as values,
};
pub use stubwright_schema::{Direction, Schemas};

/// Answers of the media types that a document declares.
pub mod answer {
    pub use crate::answer::{
        bytes, checked_text, empty, encoded, events, form, items, json, multipart, of_range, parts, several, text,
        typed, typed_events, untyped,
    };
    #[cfg(feature = "xml")]
    pub use crate::answer::{typed_or_xml, xml};
}

/// How the fields of a request are read.
pub mod field {
    pub use crate::request::{default, optional, required};
}

/// How the fields of a request that is sent are written.
pub mod send {
    pub use crate::outgoing::{callback, default, optional, request, required};
}

/// What a method answers that an implementation leaves out: 501.
pub fn unimplemented<P, R, T>(context: crate::Context<P>, request: R) -> std::future::Ready<Result<T, crate::Error>> {
    let message = stubwright_schema::Sentence::NotImplemented.with([context.operation.id.into()]);
    drop((context, request));
    std::future::ready(Err(crate::Error::refused(Rejection::refused(StatusCode::NOT_IMPLEMENTED, message))))
}

/// The version of what generated code finds here. It goes up with every change that breaks generated code.
const VERSION: u32 = 1;

/// Stops the build of code that was generated for another version of this crate.
///
/// # Panics
/// When the version is another one; generated code calls this at compile time.
pub const fn assert_version(version: u32) {
    assert!(
        version == VERSION,
        "this code was generated for another version of the crate `stubwright`: build it with the version of \
         `stubwright-codegen` that matches, or run `stubwright generate` of that version again"
    );
}

/// `format: date-time`: with the offset that was sent.
#[cfg(feature = "date")]
pub type DateTime = chrono::DateTime<chrono::FixedOffset>;

/// What is wrong with a body that is to be sent.
pub type Refusals = crate::Violations;

/// A request that a server sends.
pub type HttpRequest = http::Request<axum::body::Body>;

/// A value of a document, as JSON: a default that Rust has no literal for.
///
/// # Panics
/// When it is none of the type's: the generator has decoded every one.
pub fn decoded<T: crate::json::Json>(text: &str) -> T {
    crate::json::decode(text.as_bytes()).expect("the generator has checked the default")
}

/// A status that has no name of its own.
///
/// # Panics
/// When it is none of 100 to 999: generated code names only such as the document may have.
pub const fn status(code: u16) -> StatusCode {
    match StatusCode::from_u16(code) {
        Ok(status) => status,
        Err(_) => panic!("a status is a number of three digits"),
    }
}

/// A media type of a body, as a header field has it.
///
/// # Panics
/// When no header can carry it: generated code has only such as one can.
pub const fn media_type(text: &'static str) -> http::HeaderValue {
    http::HeaderValue::from_static(text)
}

/// The media types of several bodies, in their order.
pub const fn media_types<const N: usize>(bodies: &[&[&'static str]]) -> [&'static str; N] {
    let mut all = [""; N];
    let (mut body, mut index, mut next) = (0, 0, 0);
    while body < bodies.len() {
        if index < bodies[body].len() {
            all[next] = bodies[body][index];
            (index, next) = (index + 1, next + 1);
        } else {
            (body, index) = (body + 1, 0);
        }
    }
    all
}
