//! What other generators of servers were seen to do wrong, each by the name of the defect.

use http::StatusCode;
use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright::{
    ApiKey, BearerToken, Context, Denied, Error, OperationInfo, RawRequest, RequestHead, SchemeUse, UntypedBody,
};
use stubwright_accept::apis::torture::{operations, router, texts, traits, types};

use super::{Answer, send, send_json, shown};

/// Whoever has the secret `good` may do everything.
struct Server;

type Principal = ();

fn known(secret: &str) -> Result<Principal, Denied> {
    if secret == "good" { Ok(()) } else { Err(Denied::unauthorized("Unknown")) }
}

impl traits::Security for Server {
    type Principal = Principal;

    async fn authenticate_bearer(
        &self,
        token: BearerToken<'_>,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<Principal, Denied> {
        known(token.expose())
    }

    async fn authenticate_key(
        &self,
        key: ApiKey<'_>,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<Principal, Denied> {
        known(key.expose())
    }

    async fn combine(
        &self,
        _: Vec<Principal>,
        _: &'static [SchemeUse],
        _: &'static OperationInfo,
    ) -> Result<Principal, Denied> {
        Ok(())
    }

    async fn authorize(
        &self,
        (): &Principal,
        _: &'static [SchemeUse],
        _: &'static OperationInfo,
    ) -> Result<(), Denied> {
        Ok(())
    }
}

fn thing() -> types::Thing {
    stubwright::from_json(br#"{"id":"a","kind":"type","version":3}"#).expect("a thing")
}

fn problem() -> types::Problem {
    types::Problem { title: Some("No".to_owned()), status: None, detail: None }
}

impl traits::Things<Principal> for Server {
    async fn create_thing(
        &self,
        _: Context<()>,
        request: operations::CreateThingRequest,
    ) -> Result<operations::CreateThingResponse, Error> {
        shown(request)
    }

    async fn get_thing(
        &self,
        context: Context<Principal>,
        request: operations::GetThingRequest,
    ) -> Result<operations::GetThingResponse, Error> {
        use operations::GetThingResponse::{ClientError, Default, Ok as Found};
        let wish = context.head.headers.get("x-wish").and_then(|wish| wish.to_str().ok()).unwrap_or_default();
        let headers = operations::GetThingOkHeaders { x_rate: 5 };
        Ok(match wish {
            "json" => Found { headers, body: operations::GetThingOkBody::Json(thing()) },
            "csv" => Found { headers, body: operations::GetThingOkBody::Csv("a,b".to_owned()) },
            "4XX" => ClientError { status: StatusCode::CONFLICT, body: problem() },
            "default" => Default { status: StatusCode::BAD_GATEWAY, body: problem() },
            "error" => return Err(Error::from(std::io::Error::other("the password is secret"))),
            _ => return shown(request),
        })
    }

    async fn patch_thing(
        &self,
        _: Context<()>,
        request: operations::PatchThingRequest,
    ) -> Result<operations::PatchThingResponse, Error> {
        shown(request)
    }

    async fn get_file(
        &self,
        _: Context<()>,
        request: operations::GetFileRequest,
    ) -> Result<operations::GetFileResponse, Error> {
        shown(request)
    }

    async fn upload(
        &self,
        _: Context<()>,
        request: operations::UploadRequest,
    ) -> Result<operations::UploadResponse, Error> {
        shown(request.body.collect(1000).await?)
    }

    async fn broken(&self, _: Context<()>, request: RawRequest) -> Result<stubwright::codegen::Response, Error> {
        let _ = request;
        Err(Error::new(StatusCode::OK, "raw").with_body(UntypedBody::text("raw")))
    }
}

fn server() -> Router {
    router::new(Server)
}

const CALLER: [(&str, &str); 3] = [("authorization", "Bearer good"), ("x-key", "good"), ("cookie", "session=s")];

/// Asks for a thing, as a caller who is known.
async fn get(query: &str, more: &[(&str, &str)]) -> Answer {
    let headers = [&CALLER[..], more].concat();
    send(&server(), "GET", &format!("/things/ab{query}"), &headers, "").await
}

/// What the handler was asked.
async fn asked(query: &str, more: &[(&str, &str)]) -> String {
    let answer = get(query, more).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text);
    answer.json()["detail"].as_str().expect("a message").to_owned()
}

/// What is wrong with a thing.
async fn refused(thing: Value) -> String {
    let answer = send_json(&server(), "POST", "/things", thing.to_string()).await;
    assert_eq!(answer.status, 400, "{thing}: {}", answer.text);
    answer.json()["errors"].to_string()
}

async fn accepted(thing: Value) -> String {
    let answer = send_json(&server(), "POST", "/things", thing.to_string()).await;
    assert_eq!(answer.status, 200, "{thing}: {}", answer.text);
    answer.text
}

