//! Who reaches which handler, through a router as the generator writes it.

use std::future::Future;
use std::sync::Arc;

use stubwright::codegen::{Guard, Incoming, Query, Router, Routes, request, response};
use stubwright::{Context, Denied, Document, Error, ErrorShape, OperationInfo, SchemeUse};

use crate::support::{document, send};

static DOCUMENT: Document = document(ErrorShape::Detail);

const KEY: SchemeUse = SchemeUse::api_key("key", &[]);

static SECURED: OperationInfo = OperationInfo::new("secured", "GET", "/secured").security(&[&[KEY]]);
static OPTIONAL: OperationInfo = OperationInfo::new("optional", "GET", "/optional").security(&[&[KEY], &[]]);
static OPEN: OperationInfo = OperationInfo::new("open", "GET", "/open");
static CLOSED: OperationInfo = OperationInfo::new("closed", "GET", "/closed");

/// What every operation is asked.
#[derive(Clone, Debug)]
struct AskedRequest {
    number: i64,
}

request! { AskedRequest { number: required Query("number") } }

/// What every operation answers.
#[derive(Clone, Debug)]
enum Answered {
    /// 200
    Ok(String),
}

response! { Answered { Ok(body) = text("200", &["text/plain"]) } }

/// The operations.
trait Api<Principal>: Send + Sync + 'static {
    fn secured(
        &self,
        context: Context<Principal>,
        request: AskedRequest,
    ) -> impl Future<Output = Result<Answered, Error>> + Send;

    fn optional(
        &self,
        context: Context<Option<Principal>>,
        request: AskedRequest,
    ) -> impl Future<Output = Result<Answered, Error>> + Send;

    fn open(&self, context: Context<()>, request: AskedRequest)
    -> impl Future<Output = Result<Answered, Error>> + Send;

    fn closed(
        &self,
        context: Context<Principal>,
        request: AskedRequest,
    ) -> impl Future<Output = Result<Answered, Error>> + Send;
}

struct Server {
    name: String,
}

impl Server {
    /// Borrows the server while it waits.
    async fn answer(&self, caller: String, request: AskedRequest) -> Result<Answered, Error> {
        tokio::task::yield_now().await;
        if request.number == 0 {
            return Err(Error::not_found("Nothing"));
        }
        Ok(Answered::Ok(format!("{} {caller} {}", self.name, request.number)))
    }
}

impl Api<String> for Server {
    async fn secured(&self, context: Context<String>, request: AskedRequest) -> Result<Answered, Error> {
        self.answer(context.principal, request).await
    }

    async fn optional(&self, context: Context<Option<String>>, request: AskedRequest) -> Result<Answered, Error> {
        self.answer(format!("{:?}", context.principal), request).await
    }

    async fn open(&self, context: Context<()>, request: AskedRequest) -> Result<Answered, Error> {
        self.answer(context.operation.id.to_owned(), request).await
    }

    async fn closed(&self, _: Context<String>, _: AskedRequest) -> Result<Answered, Error> {
        Err(Error::not_found("Nobody comes here"))
    }
}

/// Admits all keys but `bad` ones.
struct Keys;

impl Guard for Keys {
    type Principal = String;

    async fn admit(
        &self,
        incoming: &mut Incoming,
        operation: &'static OperationInfo,
    ) -> Result<Option<String>, Denied> {
        tokio::task::yield_now().await;
        match incoming.api_key_header("X-Key") {
            Some(key) if key.expose() == "bad" => Err(Denied::forbidden(operation.id)),
            key => Ok(key.map(|key| key.expose().to_owned())),
        }
    }

    fn unauthenticated(&self, operation: &'static OperationInfo) -> Denied {
        Denied::unauthenticated(operation)
    }
}

/// As the generator writes it: the methods of a type parameter, by their paths.
fn router<A: Api<String>>(api: &Arc<A>) -> Router {
    let mut routes = Routes::new(&DOCUMENT).guarded(Keys);
    routes.secured(&SECURED, api, A::secured);
    routes.optional(&OPTIONAL, api, A::optional);
    routes.open(&OPEN, api, A::open);
    routes.closed(&CLOSED, api, A::closed);
    routes.into_router()
}

#[tokio::test]
async fn callers_reach_what_is_open_to_them() {
    let router = router(&Arc::new(Server { name: "server".to_owned() }));
    for (path, key, status, body) in [
        ("/secured?number=1", Some("me"), 200, "server me 1"),
        ("/secured?number=1", None, 401, ""),
        ("/secured?number=1", Some("bad"), 403, ""),
        // Who may not call learns nothing of the contract.
        ("/secured", None, 401, ""),
        ("/secured", Some("me"), 400, ""),
        ("/secured?number=0", Some("me"), 404, ""),
        ("/optional?number=2", Some("me"), 200, "server Some(\"me\") 2"),
        ("/optional?number=2", None, 200, "server None 2"),
        ("/optional?number=2", Some("bad"), 403, ""),
        ("/optional", None, 400, ""),
        ("/open?number=3", None, 200, "server open 3"),
        ("/open?number=3", Some("bad"), 200, "server open 3"),
        ("/open", None, 400, ""),
        ("/closed?number=4", None, 401, ""),
        ("/closed?number=4", Some("me"), 401, ""),
    ] {
        let headers: Vec<(&str, &str)> = key.map(|key| ("X-Key", key)).into_iter().collect();
        let answer = send(&router, "GET", path, &headers).await;
        assert_eq!(answer.status, status, "{path} with {key:?}");
        assert!(status != 200 || answer.text == body, "{path} with {key:?}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_document_without_security_needs_no_guard() {
    let mut routes = Routes::new(&DOCUMENT);
    routes.open(&OPEN, &Arc::new(Server { name: "server".to_owned() }), Server::open);
    let answer = send(&routes.into_router(), "GET", "/open?number=3", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.text), (200, "server open 3".to_owned()));
}
