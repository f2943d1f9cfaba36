//! Every style at every place, as text that clients send: OpenAPI 3.1.1 sections 4.8.12.2 to 4.8.12.4, RFC 6570.

use axum::body::Body;
use http::Request;
use serde_json::{Value, json};
use stubwright::codegen::{Place, Routes, Shape, Style, Styled, field};
use stubwright::{Document, ErrorShape, OperationInfo};

use crate::support::{answer_json, document, operation, send_whole};

static DOCUMENT: Document = document(ErrorShape::FastApi);
static PATH: OperationInfo = operation("GET", "/p/{color}", ErrorShape::FastApi);
static PLAIN: OperationInfo = operation("GET", "/q", ErrorShape::FastApi);

/// Where a text of a row is sent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum At {
    Path,
    Query,
    Header,
    Cookie,
}

/// What a parameter is read as, as JSON whose scalars are strings; for a violation its message.
pub(crate) async fn read(styled: Styled, at: At, text: &str) -> Value {
    let request = Request::builder().method("GET");
    let request = match at {
        At::Path => request.uri(format!("/p/{text}")),
        At::Query => request.uri(format!("/q?{text}")),
        At::Header => request.uri("/q").header("color", text),
        At::Cookie => request.uri("/q").header("cookie", text),
    };
    answered(styled, at, request.body(Body::empty()).expect("a request")).await
}

/// The same of a whole request.
pub(crate) async fn answered(styled: Styled, at: At, request: Request<Body>) -> Value {
    let info = if matches!(at, At::Path) { &PATH } else { &PLAIN };
    let routes = Routes::new(&DOCUMENT).operation(info, (), move |(), mut incoming| async move {
        match field::optional::<Value, _>(&styled, &mut incoming) {
            Some(value) => Ok(answer_json(&value.unwrap_or(json!("absent")))),
            None => Err(incoming.refuse()),
        }
    });
    let answer = send_whole(&routes.into_router(), request).await;
    match answer.status.as_u16() {
        200 => answer.json(),
        422 => json!({ "wrong": answer.json()["detail"][0]["msg"] }),
        status => panic!("{status}: {}", answer.text),
    }
}

async fn check(rows: &[(Styled, At, &str, Value)]) {
    for (styled, at, text, expected) in rows {
        assert_eq!(read(*styled, *at, text).await, *expected, "{text} as {styled:?}");
    }
}

fn wrong(message: &str) -> Value {
    json!({ "wrong": message })
}

fn list() -> Value {
    json!(["blue", "black", "brown"])
}

fn object() -> Value {
    json!({ "R": "100", "G": "200", "B": "150" })
}

#[tokio::test]
async fn paths() {
    let path = |style, explode, shape| Styled::path("color", style, explode, shape);
    let [scalar, items, members, any] = [Shape::Scalar, Shape::List, Shape::Object, Shape::Any];
    let (simple, label, matrix) = (Style::Simple, Style::Label, Style::Matrix);
    let odd = || wrong("must be keys and values in turn");
    check(&[
        (path(simple, false, scalar), At::Path, "blue", json!("blue")),
        (path(simple, true, scalar), At::Path, "blue", json!("blue")),
        (path(simple, false, scalar), At::Path, "a,b", json!("a,b")),
        (path(simple, false, scalar), At::Path, "a%2Cb%20c", json!("a,b c")),
        (path(simple, false, items), At::Path, "blue,black,brown", list()),
        (path(simple, true, items), At::Path, "blue,black,brown", list()),
        (path(simple, false, items), At::Path, "blue", json!(["blue"])),
        (path(simple, false, items), At::Path, "a%2Cb,c", json!(["a,b", "c"])),
        (path(simple, false, items), At::Path, "a,,b", json!(["a", "", "b"])),
        (path(simple, false, items), At::Path, "a+b", json!(["a+b"])),
        (path(simple, false, members), At::Path, "R,100,G,200,B,150", object()),
        (path(simple, true, members), At::Path, "R=100,G=200,B=150", object()),
        (path(simple, false, members), At::Path, "R,100,G", odd()),
        (path(simple, true, members), At::Path, "R=1%3D0,G", json!({ "R": "1=0", "G": "" })),
        (path(simple, false, any), At::Path, "blue", json!("blue")),
        (path(simple, false, any), At::Path, "blue,black", json!(["blue", "black"])),
        (path(label, false, scalar), At::Path, ".blue", json!("blue")),
        (path(label, true, scalar), At::Path, ".blue.green", json!("blue.green")),
        (path(label, false, scalar), At::Path, ".", json!("")),
        (path(label, false, scalar), At::Path, "blue", wrong("must begin with a dot")),
        (path(label, false, items), At::Path, ".blue,black,brown", list()),
        (path(label, true, items), At::Path, ".blue.black.brown", list()),
        (path(label, true, items), At::Path, ".", json!([])),
        (path(label, true, items), At::Path, ".a%2Eb.c", json!(["a.b", "c"])),
        (path(label, false, members), At::Path, ".R,100,G,200,B,150", object()),
        (path(label, true, members), At::Path, ".R=100.G=200.B=150", object()),
        (path(matrix, false, scalar), At::Path, ";color=blue", json!("blue")),
        (path(matrix, true, scalar), At::Path, ";color=blue", json!("blue")),
        (path(matrix, false, scalar), At::Path, ";color", json!("")),
        (path(matrix, false, scalar), At::Path, ";colour=blue", wrong("must be written with its name")),
        (path(matrix, false, scalar), At::Path, "blue", wrong("must begin with a semicolon")),
        (path(matrix, false, scalar), At::Path, ";color=a;color=b", wrong("may be given only once")),
        (path(matrix, false, items), At::Path, ";color=blue,black,brown", list()),
        (path(matrix, true, items), At::Path, ";color=blue;color=black;color=brown", list()),
        (path(matrix, true, items), At::Path, ";color=blue", json!(["blue"])),
        (path(matrix, false, items), At::Path, ";color", json!([])),
        (path(matrix, false, members), At::Path, ";color=R,100,G,200,B,150", object()),
        (path(matrix, true, members), At::Path, ";R=100;G=200;B=150", object()),
        (path(matrix, true, any), At::Path, ";color=a;color=b", json!(["a", "b"])),
        (path(matrix, true, any), At::Path, ";color=a,b", json!("a,b")),
        (path(matrix, false, any), At::Path, ";color=a,b", json!(["a", "b"])),
    ])
    .await;
}

