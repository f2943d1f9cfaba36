//! Bodies of typed requests, of every kind.

use axum::body::Body;
use serde_json::{Value, json};
use stubwright::codegen::{
    BytesBody, FormBody, JsonBody, MultipartBody, OneOf, PropertyForm, Request, Routes, Shape, Style, TextBody, bodies,
    request,
};
use stubwright::{BodyLimits, ByteStream, Document, ErrorShape, OperationInfo, RouterOptions};

use crate::api::{Pet, SCHEMAS, Upload};
use crate::support::{Answer, answer, document, operation, send_body};

static DOCUMENT: Document = document(ErrorShape::FastApi);

/// An operation, its request, and what reads a request and answers with its `Debug`.
macro_rules! operation {
    ($info:ident $path:literal $request:ident { body: $ty:ty } $($source:tt)+) => {
        static $info: OperationInfo = operation("POST", $path, ErrorShape::FastApi);

        #[derive(Debug)]
        struct $request {
            body: $ty,
        }

        request! { $request { body: $($source)+ } }
    };
}

const MEDIA_FORM: &[&str] = &["application/x-www-form-urlencoded"];
const MEDIA_MULTIPART: &[&str] = &["multipart/form-data"];

operation! { JSON "/json" JsonRequest { body: Pet } required JsonBody::new(&["application/json", "application/*+json"], &SCHEMAS, 0) }
operation! { CHECKED "/checked" CheckedRequest { body: Pet } required JsonBody::new(&["application/json"], &SCHEMAS, 0).check(0) }
operation! { OPTIONAL "/optional" OptionalRequest { body: Option<Pet> } optional JsonBody::new(&["application/json"], &SCHEMAS, 0) }
operation! { TEXT "/text" TextRequest { body: String } required TextBody::new(&["text/*"]) }
operation! { BYTES "/bytes" BytesRequest { body: ByteStream } required BytesBody(&["image/png", "*/*"]) }
operation! { FORM "/form" FormRequest { body: Upload } required FormBody::new(MEDIA_FORM, &SCHEMAS, 6)
.encoding(&[("ids", PropertyForm::Styled { style: Style::Form, explode: false, shape: Shape::List }), ("meta", PropertyForm::Styled { style: Style::DeepObject, explode: true, shape: Shape::Object })])
.checked() }
operation! { MULTIPART "/multipart" MultipartRequest { body: Upload } required MultipartBody::new(MEDIA_MULTIPART, &SCHEMAS, 6)
.encoding(&[("meta", PropertyForm::Json), ("file", PropertyForm::Bytes)])
.checked() }
operation! { SEVERAL "/several" SeveralRequest { body: Several } required OneOf::<Several>::new() }
operation! { UNCLEAR "/unclear" UnclearRequest { body: Unclear } required OneOf::<Unclear>::new() }

/// What `several` may be sent.
#[derive(Debug)]
enum Several {
    Any(ByteStream),
    Text(String),
    Json(Pet),
    Form(Upload),
}

bodies! {
    Several {
        Any = BytesBody(&["*/*"]),
        Text = TextBody::new(&["text/plain; charset=utf-8", "text/*"]),
        Json = JsonBody::new(&["application/json"], &SCHEMAS, 0),
        Form = FormBody::new(MEDIA_FORM, &SCHEMAS, 6),
    }
}

/// What `unclear` may be sent.
#[derive(Clone, Debug)]
enum Unclear {
    Text(String),
    Form(Upload),
}

bodies! { Unclear { Text = TextBody::new(&["text/plain"]), Form = FormBody::new(MEDIA_FORM, &SCHEMAS, 6) } }

