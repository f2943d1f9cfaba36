//! Answers as generated code makes them.

use std::sync::{Arc, Mutex};

use http::{HeaderValue, StatusCode};
use serde_json::json;
use stubwright::codegen::{Routes, contents, headers, request, response};
use stubwright::{
    Accept, AcceptPolicy, Binary, Context, Document, Error, ErrorShape, Maybe, OperationInfo, RouterOptions,
    UntypedBody, UntypedStream,
};

use crate::api::{Color, Pet, SCHEMAS, Upload};
use crate::support::{Answer, document, operation, send};

static DOCUMENT: Document = document(ErrorShape::Detail);
static ANSWER: OperationInfo = operation("GET", "/", ErrorShape::Detail);

/// What `list_pets` answers.
#[derive(Debug)]
enum ListPetsResponse {
    /// 200
    Ok { headers: ListPetsOkHeaders, body: Vec<Pet> },
    /// 202
    Accepted(Several),
    /// 203
    NonAuthoritativeInformation(Upload),
    /// 204
    NoContent,
    /// 4XX
    ClientError { status: StatusCode, body: Pet },
    /// Any other status
    Default { status: StatusCode, body: Option<UntypedBody> },
}

/// The header fields of `Ok`.
#[derive(Clone, Debug, Default)]
struct ListPetsOkHeaders {
    next: Option<String>,
    ids: Vec<i64>,
    color: Option<Color>,
    by_name: std::collections::BTreeMap<String, i64>,
    raw: Option<Vec<bool>>,
    cookies: Option<Vec<String>>,
}

headers! {
    ListPetsOkHeaders {
        next: optional "X-Next",
        ids: required "X-Ids" 3,
        color: optional "X-Color",
        by_name: required "X-By-Name" exploded,
        raw: optional "X-Raw" json,
        cookies: optional "Set-Cookie",
    }
}

/// The bodies of 202.
#[derive(Debug)]
enum Several {
    Json(Pet),
    Text(String),
    Image(UntypedStream),
    Form(Upload),
    Multipart(Upload),
}

contents! {
    Several {
        Json = json(&["application/json", "application/vnd.pet+json"], 0),
        Text = text(&["text/csv; header=present"]),
        Image = of_range(&["image/*"]),
        Form = form(&["application/x-www-form-urlencoded"], 6),
        Multipart = multipart(&["multipart/form-data"], 6),
    }
}

response! {
    ListPetsResponse {
        Ok { headers, body } = json("200", &["application/json"], 10),
        Accepted(body) = several("202", Several::MEDIA_TYPES),
        NonAuthoritativeInformation(body) = typed("203", &["application/json", "application/x-www-form-urlencoded"], 6),
        NoContent = empty("204"),
        ClientError { status, body } = json("4XX", &["application/json"], 0),
        Default { status, body } = untyped("default"),
    }
}

/// No parameters, no body.
struct AskedRequest {}
request! { AskedRequest {} }

/// It answers once: a stream cannot be cloned.
type Once = Mutex<Option<ListPetsResponse>>;

async fn answer(response: &Once, _: Context<()>, _: AskedRequest) -> Result<ListPetsResponse, Error> {
    Ok(response.lock().expect("nobody panics").take().expect("it is asked once"))
}

/// The answer to a request with this `Accept`.
async fn accepted(response: ListPetsResponse, accept: &str, options: RouterOptions) -> Answer {
    let mut routes = Routes::new(&DOCUMENT).options(options).schemas(&SCHEMAS);
    routes.open(&ANSWER, &Arc::new(Mutex::new(Some(response))), answer);
    send(&routes.into_router(), "GET", "/", &[("accept", accept)]).await
}

async fn answered(response: ListPetsResponse) -> Answer {
    accepted(response, "*/*", RouterOptions { check_responses: true, ..RouterOptions::default() }).await
}

fn pet() -> Pet {
    Pet { id: 1, name: "Rex".to_owned(), tags: None, color: Color::DarkRed, note: Maybe::Null }
}

