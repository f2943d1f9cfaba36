//! The document that a server hands out, in every language.

use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright_accept::apis;

use super::get;

fn server() -> Router {
    stubwright::document::routes("/pets", &apis::translated::texts::DOCUMENT, "http://127.0.0.1:1")
}

#[tokio::test]
async fn texts_are_in_the_language_that_is_asked_for() {
    for (accepted, language, title, limit) in [
        ("", "en", "Pets", "At most 100 pets"),
        ("de", "de", "Tiere", "Höchstens 100 Tiere"),
        ("zh-CN", "zh", "宠物", "最多 100 只宠物"),
        ("fr, de;q=0.5", "de", "Tiere", "Höchstens 100 Tiere"),
        ("de;q=0", "en", "Pets", "At most 100 pets"),
    ] {
        let headers = [("accept-language", accepted)];
        let headers = if accepted.is_empty() { &[][..] } else { &headers };
        let answer = get(&server(), "/pets/openapi.json", headers).await;
        let document = answer.json();
        assert_eq!((answer.status, answer.header("content-language")), (200, language), "{accepted}");
        assert_eq!(document["info"]["title"], title);
        assert_eq!(document["paths"]["/pets"]["get"]["parameters"][0]["description"], limit);
        assert_eq!(document["servers"], json!([{"url": "http://127.0.0.1:1"}]));
        let yaml = get(&server(), "/pets/openapi.yaml", headers).await;
        assert!(yaml.text.contains(limit), "{}", yaml.text);
    }
}

#[tokio::test]
async fn the_published_bytes_are_there_too() {
    let answer = get(&server(), "/pets/openapi.yaml?original", &[("accept-language", "de")]).await;
    assert_eq!(answer.text, include_str!("../../documents/translated.de.yaml"));
}

#[tokio::test]
async fn a_document_without_operations_is_served() {
    let documents = stubwright::document::routes("", &apis::empty::texts::DOCUMENT, "http://here");
    assert_eq!(get(&documents, "/openapi.json", &[]).await.json()["info"]["title"], "No operations at all");
    assert_eq!(get(&apis::empty::router::new(), "/anything", &[]).await.status, 404);
}

/// What aliases of YAML repeat has texts of its own in every place.
#[tokio::test]
async fn what_an_alias_repeats_is_served() {
    let documents = stubwright::document::routes("", &apis::bodies::texts::DOCUMENT, "http://here");
    let document: Value = get(&documents, "/openapi.json", &[]).await.json();
    for (path, method) in [("/required", "post"), ("/optional", "post"), ("/patch", "patch")] {
        let response = &document["paths"][path][method]["responses"]["200"];
        assert_eq!(response["description"], "What was understood.", "{path}");
    }
}

/// Every text of the documents arrives as it was written, whatever is in it.
#[tokio::test]
async fn texts_arrive_as_written() {
    let documents = stubwright::document::routes("", &apis::descriptions::texts::DOCUMENT, "http://here");
    let document = get(&documents, "/openapi.json", &[]).await.json();
    let get = &document["paths"]["/texts"]["get"];
    assert_eq!(get["summary"], "Html <b>like</b> this, generics like Vec<T>, and a closing */ comment");
    let description = get["description"].as_str().expect("a text");
    assert!(
        description.starts_with("Links: [a](https://example.com/a_b), [b], [c][d], `[e]`, <https://example.com>, ")
    );
    assert!(description.contains("\n\n\tA tab,\ttwo tabs\r\nand a carriage return\n\n\n\nmany empty lines, "));
    assert!(description.ends_with("trailing spaces   \nand a backslash \\"));
    let responses = &get["responses"];
    let odd = responses["200"]["description"].as_str().expect("a text");
    assert!(odd.ends_with("the \u{202e}right-to-left\u{202c} text, a zero\u{200b}width space, a \u{7} bell"), "{odd}");
    for (status, text) in [
        ("400", "!important"),
        ("401", " "),
        ("402", "```\nnever closed"),
        ("403", "ends in a fence:\n```json\n{\"a\": [1]}\n```"),
        ("404", "- one\n- two\nthree\n\n   1) four\n      five"),
        ("410", "Footnote[^1] and ~~struck~~ and - [ ] a task\n\n[^1]: here"),
        ("411", "# Errors\n\n# Panics\n\nTest: `a` `` b ` c `` d"),
    ] {
        assert_eq!(responses[status]["description"], text, "{status}");
    }
}

/// The table has every text that a translation says otherwise, as the base says it.
#[tokio::test]
async fn the_table_of_texts_is_that_of_the_base() {
    let document = get(&server(), "/pets/openapi.json", &[("accept-language", "en")]).await.json();
    let texts = apis::translated::texts::TEXTS;
    assert!(texts.len() > 3);
    // The servers of the document give way to the server itself.
    for text in texts.iter().filter(|text| !text.pointer.starts_with("/servers")) {
        assert_eq!(document.pointer(text.pointer), Some(&json!(text.base)), "{}", text.pointer);
    }
}
