//! What the bodies of errors look like: shapes that documents declare.
//!
//! The one rule: what a shape is filled with is true. Which members can be filled is a closed list ([`Fill`]).

mod asked;
mod fill;

use http::{StatusCode, header};
use serde_json::{Value, json};
use stubwright_schema::{Location, Segment, Violation, ViolationKind, Violations};

pub(crate) use self::asked::Asked;
pub use self::asked::{AskedShape, EdgeError};
pub use self::fill::Fill;
use self::fill::Subject;
use crate::media_type::content_type;
use crate::response::Response;
use crate::status::{is_bodiless, reason};

/// The shape of an error's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorShape {
    /// `{"detail":[{"type","loc","msg"}]}` for violations, `{"detail":"message"}` else.
    FastApi,
    /// `{"detail":"message"}`.
    Detail,
    /// `{"error":"reason phrase","message":"message"}`.
    ErrorMessage,
    /// `application/problem+json` (RFC 9457), with `errors` for violations.
    Problem,
    /// A body of the document's own.
    Declared(&'static DeclaredShape),
    /// A body of the document's own that a generated trait asks for; problem details where no router asks.
    Asked(&'static AskedShape),
}

/// A body that the document declares and that the generator has found the contents of.
#[derive(Debug, PartialEq, Eq)]
pub struct DeclaredShape {
    /// The media type.
    pub media_type: &'static str,
    /// What the body is.
    pub body: Fill,
}

impl ErrorShape {
    /// The answer with a status, a message, and what is wrong with the request.
    ///
    /// A status that allows no content (RFC 9110 section 6.4.1) gets none.
    ///
    /// ```
    /// use http::StatusCode;
    /// use stubwright::{ErrorShape, Violations};
    ///
    /// let response = ErrorShape::Problem.render(StatusCode::NOT_FOUND, "No such pet", &Violations::default());
    /// assert_eq!(response.headers()["content-type"], "application/problem+json");
    /// ```
    pub fn render(self, status: StatusCode, message: &str, violations: &Violations) -> Response {
        let mut response = Response::default();
        *response.status_mut() = status;
        if is_bodiless(status) {
            return response;
        }
        if let Self::Asked(shape) = self {
            let asked = Asked { shape, message: message.to_owned(), violations: violations.clone() };
            response.extensions_mut().insert(asked);
        }
        let media_type = match self {
            Self::FastApi | Self::Detail | Self::ErrorMessage => "application/json",
            Self::Problem | Self::Asked(_) => "application/problem+json",
            Self::Declared(declared) => declared.media_type,
        };
        if let Some(content_type) = content_type(media_type) {
            response.headers_mut().insert(header::CONTENT_TYPE, content_type);
        }
        let body = match self.body(status, message, violations) {
            Value::String(text) if media_type.starts_with("text/") => text,
            body => body.to_string(),
        };
        *response.body_mut() = body.into();
        response
    }

    fn body(self, status: StatusCode, message: &str, violations: &Violations) -> Value {
        match self {
            Self::FastApi => fast_api(message, violations),
            Self::Detail => json!({ "detail": sentence(message, violations) }),
            Self::ErrorMessage => json!({ "error": reason(status), "message": sentence(message, violations) }),
            Self::Problem | Self::Asked(_) => problem(status, message, violations),
            Self::Declared(declared) => declared.body.value(Subject::whole(status, message, violations)),
        }
    }
}

/// `detail` as in the schema `HTTPValidationError`, or a message.
fn fast_api(message: &str, violations: &Violations) -> Value {
    if violations.is_empty() {
        return json!({ "detail": message });
    }
    let mut detail: Vec<_> = violations
        .listed()
        .iter()
        .map(|violation| {
            json!({ "type": fast_api_type(violation.kind), "loc": loc(violation), "msg": violation.message })
        })
        .collect();
    if let Some(msg) = omitted(violations) {
        detail.push(json!({ "type": "omitted", "loc": [], "msg": msg }));
    }
    json!({ "detail": detail })
}

/// The place of a violation: the part of the request, then names and numbers.
fn loc(violation: &Violation) -> Vec<Value> {
    let segments = violation.path.iter().map(|segment| match segment {
        Segment::Key(key) => json!(key),
        Segment::Index(index) => json!(index),
    });
    std::iter::once(json!(violation.location.name())).chain(segments).collect()
}

/// The name that servers of this shape have for a kind, where they have one.
fn fast_api_type(kind: ViolationKind) -> &'static str {
    match kind {
        ViolationKind::Syntax => "json_invalid",
        ViolationKind::UnknownProperty => "extra_forbidden",
        ViolationKind::Type => "type_error",
        ViolationKind::Format => "value_error",
        ViolationKind::OutOfRange => "out_of_range",
        ViolationKind::DuplicateKey => "duplicate_key",
        ViolationKind::MultipleOf => "multiple_of",
        ViolationKind::Pattern => "string_pattern_mismatch",
        // The kinds may become more, and each has a name.
        _ => kind.name(),
    }
}

/// Sentences are cut before this many bytes: documents that limit the length of a message allow as much.
const LONGEST: usize = 4000;

/// The whole list as one text, for shapes that have no place for it.
fn sentence(message: &str, violations: &Violations) -> String {
    let mut sentence = message.to_owned();
    let mut omitted = violations.omitted();
    for (index, violation) in violations.listed().iter().enumerate() {
        let part = violation.to_string();
        if sentence.len() + part.len() > LONGEST {
            omitted += violations.listed().len() - index;
            break;
        }
        sentence.push_str(if index == 0 { ": " } else { "; " });
        sentence.push_str(&part);
    }
    if omitted > 0 {
        sentence.push_str("; ");
        sentence.push_str(&not_listed(omitted));
    }
    sentence
}

/// RFC 9457 section 3. With `about:blank` the title is the status's phrase (section 4.2.1); `errors` is an extension
/// member in the form of the example of section 3.
fn problem(status: StatusCode, message: &str, violations: &Violations) -> Value {
    let mut problem = json!({
        "type": "about:blank",
        "title": reason(status),
        "status": status.as_u16(),
        "detail": match omitted(violations) {
            Some(omitted) => format!("{message}; {omitted}"),
            None => message.to_owned(),
        },
    });
    if !violations.is_empty() {
        problem["errors"] = violations.listed().iter().map(problem_error).collect();
    }
    problem
}

fn problem_error(violation: &Violation) -> Value {
    let place = violation.location.name();
    let name = match violation.path.first() {
        Some(Segment::Key(name)) => name.as_str(),
        Some(Segment::Index(_)) | None => "",
    };
    match violation.location {
        Location::Body => json!({ "pointer": fragment(violation), "detail": violation.message }),
        Location::Path | Location::Query | Location::Header | Location::Cookie => {
            json!({ "in": place, "name": name, "detail": violation.message })
        }
    }
}

/// The pointer as a URI fragment (RFC 6901 section 6).
fn fragment(violation: &Violation) -> String {
    format!("#{}", crate::percent::encode(&violation.pointer(), crate::percent::FRAGMENT))
}

fn omitted(violations: &Violations) -> Option<String> {
    (violations.omitted() > 0).then(|| not_listed(violations.omitted()))
}

fn not_listed(count: usize) -> String {
    format!("{count} more are not listed")
}
