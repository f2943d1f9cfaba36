//! How each operation answers an invalid request, and how its error bodies look.
//!
//! The one rule: the shapes are a closed list. A schema that is none of them is reported, and problem details (RFC 9457)
//! are answered.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Maker, Node};
use crate::ir::{ErrorShape, Operation};
use crate::lower::context::Cx;
use crate::lower::edge;
use crate::model::{self, Response, SchemaId, Schemas, Status};
use crate::source::Span;

/// Sets status and shape of every operation; gives the shape of errors that belong to no operation.
pub(super) fn assign(cx: &mut Cx<'_>, operations: &mut [Operation]) -> ErrorShape {
    let model = cx.model;
    let known = model.operations.iter().find_map(|operation| known_shape(&model.schemas, operation));
    let of_document = known.unwrap_or(ErrorShape::Problem);
    for (operation, source) in operations.iter_mut().zip(&model.operations) {
        operation.invalid_status = invalid_status(source);
        let declared = declared(source, operation.invalid_status);
        operation.error_shape = known_shape(&model.schemas, source).unwrap_or(of_document);
        if let Some(response) = declared
            && let Some(media) = response.content.first()
            && let Some(schema) = media.schema
        {
            match shape(&model.schemas, schema, &media.name.value) {
                Some(shape) => operation.error_shape = shape,
                None => {
                    let message = "the server cannot fill this body when a request is invalid";
                    cx.sink.report(
                        Diagnostic::new(Code::UnknownErrorShape, response.status.span, message)
                            .label("problem details (RFC 9457) are answered instead")
                            .help("recognised are `detail`, `error` with `message`, and problem details"),
                    );
                    operation.error_shape = ErrorShape::Problem;
                }
            }
        }
        operation.edge = edge::answers(&model.schemas, source, operation);
    }
    of_document
}

/// 422 if declared, else 400.
fn invalid_status(operation: &model::Operation) -> u16 {
    let declares = |code| operation.responses.iter().any(|response| response.status.value == Status::Code(code));
    if declares(422) { 422 } else { 400 }
}

/// The response that is declared for a status.
fn declared(operation: &model::Operation, status: u16) -> Option<&Response> {
    let exact = operation.responses.iter().find(|response| response.status.value == Status::Code(status));
    exact.or_else(|| operation.responses.iter().find(|response| response.status.value == Status::Default))
}

/// The first shape that one of an operation's error responses has.
fn known_shape(schemas: &Schemas, operation: &model::Operation) -> Option<ErrorShape> {
    let errors = operation.responses.iter().filter(|response| match response.status.value {
        Status::Code(code) => code >= 400,
        Status::Range(class) => class >= 4,
        Status::Default => true,
    });
    errors.flat_map(|response| &response.content).find_map(|media| shape(schemas, media.schema?, &media.name.value))
}

/// The shape that a body has: its schema speaks of the shape's properties, and allows what the server fills them with.
pub(super) fn shape(schemas: &Schemas, id: SchemaId, media_type: &str) -> Option<ErrorShape> {
    let schema = schemas.get(schemas.resolve(id));
    let declares = |key: &&str| schema.properties.iter().any(|property| property.key.value == **key);
    let shapes: &[ErrorShape] = match media_type.split(';').next().unwrap_or_default().trim() {
        "application/json" => &[ErrorShape::FastApi, ErrorShape::ErrorMessage, ErrorShape::Detail],
        "application/problem+json" => &[ErrorShape::Problem],
        _ => &[],
    };
    shapes.iter().copied().find(|&shape| {
        let (keys, body) = filled(shape, schema.span);
        keys.iter().all(declares) && schemas.admits(id, &body)
    })
}

/// The properties that make a shape, and a body as the runtime's `ErrorShape` fills it.
fn filled(shape: ErrorShape, span: Span) -> (&'static [&'static str], Node) {
    let make = Maker(span);
    let text = |text: &str| make.text(text);
    let object = |members: Vec<(&'static str, Node)>| make.object(members);
    match shape {
        ErrorShape::FastApi => {
            let violation = object(vec![
                ("type", text("missing")),
                ("loc", make.list([text("body")])),
                ("msg", text("is required")),
            ]);
            (&["detail"], object(vec![("detail", make.list([violation]))]))
        }
        ErrorShape::Detail => (&["detail"], object(vec![("detail", text("a message"))])),
        ErrorShape::ErrorMessage => {
            (&["error", "message"], object(vec![("error", text("Bad Request")), ("message", text("a message"))]))
        }
        ErrorShape::Problem => {
            let error = object(vec![("pointer", text("#/name")), ("detail", text("is required"))]);
            let members = vec![
                ("type", text("about:blank")),
                ("title", text("Bad Request")),
                ("status", make.integer(400)),
                ("detail", text("a message")),
                ("errors", make.list([error])),
            ];
            (&["title", "detail"], object(members))
        }
    }
}
