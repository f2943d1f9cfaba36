//! Path templates, OpenAPI 3.1.1 section 4.8.8, and their parameters.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Model, Operation, ParameterPlace, Spanned};
use crate::source::Span;

/// Checks every operation's path, and that no two operations answer the same requests.
pub(super) fn check(model: &Model, sink: &mut Sink) {
    let mut seen: HashMap<(String, &str), &Operation> = HashMap::new();
    for operation in &model.operations {
        let Some(template) = parse(&operation.path, sink) else { continue };
        parameters(operation, &template.parameters, sink);
        let key = (template.shape, operation.method.as_str());
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

struct Template<'path> {
    /// The path with every parameter's name taken out.
    shape: String,
    parameters: Vec<&'path str>,
}

fn parse<'path>(path: &'path Spanned<String>, sink: &mut Sink) -> Option<Template<'path>> {
    let text = path.value.as_str();
    if !text.starts_with('/') {
        return refuse(path.span, "a path begins with `/`", sink);
    }
    if text.contains(['?', '#']) {
        return refuse(path.span, "a path with `?` or `#` is not generated for yet", sink);
    }
    let mut shape = String::with_capacity(text.len());
    let mut parameters = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find(['{', '}']) {
        let (literal, from) = rest.split_at(open);
        shape.push_str(literal);
        let Some((name, after)) = from.strip_prefix('{').and_then(|inner| inner.split_once('}')) else {
            return refuse(path.span, "the braces of this path do not match", sink);
        };
        if name.is_empty() || name.contains(['{', '/']) {
            return refuse(path.span, "the braces of this path hold no parameter's name", sink);
        }
        shape.push_str("{}");
        parameters.push(name);
        rest = after;
    }
    shape.push_str(rest);
    Some(Template { shape, parameters })
}

fn refuse<T>(span: Span, message: &str, sink: &mut Sink) -> Option<T> {
    sink.report(Diagnostic::new(Code::InvalidPath, span, message));
    None
}

fn parameters(operation: &Operation, names: &[&str], sink: &mut Sink) {
    let declared = || operation.parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Path);
    for (index, name) in names.iter().enumerate() {
        if names[..index].contains(name) {
            let message = format!("the path names `{{{name}}}` twice");
            sink.report(Diagnostic::new(Code::InvalidPath, operation.path.span, message));
        } else if !declared().any(|parameter| parameter.name.value == *name) {
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
