//! `oneOf` and `anyOf`: which alternative a value is, and that nothing of it is lost.

use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright::json::from_json;
use stubwright::{Context, Error, Maybe};
use stubwright_accept::apis::alternatives::{operations, router, traits, types};

use super::echo::{becomes, kept, refused};

struct Echo;

impl traits::Operations for Echo {
    echoes! {
        implicit: ImplicitRequest, ImplicitResponse;
        mapped: MappedRequest, MappedResponse;
        constant: ConstantRequest, ConstantResponse;
        kinds: KindsRequest, KindsResponse;
        by_value: ByValueRequest, ByValueResponse;
        overlapping: OverlappingRequest, OverlappingResponse;
        mixed: MixedRequest, MixedResponse;
        open: OpenRequest, OpenResponse;
        nulls: NullsRequest, NullsResponse;
        exact: ExactRequest, ExactResponse;
        nested: NestedRequest, NestedResponse;
        beside: BesideRequest, BesideResponse;
        shared: SharedRequest, SharedResponse;
        untagged: UntaggedRequest, UntaggedResponse;
        half_tagged: HalfTaggedRequest, HalfTaggedResponse;
    }
}

fn server() -> Router {
    router::new(Echo)
}

fn read<T: stubwright::json::Json>(value: &Value) -> T {
    from_json(value.to_string().as_bytes()).unwrap_or_else(|error| panic!("{value}: {error}"))
}

#[tokio::test]
async fn a_discriminator_decides() {
    let server = server();
    for (path, cat, dog) in [("/implicit", "Cat", "Dog"), ("/mapped", "meow", "woof"), ("/mapped", "purr", "woof")] {
        kept(&server, path, json!({"type": cat, "lives": 9})).await;
        kept(&server, path, json!({"bark": true, "type": dog})).await;
        refused(&server, path, json!({"type": cat, "lives": true}), &["#/lives expected an integer"]).await;
        refused(&server, path, json!({"type": dog, "bark": 1}), &["#/bark expected a boolean"]).await;
        refused(&server, path, json!("Cat"), &["# expected an object"]).await;
    }
    refused(&server, "/implicit", json!({"lives": 9}), &["#/type is required"]).await;
    refused(&server, "/implicit", json!({"type": "meow"}), &["#/type expected one of \"Cat\", \"Dog\""]).await;
    refused(&server, "/implicit", json!({"type": 1}), &["#/type expected one of \"Cat\", \"Dog\""]).await;
    assert!(matches!(read(&json!({"type": "Dog"})), types::Implicit::Dog(_)));
    assert!(matches!(read(&json!({"type": "purr"})), types::Mapped::Cat(_)));
}

#[tokio::test]
async fn a_discriminator_decides_beside_properties_and_where_every_alternative_allows_every_tag() {
    let server = server();
    kept(&server, "/beside", json!({"type": "meow", "lives": 9, "size": 1})).await;
    kept(&server, "/beside", json!({"type": "woof", "bark": true, "size": 1})).await;
    refused(&server, "/beside", json!({"type": "woof", "bark": 1, "size": 1}), &["#/bark expected a boolean"]).await;
    refused(&server, "/beside", json!({"type": "woof", "bark": true}), &["#/size is required"]).await;
    let reasons = ["#/type expected one of \"meow\", \"woof\""];
    refused(&server, "/beside", json!({"type": "Cat", "size": 1}), &reasons).await;
    kept(&server, "/shared", json!({"side": "Left", "port": 1})).await;
    kept(&server, "/shared", json!({"side": "Right", "starboard": 1})).await;
    refused(&server, "/shared", json!({"side": "Right", "starboard": "x"}), &["#/starboard expected an integer"]).await;
    assert!(matches!(read(&json!({"side": "Right"})), types::Shared::Right(_)));
}

/// A discriminator does not change which values are valid (OpenAPI 3.1.1 section 4.8.25).
#[tokio::test]
async fn a_tag_that_is_not_required_may_be_absent() {
    let server = server();
    for value in [
        json!({"mode": "key", "key": "a"}),
        json!({"key": "a", "note": "b"}),
        json!({"mode": "role", "role": "a"}),
        json!({"role": "a"}),
        json!(7),
    ] {
        kept(&server, "/untagged", value).await;
    }
    assert!(matches!(read(&json!({"key": "a"})), types::Untagged::Key(_)));
    assert!(matches!(read(&json!({"role": "a", "x": 1})), types::Untagged::Role(_)));
    refused(
        &server,
        "/untagged",
        json!({"mode": "key", "role": "a"}),
        &["#/role is not allowed here", "#/key is required"],
    )
    .await;
    refused(&server, "/untagged", json!({"mode": "x", "key": "a"}), &["#/mode expected one of \"key\", \"role\""])
        .await;
    refused(&server, "/untagged", json!({"mode": null, "key": "a"}), &["#/mode expected one of \"key\", \"role\""])
        .await;
    refused(&server, "/untagged", json!({}), &["# matches none of 3 alternatives"]).await;

    kept(&server, "/halfTagged", json!({"type": "Cat", "lives": 9})).await;
    kept(&server, "/halfTagged", json!({"type": "Bird", "wings": 2})).await;
    kept(&server, "/halfTagged", json!({"wings": 2})).await;
    assert!(matches!(read(&json!({"wings": 2})), types::HalfTagged::Bird(_)));
    refused(&server, "/halfTagged", json!({"type": "Dog"}), &["#/type expected one of \"Bird\", \"Cat\""]).await;
    refused(&server, "/halfTagged", json!({"wings": "two"}), &["# matches none of 2 alternatives"]).await;
}

