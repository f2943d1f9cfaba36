//! Parameters of the path, the query and header fields: what a handler gets, and what is told of those that are wrong.

use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright::{Context, Error};
use stubwright_accept::apis::parameters::operations::{
    InHeaderRequest, InHeaderResponse, InPathRequest, InPathResponse, InQueryRequest, InQueryResponse,
};
use stubwright_accept::apis::parameters::router;
use stubwright_accept::apis::parameters::traits::Operations;

use super::{get, shown};

struct Echo;

impl Operations for Echo {
    async fn in_path(&self, _: Context<()>, request: InPathRequest) -> Result<InPathResponse, Error> {
        shown(request)
    }

    async fn in_query(&self, _: Context<()>, request: InQueryRequest) -> Result<InQueryResponse, Error> {
        shown(request)
    }

    async fn in_header(&self, _: Context<()>, request: InHeaderRequest) -> Result<InHeaderResponse, Error> {
        shown(request)
    }
}

fn server() -> Router {
    router::new(Echo)
}

/// What the handler was asked.
async fn asked(path: &str, headers: &[(&str, &str)]) -> String {
    let answer = get(&server(), path, headers).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.json()["detail"].as_str().expect("a message").to_owned()
}

/// The violations: place, name, message.
async fn violations(path: &str, headers: &[(&str, &str)]) -> Vec<(String, String, String)> {
    let answer = get(&server(), path, headers).await;
    assert_eq!((answer.status, answer.header("content-type")), (400, "application/problem+json"), "{path}");
    let text = |value: &Value| value.as_str().expect("a string").to_owned();
    let errors = answer.json()["errors"].as_array().expect("a list").clone();
    errors.iter().map(|error| (text(&error["in"]), text(&error["name"]), text(&error["detail"]))).collect()
}

fn expected(place: &str, list: &[(&str, &str)]) -> Vec<(String, String, String)> {
    list.iter().map(|(name, detail)| (place.to_owned(), (*name).to_owned(), (*detail).to_owned())).collect()
}

#[tokio::test]
async fn the_path_is_decoded() {
    assert_eq!(
        asked("/a%20b/-1/9007199254740993/1.5/true/asc/20", &[]).await,
        "InPathRequest { text: \"a b\", small: -1, large: 9007199254740993, number: 1.5, flag: true, order: Asc, \
         level: N20 }"
    );
    // An encoded slash stays inside its parameter.
    assert!(asked("/a%2Fb/1/2/3/false/desc/1", &[]).await.contains("text: \"a/b\""));
    assert!(asked("/%E5%AE%A0%E7%89%A9/1/2/1e3/false/desc/1", &[]).await.contains("text: \"宠物\""));
}

#[tokio::test]
async fn every_wrong_part_of_a_path_is_told() {
    let list = [
        ("small", "expected a 32-bit integer"),
        ("large", "expected a 64-bit integer"),
        ("number", "expected a number"),
        ("flag", "expected `true` or `false`"),
        ("order", "expected one of asc, desc"),
        ("level", "expected one of 1, 20"),
    ];
    for path in ["/x/y/z/w/v/u/t", "/x/2147483648/9223372036854775808/NaN/TRUE/ASC/2", "/x/1.0/+1/1./1/asc%20/20.0"] {
        assert_eq!(violations(path, &[]).await, expected("path", &list), "{path}");
    }
}

#[tokio::test]
async fn the_query_is_decoded_and_defaults_fill_in() {
    assert_eq!(
        asked("/query?text=a&small=1", &[]).await,
        "InQueryRequest { text: \"a\", small: 1, large: None, number: None, flag: true, order: Desc, level: N20, \
         limit: 100000, ratio: 0.5, name: \"nobody\", nothing: None, shared: None }"
    );
    assert_eq!(
        asked(
            "/query?text=a+b%2Bc&small=2&large=3&number=-0.5&flag=false&order=asc&level=1&limit=4&ratio=2&name=&nothing=\
             &shared=%C3%BC&unknown=1",
            &[]
        )
        .await,
        "InQueryRequest { text: \"a b+c\", small: 2, large: Some(3), number: Some(-0.5), flag: false, order: Asc, \
         level: N1, limit: 4, ratio: 2.0, name: \"\", nothing: Some(\"\"), shared: Some(\"ü\") }"
    );
}

#[tokio::test]
async fn every_wrong_parameter_of_a_query_is_told() {
    let required = [("text", "is required"), ("small", "is required")];
    assert_eq!(violations("/query", &[]).await, expected("query", &required));
    assert_eq!(
        violations("/query?text=a&text=b&small=&flag=yes&order=up&level=3&limit=x&ratio=.5&nothing=%ff", &[]).await,
        expected(
            "query",
            &[
                ("text", "may be given only once"),
                ("small", "expected a 32-bit integer"),
                ("flag", "expected `true` or `false`"),
                ("order", "expected one of asc, desc"),
                ("level", "expected one of 1, 20"),
                ("limit", "expected a 64-bit integer"),
                ("ratio", "expected a number"),
                ("nothing", "is not valid percent-encoded UTF-8"),
            ]
        )
    );
}

#[tokio::test]
async fn header_fields_are_decoded() {
    assert_eq!(
        asked("/header", &[("x-text", "a"), ("X-SMALL", "1")]).await,
        "InHeaderRequest { x_text: \"a\", x_small: 1, x_large: None, x_number: None, x_flag: false, x_order: None }"
    );
    let all = [
        ("x-text", "a b"),
        ("x-small", "1"),
        ("x-large", "2"),
        ("x-number", "2.5"),
        ("x-flag", "true"),
        ("x-order", "desc"),
        ("authorization", "anything"),
    ];
    assert_eq!(
        asked("/header", &all).await,
        "InHeaderRequest { x_text: \"a b\", x_small: 1, x_large: Some(2), x_number: Some(2.5), x_flag: true, \
         x_order: Some(Desc) }"
    );
}

#[tokio::test]
async fn every_wrong_header_field_is_told() {
    assert_eq!(
        violations("/header", &[("x-small", "a"), ("x-small", "b"), ("x-large", "c"), ("x-order", "d")]).await,
        expected(
            "header",
            &[
                ("X-Text", "is required"),
                ("X-Small", "may be given only once"),
                ("x-large", "expected a 64-bit integer"),
                ("X-Order", "expected one of asc, desc"),
            ]
        )
    );
}

#[tokio::test]
async fn other_methods_and_paths_have_no_operation() {
    let answer = super::send(&server(), "POST", "/query", &[], "").await;
    assert_eq!((answer.status, answer.header("allow")), (405, "GET, HEAD, OPTIONS"));
    assert_eq!(answer.json()["status"], json!(405));
    assert_eq!(get(&server(), "/nowhere", &[]).await.status, 404);
    assert_eq!(get(&server(), "//1/2/3/true/asc/1", &[]).await.status, 404);
}