async fn post(path: &str, content_type: &str, body: impl Into<Body>) -> Answer {
    macro_rules! routes {
        ($($info:ident $request:ident),+) => {
            Routes::new(&DOCUMENT).options(RouterOptions { limits: BodyLimits::new(2000), ..RouterOptions::default() })
                $(.operation(&$info, (), |(), mut incoming| async move {
                    let request = $request::read(&mut incoming).await?;
                    Ok(answer("text/plain", format!("{:?}", request.body)))
                }))+
                .into_router()
        };
    }
    let router = routes! {
        JSON JsonRequest, CHECKED CheckedRequest, OPTIONAL OptionalRequest, TEXT TextRequest, BYTES BytesRequest,
        FORM FormRequest, MULTIPART MultipartRequest, SEVERAL SeveralRequest, UNCLEAR UnclearRequest
    };
    let headers = [("content-type", content_type)];
    let headers = if content_type == "-" { &[][..] } else { &headers };
    send_body(&router, "POST", path, headers, body).await
}

async fn reads(path: &str, content_type: &str, body: &str, expected: &str) {
    let answer = post(path, content_type, body.to_owned()).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, expected), "{path} {content_type} {body}");
}

/// The place, the type and the message of each violation.
async fn violations(path: &str, content_type: &str, body: &str) -> Value {
    let answer = post(path, content_type, body.to_owned()).await;
    assert_eq!(answer.status, 422, "{path} {content_type} {body}: {}", answer.text);
    let detail = answer.json()["detail"].as_array().expect("a list").clone();
    detail.iter().map(|item| json!([item["loc"], item["type"], item["msg"]])).collect()
}

const PET: &str = r#"{"id":1e2,"name":"Rex","more":[null],"note":null}"#;
const PET_SHOWN: &str = r#"Pet { id: 100, name: "Rex", tags: None, color: Red, note: Null }"#;

