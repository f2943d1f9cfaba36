//! What the bodies of errors look like: shapes that documents declare.
//!
//! The one rule: what a shape is filled with is true. Which members can be filled is a closed list ([`Fill`]).

mod asked;
mod fill;

use http::{StatusCode, header};
use serde_json::{Value, json};
use stubwright_schema::{Catalogue, Location, Message, Segment, Sentence, Violation, ViolationKind, Violations};

pub(crate) use self::asked::Asked;
pub use self::asked::{AskedShape, EdgeError};
pub use self::fill::Fill;
use self::fill::Subject;
use crate::locale::Locale;
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
    /// The answer with a status, a message, and what is wrong with the request, in English.
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
        self.fill(Told { status, message, violations, catalogue: &Catalogue::ENGLISH }, "")
    }

    /// The answer in the language of a client, which says so.
    pub(crate) fn say(
        self,
        status: StatusCode,
        message: &Message,
        violations: &Violations,
        locale: Locale,
    ) -> Response {
        let catalogue = locale.catalogue();
        let message = &catalogue.say(message);
        let mut response = self.fill(Told { status, message, violations, catalogue }, locale.language);
        if !is_bodiless(status) {
            locale.mark(&mut response);
        }
        response
    }

    fn fill(self, told: Told<'_>, language: &'static str) -> Response {
        let mut response = Response::default();
        *response.status_mut() = told.status;
        if is_bodiless(told.status) {
            return response;
        }
        if let Self::Asked(shape) = self {
            let violations = told.violations.told(told.catalogue);
            let asked = Asked { shape, message: told.message.to_owned(), violations, language };
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
        let body = match self.body(told) {
            Value::String(text) if media_type.starts_with("text/") => text,
            body => body.to_string(),
        };
        *response.body_mut() = body.into();
        response
    }

    fn body(self, told: Told<'_>) -> Value {
        match self {
            Self::FastApi => fast_api(told),
            Self::Detail => json!({ "detail": sentence(told) }),
            Self::ErrorMessage => json!({ "error": reason(told.status), "message": sentence(told) }),
            Self::Problem | Self::Asked(_) => problem(told),
            Self::Declared(declared) => declared.body.value(Subject::whole(told)),
        }
    }
}

/// An error, and the words that it is told in.
#[derive(Clone, Copy)]
struct Told<'error> {
    status: StatusCode,
    message: &'error str,
    violations: &'error Violations,
    catalogue: &'static Catalogue,
}

impl Told<'_> {
    /// What is wrong with a value.
    fn wrong(&self, violation: &Violation) -> String {
        self.catalogue.say(&violation.message)
    }

    /// What is wrong with a value, and where it stands.
    fn line(&self, violation: &Violation) -> String {
        format!("{}{}: {}", violation.location.name(), violation.pointer(), self.wrong(violation))
    }

    /// That there are more violations than are listed, if there are.
    fn omitted(&self) -> Option<String> {
        let count = self.violations.omitted();
        (count > 0).then(|| self.not_listed(count))
    }

    fn not_listed(&self, count: usize) -> String {
        self.catalogue.say(&Sentence::NotListed.with([count.into()]))
    }
}

/// `detail` as in the schema `HTTPValidationError`, or a message.
fn fast_api(told: Told<'_>) -> Value {
    if told.violations.is_empty() {
        return json!({ "detail": told.message });
    }
    let item = |violation: &Violation| json!({ "type": fast_api_type(violation.kind), "loc": loc(violation), "msg": told.wrong(violation) });
    let mut detail: Vec<_> = told.violations.listed().iter().map(item).collect();
    if let Some(msg) = told.omitted() {
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
fn sentence(told: Told<'_>) -> String {
    let violations = told.violations;
    let mut sentence = told.message.to_owned();
    let mut omitted = violations.omitted();
    for (index, violation) in violations.listed().iter().enumerate() {
        let part = told.line(violation);
        if sentence.len() + part.len() > LONGEST {
            omitted += violations.listed().len() - index;
            break;
        }
        sentence.push_str(if index == 0 { ": " } else { "; " });
        sentence.push_str(&part);
    }
    if omitted > 0 {
        sentence.push_str("; ");
        sentence.push_str(&told.not_listed(omitted));
    }
    sentence
}

/// RFC 9457 section 3. With `about:blank` the title is the status's phrase (section 4.2.1), in English as the document's
/// schema may have it; `errors` is an extension member in the form of the example of section 3.
fn problem(told: Told<'_>) -> Value {
    let mut problem = json!({
        "type": "about:blank",
        "title": reason(told.status),
        "status": told.status.as_u16(),
        "detail": match told.omitted() {
            Some(omitted) => format!("{}; {omitted}", told.message),
            None => told.message.to_owned(),
        },
    });
    if !told.violations.is_empty() {
        problem["errors"] = told.violations.listed().iter().map(|violation| problem_error(told, violation)).collect();
    }
    problem
}

fn problem_error(told: Told<'_>, violation: &Violation) -> Value {
    let place = violation.location.name();
    let name = match violation.path.first() {
        Some(Segment::Key(name)) => name.as_str(),
        Some(Segment::Index(_)) | None => "",
    };
    match violation.location {
        Location::Body => json!({ "pointer": fragment(violation), "detail": told.wrong(violation) }),
        Location::Path | Location::Query | Location::Header | Location::Cookie => {
            json!({ "in": place, "name": name, "detail": told.wrong(violation) })
        }
    }
}

/// The pointer as a URI fragment (RFC 6901 section 6).
fn fragment(violation: &Violation) -> String {
    format!("#{}", crate::percent::encode(&violation.pointer(), crate::percent::FRAGMENT))
}
