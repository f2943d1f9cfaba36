//! What a server hands out beyond the published document: the statuses that it answers on its own, and the bounds of what
//! its types hold.
//!
//! The one rule: nothing of the published document changes. What is added stands behind what is there, and nowhere where the
//! document says something itself. A status is marked with `x-status-source: generated`.

mod bodies;
mod components;
mod domain;

use rustc_hash::FxHashMap;

use crate::document::{Additions, Document, Entry, Maker, Node, Value};
use crate::effective::components::Components;
use crate::ir::{EdgeAnswer, Ir, Operation};
use crate::model::Model;
use crate::source::Span;

/// What is added to the schemas of integers: what their types hold; and to the responses of each operation of the model:
/// what the server answers and the document does not declare.
pub(crate) fn effective(published: &Document, model: &Model, ir: &Ir) -> Additions {
    let mut additions = Additions::default();
    domain::add(&mut additions, &published.root, model);
    let Some(components) = Components::of(&published.root) else { return additions };
    let mut operations: FxHashMap<Span, &Operation> = FxHashMap::default();
    for (source, operation) in
        model.operations.iter().zip(&ir.operations).filter(|(_, operation)| operation.is_reachable)
    {
        operations.entry(source.span).or_insert(operation);
    }
    let mut cx = Cx { operations, components, additions };
    cx.add_below(&published.root);
    cx.components.add_to(&mut cx.additions, &published.root);
    cx.additions
}

struct Cx<'ir> {
    operations: FxHashMap<Span, &'ir Operation>,
    components: Components,
    additions: Additions,
}

impl Cx<'_> {
    /// Finds operations by the places of their keys: they may stand below paths, in other files, and behind references.
    fn add_below(&mut self, node: &Node) {
        match &node.value {
            Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
            Value::Sequence(items) => items.iter().for_each(|item| self.add_below(item)),
            Value::Mapping(entries) => {
                for entry in entries {
                    match self.operations.get(&entry.key.span) {
                        Some(operation) => self.add(&entry.value, operation),
                        None => self.add_below(&entry.value),
                    }
                }
            }
        }
    }

    /// Adds to one operation. One that is a reference is left alone, as nothing may stand beside that.
    fn add(&mut self, node: &Node, operation: &Operation) {
        let make = Maker(node.span);
        let declared = node.get("responses");
        let is_reference = |node: &Node| node.get("$ref").is_some();
        if node.members().is_none() || is_reference(node) || declared.is_some_and(is_reference) {
            return;
        }
        let declared_keys = match declared {
            Some(responses) => match responses.members() {
                Some(entries) => entries,
                None => return,
            },
            None => &[],
        };
        let mut added = Vec::new();
        for answer in operation.edge.iter().filter(|answer| !answer.is_declared) {
            let key = answer.status.to_string();
            if declared_keys.iter().chain(&added).all(|entry: &Entry| entry.key.text != key) {
                added.push(make.entry(key, response(operation, answer, &mut self.components, make)));
            }
        }
        match declared {
            Some(responses) => self.additions.entry(responses.id).or_default().extend(added),
            None => self.additions.entry(node.id).or_default().push(make.member("responses", added)),
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