#[tokio::test]
async fn queries() {
    let query = |style, explode, shape| Styled::query("color", style, explode, shape);
    let [scalar, items, members, any] = [Shape::Scalar, Shape::List, Shape::Object, Shape::Any];
    let (form, space, pipe) = (Style::Form, Style::SpaceDelimited, Style::PipeDelimited);
    let repeated = || wrong("may be given only once");
    let malformed = || wrong("is not valid percent-encoded UTF-8");
    check(&[
        (query(form, true, scalar), At::Query, "color=blue", json!("blue")),
        (query(form, true, scalar), At::Query, "other=blue", json!("absent")),
        (query(form, true, scalar), At::Query, "color=", json!("")),
        (query(form, true, scalar), At::Query, "color", json!("")),
        (query(form, true, scalar), At::Query, "color=a+b%2Bc", json!("a b+c")),
        (query(form, true, scalar), At::Query, "c%6Flor=blue", json!("blue")),
        (query(form, true, scalar), At::Query, "color=a&color=b", repeated()),
        (query(form, true, scalar), At::Query, "color=%FF", malformed()),
        (query(form, true, scalar), At::Query, "color=%4", malformed()),
        (query(form, true, items), At::Query, "color=blue&color=black&color=brown", list()),
        (query(form, true, items), At::Query, "color=blue", json!(["blue"])),
        (query(form, true, items), At::Query, "color=a,b", json!(["a,b"])),
        (query(form, true, items), At::Query, "color=", json!([""])),
        (query(form, true, items), At::Query, "color=a&other=1&color=%zz", malformed()),
        (query(form, true, items), At::Query, "", json!("absent")),
        (query(form, false, items), At::Query, "color=blue,black,brown", list()),
        (query(form, false, items), At::Query, "color=a%2Cb,c+d", json!(["a,b", "c d"])),
        (query(form, false, items), At::Query, "color=", json!([])),
        (query(form, false, items), At::Query, "color=a&color=b", repeated()),
        (query(form, true, members), At::Query, "R=100&G=200&B=150", object()),
        (query(form, true, members), At::Query, "R=1&R=2", json!({ "R": ["1", "2"] })),
        (query(form, true, members), At::Query, "", json!("absent")),
        (query(form, true, members).properties(&["R"]), At::Query, "R=1&G=2", json!({ "R": "1" })),
        (query(form, true, members).properties(&["R"]), At::Query, "G=2", json!("absent")),
        (query(form, false, members), At::Query, "color=R,100,G,200,B,150", object()),
        (query(form, false, members), At::Query, "color=", json!({})),
        (query(form, false, members), At::Query, "color=R", wrong("must be keys and values in turn")),
        (query(form, true, any), At::Query, "color=a", json!("a")),
        (query(form, true, any), At::Query, "color=a&color=b", json!(["a", "b"])),
        (query(form, false, any), At::Query, "color=a,b", json!(["a", "b"])),
        (query(space, false, items), At::Query, "color=blue%20black%20brown", list()),
        (query(space, false, items), At::Query, "color=blue+black+brown", list()),
        (query(space, false, items), At::Query, "color=a%2Bb+c", json!(["a+b", "c"])),
        (query(space, true, items), At::Query, "color=a+b&color=c", json!(["a b", "c"])),
        (query(space, false, members), At::Query, "color=R%20100%20G%20200%20B%20150", object()),
        (query(pipe, false, items), At::Query, "color=blue%7Cblack%7cbrown", list()),
        (query(pipe, false, items), At::Query, "color=a%20b", json!(["a b"])),
        (query(pipe, true, items), At::Query, "color=a%7Cb&color=c", json!(["a|b", "c"])),
        (query(pipe, false, members), At::Query, "color=R%7C100%7CG%7C200%7CB%7C150", object()),
    ])
    .await;
}

