//! Texts against their schemas, both ways, and the items of streams that are sent.

use axum::body::Body;
use http::Request;
use http_body_util::BodyExt;
use serde_json::json;
use stubwright::codegen::Router;
use stubwright::sse::{Event, Events};
use stubwright::{Context, Error, Items, RouterOptions};
use stubwright_accept::apis::sent::{operations, router, traits, types};
use tower::ServiceExt;

use super::{Answer, send};

struct Speaker;

fn ticks() -> [types::Tick; 4] {
    [1, 2, 3, 1].map(|count| types::Tick { count })
}

impl traits::Operations for Speaker {
    async fn say(&self, _: Context<()>, request: operations::SayRequest) -> Result<operations::SayResponse, Error> {
        Ok(operations::SayResponse::Ok(if request.body == "yes" { "right" } else { "unclear" }.to_owned()))
    }

    async fn count(
        &self,
        _: Context<()>,
        request: operations::CountRequest,
    ) -> Result<operations::CountResponse, Error> {
        let number: i64 = request.body.as_deref().unwrap_or("0").parse()?;
        Ok(operations::CountResponse::Ok((number + 1).to_string()))
    }

    async fn level(&self, _: Context<()>, _: operations::LevelRequest) -> Result<operations::LevelResponse, Error> {
        Ok(operations::LevelResponse::NoContent)
    }

    async fn date(&self, _: Context<()>, _: operations::DateRequest) -> Result<operations::DateResponse, Error> {
        Ok(operations::DateResponse::NoContent)
    }

    async fn lines(&self, _: Context<()>, _: operations::LinesRequest) -> Result<operations::LinesResponse, Error> {
        Ok(operations::LinesResponse::Ok(Items::from_iter(ticks())))
    }

    async fn sequence(
        &self,
        _: Context<()>,
        _: operations::SequenceRequest,
    ) -> Result<operations::SequenceResponse, Error> {
        Ok(operations::SequenceResponse::Ok(Items::from_iter(ticks())))
    }

    async fn events(&self, _: Context<()>, _: operations::EventsRequest) -> Result<operations::EventsResponse, Error> {
        Ok(operations::EventsResponse::Ok(Events::from_iter(ticks().map(Event::new))))
    }

    async fn form(&self, _: Context<()>, request: operations::FormRequest) -> Result<operations::FormResponse, Error> {
        Ok(operations::FormResponse::Ok(request.body))
    }

    async fn multipart(
        &self,
        _: Context<()>,
        request: operations::MultipartRequest,
    ) -> Result<operations::MultipartResponse, Error> {
        Ok(operations::MultipartResponse::Ok(request.body))
    }

    async fn typed(&self, _: Context<()>, _: operations::TypedRequest) -> Result<operations::TypedResponse, Error> {
        let events = ["a", "abcd", "b"].map(|data| types::TypedOkBodyEvent { data: data.to_owned(), event: None });
        Ok(operations::TypedResponse::Ok(Items::from_iter(events)))
    }
}

fn server(check_responses: bool) -> Router {
    router::with_options(Speaker, RouterOptions { check_responses, ..RouterOptions::default() })
}

async fn text(method: &str, path: &str, body: &'static str) -> Answer {
    send(&server(true), method, path, &[("content-type", "text/plain")], body).await
}

#[tokio::test]
async fn a_text_is_what_its_schema_says() {
    for (method, path, body, status, wrong) in [
        ("POST", "/word", "yes", 200, &[][..]),
        ("POST", "/word", "Y", 400, &["must have at least 2 characters", "must match the pattern ^[a-z]+$"][..]),
        ("POST", "/number", "8", 200, &[]),
        ("POST", "/number", "2", 400, &["must be at least 3"]),
        ("POST", "/number", "four", 400, &["expected an integer"]),
        ("PUT", "/level", "high", 204, &[]),
        ("PUT", "/date", "2024-02-29", 204, &[]),
        ("PUT", "/date", "2023-02-29", 400, &["expected a date (RFC 3339)"]),
    ] {
        let answer = text(method, path, body).await;
        assert_eq!(answer.status, status, "{path} with {body}: {}", answer.text);
        if wrong.is_empty() {
            continue;
        }
        let errors: Vec<_> = wrong.iter().map(|detail| json!({"pointer": "#", "detail": detail})).collect();
        assert_eq!(answer.json()["errors"], json!(errors), "{path} with {body}");
    }
    assert_eq!(text("PUT", "/level", "medium").await.status, 422);
}

