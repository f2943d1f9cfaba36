//! JSON bodies: what a handler gets, and everything that is wrong with one.

use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright::{Context, Error, Maybe};
use stubwright_accept::apis::bodies::{operations, router, traits};

use super::{send, send_json};

struct Keeper;

impl traits::Operations for Keeper {
    async fn post_required(
        &self,
        _: Context<()>,
        request: operations::PostRequiredRequest,
    ) -> Result<operations::PostRequiredResponse, Error> {
        Ok(operations::PostRequiredResponse::Ok(request.body))
    }

    async fn post_optional(
        &self,
        _: Context<()>,
        request: operations::PostOptionalRequest,
    ) -> Result<operations::PostOptionalResponse, Error> {
        request.body.map(operations::PostOptionalResponse::Ok).ok_or_else(|| Error::not_found("no body"))
    }

    async fn patch_item(
        &self,
        _: Context<()>,
        request: operations::PatchItemRequest,
    ) -> Result<operations::PatchItemResponse, Error> {
        Err(Error::not_found(match request.body.name {
            Maybe::Absent => "keep".to_owned(),
            Maybe::Null => "clear".to_owned(),
            Maybe::Value(name) => format!("set {name}"),
        }))
    }

    async fn post_anything(
        &self,
        _: Context<()>,
        request: operations::PostAnythingRequest,
    ) -> Result<operations::PostAnythingResponse, Error> {
        super::shown(request.body)
    }

    async fn post_list(
        &self,
        _: Context<()>,
        request: operations::PostListRequest,
    ) -> Result<operations::PostListResponse, Error> {
        super::shown(request.body)
    }
}

fn server() -> Router {
    router::new(Keeper)
}

/// The violations of a body: place, kind, message.
async fn violations(path: &str, body: &str) -> Vec<(Value, Value, Value)> {
    let answer = send_json(&server(), "POST", path, body.to_owned()).await;
    assert_eq!(answer.status, 422, "{body}: {}", answer.text);
    let detail = answer.json()["detail"].as_array().expect("a list").clone();
    detail.iter().map(|item| (item["loc"].clone(), item["type"].clone(), item["msg"].clone())).collect()
}

