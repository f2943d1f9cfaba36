//! JSON bodies as a handler gets them, and what a client is told when they are wrong.

mod support;

use axum::body::Body;
use bytes::Bytes;
use serde_json::{Value, json};
use stubwright::codegen::{JsonBody, Request, Router, Routes, Schemas, object, request, strings, union};
use stubwright::json::{Choice, Kinds, Pick, Rule};
use stubwright::{BodyLimits, Document, ErrorShape, Maybe, OperationInfo, RouterOptions};
use support::{Answer, answer_json, document, operation, send, send_body};

static DOCUMENT: Document = document(ErrorShape::FastApi);

struct Item {
    name: String,
    size: i32,
    parts: Vec<Item>,
    mark: Maybe<Mark>,
}

object! {
    Item {
        name: required "name",
        size: required "size",
        parts: default(Vec::new()) "parts",
        mark: maybe "mark",
    } closed
}

/// A letter or a number.
enum Mark {
    Letter(Letter),
    Number(i64),
}

union! {
    Mark { Letter, Number } choose Choice(&[
        Rule { kinds: Kinds::STRING, pick: Pick::Variant(0) },
        Rule { kinds: Kinds::INTEGER, pick: Pick::Variant(1) },
    ])
}

strings! {
    /// A letter.
    enum Letter { A = "a", B = "b" }
}

static SCHEMAS: Schemas = Schemas::new(
    r#"{"schemas":[
{"type":["object"],"properties":{"name":1,"size":2,"parts":3,"mark":4},"required":["name","size"],"additionalProperties":8},
{"type":["string"]},
{"type":["integer"],"domain":"i32"},
{"type":["array"],"items":0},
{"anyOf":[5,6,7]},
{"type":["string"],"enum":["a","b"]},
{"type":["integer"],"domain":"i64"},
{"type":["null"]},
false
]}"#,
);

static POST: OperationInfo = operation("POST", "/items", ErrorShape::FastApi);
static PUT: OperationInfo = operation("PUT", "/items", ErrorShape::Problem);

struct PostRequest {
    body: Item,
}

request! { PostRequest { body: required JsonBody::new(&["application/json"], &SCHEMAS, 0) } }

struct PutRequest {
    body: Option<Item>,
}

request! { PutRequest { body: optional JsonBody::new(&["application/json", "application/*+json"], &SCHEMAS, 0) } }

/// `POST` demands an item, `PUT` takes one if there is one; both answer with its size and its parts' number.
fn bodies() -> Router {
    let answer = |item: Option<Item>| {
        let seen = item.map(|item| {
            let mark = match item.mark {
                Maybe::Absent | Maybe::Null => Value::Null,
                Maybe::Value(Mark::Letter(letter)) => json!(letter.as_str()),
                Maybe::Value(Mark::Number(number)) => json!(number),
            };
            json!([item.name, item.size, item.parts.len(), mark])
        });
        answer_json(&seen.unwrap_or_default())
    };
    Routes::new(&DOCUMENT)
        .options(RouterOptions { limits: BodyLimits::new(1000), ..RouterOptions::default() })
        .operation(&POST, (), move |(), mut incoming| async move {
            Ok(answer(Some(PostRequest::read(&mut incoming).await?.body)))
        })
        .operation(
            &PUT,
            (),
            move |(), mut incoming| async move { Ok(answer(PutRequest::read(&mut incoming).await?.body)) },
        )
        .into_router()
}

async fn post(body: impl Into<Body>) -> Answer {
    send_body(&bodies(), "POST", "/items", &[("content-type", "application/json")], body).await
}

/// The violations of a body: type, place, message.
async fn violations(body: &str) -> Vec<(String, Value, String)> {
    let answer = post(body.to_owned()).await;
    assert_eq!(answer.status, 422, "{body}: {}", answer.text);
    let text = |value: &Value| value.as_str().expect("a string").to_owned();
    let detail = answer.json()["detail"].as_array().expect("a list").clone();
    detail.iter().map(|item| (text(&item["type"]), item["loc"].clone(), text(&item["msg"]))).collect()
}

