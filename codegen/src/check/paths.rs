//! Path templates, OpenAPI 3.1.1 section 4.8.8, and their parameters.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Model, Operation, ParameterPlace};

/// What tells requests apart: the shape of the path, the method, and the query that the path's key demands.
type Key<'model> = (String, &'model str, Vec<&'model (String, Option<String>)>);

/// Checks every operation's path, and that no two operations answer the same requests.
pub(super) fn check(model: &Model, sink: &mut Sink) {
    let mut seen: HashMap<Key<'_>, &Operation> = HashMap::new();
    for operation in &model.operations {
        parameters(operation, sink);
        let mut query: Vec<_> = operation.query.iter().collect();
        query.sort_unstable();
        let key = (operation.template.shape(), operation.method.as_str(), query);
        match seen.get(&key) {
            None => {
                seen.insert(key, operation);
            }
            Some(first) => sink.report(
                Diagnostic::new(Code::AmbiguousPath, operation.path.span, ambiguous(first, operation))
                    .label("the same but for the names of parameters")
                    .other(first.path.span, "the other path")
                    .help("take one of the two operations out, or change a literal part of its path"),
            ),
        }
    }
}

fn ambiguous(first: &Operation, second: &Operation) -> String {
    format!("no request can tell `{} {}` from `{}`", second.method, second.path.value, first.path.value)
}

fn parameters(operation: &Operation, sink: &mut Sink) {
    let declared = || operation.parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Path);
    let known: HashSet<&str> = declared().map(|parameter| parameter.name.value.as_str()).collect();
    let mut names = HashSet::new();
    for name in operation.template.parameters() {
        if !names.insert(name) {
            let message = format!("the path names `{{{name}}}` twice");
            sink.report(
                Diagnostic::new(Code::InvalidPath, operation.path.span, message)
                    .label("a request must have the same text in both places")
                    .help("give one of them another name"),
            );
        } else if !known.contains(name) {
            let message = format!("the path parameter `{name}` is not declared");
            sink.report(
                Diagnostic::new(Code::UndeclaredPathParameter, operation.span, message)
                    .label("by this operation")
                    .other(operation.path.span, format!("the path names `{{{name}}}`"))
                    .help(format!("add a parameter with `in: path`, `name: {name}` and `required: true`")),
            );
        }
    }
    for parameter in declared().filter(|parameter| !names.contains(&parameter.name.value.as_str())) {
        let message = format!("the path has no `{{{}}}`", parameter.name.value);
        sink.report(
            Diagnostic::new(Code::UnusedPathParameter, parameter.name.span, message)
                .label("this parameter is ignored")
                .other(operation.path.span, "the path"),
        );
    }
}
