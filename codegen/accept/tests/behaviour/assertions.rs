//! Well-known formats that no Rust type enforces: checked wherever a value stands, unless the option makes them annotations.

use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright::{Context, Error};
use stubwright_accept::apis::assertions::{operations, router, traits};

use super::echo::{kept, refused};
use super::{get, send};

struct Echo;

impl traits::Operations for Echo {
    echoes! {
        all: AllRequest, AllResponse;
        places: PlacesRequest, PlacesResponse;
    }
    shows! {
        form: FormRequest, FormResponse;
        parts: PartsRequest, PartsResponse;
        xml: XmlRequest, XmlResponse;
        parameters: ParametersRequest, ParametersResponse;
    }
}

fn server() -> Router {
    router::new(Echo)
}

#[tokio::test]
async fn every_format() {
    let server = server();
    for (format, fitting, other, words) in [
        ("duration", "P1DT12H", "1 day", "a duration (RFC 3339 appendix A)"),
        ("email", "a.b+c@example.com", "nobody", "an email address (RFC 5321)"),
        ("hostname", "www.example.com", "a_b", "a host name (RFC 1123)"),
        ("idn-email", "ä@ö", "nobody", "an email address (RFC 6531)"),
        ("idn-hostname", "ä.ö", "ä ö", "a host name (RFC 5890)"),
        ("iri", "https://ä/ö", "ä", "an IRI (RFC 3987)"),
        ("iri-reference", "/ä", "ä ö", "an IRI reference (RFC 3987)"),
        ("json-pointer", "/a~1b", "a", "a JSON Pointer (RFC 6901)"),
        ("regex", "^(a|b)$", "(", "a regular expression (ECMA-262)"),
        ("relative-json-pointer", "1/a", "/a", "a Relative JSON Pointer"),
        ("time", "07:08:09+02:00", "07:08", "a time with an offset (RFC 3339)"),
        ("uri", "https://example.com/a?b#c", "/a", "a URI (RFC 3986)"),
        ("uri-reference", "../a", "a b", "a URI reference (RFC 3986)"),
        ("uri-template", "/a/{b}", "/a/{b", "a URI template (RFC 6570)"),
    ] {
        kept(&server, "/all", json!({format: fitting})).await;
        refused(&server, "/all", json!({format: other}), &[&format!("#/{format} expected {words}")]).await;
    }
}

#[tokio::test]
async fn every_place_in_a_body() {
    let server = server();
    let mail = "an email address (RFC 5321)";
    let table: &[(&str, &[Value], Value, &str)] = &[
        ("short", &[json!("a@ab")], json!("@a"), &format!("expected {mail}")),
        ("short", &[], json!("b@abcdefg"), "must have at most 8 characters"),
        ("untyped", &[json!("a@b"), json!(1), json!(null)], json!("a"), &format!("expected {mail}")),
        ("untyped_date", &[json!("2024-02-29"), json!([])], json!("2023-02-29"), "expected a date (RFC 3339)"),
        ("mixed", &[json!(1), json!("67e55044-10b1-426f-9247-bb680e5fe0c8")], json!("a"), "expected a UUID (RFC 9562)"),
        ("nullable", &[json!(null), json!("a:b")], json!("a"), "expected a URI (RFC 3986)"),
        ("split", &[json!("a.b")], json!("a_b"), "expected a host name (RFC 1123)"),
        ("named", &[json!("a@b")], json!("a"), &format!("expected {mail}")),
        ("listed", &[json!("a@b")], json!("a@c"), "expected one of \"a@b\", \"c@d\""),
        ("strange", &[json!("a@b")], json!("nobody"), &format!("expected {mail}")),
    ];
    for (key, fitting, other, reason) in table {
        for value in *fitting {
            kept(&server, "/places", json!({*key: value})).await;
        }
        refused(&server, "/places", json!({*key: other}), &[&format!("#/{key} {reason}")]).await;
    }
    kept(&server, "/places", json!({"list": ["a@b", "c@d"], "map": {"a": "127.0.0.1"}})).await;
    refused(&server, "/places", json!({"list": ["a@b", "c"]}), &[&format!("#/list/1 expected {mail}")]).await;
    refused(&server, "/places", json!({"map": {"a": "127.0.0."}}), &["#/map/a expected an IPv4 address"]).await;
    kept(&server, "/places", json!({"either": "a@b"})).await;
    kept(&server, "/places", json!({"either": "/a"})).await;
    let answer = super::send_json(&server, "POST", "/places", r#"{"either":"a"}"#).await;
    assert_eq!(answer.status, 400, "{}", answer.text);
}

#[tokio::test]
async fn forms_parts_and_xml() {
    let server = server();
    let multipart =
        |mail: &str| format!("--x\r\ncontent-disposition: form-data; name=\"mail\"\r\n\r\n{mail}\r\n--x--\r\n");
    for (path, media_type, fitting, other) in [
        ("/form", "application/x-www-form-urlencoded", "mail=a%40b&site=a:b".to_owned(), "mail=a&site=a:b".to_owned()),
        ("/parts", "multipart/form-data; boundary=x", multipart("a@b"), multipart("a")),
        (
            "/xml",
            "application/xml",
            "<Contact><mail>a@b</mail></Contact>".to_owned(),
            "<Contact><mail>a</mail></Contact>".to_owned(),
        ),
    ] {
        let headers = [("content-type", media_type)];
        let answer = send(&server, "POST", path, &headers, fitting).await;
        assert_eq!(answer.status, 200, "{path} {}", answer.text);
        let answer = send(&server, "POST", path, &headers, other).await;
        assert_eq!(answer.status, 400, "{path} {}", answer.text);
        let detail = &answer.json()["errors"][0]["detail"];
        assert_eq!(detail, "expected an email address (RFC 5321)", "{path} {}", answer.text);
    }
}

#[tokio::test]
async fn parameters() {
    let server = server();
    let headers = [("x-wait", "PT5M"), ("cookie", "at=07:08:09Z")];
    let path = "/parameters/example.com?mail=a%40b&links=https://a/&links=urn:b";
    let answer = get(&server, path, &headers).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let headers = [("x-wait", "soon"), ("cookie", "at=noon")];
    let answer = get(&server, "/parameters/a_b?mail=a&links=a:b&links=c", &headers).await;
    assert_eq!(answer.status, 400, "{}", answer.text);
    assert_eq!(
        answer.json()["errors"],
        json!([
            {"in": "path", "name": "host", "detail": "expected a host name (RFC 1123)"},
            {"in": "query", "name": "mail", "detail": "expected an email address (RFC 5321)"},
            {"in": "query", "name": "links", "detail": "expected a URI (RFC 3986)"},
            {"in": "header", "name": "X-Wait", "detail": "expected a duration (RFC 3339 appendix A)"},
            {"in": "cookie", "name": "at", "detail": "expected a time with an offset (RFC 3339)"},
        ])
    );
}

mod annotated {
    use stubwright::{Context, Error};
    use stubwright_accept::apis::annotated::{operations, traits};

    impl traits::Operations for super::Echo {
        echoes! { echo: EchoRequest, EchoResponse; }
    }
}

#[tokio::test]
async fn annotations_on_request() {
    let server = stubwright_accept::apis::annotated::router::new(Echo);
    kept(&server, "/echo", json!({"email": "nobody", "untyped": "a b", "short": "("})).await;
    refused(&server, "/echo", json!({"short": "(((("}), &["#/short must have at most 3 characters"]).await;
    // What a type enforces stays as it is.
    refused(&server, "/echo", json!({"uuid": "a"}), &["#/uuid expected a UUID (RFC 9562)"]).await;
}
