//! Parameters as a handler gets them, and what a client is told when they are wrong.

mod support;

use serde_json::json;
use stubwright::codegen::{Header, Path, Query, Request, Router, Routes, request};
use stubwright::{Document, ErrorShape, OperationInfo};
use support::{answer_json, document, operation, send};

static DOCUMENT: Document = document(ErrorShape::FastApi);
static GET: OperationInfo = operation("GET", "/items/{id}", ErrorShape::FastApi);
static DETAIL: OperationInfo = operation("GET", "/detail/{id}", ErrorShape::Detail);
static MESSAGE: OperationInfo = operation("GET", "/message/{id}", ErrorShape::ErrorMessage);
static PROBLEM: OperationInfo = operation("GET", "/problem/{id}", ErrorShape::Problem);

/// One parameter of each kind.
struct ItemRequest {
    id: i32,
    limit: i64,
    ratio: Option<f64>,
    name: Option<String>,
    flag: bool,
    page: Option<i32>,
    trace: String,
}

request! {
    ItemRequest {
        id: required Path("id"),
        limit: default(10) Query("limit"),
        ratio: optional Query("ratio"),
        name: optional Query("na me"),
        flag: required Query("flag"),
        page: optional Header("x-page"),
        trace: default("none".to_owned()) Header("x-trace"),
    }
}

/// Operations that answer with what they read.
fn parameters() -> Router {
    let operations = [&GET, &DETAIL, &MESSAGE, &PROBLEM];
    let routes = operations.into_iter().fold(Routes::new(&DOCUMENT), |routes, operation| {
        routes.operation(operation, (), |(), mut incoming| async move {
            let ItemRequest { id, limit, ratio, name, flag, page, trace } = ItemRequest::read(&mut incoming).await?;
            let body = json!([id, limit, ratio, name, flag, page, trace]);
            Ok(answer_json(&body))
        })
    });
    routes.into_router()
}

#[tokio::test]
async fn scalars_are_read() {
    for (path, expected) in [
        ("/items/1?flag=true", json!([1, 10, null, null, true, null, "none"])),
        ("/items/-1?flag=false&limit=5&ratio=1.5e3", json!([-1, 5, 1500.0, null, false, null, "none"])),
        ("/items/%31?flag=tr%75e&na%20me=a%26b+c%2B", json!([1, 10, null, "a&b c+", true, null, "none"])),
        ("/items/1?&&flag=true&na+me=&other=1&%zz=1", json!([1, 10, null, "", true, null, "none"])),
        ("/items/1?flag=true&na+me", json!([1, 10, null, "", true, null, "none"])),
        ("/items/1?flag=true&na+me=a=b", json!([1, 10, null, "a=b", true, null, "none"])),
    ] {
        let answer = send(&parameters(), "GET", path, &[]).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (200, expected), "{path}");
    }
    let headers = [("x-page", "7"), ("x-trace", "a b")];
    let answer = send(&parameters(), "GET", "/items/1?flag=true", &headers).await;
    assert_eq!(answer.json(), json!([1, 10, null, null, true, 7, "a b"]));
}

#[tokio::test]
async fn numbers_are_those_of_json() {
    for wrong in ["", "+1", "1.0", "1e2", "0x1", "%201", "1_000", "2147483648", "nan", "%zz"] {
        let path = format!("/items/{wrong}?flag=true");
        let status = send(&parameters(), "GET", &path, &[]).await.status.as_u16();
        let expected = if wrong.is_empty() { 404 } else { 422 };
        assert_eq!(status, expected, "{wrong}");
    }
    for wrong in ["", ".5", "5.", "inf", "nan", "NaN", "1e999", "-", "1..2", "%2B1", "1,5", "e5"] {
        let path = format!("/items/1?flag=true&ratio={wrong}");
        assert_eq!(send(&parameters(), "GET", &path, &[]).await.status, 422, "{wrong}");
    }
}

#[tokio::test]
async fn every_violation_is_told_at_once() {
    let headers = [("x-page", "secret"), ("x-trace", "a"), ("x-trace", "b")];
    let query = "limit=secret&ratio=1&ratio=2&na+me=%FF";
    let answer = send(&parameters(), "GET", &format!("/items/secret?{query}"), &headers).await;
    assert_eq!(answer.status, 422);
    let expected = json!({ "detail": [
        { "type": "type_error", "loc": ["path", "id"], "msg": "expected a 32-bit integer" },
        { "type": "type_error", "loc": ["query", "limit"], "msg": "expected a 64-bit integer" },
        { "type": "repeated", "loc": ["query", "ratio"], "msg": "may be given only once" },
        { "type": "json_invalid", "loc": ["query", "na me"], "msg": "is not valid percent-encoded UTF-8" },
        { "type": "missing", "loc": ["query", "flag"], "msg": "is required" },
        { "type": "type_error", "loc": ["header", "x-page"], "msg": "expected a 32-bit integer" },
        { "type": "repeated", "loc": ["header", "x-trace"], "msg": "may be given only once" },
    ] });
    assert_eq!(answer.json(), expected);
}

#[tokio::test]
async fn every_shape_tells_where_and_what() {
    let answer = send(&parameters(), "GET", "/detail/x?flag=1", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type").as_str()), (400, "application/json"));
    let text = "Invalid request: path/id: expected a 32-bit integer; query/flag: expected `true` or `false`";
    assert_eq!(answer.json(), json!({ "detail": text }));
    let answer = send(&parameters(), "GET", "/message/x?flag=1", &[]).await;
    assert_eq!(answer.json(), json!({ "error": "Bad Request", "message": text }));
    let answer = send(&parameters(), "GET", "/problem/x?flag=1", &[]).await;
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let expected = json!({
        "type": "about:blank", "title": "Bad Request", "status": 400, "detail": "Invalid request",
        "errors": [
            { "in": "path", "name": "id", "detail": "expected a 32-bit integer" },
            { "in": "query", "name": "flag", "detail": "expected `true` or `false`" },
        ],
    });
    assert_eq!(answer.json(), expected);
}
