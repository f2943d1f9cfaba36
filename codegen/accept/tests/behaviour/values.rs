//! `enum` and `const` of every kind.

use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright::{Context, Error};
use stubwright_accept::apis::values::{operations, router, traits, types};

use super::echo::{becomes, kept, refused};
use super::send_json;

struct Echo;

impl traits::Operations for Echo {
    echoes! {
        text: TextRequest, TextResponse;
        mixed: MixedRequest, MixedResponse;
        numbers: NumbersRequest, NumbersResponse;
        flags: FlagsRequest, FlagsResponse;
        constants: ConstantsRequest, ConstantsResponse;
        nullable: NullableRequest, NullableResponse;
        objects: ObjectsRequest, ObjectsResponse;
    }
}

fn server() -> Router {
    router::new(Echo)
}

#[tokio::test]
async fn every_text_is_a_value_of_its_own() {
    let server = server();
    let texts = ["", "+1", "-1", "*", "asc", "ASC", "Asc", "服务", "größe", "a b", "a-b", "a_b", "1", "self"];
    for text in texts {
        kept(&server, "/text", json!(text)).await;
    }
    assert_eq!(types::Text::ALL.iter().map(|text| text.as_str()).collect::<Vec<_>>(), texts);
    for value in [json!("aSc"), json!(" "), json!(1), json!(null), json!({"asc": null}), json!("服")] {
        let answer = send_json(&server, "POST", "/text", value.to_string()).await;
        assert_eq!(answer.status, 400, "{value}: {}", answer.text);
    }
}

#[tokio::test]
async fn values_of_several_kinds() {
    let server = server();
    for value in
        [json!("auto"), json!(1), json!(1.5), json!(true), json!(null), json!(["a", 1]), json!({"a": {"b": 1}})]
    {
        kept(&server, "/mixed", value).await;
    }
    for (sent, value) in [(json!(1.0), json!(1)), (json!(["a", 1.0]), json!(["a", 1]))] {
        becomes(&server, "/mixed", sent, value).await;
    }
    for value in [json!("1"), json!(false), json!(2), json!([1, "a"]), json!({"a": {}}), json!({"a": {"b": 1}, "c": 1})]
    {
        let answer = send_json(&server, "POST", "/mixed", value.to_string()).await;
        assert_eq!(answer.status, 400, "{value}: {}", answer.text);
    }
    refused(
        &server,
        "/mixed",
        json!("manual"),
        &["# expected one of \"auto\", 1, 1.5, true, null, [\"a\",1], {\"a\":{\"b\":1}}"],
    )
    .await;
}

#[tokio::test]
async fn numbers_and_booleans() {
    let server = server();
    for value in [json!(0), json!(0.5), json!(100)] {
        kept(&server, "/numbers", value).await;
    }
    becomes(&server, "/numbers", json!(1e2), json!(100)).await;
    refused(&server, "/numbers", json!(1), &["# expected one of 0, 0.5, 100"]).await;
    kept(&server, "/flags", json!(true)).await;
    refused(&server, "/flags", json!(false), &["# expected true"]).await;
    for value in [json!({"order": -1}), json!({"order": i64::MAX}), json!({"big": u64::MAX}), json!({"big": 1})] {
        kept(&server, "/objects", value).await;
    }
    for value in
        [json!({"order": 0}), json!({"order": "1"}), json!({"big": 2}), json!({"big": 1.844_674_407_370_955e19})]
    {
        let answer = send_json(&server, "POST", "/objects", value.to_string()).await;
        assert_eq!(answer.status, 400, "{value}: {}", answer.text);
    }
}

#[tokio::test]
async fn constants() {
    let server = server();
    let all =
        || json!({"text": "always", "number": 1, "flag": false, "nothing": null, "list": [1, 2], "object": {"a": 1}});
    kept(&server, "/constants", all()).await;
    kept(&server, "/constants", json!({"text": "always"})).await;
    for (key, value, expected) in [
        ("text", json!("never"), "\"always\""),
        ("number", json!(2), "1"),
        ("flag", json!(true), "false"),
        ("nothing", json!(0), "null"),
        ("list", json!([2, 1]), "[1,2]"),
        ("object", json!({"a": 2}), "{\"a\":1}"),
    ] {
        let mut sent = all();
        sent[key] = value;
        refused(&server, "/constants", sent, &[&format!("#/{key} expected {expected}")]).await;
    }
    refused(&server, "/constants", json!({}), &["#/text is required"]).await;
}

#[tokio::test]
async fn null_among_the_values() {
    let server = server();
    for value in [json!("a"), json!("b"), Value::Null] {
        kept(&server, "/nullable", value).await;
    }
    refused(&server, "/nullable", json!("c"), &["# expected one of \"a\", \"b\", null"]).await;
}
