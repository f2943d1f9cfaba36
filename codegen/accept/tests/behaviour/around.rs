//! What stands around handlers: layers, spans, panics, clients that hang up, handlers that are left out, and tests of
//! handlers without a server. All of it holds for open, secured, optional, closed and raw operations.

use std::future::pending;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, Request, StatusCode};
use serde_json::json;
use stubwright::codegen::Router;
use stubwright::{
    ApiKey, BearerToken, Context, Denied, Error, OperationInfo, OperationService, RawRequest, RequestHead,
    RouterOptions, SchemeUse,
};
use stubwright_accept::apis::partial::{operations, router, traits};
use tower::util::{MapRequestLayer, MapResponseLayer};
use tower::{Service, ServiceExt};
use tracing_subscriber::fmt::format::FmtSpan;

use super::{Answer, send};

/// Panics and waits where it is told to by a header.
#[derive(Default)]
struct Api {
    /// How many handlers were dropped while they waited.
    dropped: Arc<AtomicUsize>,
}

struct Waiting(Arc<AtomicUsize>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl Api {
    async fn act(&self, head: &RequestHead) -> StatusCode {
        assert!(!head.headers.contains_key("x-panic"), "a defect in a handler");
        if head.headers.contains_key("x-wait") {
            let _waiting = Waiting(Arc::clone(&self.dropped));
            pending::<()>().await;
        }
        StatusCode::NO_CONTENT
    }
}

impl traits::Security for Api {
    type Principal = String;

    async fn authenticate_key(
        &self,
        credential: ApiKey<'_>,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<String, Denied> {
        assert_ne!(credential.expose(), "panic", "a defect in authenticate");
        Ok(credential.expose().to_owned())
    }

    async fn authenticate_token(
        &self,
        credential: BearerToken<'_>,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<String, Denied> {
        if credential.expose() == "expired" { Err(Denied::unauthorized("Expired")) } else { Ok("token".to_owned()) }
    }

    async fn authorize(
        &self,
        principal: &String,
        met: &'static [SchemeUse],
        _: &'static OperationInfo,
    ) -> Result<(), Denied> {
        assert_ne!(principal, "panic later", "a defect in authorize");
        match (principal.as_str(), met) {
            ("token", [SchemeUse { scheme: "token", scopes: ["read"], .. }]) => Ok(()),
            (_, [SchemeUse { scheme: "key", scopes: [], .. }]) if principal != "stranger" => Ok(()),
            _ => Err(Denied::forbidden("Not you")),
        }
    }
}

impl traits::First<String> for Api {
    async fn open(&self, context: Context<()>, _: operations::OpenRequest) -> Result<operations::OpenResponse, Error> {
        self.act(&context.head).await;
        Ok(operations::OpenResponse::NoContent)
    }
}

impl traits::Operations<String> for Api {
    async fn secured(
        &self,
        context: Context<String>,
        request: operations::SecuredRequest,
    ) -> Result<operations::SecuredResponse, Error> {
        self.act(&context.head).await;
        if request.id == "gone" {
            Err(Error::gone("No longer there"))
        } else {
            Ok(operations::SecuredResponse::NoContent)
        }
    }

    async fn optional(
        &self,
        context: Context<Option<String>>,
        _: operations::OptionalRequest,
    ) -> Result<operations::OptionalResponse, Error> {
        self.act(&context.head).await;
        Ok(operations::OptionalResponse::NoContent)
    }

    async fn raw(&self, context: Context<String>, _: RawRequest) -> Result<Response, Error> {
        Ok(self.act(&context.head).await.into_response())
    }
}

const OPERATIONS: [(&str, &str, &str); 5] = [
    ("open", "GET", "/open"),
    ("secured", "GET", "/pets/7"),
    ("optional", "PUT", "/pets/7"),
    ("closed", "DELETE", "/pets/7"),
    ("raw", "POST", "/raw"),
];

const KEY: (&str, &str) = ("x-key", "me");

fn server() -> Router {
    router::new(Api::default())
}

fn assert_failed(answer: &Answer, what: &str) {
    assert_eq!((answer.status, answer.header("content-type")), (500, "application/json"), "{what}");
    assert_eq!(answer.json(), json!({"code": 500, "message": "Internal Server Error"}), "{what}");
}

#[tokio::test]
async fn what_is_left_out_is_not_implemented_but_guarded() {
    let answer = send(&server(), "GET", "/left-out", &[KEY], "").await;
    assert_eq!((answer.status, answer.json()), (501, json!({"code": 501, "message": "leftOut is not implemented"})));
    assert_eq!(send(&server(), "GET", "/left-out", &[], "").await.status, 401);
}

#[tokio::test]
async fn a_401_names_the_realm() {
    for (method, path, challenges) in [
        ("GET", "/pets/7", vec!["Bearer realm=\"the \\\"pets\\\"\"", "ApiKey realm=\"the \\\"pets\\\"\""]),
        ("DELETE", "/pets/7", vec!["undefined realm=\"the \\\"pets\\\"\""]),
        ("POST", "/raw", vec!["ApiKey realm=\"the \\\"pets\\\"\""]),
    ] {
        let answer = send(&server(), method, path, &[], "").await;
        let named: Vec<&str> =
            answer.headers.get_all("www-authenticate").iter().filter_map(|field| field.to_str().ok()).collect();
        assert_eq!((answer.status, named), (401, challenges), "{method} {path}");
    }
    let expired = send(&server(), "GET", "/pets/7", &[("authorization", "bearer expired")], "").await;
    assert_eq!(expired.header("www-authenticate"), "Bearer realm=\"the \\\"pets\\\"\", error=\"invalid_token\"");
}

/// A key and a token have other scopes, and `authorize` is told which of them was sent.
#[tokio::test]
async fn authorize_knows_what_was_met() {
    for (header, status) in
        [(("authorization", "BEARER good"), 204), (KEY, 204), (("x-key", "token"), 204), (("x-key", "stranger"), 403)]
    {
        assert_eq!(send(&server(), "GET", "/pets/7", &[header], "").await.status, status, "{header:?}");
    }
    for (_, method, path) in OPERATIONS.into_iter().filter(|(id, ..)| !["open", "closed"].contains(id)) {
        let answer = send(&server(), method, path, &[("x-key", "stranger")], "").await;
        assert_eq!((answer.status, answer.json()["message"].as_str()), (403, Some("Not you")), "{method} {path}");
    }
    assert_eq!(send(&server(), "DELETE", "/pets/7", &[KEY], "").await.status, 401, "nobody can meet it");
}

#[tokio::test]
async fn a_panic_anywhere_is_a_500_and_the_server_lives() {
    let server = server();
    for (id, method, path) in OPERATIONS {
        let panics =
            [[KEY, ("x-panic", "1")], [("x-key", "panic"), ("x-a", "b")], [("x-key", "panic later"), ("x-a", "b")]];
        for headers in panics.iter().take(if id == "open" { 1 } else { 3 }) {
            let answer = send(&server, method, path, headers, "").await;
            if id == "closed" {
                assert_eq!(answer.status, 401);
            } else {
                assert_failed(&answer, id);
            }
        }
        let expected = if id == "closed" { 401 } else { 204 };
        assert_eq!(send(&server, method, path, &[KEY], "").await.status, expected, "{id}");
    }
}

/// Layers stand before the credentials, know the operation, and may answer themselves.
#[tokio::test]
async fn layers_stand_around_single_operations() {
    let api = Arc::new(Api::default());
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let router = router::from_parts(&api, &api, &api, RouterOptions::default())
        .layer_each(|operation| {
            let log = Arc::clone(&log);
            MapRequestLayer::new(move |request: Request<Body>| {
                let found = *request.extensions().get::<&'static OperationInfo>().expect("layers know the operation");
                assert!(std::ptr::eq(found, operation));
                log.lock().expect("no panic").push(found.id);
                request
            })
        })
        .layer(
            &operations::OPEN,
            MapResponseLayer::new(|mut response: Response| {
                response.headers_mut().insert("x-layer", HeaderValue::from_static("open"));
                response
            }),
        )
        .layer(&operations::SECURED, tower::layer::layer_fn(Forbidding))
        .into_router();
    for (id, method, path) in OPERATIONS {
        let answer = send(&router, method, path, &[KEY], "").await;
        let expected = match id {
            "secured" => 429,
            "closed" => 401,
            _ => 204,
        };
        assert_eq!((answer.status, answer.header("x-layer")), (expected, if id == "open" { id } else { "" }), "{id}");
    }
    assert_eq!(*seen.lock().expect("no panic"), ["open", "optional", "closed", "raw"]);
    assert_failed(&send(&router, "GET", "/open", &[("x-panic", "1")], "").await, "behind layers");
}

/// Answers in place of the operation.
#[derive(Clone)]
struct Forbidding(#[expect(dead_code, reason = "it is never asked")] OperationService);

impl Service<Request<Body>> for Forbidding {
    type Response = Response;
    type Error = std::convert::Infallible;
    type Future = std::future::Ready<Result<Response, Self::Error>>;

    fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Self::Error>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<Body>) -> Self::Future {
        std::future::ready(Ok(StatusCode::TOO_MANY_REQUESTS.into_response()))
    }
}

/// A layer around the whole router sees the operation in the response.
#[tokio::test]
async fn the_response_knows_its_operation() {
    for (id, method, path) in OPERATIONS {
        let request =
            Request::builder().method(method).uri(path).header(KEY.0, KEY.1).body(Body::empty()).expect("a request");
        let options = RouterOptions { operation_in_responses: true, ..RouterOptions::default() };
        let server = router::with_options(Api::default(), options);
        let response = server.oneshot(request).await.expect("routers answer everything");
        let operation = response.extensions().get::<&'static OperationInfo>().expect("it is there");
        assert_eq!(operation.id, id);
    }
    let open = &operations::OPEN;
    assert_eq!((open.method, open.path, open.tags, open.deprecated), ("GET", "/open", &["first", "second"][..], true));
}

#[tokio::test]
async fn a_client_that_hangs_up_ends_its_handler() {
    let api = Api::default();
    let dropped = Arc::clone(&api.dropped);
    let router = router::new(api);
    let mut expected = 0;
    for (id, method, path) in OPERATIONS.into_iter().filter(|(id, ..)| *id != "closed") {
        let headers = [KEY, ("x-wait", "1")];
        let answer = Box::pin(send(&router, method, path, &headers, ""));
        let waited = tokio::time::timeout(std::time::Duration::from_millis(20), answer).await;
        assert!(waited.is_err(), "{id} waits");
        expected += 1;
        assert_eq!(dropped.load(Ordering::SeqCst), expected, "{id}");
        assert_eq!(send(&router, method, path, &[KEY], "").await.status, 204, "{id}");
    }
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("no panic").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_request_is_a_span() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber =
        tracing_subscriber::fmt().with_ansi(false).with_span_events(FmtSpan::CLOSE).with_writer(move || writer.clone());
    let guard = tracing::subscriber::set_default(subscriber.finish());
    for (_, method, path) in OPERATIONS {
        send(&server(), method, path, &[KEY, ("authorization", "Bearer secret")], "").await;
    }
    drop(guard);
    let text = String::from_utf8(lines.0.lock().expect("no panic").clone()).expect("the log is text");
    for (operation, method, route, status) in [
        ("open", "GET", "/open", 204),
        ("secured", "GET", "/pets/{id}", 204),
        ("optional", "PUT", "/pets/{id}", 204),
        ("closed", "DELETE", "/pets/{id}", 401),
        ("raw", "POST", "/raw", 204),
    ] {
        let fields = [
            format!("otel.name={method} {route}"),
            format!("operation=\"{operation}\""),
            format!("http.request.method=\"{method}\""),
            format!("http.route=\"{route}\""),
            format!("http.response.status_code={status}"),
        ];
        let has_all = |line: &&str| fields.iter().all(|field| line.contains(field.as_str())) && line.contains("close");
        assert_eq!(text.lines().filter(has_all).count(), 1, "{operation}: {text}");
    }
    assert!(!text.contains("secret"), "{text}");
}

#[tokio::test]
async fn handlers_are_tested_without_a_server() {
    let context = || Context::for_test(&operations::SECURED, "somebody".to_owned());
    let request = |id: &str| operations::SecuredRequest { id: id.to_owned() };
    let answer = traits::Operations::secured(&Api::default(), context(), request("7")).await;
    assert!(matches!(answer, Ok(operations::SecuredResponse::NoContent)));
    let error = traits::Operations::secured(&Api::default(), context(), request("gone")).await.expect_err("it is gone");
    assert_eq!((error.status().as_u16(), error.message()), (410, "No longer there"));
}
