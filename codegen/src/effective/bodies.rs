//! What the added responses hold, as JSON Schema. `ErrorShape` of the runtime fills the bodies.

use http::StatusCode;

use crate::document::{Maker, Node, Value};
use crate::ir::{EdgeAnswer, Fill};

/// A response, with a body where a schema is referred to.
pub(super) fn response(answer: &EdgeAnswer, schema: Option<&str>, make: Maker) -> Node {
    let mut members =
        vec![("description", make.text(reason(answer.status))), ("x-status-source", make.text("generated"))];
    if answer.status == 401 {
        let text = make.object([("type", make.text("string"))]);
        let header = make.object([("required", make.boolean(true)), ("schema", text)]);
        members.push(("headers", make.object([("WWW-Authenticate", header)])));
    }
    if let Some(schema) = schema {
        let media = make.object([("schema", make.object([("$ref", make.text(schema))]))]);
        members.push(("content", make.object([(answer.shape.media_type.as_str(), media)])));
    }
    make.object(members)
}

/// The name of the component of a response.
pub(super) fn response_name(status: u16) -> String {
    let words = reason(status).split(|character: char| !character.is_ascii_alphanumeric());
    std::iter::once("Generated").chain(words).collect()
}

/// The name of the component of a schema.
pub(super) fn schema_name(body: &Fill, lists_violations: bool) -> &'static str {
    match (body, lists_violations) {
        (Fill::Problem, _) => "GeneratedProblem",
        (Fill::FastApi, true) => "GeneratedInvalidRequest",
        _ => "GeneratedError",
    }
}

/// The schema of a body.
pub(super) fn schema(body: &Fill, lists_violations: bool, make: Maker) -> Node {
    let text = || make.object([("type", make.text("string"))]);
    match body {
        Fill::FastApi if lists_violations => {
            let members = vec![("loc", loc(make)), ("msg", text()), ("type", text())];
            let violation = object(&["loc", "msg", "type"], members, make);
            object(&["detail"], vec![("detail", list(violation, make))], make)
        }
        Fill::FastApi => object(&["detail"], vec![("detail", text())], make),
        Fill::Problem => problem(make),
        Fill::Sentence
        | Fill::Message
        | Fill::Reason
        | Fill::Code
        | Fill::StatusText
        | Fill::Path
        | Fill::Pointer
        | Fill::Part => text(),
        Fill::Status => status_code(make),
        Fill::Loc => loc(make),
        Fill::Constant(text) => {
            let (kind, value) = constant(text, make);
            make.object([("type", make.text(kind)), ("enum", make.list([value]))])
        }
        Fill::Object(members) => {
            let always: Vec<&str> =
                members.iter().filter(|(_, member)| is_always_there(member)).map(|(key, _)| key.as_str()).collect();
            let members = members.iter().map(|(key, member)| (key.as_str(), schema(member, lists_violations, make)));
            object(&always, members.collect(), make)
        }
        Fill::Violations(item) | Fill::Errors(item) => list(schema(item, lists_violations, make), make),
    }
}

/// Whether there is something to tell of every error.
fn is_always_there(fill: &Fill) -> bool {
    !matches!(fill, Fill::Violations(_) | Fill::Path | Fill::Pointer | Fill::Part)
}

fn problem(make: Maker) -> Node {
    let text = || make.object([("type", make.text("string"))]);
    let members = vec![("pointer", text()), ("in", text()), ("name", text()), ("detail", text())];
    let members = vec![
        ("type", text()),
        ("title", text()),
        ("status", status_code(make)),
        ("detail", text()),
        ("errors", list(object(&["detail"], members, make), make)),
    ];
    object(&["type", "title", "status", "detail"], members, make)
}

/// The status of an error.
fn status_code(make: Maker) -> Node {
    integer(400, 599, make)
}

fn loc(make: Maker) -> Node {
    let key = make.object([("type", make.text("string"))]);
    list(make.object([("anyOf", make.list([key, integer(0, i64::MAX, make)]))]), make)
}

fn integer(lowest: i64, highest: i64, make: Maker) -> Node {
    let bound = |bound: i64| make.number(bound.to_string());
    make.object([("type", make.text("integer")), ("minimum", bound(lowest)), ("maximum", bound(highest))])
}

/// The type and the value of a constant, which is a scalar without escapes, or an empty list.
fn constant(text: &str, make: Maker) -> (&'static str, Node) {
    match (text, text.strip_prefix('"').and_then(|text| text.strip_suffix('"'))) {
        (_, Some(text)) => ("string", make.text(text)),
        ("true" | "false", None) => ("boolean", make.boolean(text == "true")),
        ("[]", None) => ("array", make.list([])),
        (number, None) => ("number", Node::detached(make.0, Value::Number(number.into()))),
    }
}

fn object(required: &[&str], properties: Vec<(&str, Node)>, make: Maker) -> Node {
    let required = make.list(required.iter().map(|key| make.text(*key)));
    let properties = make.object(properties);
    make.object([("type", make.text("object")), ("required", required), ("properties", properties)])
}

fn list(items: Node, make: Maker) -> Node {
    make.object([("type", make.text("array")), ("items", items)])
}

/// The reason phrase of RFC 9110 section 15; the `http` crate has an older one for two of them.
fn reason(status: u16) -> &'static str {
    match status {
        413 => "Content Too Large",
        422 => "Unprocessable Content",
        status => StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or_default(),
    }
}
