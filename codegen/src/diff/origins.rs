//! Where types come from: the explanations of the lowering enter, a pointer for each named type leaves.
//!
//! The one rule: of the places that give a type, the first one that describes it counts, and not one that refers to it.

use std::collections::HashMap;

use crate::diff::Side;
use crate::document::Node;
use crate::ir::{Type, ViewName};
use crate::source::Span;

/// Where a type comes from.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    /// What it stands for: the pointer of its schema, and whether it is the type of requests alone.
    pub(super) key: String,
    /// The schema.
    pub(super) span: Span,
}

/// The origins of named types, by their numbers.
pub(super) fn of_types(side: Side<'_>) -> HashMap<usize, Origin> {
    let model = &side.contract.model;
    let is_reference: HashMap<Span, bool> = model
        .schemas
        .iter()
        .map(|(_, schema)| (schema.span, schema.reference.is_some() && schema.is_mere_reference()))
        .collect();
    let mut spans: HashMap<usize, (bool, Span, ViewName)> = HashMap::new();
    for explanation in &side.ir.explanations {
        let (Type::Named(id), Some(&refers)) = (&explanation.ty, is_reference.get(&explanation.span)) else { continue };
        let candidate = (refers, explanation.span, explanation.view);
        let known = spans.entry(id.0).or_insert(candidate);
        if (candidate.0, candidate.1) < (known.0, known.1) {
            *known = candidate;
        }
    }
    let mut pointers: HashMap<Span, String> = spans.values().map(|(_, span, _)| (*span, String::new())).collect();
    for file in &side.contract.documents.files {
        if let Ok(document) = &file.document {
            locate(&document.root, &mut String::new(), &mut pointers);
        }
    }
    let origin = |(index, (_, span, view)): (usize, (bool, Span, ViewName))| {
        let pointer = pointers.get(&span).map_or("", String::as_str);
        let way = match view {
            ViewName::Both | ViewName::Responses => "",
            ViewName::Requests => " of requests",
        };
        (index, Origin { key: format!("{pointer}{way}"), span })
    };
    spans.into_iter().map(origin).collect()
}

/// Finds the pointers of places.
fn locate(node: &Node, pointer: &mut String, pointers: &mut HashMap<Span, String>) {
    if let Some(known) = pointers.get_mut(&node.span).filter(|known| known.is_empty()) {
        known.clone_from(pointer);
    }
    let length = pointer.len();
    for (index, (_, child)) in node.children().enumerate() {
        let key = node.members().map_or_else(|| index.to_string(), |members| members[index].key.text.clone());
        pointer.push('/');
        pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        locate(child, pointer, pointers);
        pointer.truncate(length);
    }
}