#[tokio::test]
async fn bodies_are_read() {
    assert_eq!(
        post(r#"{"name":"n","size":1.0,"parts":[{"name":"p","size":2}],"mark":"a"}"#).await.json(),
        json!(["n", 1, 1, "a"])
    );
    let empty = send(&bodies(), "PUT", "/items", &[]).await;
    assert_eq!((empty.status.as_u16(), empty.text.as_str()), (200, "null"));
    let headers = [("content-type", "application/x+json")];
    let chunks = ["{\"name\":", "\"n\",", "\"size\":1e2}"].map(Bytes::from);
    let body = Body::new(Chunks(chunks.into_iter().collect()));
    let answer = send_body(&bodies(), "PUT", "/items", &headers, body).await;
    assert_eq!(answer.json(), json!(["n", 100, 0, null]), "{}", answer.text);
}

#[tokio::test]
async fn every_violation_of_a_body_has_its_place() {
    let body = r#"{"size":1.5,"parts":[{"name":1,"size":3000000000},7,{"name":"n","size":1,"more":0}],"mark":"c"}"#;
    let found = |kind: &str, loc: Value, message: &str| (kind.to_owned(), loc, message.to_owned());
    let expected = [
        found("type_error", json!(["body", "size"]), "expected an integer"),
        found("type_error", json!(["body", "parts", 0, "name"]), "expected a string"),
        found("out_of_range", json!(["body", "parts", 0, "size"]), "does not fit a 32-bit integer"),
        found("type_error", json!(["body", "parts", 1]), "expected an object"),
        found("extra_forbidden", json!(["body", "parts", 2, "more"]), "is not allowed here"),
        found("enum", json!(["body", "mark"]), "expected one of \"a\", \"b\""),
        found("missing", json!(["body", "name"]), "is required"),
    ];
    assert_eq!(violations(body).await, expected);
    let unions = violations(r#"{"name":"n","mark":[]}"#).await;
    let expected = [
        found("type_error", json!(["body", "mark"]), "expected an integer or a string or null"),
        found("missing", json!(["body", "size"]), "is required"),
    ];
    assert_eq!(unions, expected);
}

#[tokio::test]
async fn keys_that_are_given_twice_are_violations() {
    let found = violations(r#"{"name":"n","name":"m","size":1}"#).await;
    let expected = ("duplicate_key".to_owned(), json!(["body", "name"]), "is given more than once".to_owned());
    assert_eq!((found.len(), &found[0]), (1, &expected));
    let found = violations(r#"{"name":"n","name":"m","size":"1"}"#).await;
    assert_eq!((found.len(), &found[0], found[1].0.as_str()), (2, &expected, "type_error"));
}

#[tokio::test]
async fn what_is_no_json_is_told_by_its_place() {
    let deep = "[".repeat(200) + &"]".repeat(200);
    for body in ["{", "secret", "{\"name\":\"n\",\"size\":1} 2", "{\"name\":\"\\ud800\"}", "[1e999]", deep.as_str()] {
        let found = violations(body).await;
        assert_eq!((found.len(), found[0].0.as_str(), &found[0].1), (1, "json_invalid", &json!(["body"])), "{body}");
        assert!(found[0].2.starts_with("malformed or too deeply nested JSON, line 1 column "), "{found:?}");
    }
    assert_eq!(violations("{\"size\":\n }").await[0].2, "malformed or too deeply nested JSON, line 2 column 2");
    assert_eq!(violations("").await[0].0, "missing");
}

#[tokio::test]
async fn long_lists_of_violations_end() {
    let body = format!(r#"{{"name":"n","size":1,"parts":[{}0]}}"#, "0,".repeat(300));
    let found = violations(&body).await;
    assert_eq!(found.len(), 257);
    assert_eq!(found[256].2, "45 more are not listed");
    let key = "k".repeat(200);
    let found = violations(&format!(r#"{{"name":"n","size":1,"{key}":0}}"#)).await;
    assert_eq!(found[0].1, json!(["body", format!("{}…", &key[..128])]));
}

#[tokio::test]
async fn only_declared_media_types_are_read() {
    let item = r#"{"name":"n","size":1}"#;
    for (content_type, accepted) in [
        ("application/json", true),
        ("Application/JSON ; Charset=\"UTF-8\"; x=y", true),
        ("application/json;charset=latin1", false),
        ("application/problem+json", false),
        ("text/json", false),
        ("json", false),
        ("", false),
    ] {
        let answer = send_body(&bodies(), "POST", "/items", &[("content-type", content_type)], item).await;
        assert_eq!(answer.status == 200, accepted, "{content_type}");
        if !accepted {
            assert_eq!((answer.status.as_u16(), answer.header("accept").as_str()), (415, "application/json"));
            assert_eq!(answer.text, r#"{"detail":"Unsupported Media Type"}"#);
        }
    }
    // A body of one kind needs no field (RFC 9110 section 8.3).
    assert_eq!(send_body(&bodies(), "POST", "/items", &[], item).await.status, 200);
    let json = ("content-type", "application/json");
    assert_eq!(send_body(&bodies(), "POST", "/items", &[json, json], item).await.status, 415);
    let answer = send_body(&bodies(), "POST", "/items", &[json, ("content-encoding", "gzip")], item).await;
    assert_eq!((answer.status.as_u16(), answer.header("accept-encoding").as_str()), (415, "identity"));
    let answer = send_body(&bodies(), "PUT", "/items", &[("content-type", "text/plain")], item).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("accept").as_str()),
        (415, "application/json, application/*+json")
    );
}

#[tokio::test]
async fn long_bodies_are_refused() {
    let long = format!(r#"{{"name":"{}","size":1}}"#, "n".repeat(1000));
    let answer = post(long.clone()).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (413, r#"{"detail":"Content Too Large"}"#));
    // Without a declared length, too.
    let chunks = long.as_bytes().chunks(100).map(Bytes::copy_from_slice).collect();
    assert_eq!(post(Body::new(Chunks(chunks))).await.status, 413);
}

#[tokio::test]
async fn problems_point_into_the_body() {
    let body = r#"{"name":"n","size":1,"a~/ é\"":0}"#;
    let answer = send_body(&bodies(), "PUT", "/items", &[("content-type", "application/json")], body).await;
    let expected = json!([{ "pointer": "#/a~0~1%20%C3%A9%22", "detail": "is not allowed here" }]);
    assert_eq!(answer.json()["errors"], expected);
}

/// A body that comes in pieces and does not tell its length.
struct Chunks(std::collections::VecDeque<Bytes>);

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
        std::task::Poll::Ready(self.0.pop_front().map(|chunk| Ok(http_body::Frame::data(chunk))))
    }
}
