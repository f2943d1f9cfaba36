//! Requests without sockets, and their answers as plain values.

#![allow(dead_code, reason = "each test file uses its part")]

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, Request, StatusCode, header};
use http_body_util::BodyExt;
use serde_json::Value;
use stubwright::{Document, ErrorShape, Json, OperationInfo};
use tower::ServiceExt;

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) extensions: http::Extensions,
    pub(crate) text: String,
}

impl Answer {
    /// A header's values, joined as one.
    pub(crate) fn header(&self, name: &str) -> String {
        let values: Vec<_> = self.headers.get_all(name).iter().map(|value| value.to_str().expect("ASCII")).collect();
        values.join(", ")
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("a JSON body")
    }
}

/// Sends a request without a body.
pub(crate) async fn send(router: &Router, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    send_body(router, method, path, headers, Body::empty()).await
}

/// Sends a request.
pub(crate) async fn send_body(
    router: &Router,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: impl Into<Body>,
) -> Answer {
    let builder = Request::builder().method(method).uri(path);
    let builder = headers.iter().fold(builder, |builder, (name, value)| builder.header(*name, *value));
    send_whole(router, builder.body(body.into()).expect("a request")).await
}

/// Sends a request as it is.
pub(crate) async fn send_whole(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.expect("a router does not fail");
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes();
    let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
    Answer { status: parts.status, headers: parts.headers, extensions: parts.extensions, text }
}

/// A 200 of a media type.
pub(crate) fn answer(media_type: &'static str, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    response
}

/// A 200 that is JSON.
pub(crate) fn answer_json(body: &impl Json) -> Response {
    answer("application/json", stubwright::to_json(body))
}

/// A document without texts.
pub(crate) const fn document(error_shape: ErrorShape) -> Document {
    Document { languages: &["en"], texts: &[], json: "{}", originals: &[], error_shape }
}

/// An operation without security; its id is its path.
pub(crate) const fn operation(method: &'static str, path: &'static str, error_shape: ErrorShape) -> OperationInfo {
    let invalid_status = match error_shape {
        ErrorShape::FastApi => StatusCode::UNPROCESSABLE_ENTITY,
        ErrorShape::Detail
        | ErrorShape::ErrorMessage
        | ErrorShape::Problem
        | ErrorShape::Declared(_)
        | ErrorShape::Asked(_) => StatusCode::BAD_REQUEST,
    };
    OperationInfo::new(path, method, path).invalid(invalid_status, error_shape)
}
