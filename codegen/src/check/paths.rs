//! Path templates, OpenAPI 3.1.1 section 4.8.8, and their parameters.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Model, Operation, ParameterPlace};

/// Checks every operation's path, and that no two operations answer the same requests.
pub(super) fn check(model: &Model, sink: &mut Sink) {
    for operation in &model.operations {
        parameters(operation, sink);
    }
    for (second, first) in model.shadowed() {
        let (first, second) = (&model.operations[first], &model.operations[second]);
        sink.report(
            Diagnostic::new(Code::AmbiguousPath, second.path.span, ambiguous(first, second))
                .label("the same but for the names of parameters: no request reaches this one")
                .other(first.path.span, "the other path, which takes all of them")
                .help("take one of the two operations out, or change a literal part of its path"),
        );
    }
}

fn ambiguous(first: &Operation, second: &Operation) -> String {
    format!("no request can tell `{} {}` from `{}`", second.method, second.path.value, first.path.value)
}

fn parameters(operation: &Operation, sink: &mut Sink) {
    let declared = || operation.parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Path);
    let mut names = HashSet::new();
    for name in operation.template.parameters() {
        if !names.insert(name) {
            let message = format!("the path names `{{{name}}}` twice");
            sink.report(
                Diagnostic::new(Code::InvalidPath, operation.path.span, message)
                    .label("a request must have the same text in both places")
                    .help("give one of them another name"),
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
