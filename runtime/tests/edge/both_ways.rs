//! Parameters written and read again, by one description: the style tables of OpenAPI 3.0.4, 3.1.1 and 3.2.0, and what lies
//! beside them.

use axum::body::Body;
use http::Request;
use serde_json::{Value, json};
use stubwright::OutgoingError;
use stubwright::codegen::{Outgoing, OutgoingRequest, Place, Shape, Style, Styled, send};

use crate::styles::{At, read};

/// A request with one parameter.
pub(crate) struct One<'v> {
    pub(crate) styled: Styled,
    pub(crate) value: &'v Value,
}

impl OutgoingRequest for One<'_> {
    const METHOD: &'static str = "GET";

    fn write(self, outgoing: &mut Outgoing) {
        send::optional(&self.styled, Some(self.value.clone()), outgoing);
    }
}

pub(crate) fn request(styled: Styled, at: At, value: &Value) -> Result<Request<Body>, OutgoingError> {
    let url = match at {
        At::Path => "http://example.test/p/{color}",
        At::Query | At::Header | At::Cookie => "http://example.test/q",
    };
    send::request(One { styled, value }, url)
}

/// What stands in a request for its parameter; `None` where nothing does.
pub(crate) fn text_of(request: &Request<Body>, at: At) -> Option<String> {
    let header = |name| request.headers().get(name).map(|value| value.to_str().expect("ASCII").to_owned());
    match at {
        At::Path => request.uri().path().strip_prefix("/p/").map(str::to_owned),
        At::Query => request.uri().query().map(str::to_owned),
        At::Header => header("color"),
        At::Cookie => header("cookie"),
    }
}

/// What a value is written as; for a refusal its message.
fn written(styled: Styled, at: At, value: &Value) -> Result<Option<String>, String> {
    match request(styled, at, value) {
        Ok(request) => Ok(text_of(&request, at)),
        Err(OutgoingError::Url(why)) => Err(why.to_owned()),
        Err(OutgoingError::Fields(violations)) => Err(violations.listed()[0].message.to_string()),
    }
}

/// Every scalar as its text.
fn texts(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(texts).collect(),
        Value::Object(members) => members.iter().map(|(key, member)| (key.clone(), texts(member))).collect(),
        Value::String(text) => json!(text),
        scalar => json!(scalar.to_string()),
    }
}

fn described(style: Style, explode: bool, value: &Value) -> (Styled, At) {
    let shape = match value {
        Value::Array(_) => Shape::List,
        Value::Object(_) => Shape::Object,
        _ => Shape::Scalar,
    };
    match style {
        Style::Label | Style::Matrix | Style::Simple => (Styled::path("color", style, explode, shape), At::Path),
        Style::Cookie => (Styled::cookie("color", style, explode, shape), At::Cookie),
        _ => (Styled::query("color", style, explode, shape), At::Query),
    }
}

