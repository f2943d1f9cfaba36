//! Bodies as the runtime makes them, to be held against the schema.

use http::StatusCode;

use crate::document::{Maker, Node, Value};
use crate::ir::Fill;
use crate::lower::shape::Demand;
use crate::model::{SchemaId, Schemas};

/// Whether a schema allows what a shape is filled with.
pub(super) fn is_allowed(schemas: &Schemas, id: SchemaId, fill: &Fill, demand: Demand) -> bool {
    let make = Maker(schemas.get(id).span);
    let subject = Subject { status: demand.status.unwrap_or(404), make, has_violation: demand.lists_violations };
    value(fill, subject).is_some_and(|body| schemas.admits(id, &body))
}

/// What is told.
#[derive(Clone, Copy)]
struct Subject {
    status: u16,
    make: Maker,
    /// Whether something is wrong with the request; within an item, whether that is what it tells.
    has_violation: bool,
}

/// What stands at a place; nothing where there is nothing to tell.
fn value(fill: &Fill, subject: Subject) -> Option<Node> {
    let make = subject.make;
    let reason = StatusCode::from_u16(subject.status).ok().and_then(|status| status.canonical_reason());
    let reason = reason.unwrap_or("Unknown Status");
    let place = |node: Node| subject.has_violation.then_some(node);
    match fill {
        Fill::FastApi if subject.has_violation => {
            let loc = make.list([make.text("body"), make.text("name")]);
            let violation = [("type", make.text("missing")), ("loc", loc), ("msg", make.text("is required"))];
            Some(make.object([("detail", make.list([make.object(violation)]))]))
        }
        Fill::FastApi => Some(make.object([("detail", make.text("a message"))])),
        Fill::Problem => Some(problem(subject, reason)),
        Fill::Sentence | Fill::Message => Some(make.text("a message")),
        Fill::Reason => Some(make.text(reason)),
        Fill::Code => Some(make.text(reason.to_lowercase().replace(' ', "_"))),
        Fill::Status => Some(make.integer(subject.status)),
        Fill::StatusText => Some(make.text(subject.status.to_string())),
        Fill::Path => place(make.text("name")),
        Fill::Pointer => place(make.text("/name")),
        Fill::Part => place(make.text("body")),
        Fill::Loc if subject.has_violation => Some(make.list([make.text("body"), make.text("name")])),
        Fill::Loc => Some(make.list([])),
        Fill::Constant(text) => Some(constant(text, make)),
        Fill::Object(members) => {
            let filled = members.iter().filter_map(|(key, fill)| Some((key.as_str(), value(fill, subject)?)));
            let filled: Vec<_> = filled.collect();
            (members.is_empty() || !filled.is_empty()).then(|| make.object(filled))
        }
        Fill::Violations(item) => subject.has_violation.then(|| value(item, subject).map(|item| make.list([item])))?,
        Fill::Errors(item) => value(item, subject).map(|item| make.list([item])),
    }
}

fn problem(subject: Subject, reason: &str) -> Node {
    let make = subject.make;
    let mut members = vec![
        ("type", make.text("about:blank")),
        ("title", make.text(reason)),
        ("status", make.integer(subject.status)),
        ("detail", make.text("a message")),
    ];
    if subject.has_violation {
        let error = [("pointer", make.text("#/name")), ("detail", make.text("is required"))];
        members.push(("errors", make.list([make.object(error)])));
    }
    make.object(members)
}

/// A constant was a scalar of the document, or is an empty list.
fn constant(text: &str, make: Maker) -> Node {
    match text {
        "true" => make.boolean(true),
        "false" => make.boolean(false),
        "[]" => make.list([]),
        text => match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(text) => make.text(text),
            None => Node::detached(make.0, Value::Number(text.into())),
        },
    }
}
