//! Answers as generated code makes them.

use std::sync::{Arc, Mutex};

use http::StatusCode;
use serde_json::json;
use stubwright::codegen::{
    BytesBody, FormBody, IntoResponse, JsonBody, MultipartBody, Routes, TextBody, bodies, headers, response,
};
use stubwright::{Binary, ByteStream, Document, ErrorShape, Maybe, OperationInfo, UntypedBody};

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
    /// 204
    NoContent,
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
        ids: required "X-Ids",
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
    Bytes(ByteStream),
    Form(Upload),
    Multipart(Upload),
}

bodies! {
    Several {
        Json = JsonBody::new(&["application/*+json"], &SCHEMAS, 0),
        Text = TextBody(&["text/csv; header=present"]),
        Bytes = BytesBody(&["image/*"]),
        Form = FormBody::new(&["application/x-www-form-urlencoded"], &SCHEMAS, 6),
        Multipart = MultipartBody::new(&["multipart/form-data"], &SCHEMAS, 6),
    }
}

response! {
    ListPetsResponse {
        Ok { headers, body } = json(200, "application/json", &body) with headers,
        Accepted(body) = several(202, body),
        NoContent = empty(204),
        Default { status, body } = untyped(status, body),
    }
}

async fn answered(response: ListPetsResponse) -> Answer {
    // It answers once: a stream cannot be cloned.
    let response = Arc::new(Mutex::new(Some(response)));
    let routes = Routes::new(&DOCUMENT).operation(&ANSWER, response, |response, _| async move {
        let response = response.lock().expect("nobody panics").take().expect("it is asked once");
        Ok(response.into_response())
    });
    send(&routes.into_router(), "GET", "/", &[]).await
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
    let accepted = |body| answered(ListPetsResponse::Accepted(body));
    for (body, content_type, text) in [
        (Several::Json(pet()), "application/json", r#"{"id":1,"name":"Rex","color":"dark red","note":null}"#),
        (Several::Text("a,b".to_owned()), "text/csv; header=present", "a,b"),
        (Several::Bytes("x".into()), "application/octet-stream", "x"),
        (
            Several::Form(upload()),
            "application/x-www-form-urlencoded",
            "name=a+b%2B%C3%BC&size=5&meta=%7B%22x%22%3A1%7D&ids=1&ids=2&file=a%26b",
        ),
    ] {
        let answer = accepted(body).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (202, text));
        assert_eq!(answer.header("content-type"), content_type);
    }
    let answer = accepted(Several::Multipart(Upload { file: Some(vec![0xc3, 0xbc].into()), ..upload() })).await;
    assert_eq!(answer.header("content-type"), "multipart/form-data; boundary=stubwright");
    assert_eq!(answer.text.matches("Content-Disposition: form-data; name=\"ids\"\r\n").count(), 2);
    assert!(answer.text.contains("name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"x\":1}\r\n--stubwright"));
    assert!(answer.text.ends_with("\r\n--stubwright--\r\n"));
}

#[tokio::test]
async fn what_has_no_type_is_sent_as_it_is() {
    assert_eq!(answered(ListPetsResponse::NoContent).await.status, 204);
    let body = Some(UntypedBody::text("gone"));
    let answer = answered(ListPetsResponse::Default { status: StatusCode::GONE, body }).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (410, "gone"));
}
