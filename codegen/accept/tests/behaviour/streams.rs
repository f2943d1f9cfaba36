//! Bodies that are streams: bytes, JSON values, events.

use std::pin::Pin;
use std::task::{self, Poll};

use axum::body::{Body, Bytes};
use futures_core::Stream;
use http::HeaderValue;
use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright::sse::{Event, Events};
use stubwright::{BodyLimits, ByteStream, Context, Error, Items, RouterOptions, UntypedStream};
use stubwright_accept::apis::streams::operations::*;
use stubwright_accept::apis::streams::{operations, router, traits};

use super::{Answer, get, send};

struct Streams;

impl traits::Operations for Streams {
    echoes! {
        echo_events: EchoEventsRequest, EchoEventsResponse;
    }

    async fn put_file(&self, _: Context<()>, request: PutFileRequest) -> Result<PutFileResponse, Error> {
        let bytes = request.body.read_to_end(5).await?;
        Ok(PutFileResponse::Ok(String::from_utf8(bytes.to_vec())?))
    }

    async fn copy_file(&self, context: Context<()>, request: CopyFileRequest) -> Result<CopyFileResponse, Error> {
        let content_type = context.head.headers.get("content-type").cloned();
        let content_type = content_type.unwrap_or(HeaderValue::from_static("image/png"));
        Ok(CopyFileResponse::Ok(UntypedStream::new(content_type, request.body)))
    }

    async fn change_file(&self, _: Context<()>, request: ChangeFileRequest) -> Result<ChangeFileResponse, Error> {
        Ok(ChangeFileResponse::Ok(request.body.unwrap_or_else(|| "none".into())))
    }

    async fn echo_lines(&self, _: Context<()>, request: EchoLinesRequest) -> Result<EchoLinesResponse, Error> {
        Ok(EchoLinesResponse::Ok(Items::from_iter(request.body.collect(3).await?)))
    }

    async fn echo_sequence(
        &self,
        _: Context<()>,
        mut request: EchoSequenceRequest,
    ) -> Result<EchoSequenceResponse, Error> {
        let mut items = Vec::new();
        while let Some(item) = request.body.next().await? {
            items.push(item);
        }
        Ok(EchoSequenceResponse::Ok(Items::from_iter(items)))
    }

    async fn text_events(&self, _: Context<()>, _: TextEventsRequest) -> Result<TextEventsResponse, Error> {
        let first = Event::new("a\nb\r\nid: 9".to_owned()).event("note").id("1");
        let retry = std::time::Duration::from_millis(1500);
        Ok(TextEventsResponse::Ok(Events::from_iter([first, Event::new(String::new()).retry(retry)])))
    }

    async fn echo_typed_events(
        &self,
        _: Context<()>,
        mut request: EchoTypedEventsRequest,
    ) -> Result<EchoTypedEventsResponse, Error> {
        let mut shown = Vec::new();
        while let Some(event) = request.body.next().await? {
            shown.push(event);
        }
        super::shown(shown)
    }

    async fn several(&self, _: Context<()>, request: SeveralRequest) -> Result<SeveralResponse, Error> {
        Ok(SeveralResponse::Ok(match request.body {
            SeveralRequestBody::Json(reading) => SeveralOkBody::Json(reading),
            SeveralRequestBody::JsonLines(readings) => SeveralOkBody::JsonLines(readings),
            SeveralRequestBody::Any(bytes) => SeveralOkBody::Bytes(bytes),
        }))
    }
}

/// A stream that fails.
struct Broken;

impl Stream for Broken {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, _: &mut task::Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(Some(Err(Error::gone("broken"))))
    }
}

fn server() -> Router {
    router::new(Streams)
}

fn limited(limits: BodyLimits) -> Router {
    router::with_options(Streams, RouterOptions { limits, ..RouterOptions::default() })
}

async fn post(path: &str, content_type: &str, body: impl Into<Body>) -> Answer {
    send(&server(), "POST", path, &[("content-type", content_type)], body).await
}

