//! What OpenAPI 3.0 says in words of its own.

use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright::{Context, Error};
use stubwright_accept::apis::schemas_3_0::{operations, router, traits};

use super::echo::{kept, refused};
use super::{send, send_json};

struct Echo;

impl traits::Operations for Echo {
    echoes! {
        nulls: NullsRequest, NullsResponse;
        bounds: BoundsRequest, BoundsResponse;
        siblings: SiblingsRequest, SiblingsResponse;
    }
    async fn upload(
        &self,
        _: Context<()>,
        request: operations::UploadRequest,
    ) -> Result<operations::UploadResponse, Error> {
        super::shown(request.body.collect(1000).await?)
    }
}

fn server() -> Router {
    router::new(Echo)
}

#[tokio::test]
async fn nullable() {
    let server = server();
    let with = |key: &str, value: Value| json!({"must": null, key: value});
    for (key, value) in [
        ("must", json!("a")),
        ("may", Value::Null),
        ("may", json!(1)),
        ("extended", json!({"name": "a"})),
        ("kind", Value::Null),
        ("kind", json!("a")),
        ("choice", json!(1)),
        ("choice", json!("a")),
        ("untyped", Value::Null),
        ("untyped", json!([1])),
        ("list", json!(["a", null])),
    ] {
        kept(&server, "/nulls", with(key, value)).await;
    }
    refused(&server, "/nulls", json!({}), &["#/must is required"]).await;
    refused(&server, "/nulls", with("never", Value::Null), &["#/never expected a string"]).await;
    // Without a `type` beside it, `nullable` is read as it is meant.
    for key in ["extended", "choice"] {
        kept(&server, "/nulls", with(key, Value::Null)).await;
    }
    refused(&server, "/nulls", with("extended", json!({})), &["#/extended/name is required"]).await;
    refused(&server, "/nulls", with("choice", json!(true)), &["#/choice expected an integer or a string"]).await;
}

#[tokio::test]
async fn exclusive_bounds_are_booleans() {
    let server = server();
    for value in [json!({"above": 1}), json!({"below": 0.99}), json!({"within": 0}), json!({"within": 5})] {
        kept(&server, "/bounds", value).await;
    }
    refused(&server, "/bounds", json!({"above": 0}), &["#/above must be greater than 0"]).await;
    refused(&server, "/bounds", json!({"below": 1.0}), &["#/below must be less than 1"]).await;
    refused(&server, "/bounds", json!({"within": -1}), &["#/within must be at least 0"]).await;
}

#[tokio::test]
async fn what_stands_beside_a_reference_is_nothing() {
    let server = server();
    kept(&server, "/siblings", json!({"kind": "a"})).await;
    for value in [json!({"kind": null}), json!({"kind": "c"})] {
        let answer = send_json(&server, "POST", "/siblings", value.to_string()).await;
        assert_eq!(answer.status, 400, "{value}: {}", answer.text);
    }
}

#[tokio::test]
async fn files_are_binary_texts() {
    let body = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n\u{0}\r\n--b--\r\n";
    let answer = send(&server(), "POST", "/upload", &[("content-type", "multipart/form-data; boundary=b")], body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let answer =
        send(&server(), "POST", "/upload", &[("content-type", "multipart/form-data; boundary=b")], "--b--\r\n").await;
    assert_eq!(answer.status, 400, "{}", answer.text);
}
