//! Bodies of every media type, in both directions.

use http::StatusCode;
use serde_json::json;
use stubwright::codegen::Router;
use stubwright::{Context, EdgeError, Error};
use stubwright_accept::apis::media::operations::{
    AnswersOkBody, AnswersOkHeaders, AnswersRequest, AnswersResponse, ImagesOkBody, ImagesRequest, ImagesResponse,
    UploadRequest,
};
use stubwright_accept::apis::media::types::{AnswersKind, ImagesKind, Note};
use stubwright_accept::apis::media::{operations, router, traits};

use super::{Answer, get, send};

struct Echo;

impl traits::Errors for Echo {
    fn invalid_request(&self, error: &EdgeError<'_>) -> Note {
        Note { text: error.message.to_owned(), level: Some(error.status.as_u16().into()) }
    }
}

impl traits::Operations for Echo {
    shows! {
        several: SeveralRequest, SeveralResponse;
        form: FormRequest, FormResponse;
    }
    echoes! {
        text: TextRequest, TextResponse;
        bytes: BytesRequest, BytesResponse;
    }

    async fn images(&self, _: Context<()>, request: ImagesRequest) -> Result<ImagesResponse, Error> {
        Ok(ImagesResponse::Ok(match request.kind {
            ImagesKind::Png => ImagesOkBody::Png("p".into()),
            ImagesKind::Jpeg => ImagesOkBody::Jpeg("j".into()),
        }))
    }

    async fn upload(&self, _: Context<()>, request: UploadRequest) -> Result<operations::UploadResponse, Error> {
        super::shown(request.body.collect(1000).await?)
    }

    async fn answers(&self, _: Context<()>, request: AnswersRequest) -> Result<AnswersResponse, Error> {
        let note = || Note { text: "a".to_owned(), level: None };
        let tags = Some(vec!["b".to_owned(), "c".to_owned()]);
        let headers = AnswersOkHeaders { x_count: 3, x_tags: tags, x_next: None };
        Ok(match request.kind {
            AnswersKind::Json => AnswersResponse::Ok { headers, body: AnswersOkBody::Json(note()) },
            AnswersKind::Text => AnswersResponse::Ok { headers, body: AnswersOkBody::Text("a".to_owned()) },
            AnswersKind::Bytes => AnswersResponse::Ok { headers, body: AnswersOkBody::Bytes("a".into()) },
            AnswersKind::Teapot => AnswersResponse::ClientError { status: StatusCode::IM_A_TEAPOT, body: note() },
            AnswersKind::Gone => AnswersResponse::Default { status: StatusCode::GONE, body: "gone".to_owned() },
            AnswersKind::None => AnswersResponse::NoContent,
        })
    }
}

fn server() -> Router {
    router::new(Echo)
}

async fn post(path: &str, content_type: &str, body: &str) -> Answer {
    send(&server(), "POST", path, &[("content-type", content_type)], body.to_owned()).await
}

/// What the handler was asked.
async fn asked(path: &str, content_type: &str, body: &str) -> String {
    let answer = post(path, content_type, body).await;
    assert_eq!(answer.status, 200, "{path} {body}: {}", answer.text);
    answer.json()["detail"].as_str().expect("a message").to_owned()
}

/// What was wrong with the body.
async fn wrong(path: &str, content_type: &str, body: &str) -> Vec<String> {
    let answer = post(path, content_type, body).await;
    assert_eq!(answer.status, 400, "{path} {body}: {}", answer.text);
    let errors = answer.json()["errors"].as_array().expect("a list").clone();
    errors.iter().map(|error| format!("{} {}", error["pointer"], error["detail"]).replace('"', "")).collect()
}

const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data; boundary=\"--b\"";

