//! Which operations are methods of the same trait.
//!
//! The one rule: the traits stand in the order of their first operations, whatever groups them.

use std::collections::HashMap;

use crate::ir::{self, Docs, Operation};
use crate::lower::context::Cx;
use crate::lower::docs;
use crate::lower::names::{Case, Scope, words};
use crate::model::{self, Spanned};

/// What puts operations into one trait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Group {
    /// Their first tag; those without a tag are together.
    #[default]
    Tag,
    /// Nothing tells them apart: one trait has them all.
    One,
    /// The first literal segment of their paths: `pets` of `/pets/{id}`.
    Path,
}

/// Names that the modules `traits` and `router` need themselves.
const TRAIT_NAMES: &[&str] = &[
    "A",
    "ApiKey",
    "Arc",
    "BearerToken",
    "Context",
    "Denied",
    "Err",
    "Error",
    "Future",
    "Incoming",
    "IntoResponse",
    "None",
    "Ok",
    "OperationInfo",
    "Option",
    "Principal",
    "Rejection",
    "RequestHead",
    "Response",
    "Result",
    "Router",
    "Routes",
    "S",
    "Security",
    "Send",
    "Some",
    "Sync",
];

/// Groups the operations into traits.
pub(super) fn group(cx: &mut Cx<'_>, operations: &[Operation], by: Group) -> Vec<ir::Group> {
    let model = cx.model;
    let names = operations.iter().map(|operation| operation.name.as_str());
    let parameters: Vec<String> = (1..=operations.len()).map(|number| format!("A{number}")).collect();
    let parameters = parameters.iter().map(String::as_str);
    let mut scope = Scope::default().reserving(TRAIT_NAMES.iter().copied().chain(parameters));
    // In the router an operation's function and a variable of the same name would hide each other.
    let mut variables = Scope::default().reserving(names.chain(["security"]));
    let mut groups: Vec<ir::Group> = Vec::new();
    let mut known: HashMap<Option<&str>, usize> = HashMap::new();
    for (index, source) in model.operations.iter().enumerate() {
        let key = key(source, by);
        if let Some(&known) = known.get(&key) {
            groups[known].operations.push(index);
            continue;
        }
        known.insert(key, groups.len());
        let Named { place, given, docs } = named(model, source, key, by);
        let mut candidates = vec![words(&place.value), [words(&place.value), words("operations")].concat()];
        let name = scope.claim_or(cx.sink, given, &place, Case::Pascal, candidates.clone());
        candidates[0] = words(name.as_str());
        let variable = variables.claim_quietly(&place, Case::Snake, candidates);
        groups.push(ir::Group { name, variable, docs, operations: vec![index] });
    }
    groups
}

/// What the operations of one trait have in common.
fn key(operation: &model::Operation, by: Group) -> Option<&str> {
    match by {
        Group::Tag => operation.tags.first().map(|tag| tag.value.as_str()),
        Group::One => None,
        Group::Path => {
            let path = operation.path.value.split(['?', '#']).next().unwrap_or_default();
            path.split('/').find(|segment| !segment.is_empty() && !segment.contains('{'))
        }
    }
}

/// How a trait is named and documented.
struct Named<'model> {
    place: Spanned<String>,
    given: Option<&'model Spanned<String>>,
    docs: Docs,
}

/// The name of the trait whose first operation this is.
fn named<'model>(
    model: &'model model::Model,
    operation: &model::Operation,
    key: Option<&str>,
    by: Group,
) -> Named<'model> {
    let at = |value: &str| Spanned { value: value.to_owned(), span: operation.span };
    let text = |text: String| Docs { text };
    match (by, key) {
        (Group::Tag, Some(tag)) => {
            let place = operation.tags.first().cloned().unwrap_or_else(|| at(tag));
            let declared = model.tags.iter().find(|declared| declared.name.value == tag);
            Named {
                place,
                given: declared.and_then(|declared| declared.rust_name.as_ref()),
                docs: declared.map_or_else(Docs::default, |declared| docs([declared.description.as_ref()])),
            }
        }
        (Group::Tag | Group::Path, None) => Named { place: at("operations"), given: None, docs: Docs::default() },
        (Group::One, _) => Named { place: at("api"), given: None, docs: text("Every operation.".to_owned()) },
        (Group::Path, Some(segment)) => {
            Named { place: at(segment), given: None, docs: text(format!("The operations below `/{segment}`.")) }
        }
    }
}
