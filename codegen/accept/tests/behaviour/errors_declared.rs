//! Errors in shapes that are the document's own: each member is filled with what it is named for.

use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright::{Context, Error};
use stubwright_accept::apis::errors_declared::{operations, router, traits};

use super::get;

struct Nothing;

macro_rules! handlers {
    ($($name:ident($request:ident) -> $response:ident;)+) => {
        impl traits::Operations for Nothing {
            $(
                async fn $name(
                    &self,
                    _: Context<()>,
                    request: operations::$request,
                ) -> Result<operations::$response, Error> {
                    match request.limit {
                        0 => Err(Error::not_found("Nothing there")),
                        1 => Err(Error::conflict("Taken")),
                        _ => panic!("a defect"),
                    }
                }
            )+
        }
    };
}

handlers! {
    message(MessageRequest) -> MessageResponse;
    error(ErrorRequest) -> ErrorResponse;
    error_object(ErrorObjectRequest) -> ErrorObjectResponse;
    code_word(CodeWordRequest) -> CodeWordResponse;
    code_number(CodeNumberRequest) -> CodeNumberResponse;
    list(ListRequest) -> ListResponse;
    sentences(SentencesRequest) -> SentencesResponse;
    both(BothRequest) -> BothResponse;
    github(GithubRequest) -> GithubResponse;
    stripe(StripeRequest) -> StripeResponse;
    success(SuccessRequest) -> SuccessResponse;
    enumerated(EnumeratedRequest) -> EnumeratedResponse;
    choice(ChoiceRequest) -> ChoiceResponse;
    locations(LocationsRequest) -> LocationsResponse;
    anything(AnythingRequest) -> AnythingResponse;
    text(TextRequest) -> TextResponse;
}

fn server() -> Router {
    router::new(Nothing)
}

async fn body(path: &str, status: u16) -> Value {
    let answer = get(&server(), path, &[]).await;
    assert_eq!((answer.status, answer.header("content-type")), (status, "application/json"), "{path}: {}", answer.text);
    answer.json()
}

const WRONG: &str = "query/limit: expected a 64-bit integer";

#[tokio::test]
async fn an_invalid_request_is_told_of_in_each_shape() {
    let sentence = format!("Invalid request: {WRONG}");
    let message = "expected a 64-bit integer";
    let table = [
        ("message", json!({"message": sentence})),
        ("error", json!({"error": sentence})),
        ("error_object", json!({"error": {"code": 400, "message": sentence}})),
        ("code_word", json!({"code": "bad_request", "message": sentence})),
        ("code_number", json!({"code": 400, "message": sentence, "status": "400"})),
        ("list", json!({"errors": [{"code": "type", "message": message, "field": "limit", "pointer": "/limit"}]})),
        ("sentences", json!({"errors": [WRONG]})),
        (
            "both",
            json!({"message": "Invalid request", "errors": [
                {"field": "limit", "location": "limit", "reason": message},
            ]}),
        ),
        ("github", json!({"message": "Invalid request", "errors": [WRONG]})),
        ("stripe", json!({"error": {"code": "bad_request", "message": sentence}})),
        ("success", json!({"success": false, "status": 400, "details": {}, "errors": []})),
        ("enumerated", json!({"ok": false, "code": "BadRequest", "message": sentence})),
        ("choice", json!({"msg": sentence})),
        ("locations", json!([{"loc": ["query", "limit"], "msg": message, "type": "type"}])),
        (
            "anything",
            json!({
                "type": "about:blank", "title": "Bad Request", "status": 400, "detail": "Invalid request",
                "errors": [{"in": "query", "name": "limit", "detail": message}],
            }),
        ),
    ];
    for (name, expected) in table {
        assert_eq!(body(&format!("/{name}?limit=x"), 400).await, expected, "{name}");
    }
}

#[tokio::test]
async fn any_other_error_is_told_of_in_each_shape() {
    let message = "Nothing there";
    let table = [
        ("message", json!({"message": message})),
        ("error_object", json!({"error": {"code": 404, "message": message}})),
        ("code_word", json!({"code": "not_found", "message": message})),
        ("list", json!({"errors": [{"code": "not_found", "message": message}]})),
        ("sentences", json!({"errors": [message]})),
        ("both", json!({"message": message})),
        ("github", json!({"message": message, "errors": [message]})),
        ("success", json!({"success": false, "status": 404, "details": {}, "errors": []})),
        ("enumerated", json!({"ok": false, "code": "NotFound", "message": message})),
        ("locations", json!([{"loc": [], "msg": message, "type": "not_found"}])),
    ];
    for (name, expected) in table {
        assert_eq!(body(&format!("/{name}?limit=0"), 404).await, expected, "{name}");
    }
    assert_eq!(body("/list?limit=2", 500).await["errors"][0]["code"], "internal_server_error");
}

/// A media type and a schema per status.
#[tokio::test]
async fn each_status_has_its_own_shape() {
    let invalid = get(&server(), "/text?limit=x", &[]).await;
    assert_eq!((invalid.status, invalid.header("content-type")), (400, "text/plain; charset=utf-8"));
    assert_eq!(invalid.text, format!("Invalid request: {WRONG}"));
    let absent = get(&server(), "/text?limit=0", &[]).await;
    assert_eq!((absent.status, absent.header("content-type")), (404, "application/vnd.api+json"));
    assert_eq!(absent.json(), json!({"errors": [{"status": "404", "title": "Not Found", "detail": "Nothing there"}]}));
    assert_eq!(body("/text?limit=2", 500).await["title"], "Internal Server Error");
    // What is not declared speaks as the first error does that can say anything.
    let conflict = get(&server(), "/text?limit=1", &[]).await;
    assert_eq!((conflict.status, conflict.text.as_str()), (409, "Taken"));
}
