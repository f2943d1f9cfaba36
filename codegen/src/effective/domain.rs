//! What the Rust types of integers hold, for a client that reads the document: schemas of the model enter, `minimum` and
//! `maximum` are added to them where the document sets no bound of its own.
//!
//! The server refuses a number beyond with the violation `out-of-range`, so this is what it keeps to.

use std::collections::HashMap;

use crate::document::{Maker, Node, Value};
use crate::ir::Integer;
use crate::lower;
use crate::model::Model;
use crate::source::Span;

/// Adds the bounds of the type to each schema of integers, wherever it stands.
pub(super) fn add(root: &mut Node, model: &Model) {
    let schemas = model.schemas.iter();
    let integers: HashMap<Span, Integer> =
        schemas.filter_map(|(_, schema)| Some((schema.span, lower::integer_domain(schema)?))).collect();
    add_below(root, &integers);
}

/// Finds schemas by their places: they may stand in other files, and behind references.
fn add_below(node: &mut Node, integers: &HashMap<Span, Integer>) {
    let make = Maker(node.span);
    let bounds = integers.get(&node.span).map(|integer| integer.bounds());
    match &mut node.value {
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
        Value::Sequence(items) => items.iter_mut().for_each(|item| add_below(item, integers)),
        Value::Mapping(entries) => {
            for entry in entries.iter_mut() {
                add_below(&mut entry.value, integers);
            }
            let Some((lowest, highest)) = bounds else { return };
            for (bound, exclusive, limit) in
                [("minimum", "exclusiveMinimum", lowest), ("maximum", "exclusiveMaximum", highest)]
            {
                if entries.iter().all(|entry| entry.key.text != bound && entry.key.text != exclusive) {
                    entries.push(make.entry(bound, make.number(limit.to_string())));
                }
            }
        }
    }
}
