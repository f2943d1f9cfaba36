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
        spread_cookies: SpreadCookiesRequest, SpreadCookiesResponse;
        more_headers: MoreHeadersRequest, MoreHeadersResponse;
        objects: ObjectsRequest, ObjectsResponse;
        lists: ListsRequest, ListsResponse;
        deep: DeepRequest, DeepResponse;
        free: FreeRequest, FreeResponse;
        empty: EmptyRequest, EmptyResponse;
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
async fn spread_cookies() {
    assert_eq!(
        asked("/cookies/spread", &[("cookie", "list=1; list=2; x=1; label=a%20b; packed=x,1,label,a%20b")]).await,
        format!("SpreadCookiesRequest {{ list: Some([1, 2]), point: Some({POINT}), packed: Some({POINT}) }}")
    );
    assert!(asked("/cookies/spread", &[("cookie", "list=1&list=2")]).await.contains("list: Some([1, 2])"));
}

#[tokio::test]
async fn contents_of_other_media_types() {
    let headers =
        [("x-json", r#"{"x":1,"label":"a b"}"#), ("x-text", "5"), ("x-form", "x=1&label=a+b"), ("other", "x")];
    assert_eq!(
        asked("/headers/;one=1;one=2/more?form=x%3D1%26label%3Da%2520b", &headers).await,
        format!(
            "MoreHeadersRequest {{ one: [1, 2], x_json: Some({POINT}), x_text: Some(5), x_form: Some({POINT}), \
             form: Some({POINT}) }}"
        )
    );
    assert_eq!(
        wrong("/headers/;one=1/more?form=label%3Da", &[("x-form", "x=a"), ("x-text", "a"), ("x-json", "{}")]).await,
        json!([
            ["header", "X-Json", "is required"],
            ["header", "X-Text", "expected a 64-bit integer"],
            ["header", "X-Form", "expected an integer"],
            ["query", "form", "is required"],
        ])
    );
}

#[tokio::test]
async fn objects_in_paths() {
    assert_eq!(
        asked("/label/.x,1,label,a%20b/objects/;matrix=x,1,label,a%20b", &[]).await,
        format!("ObjectsRequest {{ packed: {POINT}, matrix: {POINT} }}")
    );
}

#[tokio::test]
async fn lists_of_other_types() {
    let shown = asked(
        "/lists?colors=red,dark%20red&ids=67e55044-10b1-426f-9247-bb680e5fe0c8&days=2020-01-02%7C2021-02-03&maybe=1,null,",
        &[],
    )
    .await;
    assert_eq!(
        shown,
        "ListsRequest { colors: Some([Red, DarkRed]), ids: Some([67e55044-10b1-426f-9247-bb680e5fe0c8]), \
         days: Some([2020-01-02, 2021-02-03]), maybe: Some([Some(1), None, None]), nothing: None }"
    );
    assert_eq!(
        wrong("/lists?colors=red,blue&ids=1&days=2020-13-01&maybe=x", &[]).await,
        json!([
            ["query", "colors", "expected one of \"red\", \"dark red\""],
            ["query", "ids", "expected a UUID (RFC 9562)"],
            ["query", "days", "expected a date (RFC 3339)"],
            ["query", "maybe", "expected an integer or null"],
        ])
    );
}

#[tokio::test]
async fn values_within_deep_objects() {
    assert_eq!(
        asked("/deep?filter[range][from]=1&filter%5Brange%5D%5Bto%5D=2&filter[tags][]=a&filter[tags][]=b", &[]).await,
        "DeepRequest { filter: Some(Filter { range: Some(FilterRange { from: Some(1), to: Some(2) }), \
         tags: Some([\"a\", \"b\"]) }) }"
    );
    assert!(asked("/deep?filter[tags][0]=a", &[]).await.contains("tags: Some([\"a\"])"));
    assert_eq!(wrong("/deep?filter[range][from]=a", &[]).await, json!([["query", "filter", "expected an integer"]]));
}

#[tokio::test]
async fn free_names_are_an_objects() {
    assert_eq!(
        asked("/free?limit=3&a=1&b=x+y", &[]).await,
        "FreeRequest { limit: Some(3), rest: Some({\"a\": \"1\", \"b\": \"x y\"}) }"
    );
}

#[tokio::test]
async fn what_may_be_empty_is_not_used_when_it_is() {
    for path in ["/empty?flag&size&list", "/empty?flag=&size=&list=", "/empty"] {
        assert_eq!(asked(path, &[]).await, "EmptyRequest { flag: None, size: 7, list: None, text: None }", "{path}");
    }
    assert_eq!(
        asked("/empty?flag=true&size=3&list=1&list=2&text=", &[]).await,
        "EmptyRequest { flag: Some(true), size: 3, list: Some([1, 2]), text: Some(\"\") }"
    );
    assert_eq!(wrong("/empty?flag=&flag=", &[]).await, json!([["query", "flag", "may be given only once"]]));
    assert_eq!(wrong("/empty?size=1", &[]).await[0][1], json!("size"));
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
