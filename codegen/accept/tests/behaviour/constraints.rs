//! What no type says of a value, checked all the same: every keyword, with a value that fits and the words for one that does
//! not.

use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright::{Context, Error};
use stubwright_accept::apis::constraints::{operations, router, traits};

use super::echo::{kept, refused};
use super::get;

struct Echo;

impl traits::Operations for Echo {
    echoes! {
        numbers: NumbersRequest, NumbersResponse;
        texts: TextsRequest, TextsResponse;
        lists: ListsRequest, ListsResponse;
        objects: ObjectsRequest, ObjectsResponse;
        not: NotRequest, NotResponse;
        condition: ConditionRequest, ConditionResponse;
        dependent: DependentRequest, DependentResponse;
        unevaluated: UnevaluatedRequest, UnevaluatedResponse;
        list: ListRequest, ListResponse;
        tree: TreeRequest, TreeResponse;
        mixed: MixedRequest, MixedResponse;
    }
    shows! { parameters: ParametersRequest, ParametersResponse; }
}

fn server() -> Router {
    router::new(Echo)
}

/// For each property: values that fit, values that do not, and why.
async fn check(path: &str, table: &[(&str, &[Value], &[Value], &str)]) {
    let server = server();
    for (key, fitting, unfitting, reason) in table {
        for value in *fitting {
            kept(&server, path, json!({*key: value})).await;
        }
        for value in *unfitting {
            refused(&server, path, json!({*key: value}), &[&format!("#/{key} {reason}")]).await;
        }
    }
}

