//! Where types come from: the explanations of the lowering enter, a pointer for each named type leaves.
//!
//! The one rule: of the places that give a type, the first one that describes it counts, and not one that refers to it.

use rustc_hash::FxHashMap;

use crate::diff::Side;
use crate::document::{Entry, Node, Pointer, Value};
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
pub(super) fn of_types(side: Side<'_>) -> FxHashMap<usize, Origin> {
    let model = &side.contract.model;
    let is_reference: FxHashMap<Span, bool> = model
        .schemas
        .iter()
        .map(|(_, schema)| (schema.span, schema.reference.is_some() && schema.is_mere_reference()))
        .collect();
    let mut spans: FxHashMap<usize, (bool, Span, ViewName)> = FxHashMap::default();
    for explanation in &side.ir.explanations {
        let (Type::Named(id), Some(&refers)) = (&explanation.ty, is_reference.get(&explanation.span)) else { continue };
        let candidate = (refers, explanation.span, explanation.view);
        let known = spans.entry(id.0).or_insert(candidate);
        if (candidate.0, candidate.1) < (known.0, known.1) {
            *known = candidate;
        }
    }
    let mut pointers: FxHashMap<Span, String> = spans.values().map(|(_, span, _)| (*span, String::new())).collect();
    for file in &side.contract.documents.files {
        if let Ok(document) = &file.document {
            locate(&document.root, &mut Vec::new(), &mut pointers);
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

/// A step from a node to one below it.
enum Step<'doc> {
    Key(&'doc str),
    Index(usize),
}

/// Finds the pointers of places.
fn locate<'doc>(node: &'doc Node, path: &mut Vec<Step<'doc>>, pointers: &mut FxHashMap<Span, String>) {
    let (items, entries): (&[Node], &[Entry]) = match &node.value {
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => return,
        Value::Sequence(items) => (items, &[]),
        Value::Mapping(entries) => (&[], entries),
    };
    // Schemas are mappings.
    if !entries.is_empty()
        && let Some(known) = pointers.get_mut(&node.span).filter(|known| known.is_empty())
    {
        *known = pointer(path);
    }
    for (index, item) in items.iter().enumerate() {
        path.push(Step::Index(index));
        locate(item, path, pointers);
        path.pop();
    }
    for entry in entries {
        path.push(Step::Key(&entry.key.text));
        locate(&entry.value, path, pointers);
        path.pop();
    }
}

fn pointer(path: &[Step<'_>]) -> String {
    let pointer = path.iter().fold(Pointer::root(), |pointer, step| match step {
        Step::Key(key) => pointer.child(*key),
        Step::Index(index) => pointer.child(index.to_string()),
    });
    pointer.to_string()
}
