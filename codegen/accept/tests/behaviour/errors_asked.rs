//! Errors in shapes that only an implementation can fill.

use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright::{
    BearerToken, Context, Denied, EdgeError, Error, OperationInfo, RequestHead, RouterOptions, SchemeUse, UntypedBody,
    document,
};
use stubwright_accept::apis::errors_unknown::{operations, router, texts, traits, types};
use tower::util::MapResponseLayer;

use super::{Answer, get, send};

#[derive(Clone, Copy)]
struct Counter;

impl traits::Security for Counter {
    type Principal = ();

    async fn authenticate_token(
        &self,
        credential: BearerToken<'_>,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<(), Denied> {
        if credential.expose() == "good" { Ok(()) } else { Err(Denied::unauthorized("Unknown token")) }
    }

    async fn authorize(&self, (): &(), _: &'static [SchemeUse], _: &'static OperationInfo) -> Result<(), Denied> {
        Ok(())
    }
}

impl traits::Errors for Counter {
    fn invalid_request(&self, error: &EdgeError<'_>) -> types::CountBadRequestBody {
        types::CountBadRequestBody { reasons: error.violations.listed().iter().map(ToString::to_string).collect() }
    }

    fn hint(&self, error: &EdgeError<'_>) -> types::Hint {
        types::Hint { login: format!("{} ({})", error.message, error.operation.id) }
    }

    fn incident(&self, error: &EdgeError<'_>) -> types::Incident {
        assert_ne!(error.status, 415, "there is no such incident");
        types::Incident { incident: format!("{} {}", error.status.as_u16(), error.message) }
    }
}

impl traits::Operations<()> for Counter {
    async fn count(
        &self,
        _: Context<()>,
        request: operations::CountRequest,
    ) -> Result<operations::CountResponse, Error> {
        match request.limit {
            0 => Err(Error::conflict("Taken")),
            1 => Err(Error::conflict("longer than the schema of an incident allows")),
            2 => Err(Error::conflict("").with_body(UntypedBody::text("my own"))),
            3 => panic!("a handler fails"),
            _ => Ok(operations::CountResponse::NoContent),
        }
    }

    async fn ping(&self, _: Context<()>, _: operations::PingRequest) -> Result<operations::PingResponse, Error> {
        Ok(operations::PingResponse::NoContent)
    }
}

const JSON: &str = "application/json";

async fn count(router: &Router, limit: &str, token: &str, content_type: &str) -> Answer {
    let token = format!("Bearer {token}");
    let headers = [("authorization", token.as_str()), ("content-type", content_type)];
    send(router, "POST", &format!("/count?limit={limit}"), &headers, r#"{"name":"a"}"#).await
}

fn server(check_responses: bool) -> Router {
    router::with_options(Counter, RouterOptions { check_responses, ..RouterOptions::default() })
}

#[track_caller]
fn is(answer: &Answer, status: u16, content_type: &str, body: &Value) {
    assert_eq!((answer.status, answer.header("content-type"), &answer.json()), (status, content_type, body));
}

#[tokio::test]
async fn violations_are_told_in_the_asked_type() {
    let answer = count(&server(true), "x", "good", JSON).await;
    is(&answer, 400, JSON, &json!({"reasons": ["query/limit: expected a 64-bit integer"]}));
}

#[tokio::test]
async fn each_type_has_a_method_and_each_status_its_headers() {
    let answer = count(&server(true), "9", "bad", JSON).await;
    is(&answer, 401, "application/vnd.hint+json", &json!({"login": "Unknown token (count)"}));
    assert_eq!(answer.header("www-authenticate"), r#"Bearer error="invalid_token""#);
    let answer = get(&server(true), "/ping?times=x", &[]).await;
    is(&answer, 400, JSON, &json!({"incident": "400 Invalid request"}));
    assert_eq!(count(&server(true), "9", "good", JSON).await.status, 204);
}

#[tokio::test]
async fn handlers_that_fail_or_panic_answer_in_it() {
    let router = server(true);
    is(&count(&router, "0", "good", JSON).await, 409, JSON, &json!({"incident": "409 Taken"}));
    let answer = count(&router, "2", "good", JSON).await;
    assert_eq!((answer.status, answer.text.as_str()), (409, "my own"));
    let failed = json!({"incident": "500 Internal Server Error"});
    is(&count(&router, "3", "good", JSON).await, 500, JSON, &failed);
}

#[tokio::test]
async fn a_method_that_panics_or_breaks_the_contract_gives_a_plain_500() {
    let problem = json!({
        "type": "about:blank", "title": "Internal Server Error", "status": 500, "detail": "Internal Server Error",
    });
    let router = server(true);
    is(&count(&router, "9", "good", "text/plain").await, 500, "application/problem+json", &problem);
    is(&count(&router, "1", "good", JSON).await, 500, "application/problem+json", &problem);
    let long = "409 longer than the schema of an incident allows";
    is(&count(&server(false), "1", "good", JSON).await, 409, JSON, &json!({"incident": long}));
    assert_eq!(count(&router, "9", "good", JSON).await.status, 204);
}

#[tokio::test]
async fn layers_see_the_body_that_clients_get() {
    let parts = std::sync::Arc::new(Counter);
    let mark = MapResponseLayer::new(|mut response: axum::response::Response| {
        let seen = response.headers()["content-type"].clone();
        response.headers_mut().insert("seen", seen);
        response
    });
    let routes = router::from_parts(&parts, &parts, &parts, RouterOptions::default());
    let answer = count(&routes.layer(&operations::COUNT, mark).into_router(), "9", "bad", JSON).await;
    assert_eq!(answer.header("seen"), "application/vnd.hint+json");
    is(&answer, 401, "application/vnd.hint+json", &json!({"login": "Unknown token (count)"}));
}

#[tokio::test]
async fn the_document_is_handed_out_with_the_errors_that_it_declares() {
    let router = document::routes("", &texts::DOCUMENT, "http://localhost");
    let document = get(&router, "/openapi.json", &[]).await.json();
    let responses = document["paths"]["/count"]["post"]["responses"].as_object().expect("there are responses");
    assert_eq!(responses.keys().collect::<Vec<_>>(), ["204", "400", "401", "default"]);
}