fn upload() -> Upload {
    let file = Some(Binary::from("a&b"));
    Upload {
        name: "a b+ü".to_owned(),
        size: Some(5),
        meta: Some([("x".to_owned(), 1)].into()),
        ids: Some(vec![1, 2]),
        file,
    }
}

#[tokio::test]
async fn header_fields_are_written_in_their_style() {
    let headers = ListPetsOkHeaders {
        next: Some("a, b".to_owned()),
        ids: vec![1, 2],
        color: Some(Color::DarkRed),
        by_name: [("a".to_owned(), 1), ("b".to_owned(), 2)].into(),
        raw: Some(vec![true]),
        cookies: Some(vec!["a=b; Path=/".to_owned(), "c=d".to_owned()]),
    };
    let answer = answered(ListPetsResponse::Ok { headers, body: vec![pet()] }).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type").as_str()), (200, "application/json"));
    assert_eq!(answer.json(), json!([{ "id": 1, "name": "Rex", "color": "dark red", "note": null }]));
    for (name, value) in
        [("x-next", "a, b"), ("x-ids", "1,2"), ("x-color", "dark red"), ("x-by-name", "a=1,b=2"), ("x-raw", "[true]")]
    {
        assert_eq!(answer.header(name), value, "{name}");
    }
    assert_eq!(answer.headers.get_all("set-cookie").iter().count(), 2);
    let answer = answered(ListPetsResponse::Ok { headers: ListPetsOkHeaders::default(), body: Vec::new() }).await;
    assert!(!answer.headers.contains_key("x-next") && answer.headers.contains_key("x-ids"));
}

#[tokio::test]
async fn line_breaks_never_reach_the_client() {
    let headers = ListPetsOkHeaders { next: Some("a\r\nX-Evil: 1".to_owned()), ..ListPetsOkHeaders::default() };
    let answer = answered(ListPetsResponse::Ok { headers, body: vec![pet()] }).await;
    assert_eq!((answer.status.as_u16(), answer.json()), (500, json!({ "detail": "Internal Server Error" })));
    assert!(!answer.headers.contains_key("x-evil"));
}

#[tokio::test]
async fn bodies_have_the_declared_media_type() {
    let sent = |body| answered(ListPetsResponse::Accepted(body));
    for (body, content_type, text) in [
        (Several::Json(pet()), "application/json", r#"{"id":1,"name":"Rex","color":"dark red","note":null}"#),
        (Several::Text("a,b".to_owned()), "text/csv; header=present", "a,b"),
        (
            Several::Image(UntypedStream { content_type: HeaderValue::from_static("image/png"), bytes: "x".into() }),
            "image/png",
            "x",
        ),
        (
            Several::Form(upload()),
            "application/x-www-form-urlencoded",
            "name=a+b%2B%C3%BC&size=5&meta=%7B%22x%22%3A1%7D&ids=1&ids=2&file=a%26b",
        ),
    ] {
        let answer = sent(body).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (202, text));
        assert_eq!(answer.header("content-type"), content_type);
    }
    let answer = sent(Several::Multipart(Upload { file: Some(vec![0xc3, 0xbc].into()), ..upload() })).await;
    let content_type = answer.header("content-type");
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=").expect("a boundary");
    assert_eq!(answer.text.matches("Content-Disposition: form-data; name=\"ids\"\r\n").count(), 2);
    assert!(answer.text.contains("name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"x\":1}\r\n--stubwright-"));
    assert!(answer.text.ends_with(&format!("\r\n--{boundary}--\r\n")));
}

#[tokio::test]
async fn what_has_no_type_is_sent_as_it_is() {
    assert_eq!(answered(ListPetsResponse::NoContent).await.status, 204);
    let body = Some(UntypedBody::text("gone"));
    let answer = answered(ListPetsResponse::Default { status: StatusCode::GONE, body }).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (410, "gone"));
}

fn strict() -> RouterOptions {
    RouterOptions { accept: AcceptPolicy::Strict, check_responses: false, ..RouterOptions::default() }
}

