//! The documents that the server hands out: languages, formats, the server's own address, and the published bytes.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::path::Path;

use serde_json::{Value, json};
use stubwright_server::credential::Family;

use crate::support::{Answer, Server, start, token};

const DOCUMENTS: [(&str, &str); 3] = [
    ("/devin/v2", "devin/v2-openapi.yaml"),
    ("/devin/v3", "devin/v3-openapi.yaml"),
    ("/langwatch", "langwatch/openapi.yaml"),
];

const OPERATION: &str = "/paths/~1v3beta1~1enterprise~1service-users~1{service_user_id}~1api-keys~1{api_key_id}/delete";

fn published(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs").join(name)).unwrap()
}

fn get(server: &Server, target: &str, accept_language: &str) -> Answer {
    let answer = server.send("GET", target, &[("Accept-Language", accept_language)]);
    assert_eq!(answer.status, 200, "{target}");
    answer
}

fn value(answer: &Answer) -> Value {
    match answer.header("content-type").unwrap() {
        "application/json" => answer.json(),
        "application/yaml" => serde_yaml::from_slice(&answer.body).unwrap(),
        other => panic!("{other}"),
    }
}

#[test]
fn accept_language_chooses() {
    let server = start();
    let cases = [
        ("de", "de", "Devin v3 API mit Service-User-Authentifizierung und RBAC", "Erfolgreiche Antwort"),
        ("zh-CN", "zh", "采用 Service User 身份验证和 RBAC 的 Devin v3 API", "成功响应"),
        ("fr, de;q=0.5", "de", "Devin v3 API mit Service-User-Authentifizierung und RBAC", "Erfolgreiche Antwort"),
        ("de;q=0", "en", "Devin v3 API with Service User authentication and RBAC", "Successful Response"),
        ("", "en", "Devin v3 API with Service User authentication and RBAC", "Successful Response"),
    ];
    for (accepted, language, description, ok) in cases {
        for file in ["openapi.json", "openapi.yaml"] {
            let answer = get(&server, &format!("/devin/v3/{file}"), accepted);
            assert_eq!(answer.header("content-language"), Some(language), "{accepted}");
            assert!(answer.header("vary").unwrap().to_lowercase().contains("accept-language"), "{accepted}");
            let document = value(&answer);
            assert_eq!(document["info"]["description"], json!(description), "{accepted}");
            let response = document.pointer(&format!("{OPERATION}/responses/200/description"));
            assert_eq!(response, Some(&json!(ok)), "{accepted}");
            assert_eq!(document["info"]["title"], json!("Devin API v3"), "{accepted}: not translated, so the base's");
        }
    }
}

#[test]
fn a_document_is_what_was_published_with_its_overlay_its_servers_and_what_the_server_answers() {
    let server = start();
    let copies = [("/devin/v3", "devin/de/v3-openapi.yaml", "de"), ("/devin/v3", "devin/zh/v3-openapi.yaml", "zh")];
    for (prefix, name, language) in DOCUMENTS.map(|(prefix, name)| (prefix, name, "en")).into_iter().chain(copies) {
        let mut expected: Value = serde_yaml::from_str(&published(name)).unwrap();
        overlay(&mut expected, &overlay_of(name, language));
        expected["servers"] = json!([{"url": format!("http://{}", server.address)}]);
        for file in ["openapi.json", "openapi.yaml"] {
            let answer = get(&server, &format!("{prefix}/{file}"), language);
            let mut document = value(&answer);
            let added = without_generated(&mut document);
            assert!(["406", "500"].iter().all(|status| added.contains(&(*status).to_owned())), "{added:?}");
            without_domains(&mut document);
            assert_eq!(document, expected, "{prefix}/{file} in {language}");
        }
    }
}

fn overlay_of(name: &str, language: &str) -> String {
    let base = name.replace(&format!("/{language}/"), "/");
    let ending = if language == "en" { ".overlay.yaml".to_owned() } else { format!(".overlay.{language}.yaml") };
    base.replace(".yaml", &ending)
}

/// Applies an overlay of the seeds: the few forms of targets that they have, by code that has nothing of the generator's.
fn overlay(document: &mut Value, name: &str) {
    let overlay: Value = serde_yaml::from_str(&published(name)).unwrap();
    for action in overlay["actions"].as_array().unwrap() {
        let target = action["target"].as_str().unwrap().strip_prefix("$.").unwrap();
        // `paths['/a'].delete`: what is in quotes is one key, and what is not is split at points.
        let mut keys: Vec<Vec<&str>> = Vec::new();
        for (index, part) in target.split(['[', ']']).enumerate() {
            if index % 2 == 1 {
                keys.push(part.split(',').map(|key| key.trim().trim_matches('\'')).collect());
            } else {
                keys.extend(part.split('.').filter(|key| !key.is_empty()).map(|key| vec![key]));
            }
        }
        merge_at(document, &keys, &action["update"]);
    }
}

fn merge_at(value: &mut Value, keys: &[Vec<&str>], update: &Value) {
    match keys.split_first() {
        Some((first, rest)) => {
            for key in first {
                merge_at(value.get_mut(*key).unwrap_or_else(|| panic!("there is no {key}")), rest, update);
            }
        }
        None => merge(value, update),
    }
}

