//! Code as the generator emits it compiles, and answers as its documents say.

mod support;

use std::sync::Mutex;

use http::StatusCode;
use serde_json::json;
use stubwright::{
    BearerToken, Context, Denied, Error, OperationInfo, RequestHead, RouterOptions, SchemeUse, UntypedBody, from_json,
    to_json,
};
use stubwright_generated::devin_v3::{operations as v3, router as v3_router, traits as v3_traits, types as v3_types};
use stubwright_generated::langwatch::{operations, router, traits, types};
use support::{Answer, send};

const KEY: &str = "/v3beta1/enterprise/service-users/su/api-keys/";

/// What the last handler saw.
static SEEN: Mutex<Vec<(String, &str)>> = Mutex::new(Vec::new());

struct Devin;

impl v3_traits::Security for Devin {
    type Principal = &'static str;

    async fn authenticate_bearer_auth(
        &self,
        credential: BearerToken<'_>,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<&'static str, Denied> {
        match credential.expose() {
            "cog_admin" => Ok("admin"),
            "cog_user" => Ok("user"),
            _ => Err(Denied::unauthorized("Invalid or expired API key")),
        }
    }

    async fn authorize(
        &self,
        principal: &&'static str,
        _: &'static [SchemeUse],
        _: &'static OperationInfo,
    ) -> Result<(), Denied> {
        match *principal {
            "admin" => Ok(()),
            _ => Err(Denied::forbidden("Missing permission: ManageAccountServiceUsers")),
        }
    }
}

impl v3_traits::ServiceUserApiKeys<&'static str> for Devin {
    async fn handle_revoke_service_user_api_key(
        &self,
        context: Context<&'static str>,
        request: v3::HandleRevokeServiceUserApiKeyRequest,
    ) -> Result<v3::HandleRevokeServiceUserApiKeyResponse, Error> {
        SEEN.lock().expect("no test panics with the lock").push((request.api_key_id.clone(), context.language));
        match request.api_key_id.as_str() {
            "gone" => Err(Error::not_found("API key not found")),
            "twice" => Err(Error::conflict("API key already revoked")),
            "broken" => Err(std::io::Error::other("the disk is called secret").into()),
            "panic" => panic!("a handler may panic"),
            _ => Ok(v3::HandleRevokeServiceUserApiKeyResponse::Ok(v3_types::ApiKeyResponse {
                api_key_id: request.api_key_id,
                api_key_name: request.service_user_id,
                created_at: 1,
                expires_at: None,
                is_active: false,
                last_used_at: None,
                revoked_at: Some(2),
            })),
        }
    }
}

struct LangWatch;

impl traits::Security for LangWatch {
    type Principal = ();

    async fn authenticate_admin_api_key(
        &self,
        _: BearerToken<'_>,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<(), Denied> {
        Ok(())
    }

    async fn authorize(&self, (): &(), _: &'static [SchemeUse], _: &'static OperationInfo) -> Result<(), Denied> {
        Ok(())
    }

    fn unauthenticated(&self, operation: &'static OperationInfo) -> Denied {
        Denied::unauthenticated(operation).with_body(UntypedBody::json(&json!({ "error": "Unauthorized" })))
    }
}

impl traits::Operations<()> for LangWatch {
    async fn revoke_api_key(
        &self,
        _: Context<()>,
        request: operations::RevokeApiKeyRequest,
    ) -> Result<operations::RevokeApiKeyResponse, Error> {
        use operations::RevokeApiKeyResponse as Response;
        let body = |error: &str| types::ErrorMessage { error: error.to_owned(), message: "in words".to_owned() };
        match request.id.as_str() {
            "unauthorized" => Ok(Response::Unauthorized(body("Unauthorized"))),
            "unknown" => Ok(Response::NotFound(body("Not Found"))),
            "not-mine" => Err(Error::forbidden("Not yours")),
            "teapot" => Err(Error::new(StatusCode::IM_A_TEAPOT, "Short and stout")),
            _ => Ok(Response::Ok(types::RevokeApiKeyOkBody { success: Some(true) })),
        }
    }
}

