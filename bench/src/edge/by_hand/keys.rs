//! `DELETE` of a key: two parameters of the path and a bearer token. Errors are `FastAPI`'s.

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::body::accepts_json;

/// The token that callers have.
const TOKEN: &str = "cog_benchmark";

/// What is answered.
#[derive(Debug, Serialize)]
pub(super) struct KeyAnswer {
    api_key_id: String,
    api_key_name: String,
    created_at: i64,
    expires_at: Option<i64>,
    is_active: bool,
    last_used_at: Option<i64>,
    revoked_at: Option<i64>,
}

/// An error: `{"detail": "…"}`, or what is wrong with the request, with the challenge of RFC 6750 where one is due.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    detail: Detail,
    challenge: Option<&'static str>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Detail {
    Sentence { detail: &'static str },
    Violations { detail: [Violation; 1] },
}

#[derive(Debug, Serialize)]
struct Violation {
    #[serde(rename = "type")]
    kind: &'static str,
    loc: [&'static str; 2],
    msg: &'static str,
}

/// A caller with a known token, who takes JSON.
#[derive(Debug)]
pub(super) struct Caller;

impl Refusal {
    fn new(status: StatusCode, detail: &'static str) -> Self {
        Self { status, detail: Detail::Sentence { detail }, challenge: None }
    }

    fn malformed(parameter: &'static str) -> Self {
        let msg = "is not valid percent-encoded UTF-8";
        let violation = Violation { kind: "json_invalid", loc: ["path", parameter], msg };
        let detail = Detail::Violations { detail: [violation] };
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, detail, challenge: None }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.detail)).into_response();
        if let Some(challenge) = self.challenge {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        response
    }
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let Some(token) = bearer_token(&parts.headers) else {
            let refusal = Refusal::new(StatusCode::UNAUTHORIZED, "Not authenticated");
            return Err(Refusal { challenge: Some("Bearer"), ..refusal });
        };
        if token != TOKEN {
            let refusal = Refusal::new(StatusCode::UNAUTHORIZED, "Invalid token");
            return Err(Refusal { challenge: Some("Bearer error=\"invalid_token\""), ..refusal });
        }
        if !accepts_json(&parts.headers) {
            return Err(Refusal::new(StatusCode::NOT_ACCEPTABLE, "Not Acceptable"));
        }
        Ok(Self)
    }
}

/// Revokes a key.
pub(super) async fn revoke(
    _: Caller,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<Json<KeyAnswer>, Refusal> {
    let Ok(Path((_, api_key_id))) = path else {
        return Err(Refusal::malformed("api_key_id"));
    };
    match api_key_id.as_str() {
        "missing" => Err(Refusal::new(StatusCode::NOT_FOUND, "API key not found")),
        "revoked" => Err(Refusal::new(StatusCode::CONFLICT, "API key already revoked")),
        _ => Ok(Json(KeyAnswer {
            api_key_id,
            api_key_name: "deploy".to_owned(),
            created_at: 1_700_000_000,
            expires_at: None,
            is_active: false,
            last_used_at: Some(1_750_000_000),
            revoked_at: Some(1_760_000_000),
        })),
    }
}

/// For a method that the path does not have; axum adds `Allow`.
pub(super) async fn method_not_allowed() -> Refusal {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed")
}

/// The token of `Authorization: Bearer …`; a field that stands there twice counts as none.
fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let mut fields = headers.get_all(header::AUTHORIZATION).iter();
    let field = fields.next().filter(|_| fields.next().is_none())?;
    let (scheme, token) = field.to_str().ok()?.split_once(' ')?;
    let token = token.trim_matches(' ');
    (scheme.eq_ignore_ascii_case("Bearer") && !token.is_empty()).then_some(token)
}