fn merge(value: &mut Value, update: &Value) {
    for (key, update) in update.as_object().unwrap() {
        match value.get_mut(key) {
            Some(there) => merge(there, update),
            None => value[key.as_str()] = update.clone(),
        }
    }
}

/// Takes the bounds of Rust's integers out, which these documents have none of their own beside.
fn without_domains(value: &mut Value) {
    match value {
        Value::Object(members) => {
            if members.get("type") == Some(&json!("integer")) {
                assert_eq!(members.remove("minimum"), Some(json!(i64::MIN)));
                assert_eq!(members.remove("maximum"), Some(json!(i64::MAX)));
            }
            members.values_mut().for_each(without_domains);
        }
        Value::Array(items) => items.iter_mut().for_each(without_domains),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Takes out what is marked as generated; gives the statuses that operations had of it.
fn without_generated(document: &mut Value) -> Vec<String> {
    let is_generated = |key: &str| key.starts_with("Generated");
    for part in ["responses", "schemas"] {
        let Some(section) = document["components"][part].as_object_mut() else { continue };
        for (_, response) in section.iter().filter(|(key, _)| part == "responses" && is_generated(key)) {
            assert_eq!(response["x-status-source"], json!("generated"));
        }
        section.retain(|key, _| !is_generated(key));
        if section.is_empty() {
            document["components"].as_object_mut().unwrap().remove(part);
        }
    }
    let mut statuses = Vec::new();
    for path in document["paths"].as_object_mut().unwrap().values_mut() {
        for operation in path.as_object_mut().unwrap().values_mut() {
            operation["responses"].as_object_mut().unwrap().retain(|status, response| {
                let reference = response["$ref"].as_str().unwrap_or_default();
                let is_added = reference.starts_with("#/components/responses/Generated");
                statuses.extend(is_added.then(|| status.clone()));
                !is_added
            });
        }
    }
    statuses
}

#[test]
fn the_published_bytes_are_there_too() {
    let server = start();
    let copies = [("/devin/v3", "devin/de/v3-openapi.yaml", "de"), ("/devin/v3", "devin/zh/v3-openapi.yaml", "zh-TW")];
    for (prefix, name, language) in DOCUMENTS.map(|(prefix, name)| (prefix, name, "en")).into_iter().chain(copies) {
        for file in ["openapi.json", "openapi.yaml"] {
            let answer = get(&server, &format!("{prefix}/{file}?original"), language);
            assert_eq!(answer.text(), published(name), "{name}");
            assert_eq!(answer.header("content-type"), Some("application/yaml"), "{name}");
        }
    }
}

#[test]
fn documents_are_read_only_and_open_to_all() {
    let server = start();
    for (prefix, _) in DOCUMENTS {
        let target = format!("{prefix}/openapi.json");
        let full = server.send("GET", &target, &[]);
        let head = server.send("HEAD", &target, &[]);
        assert_eq!((head.status, head.body.len()), (200, 0));
        assert_eq!(head.header("content-length"), full.header("content-length"));
        let refused = server.send("DELETE", &target, &[]);
        assert_eq!(refused.status, 405);
        assert!(refused.header("allow").unwrap().contains("GET"));
    }
}

/// The answers that no handler gives are in the language of the document, as the client wants it.
#[test]
fn errors_are_told_in_the_language_that_is_asked_for() {
    let server = start();
    let key = format!("/v3beta1/enterprise/service-users/service-user-1/api-keys/{}", "%ff");
    let authorization = format!("Bearer {}", token(Family::DevinV3, "key-admin"));
    for (accepted, language, unknown, missing, invalid) in [
        (
            "de-DE, de;q=0.9",
            "de",
            "Unter diesem Pfad ist nichts zu finden",
            "Nicht authentifiziert",
            "ist kein gültig prozentkodierter Text in UTF-8",
        ),
        ("zh-CN", "zh", "此路径下没有任何内容", "未通过身份验证", "不是有效的百分号编码 UTF-8 文本"),
        ("fr", "en", "Nothing is served at this path", "Not authenticated", "is not valid percent-encoded UTF-8"),
    ] {
        let headers = [("Accept-Language", accepted), ("Authorization", authorization.as_str())];
        let answers = [
            (404, server.send("GET", "/nowhere", &headers[..1]), "/detail", unknown),
            (401, server.send("DELETE", &key, &headers[..1]), "/detail", missing),
            (422, server.send("DELETE", &key, &headers), "/detail/0/msg", invalid),
        ];
        for (status, answer, place, expected) in answers {
            assert_eq!((answer.status, answer.header("content-language")), (status, Some(language)), "{accepted}");
            assert_eq!(answer.header("vary"), Some("Accept-Language"), "{accepted}");
            assert_eq!(answer.json().pointer(place), Some(&json!(expected)), "{accepted}");
        }
    }
    let answer = server.send("DELETE", &key, &[("Accept-Language", "de"), ("Authorization", &authorization)]);
    let violation = &answer.json()["detail"][0];
    assert_eq!((&violation["type"], &violation["loc"]), (&json!("json_invalid"), &json!(["path", "api_key_id"])));
}