/// A body whose length is not known, in pieces of two bytes.
fn pieces(text: &str) -> Body {
    let pieces: Vec<_> = text.as_bytes().chunks(2).map(Bytes::copy_from_slice).collect();
    let stream = Items::from_iter(pieces);
    let bytes = ByteStream::from_stream(stream);
    Body::from_stream(bytes)
}

/// The violations of a body: place and message.
fn wrong(answer: &Answer) -> Vec<(Value, Value)> {
    assert_eq!(answer.status, 422, "{}", answer.text);
    let detail = answer.json()["detail"].as_array().expect("a list").clone();
    detail.iter().map(|item| (item["loc"].clone(), item["msg"].clone())).collect()
}

#[tokio::test]
async fn bytes_come_and_go_as_they_are() {
    let octets = [("content-type", "application/octet-stream")];
    for body in [Body::from("größe"), pieces("größe")] {
        let answer = send(&server(), "PATCH", "/files", &octets, body).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, "größe"));
        assert_eq!(answer.header("content-type"), "application/octet-stream");
    }
    let answer = post("/files", "image/webp", "picture").await;
    assert_eq!((answer.header("content-type"), answer.text.as_str()), ("image/webp", "picture"));
    assert_eq!(post("/files", "text/plain", "picture").await.status, 415);
    // A file may be empty; a body that is not there is none.
    for (headers, expected) in [(&octets[..], ""), (&[], "none")] {
        let answer = send(&server(), "PATCH", "/files", headers, "").await;
        assert_eq!((answer.status, answer.text.as_str()), (200, expected));
    }
    assert_eq!(send(&server(), "PUT", "/files", &[], "").await.status, 400);
}

#[tokio::test]
async fn limits_hold_for_streams() {
    let octets = [("content-type", "application/octet-stream")];
    let put = async |router: &Router, body: Body| send(router, "PUT", "/files", &octets, body).await;
    assert_eq!(put(&server(), Body::from("12345")).await.text, "12345");
    let too_long = put(&server(), pieces("123456")).await;
    assert_eq!((too_long.status, too_long.json()), (413, json!({"detail": "Content Too Large"})));
    let limits = BodyLimits::new(3).operation(&PUT_FILE, 4);
    let router = limited(limits);
    for (body, status) in
        [(Body::from("1234"), 200), (Body::from("12345"), 413), (pieces("1234"), 200), (pieces("12345"), 413)]
    {
        assert_eq!(put(&router, body).await.status, status);
    }
    assert_eq!(send(&router, "PATCH", "/files", &octets, "1234").await.status, 413);
    // The other side breaks off in the middle.
    let broken = ByteStream::from_stream(Broken);
    assert_eq!(put(&server(), Body::from_stream(broken)).await.status, 400);
}

#[tokio::test]
async fn lines_are_typed_and_checked_one_by_one() {
    let lines = "{\"at\":1,\"note\":\"a\"}\r\n\n{\"at\":2.0}";
    for body in [Body::from(lines), pieces(lines)] {
        let answer = post("/lines", "application/x-ndjson", body).await;
        assert_eq!((answer.status, answer.text.as_str()), (200, "{\"at\":1,\"note\":\"a\"}\n{\"at\":2}\n"));
        assert_eq!(answer.header("content-type"), "application/jsonl");
    }
    let answer = post("/lines", "application/x-ndjson", "{\"at\":1}\n{\"at\":-1,\"note\":2}\n{}").await;
    assert_eq!(
        wrong(&answer),
        [
            (json!(["body", 1, "at"]), json!("must be at least 0")),
            (json!(["body", 1, "note"]), json!("expected a string"))
        ]
    );
    let answer = post("/lines", "application/x-ndjson", "{\"at\":1}\n{\"at\"").await;
    assert_eq!(wrong(&answer)[0].0, json!(["body", 1]));
    assert_eq!(post("/lines", "application/x-ndjson", "").await.text, "");
    assert_eq!(post("/lines", "application/x-ndjson", "{\"at\":1}\n".repeat(4)).await.status, 413);
    // One item is limited as a whole body is, however long the stream may be.
    let limits = BodyLimits::new(10).operation(&ECHO_LINES, 1000);
    let router = limited(limits);
    let headers = [("content-type", "application/x-ndjson")];
    let short = send(&router, "POST", "/lines", &headers, pieces(&"{\"at\":1}\n".repeat(3))).await;
    assert_eq!(short.status, 200, "{}", short.text);
    assert_eq!(send(&router, "POST", "/lines", &headers, pieces("{\"at\":1111111111}\n")).await.status, 413);
}

