//! How each operation answers an invalid request, and how its error bodies look.
//!
//! The one rule: the shapes are a closed list. A schema that is none of them is reported, and problem details (RFC 9457)
//! are answered.

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{ErrorShape, Operation};
use crate::lower::Cx;
use crate::model::{self, Response, Schema, SchemaId, Schemas, Status, TypeSet};

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
        Status::Default => true,
    });
    errors.flat_map(|response| &response.content).find_map(|media| shape(schemas, media.schema?, &media.name.value))
}

/// The shape that a schema has, if it is on the list.
fn shape(schemas: &Schemas, id: SchemaId, media_type: &str) -> Option<ErrorShape> {
    let schema = schemas.get(schemas.resolve(id));
    let string = |key: &str| property(schemas, schema, key).is_some_and(|found| allows(found, TypeSet::STRING));
    let required: Vec<&str> = schema.required.iter().map(|key| key.value.as_str()).collect();
    let only = |filled: &[&str]| required.iter().all(|key| filled.contains(key));
    if let Some(detail) = property(schemas, schema, "detail")
        && let Some(items) = detail.items
        && only(&["detail"])
    {
        let item = schemas.get(schemas.resolve(items));
        let all = ["loc", "msg", "type"].iter().all(|key| property(schemas, item, key).is_some());
        return all.then_some(ErrorShape::FastApi);
    }
    let problem = media_type.starts_with("application/problem+json") || (string("title") && string("detail"));
    if problem && only(&["type", "title", "status", "detail"]) {
        return Some(ErrorShape::Problem);
    }
    if string("error") && string("message") && only(&["error", "message"]) {
        return Some(ErrorShape::ErrorMessage);
    }
    (string("detail") && only(&["detail"])).then_some(ErrorShape::Detail)
}

fn property<'model>(schemas: &'model Schemas, schema: &'model Schema, key: &str) -> Option<&'model Schema> {
    let property = schema.properties.iter().find(|property| property.key.value == key)?;
    Some(schemas.get(schemas.resolve(property.schema)))
}

fn allows(schema: &Schema, types: TypeSet) -> bool {
    schema.types == TypeSet::ANY || schema.types.contains(types)
}
