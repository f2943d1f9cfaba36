//! Bodies that are JSON, decoded by serde and checked; and what a client takes.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::check::Violation;
use super::problem::Refusal;

/// A type with limits that serde does not know.
pub(super) trait Checked: DeserializeOwned {
    /// Whether a decoded value keeps them.
    fn is_valid(&self) -> bool;

    /// Everything that is wrong with a value.
    fn violations(value: &Value) -> Vec<Violation>;
}

/// A body that keeps its limits.
#[derive(Debug)]
pub(super) struct Valid<T>(pub(super) T);

impl<T: Checked, S: Send + Sync> FromRequest<S> for Valid<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        if !is_json(request.headers()) {
            return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE.into());
        }
        if !accepts_json(request.headers()) {
            return Err(StatusCode::NOT_ACCEPTABLE.into());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| unread(&rejection))?;
        if bytes.is_empty() {
            return Err(Refusal::Invalid(vec![Violation::at_root("a body is required".to_owned())]));
        }
        match serde_json::from_slice::<T>(&bytes) {
            Ok(value) if value.is_valid() => Ok(Self(value)),
            Ok(_) | Err(_) => Err(explain::<T>(&bytes)),
        }
    }
}

/// A client that takes JSON.
#[derive(Debug)]
pub(super) struct TakesJson;

impl<S: Sync> FromRequestParts<S> for TakesJson {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        if accepts_json(&parts.headers) { Ok(Self) } else { Err(StatusCode::NOT_ACCEPTABLE.into()) }
    }
}

/// Whether a body calls itself JSON, in UTF-8 if it says. One that says nothing is taken for JSON.
fn is_json(headers: &HeaderMap) -> bool {
    let Some(sent) = headers.get(header::CONTENT_TYPE) else { return true };
    let Ok(sent) = sent.to_str() else { return false };
    if sent.eq_ignore_ascii_case("application/json") {
        return true;
    }
    let mut parts = sent.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    let charset = parts.find_map(|part| part.strip_prefix("charset="));
    is_json && charset.is_none_or(|charset| charset.trim_matches('"').eq_ignore_ascii_case("utf-8"))
}

/// Whether a client takes JSON (RFC 9110 section 12.5.1).
pub(super) fn accepts_json(headers: &HeaderMap) -> bool {
    let mut fields = headers.get_all(header::ACCEPT).iter().peekable();
    if fields.peek().is_none() {
        return true;
    }
    let ranges = fields.filter_map(|field| field.to_str().ok()).flat_map(|field| field.split(','));
    let takes = |range: &str| {
        let (range, parameters) = range.split_once(';').unwrap_or((range, ""));
        let is_json = matches!(range.trim(), "*/*" | "application/*" | "application/json");
        is_json && !matches!(parameters.trim(), "q=0" | "q=0.0")
    };
    ranges.into_iter().any(takes)
}

fn unread(rejection: &BytesRejection) -> Refusal {
    let text = (rejection.status() == StatusCode::BAD_REQUEST).then_some("The body could not be read");
    Refusal::Status(rejection.status(), text)
}

fn explain<T: Checked>(bytes: &[u8]) -> Refusal {
    let violations = match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => T::violations(&value),
        Err(error) => {
            let place = format!("line {} column {}", error.line(), error.column());
            vec![Violation::at_root(format!("malformed or too deeply nested JSON, {place}"))]
        }
    };
    Refusal::Invalid(violations)
}