#[tokio::test]
async fn sequences_of_json_texts() {
    let answer = post("/sequences", "application/json-seq", pieces("\u{1e}1\n\u{1e}\u{1e} 2\n")).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, "\u{1e}1\n\u{1e}2\n"));
    assert_eq!(answer.header("content-type"), "application/geo+json-seq");
    for (body, place, message) in [
        ("\u{1e}1\n\u{1e}10\n", 1, "must be at most 9"),
        ("1\n", 0, "does not begin with U+001E"),
        ("\u{1e}1\n\u{1e}2\n\u{1e}3", 2, "ends without a line feed"),
    ] {
        let answer = post("/sequences", "application/json-seq", body).await;
        assert_eq!(wrong(&answer), [(json!(["body", place]), json!(message))], "{body:?}");
    }
}

#[tokio::test]
async fn events_are_written_and_read() {
    let answer = get(&server(), "/events/text", &[]).await;
    let expected = "event: note\nid: 1\ndata: a\ndata: b\ndata: id: 9\n\nretry: 1500\ndata: \n\n";
    assert_eq!((answer.status, answer.text.as_str()), (200, expected));
    let headers = [answer.header("content-type"), answer.header("cache-control")];
    assert_eq!(headers, ["text/event-stream", "no-cache"]);
    let sent =
        ": hello\r\nevent: x\r\ndata: {\"at\":\r\ndata: 1}\r\nid: 7\r\n\r\nretry: 20\ndata: {\"at\":2}\n\ndata: cut";
    let answer = post("/events/text", "text/event-stream", pieces(sent)).await;
    let expected = "event: x\nid: 7\ndata: {\"at\":1}\n\nretry: 20\ndata: {\"at\":2}\n\n";
    assert_eq!((answer.status, answer.text.as_str()), (200, expected));
}

#[tokio::test]
async fn events_are_typed_by_their_names() {
    let sent = "event: up\ndata: large\nid: 1\nretry: 5\n\nevent: down\ndata: abc\n\n";
    let answer = post("/events/typed", "text/event-stream", sent).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let shown = answer.json()["detail"].as_str().expect("a text").to_owned();
    assert!(
        shown.contains("Up(Up { ") && shown.contains("data: \"large\"") && shown.contains("Down(Down {"),
        "{shown}"
    );
    let answer = post("/events/typed", "text/event-stream", "event: up\ndata: a\n\nevent: down\ndata: abcd\n\n").await;
    assert_eq!(wrong(&answer)[0].0, json!(["body", 1, "data"]));
    assert_eq!(wrong(&post("/events/typed", "text/event-stream", "data: a\n\n").await)[0].0, json!(["body", 0]));
}

#[tokio::test]
async fn streams_are_some_of_several_bodies() {
    for (content_type, body, expected) in [
        ("application/json", "{\"at\":1}", ("application/json", "{\"at\":1}")),
        ("application/x-ndjson", "{\"at\":1}\n{\"at\":2}", ("application/x-ndjson", "{\"at\":1}\n{\"at\":2}\n")),
        ("image/png", "x", ("application/octet-stream", "x")),
    ] {
        let answer = post("/several", content_type, body).await;
        assert_eq!((answer.header("content-type"), answer.text.as_str()), expected);
    }
}
