//! A rebuilt document as a whole: what leads to nothing, and what has the same name twice.

use std::collections::HashMap;

use crate::{
    diagnostic::{Code, Diagnostic, Sink},
    document::{Entry, Node},
    page::{
        info::{METHODS, Subject},
        merge::differ::Sheet,
        verify::{members, target},
    },
    source::Span,
};

/// Reports, as warnings, references and values of a discriminator that lead to nothing, path parameters that are not declared, and operationIds that two
/// pages have.
pub(super) fn check(sheets: &[Sheet<'_>], root: &Node, sink: &mut Sink) {
    references(root, root, sink);
    operation_ids(sheets, sink);
    for path in root.get("paths").map(members).unwrap_or_default() {
        parameters(root, path, sink);
    }
}

/// Values that are data: a `$ref` in them is none.
const DATA: [&str; 5] = ["example", "default", "const", "enum", "value"];

/// Mappings whose keys are names that the writer chose, or statuses, of which `default` is one.
const NAMES: [&str; 12] = [
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "dependentSchemas",
    "schemas",
    "responses",
    "headers",
    "parameters",
    "examples",
    "links",
    "callbacks",
];

fn references(root: &Node, node: &Node, sink: &mut Sink) {
    if let Some(reference) = node.get("$ref") {
        resolve(root, reference, Code::DanglingReference, sink);
    }
    for entry in members(node) {
        let key = entry.key.text.as_str();
        if NAMES.contains(&key) && entry.value.members().is_some() {
            for named in members(&entry.value) {
                references(root, &named.value, sink);
            }
        } else if key == "discriminator" {
            // A value may be a name as well, OpenAPI 3.1.1 section 4.8.25.
            for value in entry.value.get("mapping").map(members).unwrap_or_default() {
                resolve(root, &value.value, Code::DanglingMapping, sink);
            }
        } else if !DATA.contains(&key) && !key.starts_with("x-") {
            references(root, &entry.value, sink);
        }
    }
    if node.members().is_none() {
        for (_, item) in node.children() {
            references(root, item, sink);
        }
    }
}

/// Reports a reference to a place of the document that is not there.
fn resolve(root: &Node, reference: &Node, code: Code, sink: &mut Sink) {
    let Some(text) = reference.as_str().filter(|text| text.starts_with("#/")) else { return };
    if target(root, reference).is_none() {
        let message = format!("`{text}` leads to nothing: no page of the document has it");
        sink.report(Diagnostic::new(code, reference.span, message));
    }
}

fn operation_ids(sheets: &[Sheet<'_>], sink: &mut Sink) {
    let mut known: HashMap<&str, (&Subject, Span)> = HashMap::new();
    for page in sheets.iter().map(|sheet| sheet.page) {
        let paths = page.document.root.get("paths").map(members).unwrap_or_default();
        let operations = paths.iter().flat_map(|path| members(&path.value));
        for operation in operations.filter(|operation| METHODS.contains(&operation.key.text.as_str())) {
            let Some(id) = operation.value.get("operationId") else { continue };
            let Some(text) = id.as_str() else { continue };
            let (subject, first) = known.entry(text).or_insert((&page.info.subject, id.span));
            if **subject != page.info.subject {
                let message = format!("`{subject}` and `{}` have the operationId `{text}`", page.info.subject);
                sink.report(
                    Diagnostic::new(Code::DuplicateOperationId, id.span, message).other(*first, "the first one"),
                );
            }
        }
    }
}

/// Every `{name}` of a path is a parameter of the path or of each operation.
fn parameters(root: &Node, path: &Entry, sink: &mut Sink) {
    let item = path.value.get("$ref").and_then(|reference| target(root, reference)).unwrap_or(&path.value);
    let names: Vec<&str> = path.key.text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
    for operation in members(item).iter().filter(|member| METHODS.contains(&member.key.text.as_str())) {
        for name in &names {
            let declared = [item, &operation.value].into_iter().any(|owner| declares(root, owner, name));
            if !declared {
                let method = operation.key.text.to_uppercase();
                let message = format!("`{method} {}` does not declare the path parameter `{name}`", path.key.text);
                sink.report(Diagnostic::new(Code::UndeclaredPathParameter, operation.key.span, message));
            }
        }
    }
}

fn declares(root: &Node, owner: &Node, name: &str) -> bool {
    let parameters = owner.get("parameters").into_iter().flat_map(Node::children).map(|(_, parameter)| parameter);
    let mut resolved = parameters.map(|parameter| match parameter.get("$ref") {
        Some(reference) => target(root, reference),
        None => Some(parameter),
    });
    let is = |parameter: &Node, key: &str, text: &str| parameter.get(key).and_then(Node::as_str) == Some(text);
    // A reference that leads to nothing is reported already.
    resolved
        .any(|parameter| parameter.is_none_or(|parameter| is(parameter, "in", "path") && is(parameter, "name", name)))
}
