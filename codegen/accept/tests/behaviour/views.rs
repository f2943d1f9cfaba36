//! `readOnly` and `writeOnly`: a type for requests and one for responses.

use serde_json::json;
use stubwright::codegen::Router;
use stubwright::{Context, Error};
use stubwright_accept::apis::views::types::{Labels, LabelsInput, Owner, OwnerInput, Pet, PetInput};
use stubwright_accept::apis::views::{operations, router, traits};

use super::{send_json, shown};

struct Keeper;

/// The names say nothing of the direction, so the types must.
fn kept(pet: PetInput) -> Pet {
    let PetInput { name, secret } = pet;
    Pet { id: 7, name: format!("{name} with {}", secret.len()), created: Some("today".to_owned()) }
}

impl traits::Operations for Keeper {
    async fn create_pet(
        &self,
        _: Context<()>,
        request: operations::CreatePetRequest,
    ) -> Result<operations::CreatePetResponse, Error> {
        Ok(operations::CreatePetResponse::Ok(kept(request.body)))
    }

    async fn put_owner(
        &self,
        _: Context<()>,
        request: operations::PutOwnerRequest,
    ) -> Result<operations::PutOwnerResponse, Error> {
        let OwnerInput { pets } = request.body;
        let pets = pets.into_iter().map(kept).collect();
        Ok(operations::PutOwnerResponse::Ok(Owner { pets, etag: Some("1".to_owned()) }))
    }

    async fn put_labels(
        &self,
        _: Context<()>,
        request: operations::PutLabelsRequest,
    ) -> Result<operations::PutLabelsResponse, Error> {
        let LabelsInput { key, name, additional } = request.body;
        assert_eq!(key.as_deref(), Some("k"));
        Ok(operations::PutLabelsResponse::Ok(Labels { id: Some(7), name, additional }))
    }

    async fn create_account(
        &self,
        _: Context<()>,
        request: operations::CreateAccountRequest,
    ) -> Result<operations::CreateAccountResponse, Error> {
        shown(request.body)
    }

    async fn put_plain(
        &self,
        _: Context<()>,
        request: operations::PutPlainRequest,
    ) -> Result<operations::PutPlainResponse, Error> {
        shown(request.body)
    }
}

fn server() -> Router {
    router::new(Keeper)
}

#[tokio::test]
async fn what_is_written_is_not_answered() {
    let answer = send_json(&server(), "POST", "/pets", r#"{"name":"a","secret":"abc"}"#).await;
    assert_eq!((answer.status, answer.json()), (200, json!({"id": 7, "name": "a with 3", "created": "today"})));
    assert!(!answer.text.contains("secret") && !answer.text.contains("abc"));
}

#[tokio::test]
async fn what_is_read_is_not_asked_for() {
    // What a server has answered may be sent back: it is ignored, whatever it is.
    for body in [r#"{"name":"a","secret":"abc","id":1}"#, r#"{"name":"a","secret":"abc","id":"no number","created":1}"#]
    {
        let answer = send_json(&server(), "POST", "/pets", body).await;
        assert_eq!((answer.status, &answer.json()["id"]), (200, &json!(7)), "{body}: {}", answer.text);
    }
}

#[tokio::test]
async fn the_limits_of_a_direction_hold_in_it() {
    let answer = send_json(&server(), "POST", "/pets", r#"{"id":1,"name":"a"}"#).await;
    assert_eq!(answer.status, 400, "{}", answer.text);
    assert_eq!(answer.json()["errors"], json!([{"pointer": "#/secret", "detail": "is required"}]));
    let answer = send_json(&server(), "POST", "/pets", r#"{"name":1,"secret":"a"}"#).await;
    assert_eq!(
        answer.json()["errors"],
        json!([
            {"pointer": "#/name", "detail": "expected a string"},
            {"pointer": "#/secret", "detail": "must have at least 2 characters"},
        ])
    );
}

#[tokio::test]
async fn what_holds_such_a_schema_has_two_types_too() {
    let body = json!({"pets": [{"name": "a", "secret": "bc"}]}).to_string();
    let answer = send_json(&server(), "PUT", "/owners", body).await;
    let pets = json!([{"id": 7, "name": "a with 2", "created": "today"}]);
    assert_eq!((answer.status, answer.json()), (200, json!({"pets": pets, "etag": "1"})));
    let answer = send_json(&server(), "PUT", "/owners", r#"{"pets":[{"name":"a"}],"more":1}"#).await;
    assert_eq!(
        answer.json()["errors"],
        json!([
            {"pointer": "#/pets/0/secret", "detail": "is required"},
            {"pointer": "#/more", "detail": "is not allowed here"},
        ])
    );
}

#[tokio::test]
async fn what_is_read_may_be_sent_to_a_closed_object() {
    let body = json!({"pets": [{"name": "a", "secret": "bc", "id": 1}], "etag": "1"}).to_string();
    let answer = send_json(&server(), "PUT", "/owners", body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

#[tokio::test]
async fn a_closed_object_refuses_what_neither_direction_has() {
    let body = |more: &str| format!(r#"{{"pets":[],"etag":"1",{more}}}"#);
    let answer = send_json(&server(), "PUT", "/owners", body(r#""etags":"1""#)).await;
    assert_eq!(answer.json()["errors"], json!([{"pointer": "#/etags", "detail": "is not allowed here"}]));
    // The one that is passed over may be anything but there twice.
    assert_eq!(send_json(&server(), "PUT", "/owners", r#"{"etag":{"a":[]},"pets":[]}"#).await.status, 200);
}

#[tokio::test]
async fn what_is_read_is_none_of_the_others_properties() {
    let answer = send_json(&server(), "PUT", "/labels", r#"{"id":1,"key":"k","name":"n","a":"b"}"#).await;
    // `id` is no string, which the other properties are, and is not among them.
    assert_eq!((answer.status, answer.json()), (200, json!({"id": 7, "name": "n", "a": "b"})), "{}", answer.text);
    let answer = send_json(&server(), "PUT", "/labels", r#"{"key":"k","a":1}"#).await;
    assert_eq!(answer.json()["errors"], json!([{"pointer": "#/a", "detail": "expected a string"}]));
}

#[tokio::test]
async fn an_heir_with_sides_gives_them_to_its_base() {
    let answer = send_json(&server(), "POST", "/accounts", r#"{"kind":"Savings","rate":0.5}"#).await;
    assert_eq!(
        answer.json()["detail"],
        "Savings(SavingsInput { kind: \"Savings\", rate: Some(0.5) })",
        "{}",
        answer.text
    );
    let answer = send_json(&server(), "POST", "/accounts", r#"{"kind":"Savings","rate":2}"#).await;
    assert_eq!(answer.json()["errors"], json!([{"pointer": "#/rate", "detail": "must be at most 1"}]));
}

#[tokio::test]
async fn a_schema_without_sides_has_one_type() {
    let answer = send_json(&server(), "PUT", "/plain", r#"{"name":"a"}"#).await;
    assert_eq!(answer.json()["detail"], r#"Plain { name: Some("a") }"#);
    let body = stubwright_accept::apis::views::types::Plain { name: None };
    assert_eq!(stubwright::json::to_json(&body), b"{}");
}
