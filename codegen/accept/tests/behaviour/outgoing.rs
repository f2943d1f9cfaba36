//! What a server sends: webhooks, and callbacks to the URL that a request gave.

use axum::body::Body;
use http::{HeaderMap, HeaderValue, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright::{CallbackSource, Context, Error, OutgoingError, from_json};
use stubwright_accept::apis::outgoing::{callbacks, operations, router, traits, types, webhooks};

use super::{get, send_json};

/// Answers an order with what it would send for it.
struct Sender;

fn order(id: i64) -> types::Order {
    types::Order { id, note: Some("a b".to_owned()) }
}

/// Method, URL and body of a request; for a refusal its text.
async fn shown(request: Result<Request<Body>, OutgoingError>) -> Value {
    match request {
        Ok(request) => {
            let (parts, body) = request.into_parts();
            let body = body.collect().await.expect("a body").to_bytes();
            json!([parts.method.as_str(), parts.uri.to_string(), String::from_utf8_lossy(&body)])
        }
        Err(error) => json!(error.to_string()),
    }
}

impl traits::Operations for Sender {
    async fn order(
        &self,
        context: Context<()>,
        request: operations::OrderRequest,
    ) -> Result<operations::OrderResponse, Error> {
        let mut headers = HeaderMap::new();
        headers.insert("location", HeaderValue::from_static("https://answer.test/1"));
        let asked = CallbackSource::of(&context).request_body(&request.body);
        let answered = asked.clone().response(StatusCode::ACCEPTED, &headers).response_body(&order(7));
        let progress = callbacks::ProgressRequest {
            item: "a/b".to_owned(),
            seen: Some(vec!["1,2".to_owned(), "3".to_owned()]),
            body: order(7),
        };
        let all = json!([
            shown(progress.into_callback(&asked)).await,
            shown(callbacks::EverywhereRequest {}.into_callback(&asked)).await,
            shown(callbacks::ByHeaderRequest {}.into_callback(&asked)).await,
            shown(callbacks::ByAnswerRequest {}.into_callback(&asked)).await,
            shown(callbacks::ByAnswerRequest {}.into_callback(&answered)).await,
            shown(callbacks::ByUrlRequest {}.into_callback(&answered)).await,
            shown(callbacks::ByUrlRequest {}.into_callback(&answered.url("https://own.test/x"))).await,
            shown(callbacks::ByNothingRequest {}.into_request("https://own.test/")).await,
        ]);
        Err(Error::new(StatusCode::OK, all.to_string()))
    }
}

fn server() -> Router {
    router::new(Sender)
}

#[tokio::test]
async fn callbacks_go_where_the_request_says() {
    let path = "/orders/o%201?notify=https%3A%2F%2Fquery.test%2F";
    let headers = [("content-type", "application/json"), ("host", "server.test"), ("x-notify", "http://header.test/")];
    let body = r#"{"callback":"https://client.test/hook","id":3}"#;
    let answer = super::send(&server(), "POST", path, &headers, body).await;
    let sent: Value = serde_json::from_str(answer.json()["detail"].as_str().expect("a message")).expect("JSON");
    let own = "http%3A%2F%2Fserver.test%2Forders%2Fo%25201%3Fnotify%3Dhttps%253A%252F%252Fquery.test%252F";
    assert_eq!(
        sent,
        json!([
            ["POST", "https://client.test/hook/items/a%2Fb?order=o%201&seen=1%2C2,3", r#"{"id":7,"note":"a b"}"#],
            ["GET", "https://query.test/", ""],
            ["GET", "http://header.test/", ""],
            "the URL needs a value that is not there",
            ["GET", "https://answer.test/1/202/POST", ""],
            ["GET", format!("https://logs.example.test/?at={own}&order=7"), ""],
            ["GET", "https://logs.example.test/?at=https%3A%2F%2Fown.test%2Fx&order=7", ""],
            ["PUT", "https://own.test/", ""],
        ])
    );
}

#[tokio::test]
async fn the_url_of_a_client_is_no_template() {
    let body = r#"{"callback":"https://client.test/{item}"}"#;
    let answer = send_json(&server(), "POST", "/orders/1", body).await;
    let sent: Value = serde_json::from_str(answer.json()["detail"].as_str().expect("a message")).expect("JSON");
    assert_eq!(sent[0][1], "https://client.test/{item}/items/a%2Fb?order=1&seen=1%2C2,3");
    // Nothing takes the place of a URL that is not there.
    let answer = send_json(&server(), "POST", "/orders/1", r#"{"callback":""}"#).await;
    let sent: Value = serde_json::from_str(answer.json()["detail"].as_str().expect("a message")).expect("JSON");
    assert_eq!(sent[0], "the URL is not one of HTTP");
}

#[tokio::test]
async fn a_client_chooses_no_other_scheme() {
    let body = r#"{"callback":"ftp://client.test"}"#;
    let answer = send_json(&server(), "POST", "/orders/1", body).await;
    assert!(answer.text.contains("the URL is not one of HTTP"), "{}", answer.text);
    let answer = send_json(&server(), "POST", "/orders/1", r#"{"callback":"http://a.test/\r\nX: y"}"#).await;
    assert!(answer.text.contains("the URL is malformed"), "{}", answer.text);
    assert_eq!(get(&server(), "/orders/1", &[]).await.status, 405);
}

fn shipped() -> webhooks::OrderShippedRequest {
    webhooks::OrderShippedRequest {
        x_event: types::WebhookOrderShippedXEvent::Shipped,
        x_ids: Some(vec![1, 2]),
        page: Some(3),
        filter: Some(from_json(br#"{"color":"dark red"}"#).expect("a filter")),
        session: Some("a b".to_owned()),
        body: webhooks::WebhookOrderShippedRequestBody::Json(order(1)),
    }
}

#[tokio::test]
async fn webhooks_hold_what_is_declared() {
    let request = shipped().into_request("https://client.test/hook?own=1").expect("a request");
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://client.test/hook?own=1&page=3&filter%5Bcolor%5D=dark%20red");
    let headers: Vec<(&str, &str)> =
        request.headers().iter().map(|(name, value)| (name.as_str(), value.to_str().expect("text"))).collect();
    for expected in
        [("x-event", "shipped"), ("x-ids", "1,2"), ("cookie", "session=a%20b"), ("content-type", "application/json")]
    {
        assert!(headers.contains(&expected), "{expected:?}: {headers:?}");
    }
    assert_eq!(request.into_body().collect().await.expect("a body").to_bytes(), r#"{"id":1,"note":"a b"}"#);
    assert_eq!(webhooks::ORDER_SHIPPED.tags, ["Orders"]);
    let form = from_json(br#"{"id":5}"#).expect("a form");
    let form =
        webhooks::OrderShippedRequest { body: webhooks::WebhookOrderShippedRequestBody::Form(form), ..shipped() };
    let request = form.into_request("http://client.test").expect("a request");
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
    let ping = webhooks::PingRequest { body: Some("text".to_owned()) }.into_request("http://client.test/");
    assert_eq!(ping.expect("a request").headers()["content-type"], "text/plain");
    let filed = webhooks::FiledRequest { body: types::Filed { note: "a".to_owned() } };
    let request = filed.into_request("http://client.test/").expect("a request");
    let text = request.into_body().collect().await.expect("a body").to_bytes();
    assert!(text.ends_with(b"<Filed><note>a</note></Filed>"), "{text:?}");
}

#[test]
fn what_no_receiver_would_take_is_not_sent() {
    let refused = |request: webhooks::OrderShippedRequest, url: &str| {
        request.into_request(url).expect_err("it is not sent").to_string()
    };
    let filed = webhooks::FiledRequest { body: types::Filed { note: "long".to_owned() } };
    let error = filed.into_request("http://client.test/").expect_err("it is not sent").to_string();
    assert!(error.starts_with("body/note: "), "{error}");
    let parts = webhooks::FiledPartsRequest { body: types::Filed { note: "long".to_owned() } };
    let error = parts.into_request("http://client.test/").expect_err("it is not sent").to_string();
    assert!(error.starts_with("body/note: "), "{error}");
    let wrong = webhooks::OrderShippedRequest { x_ids: Some(vec![10]), session: Some("a".to_owned()), ..shipped() };
    let error = refused(wrong, "http://client.test/");
    assert!(error.starts_with("header/X-Ids/0: "), "{error}");
    for url in ["client.test", "/hook", "ftp://client.test/", "http://a b/"] {
        assert!(refused(shipped(), url).starts_with("the URL "), "{url}");
    }
    let progress = callbacks::ProgressRequest { item: String::new(), seen: None, body: order(0) };
    let error = progress.into_request("http://client.test/{item}").expect_err("it is not sent").to_string();
    assert!(error.contains("path/item: must not be empty in a path") && error.contains("body/id: "), "{error}");
}
