//! Which statuses the server answers on its own, per operation.
//!
//! The one rule: a status is here exactly if the way to the handler can end with it.

use crate::ir::{EdgeAnswer, Gate, Operation, ResponseBody, Status};
use crate::lower::errors;
use crate::model::{self, Schemas};

/// The answers that do not come from the handler of an operation, whose gate and shape are known.
pub(super) fn answers(schemas: &Schemas, source: &model::Operation, operation: &Operation) -> Vec<EdgeAnswer> {
    let answer = |status| EdgeAnswer {
        status,
        shape: operation.error_shape,
        lists_violations: status == operation.invalid_status,
        is_declared: is_declared(schemas, source, operation, status),
    };
    statuses(source, operation).into_iter().map(answer).collect()
}

/// The statuses, ascending.
fn statuses(source: &model::Operation, operation: &Operation) -> Vec<u16> {
    let has_path_parameter = source.template.parameters().next().is_some();
    let has_body = operation.body.is_some();
    let mut statuses = vec![500];
    if has_path_parameter || has_body || !operation.parameters.is_empty() {
        statuses.push(operation.invalid_status);
    }
    match &operation.gate {
        Gate::Open => {}
        Gate::Closed => statuses.push(401),
        Gate::Schemes { .. } => statuses.extend([401, 403]),
    }
    // A parameter of the path that is empty matches no path, and neither does a query that lacks what the path demands.
    if has_path_parameter || !source.query.is_empty() {
        statuses.push(404);
    }
    if is_negotiated(operation) {
        statuses.push(406);
    }
    if has_body {
        statuses.extend([408, 413, 415]);
    }
    statuses.sort_unstable();
    statuses.dedup();
    statuses
}

/// Whether `Accept` may refuse all that a success is declared to be.
fn is_negotiated(operation: &Operation) -> bool {
    operation.responses.iter().any(|response| {
        let is_success = matches!(response.status, Status::Code(200..300) | Status::Range(2));
        is_success && matches!(response.body, ResponseBody::Typed(_))
    })
}

/// Whether the document has this answer: the status itself, or a range or `default` that has a body like it or any.
fn is_declared(schemas: &Schemas, source: &model::Operation, operation: &Operation, status: u16) -> bool {
    let of = |wanted: Status| source.responses.iter().find(|response| response.status.value == wanted);
    if of(Status::Code(status)).is_some() {
        return true;
    }
    let class = u8::try_from(status / 100).expect("a status has three digits");
    of(Status::Range(class)).or_else(|| of(Status::Default)).is_some_and(|response| match response.content.first() {
        None => true,
        Some(media) => {
            let shape = media.schema.map(|schema| errors::shape(schemas, schema, &media.name.value));
            shape.is_none_or(|shape| shape == Some(operation.error_shape))
        }
    })
}
