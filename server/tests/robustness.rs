//! Bad input at the socket: refused with the right status, or cut, and the server goes on.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::io::{Read as _, Write as _};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;
use stubwright::ServeOptions;
use stubwright_server::credential::Family;
use stubwright_server::data;
use stubwright_server::store::memory::MemoryStore;

use crate::support::{NOW, Server, embedded, exchange, head, receive, start, start_with, token};

const V2: &str = "/v2/enterprise/api-keys/apk-none";
const V3: &str = "/v3beta1/enterprise/service-users/service-user-deploy/api-keys/key-none";
const LANGWATCH: &str = "/api/api-keys/apikey-none";

fn admins() -> [(&'static str, &'static str); 3] {
    [
        (V2, token(Family::DevinV2, "apk-ada")),
        (V3, token(Family::DevinV3, "key-admin")),
        (LANGWATCH, token(Family::LangWatch, "apikey-ada")),
    ]
}

fn is_alive(server: &Server) {
    assert_eq!(server.send("GET", "/devin/v2/openapi.json", &[]).status, 200);
}

#[test]
fn unknown_routes_are_not_found() {
    let server = start();
    let unknown = [
        "/",
        "/v2/enterprise/api-keys",
        "/v2/enterprise/api-keys/",
        "/v2/enterprise/api-keys/a/b",
        "/v2/enterprise//api-keys/a",
        "/V2/enterprise/api-keys/a",
        "/v3beta1/enterprise/service-users//api-keys/a",
        "/v3beta1/enterprise/service-users/a/api-keys/",
        "/api/api-keys/",
        "/devin/v3/openapi.txt",
        "/devin/v4/openapi.json",
        "/%",
    ];
    for target in unknown {
        let (_, token) = admins()[0];
        assert_eq!(server.delete(target, token).status, 404, "{target}");
        assert_eq!(server.send("GET", target, &[]).status, 404, "{target}");
    }
    let answer = server.send("GET", "/", &[]);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    assert_eq!((&answer.json()["status"], &answer.json()["title"]), (&json!(404), &json!("Not Found")));
}

#[test]
fn wrong_methods_are_told_the_right_ones() {
    let server = start();
    for (target, token) in admins() {
        for method in ["GET", "POST", "PUT", "PATCH", "HEAD", "TRACE", "PURGE"] {
            let answer = server.send(method, target, &[("Authorization", &format!("Bearer {token}"))]);
            assert_eq!(answer.status, 405, "{method} {target}");
            let allow: Vec<_> = answer.header("allow").unwrap().split(", ").collect();
            assert!(allow.contains(&"DELETE") && !allow.contains(&method), "{allow:?}");
        }
    }
}

#[test]
fn malformed_percent_encoding_breaks_the_contract() {
    let server = start();
    for (target, token) in admins() {
        let prefix = target.rsplit_once('/').unwrap().0;
        // What each document declares for requests that it does not allow.
        let invalid = if prefix.ends_with("/api/api-keys") { 400 } else { 422 };
        for id in ["%", "%2", "%zz", "a%", "%ff", "%C3%28", "%ED%A0%80"] {
            assert_eq!(server.delete(&format!("{prefix}/{id}"), token).status, invalid, "{prefix}/{id}");
            assert_eq!(server.send("DELETE", &format!("{prefix}/{id}"), &[]).status, 401, "credentials come first");
        }
    }
}

#[test]
fn an_encoded_slash_stays_inside_its_id() {
    let tokens = ["apk_user_t".to_owned(), "cog_t".to_owned(), format!("sk-lw-{}_{}", "a".repeat(16), "b".repeat(48))];
    let text = format!(
        "devin_v2:
  - enterprise: one
    users:
      - {{id: u, role: admin, api_keys: [{{id: a/b, created_at: 1, credential: {{secret: {}}}}}, {{id: '100%2F', created_at: 1}}]}}
devin_v3:
  - enterprise: one
    service_users:
      - {{id: s/u, permissions: [ManageAccountServiceUsers], api_keys: [{{id: ä b, created_at: 1, credential: {{secret: {}}}}}]}}
langwatch:
  - organization: one
    users:
      - {{id: u, role: admin, api_keys: [{{id: ../x?, created_at: 1, permissions: ['organization:manage'], credential: {{secret: {}}}}}]}}
",
        tokens[0], tokens[1], tokens[2]
    );
    let data = data::read(text.as_bytes(), &|_| None).unwrap().data;
    let server = start_with(MemoryStore::new(data), Arc::new(|| NOW), ServeOptions::default());
    let cases = [
        (&tokens[0], "/v2/enterprise/api-keys/a/b", 404),
        (&tokens[0], "/v2/enterprise/api-keys/a%252Fb", 404),
        (&tokens[0], "/v2/enterprise/api-keys/100%252F", 200),
        (&tokens[0], "/v2/enterprise/api-keys/a%2fb", 200),
        (&tokens[1], "/v3beta1/enterprise/service-users/s/u/api-keys/%C3%A4%20b", 404),
        (&tokens[1], "/v3beta1/enterprise/service-users/s%2Fu/api-keys/%C3%A4+b", 404),
        (&tokens[1], "/v3beta1/enterprise/service-users/s%2Fu/api-keys/%C3%A4%20b", 200),
        (&tokens[2], "/api/api-keys/..%2Fx", 404),
        (&tokens[2], "/api/api-keys/..%2Fx%3F", 200),
    ];
    for (token, target, status) in cases {
        assert_eq!(server.delete(target, token).status, status, "{target}");
    }
}