#[tokio::test]
async fn json_is_read() {
    reads("/json", "application/json", PET, PET_SHOWN).await;
    reads("/json", "application/vnd.pets+json; charset=utf-8", PET, PET_SHOWN).await;
    reads("/json", "-", PET, PET_SHOWN).await;
    reads("/optional", "application/json", PET, &format!("Some({PET_SHOWN})")).await;
    reads("/optional", "application/json", "", "None").await;
    reads("/optional", "text/plain", "", "None").await;
    // Within the type, and not within the schema: only where that is asked for.
    let shown = PET_SHOWN.replace("100", "1").replace("Rex", "R").replace("Null", "Absent");
    reads("/json", "application/json", r#"{"id":1,"name":"R"}"#, &shown).await;
    let short = json!([[["body", "name"], "length", "must have at least 2 characters"]]);
    assert_eq!(violations("/checked", "application/json", r#"{"id":1,"name":"R"}"#).await, short);
    reads("/checked", "application/json", PET, PET_SHOWN).await;
}

#[tokio::test]
async fn wrong_json_is_explained_by_its_schema() {
    let body = r#"{"id":1.5,"tags":[1,"x",4294967296],"color":"blue","note":1,"note":2}"#;
    let expected = json!([
        [["body", "note"], "duplicate_key", "is given more than once"],
        [["body", "id"], "type_error", "expected an integer"],
        [["body", "name"], "missing", "is required"],
        [["body", "color"], "enum", "expected one of \"red\", \"dark red\""],
    ]);
    let found = violations("/json", "application/json", body).await;
    for violation in expected.as_array().expect("a list") {
        assert!(found.as_array().expect("a list").contains(violation), "{violation} in {found}");
    }
    assert_eq!(found[0], expected[0]);
    let syntax = violations("/json", "application/json", "{\n \"id\":}").await;
    assert_eq!(syntax, json!([[["body"], "json_invalid", "malformed or too deeply nested JSON, line 2 column 7"]]));
    assert_eq!(violations("/json", "application/json", "").await[0][1], "missing");
    assert_eq!(violations("/json", "application/json", "null").await[0][1], "type_error");
    // A string is no number where the type of the body tells them apart.
    assert_eq!(
        violations("/json", "application/json", r#"{"id":"1","name":"Rex"}"#).await[0][0],
        json!(["body", "id"])
    );
}

#[tokio::test]
async fn text_and_bytes_are_taken_as_they_are() {
    reads("/text", "text/plain", "a\nb ü", "\"a\\nb ü\"").await;
    reads("/text", "TEXT/csv; charset=\"UTF-8\"", "a,b", "\"a,b\"").await;
    reads("/text", "text/plain", "", "\"\"").await;
    reads("/bytes", "image/png", "x", "ByteStream { length: Some(1), .. }").await;
    reads("/bytes", "text/plain; charset=latin1", "x", "ByteStream { length: Some(1), .. }").await;
    reads("/bytes", "-", "x", "ByteStream { length: Some(1), .. }").await;
    let answer = post("/text", "text/plain", Body::from(&b"\xff"[..])).await;
    assert_eq!(
        (answer.status.as_u16(), answer.json()["detail"][0]["msg"].as_str()),
        (422, Some("is not text in UTF-8"))
    );
    assert_eq!(violations("/bytes", "-", "").await[0][2], "a body is required");
}

#[tokio::test]
async fn forms_are_read() {
    let upload = |rest: &str| format!("Upload {{ name: \"a b\", {rest} }}");
    let absent = "size: None, meta: None, ids: None, file: None";
    reads("/form", MEDIA_FORM[0], "name=a+b", &upload(absent)).await;
    reads(
        "/form",
        MEDIA_FORM[0],
        "name=a%20b&other=1&size=5",
        &upload("size: Some(5), meta: None, ids: None, file: None"),
    )
    .await;
    reads(
        "/form",
        MEDIA_FORM[0],
        "name=a+b&ids=1,2&meta[x]=3&meta%5By%5D=4&file=%21",
        &upload("size: None, meta: Some({\"x\": 3, \"y\": 4}), ids: Some([1, 2]), file: Some(Binary(b\"!\"))"),
    )
    .await;
    let expected = json!([
        [["body", "meta", "x"], "type_error", "expected an integer"],
        [["body", "name"], "missing", "is required"],
        [["body", "size"], "type_error", "expected an integer"],
    ]);
    let found = violations("/form", MEDIA_FORM[0], "size=x&meta[x]=y&ids=1").await;
    let mut found = found.as_array().expect("a list").clone();
    found.sort_by_key(Value::to_string);
    assert_eq!(json!(found), expected);
    assert_eq!(violations("/form", MEDIA_FORM[0], "name=a").await[0][1], "length");
    assert_eq!(violations("/form", MEDIA_FORM[0], "name=aa&ids=1,2,3").await[0][1], "item-count");
    assert_eq!(violations("/form", MEDIA_FORM[0], "name=%FF").await[0][1], "json_invalid");
    assert_eq!(violations("/form", MEDIA_FORM[0], "").await[0][1], "missing");
    assert_eq!(violations("/form", MEDIA_FORM[0], "name=ab&name=cd").await[0][0], json!(["body", "name"]));
}

/// A body with these parts: header fields behind `Content-Disposition: form-data; name=`, and content.
fn multipart(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (head, content) in parts {
        body.extend_from_slice(b"--B\r\nContent-Disposition: form-data; name=");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(b"\r\n\r\n");
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--B--\r\n");
    body
}

#[tokio::test]
async fn parts_are_typed() {
    const TYPE: &str = "multipart/form-data; boundary=B";
    let file = "file; filename=\"x.json\"\r\nContent-Type: application/json";
    let parts: &[(&str, &[u8])] = &[
        ("\"name\"", b"a b"),
        ("size", b"5"),
        ("meta", b"{\"x\": 3}"),
        ("ids\r\nContent-Type: application/json", b"[1,2]"),
        (file, b"{\"a\" : 1}"),
    ];
    let answer = post("/multipart", TYPE, multipart(parts)).await;
    let expected = "Upload { name: \"a b\", size: Some(5), meta: Some({\"x\": 3}), ids: Some([1, 2]), \
        file: Some(Binary(b\"{\\\"a\\\" : 1}\")) }";
    assert_eq!(answer.text, expected);
    let parts: &[(&str, &[u8])] =
        &[("name", "ü\n".as_bytes()), ("ids", b"1"), ("ids", b"2"), ("file", b"\xff\x00\r\n")];
    let answer = post("/multipart", TYPE, multipart(parts)).await;
    let expected = "ids: Some([1, 2]), file: Some(Binary(b\"\\xff\\0\\r\\n\"))";
    assert!(answer.text.contains(expected), "{}", answer.text);
    for (parts, place, kind) in [
        (&[("name", &b"a b"[..]), ("size", b"x")][..], json!(["body", "size"]), "type_error"),
        (&[("size", b"1")], json!(["body", "name"]), "missing"),
        (&[("name", b"\xff")], json!(["body", "name"]), "type_error"),
        (&[("name", b"ab"), ("name", b"cd")], json!(["body", "name"]), "type_error"),
        (&[("name", b"ab"), ("meta", b"{")], json!(["body", "meta"]), "type_error"),
        (&[("name", b"a")], json!(["body", "name"]), "length"),
    ] {
        let answer = post("/multipart", TYPE, multipart(parts)).await;
        assert_eq!(answer.status, 422, "{parts:?}: {}", answer.text);
        let first = &answer.json()["detail"][0];
        assert_eq!((&first["loc"], first["type"].as_str()), (&place, Some(kind)), "{parts:?}");
    }
    let answer = post("/multipart", "multipart/form-data", multipart(&[("name", b"ab")])).await;
    assert_eq!(answer.json()["detail"][0]["msg"], "its media type has no boundary");
    let answer = post("/multipart", TYPE, "--B\r\n").await;
    assert_eq!(answer.json()["detail"][0]["msg"], "ends before its last boundary");
    assert_eq!(post("/multipart", TYPE, "x".repeat(3000)).await.status, 413);
}

#[tokio::test]
async fn the_media_type_picks_the_kind() {
    let upload = "Upload { name: \"ab\", size: None, meta: None, ids: None, file: None }";
    for (content_type, body, expected) in [
        ("application/json", PET, format!("Json({PET_SHOWN})")),
        ("-", PET, format!("Json({PET_SHOWN})")),
        ("application/json; charset=latin1", PET, format!("Any(ByteStream {{ length: Some({}), .. }})", PET.len())),
        ("text/plain", "x", "Text(\"x\")".to_owned()),
        ("text/plain; charset=latin1", "x", "Any(ByteStream { length: Some(1), .. })".to_owned()),
        ("text/markdown", "x", "Text(\"x\")".to_owned()),
        ("image/png", "x", "Any(ByteStream { length: Some(1), .. })".to_owned()),
        (MEDIA_FORM[0], "name=ab", format!("Form({upload})")),
    ] {
        reads("/several", content_type, body, &expected).await;
    }
    reads("/unclear", MEDIA_FORM[0], "name=ab", &format!("Form({upload})")).await;
    for (path, content_type, accept) in [
        ("/unclear", "-", "text/plain, application/x-www-form-urlencoded"),
        ("/unclear", "application/json", "text/plain, application/x-www-form-urlencoded"),
        ("/json", "text/plain", "application/json, application/*+json"),
        ("/json", "application/json; charset=latin1", "application/json, application/*+json"),
        ("/json", "json", "application/json, application/*+json"),
        ("/several", "", "*/*, text/plain; charset=utf-8, text/*, application/json, application/x-www-form-urlencoded"),
    ] {
        let answer = post(path, content_type, PET).await;
        assert_eq!((answer.status.as_u16(), answer.header("accept").as_str()), (415, accept), "{path} {content_type}");
    }
}