#[tokio::test]
async fn a_text_that_breaks_the_contract_is_not_sent() {
    for (path, right, wrong, sent) in [("/word", "yes", "no", "unclear"), ("/number", "8", "9", "10")] {
        assert_eq!(text("POST", path, right).await.status, 200, "{path}");
        assert_eq!(text("POST", path, wrong).await.status, 500, "{path}");
        let unchecked = send(&server(false), "POST", path, &[("content-type", "text/plain")], wrong).await;
        assert_eq!((unchecked.status, unchecked.text.as_str()), (200, sent), "{path}");
    }
}

/// What came, and whether the body ended as bodies do.
async fn stream(router: Router, path: &str) -> (String, bool) {
    let request = Request::get(path).body(Body::empty()).expect("it is well-formed");
    let mut body = router.oneshot(request).await.expect("routers answer everything").into_body();
    let mut text = String::new();
    loop {
        match body.frame().await {
            None => return (text, true),
            Some(Err(_)) => return (text, false),
            Some(Ok(frame)) => {
                let data = frame.into_data().unwrap_or_default();
                text.push_str(std::str::from_utf8(&data).expect("it is text"));
            }
        }
    }
}

#[tokio::test]
async fn a_stream_ends_before_the_first_item_that_breaks_the_contract() {
    for (path, right, rest) in [
        ("/lines", "{\"count\":1}\n{\"count\":2}\n", "{\"count\":3}\n{\"count\":1}\n"),
        ("/sequence", "\u{1e}{\"count\":1}\n\u{1e}{\"count\":2}\n", "\u{1e}{\"count\":3}\n\u{1e}{\"count\":1}\n"),
        ("/events", "data: {\"count\":1}\n\ndata: {\"count\":2}\n\n", "data: {\"count\":3}\n\ndata: {\"count\":1}\n\n"),
        ("/typed", "data: a\n\n", "data: abcd\n\ndata: b\n\n"),
    ] {
        assert_eq!(stream(server(true), path).await, (right.to_owned(), false), "{path}");
        assert_eq!(stream(server(false), path).await, (format!("{right}{rest}"), true), "{path}");
    }
}

#[tokio::test]
async fn properties_are_answered_in_the_forms_in_which_they_are_read() {
    const FORM: &str = "application/x-www-form-urlencoded";
    let text = "tags=a%7Cb%20c&size%5Bheight%5D=3&note=x";
    let answer = send(&server(true), "POST", "/form", &[("content-type", FORM)], text).await;
    assert_eq!((answer.header("content-type"), answer.text.as_str()), (FORM, text));

    let part = |name: &str, media_type: &str, content: &str| {
        let disposition = format!("Content-Disposition: form-data; name=\"{name}\"");
        format!("{disposition}\r\nContent-Type: {media_type}\r\n\r\n{content}\r\n")
    };
    let parts = [
        part("tags", "text/plain; charset=utf-8", "a,b"),
        part("size", "application/json", "{\"height\":3}"),
        part("note", "text/markdown", "# x"),
    ];
    let body =
        |boundary: &str| format!("--{boundary}\r\n{}--{boundary}--\r\n", parts.join(&format!("--{boundary}\r\n")));
    let headers = [("content-type", "multipart/form-data; boundary=B")];
    let answer = send(&server(true), "POST", "/multipart", &headers, body("B")).await;
    let boundary = answer.header("content-type").strip_prefix("multipart/form-data; boundary=").expect("a boundary");
    assert_eq!(answer.text, body(boundary));
}
