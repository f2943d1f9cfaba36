//! How each operation answers an invalid request, and how its error bodies look.
//!
//! The one rule: a body is filled where all that its schema demands can be filled truthfully, and the result is allowed by
//! the schema. Any other body of JSON is asked for by a generated trait. What is left is reported, and problem details
//! (RFC 9457) are answered.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{ErrorShape, Fill, Operation};
use crate::lower::asked::Asking;
use crate::lower::context::Cx;
use crate::lower::edge;
use crate::lower::shape::{self, Demand};
use crate::model::{self, Response, Schemas, Status};
use crate::source::Span;

/// Sets the statuses and shapes of every operation; gives the shape of errors that belong to no operation, and the bodies
/// that are asked for.
pub(super) fn assign(cx: &mut Cx<'_>, operations: &mut [Operation], unimplemented: bool) -> (ErrorShape, Asking) {
    let model = cx.model;
    // One operation that answers with plain text does not speak for the others.
    let known = model.operations.iter().find_map(|operation| {
        general(&model.schemas, operation).filter(|shape| !shape.media_type.starts_with("text/"))
    });
    let of_document = known.unwrap_or_else(ErrorShape::problem);
    let (mut reported, mut asking) = (HashSet::new(), Asking::new());
    for (operation, source) in operations.iter_mut().zip(&model.operations) {
        operation.invalid_status = invalid_status(source);
        operation.error_shape = general(&model.schemas, source).unwrap_or_else(|| of_document.clone());
        let mut statuses = edge::statuses(source, operation);
        statuses.extend(unimplemented.then_some(501));
        for status in in_order(&statuses, operation.invalid_status) {
            let Some(response) = unfilled(&model.schemas, source, operation, status) else { continue };
            if let Some(body) = asking.body(cx, operation, response, status) {
                operation.asked.push(body);
            } else if reported.insert(place(&model.schemas, response)) {
                cx.sink.report(unknown(response, status == operation.invalid_status));
            }
        }
        for status in answered(source, &statuses) {
            if !statuses.contains(&status)
                && let Some(response) = unfilled(&model.schemas, source, operation, status)
            {
                operation.asked.extend(asking.same_body(operation, response, status));
            }
        }
        operation.error_shapes = single(&model.schemas, source, operation, &statuses);
        operation.edge = edge::answers(&model.schemas, source, operation, &statuses);
        for answer in operation.edge.iter().filter(|answer| answer.is_declared) {
            let demanded = declared(source, answer.status).into_iter();
            for header in demanded.flat_map(|response| edge::unsent(response, answer.status)) {
                if reported.insert(header.name.span) {
                    cx.sink.report(unsent(header));
                }
            }
        }
    }
    (of_document, asking)
}

/// The statuses, that of an invalid request first: it names what is asked for.
fn in_order(statuses: &[u16], invalid: u16) -> Vec<u16> {
    let mut ordered = statuses.to_vec();
    ordered.sort_by_key(|&status| (status != invalid, status));
    ordered
}

/// The declared response of a status, if it has a body that cannot be filled.
fn unfilled<'m>(
    schemas: &Schemas,
    source: &'m model::Operation,
    operation: &Operation,
    status: u16,
) -> Option<&'m Response> {
    let response = declared(source, status).filter(|response| !response.content.is_empty())?;
    of(schemas, response, demand(operation, status)).is_none().then_some(response)
}

/// 422 if declared, else 400.
fn invalid_status(operation: &model::Operation) -> u16 {
    if response(operation, Status::Code(422)).is_some() { 422 } else { 400 }
}

/// What an operation declares under a key.
fn response(operation: &model::Operation, wanted: Status) -> Option<&Response> {
    operation.responses.iter().find(|response| response.status.value == wanted)
}

/// The response that is declared for a status: itself, else its range, else `default`.
pub(super) fn declared(operation: &model::Operation, status: u16) -> Option<&Response> {
    let class = u8::try_from(status / 100).expect("a status has three digits");
    [Status::Code(status), Status::Range(class), Status::Default].into_iter().find_map(|key| response(operation, key))
}

