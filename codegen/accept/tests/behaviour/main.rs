//! How generated servers behave, with hand-written handlers and whole requests.

#[macro_use]
mod echo;

mod alternatives;
mod around;
mod assertions;
mod bodies;
mod checked;
mod composition;
mod constraints;
mod defaults;
mod documents;
mod errors;
mod errors_asked;
mod errors_declared;
mod examples;
mod formats;
mod gates;
mod languages;
mod maps;
mod media;
mod negotiation;
mod outgoing;
mod overlaid;
mod parameters;
mod parts;
mod responses;
mod routes;
mod schemas_3_0;
mod secrets;
mod security;
mod sent;
mod streams;
mod styles;
mod tongues;
mod torture;
mod types;
mod values;
mod views;
mod xml;
mod xml_hostile;

use axum::body::Body;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;
use stubwright::Error;
use stubwright::codegen::Router;
use tower::ServiceExt;

/// A whole answer.
#[derive(Debug)]
struct Answer {
    status: u16,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("headers of tests are text"))
    }
}

/// Sends a request to a router.
async fn send(router: &Router, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(body.into()).expect("requests of tests are well-formed");
    let response = router.clone().oneshot(request).await.expect("routers answer everything");
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("bodies of tests are whole").to_bytes();
    let text = String::from_utf8(bytes.to_vec()).expect("answers of tests are text");
    Answer { status: parts.status.as_u16(), headers: parts.headers, text }
}

async fn get(router: &Router, path: &str, headers: &[(&str, &str)]) -> Answer {
    send(router, "GET", path, headers, Body::empty()).await
}

async fn send_json(router: &Router, method: &str, path: &str, body: impl Into<Body>) -> Answer {
    send(router, method, path, &[("content-type", "application/json")], body).await
}

/// What a handler was asked, as an answer: an error of status 200 shows it whatever the document declares.
fn shown<T>(request: impl std::fmt::Debug) -> Result<T, Error> {
    Err(Error::new(StatusCode::OK, format!("{request:?}")))
}