#[tokio::test]
async fn deep_objects() {
    let deep = |shape| Styled::query("color", Style::DeepObject, true, shape);
    let members = Shape::Object;
    let nested = || wrong("is nested too deeply");
    let too_deep = format!("color{}=1", "[a]".repeat(33));
    let deepest = format!("color{}=1", "[a]".repeat(32));
    let expected = (0..32).fold(json!("1"), |value, _| json!({ "a": value }));
    check(&[
        (deep(members), At::Query, "color[R]=100&color[G]=200&color[B]=150", object()),
        (deep(members), At::Query, "color%5BR%5D=100&x=1&colored[a]=1", json!({ "R": "100" })),
        (deep(members), At::Query, "x=1", json!("absent")),
        (deep(members), At::Query, "color[R]=", json!({ "R": "" })),
        (deep(members), At::Query, "color[R]", json!({ "R": "" })),
        (deep(members), At::Query, "color[a%20b]=c+d", json!({ "a b": "c d" })),
        (deep(members), At::Query, "color[a][b][c]=1&color[a][d]=2", json!({ "a": { "b": { "c": "1" }, "d": "2" } })),
        (deep(members), At::Query, "color[a][]=1&color[a][]=2", json!({ "a": ["1", "2"] })),
        (deep(members), At::Query, "color[a]b]=1&color[c]][d]=2", json!({ "a]b": "1", "c]": { "d": "2" } })),
        (deep(members), At::Query, "color[]=1", json!({ "": "1" })),
        (deep(members), At::Query, "color[a]=1&color[]=2&color[][b]=3", wrong("has both a value and keys")),
        (deep(members), At::Query, "color[]=1&color[]=2&color[a]=3", json!({ "": ["1", "2"], "a": "3" })),
        (deep(members), At::Query, "color[a]=1&color[a]=2", json!({ "a": ["1", "2"] })),
        (deep(members), At::Query, "color[a][0]=x&color[a][1]=y", json!({ "a": ["x", "y"] })),
        (deep(members), At::Query, "color[a][1]=y&color[a][0]=x", json!({ "a": ["x", "y"] })),
        (deep(members), At::Query, "color[a][0][b]=x", json!({ "a": [{ "b": "x" }] })),
        (deep(members), At::Query, "color[a][1]=x", json!({ "a": { "1": "x" } })),
        (deep(members), At::Query, "color[a][0]=x&color[a][b]=y", json!({ "a": { "0": "x", "b": "y" } })),
        (deep(members), At::Query, "color[0]=x", json!({ "0": "x" })),
        (deep(members), At::Query, "color[a][4000000000]=x", json!({ "a": { "4000000000": "x" } })),
        (deep(Shape::List), At::Query, "color[]=a&color[]=b", json!(["a", "b"])),
        (deep(Shape::List), At::Query, "color[]=a", json!(["a"])),
        (deep(Shape::List), At::Query, "color[0]=a&color[1]=b", json!(["a", "b"])),
        (deep(Shape::List), At::Query, "color=a&color=b", json!(["a", "b"])),
        (deep(members), At::Query, "color[a=1", wrong("has a bracket without a partner")),
        (deep(members), At::Query, "color[a]b=1", wrong("has a bracket without a partner")),
        (deep(members), At::Query, "color[a]=1&color[a][b]=2", wrong("has both a value and keys")),
        (deep(members), At::Query, "color[a][b]=2&color[a]=1", wrong("has both a value and keys")),
        (deep(members), At::Query, "color[a]=%FF", wrong("is not valid percent-encoded UTF-8")),
        (deep(members), At::Query, &too_deep, nested()),
        (deep(members), At::Query, &deepest, expected),
    ])
    .await;
}

