//! Formats that have types: what is read, how it is written, and what is refused.

use serde_json::{Value, json};
use stubwright::codegen::Router;
use stubwright::{Context, Error};
use stubwright_accept::apis::formats::{operations, router, traits};

use super::echo::{becomes, kept, refused};
use super::get;

struct Echo;

impl traits::Operations for Echo {
    echoes! {
        formats: FormatsRequest, FormatsResponse;
        integers: IntegersRequest, IntegersResponse;
        lists: ListsRequest, ListsResponse;
    }
    shows! { parameters: ParametersRequest, ParametersResponse; }
}

fn server() -> Router {
    router::new(Echo)
}

const UUID: &str = "67e55044-10b1-426f-9247-bb680e5fe0c8";

#[tokio::test]
async fn texts_of_a_format_come_back() {
    let server = server();
    for (key, texts) in [
        ("uuid", &[UUID, "00000000-0000-0000-0000-000000000000"][..]),
        ("date", &["2024-02-29", "0001-01-01"]),
        ("ipv4", &["127.0.0.1", "0.0.0.0"]),
        ("ipv6", &["::1", "2001:db8::8a2e:370:7334"]),
        ("byte", &["", "AA==", "aGVsbG8="]),
        ("encoded", &["aGVsbG8="]),
        ("nullable", &[UUID]),
        // These have no type of their own.
        ("email", &["a@b"]),
        ("unheard", &["of", ""]),
    ] {
        for text in texts {
            kept(&server, "/formats", json!({key: text})).await;
        }
    }
    kept(&server, "/formats", json!({"nullable": null})).await;
    kept(&server, "/formats", json!({"float": 0.5, "double": 1e300})).await;
}

#[tokio::test]
async fn texts_of_a_format_may_be_written_in_another_way() {
    let server = server();
    let shouted = UUID.to_uppercase();
    becomes(&server, "/formats", json!({"uuid": shouted}), json!({"uuid": UUID})).await;
    for (sent, expected) in [
        ("2024-05-06T07:08:09Z", "2024-05-06T07:08:09Z"),
        ("2024-05-06T07:08:09.5+02:00", "2024-05-06T07:08:09.500+02:00"),
        ("2024-05-06t07:08:09z", "2024-05-06T07:08:09Z"),
    ] {
        becomes(&server, "/formats", json!({"time": sent}), json!({"time": expected})).await;
    }
}

#[tokio::test]
async fn other_texts_are_refused() {
    let server = server();
    for (key, texts, reason) in [
        (
            "uuid",
            &["", "67e5504410b1426f9247bb680e5fe0c8", "{67e55044-10b1-426f-9247-bb680e5fe0c8}"][..],
            "a UUID (RFC 9562)",
        ),
        ("nullable", &["null"], "a UUID (RFC 9562)"),
        ("time", &["2024-05-06", "2024-05-06T07:08:09", "2024-13-06T07:08:09Z", "now"], "a date and time (RFC 3339)"),
        ("date", &["2023-02-29", "2024-1-1", "2024-01-01T00:00:00Z", "20240101"], "a date (RFC 3339)"),
        ("ipv4", &["256.0.0.1", "1.2.3", "01.2.3.4", "::1"], "an IPv4 address"),
        ("ipv6", &["127.0.0.1", "::g", "[::1]"], "an IPv6 address"),
        ("byte", &["a", "a-_=", "aGVsbG8", "a b="], "Base64 (RFC 4648 section 4)"),
        ("encoded", &["!"], "Base64 (RFC 4648 section 4)"),
        ("email", &["nobody", "", "a@b@c"], "an email address (RFC 5321)"),
    ] {
        for text in texts {
            refused(&server, "/formats", json!({key: text}), &[&format!("#/{key} expected {reason}")]).await;
        }
    }
    refused(&server, "/formats", json!({"uuid": null}), &["#/uuid expected a string"]).await;
    refused(&server, "/formats", json!({"nullable": 1}), &["#/nullable expected a string or null"]).await;
}

