//! Parameters in every place and style: what a handler gets.

use serde_json::json;
use stubwright::codegen::Router;
use stubwright::{Context, Error};
use stubwright_accept::apis::styles::{operations, router, traits};

use super::get;

struct Echo;

impl traits::Operations for Echo {
    shows! {
        simple: SimpleRequest, SimpleResponse;
        label: LabelRequest, LabelResponse;
        matrix: MatrixRequest, MatrixResponse;
        in_query: InQueryRequest, InQueryResponse;
        spread: SpreadRequest, SpreadResponse;
        in_headers: InHeadersRequest, InHeadersResponse;
        in_cookies: InCookiesRequest, InCookiesResponse;
    }
}

fn server() -> Router {
    router::new(Echo)
}

async fn asked(path: &str, headers: &[(&str, &str)]) -> String {
    let answer = get(&server(), path, headers).await;
    assert_eq!(answer.status, 200, "{path} {headers:?}: {}", answer.text);
    answer.json()["detail"].as_str().expect("a message").to_owned()
}

/// What is wrong: place, name, message.
async fn wrong(path: &str, headers: &[(&str, &str)]) -> serde_json::Value {
    let answer = get(&server(), path, headers).await;
    assert_eq!(answer.status, 400, "{path} {headers:?}: {}", answer.text);
    let errors = answer.json()["errors"].as_array().expect("a list").clone();
    errors.iter().map(|error| json!([error["in"], error["name"], error["detail"]])).collect()
}

const POINT: &str = r#"Point { x: 1, label: Some("a b") }"#;

#[tokio::test]
async fn paths() {
    assert_eq!(
        asked("/simple/1,2/x,1,label,a%20b/x=1,label=a%20b", &[]).await,
        format!("SimpleRequest {{ list: [1, 2], object: {POINT}, pairs: {POINT} }}")
    );
    assert_eq!(
        asked("/label/.a/.1.2/.x=1.label=a%20b", &[]).await,
        format!("LabelRequest {{ one: \"a\", list: [1, 2], pairs: {POINT} }}")
    );
    assert_eq!(
        asked("/matrix/;one=3/;list=1,2/;x=1;label=a%20b", &[]).await,
        format!("MatrixRequest {{ one: 3, list: [1, 2], pairs: {POINT} }}")
    );
    // An escaped delimiter is data.
    assert!(asked("/simple/1/x,1,label,a%2Cb/x=1", &[]).await.contains("label: Some(\"a,b\")"));
}

#[tokio::test]
async fn queries() {
    let all = "list=1&list=2&commas=1,2&spaces=1%202&pipes=1|2&deep[x]=1&deep[label]=a+b&packed=x,1,label,a%20b\
               &json=%7B%22x%22:1,%22label%22:%22a%20b%22%7D&either=5"
        .replace('|', "%7C")
        .replace('[', "%5B")
        .replace(']', "%5D");
    assert_eq!(
        asked(&format!("/query?{all}"), &[]).await,
        format!(
            "InQueryRequest {{ list: Some([1, 2]), commas: Some([1, 2]), spaces: Some([1, 2]), pipes: Some([1, 2]), \
             deep: Some({POINT}), packed: Some({POINT}), json: Some({POINT}), either: Some(Integer(5)) }}"
        )
    );
    assert!(asked("/query?either=a", &[]).await.contains("either: Some(String(\"a\"))"));
    assert!(asked("/query", &[]).await.contains("list: None, commas: None"));
    assert_eq!(asked("/spread?label=a+b&x=1&other=2", &[]).await, format!("SpreadRequest {{ point: Some({POINT}) }}"));
    assert_eq!(asked("/spread", &[]).await, "SpreadRequest { point: None }");
}

#[tokio::test]
async fn header_fields() {
    assert_eq!(
        asked("/headers", &[("x-list", "1, 2"), ("x-point", "x,1,label,a b"), ("x-pairs", "x=1,label=a b")]).await,
        format!("InHeadersRequest {{ x_list: Some([1, 2]), x_point: Some({POINT}), x_pairs: Some({POINT}) }}")
    );
    // RFC 9110 section 5.3: several fields of a name are one list.
    assert!(asked("/headers", &[("x-list", "1"), ("x-list", "2")]).await.contains("x_list: Some([1, 2])"));
}

#[tokio::test]
async fn cookies() {
    assert_eq!(
        asked("/cookies", &[("cookie", "session=abc; list=1,2")]).await,
        "InCookiesRequest { session: \"abc\", list: Some([1, 2]), size: 7 }"
    );
    assert!(
        asked("/cookies", &[("cookie", "other=1; session=a%20b; size=3")])
            .await
            .contains("\"a b\", list: None, size: 3")
    );
}

#[tokio::test]
async fn every_wrong_parameter_is_told() {
    assert_eq!(
        wrong("/simple/1,a/label,b/x=y", &[]).await,
        json!([
            ["path", "list", "expected an integer"],
            ["path", "object", "is required"],
            ["path", "pairs", "expected an integer"],
        ])
    );
    assert_eq!(
        wrong("/query?list=a&deep%5Bx%5D=1.5&json=%7B%7D&json=1", &[]).await,
        json!([
            ["query", "list", "expected an integer"],
            ["query", "deep", "expected an integer"],
            ["query", "json", "may be given only once"],
        ])
    );
    assert_eq!(wrong("/cookies", &[]).await, json!([["cookie", "session", "is required"]]));
    assert_eq!(
        wrong("/headers", &[("x-list", "1,b"), ("x-point", "label,a")]).await,
        json!([["header", "X-List", "expected an integer"], ["header", "X-Point", "is required"]])
    );
    assert_eq!(wrong("/label/a/.1/.x=1", &[]).await[0][1], json!("one"));
}
