//! A document with an overlay: what it adds is answered, typed and handed out, and what it removes is not there.

use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright::{BearerToken, Context, Denied, Error, OperationInfo, RequestHead, SchemeUse, document};
use stubwright_accept::apis::overlaid::{operations, router, texts, traits, types};

use super::{Answer, get, send};

struct Shop;

impl traits::Security for Shop {
    /// The permission that the caller has.
    type Principal = String;

    async fn authenticate_token(
        &self,
        credential: BearerToken<'_>,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<String, Denied> {
        Ok(credential.expose().to_owned())
    }

    async fn authorize(
        &self,
        permission: &String,
        _: &'static [SchemeUse],
        operation: &'static OperationInfo,
    ) -> Result<(), Denied> {
        match operation.required_permission.iter().find(|required| *required != permission) {
            None => Ok(()),
            Some(required) => Err(Denied::forbidden(format!("you need {required}"))),
        }
    }
}

impl traits::Operations<String> for Shop {
    async fn delete_pet(
        &self,
        context: Context<String>,
        request: operations::DeletePetRequest,
    ) -> Result<operations::DeletePetResponse, Error> {
        assert_eq!(context.operation.required_permission, ["pets:delete"]);
        let reason = types::Reason { reason: request.id.clone() };
        Ok(match request.id.as_str() {
            "none" => operations::DeletePetResponse::NotFound(reason),
            "asleep" => operations::DeletePetResponse::Conflict(reason),
            _ => operations::DeletePetResponse::NoContent,
        })
    }

    async fn get_pet(
        &self,
        _: Context<String>,
        _: operations::GetPetRequest,
    ) -> Result<operations::GetPetResponse, Error> {
        Ok(operations::GetPetResponse::Ok(None))
    }
}

fn shop() -> Router {
    router::new(Shop).merge(document::routes("/api", &texts::DOCUMENT, "http://localhost"))
}

async fn delete(id: &str, permission: &str) -> Answer {
    let authorization = format!("Bearer {permission}");
    send(&shop(), "DELETE", &format!("/pets/{id}"), &[("authorization", &authorization)], "").await
}

#[tokio::test]
async fn statuses_of_an_overlay_are_typed() {
    for (id, status, body) in [
        ("asleep", 409, json!({"reason": "asleep"})),
        ("none", 404, json!({"reason": "none"})),
        ("a", 204, Value::Null),
    ] {
        let answer = delete(id, "pets:delete").await;
        assert_eq!(answer.status, status);
        assert_eq!(serde_json::from_str::<Value>(&answer.text).unwrap_or_default(), body);
    }
}

#[tokio::test]
async fn the_permission_reaches_the_operation() {
    let answer = delete("a", "pets:read").await;
    assert_eq!(answer.status, 403);
    assert!(answer.text.contains("you need pets:delete"), "{}", answer.text);
    assert_eq!(operations::GET_PET.required_permission, ["pets:read", "pets:list"]);
}

#[tokio::test]
async fn what_an_overlay_removes_is_not_there() {
    assert_eq!(get(&shop(), "/internal", &[]).await.status, 404);
    let answer = get(&shop(), "/api/openapi.json", &[]).await;
    let document = answer.json();
    assert_eq!(document["paths"].as_object().unwrap().keys().collect::<Vec<_>>(), ["/pets/{id}"]);
}

#[tokio::test]
async fn the_document_is_the_effective_one_in_every_language_and_the_published_one_on_demand() {
    for (language, gone, asleep) in [("en", "Gone.", "The pet is asleep."), ("de", "Fort.", "Das Tier schläft.")] {
        let answer = send(&shop(), "GET", "/api/openapi.json", &[("accept-language", language)], "").await;
        let document = answer.json();
        let delete = &document["paths"]["/pets/{id}"]["delete"];
        assert_eq!(delete["responses"]["204"]["description"], gone);
        assert_eq!(delete["responses"]["409"]["description"], asleep);
        assert_eq!(delete["responses"]["404"]["x-status-source"], "prose");
        assert_eq!(delete["x-required-permission"], "pets:delete");
        let original = send(&shop(), "GET", "/api/openapi.json?original", &[("accept-language", language)], "").await;
        let name = if language == "en" { "overlaid.yaml" } else { "overlaid.de.yaml" };
        let published = std::fs::read_to_string(format!("documents/{name}")).unwrap();
        assert_eq!(original.text, published);
    }
}
