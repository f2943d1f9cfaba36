//! The document that a server hands out: the published one, the statuses that the server answers on its own, and the bounds of
//! what its types hold.
//!
//! The one rule: nothing of the published document changes. What is added stands behind what is there, and nowhere where the
//! document says something itself. A status is marked with `x-status-source: generated`.

mod bodies;
mod components;
mod domain;

use std::collections::HashMap;

use crate::document::{Document, Maker, Node, Value};
use crate::effective::components::Components;
use crate::ir::{EdgeAnswer, Ir, Operation};
use crate::model::Model;
use crate::source::Span;

/// Adds to the schemas of integers what their types hold, and to the responses of each operation of the model what the
/// server answers and the document does not declare.
pub(crate) fn effective(published: &Document, model: &Model, ir: &Ir) -> Document {
    let mut document = published.clone();
    domain::add(&mut document.root, model);
    let Some(mut components) = Components::of(&document.root) else { return document };
    let mut operations: HashMap<Span, &Operation> = HashMap::new();
    for (source, operation) in
        model.operations.iter().zip(&ir.operations).filter(|(_, operation)| operation.is_reachable)
    {
        operations.entry(source.span).or_insert(operation);
    }
    add_below(&mut document.root, &operations, &mut components);
    components.add_to(&mut document.root);
    document
}

/// Finds operations by the places of their keys: they may stand below paths, in other files, and behind references.
fn add_below(node: &mut Node, operations: &HashMap<Span, &Operation>, components: &mut Components) {
    match &mut node.value {
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
        Value::Sequence(items) => items.iter_mut().for_each(|item| add_below(item, operations, components)),
        Value::Mapping(entries) => {
            for entry in entries {
                match operations.get(&entry.key.span) {
                    Some(operation) => add(&mut entry.value, operation, components),
                    None => add_below(&mut entry.value, operations, components),
                }
            }
        }
    }
}

/// Adds to one operation. One that is a reference is left alone, as nothing may stand beside that.
fn add(node: &mut Node, operation: &Operation, components: &mut Components) {
    let make = Maker(node.span);
    if node.get("$ref").is_some() || node.get("responses").is_some_and(|responses| responses.get("$ref").is_some()) {
        return;
    }
    let Some(responses) = node.member_mut("responses").and_then(Node::members_mut) else { return };
    for answer in operation.edge.iter().filter(|answer| !answer.is_declared) {
        let key = answer.status.to_string();
        if responses.iter().all(|entry| entry.key.text != key) {
            responses.push(make.entry(key, response(operation, answer, components, make)));
        }
    }
}

/// A reference to the response, which operations share; in full where HEAD has no content.
fn response(operation: &Operation, answer: &EdgeAnswer, components: &mut Components, make: Maker) -> Node {
    if operation.method == "HEAD" {
        return bodies::response(answer, None, make);
    }
    make.object([("$ref", make.text(components.response(answer, make)))])
}
