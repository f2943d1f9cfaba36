//! Parameters of typed requests.

use serde_json::{Value, json};
use stubwright::codegen::{Cookie, Header, Path, Place, Query, Request, Routes, Shape, Style, Styled, request};
use stubwright::{Document, ErrorShape, OperationInfo};

use crate::api::{Color, Filter, Level, NumberOrName, SCHEMAS};
use crate::support::{Answer, answer, document, operation, send};

static DOCUMENT: Document = document(ErrorShape::FastApi);
static LIST_PETS: OperationInfo = operation("GET", "/owners/{owner}/pets", ErrorShape::FastApi);

/// What `list_pets` is asked.
#[derive(Clone, Debug)]
#[expect(dead_code, reason = "it is shown")]
struct ListPetsRequest {
    owner: i64,
    limit: i64,
    name: Option<String>,
    color: Option<Color>,
    session: Option<uuid::Uuid>,
    tags: Option<Vec<i32>>,
    levels: Vec<Level>,
    filter: Option<Filter>,
    range: Option<Filter>,
    which: Option<NumberOrName>,
    which_of: Option<Vec<NumberOrName>>,
    since: Option<chrono::NaiveDate>,
    json: Option<Filter>,
}

request! {
    ListPetsRequest {
        owner: required Path("owner"),
        limit: default(20) Query("limit").check(&SCHEMAS, 4),
        name: optional Query("name").check(&SCHEMAS, 2),
        color: optional Header("X-Color"),
        session: optional Cookie("session"),
        tags: optional Styled::query("tags", Style::Form, true, Shape::List).check(&SCHEMAS, 3),
        levels: default(Vec::new()) Styled::query("levels", Style::PipeDelimited, false, Shape::List),
        filter: optional Styled::query("filter", Style::DeepObject, true, Shape::Object),
        range: optional Styled::query("range", Style::Form, true, Shape::Object).properties(&["from", "exact"]),
        which: optional Styled::query("which", Style::Form, true, Shape::Scalar),
        which_of: optional Styled::query("which_of", Style::Form, true, Shape::Any),
        since: optional Query("since"),
        json: optional Styled::json(Place::Query, "json"),
    }
}

async fn list(query: &str, headers: &[(&str, &str)]) -> Answer {
    let routes = Routes::new(&DOCUMENT).operation(&LIST_PETS, (), |(), mut incoming| async move {
        let request = ListPetsRequest::read(&mut incoming).await?;
        Ok(answer("text/plain", format!("{request:?}")))
    });
    send(&routes.into_router(), "GET", &format!("/owners/7/pets?{query}"), headers).await
}

async fn reads(query: &str, headers: &[(&str, &str)], expected: &str) {
    let answer = list(query, headers).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text);
    assert!(answer.text.contains(expected), "{query}: {} lacks {expected}", answer.text);
}

/// The place, the type and the message of each violation.
async fn violations(query: &str) -> Value {
    let answer = list(query, &[]).await;
    assert_eq!(answer.status, 422, "{query}: {}", answer.text);
    let detail = answer.json()["detail"].as_array().expect("a list").clone();
    detail.iter().map(|item| json!([item["loc"], item["type"], item["msg"]])).collect()
}

#[tokio::test]
async fn the_type_decides_what_a_text_is() {
    let absent = "owner: 7, limit: 20, name: None, color: None, session: None, tags: None, levels: [], filter: None";
    reads("", &[], absent).await;
    reads("unknown=1&limit=5&name=55", &[], "limit: 5, name: Some(\"55\")").await;
    reads("", &[("x-color", "dark red")], "color: Some(DarkRed)").await;
    let session = "0190163d-8694-739b-aea5-966c26f8ad91";
    reads("", &[("cookie", &format!("a=b; session={session}"))], &format!("session: Some({session})")).await;
    reads("tags=1&tags=-2", &[], "tags: Some([1, -2])").await;
    reads("tags=1", &[], "tags: Some([1])").await;
    reads("levels=1|2", &[], "levels: [One, Two]").await;
    reads("levels=", &[], "levels: []").await;
    let filter = "filter: Some(Filter { from: Some(3), levels: Some([Two, One]), exact: Some(true) })";
    reads("filter[from]=3&filter[levels][]=2&filter[levels][]=1&filter[exact]=true", &[], filter).await;
    reads("filter[levels]=2", &[], "filter: Some(Filter { from: None, levels: Some([Two]), exact: None })").await;
    reads("from=3&limit=4&other=5", &[], "range: Some(Filter { from: Some(3), levels: None, exact: None })").await;
    reads("which=5", &[], "which: Some(Number(5))").await;
    reads("which=true", &[], "which: Some(Flag(true))").await;
    reads("which=5.5", &[], "which: Some(Name(\"5.5\"))").await;
    reads("which=%205", &[], "which: Some(Name(\" 5\"))").await;
    reads("which=null", &[], "which: Some(Name(\"null\"))").await;
    reads("which_of=1&which_of=x", &[], "which_of: Some([Number(1), Name(\"x\")])").await;
    reads("which_of=x", &[], "which_of: Some([Name(\"x\")])").await;
    reads("since=2026-02-28", &[], "since: Some(2026-02-28)").await;
    reads("json={%22from%22:1}", &[], "json: Some(Filter { from: Some(1)").await;
}

#[tokio::test]
async fn every_violation_is_told_with_its_place() {
    let query = "limit=x&name=a&tags=1&tags=y&tags=2&levels=1|3&filter[size]=1&which=1&which=2&since=2026-02-30&json={";
    let expected = json!([
        [["query", "limit"], "type_error", "expected a 64-bit integer"],
        [["query", "name"], "length", "must have at least 2 characters"],
        [["query", "tags"], "item-count", "must have at most 2 items"],
        [["query", "tags", 1], "type_error", "expected an integer"],
        [["query", "levels"], "type_error", "does not fit its schema"],
        [["query", "filter"], "type_error", "does not fit its schema"],
        [["query", "which"], "repeated", "may be given only once"],
        [["query", "since"], "type_error", "expected a date (RFC 3339)"],
        [["query", "json"], "json_invalid", "malformed or too deeply nested JSON, column 1"],
    ]);
    assert_eq!(violations(query).await, expected);
    assert_eq!(
        violations("json={%22from%22:%221%22}").await,
        json!([[["query", "json"], "type_error", "does not fit its schema"]]),
    );
    assert_eq!(violations("tags=1&tags=2&tags=3").await[0][1], "item-count");
    assert_eq!(
        violations("limit=3000000000").await,
        json!([[["query", "limit"], "out_of_range", "does not fit a 32-bit integer"]])
    );
}
