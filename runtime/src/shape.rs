//! What the bodies of errors look like: a closed list of shapes that documents declare.

use http::{HeaderValue, StatusCode, header};
use serde_json::{Value, json};
use stubwright_schema::{Location, Segment, Violation, ViolationKind, Violations};

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
        let content_type = match self {
            Self::FastApi | Self::Detail | Self::ErrorMessage => "application/json",
            Self::Problem => "application/problem+json",
        };
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        *response.body_mut() = self.body(status, message, violations).to_string().into();
        response
    }

    fn body(self, status: StatusCode, message: &str, violations: &Violations) -> Value {
        match self {
            Self::FastApi if violations.is_empty() => json!({ "detail": message }),
            Self::FastApi => json!({ "detail": fast_api(violations) }),
            Self::Detail => json!({ "detail": sentence(message, violations) }),
            Self::ErrorMessage => json!({ "error": reason(status), "message": sentence(message, violations) }),
            Self::Problem => problem(status, message, violations),
        }
    }
}

/// `detail` as in the schema `HTTPValidationError`.
fn fast_api(violations: &Violations) -> Vec<Value> {
    let mut detail: Vec<_> = violations
        .listed()
        .iter()
        .map(|violation| {
            let segment = |segment: &Segment| match segment {
                Segment::Key(key) => json!(key),
                Segment::Index(index) => json!(index),
            };
            let mut loc = vec![json!(violation.location.name())];
            loc.extend(violation.path.iter().map(segment));
            json!({ "type": fast_api_type(violation.kind), "loc": loc, "msg": violation.message })
        })
        .collect();
    if let Some(msg) = omitted(violations) {
        detail.push(json!({ "type": "omitted", "loc": [], "msg": msg }));
    }
    detail
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

/// The whole list as one text, for shapes that have no place for it.
fn sentence(message: &str, violations: &Violations) -> String {
    let listed = violations.listed().iter().map(Violation::to_string);
    let parts: Vec<_> = listed.chain(omitted(violations)).collect();
    if parts.is_empty() { message.to_owned() } else { format!("{message}: {}", parts.join("; ")) }
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
    (violations.omitted() > 0).then(|| format!("{} more are not listed", violations.omitted()))
}
