//! A document in five languages: the typed texts, what is served, and the language of the generated documentation.

use serde_json::Value;
use stubwright::codegen::Router;
use stubwright_accept::apis::tongues::{operations, texts, texts::Lang};

use super::get;

#[test]
fn texts_are_asked_for_by_what_they_are_of() {
    let list = texts::operation("listPets");
    assert_eq!(list.summary(Lang::En), Some("List all pets"));
    assert_eq!(list.summary(Lang::De), Some("Alle Haustiere auflisten"));
    assert_eq!(list.description(Lang::PtBr), Some("At most 100 of them."));
    assert_eq!(list.title(Lang::De), None);
    // The constant names the operation, too: one without an operationId, and one whose path item is elsewhere.
    assert_eq!(texts::operation(&operations::POST_PETS).summary(Lang::De), Some("Ein Haustier verkaufen"));
    assert_eq!(texts::operation(&operations::GET_PET).summary(Lang::De), Some("Ein Haustier zeigen"));
    assert_eq!(texts::operation("getPet").summary(Lang::Zh), Some("Show one pet"));
    assert_eq!(texts::operation("petSold").summary(Lang::De), Some("Ein Haustier wurde verkauft"));
    assert_eq!(texts::operation("nothing").summary(Lang::De), None);

    assert_eq!(texts::schema("Pet").title(Lang::De), Some("Ein Haustier"));
    assert_eq!(texts::schema("Pet-Input").description(Lang::De), Some("Ein Haustier, wie es gewünscht wird."));
    // A property that is called `description` is no text.
    assert_eq!(texts::part("/components/schemas/Pet/properties").description(Lang::En), None);
    assert_eq!(texts::schema("Dog").description(Lang::De), None);
    assert_eq!(texts::tag("pets").description(Lang::De), Some("Was verkauft wird"));
    assert_eq!(texts::tag("pets").text("x-displayName", Lang::De), Some("Haustiere"));
    assert_eq!(texts::tag("cats").description(Lang::De), None);
    assert_eq!(texts::info().summary(Lang::De), Some("Pets"));
    let order = texts::part("/paths/~1pets/get/parameters/0");
    assert_eq!(order.description(Lang::PtBr), Some("O que vem primeiro"));
}

#[test]
fn what_is_not_translated_is_told_in_a_broader_language() {
    let (info, list) = (texts::info(), texts::operation("listPets"));
    assert_eq!(info.description(Lang::ZhHant), Some("寵物商店。"));
    assert_eq!(list.description(Lang::ZhHant), Some("最多 100 个。"));
    // Its copy has the words of the base, on purpose.
    assert_eq!((info.title(Lang::ZhHant), info.title(Lang::Zh)), (Some("Shop"), Some("商店")));
    assert_eq!(list.summary(Lang::PtBr), Some("Listar todos os animais"));
}

#[test]
fn languages_have_tags() {
    let tags: Vec<&str> = Lang::ALL.iter().map(|language| language.tag()).collect();
    assert_eq!(tags, ["en", "de", "pt-BR", "zh", "zh-Hant"]);
    assert_eq!(Lang::ZhHant.to_string(), "zh-Hant");
    for (tag, language) in
        [("zh-hant-TW", Lang::ZhHant), ("zh-CN", Lang::Zh), ("DE-at", Lang::De), ("pt", Lang::En), ("", Lang::En)]
    {
        assert_eq!(Lang::of(tag), language, "{tag}");
    }
    for (field, language) in
        [("fr, pt-BR;q=0.5, de;q=0.1", Lang::PtBr), ("zh-Hant-HK", Lang::ZhHant), ("*", Lang::En), ("\n", Lang::En)]
    {
        assert_eq!(Lang::negotiate(field), language, "{field}");
    }
}

fn server() -> Router {
    stubwright::document::routes("", &texts::DOCUMENT, "http://127.0.0.1:1")
}

#[tokio::test]
async fn the_document_is_served_in_every_language() {
    for (accepted, language, input, summary) in [
        ("de", "de", "Ein Haustier, wie es gewünscht wird.", "Alle Haustiere auflisten"),
        ("pt-BR", "pt-BR", "A pet as it is asked for.", "Listar todos os animais"),
        ("zh-Hant", "zh-Hant", "A pet as it is asked for.", "列出所有寵物"),
        ("fr", "en", "A pet as it is asked for.", "List all pets"),
    ] {
        let headers = [("accept-language", accepted)];
        let json = get(&server(), "/openapi.json", &headers).await;
        let yaml = get(&server(), "/openapi.yaml", &headers).await;
        let parsed: Value = serde_yaml::from_str(&yaml.text).expect("it is YAML");
        assert_eq!(parsed, json.json(), "{accepted}");
        assert_eq!(parsed["components"]["schemas"]["Pet-Input"]["description"], input);
        assert_eq!(parsed["paths"]["/pets"]["get"]["summary"], summary);
        assert_eq!(parsed["paths"]["/pets"]["get"]["operationId"], "listPets");
        for answer in [&json, &yaml] {
            assert_eq!((answer.header("content-language"), answer.header("vary")), (language, "Accept-Language"));
        }
    }
    let examples = "/paths/~1pets/get/responses/200/content/application~1json/examples/rex";
    let german = get(&server(), "/openapi.json", &[("accept-language", "de")]).await.json();
    assert_eq!(german.pointer(examples).map(|rex| &rex["summary"]), Some(&Value::from("Ein Hund")));
    assert_eq!(german.pointer(examples).map(|rex| &rex["value"][0]["description"]), Some(&Value::from("Rex")));
}

#[tokio::test]
async fn an_overlay_of_texts_is_no_published_document() {
    for (accepted, language) in [("de", "de"), ("pt-BR", "en"), ("zh-Hant", "zh-Hant")] {
        let answer = get(&server(), "/openapi.yaml?original", &[("accept-language", accepted)]).await;
        assert_eq!(answer.header("content-language"), language);
        assert!(answer.text.starts_with("openapi: 3.1.0\n"), "{}", answer.text);
    }
}

#[test]
fn the_code_is_documented_in_the_language_that_was_chosen() {
    let types = include_str!("../../src/apis/tongues/types.rs");
    assert!(types.contains("/// Ein Haustier, wie es verkauft wird.\n"), "{types}");
    let operations = include_str!("../../src/apis/tongues/operations.rs");
    assert!(operations.contains("Was zuerst kommt") && operations.contains("LIST_PETS"), "{operations}");
    assert!(include_str!("../../src/apis/mod.rs").contains("Ein Laden für Haustiere."));
}
