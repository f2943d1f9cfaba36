//! The example server: what the document shows, else what its schemas allow.

use serde_json::json;
use stubwright::KnownCredential;
use stubwright_accept::apis::examples::examples::Examples;
use stubwright_accept::apis::examples::router;

use crate::{get, send};

#[tokio::test]
async fn the_document_s_own_example_is_answered() {
    let router = router::new(Examples::default());
    let answer = get(&router, "/shown", &[]).await;
    assert_eq!((answer.status, answer.json()), (200, json!({ "id": 7, "name": "Rex" })));
}

#[tokio::test]
async fn a_value_of_the_schema_stands_in_for_an_invalid_example() {
    let answer = get(&router::new(Examples::default()), "/invalid", &[]).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["id"], 7);
    assert_eq!(answer.json()["name"], "Bello");
    assert!(answer.json().get("secret").is_none(), "only requests have it");
}

#[tokio::test]
async fn success_comes_first_with_the_headers_that_it_needs() {
    let answer = get(&router::new(Examples::default()), "/made", &[]).await;
    assert_eq!((answer.status, answer.header("x-count"), answer.header("x-more")), (201, "5", ""));
    assert_eq!(answer.json().as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn a_text_matches_its_pattern() {
    let answer = get(&router::new(Examples::default()), "/text", &[]).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, "aaaa"));
}

#[tokio::test]
async fn every_media_type_has_a_body() {
    let router = router::new(Examples::default());
    for (path, media_type, body) in [
        ("/bytes", "image/png", "picture"),
        ("/lines", "application/jsonl", "{\"id\":7,\"name\":\"Bello\",\"parent\":{\"id\":7,\"name\":\"Bello\"}}\n"),
        ("/events", "text/event-stream", "data: 4\n\n"),
        ("/any", "text/plain; charset=utf-8", "text"),
    ] {
        let answer = get(&router, path, &[]).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, media_type), "{path}");
        assert_eq!(answer.text, body, "{path}");
    }
    let answer = get(&router, "/xml", &[]).await;
    assert!(answer.text.contains("<pet><id>1</id></pet>"), "{}", answer.text);
}

#[tokio::test]
async fn a_variant_that_the_client_accepts_is_answered() {
    let router = router::new(Examples::default());
    for (path, accept, media_type, body) in [
        ("/several", "*/*", "application/json", "\"name\":\"Bello\""),
        ("/several", "application/vnd.pet+json", "application/vnd.pet+json", "\"name\":\"Bello\""),
        ("/several", "text/csv", "text/csv", "id,name"),
        ("/several", "application/json;q=0.1, text/*;q=0.2, image/*;q=0.3", "image/png", "picture"),
        ("/gap", "*/*", "text/plain", "seven"),
        // There is no value of what it wants most.
        ("/gap", "application/json, application/octet-stream;q=0.5", "application/octet-stream", "7"),
    ] {
        let answer = get(&router, path, &[("accept", accept)]).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, media_type), "{path} for {accept}");
        assert!(answer.text.contains(body), "{path} for {accept}: {}", answer.text);
    }
    assert_eq!(get(&router, "/several", &[("accept", "text/html")]).await.status, 406);
}

#[tokio::test]
async fn a_response_without_a_value_gives_way() {
    let answer = get(&router::new(Examples::default()), "/range", &[]).await;
    assert_eq!((answer.status, answer.json()), (201, json!("yes")));
    let answer = get(&router::new(Examples::default()), "/redirect", &[]).await;
    assert_eq!((answer.status, answer.header("location")), (302, "https://example.com/"));
}

#[tokio::test]
async fn an_operation_without_an_answer_says_so() {
    assert_eq!(get(&router::new(Examples::default()), "/nothing", &[]).await.status, 501);
}

#[tokio::test]
async fn any_credential_of_the_right_scheme_will_do() {
    let router = router::new(Examples::default());
    assert_eq!(get(&router, "/secret", &[]).await.status, 401);
    assert_eq!(get(&router, "/secret", &[("authorization", "Basic eDp5")]).await.status, 401);
    assert_eq!(get(&router, "/secret", &[("authorization", "Bearer whatever")]).await.status, 204);
    assert_eq!(get(&router, "/maybe", &[]).await.status, 204);
}

#[tokio::test]
async fn one_credential_can_be_demanded() {
    let known = KnownCredential::new("good");
    assert_eq!(format!("{known:?}"), "KnownCredential(redacted)");
    let router = router::new(Examples { known });
    for (authorization, status) in [("Bearer good", 204), ("Bearer bad", 401), ("Bearer GOOD", 401)] {
        let answer = get(&router, "/secret", &[("authorization", authorization)]).await;
        assert_eq!(answer.status, status, "{authorization}");
        assert!(!answer.text.to_lowercase().contains("good"), "{}", answer.text);
    }
    assert_eq!(get(&router, "/secret", &[]).await.status, 401);
    // No credential is empty.
    let open = router::new(Examples { known: KnownCredential::new("") });
    assert_eq!(get(&open, "/secret", &[("authorization", "Bearer bad")]).await.status, 204);
}

#[tokio::test]
async fn an_error_that_is_asked_for_has_a_value_of_its_schema() {
    let answer = get(&router::new(Examples::default()), "/asked?limit=x", &[]).await;
    assert_eq!((answer.status, answer.json()), (400, json!({ "reasons": ["because"] })));
}

#[tokio::test]
async fn every_part_of_an_upload_is_looked_at() {
    let part =
        |name: &str, content: &str| format!("--x\r\ncontent-disposition: form-data; {name}\r\n\r\n{content}\r\n");
    let file = part("name=\"file\"; filename=\"a\"", "a");
    let router = router::new(Examples::default());
    for (parts, status) in [
        (part("name=\"mail\"", "a@b") + &file, 204),
        (part("name=\"mail\"", "") + &file, 400),
        (part("name=\"mail\"", "a@b"), 400),
        (file.clone(), 400),
    ] {
        let headers = [("content-type", "multipart/form-data; boundary=x"), ("authorization", "Bearer a")];
        let answer = send(&router, "POST", "/upload", &headers, format!("{parts}--x--\r\n")).await;
        assert_eq!(answer.status, status, "{parts}: {}", answer.text);
    }
}

#[tokio::test]
async fn what_may_be_left_out_is_looked_at_where_it_is_not() {
    let router = router::new(Examples::default());
    let form = "multipart/form-data; boundary=x";
    let file = "--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a\"\r\n\
        content-type: image/png\r\n\r\na\r\n--x--\r\n";
    for (path, media_type, body, status) in [
        ("/upload/maybe", "", "", 204),
        ("/upload/maybe", form, file, 204),
        ("/upload/maybe", form, "--x--\r\n", 400),
        ("/upload/either", "", "", 204),
        ("/upload/either", form, file, 204),
        ("/upload/either", form, "--x--\r\n", 400),
        ("/upload/either", "application/jsonl", "{\"name\":\"a\"}\n{\"name\":\"b\"}\n", 204),
        ("/upload/either", "application/jsonl", "{\"name\":\"a\"}\n{\"name\":7}\n", 400),
        ("/upload/either", "application/json", "{\"name\":\"a\"}", 204),
    ] {
        let headers = [("content-type", media_type)];
        let headers = if media_type.is_empty() { &headers[..0] } else { &headers[..] };
        let answer = send(&router, "POST", path, headers, body.to_owned()).await;
        assert_eq!(answer.status, status, "{path} {media_type} {body}: {}", answer.text);
    }
}