#[tokio::test]
async fn a_good_body_comes_back_whole() {
    for (sent, expected) in [
        (json!({"name": "a", "count": 1, "note": null}), json!({"name": "a", "count": 1, "note": null, "tags": []})),
        (
            json!({"tags": ["x"], "kind": "cat", "note": "b", "count": 2.0, "name": ""}),
            json!({"name": "", "count": 2, "note": "b", "kind": "cat", "tags": ["x"]}),
        ),
    ] {
        for path in ["/required", "/optional"] {
            let answer = send_json(&server(), "POST", path, sent.to_string()).await;
            assert_eq!((answer.status, answer.json()), (200, expected.clone()));
            assert_eq!(answer.header("content-type"), "application/json");
        }
    }
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    let table = [
        (r#"{"count":1,"note":null}"#, json!([[["body", "name"], "missing", "is required"]])),
        (
            r#"{"name":null,"count":"1","note":2,"kind":"bird","tags":["a",1],"extra":1}"#,
            json!([
                [["body", "name"], "type_error", "expected a string"],
                [["body", "count"], "type_error", "expected an integer"],
                [["body", "note"], "type_error", "expected a string or null"],
                [["body", "kind"], "enum", "expected one of \"dog\", \"cat\""],
                [["body", "tags", 1], "type_error", "expected a string"],
                [["body", "extra"], "extra_forbidden", "is not allowed here"],
            ]),
        ),
        (
            r#"{"name":"a","count":2147483648,"note":null}"#,
            json!([[["body", "count"], "out_of_range", "does not fit a 32-bit integer"]]),
        ),
        (r#"{"name":"a","count":1.5,"note":null}"#, json!([[["body", "count"], "type_error", "expected an integer"]])),
        // The document does not allow null where it does not say so.
        (
            r#"{"name":"a","count":1,"note":null,"kind":null,"tags":null}"#,
            json!([
                [["body", "kind"], "type_error", "expected a string"],
                [["body", "tags"], "type_error", "expected an array"],
            ]),
        ),
        (
            r#"{"name":"a","name":"b","count":"1","note":null}"#,
            json!([
                [["body", "name"], "duplicate_key", "is given more than once"],
                [["body", "count"], "type_error", "expected an integer"],
            ]),
        ),
        // An object whose only key is a value is no value.
        (
            r#"{"name":"a","count":1,"note":null,"kind":{"dog":null}}"#,
            json!([[["body", "kind"], "type_error", "expected a string"]]),
        ),
        (r#"["a",1,null]"#, json!([[["body"], "type_error", "expected an object"]])),
        ("[]", json!([[["body"], "type_error", "expected an object"]])),
        ("null", json!([[["body"], "type_error", "expected an object"]])),
        (
            r#"{"name":"a","name":"b","count":1,"note":null}"#,
            json!([[["body", "name"], "duplicate_key", "is given more than once"]]),
        ),
        ("{\"name\":\n}", json!([[["body"], "json_invalid", "malformed or too deeply nested JSON, line 2 column 1"]])),
        ("{} {}", json!([[["body"], "json_invalid", "malformed or too deeply nested JSON, line 1 column 4"]])),
    ];
    for (body, expected) in table {
        for path in ["/required", "/optional"] {
            let found: Vec<Value> =
                violations(path, body).await.into_iter().map(|(a, b, c)| json!([a, b, c])).collect();
            assert_eq!(json!(found), expected, "{path} {body}");
        }
    }
}

#[tokio::test]
async fn a_body_that_is_not_there() {
    let found = violations("/required", "").await;
    assert_eq!(found, [(json!(["body"]), json!("missing"), json!("a body is required"))]);
    let answer = send(&server(), "POST", "/optional", &[], "").await;
    assert_eq!((answer.status, answer.json()), (404, json!({"detail": "no body"})));
}

#[tokio::test]
async fn only_the_declared_media_type_is_read() {
    let good = r#"{"name":"a","count":1,"note":null}"#;
    for (content_type, status) in [
        ("application/json", 200),
        ("Application/JSON; charset=UTF-8", 200),
        ("text/plain", 415),
        ("application/xml", 415),
        ("application/jsonx", 415),
        ("application/json; charset=latin1", 415),
        ("", 415),
    ] {
        let answer = send(&server(), "POST", "/required", &[("content-type", content_type)], good).await;
        assert_eq!(answer.status, status, "{content_type}: {}", answer.text);
        assert_eq!(answer.header("accept"), if status == 415 { "application/json" } else { "" });
    }
    // A body that does not say what it is, is what the document declares (RFC 9110 section 8.3).
    assert_eq!(send(&server(), "POST", "/required", &[], good).await.status, 200);
    assert_eq!(send(&server(), "POST", "/required", &[], "no JSON").await.status, 422);
    let patch = [("content-type", "application/merge-patch+json")];
    assert_eq!(send(&server(), "PATCH", "/patch", &patch, "{}").await.status, 404);
    assert_eq!(send_json(&server(), "PATCH", "/patch", "{}").await.status, 415);
}

#[tokio::test]
async fn a_body_that_is_too_long_is_not_read() {
    let long = format!(r#"{{"name":"{}","count":1,"note":null}}"#, "a".repeat(2 * 1024 * 1024));
    let answer = send_json(&server(), "POST", "/required", long).await;
    assert_eq!((answer.status, answer.json()), (413, json!({"detail": "Content Too Large"})));
}

#[tokio::test]
async fn absent_null_and_a_value_are_three_things() {
    let content_type = [("content-type", "application/merge-patch+json; charset=utf-8")];
    for (body, expected) in [("{}", "keep"), (r#"{"name":null}"#, "clear"), (r#"{"name":"a"}"#, "set a")] {
        let answer = send(&server(), "PATCH", "/patch", &content_type, body).await;
        assert_eq!(answer.json()["detail"], expected, "{body}");
    }
}

#[tokio::test]
async fn bodies_that_are_no_objects() {
    for (path, body, expected) in [
        ("/anything", "null", "Null"),
        ("/anything", "[1,\"a\"]", "Array [Number(1), String(\"a\")]"),
        ("/list", "null", "None"),
        ("/list", "[1,2.0]", "Some([1, 2])"),
    ] {
        let answer = send_json(&server(), "POST", path, body).await;
        assert_eq!((answer.status, &answer.json()["detail"]), (200, &json!(expected)), "{path} {body}");
    }
    let answer = send_json(&server(), "POST", "/list", r#"[1,"a"]"#).await;
    assert_eq!((answer.status, &answer.json()["detail"][0]["loc"]), (400, &json!(["body", 1])));
}
