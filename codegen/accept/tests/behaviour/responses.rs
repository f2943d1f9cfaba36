//! Responses: each variant gives its status, media type and body.

use http::StatusCode;
use serde_json::{Value, json};
use stubwright::{Context, Error, UntypedBody};
use stubwright_accept::apis::responses::{operations, router, traits, types};

use super::{get, send};

struct Zoo;

fn pet() -> types::Pet {
    types::Pet { name: "Rex".to_owned(), age: None }
}

fn problem(title: &str) -> types::Problem {
    types::Problem { title: Some(title.to_owned()), detail: None }
}

/// What the client wishes for.
fn wish<P>(context: &Context<P>) -> u16 {
    let wish = context.head.headers.get("x-wish").and_then(|value| value.to_str().ok());
    wish.and_then(|wish| wish.parse().ok()).unwrap_or(200)
}

impl traits::Operations for Zoo {
    async fn get_pet(
        &self,
        context: Context<()>,
        _: operations::GetPetRequest,
    ) -> Result<operations::GetPetResponse, Error> {
        use operations::GetPetResponse as Answer;
        Ok(match wish(&context) {
            200 => Answer::Ok(pet()),
            201 => Answer::Created(Some(UntypedBody::text("made"))),
            204 => Answer::NoContent,
            205 => Answer::ResetContent,
            304 => Answer::NotModified,
            400 => Answer::BadRequest(problem("No")),
            413 => Answer::ContentTooLarge(None),
            418 => Answer::Teapot(Some(UntypedBody::json(&[1]))),
            499 => Answer::Status499(None),
            other => Answer::Default {
                status: StatusCode::from_u16(other).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
                body: problem("Other"),
            },
        })
    }

    async fn head_pet(
        &self,
        _: Context<()>,
        _: operations::HeadPetRequest,
    ) -> Result<operations::HeadPetResponse, Error> {
        Ok(operations::HeadPetResponse::Default { status: StatusCode::GONE })
    }

    async fn delete_pet(
        &self,
        _: Context<()>,
        _: operations::DeletePetRequest,
    ) -> Result<operations::DeletePetResponse, Error> {
        Ok(operations::DeletePetResponse::Default { status: StatusCode::ACCEPTED, body: None })
    }

    async fn post_pet(
        &self,
        _: Context<()>,
        _: operations::PostPetRequest,
    ) -> Result<operations::PostPetResponse, Error> {
        let body = Some(UntypedBody::text("anything"));
        Ok(operations::PostPetResponse::Default { status: StatusCode::CREATED, body })
    }

    async fn put_pet(
        &self,
        context: Context<()>,
        _: operations::PutPetRequest,
    ) -> Result<operations::PutPetResponse, Error> {
        Ok(match wish(&context) {
            202 => operations::PutPetResponse::Accepted(json!({"any": ["thing"]})),
            _ => operations::PutPetResponse::Ok(vec![pet(), pet()]),
        })
    }

    async fn inline_bodies(
        &self,
        context: Context<()>,
        _: operations::InlineBodiesRequest,
    ) -> Result<operations::InlineBodiesResponse, Error> {
        Ok(match wish(&context) {
            200 => operations::InlineBodiesResponse::Ok(vec![types::InlineBodiesOkBodyItem { name: None }]),
            202 => operations::InlineBodiesResponse::Accepted(None),
            _ => operations::InlineBodiesResponse::Default {
                status: StatusCode::IM_A_TEAPOT,
                body: types::InlineBodiesDefaultBody { code: Some(1) },
            },
        })
    }
}

#[tokio::test]
async fn every_variant_has_its_status_type_and_body() {
    let server = router::new(Zoo);
    for (method, path, wish, status, content_type, body) in [
        ("GET", "/pets", "200", 200, "application/json", r#"{"name":"Rex"}"#),
        ("GET", "/pets", "201", 201, "text/plain; charset=utf-8", "made"),
        ("GET", "/pets", "204", 204, "", ""),
        ("GET", "/pets", "205", 205, "", ""),
        ("GET", "/pets", "304", 304, "", ""),
        ("GET", "/pets", "400", 400, "application/problem+json", r#"{"title":"No"}"#),
        ("GET", "/pets", "413", 413, "", ""),
        ("GET", "/pets", "418", 418, "application/json", "[1]"),
        ("GET", "/pets", "499", 499, "", ""),
        ("GET", "/pets", "503", 503, "application/vnd.example.error+json", r#"{"title":"Other"}"#),
        ("HEAD", "/pets", "", 410, "", ""),
        ("DELETE", "/pets", "", 202, "", ""),
        ("POST", "/pets", "", 201, "text/plain; charset=utf-8", "anything"),
        ("PUT", "/pets", "200", 200, "application/json", r#"[{"name":"Rex"},{"name":"Rex"}]"#),
        ("PUT", "/pets", "202", 202, "application/json", r#"{"any":["thing"]}"#),
        ("GET", "/list", "200", 200, "application/json", "[{}]"),
        ("GET", "/list", "202", 202, "application/json", "null"),
        ("GET", "/list", "418", 418, "application/json", r#"{"code":1}"#),
    ] {
        let answer = send(&server, method, path, &[("x-wish", wish)], "").await;
        let found = (answer.status, answer.header("content-type"), answer.text.as_str());
        assert_eq!(found, (status, content_type, body), "{method} {path} {wish}");
    }
}

#[tokio::test]
async fn head_is_answered_where_the_document_has_only_get() {
    let server = router::new(Zoo);
    let answer = send(&server, "HEAD", "/list", &[], "").await;
    assert_eq!((answer.status, answer.header("content-type"), answer.text.as_str()), (200, "application/json", ""));
    let options = send(&server, "OPTIONS", "/pets", &[], "").await;
    assert_eq!((options.status, options.header("allow")), (204, "GET, HEAD, DELETE, POST, PUT, OPTIONS"));
}

#[tokio::test]
async fn the_document_declares_what_is_sent() {
    let served = stubwright::document::routes("", &stubwright_accept::apis::responses::texts::DOCUMENT, "http://here");
    let document: Value = get(&served, "/openapi.json", &[]).await.json();
    let declared = &document["paths"]["/pets"]["get"]["responses"]["400"]["content"];
    assert_eq!(
        declared.as_object().map(|types| types.keys().collect::<Vec<_>>()),
        Some(vec![&"application/problem+json".to_owned()])
    );
}