#[tokio::test]
async fn headers_and_cookies() {
    let header = |explode, shape| Styled::header("color", explode, shape);
    let cookie = |style, explode, shape| Styled::cookie("color", style, explode, shape);
    let [scalar, items, members, any] = [Shape::Scalar, Shape::List, Shape::Object, Shape::Any];
    let (form, plain) = (Style::Form, Style::Cookie);
    check(&[
        (header(false, scalar), At::Header, "blue, %20 green", json!("blue, %20 green")),
        (header(false, items), At::Header, "blue,black,brown", list()),
        (header(true, items), At::Header, "blue , black,\tbrown", list()),
        (header(false, items), At::Header, "", json!([])),
        (header(false, members), At::Header, "R,100,G,200,B,150", object()),
        (header(true, members), At::Header, "R=100, G=200, B=150", object()),
        (header(false, members), At::Header, "R,100,G", wrong("must be keys and values in turn")),
        (header(false, any), At::Header, "blue", json!("blue")),
        (header(false, any), At::Header, "blue,black", json!(["blue", "black"])),
        (cookie(form, true, scalar), At::Cookie, "color=blue", json!("blue")),
        (cookie(form, true, scalar), At::Cookie, "a=b; color=a%20b+c; d=e", json!("a b+c")),
        (cookie(form, true, scalar), At::Cookie, "a=b", json!("absent")),
        (cookie(form, true, scalar), At::Cookie, "color=a=b", json!("a=b")),
        (cookie(form, true, scalar), At::Cookie, "color=a; color=b", wrong("may be given only once")),
        (cookie(form, true, scalar), At::Cookie, "color=%FF", wrong("is not valid percent-encoded UTF-8")),
        (cookie(form, false, items), At::Cookie, "color=blue,black,brown", list()),
        (cookie(form, true, scalar), At::Cookie, "color=100%", json!("100%")),
        (cookie(form, false, items), At::Cookie, "color=100%,%zz,a%2Cb", json!(["100%", "%zz", "a,b"])),
        (cookie(form, true, items), At::Cookie, "color=blue&color=black&color=brown", list()),
        (cookie(form, true, items), At::Cookie, "color=blue; color=black; color=brown", list()),
        (cookie(form, false, members), At::Cookie, "color=R,100,G,200,B,150", object()),
        (cookie(form, true, members), At::Cookie, "R=100&G=200&B=150", object()),
        (cookie(plain, true, scalar), At::Cookie, "color=a%20b&c", json!("a%20b&c")),
        (cookie(plain, false, items), At::Cookie, "color=blue,black,brown", list()),
        (cookie(plain, true, items), At::Cookie, "color=blue; color=black; color=brown", list()),
        (cookie(plain, true, members), At::Cookie, "R=100; G=200; B=150", object()),
        (cookie(plain, false, members), At::Cookie, "color=R,100,G,200,B,150", object()),
    ])
    .await;
}

#[tokio::test]
async fn json_and_whole_queries() {
    let query = Styled::json(Place::Query, "color");
    let syntax = |column| wrong(&format!("malformed or too deeply nested JSON, column {column}"));
    check(&[
        (query, At::Query, "color=%7B%22a%22:[1,%22b%22]%7D", json!({ "a": [1, "b"] })),
        (query, At::Query, "color=5", json!(5)),
        (query, At::Query, "color=%225%22", json!("5")),
        (query, At::Query, "color=", syntax(0)),
        (query, At::Query, "color=%7Ba", syntax(2)),
        (query, At::Query, "color=1&color=2", wrong("may be given only once")),
        (query, At::Query, "", json!("absent")),
        (Styled::json(Place::Path, "color"), At::Path, "%5B1%5D", json!([1])),
        (Styled::json(Place::Header, "color"), At::Header, "{\"a\":1}", json!({ "a": 1 })),
        (Styled::json(Place::Cookie, "color"), At::Cookie, "color=%5B1%5D", json!([1])),
        (Styled::json(Place::QueryString, "color"), At::Query, "%7B%22a%22:1%7D", json!({ "a": 1 })),
        (Styled::json(Place::QueryString, "color"), At::Query, "", json!("absent")),
        (Styled::form(Place::QueryString, "color"), At::Query, "a=1&b=x+y&a=2", json!({ "a": ["1", "2"], "b": "x y" })),
        (Styled::form(Place::QueryString, "color"), At::Query, "a=%FF", wrong("is not valid percent-encoded UTF-8")),
        (Styled::form(Place::QueryString, "color"), At::Query, "", json!("absent")),
    ])
    .await;
}
