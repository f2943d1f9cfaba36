//! Errors of the orders document: problem details (RFC 9457).

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::check::Violation;

/// An error's body.
#[derive(Debug, Serialize)]
struct Problem<'a> {
    #[serde(rename = "type")]
    type_: &'static str,
    title: &'static str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [Violation],
}

/// What is wrong with a request.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Its content.
    Invalid(Vec<Violation>),
    /// Everything else: a status, and a text of its own if there is one.
    Status(StatusCode, Option<&'static str>),
}

impl From<StatusCode> for Refusal {
    fn from(status: StatusCode) -> Self {
        Self::Status(status, None)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Invalid(errors) => render(StatusCode::UNPROCESSABLE_ENTITY, "Invalid request", &errors),
            Self::Status(status, detail) => render(status, detail.unwrap_or(title(status)), &[]),
        }
    }
}

/// For a method that a path does not have; axum adds `Allow`.
pub(super) async fn method_not_allowed() -> Refusal {
    StatusCode::METHOD_NOT_ALLOWED.into()
}

fn render(status: StatusCode, detail: &str, errors: &[Violation]) -> Response {
    let problem = Problem { type_: "about:blank", title: title(status), status: status.as_u16(), detail, errors };
    (status, [(header::CONTENT_TYPE, "application/problem+json")], Json(problem)).into_response()
}

/// The reason phrase of RFC 9110, which renamed two.
fn title(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNPROCESSABLE_ENTITY => "Unprocessable Content",
        StatusCode::PAYLOAD_TOO_LARGE => "Content Too Large",
        status => status.canonical_reason().unwrap_or_default(),
    }
}