#[tokio::test]
async fn a_constant_property_decides() {
    let server = server();
    kept(&server, "/constant", json!({"op": "remove", "path": "/a"})).await;
    kept(&server, "/constant", json!({"op": "add", "value": null})).await;
    kept(&server, "/constant", json!({"value": [1, "a"], "op": "replace"})).await;
    refused(&server, "/constant", json!({"op": "remove", "value": 1}), &["#/path is required"]).await;
    refused(&server, "/constant", json!({"op": "replace", "path": "/a"}), &["#/value is required"]).await;
    let answer = super::send_json(&server, "POST", "/constant", r#"{"op":"move"}"#).await;
    assert_eq!(answer.status, 400);
    assert!(matches!(read(&json!({"op": "add", "value": 1})), types::Constant::Object(_)));
}

#[tokio::test]
async fn the_kind_of_a_value_decides() {
    let server = server();
    for value in [json!(true), json!(-1), json!("a"), json!([]), json!(["a"]), json!({"type": "x", "bark": false})] {
        kept(&server, "/kinds", value).await;
    }
    becomes(&server, "/kinds", json!(1.0), json!(1)).await;
    for (value, reason) in [(json!([1]), "#/0 expected a string"), (json!({"bark": true}), "#/type is required")] {
        refused(&server, "/kinds", value, &[reason]).await;
    }
    for value in [json!(null), json!(1.5)] {
        let answer = super::send_json(&server, "POST", "/kinds", value.to_string()).await;
        assert_eq!(answer.status, 400, "{value}");
    }
}

#[tokio::test]
async fn a_listed_value_decides() {
    let server = server();
    for value in [json!("auto"), json!("none"), json!("high"), json!({"name": "auto"})] {
        kept(&server, "/by-value", value).await;
    }
    for value in [json!("middle"), json!({}), json!(1)] {
        let answer = super::send_json(&server, "POST", "/by-value", value.to_string()).await;
        assert_eq!(answer.status, 400, "{value}");
    }
    assert!(matches!(read(&json!("low")), types::ByValue::Known2(types::ByValueKnown2::Low)));
}

#[tokio::test]
async fn an_object_that_fits_several_keeps_all_of_them() {
    let server = server();
    for path in ["/overlapping", "/mixed"] {
        kept(&server, path, json!({"name": "a", "id": 1})).await;
        kept(&server, path, json!({"name": "a"})).await;
        kept(&server, path, json!({"id": 1})).await;
    }
    kept(&server, "/overlapping", json!({"name": "a", "id": 1, "shared": 2})).await;
    kept(&server, "/mixed", json!("a")).await;
    // An object of the first whose other property is no integer is none of the second.
    becomes(&server, "/overlapping", json!({"name": "a", "id": "b"}), json!({"name": "a"})).await;
    for value in [json!({}), json!({"shared": 1}), json!(1), json!({"name": "a", "shared": "b"})] {
        let answer = super::send_json(&server, "POST", "/overlapping", value.to_string()).await;
        assert_eq!(answer.status, 400, "{value}: {}", answer.text);
    }
    let both: types::Overlapping = read(&json!({"name": "a", "id": 1}));
    assert!(both.object.is_some_and(|one| one.name == "a") && both.object_2.is_some_and(|two| two.id == 1));
}

#[tokio::test]
async fn known_strings_and_all_others() {
    let server = server();
    for value in [json!("gpt"), json!("llama"), json!("")] {
        kept(&server, "/open", value).await;
    }
    refused(&server, "/open", json!(1), &["# expected a string"]).await;
    assert!(matches!(read(&json!("gpt")), types::Open::Known(types::OpenKnown::Gpt)));
    assert!(matches!(read(&json!("Gpt")), types::Open::String(text) if text == "Gpt"));
}

#[tokio::test]
async fn null_in_every_notation() {
    let server = server();
    let values = [
        ("listed", json!("a")),
        ("alternative", json!("a")),
        ("enumerated", json!("a")),
        ("reference", json!({"type": "a"})),
        ("constant", json!(1)),
    ];
    kept(&server, "/nulls", json!({})).await;
    for (key, value) in values {
        kept(&server, "/nulls", json!({key: null})).await;
        kept(&server, "/nulls", json!({key: value})).await;
        let answer = super::send_json(&server, "POST", "/nulls", json!({key: true}).to_string()).await;
        assert_eq!(answer.status, 400, "{key}: {}", answer.text);
    }
    let nulls: types::Nulls = read(&json!({"listed": null, "reference": {"type": "a"}}));
    assert!(matches!((nulls.listed, nulls.alternative), (Maybe::Null, Maybe::Absent)));
    assert!(matches!(nulls.reference, Maybe::Value(types::Dog { type_, .. }) if type_ == "a"));
}

#[tokio::test]
async fn only_the_whole_schema_tells_some_apart() {
    let server = server();
    kept(&server, "/exact", json!(9)).await;
    kept(&server, "/exact", json!(21)).await;
    for value in [json!(10), json!(20)] {
        refused(&server, "/exact", value, &["# matches 2 of 2 alternatives, but must match exactly one"]).await;
    }
}

#[tokio::test]
async fn unions_of_unions() {
    let server = server();
    for value in [json!("a"), json!(1), json!(null), json!({"type": "x"}), json!(["a", [1, [null]], {"type": "y"}])] {
        kept(&server, "/nested", value).await;
    }
    for value in [json!(true), json!({}), json!(["a", [true]])] {
        let answer = super::send_json(&server, "POST", "/nested", value.to_string()).await;
        assert_eq!(answer.status, 400, "{value}: {}", answer.text);
    }
}
