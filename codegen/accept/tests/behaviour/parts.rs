//! Multipart bodies with files: parts come and go as streams, in their order, and everything else of them is checked.

use axum::body::{Body, Bytes};
use http::HeaderValue;
use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright::{BodyLimits, ByteStream, Context, Error, FilePart, Items, Parts, RouterOptions};
use stubwright_accept::apis::parts::operations::*;
use stubwright_accept::apis::parts::types::Note;
use stubwright_accept::apis::parts::{router, traits};

use super::{Answer, get, send};

struct Server;

impl traits::Operations for Server {
    async fn upload(&self, _: Context<()>, mut request: UploadRequest) -> Result<UploadResponse, Error> {
        let mut shown = Vec::new();
        while let Some(part) = request.body.next().await? {
            shown.push(match part {
                UploadRequestPart::Note(note) => format!("note {} {:?}", note.text, note.level),
                UploadRequestPart::Picture(file) => format!("picture {}", about(file).await?),
                UploadRequestPart::Count(count) => format!("count {count}"),
                UploadRequestPart::Tags(tag) => format!("tag {tag}"),
                UploadRequestPart::More(file) if file.file_name.as_deref() == Some("skip") => "skipped".to_owned(),
                UploadRequestPart::More(file) => format!("more {}", about(file).await?),
            });
        }
        Ok(UploadResponse::Ok(shown.join("; ")))
    }

    async fn collect(&self, context: Context<()>, request: CollectRequest) -> Result<CollectResponse, Error> {
        let mut parts = request.body;
        if context.head.uri.query() == Some("late") {
            parts.next().await?;
        }
        super::shown(parts.collect(100).await?)
    }

    async fn strict(&self, _: Context<()>, mut request: StrictRequest) -> Result<StrictResponse, Error> {
        let mut count = 0;
        while request.body.next().await?.is_some() {
            count += 1;
        }
        Ok(StrictResponse::Ok(count.to_string()))
    }

    async fn heads(&self, _: Context<()>, mut request: HeadsRequest) -> Result<HeadsResponse, Error> {
        let mut shown = Vec::new();
        while let Some(part) = request.body.next().await? {
            shown.push(match part {
                HeadsRequestPart::Picture(file) => {
                    let width = file.headers.get("x-width").map(|width| String::from_utf8_lossy(width.as_bytes()));
                    format!("picture {width:?}")
                }
                HeadsRequestPart::About(note) => format!("about {}", note.text),
                HeadsRequestPart::Title(title) => format!("title {title}"),
            });
        }
        Ok(HeadsResponse::Ok(shown.join("; ")))
    }

    async fn values(&self, _: Context<()>, request: ValuesRequest) -> Result<ValuesResponse, Error> {
        super::shown(request.body)
    }

    async fn either(&self, _: Context<()>, request: EitherRequest) -> Result<EitherResponse, Error> {
        super::shown(request.body)
    }

    async fn download(&self, _: Context<()>, _: DownloadRequest) -> Result<DownloadResponse, Error> {
        let file =
            FilePart::new("a\r\n--b").file_name("\"x\"\r\n.png").content_type(HeaderValue::from_static("image/png"));
        Ok(DownloadResponse::Ok(Parts::from_iter([
            DownloadOkPart::About(Note { text: "n".to_owned(), level: Some(1) }),
            DownloadOkPart::File(file),
            DownloadOkPart::Title("größe".to_owned()),
        ])))
    }

    async fn mixed(&self, _: Context<()>, request: MixedRequest) -> Result<MixedResponse, Error> {
        Ok(MixedResponse::Ok(request.body))
    }
}

/// What a file is, read piece by piece.
async fn about(file: FilePart) -> Result<String, Error> {
    let FilePart { name, file_name, content_type, headers, mut body } = file;
    let mut length = 0;
    while let Some(piece) = body.next().await? {
        length += piece.len();
    }
    let more = headers.get("x-more").map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let content_type = content_type.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    Ok(format!("{name} {file_name:?} {content_type:?} {more:?} {length}"))
}

