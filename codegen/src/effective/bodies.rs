//! What the added responses hold, as JSON Schema. `ErrorShape` of the runtime fills the bodies.

use http::StatusCode;

use crate::document::{Maker, Node};
use crate::ir::{EdgeAnswer, ErrorShape};

/// A response, with a body where a schema is referred to.
pub(super) fn response(answer: EdgeAnswer, schema: Option<&str>, make: Maker) -> Node {
    let mut members =
        vec![("description", make.text(reason(answer.status))), ("x-status-source", make.text("generated"))];
    if answer.status == 401 {
        let text = make.object([("type", make.text("string"))]);
        let header = make.object([("required", make.boolean(true)), ("schema", text)]);
        members.push(("headers", make.object([("WWW-Authenticate", header)])));
    }
    if let Some(schema) = schema {
        let media = make.object([("schema", make.object([("$ref", make.text(schema))]))]);
        members.push(("content", make.object([(media_type(answer.shape), media)])));
    }
    make.object(members)
}

/// The name of the component of a response.
pub(super) fn response_name(status: u16) -> String {
    let words = reason(status).split(|character: char| !character.is_ascii_alphanumeric());
    std::iter::once("Generated").chain(words).collect()
}

/// The name of the component of a schema.
pub(super) fn schema_name(shape: ErrorShape, lists_violations: bool) -> &'static str {
    match (shape, lists_violations) {
        (ErrorShape::Problem, _) => "GeneratedProblem",
        (ErrorShape::FastApi, true) => "GeneratedInvalidRequest",
        (ErrorShape::FastApi | ErrorShape::Detail | ErrorShape::ErrorMessage, _) => "GeneratedError",
    }
}

/// The schema of a body.
pub(super) fn schema(shape: ErrorShape, lists_violations: bool, make: Maker) -> Node {
    let text = || make.object([("type", make.text("string"))]);
    match (shape, lists_violations) {
        (ErrorShape::FastApi, true) => {
            let segment = make.list([text(), make.object([("type", make.text("integer"))])]);
            let loc = list(make.object([("anyOf", segment)]), make);
            let violation =
                object(&["loc", "msg", "type"], vec![("loc", loc), ("msg", text()), ("type", text())], make);
            object(&["detail"], vec![("detail", list(violation, make))], make)
        }
        (ErrorShape::FastApi | ErrorShape::Detail, _) => object(&["detail"], vec![("detail", text())], make),
        (ErrorShape::ErrorMessage, _) => {
            object(&["error", "message"], vec![("error", text()), ("message", text())], make)
        }
        (ErrorShape::Problem, _) => {
            let members = vec![("pointer", text()), ("in", text()), ("name", text()), ("detail", text())];
            let status = make.object([("type", make.text("integer"))]);
            let members = vec![
                ("type", text()),
                ("title", text()),
                ("status", status),
                ("detail", text()),
                ("errors", list(object(&["detail"], members, make), make)),
            ];
            object(&["type", "title", "status", "detail"], members, make)
        }
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

/// The media type of a shape.
fn media_type(shape: ErrorShape) -> &'static str {
    match shape {
        ErrorShape::FastApi | ErrorShape::Detail | ErrorShape::ErrorMessage => "application/json",
        ErrorShape::Problem => "application/problem+json",
    }
}

/// The reason phrase of RFC 9110 section 15; the `http` crate has an older one for two of them.
fn reason(status: u16) -> &'static str {
    match status {
        413 => "Content Too Large",
        422 => "Unprocessable Content",
        status => StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or_default(),
    }
}