#[tokio::test]
async fn the_tables_of_the_specification() {
    use Style::{Cookie, DeepObject, Form, Label, Matrix, PipeDelimited, Simple, SpaceDelimited};
    let (blue, empty) = (json!("blue"), json!(""));
    let list = json!(["blue", "black", "brown"]);
    let object = json!({ "R": 100, "G": 200, "B": 150 });
    let rows = [
        (Matrix, false, &empty, ";color"),
        (Matrix, false, &blue, ";color=blue"),
        (Matrix, false, &list, ";color=blue,black,brown"),
        (Matrix, false, &object, ";color=R,100,G,200,B,150"),
        (Matrix, true, &empty, ";color"),
        (Matrix, true, &blue, ";color=blue"),
        (Matrix, true, &list, ";color=blue;color=black;color=brown"),
        (Matrix, true, &object, ";R=100;G=200;B=150"),
        (Label, false, &empty, "."),
        (Label, false, &blue, ".blue"),
        (Label, false, &list, ".blue,black,brown"),
        (Label, false, &object, ".R,100,G,200,B,150"),
        (Label, true, &empty, "."),
        (Label, true, &blue, ".blue"),
        (Label, true, &list, ".blue.black.brown"),
        (Label, true, &object, ".R=100.G=200.B=150"),
        (Simple, false, &blue, "blue"),
        (Simple, false, &list, "blue,black,brown"),
        (Simple, false, &object, "R,100,G,200,B,150"),
        (Simple, true, &blue, "blue"),
        (Simple, true, &list, "blue,black,brown"),
        (Simple, true, &object, "R=100,G=200,B=150"),
        (Form, false, &empty, "color="),
        (Form, false, &blue, "color=blue"),
        (Form, false, &list, "color=blue,black,brown"),
        (Form, false, &object, "color=R,100,G,200,B,150"),
        (Form, true, &empty, "color="),
        (Form, true, &blue, "color=blue"),
        (Form, true, &list, "color=blue&color=black&color=brown"),
        (Form, true, &object, "R=100&G=200&B=150"),
        (SpaceDelimited, false, &list, "color=blue%20black%20brown"),
        (SpaceDelimited, false, &object, "color=R%20100%20G%20200%20B%20150"),
        (PipeDelimited, false, &list, "color=blue%7Cblack%7Cbrown"),
        (PipeDelimited, false, &object, "color=R%7C100%7CG%7C200%7CB%7C150"),
        (DeepObject, true, &object, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
        (Cookie, false, &empty, "color="),
        (Cookie, false, &blue, "color=blue"),
        (Cookie, false, &list, "color=blue,black,brown"),
        (Cookie, false, &object, "color=R,100,G,200,B,150"),
        (Cookie, true, &empty, "color="),
        (Cookie, true, &blue, "color=blue"),
        (Cookie, true, &list, "color=blue; color=black; color=brown"),
        (Cookie, true, &object, "R=100; G=200; B=150"),
    ];
    for (style, explode, value, text) in rows {
        let (styled, at) = described(style, explode, value);
        assert_eq!(written(styled, at, value), Ok(Some(text.to_owned())), "{style:?} {explode} {value}");
        assert_eq!(read(styled, at, text).await, texts(value), "{style:?} {explode} {text}");
    }
    // An empty segment is no parameter of a path.
    let (styled, at) = described(Simple, false, &empty);
    assert_eq!(written(styled, at, &empty), Err("must not be empty in a path".to_owned()));
}

#[tokio::test]
async fn other_places() {
    let header = |explode, shape| (Styled::header("color", explode, shape), At::Header);
    let cookie = |explode, shape| (Styled::cookie("color", Style::Form, explode, shape), At::Cookie);
    let json_in = |place, at| (Styled::json(place, "color"), at);
    let form_in = |place, at| (Styled::form(place, "color"), at);
    let [scalar, items, members] = [Shape::Scalar, Shape::List, Shape::Object];
    let list = json!(["a b", "c"]);
    let object = json!({ "x": "1", "y": "a b" });
    for ((styled, at), value, text) in [
        (header(false, scalar), json!("a b, %20"), "a b, %20"),
        (header(false, items), list.clone(), "a b,c"),
        (header(true, items), list.clone(), "a b,c"),
        (header(false, members), object.clone(), "x,1,y,a b"),
        (header(true, members), object.clone(), "x=1,y=a b"),
        (cookie(true, scalar), json!("a b;,ü"), "color=a%20b%3B%2C%C3%BC"),
        (cookie(false, items), list.clone(), "color=a%20b,c"),
        (cookie(true, items), list.clone(), "color=a%20b&color=c"),
        (cookie(false, members), object.clone(), "color=x,1,y,a%20b"),
        (cookie(true, members), object.clone(), "x=1&y=a%20b"),
        (json_in(Place::Query, At::Query), json!({ "a": [1, "&"] }), "color=%7B%22a%22%3A%5B1%2C%22%26%22%5D%7D"),
        (json_in(Place::Path, At::Path), json!([1, "/"]), "%5B1%2C%22%2F%22%5D"),
        (json_in(Place::Header, At::Header), json!({ "a": 1 }), "{\"a\":1}"),
        (json_in(Place::Cookie, At::Cookie), json!([1]), "color=%5B1%5D"),
        (json_in(Place::QueryString, At::Query), json!({ "a": 1 }), "%7B%22a%22%3A1%7D"),
        (form_in(Place::QueryString, At::Query), json!({ "a": ["1", "2"], "b": "x y" }), "a=1&a=2&b=x+y"),
        (form_in(Place::Query, At::Query), json!({ "a": "1", "b": "&" }), "color=a%3D1%26b%3D%2526"),
        (form_in(Place::Cookie, At::Cookie), json!({ "a": "1;" }), "color=a%3D1%253B"),
        (form_in(Place::Header, At::Header), json!({ "a": "1 2" }), "a=1+2"),
    ] {
        assert_eq!(written(styled, at, &value), Ok(Some(text.to_owned())), "{styled:?}");
        assert_eq!(read(styled, at, text).await, value, "{styled:?}");
    }
}

#[test]
fn what_would_be_read_as_something_else_is_refused() {
    const CHANGED: &str = "holds what its style cannot write";
    const NESTED: &str = "holds values within values, which its style cannot write";
    let query = |style, shape| (Styled::query("color", style, false, shape), At::Query);
    let header = |shape| (Styled::header("color", false, shape), At::Header);
    let cookie = |explode, shape| (Styled::cookie("color", Style::Cookie, explode, shape), At::Cookie);
    let deep = (Styled::query("color", Style::DeepObject, true, Shape::Object), At::Query);
    let [scalar, items, members] = [Shape::Scalar, Shape::List, Shape::Object];
    for ((styled, at), value, reason) in [
        (query(Style::SpaceDelimited, items), json!(["a b"]), CHANGED),
        (query(Style::PipeDelimited, items), json!(["a|b"]), CHANGED),
        (query(Style::Form, items), json!([["a"]]), NESTED),
        (query(Style::Form, members), json!({ "a": { "b": 1 } }), NESTED),
        (query(Style::Form, members), json!({ "a": ["b", "c"] }), NESTED),
        (query(Style::Form, items), json!(["a", null]), CHANGED),
        (header(items), json!(["a,b"]), CHANGED),
        (header(items), json!([" a"]), CHANGED),
        (header(scalar), json!(" a"), CHANGED),
        (header(scalar), json!("a\r\nb: c"), "holds what no header can carry"),
        (header(members), json!({ "a,b": 1 }), CHANGED),
        (cookie(false, scalar), json!("a; b=c"), CHANGED),
        (cookie(false, items), json!(["a,b"]), CHANGED),
        (cookie(true, scalar), json!("a\nb"), "holds what no header can carry"),
        (deep, json!({ "a][b": 1 }), CHANGED),
        (deep, json!({ "a": { "": 1 } }), CHANGED),
        (deep, json!({ "a": {} }), CHANGED),
    ] {
        assert_eq!(written(styled, at, &value), Err(reason.to_owned()), "{styled:?} {value}");
    }
}

#[tokio::test]
async fn values_within_deep_objects() {
    let deep = Styled::query("color", Style::DeepObject, true, Shape::Object);
    for (value, text) in [
        (json!({ "a": { "b": "1" }, "c": "2" }), "color%5Ba%5D%5Bb%5D=1&color%5Bc%5D=2"),
        (json!({ "a": ["x", "y"] }), "color%5Ba%5D%5B0%5D=x&color%5Ba%5D%5B1%5D=y"),
        (json!({ "a": ["x"] }), "color%5Ba%5D%5B0%5D=x"),
        (json!({ "a": [{ "b": "x" }] }), "color%5Ba%5D%5B0%5D%5Bb%5D=x"),
        (json!({ "a": "", "b&": "c=d" }), "color%5Ba%5D=&color%5Bb%26%5D=c%3Dd"),
        (json!({ "": "a", "b]": "c" }), "color%5B%5D=a&color%5Bb%5D%5D=c"),
    ] {
        assert_eq!(written(deep, At::Query, &value), Ok(Some(text.to_owned())));
        assert_eq!(read(deep, At::Query, text).await, value);
    }
}

#[tokio::test]
async fn reserved_characters_stay_where_they_end_nothing() {
    let all = ":/?#[]@!$&'()*+,;=";
    let scalar = Styled::query("color", Style::Form, true, Shape::Scalar).reserved();
    let items = Styled::query("color", Style::Form, false, Shape::List).reserved();
    let path = Styled::path("color", Style::Simple, false, Shape::Scalar).reserved();
    for (styled, at, value, text) in [
        (scalar, At::Query, json!(all), "color=:/?%23%5B%5D@!$%26'()*%2B,;%3D"),
        (items, At::Query, json!([all, "a"]), "color=:/?%23%5B%5D@!$%26'()*%2B%2C;%3D,a"),
        (path, At::Path, json!(all), ":%2F%3F%23%5B%5D@!$%26'()*%2B%2C%3B%3D"),
    ] {
        assert_eq!(written(styled, at, &value), Ok(Some(text.to_owned())));
        assert_eq!(read(styled, at, text).await, value);
    }
}

#[test]
fn urls_keep_what_they_have() {
    let styled = Styled::query("color", Style::Form, true, Shape::Scalar);
    let value = json!("a b");
    let url = |url| send::request(One { styled, value: &value }, url).map(|request| request.uri().to_string());
    assert_eq!(url("https://a.test"), Ok("https://a.test/?color=a%20b".to_owned()));
    assert_eq!(url("http://a.test/b?"), Ok("http://a.test/b?color=a%20b".to_owned()));
    assert_eq!(url("http://a.test/b?c=d#e"), Ok("http://a.test/b?c=d&color=a%20b".to_owned()));
    for wrong in ["ftp://a.test/", "/b", "", "a.test", "http://", "http://a.test/ b"] {
        assert!(matches!(url(wrong), Err(OutgoingError::Url(_))), "{wrong}");
    }
}