fn server() -> Router {
    router::new(Server)
}

fn limited(limits: BodyLimits) -> Router {
    router::with_options(Server, RouterOptions { limits, ..RouterOptions::default() })
}

const TYPE: [(&str, &str); 1] = [("content-type", "multipart/form-data; boundary=B")];

fn body(parts: &[(&str, &str)]) -> String {
    let part = |(head, content): &(&str, &str)| {
        format!("--B\r\nContent-Disposition: form-data; name={head}\r\n\r\n{content}\r\n")
    };
    parts.iter().map(part).collect::<String>() + "--B--\r\n"
}

async fn post(path: &str, parts: &[(&str, &str)]) -> Answer {
    let whole = send(&server(), "POST", path, &TYPE, body(parts)).await;
    let text = body(parts);
    let pieces: Vec<_> = text.as_bytes().chunks(3).map(Bytes::copy_from_slice).collect();
    let stream = ByteStream::from_stream(Items::from_iter(pieces));
    let in_pieces = send(&server(), "POST", path, &TYPE, Body::from_stream(stream)).await;
    assert_eq!((whole.status, &whole.text), (in_pieces.status, &in_pieces.text), "{parts:?}");
    whole
}

/// The violations of a body: place and message.
fn wrong(answer: &Answer) -> Vec<(Value, String)> {
    assert_eq!(answer.status, 422, "{}", answer.text);
    let detail = answer.json()["detail"].as_array().expect("a list").clone();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    detail.iter().map(|item| (item["loc"].clone(), text(&item["msg"]))).collect()
}

const NOTE: (&str, &str) = ("note\r\nContent-Type: application/json", "{\"text\":\"n\",\"level\":2}");
const PICTURE: (&str, &str) = ("picture; filename=\"a.png\"\r\nContent-Type: image/png\r\nX-More: m", "12345");

#[tokio::test]
async fn parts_come_in_their_order() {
    let parts = [
        ("tags", "a"),
        PICTURE,
        ("more; filename=skip", "not read"),
        ("unknown", "passed over"),
        ("more", "\r\n--"),
        NOTE,
        ("count", "3"),
        ("tags\r\nContent-Type: application/json", "[\"b\"]"),
    ];
    let answer = post("/upload", &parts).await;
    let expected = "tag a; picture picture Some(\"a.png\") Some(\"image/png\") Some(\"m\") 5; skipped; \
        more more None None None 4; note n Some(2); count 3; tag b";
    assert_eq!((answer.status, answer.text.as_str()), (200, expected));
}

