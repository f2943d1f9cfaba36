//! The document's URLs: languages, servers, originals, validators.

mod support;

use stubwright::codegen::Router;
use stubwright::{Document, ErrorShape, Original, Text, document};
use stubwright_generated::devin_v3::texts::DOCUMENT;
use support::{Answer, send};

const ENGLISH: &str = "Devin v3 API with Service User authentication and RBAC";
const GERMAN: &str = "Devin v3 API mit Service-User-Authentifizierung und RBAC";
const CHINESE: &str = "采用 Service User 身份验证和 RBAC 的 Devin v3 API";

fn router() -> Router {
    document::routes("/devin/v3", &DOCUMENT, "http://127.0.0.1:4010/\"x\"")
}

async fn get(path: &str, headers: &[(&str, &str)]) -> Answer {
    send(&router(), "GET", path, headers).await
}

#[tokio::test]
async fn the_language_is_looked_up() {
    for (accepted, language) in [
        ("de", "de"),
        ("DE", "de"),
        ("zh-CN", "zh"),
        ("zh-Hant-TW", "zh"),
        ("zh-x-y", "zh"),
        ("fr, de;q=0.5", "de"),
        ("de;q=0", "en"),
        ("de;q=0.0, de-CH", "en"),
        ("de;q=0.2,zh;q=0.3", "zh"),
        ("de;q=0.3,zh;q=0.3", "de"),
        ("de ; q=0.3 , zh ;\tQ=0.31", "zh"),
        ("*", "en"),
        ("*;q=0.1, de;q=0", "en"),
        ("de;q=0.5, *", "en"),
        ("en;q=0, *", "de"),
        ("en;q=0, de;q=0, *;q=0.5", "zh"),
        ("en;q=0, de;q=0, zh;q=0", "en"),
        ("en;q=0", "en"),
        ("*;q=0", "en"),
        ("fr", "en"),
        ("d", "en"),
        ("", "en"),
        (",,;q=1, ;, de", "de"),
        ("de;q=2, zh", "zh"),
        ("de;q=1.001, zh", "zh"),
        ("de;q=0.1234, zh;q=0.1", "zh"),
        ("de;q=, zh;q=0.1", "zh"),
        ("de;level=1, zh;q=0.1", "zh"),
        ("de_DE, zh;q=0.1", "zh"),
        ("deutschland, zh;q=0.1", "zh"),
        ("de;q=1.", "de"),
        ("de;q=1.000", "de"),
        ("ü, zh;q=0.1", "en"),
    ] {
        let answer = get("/devin/v3/openapi.json", &[("accept-language", accepted)]).await;
        assert_eq!(answer.header("content-language"), language, "{accepted}");
        let text = match language {
            "de" => GERMAN,
            "zh" => CHINESE,
            _ => ENGLISH,
        };
        assert_eq!(answer.json()["info"]["description"], text, "{accepted}");
        assert_eq!(answer.header("vary"), "Accept-Language");
    }
    let answer = get("/devin/v3/openapi.json", &[("accept-language", "fr"), ("accept-language", "de;q=0.1")]).await;
    assert_eq!(answer.header("content-language"), "de");
}

#[tokio::test]
async fn both_formats_say_the_same() {
    let json = get("/devin/v3/openapi.json", &[("accept-language", "de")]).await;
    assert_eq!(json.header("content-type"), "application/json");
    assert_eq!(json.json()["servers"], serde_json::json!([{ "url": "http://127.0.0.1:4010/\"x\"" }]));
    assert_eq!(json.json()["info"]["title"], "Devin API v3");
    let yaml = get("/devin/v3/openapi.yaml", &[("accept-language", "de")]).await;
    assert_eq!(yaml.header("content-type"), "application/yaml");
    assert!(yaml.text.contains(&format!("\n  description: {GERMAN}\n")), "{}", yaml.text);
    assert!(yaml.text.contains("\nservers:\n  - url: http://127.0.0.1:4010/\"x\"\n"), "{}", yaml.text);
    assert!(yaml.text.contains(" title: Api Key Id\n"), "{}", yaml.text);
    let read: serde_json::Value = serde_yaml::from_str(&yaml.text).expect("it is YAML");
    assert_eq!(read, json.json());
    assert!(!json.text.contains('\u{1a}') && !yaml.text.contains('\u{1a}'));
}

