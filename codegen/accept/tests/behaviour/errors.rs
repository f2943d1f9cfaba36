//! The bodies of errors, in the shape of each document.

use http::StatusCode;
use serde_json::{Value, json};
use stubwright::Error;
use stubwright::codegen::Router;

use super::{Answer, send, send_json};

/// A server of one of the documents, which declare the same operation and different errors.
macro_rules! server {
    ($module:ident) => {{
        use stubwright_accept::apis::$module::{operations, router, traits};

        struct Counter;

        impl traits::Operations for Counter {
            async fn count(
                &self,
                _: stubwright::Context<()>,
                request: operations::CountRequest,
            ) -> Result<operations::CountResponse, Error> {
                match request.limit {
                    0 => Err(Error::new(StatusCode::CONFLICT, "Nothing to count")),
                    1 => Err("a secret".parse::<u8>().expect_err("this is no number").into()),
                    _ => Ok(operations::CountResponse::NoContent),
                }
            }
        }

        router::new(Counter)
    }};
}

/// Everything that can go wrong, with statuses and bodies.
async fn check(router: &Router, content_type: &str, expected: &[(u16, Value)]) {
    let name = || r#"{"name":"a"}"#;
    let answers: [Answer; 6] = [
        send_json(router, "POST", "/count?limit=x", r#"{"name":1}"#).await,
        send_json(router, "POST", "/count", "{").await,
        send_json(router, "POST", "/count?limit=0", name()).await,
        send_json(router, "POST", "/count?limit=1", name()).await,
        send(router, "POST", "/count?limit=2", &[("content-type", "text/plain")], name()).await,
        send(router, "PUT", "/count", &[], "").await,
    ];
    for (answer, (status, body)) in answers.iter().zip(expected) {
        assert_eq!((answer.status, answer.json()), (*status, body.clone()));
        assert_eq!(answer.header("content-type"), content_type);
    }
    assert_eq!(expected.len(), answers.len());
    assert_eq!(send_json(router, "POST", "/count?limit=2", name()).await.status, 204);
}

#[tokio::test]
async fn fastapi() {
    let violation = |kind: &str, loc: Value, msg: &str| json!({"type": kind, "loc": loc, "msg": msg});
    let expected = [
        (
            422,
            json!({"detail": [
                violation("type_error", json!(["query", "limit"]), "expected a 64-bit integer"),
                violation("type_error", json!(["body", "name"]), "expected a string"),
            ]}),
        ),
        (
            422,
            json!({"detail": [
                violation("missing", json!(["query", "limit"]), "is required"),
                violation("json_invalid", json!(["body"]), "malformed or too deeply nested JSON, line 1 column 1"),
            ]}),
        ),
        (409, json!({"detail": "Nothing to count"})),
        (500, json!({"detail": "Internal Server Error"})),
        (415, json!({"detail": "Unsupported Media Type"})),
        (405, json!({"detail": "Method Not Allowed"})),
    ];
    check(&server!(errors_fastapi), "application/json", &expected).await;
}

#[tokio::test]
async fn detail() {
    let sentence = "Invalid request: query/limit: expected a 64-bit integer; body/name: expected a string";
    let malformed =
        "Invalid request: query/limit: is required; body: malformed or too deeply nested JSON, line 1 column 1";
    let expected = [
        (400, json!({"detail": sentence})),
        (400, json!({"detail": malformed})),
        (409, json!({"detail": "Nothing to count"})),
        (500, json!({"detail": "Internal Server Error"})),
        (415, json!({"detail": "Unsupported Media Type"})),
        (405, json!({"detail": "Method Not Allowed"})),
    ];
    check(&server!(errors_detail), "application/json", &expected).await;
}

#[tokio::test]
async fn error_and_message() {
    let sentence = "Invalid request: query/limit: expected a 64-bit integer; body/name: expected a string";
    let malformed =
        "Invalid request: query/limit: is required; body: malformed or too deeply nested JSON, line 1 column 1";
    let body = |error: &str, message: &str| json!({"error": error, "message": message});
    let expected = [
        (422, body("Unprocessable Content", sentence)),
        (422, body("Unprocessable Content", malformed)),
        (409, body("Conflict", "Nothing to count")),
        (500, body("Internal Server Error", "Internal Server Error")),
        (415, body("Unsupported Media Type", "Unsupported Media Type")),
        (405, body("Method Not Allowed", "Method Not Allowed")),
    ];
    check(&server!(errors_error_message), "application/json", &expected).await;
}

#[tokio::test]
async fn problem_details_declared_or_not() {
    let problem = |status: u16, title: &str, detail: &str| json!({"type": "about:blank", "title": title, "status": status, "detail": detail});
    let with = |mut problem: Value, errors: Value| {
        problem["errors"] = errors;
        problem
    };
    let invalid = || problem(400, "Bad Request", "Invalid request");
    let expected = [
        (
            400,
            with(
                invalid(),
                json!([
                    {"in": "query", "name": "limit", "detail": "expected a 64-bit integer"},
                    {"pointer": "#/name", "detail": "expected a string"},
                ]),
            ),
        ),
        (
            400,
            with(
                invalid(),
                json!([
                    {"in": "query", "name": "limit", "detail": "is required"},
                    {"pointer": "#", "detail": "malformed or too deeply nested JSON, line 1 column 1"},
                ]),
            ),
        ),
        (409, problem(409, "Conflict", "Nothing to count")),
        (500, problem(500, "Internal Server Error", "Internal Server Error")),
        (415, problem(415, "Unsupported Media Type", "Unsupported Media Type")),
        (405, problem(405, "Method Not Allowed", "Method Not Allowed")),
    ];
    for router in [server!(errors_problem), server!(errors_none)] {
        check(&router, "application/problem+json", &expected).await;
    }
}