/// A thing with one member more, or another one.
fn with(key: &str, value: &Value) -> Value {
    let mut thing = json!({ "id": "a", "kind": "a", "version": 3 });
    thing[key] = value.clone();
    thing
}

#[tokio::test]
async fn one_of_two_demanded_credentials_is_not_enough() {
    for (headers, status) in [
        (vec![("x-key", "good")], 401),
        (vec![("authorization", "Bearer good")], 401),
        (vec![("x-key", "good"), ("authorization", "Bearer bad")], 401),
        (vec![("x-key", "bad"), ("authorization", "Bearer good")], 401),
        (vec![], 401),
        (CALLER.to_vec(), 200),
    ] {
        assert_eq!(send(&server(), "GET", "/things/ab", &headers, "").await.status, status, "{headers:?}");
    }
}

#[tokio::test]
async fn a_default_response_does_not_panic() {
    let answer = get("", &[("x-wish", "default")]).await;
    assert_eq!((answer.status, answer.header("content-type")), (502, "application/json"));
    assert_eq!(answer.json(), json!({ "title": "No" }));
}

#[tokio::test]
async fn a_range_of_statuses_has_a_status_of_the_handlers() {
    let answer = get("", &[("x-wish", "4XX")]).await;
    assert_eq!((answer.status, answer.header("content-type")), (409, "application/problem+json"));
}

#[tokio::test]
async fn a_request_without_host_is_answered() {
    // Requests of these tests have none, as those of HTTP/2.
    assert!(asked("", &[]).await.starts_with("GetThingRequest"));
}

#[tokio::test]
async fn refused_values_are_not_echoed() {
    let text =
        refused(json!({ "id": "xsecret", "kind": "ksecret", "version": "vsecret", "password": "psecret" })).await;
    assert!(!text.contains("secret"), "{text}");
    let answer = get("?ids=isecret", &[("x-count", "csecret")]).await;
    assert!(answer.status == 400 && !answer.text.contains("secret"), "{}", answer.text);
}

#[tokio::test]
async fn errors_of_handlers_stay_inside() {
    let answer = get("", &[("x-wish", "error")]).await;
    assert_eq!(answer.status, 500);
    assert!(!answer.text.contains("secret"), "{}", answer.text);
}

#[tokio::test]
async fn every_error_has_one_shape() {
    let server = server().fallback_service(stubwright::document::not_found(&texts::DOCUMENT));
    for (method, path, headers, body, status) in [
        ("GET", "/nowhere", &[][..], "", 404),
        ("DELETE", "/things", &[], "", 405),
        ("GET", "/things/ab", &[], "", 401),
        ("GET", "/things/a", &CALLER, "", 400),
        ("POST", "/things", &[("content-type", "application/json")], "{", 400),
        ("POST", "/things", &[("content-type", "image/png")], "a", 415),
    ] {
        let answer = send(&server, method, path, headers, body).await;
        assert_eq!((answer.status, answer.header("content-type")), (status, "application/problem+json"), "{path}");
        assert!(answer.json()["title"].is_string(), "{path}: {}", answer.text);
    }
    assert!(send(&server, "DELETE", "/things", &[], "").await.header("allow").contains("POST"));
}

#[tokio::test]
async fn delimited_lists_are_read() {
    assert!(asked("?ids=1%7C2&words=a%20b", &[]).await.contains("ids: Some([1, 2]), words: Some([\"a\", \"b\"])"));
}

#[tokio::test]
async fn deep_objects_are_read() {
    let shown = asked("?filter%5Bcolor%5D=red&filter%5Bsize%5D=2", &[]).await;
    assert!(shown.contains("color: Some(\"red\"), size: Some(2)"), "{shown}");
    assert_eq!(get("?filter%5Bsize%5D=0", &[]).await.status, 400);
}

#[tokio::test]
async fn a_required_cookie_is_required() {
    assert_eq!(send(&server(), "GET", "/things/ab", &CALLER[..2], "").await.status, 400);
}

#[tokio::test]
async fn a_wrong_header_does_not_become_its_default() {
    assert!(asked("", &[]).await.contains("x_count: 7"));
    assert_eq!(get("", &[("x-count", "many")]).await.status, 400);
}

#[tokio::test]
async fn a_response_header_is_sent() {
    assert_eq!(get("", &[("x-wish", "json")]).await.header("x-rate"), "5");
}

#[tokio::test]
async fn a_second_media_type_of_a_response_is_sent() {
    let answer = get("", &[("x-wish", "csv"), ("accept", "text/csv")]).await;
    assert_eq!((answer.status, answer.header("content-type"), answer.text.as_str()), (200, "text/csv", "a,b"));
}

