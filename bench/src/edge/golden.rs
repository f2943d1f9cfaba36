//! What every subject must answer: requests that are right and wrong in many ways, and their answers as text.

use std::fmt::Write;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, header};
use tower::ServiceExt;

/// A request whose answer is in the golden file.
struct Question {
    name: &'static str,
    method: &'static str,
    uri: &'static str,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
}

const REVOKE: &str = "/v3beta1/enterprise/service-users/service-user-a/api-keys/key-1";
const JSON: &[(&str, &str)] = &[("content-type", "application/json")];
const FORM: &[(&str, &str)] = &[("content-type", "multipart/form-data; boundary=b")];
const CALLER: &[(&str, &str)] = &[("authorization", "Bearer cog_benchmark")];

const fn question(
    name: &'static str,
    method: &'static str,
    uri: &'static str,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
) -> Question {
    Question { name, method, uri, headers, body }
}

/// A line that is right, between what changes.
macro_rules! order {
    ($($lines:literal),*) => {
        concat!(r#"{"customer":"Ada","currency":"EUR","status":"open","lines":["#, $($lines),*, "]}")
    };
}

const LINE: &str = order!(r#"{"sku":"ABC-1234","quantity":2,"price":9.5,"unit":"kg"}"#);

#[rustfmt::skip]
const QUESTIONS: &[Question] = &[
    question("ping", "GET", "/ping", &[], ""),
    question("ping, HEAD", "HEAD", "/ping", &[], ""),
    question("ping, any JSON", "GET", "/ping", &[("accept", "text/html, application/*;q=0.5")], ""),
    question("ping, nothing acceptable", "GET", "/ping", &[("accept", "text/html")], ""),
    question("another method", "POST", "/ping", &[], ""),
    question("another path", "GET", "/pong", &[], ""),
    question("revoke", "DELETE", REVOKE, CALLER, ""),
    question("revoke, encoded", "DELETE", "/v3beta1/enterprise/service-users/a%2Fb/api-keys/k%20%C3%A9%2F1", CALLER, ""),
    question("revoke, no text", "DELETE", "/v3beta1/enterprise/service-users/a/api-keys/%FF", CALLER, ""),
    question("revoke, no token", "DELETE", REVOKE, &[], ""),
    question("revoke, another scheme", "DELETE", REVOKE, &[("authorization", "Basic eDp5")], ""),
    question("revoke, a scheme in capitals", "DELETE", REVOKE, &[("authorization", "BEARER cog_benchmark")], ""),
    question("revoke, a wrong token", "DELETE", REVOKE, &[("authorization", "Bearer cog_wrong")], ""),
    question("revoke, not found", "DELETE", "/v3beta1/enterprise/service-users/a/api-keys/missing", CALLER, ""),
    question("revoke, conflict", "DELETE", "/v3beta1/enterprise/service-users/a/api-keys/revoked", CALLER, ""),
    question("revoke, another method", "GET", REVOKE, CALLER, ""),
    question("order", "PUT", "/orders/1", JSON, LINE),
    question("order, with a note and more", "PUT", "/orders/1", &[("content-type", "application/json; charset=UTF-8")],
        r#" {"lines":[{"unit":"m","price":0,"quantity":10000,"sku":"XYZ-0000","more":[1]}],"note":"a\n\u00e9","status":"paid","currency":"USD","customer":"é","x":null} "#),
    question("order, without a media type", "PUT", "/orders/1", &[], LINE),
    question("order, another media type", "PUT", "/orders/1", &[("content-type", "text/plain")], LINE),
    question("order, no text in UTF-8", "PUT", "/orders/1", &[("content-type", "application/json; charset=latin1")], LINE),
    question("order, nothing acceptable", "PUT", "/orders/1", &[("accept", "text/csv")], LINE),
    question("order, no body", "PUT", "/orders/1", &[], ""),
    question("order, malformed", "PUT", "/orders/1", JSON, "{\"customer\":\n 1,,"),
    question("order, no object", "PUT", "/orders/1", JSON, "[]"),
    question("order, nothing of it", "PUT", "/orders/1", JSON, "{}"),
    question("order, other types", "PUT", "/orders/1", JSON,
        r#"{"customer":1,"currency":null,"status":2,"note":null,"lines":[3,{"sku":4,"quantity":"5","price":true,"unit":[]}]}"#),
    question("order, no lines", "PUT", "/orders/1", JSON, order!("")),
    question("order, beyond the limits", "PUT", "/orders/1", JSON,
        r#"{"customer":"","currency":"eur","status":"lost","lines":[{"sku":"ABC-12","quantity":0,"price":-1,"unit":"t"},{"sku":"","quantity":10001,"price":1000001,"unit":"kg"},{"sku":"ABC-1234","quantity":1.5}]}"#),
    question("order, a long name", "PUT", "/orders/1", JSON,
        r#"{"customer":"0123456789012345678901234567890123456789é","currency":"EUR","status":"open","lines":[{"sku":"ABC-1234","quantity":2,"price":9.5,"unit":"kg"}]}"#),
    question("order, a long number", "PUT", "/orders/012345678901234567890123456789012", JSON, LINE),
    question("order, another method", "DELETE", "/orders/1", &[], ""),
    question("file", "POST", "/files", FORM,
        "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nA\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\nContent-Type: application/octet-stream\r\n\r\n12345\r\n--b--\r\n"),
    question("file, no title", "POST", "/files", FORM,
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n12345\r\n--b--\r\n"),
    question("file, an empty title", "POST", "/files", FORM,
        "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n1\r\n--b--\r\n"),
    question("file, no form", "POST", "/files", JSON, "{}"),
];

/// The answers of a router: status, the fields that matter, body.
///
/// # Panics
/// When the table has a request that is none.
pub async fn answers(router: &Router) -> String {
    let mut text = String::new();
    for question in QUESTIONS {
        let mut request = Request::builder().method(question.method).uri(question.uri);
        for (name, value) in question.headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(question.body)).expect("the questions are requests");
        let Ok(response) = router.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
        let body = String::from_utf8_lossy(&body);
        // Writing to memory does not fail.
        let _ = writeln!(text, "{}: {}{}\n    {body}", question.name, parts.status.as_u16(), fields(&parts.headers));
    }
    text
}

fn fields(headers: &HeaderMap) -> String {
    let shown = [header::CONTENT_TYPE, header::WWW_AUTHENTICATE];
    let values = shown.iter().flat_map(|name| headers.get_all(name)).filter_map(|value| value.to_str().ok());
    values.fold(String::new(), |text, value| text + "; " + value)
}