#[test]
fn strange_heads_are_refused_and_the_server_goes_on() {
    let server = start();
    let long = "x".repeat(200 * 1024);
    let many = "X: y\r\n".repeat(200);
    let cases = [
        ("an over-long target", format!("DELETE /{long} HTTP/1.1\r\nHost: a\r\n\r\n"), &[414_u16, 431][..]),
        ("an over-long field", format!("DELETE {V2} HTTP/1.1\r\nHost: a\r\nX: {long}\r\n\r\n"), &[431]),
        ("too many fields", format!("DELETE {V2} HTTP/1.1\r\nHost: a\r\n{many}\r\n"), &[431]),
        ("no HTTP", "nonsense\r\n\r\n".to_owned(), &[400]),
        ("another version", "DELETE / HTTP/9.9\r\n\r\n".to_owned(), &[400]),
        ("a space in a field name", format!("DELETE {V2} HTTP/1.1\r\nHost: a\r\nAutho rization: b\r\n\r\n"), &[400]),
        ("two lengths", format!("DELETE {V2} HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"), &[400]),
    ];
    for (what, request, expected) in cases {
        let mut stream = server.connect();
        // The server may close before everything is written.
        _ = stream.write_all(request.as_bytes());
        let status = receive(&mut stream, "DELETE").map(|answer| answer.status);
        assert!(status.as_ref().is_ok_and(|status| expected.contains(status)), "{what}: {status:?}");
        is_alive(&server);
    }
}

/// The operations take no body, so none is read: the answer comes at once, and what the client goes on sending is cut.
#[test]
fn a_body_that_nobody_asked_for_holds_nothing_up() {
    let server = start();
    for (target, token) in admins() {
        let field = format!("Bearer {token}");
        let mut stream = server.connect();
        let headers = [("Authorization", field.as_str()), ("Content-Length", "1000000000000")];
        stream.write_all(head("DELETE", target, &headers).as_bytes()).unwrap();
        assert_eq!(receive(&mut stream, "DELETE").unwrap().status, 404);
        let sent = (0..100_000).map_while(|_| stream.write_all(&[b'x'; 16 * 1024]).ok()).count();
        assert!(sent < 100_000, "the server took a gigabyte that it does not want");
        let small = [("Authorization", field.as_str()), ("Content-Length", "4")];
        let mut stream = server.connect();
        for _ in 0..2 {
            stream.write_all(format!("{}body", head("DELETE", target, &small)).as_bytes()).unwrap();
            assert_eq!(receive(&mut stream, "DELETE").unwrap().status, 404, "a small one is passed over");
        }
    }
    is_alive(&server);
}

#[test]
fn slow_clients_are_cut_and_others_do_not_wait_for_them() {
    let limit = Duration::from_millis(400);
    let options = ServeOptions { header_timeout: limit, body_timeout: limit, ..ServeOptions::default() };
    let server = start_with(embedded(), Arc::new(|| NOW), options);
    let started = Instant::now();
    let mut slow: Vec<_> = (0..50).map(|_| server.connect()).collect();
    for stream in &mut slow {
        stream.write_all(format!("DELETE {V2} HTTP/1.1\r\nHost: a\r\nX-Slow: ").as_bytes()).unwrap();
    }
    is_alive(&server);
    assert!(started.elapsed() < limit, "a quick client waited");
    for mut stream in slow {
        let mut rest = Vec::new();
        // The stream ends, with or without an answer before its end; the client's own timeout would be an error.
        stream.read_to_end(&mut rest).expect("the server closes the connection");
        assert!(rest.is_empty() || rest.starts_with(b"HTTP/1.1 408"), "{}", String::from_utf8_lossy(&rest));
    }
    assert!(started.elapsed() < 10 * limit, "slow clients were kept for {:?}", started.elapsed());
    is_alive(&server);
}

#[test]
fn a_connection_carries_many_requests() {
    let server = start();
    let mut stream = server.connect();
    let requests: String = admins()
        .iter()
        .map(|(target, token)| head("DELETE", target, &[("Authorization", &format!("Bearer {token}"))]))
        .collect();
    stream.write_all(requests.repeat(10).as_bytes()).unwrap();
    for _ in 0..30 {
        assert_eq!(receive(&mut stream, "DELETE").unwrap().status, 404);
    }
    assert_eq!(exchange(server.address, "GET", "/langwatch/openapi.yaml", &[]).status, 200);
}