#[tokio::test]
async fn numbers() {
    check(
        "/numbers",
        &[
            ("minimum", &[json!(2), json!(i64::MAX)], &[json!(1), json!(i64::MIN)], "must be at least 2"),
            ("maximum", &[json!(5), json!(-5)], &[json!(6)], "must be at most 5"),
            ("above", &[json!(0.500_1)], &[json!(0.5), json!(-1.0)], "must be greater than 0.5"),
            ("below", &[json!(0.999)], &[json!(1.0), json!(2.0)], "must be less than 1"),
            ("multiple", &[json!(0), json!(-3), json!(9)], &[json!(1), json!(-4)], "must be a multiple of 3"),
            (
                "cents",
                &[json!(1.15), json!(0.07), json!(4.0)],
                &[json!(0.001), json!(1.155)],
                "must be a multiple of 0.01",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn texts() {
    let ahead = r"must match the pattern ^(?!admin)\w+$";
    check(
        "/texts",
        &[
            // Characters count, not bytes and not UTF-16.
            (
                "long",
                &[json!("abc"), json!("äöü"), json!("🦀🦀🦀")],
                &[json!("ab"), json!("🦀🦀")],
                "must have at least 3 characters",
            ),
            ("short", &[json!(""), json!("🦀🦀")], &[json!("abc")], "must have at most 2 characters"),
            ("exact", &[json!("ab")], &[json!("a"), json!("abc")], "must have exactly 2 characters"),
            // `\d` is ASCII, and `$` is the end.
            (
                "pattern",
                &[json!("12")],
                &[json!(""), json!("1a"), json!("١"), json!("1\n")],
                r"must match the pattern ^\d+$",
            ),
            ("ahead", &[json!("user")], &[json!("admin"), json!("administrator"), json!("")], ahead),
        ],
    )
    .await;
}

#[tokio::test]
async fn lists() {
    check(
        "/lists",
        &[
            ("least", &[json!([1])], &[json!([])], "must have at least 1 item"),
            ("most", &[json!([]), json!([1, 1])], &[json!([1, 2, 3])], "must have at most 2 items"),
            (
                "unique",
                &[json!([1, "1", true, [1], {"a": 1}, {"a": 2}])],
                &[json!([{"a": 1, "b": 2}, {"b": 2, "a": 1.0}])],
                "must not have equal items, as items 0 and 1 are (counted from 0)",
            ),
            (
                "contains",
                &[json!(["a", "x"])],
                &[json!([]), json!(["a"])],
                "must have at least 1 item of the kind that it must contain",
            ),
            (
                "counted",
                &[json!([1, 2]), json!([1, "a", 2, 3])],
                &[json!(["a"]), json!([1])],
                "must have at least 2 items of the kind that it must contain",
            ),
            ("counted", &[], &[json!([1, 2, 3, 4])], "must have at most 3 items of the kind that it must contain"),
        ],
    )
    .await;
    let server = server();
    kept(&server, "/list", json!(["a", "b"])).await;
    refused(&server, "/list", json!(["a"]), &["# must have exactly 2 items"]).await;
    refused(&server, "/list", json!(["a", "bc"]), &["#/1 must have at most 1 character"]).await;
}

#[tokio::test]
async fn objects() {
    check(
        "/objects",
        &[
            ("least", &[json!({"a": 1})], &[json!({})], "must have at least 1 property"),
            ("most", &[json!({}), json!({"a": 1})], &[json!({"a": 1, "b": 2})], "must have at most 1 property"),
            ("names", &[json!({}), json!({"ab": 1})], &[], ""),
        ],
    )
    .await;
    let server = server();
    let reasons = ["#/names/A its name: must match the pattern ^[a-z]+$"];
    refused(&server, "/objects", json!({"names": {"a": 1, "A": 2}}), &reasons).await;
}

#[tokio::test]
async fn what_is_excluded() {
    check(
        "/not",
        &[
            (
                "status",
                &[json!("live"), json!(null), json!(1)],
                &[json!("deleted")],
                "must not be what the schema excludes",
            ),
            (
                "value",
                &[json!("a"), json!(1.5), json!([])],
                &[json!(1), json!(null)],
                "must not be what the schema excludes",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn conditions() {
    let server = server();
    for value in [
        json!({}),
        json!({"zip": "1234"}),
        json!({"country": "DE", "zip": "1"}),
        json!({"country": "US", "zip": "12345"}),
    ] {
        kept(&server, "/condition", value).await;
    }
    refused(&server, "/condition", json!({"country": "US"}), &["#/zip is required"]).await;
    let reasons = [r"#/zip must match the pattern ^\d{5}$"];
    refused(&server, "/condition", json!({"country": "US", "zip": "1234"}), &reasons).await;
    refused(&server, "/condition", json!({"zip": "12345"}), &["#/zip must have at most 4 characters"]).await;
}

#[tokio::test]
async fn what_depends_on_a_property() {
    let server = server();
    for value in [
        json!({}),
        json!({"address": "a"}),
        json!({"card": "1", "address": "a"}),
        json!({"express": true}),
        json!({"express": true, "address": "abcde"}),
    ] {
        kept(&server, "/dependent", value).await;
    }
    refused(&server, "/dependent", json!({"card": "1"}), &["#/address is required because card is there"]).await;
    let reasons = ["#/address must have at least 5 characters"];
    refused(&server, "/dependent", json!({"express": false, "address": "a"}), &reasons).await;
}

#[tokio::test]
async fn what_nothing_evaluates() {
    let server = server();
    for value in [json!({}), json!({"name": "a"}), json!({"name": "a", "tags": ["b"]}), json!({"tags": []})] {
        kept(&server, "/unevaluated", value).await;
    }
    refused(&server, "/unevaluated", json!({"nam": "a"}), &["#/nam is not allowed here"]).await;
    refused(&server, "/unevaluated", json!({"tags": ["a", "b"]}), &["#/tags/1 is one item too many"]).await;
    refused(&server, "/unevaluated", json!({"tags": [1]}), &["#/tags/0 expected a string"]).await;
}

#[tokio::test]
async fn every_reason_is_told() {
    let sent = json!({"minimum": 1, "maximum": 6, "above": "a", "below": 1.5, "multiple": 1.5});
    let reasons = [
        "#/minimum must be at least 2",
        "#/maximum must be at most 5",
        "#/above expected a number",
        "#/below must be less than 1",
        "#/multiple expected an integer",
    ];
    refused(&server(), "/numbers", sent, &reasons).await;
}

#[tokio::test]
async fn dynamic_references_are_followed_from_the_outermost_schema() {
    let server = server();
    kept(&server, "/tree", json!({"data": 1, "children": [{"data": 2, "children": []}]})).await;
    let reasons = ["#/children/0/daat is not allowed here"];
    refused(&server, "/tree", json!({"children": [{"daat": 1}]}), &reasons).await;
    let reasons = ["#/children/0/data expected an integer"];
    refused(&server, "/tree", json!({"children": [{"data": "1"}]}), &reasons).await;
}

#[tokio::test]
async fn limits_hold_wherever_a_value_stands() {
    check(
        "/mixed",
        &[
            ("nested", &[json!([["ab", "c"], []])], &[json!([])], "must have at least 1 item"),
            ("map", &[json!({}), json!({"a": 1})], &[], ""),
            ("either", &[json!("ab"), json!(2)], &[json!("abc")], "must have at most 2 characters"),
            ("either", &[], &[json!(3)], "must be at most 2"),
            ("nullable", &[json!("ab")], &[json!("a")], "must have at least 2 characters"),
            ("code", &[json!("AB"), json!("ABCD")], &[json!("Ab")], "must match the pattern ^[A-Z]*$"),
            ("shorter", &[json!("ABC")], &[json!("ABCD")], "must have at most 3 characters"),
            ("sized", &[json!({"a": 1})], &[json!({})], "must have at least 1 property"),
            ("untyped", &[json!({"a": "b"})], &[json!([]), json!(1)], "expected an object or null"),
            ("uuid", &[json!("07e55044-10b1-426f-9247-bb680e5fe0c8")], &[], ""),
        ],
    )
    .await;
    let server = server();
    for (sent, reason) in [
        (json!({"nested": [["abc"]]}), "#/nested/0/0 must have at most 2 characters"),
        (json!({"nested": [["a", "b", "c"]]}), "#/nested/0 must have at most 2 items"),
        (json!({"map": {"a": 1, "b": 0}}), "#/map/b must be at least 1"),
        (json!({"sized": {"a": 1, "b": 1, "c": 1}}), "#/sized must have at most 2 properties"),
        (json!({"open": {}}), "#/open must have at least 1 property"),
        (json!({"uuid": "67e55044-10b1-426f-9247-bb680e5fe0c8"}), "#/uuid must match the pattern ^0"),
        (json!({"shorter": "A"}), "#/shorter must have at least 2 characters"),
    ] {
        refused(&server, "/mixed", sent, &[reason]).await;
    }
    // Escapes are characters, too, and equal keys are none of an object's.
    let escaped = r#"{"nullable":"\u0061"}"#;
    assert_eq!(super::send_json(&server, "POST", "/mixed", escaped).await.status, 400);
    let twice = r#"{"other":1,"other":2}"#;
    let answer = super::send_json(&server, "POST", "/mixed", twice).await;
    assert_eq!(answer.json()["errors"], json!([{"pointer": "#/other", "detail": "is given more than once"}]));
}

#[tokio::test]
async fn parameters() {
    let server = server();
    for query in ["", "?page=1&code=ab&ids=0,1,2", "?page=100", "?ids=5"] {
        let answer = get(&server, &format!("/parameters{query}"), &[]).await;
        assert_eq!(answer.status, 200, "{query}: {}", answer.text);
    }
    for (query, expected) in [
        ("?page=0", json!([["page", "must be at least 1"]])),
        ("?page=101&code=abc", json!([["page", "must be at most 100"], ["code", "must match the pattern ^[a-z]{2}$"]])),
        ("?ids=1,2,1", json!([["ids", "must not have equal items, as items 0 and 2 are (counted from 0)"]])),
        ("?ids=1,2,3,4", json!([["ids", "must have at most 3 items"]])),
    ] {
        let answer = get(&server, &format!("/parameters{query}"), &[]).await;
        assert_eq!(answer.status, 400, "{query}: {}", answer.text);
        let errors = answer.json()["errors"].as_array().expect("a list").clone();
        let found: Vec<Value> = errors.iter().map(|error| json!([error["name"], error["detail"]])).collect();
        assert_eq!(json!(found), expected, "{query}: {}", answer.text);
        assert!(errors.iter().all(|error| error["in"] == "query"));
    }
}
