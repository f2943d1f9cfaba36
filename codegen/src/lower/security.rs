//! Security requirements enter, the gate of each operation leaves.
//!
//! The one rule: fail closed. A requirement that cannot be met lets nobody in.

use crate::ir::{Gate, GateScheme, Scheme};
use crate::lower::context::Cx;
use crate::lower::docs;
use crate::lower::names::{Case, METHOD_KEYWORDS, Scope, candidates};
use crate::model::{SchemeUse, SecurityRequirement};

/// Lowers the schemes that operations use.
pub(super) fn lower_schemes(cx: &mut Cx<'_>) -> Vec<Scheme> {
    let model = cx.model;
    let mut scope = Scope::with_keywords(METHOD_KEYWORDS).reserving(["authorize", "unauthenticated"]);
    let used = |key: &str| {
        let requirements = model.operations.iter().flat_map(|operation| &operation.security);
        requirements.flat_map(|requirement| &requirement.schemes).any(|scheme| scheme.scheme.value == key)
    };
    let schemes = model.security_schemes.iter().filter(|scheme| used(&scheme.key.value));
    schemes
        .map(|scheme| Scheme {
            method: scope.claim_or(
                cx.sink,
                scheme.rust_name.as_ref(),
                &scheme.key,
                Case::Snake,
                candidates(&scheme.key.value).map(|words| [vec!["authenticate".to_owned()], words].concat()),
            ),
            key: scheme.key.value.clone(),
            docs: docs([scheme.description.as_ref()]),
            kind: scheme.kind.clone(),
        })
        .collect()
}

/// The first scheme of each alternative that is not defined, each once.
fn undefined(requirements: &[SecurityRequirement], schemes: &[Scheme]) -> Vec<String> {
    let is_undefined = |used: &&SchemeUse| !schemes.iter().any(|scheme| scheme.key == used.scheme.value);
    let mut names: Vec<String> = Vec::new();
    for used in requirements.iter().filter_map(|requirement| requirement.schemes.iter().find(is_undefined)) {
        if !names.contains(&used.scheme.value) {
            names.push(used.scheme.value.clone());
        }
    }
    names
}

/// Lowers the alternatives of one operation.
pub(super) fn gate(requirements: &[SecurityRequirement], schemes: &[Scheme]) -> Gate {
    if requirements.is_empty() {
        return Gate::Open;
    }
    let optional = requirements.iter().any(|requirement| requirement.schemes.is_empty());
    let known = |used: &SchemeUse| {
        let scheme = schemes.iter().position(|scheme| scheme.key == used.scheme.value)?;
        Some(GateScheme { scheme, scopes: used.scopes.clone() })
    };
    // An alternative with a scheme that is not defined cannot be met.
    let alternatives: Vec<Vec<GateScheme>> = requirements
        .iter()
        .filter(|requirement| !requirement.schemes.is_empty())
        .filter_map(|requirement| requirement.schemes.iter().map(known).collect())
        .collect();
    match (alternatives.is_empty(), optional) {
        (true, true) => Gate::Open,
        (true, false) => Gate::Closed(undefined(requirements, schemes)),
        (false, optional) => Gate::Schemes { alternatives, optional },
    }
}