#[tokio::test]
async fn originals_are_the_published_bytes() {
    let german = include_str!("../../specs/devin/de/v3-openapi.yaml");
    for path in ["/devin/v3/openapi.json?original", "/devin/v3/openapi.yaml?x=1&original=1"] {
        let answer = get(path, &[("accept-language", "de")]).await;
        assert_eq!(answer.text, german);
        assert_eq!(answer.header("content-type"), "application/yaml");
        assert_eq!(answer.header("content-language"), "de");
    }
    let answer = get("/devin/v3/openapi.json?originals", &[]).await;
    assert_eq!(answer.header("content-type"), "application/json");
}

#[tokio::test]
async fn a_known_document_is_not_sent_again() {
    let first = get("/devin/v3/openapi.json", &[]).await;
    let tag = first.header("etag");
    for known in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
        let again = get("/devin/v3/openapi.json", &[("if-none-match", &known)]).await;
        assert_eq!((again.status.as_u16(), again.text.as_str()), (304, ""), "{known}");
        assert_eq!(again.header("etag"), tag);
        assert_eq!(again.header("vary"), "Accept-Language");
    }
    let german = get("/devin/v3/openapi.json", &[("if-none-match", &tag), ("accept-language", "de")]).await;
    assert_eq!(german.status, 200);
}

#[tokio::test]
async fn only_reading_is_allowed() {
    let got = get("/devin/v3/openapi.yaml", &[]).await;
    let head = send(&router(), "HEAD", "/devin/v3/openapi.yaml", &[]).await;
    assert_eq!((head.status.as_u16(), head.text.as_str()), (200, ""));
    assert_eq!(head.header("content-length"), got.text.len().to_string());
    let post = send(&router(), "POST", "/devin/v3/openapi.yaml", &[]).await;
    assert_eq!((post.status.as_u16(), post.header("allow").as_str()), (405, "GET, HEAD, OPTIONS"));
    assert_eq!(post.text, r#"{"detail":"Method Not Allowed"}"#);
    let options = send(&router(), "OPTIONS", "/devin/v3/openapi.yaml", &[]).await;
    assert_eq!((options.status.as_u16(), options.header("allow").as_str()), (204, "GET, HEAD, OPTIONS"));
}

static SMALL: Document = Document {
    languages: &["en", "zh-Hant", "pt-BR"],
    texts: &[
        Text { pointer: "/a", base: "a", translations: &[("zh", "\u{7532}\u{85}")] },
        Text { pointer: "/b", base: "b", translations: &[("PT", "B")] },
    ],
    json: "[\u{1a}/a\u{1a},\u{1a}/b\u{1a},\u{1a}/lost\u{1a}]",
    originals: &[Original { language: "en", name: "small.json", bytes: b"{}" }],
    error_shape: ErrorShape::Detail,
};

#[tokio::test]
async fn texts_fall_back_along_the_tag() {
    let router = document::routes("", &SMALL, "http://localhost");
    for (accepted, text) in [
        ("zh-Hant", r#"["甲\u0085","b",""]"#),
        ("zh-Hant-HK", r#"["甲\u0085","b",""]"#),
        ("zh", r#"["a","b",""]"#),
        ("pt-BR", r#"["a","B",""]"#),
    ] {
        let answer = send(&router, "GET", "/openapi.json", &[("accept-language", accepted)]).await;
        assert_eq!(answer.text, text, "{accepted}");
    }
    let answer = send(&router, "GET", "/openapi.yaml?original", &[("accept-language", "pt-BR")]).await;
    assert_eq!((answer.text.as_str(), answer.header("content-type").as_str()), ("{}", "application/json"));
    assert_eq!(answer.header("content-language"), "en");
}

static BARE: Document = Document { originals: &[], languages: &["en"], ..SMALL_FIELDS };

const SMALL_FIELDS: Document =
    Document { languages: &[], texts: &[], json: "{}", originals: &[], error_shape: ErrorShape::Detail };

#[tokio::test]
async fn a_document_without_originals_has_none() {
    let router = document::routes("/x/", &BARE, "http://localhost");
    let answer = send(&router, "GET", "/x/openapi.json?original", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (404, r#"{"detail":"Not Found"}"#));
}

#[tokio::test]
async fn paths_that_no_operation_has_answer_in_the_documents_shape() {
    let router = router().fallback_service(document::not_found(&DOCUMENT));
    let answer = send(&router, "PUT", "/nowhere", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type").as_str()), (404, "application/json"));
    assert_eq!(answer.text, r#"{"detail":"Nothing is served at this path"}"#);
    assert_eq!(send(&router, "GET", "/devin/v3/openapi.json", &[]).await.status, 200);
}