/// What the body of a status has to do.
pub(super) fn demand(operation: &Operation, status: u16) -> Demand {
    Demand { status: Some(status), lists_violations: status == operation.invalid_status }
}

/// The shape of a response that can be filled, in the first of its media types that allows it.
pub(super) fn of(schemas: &Schemas, response: &Response, demand: Demand) -> Option<ErrorShape> {
    response.content.iter().find_map(|media| shape::of(schemas, media, demand))
}

/// The first shape of an operation's error responses that fits every status, with violations and without.
fn general(schemas: &Schemas, operation: &model::Operation) -> Option<ErrorShape> {
    let any = |lists_violations| Demand { status: None, lists_violations };
    let invalid = declared(operation, invalid_status(operation));
    let errors = operation.responses.iter().filter(|response| match response.status.value {
        Status::Code(code) => code >= 400,
        Status::Range(class) => class >= 4,
        Status::Default => true,
    });
    invalid.into_iter().chain(errors).find_map(|response| {
        let shape = of(schemas, response, any(true))?;
        // What FastAPI declares for violations, it answers with a message for everything else.
        (shape.body == Fill::FastApi || of(schemas, response, any(false)).as_ref() == Some(&shape)).then_some(shape)
    })
}

/// What handlers answer the most besides what the server answers.
const COMMON: [u16; 2] = [404, 409];

/// The shapes of single statuses, where they are not the general one: of those that the server answers on its own, and of
/// those that handlers answer with a message, because they are declared or common.
fn single(
    schemas: &Schemas,
    source: &model::Operation,
    operation: &Operation,
    statuses: &[u16],
) -> Vec<(u16, ErrorShape)> {
    let is_asked = |status| operation.asked.iter().any(|asked| asked.status == status);
    let shape = |status| {
        let response = declared(source, status).filter(|response| !response.content.is_empty())?;
        let exact = response.status.value == Status::Code(status);
        let shape = match of(schemas, response, demand(operation, status)) {
            Some(shape) => shape,
            // A range or `default` that cannot be filled is overruled by what the document is handed out with.
            None if exact => ErrorShape::problem(),
            None => return None,
        };
        (shape != operation.error_shape).then_some((status, shape))
    };
    answered(source, statuses).into_iter().filter(|&status| !is_asked(status)).filter_map(shape).collect()
}

/// The statuses of errors that the server answers on its own, that are declared, and that are common, ascending.
fn answered(source: &model::Operation, statuses: &[u16]) -> Vec<u16> {
    let codes = source.responses.iter().filter_map(|response| match response.status.value {
        Status::Code(code) if code >= 400 => Some(code),
        Status::Code(_) | Status::Range(_) | Status::Default => None,
    });
    let mut all: Vec<u16> = statuses.iter().copied().chain(codes).chain(COMMON).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// What tells the bodies of responses apart: the place of the first one's schema.
fn place(schemas: &Schemas, response: &Response) -> Span {
    let schema = response.content.first().and_then(|media| media.schema);
    schema.map_or(response.status.span, |schema| schemas.get(schemas.resolve(schema)).span)
}

fn unknown(response: &Response, is_invalid: bool) -> Diagnostic {
    let message = if is_invalid {
        "the server cannot fill this body when a request is invalid"
    } else {
        "the server cannot fill this body when it refuses a request"
    };
    Diagnostic::new(Code::UnknownErrorShape, response.status.span, message)
        .label("problem details (RFC 9457) are answered instead")
        .help("declare a body of JSON: its members are filled, or else a generated trait asks for it")
}

fn unsent(header: &model::Header) -> Diagnostic {
    let message = format!("the server cannot fill the header field `{}` when it refuses a request", header.name.value);
    Diagnostic::new(Code::UnfilledHeader, header.name.span, message)
        .label("the server's own answers of this status are without it, until a layer around the router adds it")
        .help("require it of the responses that only handlers give")
}