async fn devin(path: &str, authorization: &[(&str, &str)]) -> Answer {
    let options = RouterOptions { operation_in_responses: true, ..RouterOptions::default() };
    send(&v3_router::with_options(Devin, options), "DELETE", path, authorization).await
}

async fn revoke(key: &str) -> Answer {
    devin(&format!("{KEY}{key}"), &[("authorization", "Bearer cog_admin")]).await
}

#[tokio::test]
async fn the_typed_answer_has_every_field() {
    let answer = revoke("key").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/json");
    let expected = json!({
        "api_key_id": "key", "api_key_name": "su", "created_at": 1, "expires_at": null, "is_active": false,
        "last_used_at": null, "revoked_at": 2,
    });
    assert_eq!(answer.json(), expected);
    let operation = answer.extensions.get::<&'static OperationInfo>().expect("the operation");
    assert_eq!(operation.path, v3::HANDLE_REVOKE_SERVICE_USER_API_KEY.path);
}

#[tokio::test]
async fn a_missing_credential_is_asked_for() {
    for headers in [
        &[][..],
        &[("authorization", "Basic YTpi")],
        &[("authorization", "Bearer")],
        &[("authorization", "Bearer ")],
        &[("authorization", "Bearercog_admin")],
        &[("authorization", "Bearer cog_admin"), ("authorization", "Bearer cog_admin")],
        &[("x-api-key", "cog_admin")],
    ] {
        let answer = devin(&format!("{KEY}key"), headers).await;
        assert_eq!(answer.status, 401, "{headers:?}");
        assert_eq!(answer.header("www-authenticate"), "Bearer", "{headers:?}");
        assert_eq!(answer.json(), json!({ "detail": "Not authenticated" }));
    }
}

#[tokio::test]
async fn the_name_of_the_scheme_has_no_case() {
    for credential in ["bearer cog_admin", "BEARER cog_admin", "Bearer   cog_admin"] {
        assert_eq!(devin(&format!("{KEY}key"), &[("authorization", credential)]).await.status, 200, "{credential}");
    }
}

#[tokio::test]
async fn a_refused_credential_is_called_invalid() {
    let answer = devin(&format!("{KEY}key"), &[("authorization", "Bearer other")]).await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.header("www-authenticate"), "Bearer error=\"invalid_token\"");
    assert_eq!(answer.json(), json!({ "detail": "Invalid or expired API key" }));
}

#[tokio::test]
async fn a_caller_without_permission_is_told() {
    let answer = devin(&format!("{KEY}key"), &[("authorization", "Bearer cog_user")]).await;
    assert_eq!(answer.status, 403);
    assert_eq!(answer.header("www-authenticate"), "Bearer error=\"insufficient_scope\"");
    assert_eq!(answer.json(), json!({ "detail": "Missing permission: ManageAccountServiceUsers" }));
}

