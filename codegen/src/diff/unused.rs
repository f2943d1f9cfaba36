//! Schemas that no operation uses: they are told as such.
//!
//! The one rule: what nobody can send or get is no change for clients.

use rustc_hash::FxHashSet;

use crate::diff::Kind;
use crate::diff::contract::{found, pairs};
use crate::diff::effect::Flow;
use crate::diff::schema::Comparison;
use crate::model::{Encoding, Header, MediaType, Model, NamedSchema, Operation, SchemaId};

pub(super) fn compare(cx: &mut Comparison<'_>) {
    let (old, new) = (cx.old, cx.new);
    let used = [used(old), used(new)];
    let unused = |model: &'_ Model, used: &FxHashSet<SchemaId>| -> Vec<NamedSchema> {
        model.named_schemas.iter().filter(|named| !used.contains(&named.schema)).cloned().collect()
    };
    let (one, other) = (unused(old, &used[0]), unused(new, &used[1]));
    let is_known = |model: &Model, name: &str| model.named_schemas.iter().any(|named| named.key.value == name);
    for (before, after) in pairs(&one, &other, |named| named.key.value.clone()) {
        let Some(known) = after.or(before) else { continue };
        let places = (before.map(|named| named.key.span), after.map(|named| named.key.span));
        let (rule, what) = match (before, after) {
            (None, Some(_)) if is_known(old, &known.key.value) => continue,
            (Some(_), None) if is_known(new, &known.key.value) => continue,
            (None, _) => ("unused-schema-added", "it is new"),
            (_, None) => ("unused-schema-removed", "it is gone"),
            (Some(before), Some(after)) => {
                let place = after.key.span;
                let is_alike = [Flow::Sent, Flow::Received]
                    .into_iter()
                    .all(|flow| cx.is_alike(flow, &[before.schema], &[after.schema], place));
                if is_alike {
                    continue;
                }
                ("unused-schema-changed", "it allows other values")
            }
        };
        let subject = format!("the schema `{}`", known.key.value);
        let message = format!("{what}, and no operation uses it: no client notices");
        cx.found.push(found(Kind::Compatible, rule, subject, &message, places.0, places.1));
    }
}

/// The schemas that operations, webhooks and callbacks lead to.
fn used(model: &Model) -> FxHashSet<SchemaId> {
    let sent = model.outgoing.iter().map(|outgoing| &outgoing.operation);
    let mut pending: Vec<SchemaId> = model.operations.iter().chain(sent).flat_map(of_operation).collect();
    let mut found = FxHashSet::default();
    while let Some(id) = pending.pop() {
        if found.insert(id) {
            let schema = model.schemas.get(id);
            pending.extend(schema.subschemas());
            let mapped = schema.discriminator.iter().flat_map(|discriminator| &discriminator.mapping);
            pending.extend(mapped.map(|(_, id)| *id));
        }
    }
    found
}

fn of_operation(operation: &Operation) -> Vec<SchemaId> {
    let parameters = operation.parameters.iter().filter_map(|parameter| parameter.value.schema());
    let bodies = operation.request_body.iter().flat_map(|body| &body.content);
    let answers = operation.responses.iter().flat_map(|response| &response.content);
    let fields = operation.responses.iter().flat_map(|response| &response.headers).filter_map(of_header);
    parameters.chain(fields).chain(bodies.chain(answers).flat_map(of_media_type)).collect()
}

fn of_header(header: &Header) -> Option<SchemaId> {
    header.value.schema()
}

fn of_media_type(media_type: &MediaType) -> Vec<SchemaId> {
    let encodings = media_type.encoding.iter().chain(&media_type.prefix_encoding).chain(&media_type.item_encoding);
    let headers = encodings.flat_map(of_encoding);
    media_type.schema.into_iter().chain(media_type.item_schema).chain(headers).collect()
}

fn of_encoding(encoding: &Encoding) -> Vec<SchemaId> {
    encoding.headers.iter().filter_map(of_header).collect()
}