#[tokio::test]
async fn a_second_media_type_of_a_request_is_read() {
    for media_type in ["application/merge-patch+json", "application/json"] {
        let headers = [("content-type", media_type)];
        let answer = send(&server(), "PATCH", "/things/ab", &headers, r#"{"maybe":null}"#).await;
        assert_eq!(answer.status, 200, "{media_type}: {}", answer.text);
        // Null is no absence.
        assert!(answer.text.contains("maybe: Null"), "{}", answer.text);
    }
}

#[tokio::test]
async fn multipart_is_no_json() {
    let part = |name: &str, rest: &str, content: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{rest}\r\n\r\n{content}\r\n")
    };
    let file = part("file", "; filename=\"f\"\r\nContent-Type: application/octet-stream", "{\"a\"");
    let meta = part("meta", "\r\nContent-Type: application/json", "{\"count\":3}");
    let headers = [("content-type", "multipart/form-data; boundary=b")];
    let answer = send(&server(), "POST", "/uploads", &headers, format!("{file}{meta}--b--\r\n")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert!(answer.text.contains("count: Some(3)"), "{}", answer.text);
    let headers = [("content-type", "application/json")];
    assert_eq!(send(&server(), "POST", "/uploads", &headers, r#"{"file":"a","meta":{}}"#).await.status, 415);
}

#[tokio::test]
async fn look_around_is_matched() {
    assert!(refused(with("id", &json!("xbc"))).await.contains("pattern"));
    accepted(with("id", &json!("abc"))).await;
}

#[tokio::test]
async fn an_exclusive_bound_is_exclusive() {
    refused(with("count", &json!(0))).await;
    accepted(with("count", &json!(2))).await;
}

#[tokio::test]
async fn multiples_are_checked() {
    refused(with("count", &json!(3))).await;
}

#[tokio::test]
async fn unique_items_are_checked() {
    refused(with("tags", &json!(["a", "a"]))).await;
    refused(with("tags", &json!([]))).await;
}

#[tokio::test]
async fn the_length_of_items_is_checked() {
    refused(with("tags", &json!(["long"]))).await;
    accepted(with("tags", &json!(["a", "äöü"]))).await;
}

#[tokio::test]
async fn a_constant_is_a_constant() {
    refused(with("version", &json!(4))).await;
    refused(with("version", &json!("3"))).await;
}

#[tokio::test]
async fn every_value_of_an_enum_is_one_and_no_other() {
    for kind in ["a", "A", "a-b", "a_b", "1", "", "*", "+1", "-1", "type"] {
        accepted(with("kind", &json!(kind))).await;
    }
    for kind in [json!("b"), json!("TYPE"), json!(1), json!(null)] {
        refused(with("kind", &kind)).await;
    }
}

#[tokio::test]
async fn types_that_hold_themselves_compile() {
    let nested = with("parent", &with("parent", &with("id", &json!("abc"))));
    assert!(accepted(nested).await.contains("abc"));
}

#[tokio::test]
async fn defaults_fill_in() {
    assert!(accepted(with("id", &json!("a"))).await.contains("count: 4"));
}

#[tokio::test]
async fn tuples_have_their_items() {
    accepted(with("tuple", &json!(["a", 1]))).await;
    refused(with("tuple", &json!([1, "a"]))).await;
    refused(with("tuple", &json!(["a", 1, 2]))).await;
}

#[tokio::test]
async fn unknown_members_are_refused_where_they_are_forbidden() {
    refused(with("other", &json!(1))).await;
}

#[tokio::test]
async fn what_is_read_only_is_not_written() {
    assert!(!accepted(with("made", &json!("today"))).await.contains("today"));
    let answer = get("", &[("x-wish", "json")]).await;
    assert!(answer.json().get("password").is_none(), "{}", answer.text);
}

#[tokio::test]
async fn two_parameters_of_one_segment_are_routed() {
    let answer = send(&server(), "GET", "/things/ab/file.tar.gz", &[], "").await;
    assert!(answer.text.contains("id: \\\"ab\\\", ext: \\\"tar.gz\\\""), "{}", answer.text);
    let answer = send(&server(), "GET", "/things/a%2Fb/file.x", &[], "").await;
    assert!(answer.text.contains("id: \\\"a/b\\\""), "{}", answer.text);
}

#[tokio::test]
async fn one_bad_operation_costs_no_other() {
    let answer = send(&server(), "POST", "/broken", &[], "anything").await;
    assert_eq!((answer.status, answer.text.as_str()), (200, "raw"));
}

#[test]
fn one_tag_or_many_the_router_has_one_name() {
    let _: fn(Server) -> Router = router::new;
}
