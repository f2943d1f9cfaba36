//! Which statuses the server answers on its own, per operation.
//!
//! The one rule: a status is here exactly if the way to the handler can end with it.

use crate::ir::{EdgeAnswer, Gate, Operation, ResponseBody, Status};
use crate::lower::errors;
use crate::model::{self, Schemas};

/// The answers that do not come from the handler of an operation, whose gate and shape are known.
pub(super) fn answers(
    schemas: &Schemas,
    source: &model::Operation,
    operation: &Operation,
    statuses: &[u16],
) -> Vec<EdgeAnswer> {
    let single = |status| operation.error_shapes.iter().find(|(single, _)| *single == status).map(|(_, shape)| shape);
    let answer = |&status| EdgeAnswer {
        status,
        shape: single(status).unwrap_or(&operation.error_shape).clone(),
        lists_violations: status == operation.invalid_status,
        is_declared: is_declared(schemas, source, operation, status),
    };
    statuses.iter().map(answer).collect()
}

/// The statuses, ascending.
pub(super) fn statuses(source: &model::Operation, operation: &Operation) -> Vec<u16> {
    let has_path_parameter = source.template.parameters().next().is_some();
    let has_body = operation.body.is_some();
    let mut statuses = vec![500];
    if has_path_parameter || has_body || !operation.parameters.is_empty() {
        statuses.push(operation.invalid_status);
    }
    match &operation.gate {
        Gate::Open => {}
        Gate::Closed(_) => statuses.push(401),
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

/// Whether the document has this answer: the status itself, or a range or `default` that has the body that is answered, or
/// any, and demands no more header fields than are sent.
fn is_declared(schemas: &Schemas, source: &model::Operation, operation: &Operation, status: u16) -> bool {
    errors::declared(source, status).is_some_and(|response| {
        let demand = errors::demand(operation, status);
        let is_complete = unsent(response, status).next().is_none();
        response.status.value == Status::Code(status)
            || operation.asked.iter().any(|asked| asked.status == status)
            || is_complete && (response.content.is_empty() || errors::of(schemas, response, demand).is_some())
    })
}

/// The header fields that a declared response demands, and that the server does not send on its own.
pub(super) fn unsent(response: &model::Response, status: u16) -> impl Iterator<Item = &model::Header> {
    let is_sent = move |name: &str| {
        name.eq_ignore_ascii_case("content-type")
            || status == 401 && name.eq_ignore_ascii_case("www-authenticate")
            || status == 406 && name.eq_ignore_ascii_case("vary")
    };
    response.headers.iter().filter(move |header| header.required && !is_sent(&header.name.value))
}
