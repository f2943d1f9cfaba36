//! What the Rust types of integers hold, for a client that reads the document: schemas of the model enter, `minimum` and
//! `maximum` are added to them where the document sets no bound of its own.
//!
//! The server refuses a number beyond with the violation `out-of-range`, so this is what it keeps to.

use rustc_hash::FxHashMap;

use crate::document::{Additions, Maker, Node};
use crate::ir::Integer;
use crate::lower;
use crate::model::Model;
use crate::source::Span;

/// Adds the bounds of the type to each schema of integers, wherever it stands.
pub(super) fn add(additions: &mut Additions, root: &Node, model: &Model) {
    let schemas = model.schemas.iter();
    let integers: FxHashMap<Span, Integer> =
        schemas.filter_map(|(_, schema)| Some((schema.span, lower::integer_domain(schema)?))).collect();
    add_below(additions, root, &integers);
}

/// Finds schemas by their places: they may stand in other files, and behind references.
fn add_below(additions: &mut Additions, node: &Node, integers: &FxHashMap<Span, Integer>) {
    for (_, child) in node.children() {
        add_below(additions, child, integers);
    }
    let (Some(entries), Some(integer)) = (node.members(), integers.get(&node.span)) else { return };
    let (make, (lowest, highest)) = (Maker(node.span), integer.bounds());
    for (bound, exclusive, limit) in [("minimum", "exclusiveMinimum", lowest), ("maximum", "exclusiveMaximum", highest)]
    {
        if entries.iter().all(|entry| entry.key.text != bound && entry.key.text != exclusive) {
            additions.entry(node.id).or_default().push(make.entry(bound, make.number(limit.to_string())));
        }
    }
}
