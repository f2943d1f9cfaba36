//! What the server itself says, in the language of the client.

use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright::{
    BearerToken, Catalogue, Context, Denied, EdgeError, Error, OperationInfo, RequestHead, RouterOptions, SchemeUse,
    Sentence, document,
};
use stubwright_accept::apis::spoken::{operations, router, texts, traits, types};
use stubwright_accept::apis::{german, translated};

use super::{Answer, get, send};

struct Shop;

impl traits::Security for Shop {
    type Principal = ();

    async fn authenticate_token(
        &self,
        credential: BearerToken<'_>,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<(), Denied> {
        if credential.expose() == "good" { Ok(()) } else { Err(Denied::unauthorized("Who are you?")) }
    }

    async fn authorize(&self, (): &(), _: &'static [SchemeUse], _: &'static OperationInfo) -> Result<(), Denied> {
        Ok(())
    }
}

impl traits::Errors for Shop {
    fn invalid_request(&self, error: &EdgeError<'_>) -> types::AskBadRequestBody {
        let reasons = error.violations.listed().iter().map(ToString::to_string).collect();
        types::AskBadRequestBody { reasons, tongue: format!("{}: {}", error.language, error.message) }
    }
}

impl traits::Operations<()> for Shop {
    async fn place_order(
        &self,
        context: Context<()>,
        request: operations::PlaceOrderRequest,
    ) -> Result<operations::PlaceOrderResponse, Error> {
        match request.limit {
            Some(1) => Err(Error::conflict(format!("own words for {}", context.language))),
            Some(2) => Err(std::io::Error::other("a secret").into()),
            Some(_) | None => Ok(operations::PlaceOrderResponse::NoContent),
        }
    }

    async fn ask(&self, _: Context<()>, _: operations::AskRequest) -> Result<operations::AskResponse, Error> {
        Ok(operations::AskResponse::NoContent)
    }
}

fn french(sentence: Sentence) -> &'static str {
    match sentence {
        Sentence::InvalidRequest => "Requête invalide",
        Sentence::NotFound => "Introuvable",
        Sentence::NothingHere => "Rien à cette adresse",
        Sentence::AtLeastItems => "doit avoir au moins {count} {count:élément|éléments}",
        other => other.english(),
    }
}

static OWN: [Catalogue; 1] = [Catalogue { language: "fr", template: french, form: |count| usize::from(count > 1) }];

fn server(catalogues: &'static [Catalogue]) -> Router {
    router::with_options(Shop, RouterOptions { catalogues, ..RouterOptions::default() })
        .fallback_service(document::not_found_in(&texts::DOCUMENT, catalogues))
}

async fn order(router: &Router, language: &str, token: &str, query: &str, body: &'static str) -> Answer {
    let token = format!("Bearer {token}");
    let headers =
        [("authorization", token.as_str()), ("content-type", "application/json"), ("accept-language", language)];
    send(router, "POST", &format!("/orders{query}"), &headers, body).await
}

#[track_caller]
fn is_in(answer: &Answer, language: &str, detail: &str) -> Value {
    let body = answer.json();
    assert_eq!((answer.header("content-language"), &body["detail"]), (language, &json!(detail)));
    assert!(answer.header("vary").contains("Accept-Language"), "{:?}", answer.headers);
    body
}