#[tokio::test]
async fn the_client_chooses_the_media_type_of_one_value() {
    let value =
        || ListPetsResponse::NonAuthoritativeInformation(Upload { size: None, meta: None, ids: None, ..upload() });
    let (json, form) = ("application/json", "application/x-www-form-urlencoded");
    for (accept, content_type) in [
        ("*/*", json),
        ("application/*;q=0.1", json),
        (form, form),
        ("application/*, application/json;q=0.9", form),
        // Another answer of the operation suits the client, this one does not.
        ("image/png", json),
    ] {
        let answer = accepted(value(), accept, strict()).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type").as_str()), (203, content_type), "{accept}");
        assert_eq!(answer.header("vary"), "Accept");
    }
    let pet = || ListPetsResponse::Accepted(Several::Json(pet()));
    let answer = accepted(pet(), "application/vnd.pet+json", strict()).await;
    assert_eq!(answer.header("content-type"), "application/vnd.pet+json");
}

#[tokio::test]
async fn only_answers_of_success_must_be_acceptable() {
    // 204 suits everybody: nothing is ever refused.
    assert_eq!(accepted(ListPetsResponse::NoContent, "audio/ogg", strict()).await.status, 204);
    assert_eq!(Several::MEDIA_TYPES.len(), 6);
    let accept = Accept::default();
    assert_eq!(accept.choose(Several::MEDIA_TYPES), Some("application/json"));
}

#[tokio::test]
async fn a_status_outside_of_its_range_is_a_500() {
    for (status, expected) in [(400, 400), (499, 499), (500, 500), (200, 500)] {
        let status = StatusCode::from_u16(status).expect("a status");
        let answer = answered(ListPetsResponse::ClientError { status, body: pet() }).await;
        assert_eq!(answer.status.as_u16(), expected);
        assert_eq!(answer.json().get("detail").is_some(), expected == 500, "{}", answer.text);
    }
}

#[tokio::test]
async fn answers_that_break_the_contract_are_never_sent() {
    let headers = |ids: &[i64]| ListPetsOkHeaders { ids: ids.to_vec(), ..ListPetsOkHeaders::default() };
    let ok = |ids, body| ListPetsResponse::Ok { headers: headers(ids), body };
    let short = || Pet { name: "R".to_owned(), ..pet() };
    let png = |content_type| UntypedStream { content_type: HeaderValue::from_static(content_type), bytes: "x".into() };
    for (response, is_allowed) in [
        (ok(&[1, 2], vec![pet()]), true),
        (ok(&[1, 2, 3], vec![pet()]), false),
        (ok(&[1], vec![short()]), false),
        (ListPetsResponse::Accepted(Several::Json(short())), false),
        (ListPetsResponse::Accepted(Several::Image(png("text/plain"))), false),
        (ListPetsResponse::Accepted(Several::Form(Upload { ids: Some(vec![1, 2, 3]), ..upload() })), false),
        (ListPetsResponse::Accepted(Several::Multipart(Upload { ids: Some(vec![1, 2, 3]), ..upload() })), false),
        (ListPetsResponse::NonAuthoritativeInformation(Upload { ids: Some(vec![1, 2, 3]), ..upload() }), false),
        (ListPetsResponse::ClientError { status: StatusCode::GONE, body: short() }, false),
        // Nothing is known of it.
        (ListPetsResponse::Default { status: StatusCode::GONE, body: Some(UntypedBody::text("R")) }, true),
    ] {
        let shown = format!("{response:?}");
        let answer = answered(response).await;
        assert_eq!(answer.status != 500, is_allowed, "{shown}");
        if !is_allowed {
            assert_eq!(answer.json(), json!({ "detail": "Internal Server Error" }), "{shown}");
        }
    }
    let unchecked = ListPetsResponse::ClientError { status: StatusCode::GONE, body: short() };
    assert_eq!(accepted(unchecked, "*/*", strict()).await.status, 410);
}
