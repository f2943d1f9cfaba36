//! Media types of answers by `Accept`, and answers against their own schemas.

use http::{HeaderValue, StatusCode};
use serde_json::json;
use stubwright::codegen::Router;
use stubwright::{AcceptPolicy, Context, Error, RouterOptions, UntypedStream};
use stubwright_accept::apis::negotiation::operations::{
    NoteRequest, NoteResponse, NothingRequest, NothingResponse, OneOkHeaders, OneRequest, OneResponse, ReportOkBody,
    ReportRequest, ReportResponse,
};
use stubwright_accept::apis::negotiation::{router, traits, types};

use super::{Answer, get, send};

struct Notes;

fn note(text: &str) -> types::Note {
    types::Note { text: text.to_owned() }
}

impl traits::Operations for Notes {
    async fn note(&self, context: Context<()>, _: NoteRequest) -> Result<NoteResponse, Error> {
        match context.head.uri.query() {
            Some("none") => Err(Error::not_found("No such note")),
            _ => Ok(NoteResponse::Ok(note("a"))),
        }
    }

    async fn report(&self, context: Context<()>, _: ReportRequest) -> Result<ReportResponse, Error> {
        const PICTURES: [&str; 2] = ["image/png", "image/webp"];
        Ok(ReportResponse::Ok(match context.accept.choose(ReportOkBody::MEDIA_TYPES) {
            Some("text/csv") => ReportOkBody::Csv("text\na\n".to_owned()),
            Some("image/*") => {
                let media_type = HeaderValue::from_static(context.accept.choose(&PICTURES).unwrap_or(PICTURES[0]));
                ReportOkBody::Image(UntypedStream::new(media_type, "picture"))
            }
            _ => ReportOkBody::Json(note("a")),
        }))
    }

    async fn one(&self, _: Context<()>, request: OneRequest) -> Result<OneResponse, Error> {
        let text = request.body.text;
        if let Ok(status) = text.parse::<u16>() {
            let status = StatusCode::from_u16(status)?;
            return Ok(OneResponse::ClientError { status, body: "no".to_owned() });
        }
        // More than either schema allows.
        let text = if text == "long" { text.repeat(2) } else { text };
        let headers = OneOkHeaders { x_left: if text == "left" { 10 } else { 9 } };
        Ok(OneResponse::Ok { headers, body: note(&text) })
    }

    async fn nothing(&self, _: Context<()>, _: NothingRequest) -> Result<NothingResponse, Error> {
        Ok(NothingResponse::NoContent)
    }
}

fn server() -> Router {
    router::new(Notes)
}

fn with(accept: AcceptPolicy, check_responses: bool) -> Router {
    router::with_options(Notes, RouterOptions { accept, check_responses, ..RouterOptions::default() })
}

async fn put(server: &Router, accept: &str, content_type: &str, body: String) -> Answer {
    send(server, "PUT", "/one", &[("accept", accept), ("content-type", content_type)], body).await
}

#[tokio::test]
async fn one_value_is_written_in_the_syntax_that_the_client_wants() {
    for (accept, content_type, text) in [
        ("*/*", "application/json", r#"{"text":"a"}"#),
        ("application/xml, */*;q=0.1", "application/xml", "<Note><text>a</text></Note>"),
        ("application/vnd.note+json", "application/vnd.note+json", r#"{"text":"a"}"#),
        ("application/*;q=0.5, application/x-www-form-urlencoded", "application/x-www-form-urlencoded", "text=a"),
        ("application/json;q=0, application/*", "application/vnd.note+json", r#"{"text":"a"}"#),
        ("nonsense", "application/json", r#"{"text":"a"}"#),
    ] {
        let answer = get(&server(), "/note", &[("accept", accept)]).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, content_type), "{accept}");
        assert!(answer.text.ends_with(text), "{accept}: {}", answer.text);
        assert_eq!(answer.header("vary"), "Accept", "{accept}");
    }
    let head = send(&server(), "HEAD", "/note", &[("accept", "application/xml")], "").await;
    assert_eq!((head.status, head.header("content-type"), head.text.as_str()), (200, "application/xml", ""));
}

#[tokio::test]
async fn handlers_choose_between_bodies_of_different_types() {
    for (accept, content_type, text) in [
        ("*/*", "application/json", r#"{"text":"a"}"#),
        ("text/*, */*;q=0.2", "text/csv", "text\na\n"),
        ("image/webp, image/png;q=0.9", "image/webp", "picture"),
        ("image/*", "image/png", "picture"),
    ] {
        let answer = get(&server(), "/report", &[("accept", accept)]).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, content_type), "{accept}");
        assert_eq!((answer.text.as_str(), answer.header("vary")), (text, "Accept"), "{accept}");
    }
}

#[tokio::test]
async fn what_nobody_accepts_is_refused_in_its_turn() {
    let strict = with(AcceptPolicy::Strict, true);
    let refused = get(&strict, "/note", &[("accept", "text/html")]).await;
    assert_eq!((refused.status, refused.header("vary")), (406, "Accept"));
    assert_eq!(refused.json()["status"], 406);
    // The media type of the body comes before, its size and content after.
    let body = || r#"{"text":"a"}"#.to_owned();
    assert_eq!(put(&strict, "text/html", "text/plain", body()).await.status, 415);
    assert_eq!(put(&strict, "text/html", "application/json", "x".repeat(3 << 20)).await.status, 406);
    assert_eq!(put(&strict, "text/html", "application/json", "{}".to_owned()).await.status, 406);
    assert_eq!(put(&strict, "application/json", "application/json", "x".repeat(3 << 20)).await.status, 413);
    // One media type leaves no choice.
    let answer = put(&strict, "application/*", "application/json", body()).await;
    assert_eq!((answer.status, answer.headers.contains_key("vary")), (200, false));
    // A media type of errors is no answer of success.
    assert_eq!(put(&strict, "text/plain", "application/json", body()).await.status, 406);
    assert_eq!(get(&strict, "/note?none", &[("accept", "application/xml")]).await.status, 404);
    let nothing = send(&strict, "POST", "/nothing", &[("accept", "text/html")], "").await;
    assert_eq!((nothing.status, nothing.text.as_str()), (204, ""));
    let lenient = with(AcceptPolicy::Lenient, true);
    let answer = get(&lenient, "/note", &[("accept", "text/html")]).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
}

#[tokio::test]
async fn answers_are_checked_against_their_schemas() {
    let (checked, unchecked) = (with(AcceptPolicy::Strict, true), with(AcceptPolicy::Strict, false));
    let body = |text: &str| json!({ "text": text }).to_string();
    for (text, status, status_unchecked) in [
        ("a", 200, 200),
        ("long", 500, 200),
        ("left", 500, 200),
        ("404", 404, 404),
        // Outside of 4XX: never sent, checked or not.
        ("200", 500, 500),
        ("599", 500, 500),
    ] {
        let answer = put(&checked, "*/*", "application/json", body(text)).await;
        assert_eq!(answer.status, status, "{text}: {}", answer.text);
        assert!(status < 500 || !answer.text.contains(text), "{text}: {}", answer.text);
        assert_eq!(put(&unchecked, "*/*", "application/json", body(text)).await.status, status_unchecked, "{text}");
    }
}
