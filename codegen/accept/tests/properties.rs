//! Forms and XML: what is written is read as the value that it was, and what nobody wrote is a value or refused.

use axum::body::Body;
use http::Request;
use http_body_util::BodyExt;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use stubwright::codegen::Router;
use stubwright::{Context, Error, OutgoingError, from_json, to_json};
use stubwright_accept::apis::round_trips::{operations, router, traits, types, webhooks};
use tower::ServiceExt;

/// Answers with what it reads.
struct Reader;

impl traits::Operations for Reader {
    async fn read_form(
        &self,
        _: Context<()>,
        request: operations::ReadFormRequest,
    ) -> Result<operations::ReadFormResponse, Error> {
        Ok(operations::ReadFormResponse::Ok(request.body))
    }

    async fn read_xml(
        &self,
        _: Context<()>,
        request: operations::ReadXmlRequest,
    ) -> Result<operations::ReadXmlResponse, Error> {
        Ok(operations::ReadXmlResponse::Ok(request.body))
    }
}

#[derive(Clone, Copy, Debug)]
enum Syntax {
    Form,
    Xml,
}

impl Syntax {
    fn path(self) -> &'static str {
        match self {
            Self::Form => "/form",
            Self::Xml => "/xml",
        }
    }

    fn media_type(self) -> &'static str {
        match self {
            Self::Form => "application/x-www-form-urlencoded",
            Self::Xml => "application/xml",
        }
    }

    fn write(self, body: types::Record) -> Result<Request<Body>, OutgoingError> {
        match self {
            Self::Form => webhooks::WriteFormRequest { body }.into_request("http://a.test/form"),
            Self::Xml => webhooks::WriteXmlRequest { body }.into_request("http://a.test/xml"),
        }
    }
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(future)
}

fn server() -> Router {
    router::new(Reader)
}

/// Status and body of an answer.
fn answer(request: Request<Body>) -> (u16, Vec<u8>) {
    wait(async {
        let response = server().oneshot(request).await.expect("routers answer everything");
        let status = response.status().as_u16();
        (status, response.into_body().collect().await.expect("a body").to_bytes().to_vec())
    })
}

fn record_of(value: &Value) -> types::Record {
    from_json(value.to_string().as_bytes()).expect("the value is a record")
}

/// The bytes that a value is written as; nothing where it is refused.
fn written(syntax: Syntax, value: &Value) -> Option<Vec<u8>> {
    let request = syntax.write(record_of(value)).ok()?;
    Some(wait(async { request.into_body().collect().await.expect("a body").to_bytes().to_vec() }))
}

fn sent(syntax: Syntax, body: Vec<u8>) -> (u16, Vec<u8>) {
    let request = Request::post(syntax.path()).header("content-type", syntax.media_type());
    answer(request.body(Body::from(body)).expect("a request"))
}

/// Short texts with everything that some syntax has a meaning for.
fn text() -> impl Strategy<Value = String> {
    const PIECES: [&str; 30] = [
        "a",
        "b",
        "0",
        " ",
        "%",
        "+",
        "&",
        "=",
        ",",
        ".",
        ";",
        "|",
        "[",
        "]",
        "/",
        "<",
        ">",
        "\"",
        "'",
        "&amp;",
        "]]>",
        "\n",
        "\r",
        "\t",
        "ü",
        "\u{1f40e}",
        "%20",
        "null",
        "\u{85}",
        "\u{2028}",
    ];
    let pieces = vec(prop::sample::select(PIECES.as_slice()), 0..5).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => pieces, 1 => any::<String>().prop_map(|text| text.chars().take(6).collect())]
}

fn number() -> impl Strategy<Value = Value> {
    prop_oneof![any::<i64>(), -3..3_i64].prop_map(Value::from)
}