#[tokio::test]
async fn errors_take_the_documents_shape() {
    for (key, status, detail) in [
        ("gone", 404, "API key not found"),
        ("twice", 409, "API key already revoked"),
        ("broken", 500, "Internal Server Error"),
        ("panic", 500, "Internal Server Error"),
    ] {
        let answer = revoke(key).await;
        assert_eq!(answer.status, status, "{key}");
        assert_eq!(answer.json(), json!({ "detail": detail }), "{key}");
        assert!(answer.extensions.get::<&'static OperationInfo>().is_some(), "{key}");
    }
}

#[tokio::test]
async fn parameters_are_decoded_after_routing() {
    assert_eq!(revoke("a%2Fb%20%C3%BC").await.json()["api_key_id"], "a/b ü");
    assert_eq!(revoke("a+b").await.json()["api_key_id"], "a+b");
    for malformed in ["%", "%4", "%zz", "%FF", "%C3"] {
        let answer = revoke(malformed).await;
        assert_eq!(answer.status, 422, "{malformed}");
        let violation = json!({
            "type": "json_invalid", "loc": ["path", "api_key_id"], "msg": "is not valid percent-encoded UTF-8",
        });
        assert_eq!(answer.json(), json!({ "detail": [violation] }));
    }
    // Whoever may not call learns nothing of what is wrong.
    assert_eq!(devin(&format!("{KEY}%zz"), &[]).await.status, 401);
    assert_eq!(revoke("").await.status, 404);
    assert_eq!(devin("/v3beta1/enterprise/service-users//api-keys/x", &[]).await.status, 404);
}

#[tokio::test]
async fn methods_that_are_not_declared_are_refused() {
    let router = v3_router::new(Devin);
    let path = format!("{KEY}key");
    for method in ["GET", "POST", "HEAD", "BREW"] {
        let answer = send(&router, method, &path, &[]).await;
        assert_eq!(answer.status, 405, "{method}");
        assert_eq!(answer.header("allow"), "DELETE, OPTIONS");
        let body = if method == "HEAD" { "" } else { r#"{"detail":"Method Not Allowed"}"# };
        assert_eq!(answer.text, body);
    }
    let answer = send(&router, "OPTIONS", &path, &[]).await;
    assert_eq!((answer.status.as_u16(), answer.header("allow").as_str()), (204, "DELETE, OPTIONS"));
}

#[tokio::test]
async fn the_handler_learns_the_language() {
    let authorization = ("authorization", "Bearer cog_admin");
    for (accepted, language) in [("de-CH", "de"), ("fr", "en")] {
        let id = format!("language-{accepted}");
        devin(&format!("{KEY}{id}"), &[authorization, ("accept-language", accepted)]).await;
        assert!(SEEN.lock().expect("no test panics with the lock").contains(&(id, language)));
    }
}

#[tokio::test]
async fn statuses_of_an_overlay_have_typed_bodies() {
    let router = router::new(LangWatch);
    let authorization = [("authorization", "Bearer x")];
    let answer = send(&router, "DELETE", "/api/api-keys/1", &authorization).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, r#"{"success":true}"#));
    let answer = send(&router, "DELETE", "/api/api-keys/unauthorized", &authorization).await;
    assert_eq!(
        (answer.status.as_u16(), answer.text.as_str()),
        (401, r#"{"error":"Unauthorized","message":"in words"}"#)
    );
    assert_eq!(answer.header("www-authenticate"), "Bearer");
    let answer = send(&router, "DELETE", "/api/api-keys/unknown", &authorization).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (404, r#"{"error":"Not Found","message":"in words"}"#));
}

#[tokio::test]
async fn a_refusal_may_have_a_body_of_its_own() {
    let answer = send(&router::new(LangWatch), "DELETE", "/api/api-keys/1", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (401, r#"{"error":"Unauthorized"}"#));
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("www-authenticate"), "Bearer");
}

#[tokio::test]
async fn errors_take_the_shape_that_an_overlay_declares() {
    let router = router::new(LangWatch);
    for (id, status, error, message) in
        [("not-mine", 403, "Forbidden", "Not yours"), ("teapot", 418, "I'm a teapot", "Short and stout")]
    {
        let path = format!("/api/api-keys/{id}");
        let answer = send(&router, "DELETE", &path, &[("authorization", "Bearer x")]).await;
        assert_eq!((answer.status.as_u16(), answer.header("content-type").as_str()), (status, "application/json"));
        assert_eq!(answer.json(), json!({ "error": error, "message": message }));
    }
}

#[test]
fn generated_types_read_what_the_schema_allows() {
    let text = r#"{"api_key_id":"a","api_key_name":"b","created_at":1.0,"expires_at":null,"is_active":true,
        "last_used_at":1e2,"revoked_at":null}"#;
    let read = |text: &str| from_json::<v3_types::ApiKeyResponse>(text.as_bytes());
    let key = read(text).expect("it is valid");
    assert_eq!((key.created_at, key.last_used_at, key.revoked_at), (1, Some(100), None));
    for (from, to) in [("\"revoked_at\":null", "\"x\":null"), ("1.0", "1.5"), ("1.0", "9223372036854775808")] {
        assert!(read(&text.replace(from, to)).is_err(), "{to}");
    }
    let text = r#"{"detail":[{"loc":["body",3],"msg":"m","type":"t"}]}"#;
    let error: v3_types::HttpValidationError = from_json(text.as_bytes()).expect("it is valid");
    assert_eq!(to_json(&error), text.as_bytes());
}
