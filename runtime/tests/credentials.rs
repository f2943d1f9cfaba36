//! Where API keys stand, and what `WWW-Authenticate` says.

mod support;

use http::StatusCode;
use serde_json::json;
use stubwright::codegen::{Router, Routes};
use stubwright::{Denied, Document, ErrorShape, OperationInfo, SchemeUse};
use support::{answer_json, document, send};

static DOCUMENT: Document = document(ErrorShape::FastApi);

static KEYS: OperationInfo = OperationInfo::new("keys", "GET", "/keys")
    .security(&[
        &[SchemeUse::api_key("key", &[]), SchemeUse::bearer("token", &["read", "write"])],
        &[SchemeUse::http("other", "bearer", &[])],
        &[SchemeUse::basic("basic", &[])],
    ])
    .invalid(StatusCode::BAD_REQUEST, ErrorShape::Detail);

/// Answers with the API keys of the header, the query and the cookie.
fn keys() -> Router {
    let routes = Routes::new(&DOCUMENT).operation(&KEYS, (), |(), incoming| async move {
        let found =
            [incoming.api_key_header("x-api-key"), incoming.api_key_query("key"), incoming.api_key_cookie("key")];
        assert!(!format!("{found:?}{:?}{:?}", incoming.head(), incoming.bearer_token()).contains("secret"));
        match incoming.head().uri.query() {
            Some("none") => return Err(Denied::unauthenticated(&KEYS).into()),
            Some("bad") => return Err(incoming.deny(Denied::unauthorized("Unknown key"))),
            Some("no") => return Err(incoming.deny(Denied::forbidden("No").with_message("Not you"))),
            _ => {}
        }
        let found = found.map(|key| key.map(|key| key.expose().to_owned()));
        Ok(answer_json(&found.to_vec()))
    });
    routes.into_router()
}

#[tokio::test]
async fn api_keys_stand_in_headers_queries_and_cookies() {
    for (path, headers, expected) in [
        ("/keys", &[("x-api-key", "secret")][..], json!(["secret", null, null])),
        ("/keys", &[("X-Api-Key", "")], json!([null, null, null])),
        ("/keys", &[("x-api-key", "secret"), ("x-api-key", "secret")], json!([null, null, null])),
        ("/keys?key=secret%2B+x", &[], json!([null, "secret+ x", null])),
        ("/keys?key=secret&key=secret", &[], json!([null, null, null])),
        ("/keys?key=%FF", &[], json!([null, null, null])),
        ("/keys?key=&Key=secret", &[], json!([null, null, null])),
        ("/keys", &[("cookie", "a=b; key=secret=; c")], json!([null, null, "secret="])),
        ("/keys", &[("cookie", "a=b"), ("cookie", "key=secret")], json!([null, null, "secret"])),
        ("/keys", &[("cookie", "key=secret; key=secret")], json!([null, null, null])),
        ("/keys", &[("cookie", "\u{e9}; key=secret%")], json!([null, null, "secret%"])),
        ("/keys", &[("cookie", "a=b;\tkey=secret ")], json!([null, null, "secret"])),
        ("/keys", &[("authorization", "Bearer secret")], json!([null, null, null])),
    ] {
        let answer = send(&keys(), "GET", path, headers).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (200, expected), "{path} {headers:?}");
    }
}

#[tokio::test]
async fn challenges_name_what_is_asked_for() {
    let token = [("authorization", "Bearer x")];
    let answer = send(&keys(), "GET", "/keys?none", &[]).await;
    assert_eq!(answer.header("www-authenticate"), "ApiKey, Bearer, Basic realm=\"api\", charset=\"UTF-8\"");
    assert_eq!(answer.json(), json!({ "detail": "Not authenticated" }));
    let answer = send(&keys(), "GET", "/keys?bad", &token).await;
    assert_eq!(
        answer.header("www-authenticate"),
        "ApiKey, Bearer error=\"invalid_token\", Basic realm=\"api\", charset=\"UTF-8\""
    );
    // What was refused was no token.
    let answer = send(&keys(), "GET", "/keys?bad", &[("x-api-key", "x")]).await;
    assert_eq!(answer.header("www-authenticate"), "ApiKey, Bearer, Basic realm=\"api\", charset=\"UTF-8\"");
    let answer = send(&keys(), "GET", "/keys?no", &token).await;
    let challenge = "Bearer error=\"insufficient_scope\", scope=\"read write\"";
    assert_eq!((answer.status.as_u16(), answer.header("www-authenticate").as_str()), (403, challenge));
    assert_eq!(answer.json(), json!({ "detail": "Not you" }));
    assert_eq!(send(&keys(), "GET", "/keys?no", &[]).await.header("www-authenticate"), "");
}