#[tokio::test]
async fn everything_wrong_with_parts_is_told() {
    type Row<'t> = (&'t [(&'t str, &'t str)], Vec<(Value, &'t str)>);
    let table: [Row<'_>; 6] = [
        (&[], vec![(json!(["body", "note"]), "is required"), (json!(["body", "picture"]), "is required")]),
        (&[NOTE, PICTURE, ("count", "0")], vec![(json!(["body", "count"]), "must be at least 1")]),
        (
            &[("count", "x"), ("note", "{\"level\":0}"), ("tags", "a"), ("tags", "b"), ("tags", "c")],
            vec![
                (json!(["body", "count"]), "expected an integer"),
                (json!(["body", "note", "level"]), "must be at least 1"),
                (json!(["body", "note", "text"]), "is required"),
                (json!(["body", "tags"]), "must have at most 2 items"),
                (json!(["body", "picture"]), "is required"),
            ],
        ),
        (&[NOTE, PICTURE, PICTURE], vec![(json!(["body", "picture"]), "expected a string")]),
        (
            &[NOTE, ("picture\r\nContent-Type: text/plain", "x")],
            vec![(json!(["body", "picture"]), "expected a part that is image/png or image/jpeg")],
        ),
        (
            &[("note", "{")],
            vec![(json!(["body", "note"]), "expected an object"), (json!(["body", "picture"]), "is required")],
        ),
    ];
    for (parts, expected) in table {
        let found = wrong(&post("/upload", parts).await);
        for (place, message) in &expected {
            assert!(found.contains(&(place.clone(), (*message).to_owned())), "{place} {message} in {found:?}");
        }
        assert_eq!(found.len(), expected.len(), "{found:?}");
    }
    for (body, message) in [
        ("--B\r\n", "ends before its last boundary"),
        ("--B\r\n\r\n1\r\n--B--", "has a part without a name"),
        ("rubbish", "has no boundary"),
    ] {
        let answer = send(&server(), "POST", "/upload", &TYPE, body).await;
        assert_eq!(wrong(&answer), [(json!(["body"]), message.to_owned())]);
    }
    let boundless = [("content-type", "multipart/form-data")];
    let answer = send(&server(), "POST", "/upload", &boundless, "x").await;
    assert_eq!(wrong(&answer)[0].1, "its media type has no boundary");
    assert_eq!(wrong(&send(&server(), "POST", "/upload", &TYPE, "").await)[0].1, "a body is required");
}

#[tokio::test]
async fn files_are_counted_and_nothing_else_is_let_in() {
    let file = ("files; filename=a", "");
    assert_eq!(post("/strict", &[file, file, ("note", "abc")]).await.text, "3");
    assert_eq!(wrong(&post("/strict", &[file]).await)[0].0, json!(["body", "files"]));
    assert_eq!(wrong(&post("/strict", &[file; 4]).await)[0].1, "must have at most 3 items");
    let found = wrong(&post("/strict", &[file, ("note", "abcd"), file, ("other", "")]).await);
    let expected = [("note", "must have at most 3 characters"), ("other", "is not allowed here")];
    assert_eq!(found, expected.map(|(name, message)| (json!(["body", name]), message.to_owned())));
}

#[tokio::test]
async fn small_forms_are_one_struct() {
    let answer = post("/collect", &[PICTURE, NOTE, ("tags", "a")]).await;
    let shown = answer.json()["detail"].as_str().expect("a text").to_owned();
    assert!(shown.contains("picture: Binary(b\"12345\")") && shown.contains("tags: Some([\"a\"])"), "{shown}");
    assert_eq!(post("/collect?late", &[PICTURE, NOTE]).await.status, 500);
    assert_eq!(wrong(&post("/collect", &[NOTE]).await), [(json!(["body", "picture"]), "is required".to_owned())]);
    assert_eq!(post("/collect", &[("picture", &"x".repeat(101)), NOTE]).await.status, 413);
    let octets = [("content-type", "application/octet-stream")];
    let either = async |headers: &[(&str, &str)], body: &str| {
        send(&server(), "POST", "/either", headers, body.to_owned()).await.text
    };
    assert!(either(&TYPE, &body(&[])).await.contains("Some(Multipart(Parts { .. }))"));
    assert!(either(&octets, "x").await.contains("Some(Bytes(ByteStream { length: Some(1), .. }))"));
    assert!(either(&[], "").await.contains("body: None") || either(&[], "").await.contains("None"));
}

#[tokio::test]
async fn values_are_limited_apart_from_files() {
    let router = limited(BodyLimits::new(50).operation(&UPLOAD, 1000));
    let long = "x".repeat(300);
    for (parts, status) in [
        (&[NOTE, ("picture", long.as_str())][..], 200),
        (&[("note", long.as_str())], 413),
        (&[NOTE, ("picture", &long), ("more", &long), ("more", &long)], 413),
    ] {
        assert_eq!(send(&router, "POST", "/upload", &TYPE, body(parts)).await.status, status);
    }
    // A text of two bytes is a value of many.
    let list = ("tags\r\nContent-Type: application/json", &*format!("[{}0]", "0,".repeat(9999)));
    let router = limited(BodyLimits::new(100_000));
    assert_eq!(send(&router, "POST", "/upload", &TYPE, body(&[NOTE, PICTURE, list])).await.status, 413);
    let short = ("tags\r\nContent-Type: application/json", "[0,0,0]");
    let found = wrong(&send(&router, "POST", "/upload", &TYPE, body(&[NOTE, PICTURE, short])).await);
    assert!(found.iter().any(|(_, message)| message == "must have at most 2 items"), "{found:?}");
}

#[tokio::test]
async fn answers_are_parts() {
    let answer = get(&server(), "/download", &[]).await;
    let boundary =
        answer.header("content-type").strip_prefix("multipart/form-data; boundary=").expect("a boundary").to_owned();
    let expected = [
        "Content-Disposition: form-data; name=\"about\"\r\nContent-Type: application/json\r\n\r\n{\"text\":\"n\",\"level\":1}",
        "Content-Disposition: form-data; name=\"file\"; filename=\"%22x%22%0D%0A.png\"\r\nContent-Type: image/png\r\n\r\n\
         a\r\n--b",
        "Content-Disposition: form-data; name=\"title\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\ngröße",
    ];
    let between = format!("\r\n--{boundary}\r\n");
    assert_eq!(answer.text, format!("--{boundary}\r\n{}\r\n--{boundary}--\r\n", expected.join(&between)));
    let sent = "--B\r\n\r\none\r\n--B\r\nContent-Type: text/plain\r\nContent-ID: <2>\r\n\r\ntwo\r\n--B--";
    let headers = [("content-type", "multipart/mixed; boundary=B")];
    let answer = send(&server(), "POST", "/mixed", &headers, sent).await;
    let boundary = answer.header("content-type").strip_prefix("multipart/related; boundary=").expect("a boundary");
    let expected = format!(
        "--{boundary}\r\nContent-Type: application/octet-stream\r\n\r\none\r\n\
         --{boundary}\r\nContent-Type: text/plain\r\ncontent-id: <2>\r\n\r\ntwo\r\n--{boundary}--\r\n"
    );
    assert_eq!(answer.text, expected);
}

#[tokio::test]
async fn heads_of_parts_are_checked() {
    let picture = ("picture; filename=a\r\nX-Width: 20\r\nX-KIND: cover", "12345");
    let about = ("about\r\nContent-Type: application/json; charset=utf-8", "{\"text\":\"n\"}");
    let title = ("title\r\nContent-Type: text/markdown\r\nX-Language: de-CH", "t");
    let answer = post("/heads", &[picture, about, title]).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, "picture Some(\"20\"); about n; title t"));
    assert_eq!(post("/values", &[about, title]).await.status, 200);
    assert_eq!(post("/values", &[("title", "of no media type")]).await.status, 200);

    let (about, title) =
        (("about\r\nContent-Type: text/xml", "{\"text\":\"n\"}"), ("title\r\nX-Language: de-CH-1996", ""));
    let of_values = vec![
        (json!(["body", "about"]), "expected a part that is application/json"),
        (json!(["body", "title", "X-Language"]), "must have at most 5 characters"),
    ];
    let of_pictures = vec![
        (json!(["body", "picture"]), "expected a string"),
        (json!(["body", "picture", "X-Width"]), "is required"),
        (json!(["body", "picture", "X-Width"]), "must be at least 1"),
        (json!(["body", "picture", "X-Kind"]), "expected one of \"cover\", \"page\""),
    ];
    let pictures = [("picture", "1"), ("picture\r\nX-Width: 0\r\nX-Kind: x", "1")];
    for (path, parts, expected) in [
        ("/heads", vec![pictures[0], pictures[1], about, title], [of_pictures, of_values.clone()].concat()),
        ("/values", vec![about, title], of_values),
    ] {
        let expected: Vec<_> = expected.into_iter().map(|(place, message)| (place, message.to_owned())).collect();
        assert_eq!(wrong(&post(path, &parts).await), expected, "{path}");
    }
}
