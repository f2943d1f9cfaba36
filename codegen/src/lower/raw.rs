//! Which operations cannot be typed: something that they need is missing, because a reference leads to nothing.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Model, Operation, SchemaId};

/// The operations that are emitted raw, by their indices. Each is reported.
pub(super) fn operations(model: &Model, sink: &mut Sink) -> FxHashSet<usize> {
    let needs_broken = finder(model);
    let raw: FxHashSet<usize> = model
        .operations
        .iter()
        .enumerate()
        .filter(|(_, operation)| needs_broken(operation))
        .map(|(index, _)| index)
        .collect();
    for (index, operation) in model.operations.iter().enumerate() {
        if raw.contains(&index) {
            let message = format!("`{} {}` cannot be typed", operation.method, operation.path.value);
            sink.report(
                Diagnostic::new(Code::RawOperation, operation.span, message)
                    .label("its handler gets the request as it is, and answers what it likes")
                    .help("mend the references that it needs and that lead to nothing"),
            );
        }
    }
    raw
}

/// Whether an operation needs a reference that leads to nothing.
pub(super) fn finder(model: &Model) -> impl Fn(&Operation) -> bool + use<> {
    let broken = broken(model);
    move |operation| operation.is_broken || schemas(operation).any(|id| broken.contains(&id))
}

/// The schemas that an operation names.
fn schemas(operation: &Operation) -> impl Iterator<Item = SchemaId> {
    let parameters = operation.parameters.iter().filter_map(|parameter| parameter.value.schema());
    let body = operation.request_body.iter().flat_map(|body| &body.content);
    let headers = operation.responses.iter().flat_map(|response| &response.headers);
    let headers = headers.filter_map(|header| header.value.schema());
    let bodies = operation.responses.iter().flat_map(|response| &response.content);
    parameters.chain(headers).chain(body.chain(bodies).filter_map(|media| media.schema))
}

/// The schemas with a reference that leads to nothing, at any depth.
fn broken(model: &Model) -> FxHashSet<SchemaId> {
    let mut pending: Vec<SchemaId> =
        model.schemas.iter().filter(|(_, schema)| schema.is_broken).map(|(id, _)| id).collect();
    if pending.is_empty() {
        return FxHashSet::default();
    }
    let mut holders: FxHashMap<SchemaId, Vec<SchemaId>> = FxHashMap::default();
    for (id, schema) in model.schemas.iter() {
        for child in schema.subschemas() {
            holders.entry(child).or_default().push(id);
        }
    }
    let mut found = FxHashSet::default();
    while let Some(id) = pending.pop() {
        if found.insert(id) {
            pending.extend(holders.get(&id).into_iter().flatten());
        }
    }
    found
}
