//! Objects whose keys the document does not list, and arrays whose items differ.

use serde_json::json;
use stubwright::codegen::Router;
use stubwright::json::from_json;
use stubwright::{Context, Error};
use stubwright_accept::apis::maps::{operations, router, traits, types};

use super::echo::{becomes, kept, refused};

struct Echo;

impl traits::Operations for Echo {
    echoes! {
        beside: BesideRequest, BesideResponse;
        anything: AnythingRequest, AnythingResponse;
        patterned: PatternedRequest, PatternedResponse;
        closed_patterns: ClosedPatternsRequest, ClosedPatternsResponse;
        typed: TypedRequest, TypedResponse;
        closed: ClosedRequest, ClosedResponse;
        pair: PairRequest, PairResponse;
        prefix: PrefixRequest, PrefixResponse;
        nested_lists: NestedListsRequest, NestedListsResponse;
    }
}

fn server() -> Router {
    router::new(Echo)
}

#[tokio::test]
async fn properties_beside_declared_ones_have_a_type() {
    let server = server();
    kept(&server, "/beside", json!({"name": "a"})).await;
    kept(&server, "/beside", json!({"a": 1, "name": "a", "": -2, "ü": 3})).await;
    becomes(&server, "/beside", json!({"name": "a", "b": 1.0}), json!({"name": "a", "b": 1})).await;
    refused(&server, "/beside", json!({"a": 1}), &["#/name is required"]).await;
    refused(
        &server,
        "/beside",
        json!({"name": "a", "x/y": "b", "~": null}),
        &["#/x~1y expected an integer", "#/~0 expected an integer"],
    )
    .await;
    let read: types::Beside = from_json(br#"{"name":"a","b":1}"#).expect("it fits");
    assert_eq!((read.name.as_str(), read.additional.get("b")), ("a", Some(&1)));
}

#[tokio::test]
async fn a_property_may_be_called_as_the_others_are() {
    let server = server();
    kept(&server, "/anything", json!({"name": "a", "additional": "b"})).await;
    refused(&server, "/anything", json!({"additional": 1}), &["#/additional expected a string"]).await;
}

#[tokio::test]
async fn patterns_of_keys() {
    let server = server();
    kept(&server, "/patterned", json!({"id": 1, "x-a": "b", "n-a": 1, "other": [true]})).await;
    refused(
        &server,
        "/patterned",
        json!({"id": "1", "x-a": 1, "n-a": "1"}),
        &["#/id expected an integer", "#/x-a expected a string", "#/n-a expected an integer"],
    )
    .await;
    kept(&server, "/closed-patterns", json!({})).await;
    kept(&server, "/closed-patterns", json!({"x-a": "b"})).await;
    refused(&server, "/closed-patterns", json!({"x-a": "b", "y": "c"}), &["#/y is not allowed here"]).await;
    refused(&server, "/closed-patterns", json!({"x-a": 1}), &["#/x-a expected a string"]).await;
}

#[tokio::test]
async fn maps_of_maps() {
    let server = server();
    kept(&server, "/typed", json!({})).await;
    kept(&server, "/typed", json!({"a": {"b": 1, "c": null}, "": {}})).await;
    refused(&server, "/typed", json!({"a": null}), &["#/a expected an object"]).await;
    refused(&server, "/typed", json!({"a": {"b": "c"}}), &["#/a/b expected an integer or null"]).await;
}

#[tokio::test]
async fn closed_objects() {
    let server = server();
    kept(&server, "/closed", json!({})).await;
    kept(&server, "/closed", json!({"name": "a"})).await;
    refused(&server, "/closed", json!({"nam": "a"}), &["#/nam is not allowed here"]).await;
}

#[tokio::test]
async fn tuples() {
    let server = server();
    kept(&server, "/pair", json!(["a", 1])).await;
    refused(&server, "/pair", json!(["a"]), &["# must have at least 2 items"]).await;
    refused(&server, "/pair", json!(["a", 1, 2]), &["#/2 is one item too many"]).await;
    refused(&server, "/pair", json!([1, "a"]), &["#/0 expected a string", "#/1 expected an integer"]).await;
    for value in [json!([]), json!(["a"]), json!(["a", 1]), json!(["a", 1, true, false])] {
        kept(&server, "/prefix", value).await;
    }
    refused(&server, "/prefix", json!(["a", 1, 2]), &["#/2 expected a boolean"]).await;
    refused(&server, "/prefix", json!([1]), &["#/0 expected a string"]).await;
    let (text, count): types::Pair = from_json(br#"["a",1]"#).expect("a pair");
    assert_eq!((text.as_str(), count), ("a", 1));
}

#[tokio::test]
async fn lists_of_lists() {
    let server = server();
    for value in [json!([]), json!([[], [1, null]])] {
        kept(&server, "/nested-lists", value).await;
    }
    refused(&server, "/nested-lists", json!([null]), &["#/0 expected an array"]).await;
    refused(&server, "/nested-lists", json!([[1, "a"]]), &["#/0/1 expected an integer or null"]).await;
}