#[tokio::test]
async fn integers_of_every_width() {
    let server = server();
    let table: [(&str, Value, Value, &str); 8] = [
        ("int8", json!(i8::MIN), json!(i8::MAX), "an 8-bit integer"),
        ("int16", json!(i16::MIN), json!(i16::MAX), "a 16-bit integer"),
        ("int32", json!(i32::MIN), json!(i32::MAX), "a 32-bit integer"),
        ("int64", json!(i64::MIN), json!(i64::MAX), "a 64-bit integer"),
        ("uint8", json!(0), json!(u8::MAX), "an unsigned 8-bit integer"),
        ("uint16", json!(0), json!(u16::MAX), "an unsigned 16-bit integer"),
        ("uint32", json!(0), json!(u32::MAX), "an unsigned 32-bit integer"),
        ("uint64", json!(0), json!(u64::MAX), "an unsigned 64-bit integer"),
    ];
    for (key, lowest, highest, words) in table {
        kept(&server, "/integers", json!({key: lowest})).await;
        kept(&server, "/integers", json!({key: highest})).await;
        becomes(&server, "/integers", json!({key: 1e2}), json!({key: 100})).await;
        let beyond = match (lowest.as_i64(), highest.as_i64()) {
            (Some(lowest), Some(highest)) if highest < i64::MAX => vec![json!(lowest - 1), json!(highest + 1)],
            _ => vec![json!(1e30), json!(-1e30)],
        };
        for value in beyond {
            refused(&server, "/integers", json!({key: value}), &[&format!("#/{key} does not fit {words}")]).await;
        }
        refused(&server, "/integers", json!({key: 0.5}), &[&format!("#/{key} expected an integer")]).await;
        refused(&server, "/integers", json!({key: "1"}), &[&format!("#/{key} expected an integer")]).await;
    }
    let text = r#"{"plain":9223372036854775808}"#;
    let answer = super::send_json(&server, "POST", "/integers", text).await;
    assert_eq!(answer.json()["errors"], json!([{"pointer": "#/plain", "detail": "does not fit a 64-bit integer"}]));
}

#[tokio::test]
async fn formats_within_lists_and_maps() {
    let server = server();
    kept(&server, "/lists", json!({"uuids": [UUID], "days": {"a": "2024-01-01"}})).await;
    refused(
        &server,
        "/lists",
        json!({"uuids": [UUID, "x"], "days": {"a": "tomorrow"}}),
        &["#/uuids/1 expected a UUID (RFC 9562)", "#/days/a expected a date (RFC 3339)"],
    )
    .await;
}

#[tokio::test]
async fn parameters_have_the_same_types() {
    let server = server();
    let path = format!(
        "/parameters/{UUID}/2024-02-29?since=2024-05-06T07:08:09%2B02:00&v4=1.2.3.4&v6=::1&data=aGVsbG8%3D&i8=-128&u8=255\
         &u64=18446744073709551615&other=a-b"
    );
    let answer = get(&server, &path, &[]).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let shown = answer.json()["detail"].as_str().expect("a message").to_owned();
    for part in [
        UUID,
        "2024-02-29",
        "2024-05-06T07:08:09+02:00",
        "1.2.3.4",
        "::1",
        "-128",
        "255",
        "18446744073709551615",
        "a-b",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let path = "/parameters/x/2023-02-29?since=now&v4=1&v6=1&data=a&i8=128&u8=-1&u64=18446744073709551616";
    let answer = get(&server, path, &[]).await;
    assert_eq!(answer.status, 400, "{}", answer.text);
    let errors = answer.json()["errors"].as_array().expect("a list").clone();
    let found: Vec<Value> = errors.iter().map(|error| json!([error["name"], error["detail"]])).collect();
    assert_eq!(
        json!(found),
        json!([
            ["id", "expected a UUID (RFC 9562)"],
            ["day", "expected a date (RFC 3339)"],
            ["since", "expected a date and time (RFC 3339)"],
            ["v4", "expected an IPv4 address"],
            ["v6", "expected an IPv6 address"],
            ["data", "expected Base64 (RFC 4648 section 4)"],
            ["i8", "expected an 8-bit integer"],
            ["u8", "expected an unsigned 8-bit integer"],
            ["u64", "expected an unsigned 64-bit integer"],
        ])
    );
}