#[tokio::test]
async fn the_media_type_chooses_the_body() {
    let note =
        |name: &str, level: &str| format!("SeveralRequest {{ body: {name}(Note {{ text: \"a\", level: {level} }}) }}");
    assert_eq!(asked("/several", "application/json", r#"{"text":"a","level":1}"#).await, note("Json", "Some(1)"));
    assert_eq!(asked("/several", FORM, "text=a&level=2").await, note("Form", "Some(2)"));
    assert_eq!(asked("/several", "text/plain; charset=utf-8", "a").await, r#"SeveralRequest { body: Text("a") }"#);
    assert_eq!(
        asked("/several", "application/octet-stream", "a").await,
        "SeveralRequest { body: Bytes(ByteStream { length: Some(1), .. }) }"
    );
    assert_eq!(wrong("/several", FORM, "level=x").await, ["#/level expected an integer", "#/text is required"]);
    assert_eq!(wrong("/several", "application/json", "{").await.len(), 1);
    assert_eq!(post("/several", "image/png", "a").await.status, 415);
    // Without a media type it is JSON, where that is one of them.
    assert_eq!(send(&server(), "POST", "/several", &[], r#"{"text":"a"}"#).await.status, 200);
    assert_eq!(send(&server(), "POST", "/several", &[], "a").await.status, 400);
}

#[tokio::test]
async fn forms() {
    assert_eq!(
        asked("/form", FORM, "name=a+b&size=2&tags=x&tags=y%26z&ids=1,2&note=%7B%22text%22%3A%22n%22%7D&deep%5Btext%5D=d&deep%5Blevel%5D=3").await,
        "FormRequest { body: FormRequestBody { name: \"a b\", labels: [], size: Some(2), tags: Some([\"x\", \"y&z\"]), \
         ids: Some([1, 2]), note: Some(Note { text: \"n\", level: None }), \
         deep: Some(Note { text: \"d\", level: Some(3) }) } }"
    );
    // A list without items is written as nothing.
    let shown = asked("/form", FORM, "name=").await;
    assert!(shown.contains("name: \"\", labels: [], size: None, tags: None"), "{shown}");
    assert_eq!(
        wrong("/form", FORM, "size=0&ids=1,x&deep%5Blevel%5D=y").await,
        [
            "#/ids/1 expected an integer",
            "#/deep/level expected an integer",
            "#/deep/text is required",
            "#/size must be at least 1",
            "#/name is required",
        ]
    );
}

fn part(headers: &str, value: &str) -> String {
    format!("----b\r\nContent-Disposition: form-data; {headers}\r\n\r\n{value}\r\n")
}

#[tokio::test]
async fn multipart() {
    let json = "name=\"note\"\r\nContent-Type: application/json";
    let file = "name=\"file\"; filename=\"a.bin\"\r\nContent-Type: application/octet-stream";
    let body = [
        part(file, "\u{1}\r\nx"),
        part(json, r#"{"text":"n","level":1}"#),
        part("name=\"title\"", "größe"),
        part("name=\"tags\"", "a"),
        part("name=\"tags\"", "b"),
        part("name=\"more\"; filename=\"b\"", "1"),
    ];
    let shown = asked("/upload", MULTIPART, &format!("{}----b--\r\n", body.concat())).await;
    assert!(
        shown
            .contains("note: Note { text: \"n\", level: Some(1) }, title: Some(\"größe\"), tags: Some([\"a\", \"b\"])"),
        "{shown}"
    );
    let missing = part("name=\"title\"", "a");
    assert_eq!(
        wrong("/upload", MULTIPART, &format!("{missing}----b--\r\n")).await,
        ["#/file is required", "#/note is required"]
    );
    let body = [part(file, "a"), part(json, r#"{"text":1}"#)].concat();
    assert_eq!(wrong("/upload", MULTIPART, &format!("{body}----b--\r\n")).await, ["#/note/text expected a string"]);
    assert_eq!(post("/upload", "multipart/form-data", "a").await.status, 400);
    assert_eq!(post("/upload", MULTIPART, "----b\r\nrubbish").await.status, 400);
    assert_eq!(post("/upload", "multipart/mixed; boundary=b", "a").await.status, 415);
}

#[tokio::test]
async fn text_and_bytes() {
    let answer = post("/text", "text/plain", "größe\n").await;
    assert_eq!((answer.status, answer.text.as_str()), (200, "größe\n"));
    assert!(answer.header("content-type").starts_with("text/plain"), "{:?}", answer.headers);
    let answer = post("/bytes", "application/octet-stream", "\u{0}\u{1}").await;
    assert_eq!((answer.status, answer.text.as_str()), (200, "\u{0}\u{1}"));
    assert_eq!(answer.header("content-type"), "application/octet-stream");
    let latin = send(&server(), "POST", "/text", &[("content-type", "text/plain")], vec![0xff_u8]).await;
    assert_eq!(latin.status, 400, "{}", latin.text);
}

#[tokio::test]
async fn answers() {
    for (kind, content_type, body) in [
        ("json", "application/json", r#"{"text":"a"}"#),
        ("text", "text/plain", "a"),
        ("bytes", "application/octet-stream", "a"),
    ] {
        let answer = get(&server(), &format!("/answers/{kind}"), &[]).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, body), "{kind}");
        assert!(answer.header("content-type").starts_with(content_type), "{kind}: {:?}", answer.headers);
        assert_eq!((answer.header("x-count"), answer.header("x-tags")), ("3", "b,c"));
        assert!(!answer.headers.contains_key("x-next"));
    }
    let teapot = get(&server(), "/answers/teapot", &[]).await;
    assert_eq!((teapot.status, teapot.json()), (418, json!({"text": "a"})));
    let gone = get(&server(), "/answers/gone", &[]).await;
    assert_eq!((gone.status, gone.text.as_str()), (410, "gone"));
    let none = get(&server(), "/answers/none", &[]).await;
    assert_eq!((none.status, none.text.as_str(), none.header("content-type")), (204, "", ""));
}

#[tokio::test]
async fn the_variant_of_bytes_says_the_media_type() {
    for (path, media_type, text) in [("/images/png", "image/png", "p"), ("/images/jpeg", "image/jpeg", "j")] {
        let answer = get(&server(), path, &[]).await;
        assert_eq!((answer.status, answer.header("content-type"), &*answer.text), (200, media_type, text));
    }
}
