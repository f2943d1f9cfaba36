//! What takes the place of a value that is absent.

use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright::{Context, Error};
use stubwright_accept::apis::defaults::{operations, router, traits};

use super::echo::{becomes, kept, refused};
use super::get;

struct Echo;

impl traits::Operations for Echo {
    echoes! {
        all: AllRequest, AllResponse;
        outer: OuterRequest, OuterResponse;
    }
    shows! { parameters: ParametersRequest, ParametersResponse; }
}

fn server() -> Router {
    router::new(Echo)
}

/// Every property by its default.
fn all() -> Value {
    json!({
        "text": "say \"hi\"", "count": -3, "ratio": 1.25, "flag": false, "nothing": null, "color": "dark-red", "level": 2,
        "list": ["a", "b"], "lists": [[1], []], "colors": ["red"], "map": {"a": 1}, "point": {"x": 1, "y": 7}, "either": 5,
        "anything": {"free": [true, null]}, "uuid": "00000000-0000-0000-0000-000000000001", "address": "127.0.0.1",
    })
}

#[tokio::test]
async fn properties() {
    let server = server();
    becomes(&server, "/all", json!({}), all()).await;
    for (key, value) in [
        ("text", json!("")),
        ("count", json!(0)),
        ("flag", json!(true)),
        ("nothing", json!("a")),
        ("color", json!("red")),
        ("level", json!(1)),
        ("list", json!([])),
        ("lists", json!([])),
        ("colors", json!(["dark-red"])),
        ("map", json!({})),
        ("point", json!({"x": 2, "y": 3})),
        ("either", json!("a")),
        ("anything", json!(null)),
        ("address", json!("1.2.3.4")),
        // A default that the schema does not allow is none.
        ("wrong", json!(1)),
    ] {
        let mut expected = all();
        expected[key] = value.clone();
        becomes(&server, "/all", json!({key: value}), expected).await;
    }
    // A default is for what is absent, not for what is wrong.
    refused(
        &server,
        "/all",
        json!({"count": null, "color": "blue"}),
        &["#/count expected an integer", "#/color expected one of \"red\", \"dark-red\""],
    )
    .await;
}

#[tokio::test]
async fn defaults_within_defaults() {
    let server = server();
    becomes(&server, "/outer", json!({}), json!({"inner": {"size": 4, "color": "dark-red"}})).await;
    becomes(&server, "/outer", json!({"inner": {"size": 1}}), json!({"inner": {"size": 1, "color": "dark-red"}})).await;
    kept(&server, "/outer", json!({"inner": {"size": 1, "color": "red"}})).await;
    let mut expected = all();
    expected["point"] = json!({"x": 4, "y": 7});
    becomes(&server, "/all", json!({"point": {"x": 4}}), expected).await;
}

#[tokio::test]
async fn parameters() {
    let answer = get(&server(), "/parameters", &[]).await;
    assert_eq!(
        answer.json()["detail"],
        "ParametersRequest { text: \"none\", count: 20, flag: true, ratio: 0.5, order: Desc, ids: [1, 2], \
         point: ParametersPoint { x: Some(3) }, x_trace: \"off\" }"
    );
    let path = "/parameters?text=&count=0&flag=false&ratio=2&order=asc&ids=7&point%5Bx%5D=1";
    let answer = get(&server(), path, &[("x-trace", "on")]).await;
    assert_eq!(
        answer.json()["detail"],
        "ParametersRequest { text: \"\", count: 0, flag: false, ratio: 2.0, order: Asc, ids: [7], \
         point: ParametersPoint { x: Some(1) }, x_trace: \"on\" }"
    );
}