#[tokio::test]
async fn violations_are_told_in_the_language_of_the_document() {
    let wrong = r#"{"sku": 1, "count": []}"#;
    for (accepted, own, language, detail, limit, sku, count) in [
        (
            "",
            false,
            "en",
            "Invalid request",
            "must be at most 10",
            "expected a string or null",
            "must have at least 1 item",
        ),
        (
            "de-CH",
            false,
            "de",
            "Ungültige Anfrage",
            "darf höchstens 10 sein",
            "erwartet: eine Zeichenkette oder null",
            "muss mindestens 1 Element haben",
        ),
        ("zh;q=0.9, de;q=0.1", false, "zh", "请求无效", "不得大于 10", "应为字符串或 null", "至少要有 1 个元素"),
        (
            "fr",
            false,
            "en",
            "Invalid request",
            "must be at most 10",
            "expected a string or null",
            "must have at least 1 item",
        ),
        (
            "fr",
            true,
            "fr",
            "Requête invalide",
            "must be at most 10",
            "expected a string or null",
            "doit avoir au moins 1 élément",
        ),
    ] {
        let answer = order(&server(if own { &OWN } else { &[] }), accepted, "good", "?limit=11", wrong).await;
        let body = is_in(&answer, language, detail);
        // What programs read is the same in every language.
        assert_eq!((answer.status, &body["title"], &body["type"]), (400, &json!("Bad Request"), &json!("about:blank")));
        let errors = json!([
            {"in": "query", "name": "limit", "detail": limit},
            {"pointer": "#/sku", "detail": sku},
            {"pointer": "#/count", "detail": count},
        ]);
        assert_eq!(body["errors"], errors, "{accepted}");
    }
}

#[tokio::test]
async fn every_answer_of_the_edge_has_a_language() {
    let server = server(&OWN);
    let right = r#"{"sku": null, "count": ["a"]}"#;
    let denied = send(&server, "POST", "/orders", &[("accept-language", "de")], "").await;
    is_in(&denied, "de", "Nicht authentifiziert");
    is_in(&order(&server, "de", "good", "", "{").await, "de", "Ungültige Anfrage");
    is_in(&order(&server, "zh", "good", "?limit=2", right).await, "zh", "服务器内部错误");
    is_in(&get(&server, "/orders", &[("accept-language", "de")]).await, "de", "Methode nicht erlaubt");
    is_in(&get(&server, "/nothing", &[("accept-language", "fr")]).await, "fr", "Rien à cette adresse");
    is_in(
        &get(&server, "/nothing", &[("accept-language", "de")]).await,
        "de",
        "Unter diesem Pfad ist nichts zu finden",
    );
    let unacceptable = [("accept-language", "de"), ("authorization", "Bearer good"), ("content-type", "text/plain")];
    is_in(&send(&server, "POST", "/orders", &unacceptable, right).await, "de", "Medientyp nicht unterstützt");
}

#[tokio::test]
async fn what_a_handler_says_is_its_own() {
    let right = r#"{"sku": "abc", "count": ["a"]}"#;
    for (accepted, token, query, detail) in
        [("de", "good", "?limit=1", "own words for de"), ("zh", "bad", "", "Who are you?")]
    {
        let answer = order(&server(&[]), accepted, token, query, right).await;
        assert_eq!((answer.header("content-language"), &answer.json()["detail"]), ("", &json!(detail)));
    }
}

#[tokio::test]
async fn who_fills_a_body_learns_the_language() {
    for (accepted, tongue, reason) in [
        ("de", "de: Ungültige Anfrage", "query/limit: ist erforderlich"),
        ("fr", "fr: Invalid request", "query/limit: is required"),
    ] {
        let answer = get(&server(&[]), "/asked", &[("accept-language", accepted)]).await;
        assert_eq!(answer.json(), json!({"reasons": [reason], "tongue": tongue}));
    }
}

/// Nobody can choose, so no field says that one could.
#[tokio::test]
async fn a_document_in_one_language_is_answered_in_it() {
    let server = document::not_found(&german::texts::DOCUMENT);
    let router = Router::new().fallback_service(server);
    let answer = get(&router, "/nothing", &[("accept-language", "en")]).await;
    assert_eq!(answer.json()["detail"], "Unter diesem Pfad ist nichts zu finden");
    assert_eq!((answer.header("content-language"), answer.header("vary")), ("", ""));
    let english = document::not_found(&translated::texts::DOCUMENT);
    let answer = get(&Router::new().fallback_service(english), "/nothing", &[]).await;
    assert_eq!(answer.json()["detail"], "Nothing is served at this path");
}