/// An object of those members that are there.
fn object(members: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Value {
    let there = members.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(there.collect::<Map<_, _>>())
}

fn texts() -> impl Strategy<Value = Option<Value>> {
    of(vec(text(), 1..4).prop_map(Value::from))
}

fn pair() -> impl Strategy<Value = Option<Value>> {
    let members = (of(text()), of(number()));
    let pair = members.prop_map(|(a, b)| object([("a", a.map(Value::from)), ("b", b)]));
    of(pair.prop_filter("an empty object is written as nothing", |pair| *pair != json!({})))
}

fn record() -> impl Strategy<Value = Value> {
    let scalars = (text(), of(number()), of(-1e9..1e9_f64), of(any::<bool>()), of(text()));
    let lists = (texts(), of(vec(number(), 1..4)), texts(), texts());
    let part = (of(text()), of(vec(any::<bool>(), 1..3)))
        .prop_map(|(a, b)| object([("a", a.map(Value::from)), ("b", b.map(Value::from))]));
    let objects = (pair(), pair(), of(vec(part, 1..3)));
    (scalars, lists, objects).prop_map(|((name, count, ratio, flag, note), (plain, comma, pipe, space), rest)| {
        let (deep, flat, json) = rest;
        object([
            ("name", Some(name.into())),
            ("count", count),
            ("ratio", ratio.map(|ratio| json!(ratio))),
            ("flag", flag.map(Value::from)),
            ("note", note.map(Value::from)),
            ("plain", plain),
            ("comma", comma.map(Value::from)),
            ("pipe", pipe),
            ("space", space),
            ("deep", deep),
            ("flat", flat),
            ("json", json.map(Value::from)),
        ])
    })
}

/// Whether a style has no escape for something in a value, or writes it like an empty list.
fn form_may_refuse(value: &Value) -> bool {
    let holds = |key: &str, character: char| {
        value[key]
            .as_array()
            .into_iter()
            .flatten()
            .any(|text| text.as_str().is_some_and(|text| text.contains(character)))
    };
    let is_nothing = |key: &str| value[key] == json!([""]);
    holds("space", ' ') || holds("pipe", '|') || is_nothing("space") || is_nothing("pipe")
}

/// Whether a text has a character that XML 1.0 has no way to write (section 2.2).
fn xml_may_refuse(value: &Value) -> bool {
    match value {
        Value::String(text) => text.chars().any(|character| {
            !matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
        }),
        Value::Array(items) => items.iter().any(xml_may_refuse),
        Value::Object(members) => members.values().any(xml_may_refuse),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn comes_back(syntax: Syntax, value: &Value, may_be_refused: bool) -> Result<(), TestCaseError> {
    let Some(body) = written(syntax, value) else {
        prop_assert!(may_be_refused, "{value} is refused");
        return Ok(());
    };
    let (status, read) = sent(syntax, body.clone());
    let shown = format!("{}: {}", String::from_utf8_lossy(&body), String::from_utf8_lossy(&read));
    prop_assert_eq!(status, 200, "{}", shown);
    // As text, for `serde_json` may read a number as the one beside it.
    let expected = to_json(&record_of(value));
    prop_assert_eq!(String::from_utf8_lossy(&read), String::from_utf8_lossy(&expected), "{}", shown);
    Ok(())
}

/// Bytes are read as a value, or refused with at least one reason.
fn is_judged(syntax: Syntax, body: Vec<u8>) -> Result<(), TestCaseError> {
    let (status, answer) = sent(syntax, body);
    let answer: Value = serde_json::from_slice(&answer).expect("JSON");
    match status {
        200 => prop_assert!(answer["name"].is_string(), "{answer}"),
        400 => prop_assert!(answer["errors"].as_array().is_some_and(|errors| !errors.is_empty()), "{answer}"),
        status => prop_assert!(false, "{status}: {answer}"),
    }
    Ok(())
}

/// Something written, with a few bytes changed.
fn damaged(syntax: Syntax) -> impl Strategy<Value = Vec<u8>> {
    let changes = vec(
        (any::<prop::sample::Index>(), prop_oneof![any::<u8>(), prop::sample::select(b"<>&%=+[]\"' /!?".as_slice())]),
        1..4,
    );
    (record(), changes).prop_map(move |(value, changes)| {
        let mut body = written(syntax, &value).unwrap_or_default();
        for (place, byte) in changes {
            if !body.is_empty() {
                let place = place.index(body.len());
                body[place] = byte;
            }
        }
        body
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn forms_come_back(value in record()) {
        comes_back(Syntax::Form, &value, form_may_refuse(&value))?;
    }

    #[test]
    fn xml_comes_back(value in record()) {
        comes_back(Syntax::Xml, &value, xml_may_refuse(&value))?;
    }

    #[test]
    fn any_bytes_are_judged(body in vec(any::<u8>(), 0..200)) {
        is_judged(Syntax::Form, body.clone())?;
        is_judged(Syntax::Xml, body)?;
    }

    #[test]
    fn damaged_forms_are_judged(body in damaged(Syntax::Form)) {
        is_judged(Syntax::Form, body)?;
    }

    #[test]
    fn damaged_xml_is_judged(body in damaged(Syntax::Xml)) {
        is_judged(Syntax::Xml, body)?;
    }
}
