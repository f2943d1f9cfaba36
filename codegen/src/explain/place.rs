//! What a text names in a document: a node, or an operation.

use crate::Contract;
use crate::document::{Node, Pointer, Value};
use crate::explain::Nowhere;
use crate::gather::{Keys, percent_decode};
use crate::select;
use crate::source::Span;

/// What a text names.
pub(super) enum Found<'doc> {
    /// An operation, by its index.
    Operation(usize),
    /// A node.
    Node(Place<'doc>),
}

/// A node, and the way to it.
#[derive(Clone)]
pub(super) struct Place<'doc> {
    /// The pointer, as a fragment: `#/components/schemas/Pet`.
    pub(super) pointer: String,
    pub(super) node: &'doc Node,
    /// The place of its key, where it stands in a mapping.
    pub(super) key: Option<Span>,
    /// The nodes above it, the root first, with the tokens that lead on from them.
    above: Vec<(&'doc Node, Option<Span>, String)>,
}

impl<'doc> Place<'doc> {
    /// The nodes above, the innermost first.
    pub(super) fn around(&self) -> impl Iterator<Item = Self> {
        (0..self.above.len()).rev().map(|length| {
            let (node, key, _) = &self.above[length];
            let tokens = self.above[..length].iter().map(|(_, _, token)| token.as_str());
            Self { pointer: fragment(tokens), node, key: *key, above: self.above[..length].to_vec() }
        })
    }

    /// Where this is a property: the schema that declares it, and its key.
    pub(super) fn owner(&self) -> Option<(&'doc Node, &str)> {
        match self.above.as_slice() {
            [.., (owner, _, properties), (_, _, key)] if properties == "properties" => Some((owner, key)),
            _ => None,
        }
    }
}

/// Finds what a text names: a pointer with or without `#`, behind the name of a file that the document refers to or alone,
/// a method and a path, or an operationId.
pub(super) fn find<'run>(contract: &'run Contract, wanted: &str) -> Result<Found<'run>, Nowhere> {
    let wanted = wanted.trim();
    let operations = &contract.model.operations;
    if let Some(index) = operations.iter().position(|operation| select::is_operation(wanted, operation)) {
        return Ok(Found::Operation(index));
    }
    let (file, fragment) = match wanted.split_once('#') {
        Some((file, fragment)) => (file, Some(fragment)),
        None if wanted.is_empty() || wanted.starts_with('/') => ("", Some(wanted)),
        None => ("", None),
    };
    let Some(fragment) = fragment else {
        return Err(Nowhere { nearest: select::nearest_operation(wanted, operations) });
    };
    let root = contract.documents.file_named(file);
    let root = root.ok_or(Nowhere { nearest: None })?;
    let raw = Pointer::parse(fragment);
    let decoded = percent_decode(fragment).and_then(|fragment| Pointer::parse(&fragment));
    let mut nearest = None;
    // A key that looks percent-encoded is found as it stands.
    for pointer in [raw, decoded].into_iter().flatten() {
        match follow(contract, root, &pointer) {
            Ok(place) => return Ok(Found::Node(Place { pointer: format!("{file}{}", place.pointer), ..place })),
            Err(pointer) => nearest = Some(format!("{file}{pointer}")),
        }
    }
    Err(Nowhere { nearest })
}

/// Follows a pointer, through references where it leads beyond them. Else gives the nearest pointer.
fn follow<'doc>(contract: &'doc Contract, root: &'doc Node, pointer: &Pointer) -> Result<Place<'doc>, String> {
    let mut keys = Keys::default();
    let mut place = Place { pointer: String::new(), node: root, key: None, above: Vec::new() };
    for (index, token) in pointer.tokens().iter().enumerate() {
        let mut holder = place.node;
        // References that lead to references end: the reader has refused those that do not.
        for _ in 0..64 {
            if member(holder, token).is_some() {
                break;
            }
            let reference = holder.get("$ref").and_then(Node::as_str);
            let target = reference.and_then(|text| contract.documents.resolve(holder.id, text, &mut keys).ok());
            let Some(target) = target else { break };
            holder = target.node;
        }
        let Some((key, node)) = member(holder, token) else {
            return Err(nearest(place.node, holder, pointer, index));
        };
        place.above.push((holder, place.key, token.clone()));
        (place.node, place.key) = (node, key);
    }
    place.pointer = fragment(pointer.tokens().iter().map(String::as_str));
    Ok(place)
}

fn member<'doc>(node: &'doc Node, token: &str) -> Option<(Option<Span>, &'doc Node)> {
    match &node.value {
        Value::Mapping(_) => node.entry(token).map(|entry| (Some(entry.key.span), &entry.value)),
        Value::Sequence(_) => Pointer::root().child(token).find(node).map(|node| (None, node)),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// The pointer with the key that is the fewest edits away from the one that is not there; without keys, the pointer up to
/// there.
fn nearest(node: &Node, behind: &Node, pointer: &Pointer, index: usize) -> String {
    let tokens = pointer.tokens();
    let wanted = tokens[index].to_lowercase();
    let keys = [node, behind].into_iter().flat_map(|node| match &node.value {
        Value::Mapping(entries) => entries.iter().map(|entry| entry.key.text.clone()).collect::<Vec<_>>(),
        Value::Sequence(items) => items.len().checked_sub(1).map(|last| last.to_string()).into_iter().collect(),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    });
    let key = keys.min_by_key(|key| strsim::levenshtein(&wanted, &key.to_lowercase()));
    fragment(tokens[..index].iter().map(String::as_str).chain(key.as_deref()))
}

/// A pointer as a fragment, as `$ref` has it but for percent-encoding.
fn fragment<'token>(tokens: impl Iterator<Item = &'token str>) -> String {
    let pointer = tokens.fold(Pointer::root(), |pointer, token| pointer.child(token));
    format!("#{pointer}")
}
