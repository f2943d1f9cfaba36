//! Path Item Objects, OpenAPI 3.1.1 section 4.8.9.
//!
//! The one rule: a `$ref` and what stands beside it are one path item, in which what stands beside it counts first.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Entry, Node};
use crate::ledger::Treatment::Typed;
use crate::model::{
    Malformed, Operation, Parameter, ParameterPlace, ParameterStyle, ParameterValue, SecurityRequirement, Spanned,
    Template, Text,
};
use crate::read::fields::Fields;
use crate::read::{Cx, Version, callback, operation, parameter, reference, root, schema, value};
use crate::source::Span;

/// The keys that are methods.
const METHODS: [(&str, &str); 8] = [
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("patch", "PATCH"),
    ("trace", "TRACE"),
];

/// Reads a path item for its reports, when all operations are read: a callback, a webhook or a component.
pub(super) fn later<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) {
    callback::later(cx, entry, callback::Use::None);
}

/// Reads a member of `paths`, and adds its operations in document order.
pub(super) fn read<'doc>(
    cx: &mut Cx<'doc>,
    entry: &'doc Entry,
    root_security: &[SecurityRequirement],
    operations: &mut Vec<Operation>,
) {
    let path = Spanned { value: entry.key.text.clone(), span: entry.key.span };
    let key = Template::parse(&path.value);
    for malformed in &key.malformed {
        report(cx, path.span, *malformed);
    }
    let first = operations.len();
    cx.is_broken = false;
    let (members, shared) = members(cx, &entry.value, entry.key.span);
    let is_broken = cx.is_broken;
    for (method, entry) in members {
        let Some(mut operation) = operation::read(cx, entry, method, &path, root_security) else { continue };
        parameter::inherit(cx, &mut operation.parameters, &shared.parameters);
        operation.summary = operation.summary.or_else(|| shared.summary.clone());
        operation.description = operation.description.or_else(|| shared.description.clone());
        operation.template = key.template.clone();
        operation.query.clone_from(&key.query);
        operation.is_broken |= is_broken;
        in_query(cx, &mut operation, &key.query_parameters);
        undeclared(cx, &mut operation);
        operations.push(operation);
    }
    operations[first..].sort_by_key(|operation| operation.span);
}

fn report(cx: &mut Cx<'_>, span: Span, malformed: Malformed) {
    let (message, reading, help) = match malformed {
        Malformed::NoSlash => ("a path begins with `/`", "read with one", "write it"),
        Malformed::Braces => (
            "the braces of this path do not match, or hold no parameter's name",
            "read as they stand",
            "put the name of a parameter into a pair of braces",
        ),
    };
    cx.sink.report(Diagnostic::new(Code::InvalidPath, span, message).label(reading).help(help));
}

/// `?x={y}` in a path's key speaks of a parameter of the query, even if `y` is said to be in the path.
fn in_query(cx: &mut Cx<'_>, operation: &mut Operation, names: &[(String, String)]) {
    for parameter in &mut operation.parameters {
        let is_named = |(_, name): &&(String, String)| *name == parameter.name.value;
        let in_path = operation.template.parameters().any(|name| name == parameter.name.value);
        if parameter.place == ParameterPlace::Path
            && !in_path
            && let Some((key, _)) = names.iter().find(is_named)
        {
            let message = format!("the path has `{{{}}}` in its query", parameter.name.value);
            cx.invalid(parameter.name.span, message, "read as a parameter in the query", "write `in: query`");
            parameter.place = ParameterPlace::Query;
            parameter.name.value.clone_from(key);
            value::in_query(&mut parameter.value);
        }
    }
}

/// A parameter that the path names and nothing describes is any text.
fn undeclared(cx: &mut Cx<'_>, operation: &mut Operation) {
    let declared: HashSet<&str> = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == ParameterPlace::Path)
        .map(|parameter| parameter.name.value.as_str())
        .collect();
    let mut names: Vec<String> = Vec::new();
    for name in operation.template.parameters() {
        if !declared.contains(name) && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    for name in names {
        let message = format!("the path parameter `{name}` is not declared");
        cx.sink.report(
            Diagnostic::new(Code::UndeclaredPathParameter, operation.span, message)
                .label("by this operation: read as a string")
                .other(operation.path.span, format!("the path names `{{{name}}}`"))
                .help(format!("add a parameter with `in: path`, `name: {name}` and `required: true`")),
        );
        operation.parameters.push(Parameter {
            name: Spanned { value: name, span: operation.path.span },
            rust_name: None,
            place: ParameterPlace::Path,
            required: true,
            deprecated: false,
            allow_empty: false,
            description: None,
            value: ParameterValue::Schema {
                schema: schema::string(cx, operation.path.span),
                style: ParameterStyle::Simple,
                explode: false,
                allow_reserved: false,
            },
        });
    }
}

/// What a path item gives to its operations.
struct Shared {
    summary: Option<Text>,
    description: Option<Text>,
    parameters: Vec<Parameter>,
}

/// The operations of a path item and of those that its `$ref` leads to.
fn members<'doc>(cx: &mut Cx<'doc>, node: &'doc Node, place: Span) -> (Vec<(String, &'doc Entry)>, Shared) {
    let (mut found, mut places) = (Vec::new(), HashMap::new());
    let mut shared = Shared { summary: None, description: None, parameters: Vec::new() };
    let mut seen = Vec::new();
    let mut next = Some(node);
    while let Some(node) = next {
        if seen.contains(&node.id) || seen.len() == reference::LONGEST {
            reference::report_cycle(cx, node.entry("$ref").map_or(node.span, |entry| entry.value.span));
            break;
        }
        seen.push(node.id);
        let Some(mut fields) = Fields::open(cx, node, "Path Item Object", place) else { break };
        let reference = fields.node(cx, "$ref", Typed);
        let own = own(cx, &mut fields);
        shared.summary = shared.summary.or(own.summary);
        shared.description = shared.description.or(own.description);
        let known: HashSet<_> = shared.parameters.iter().map(Parameter::identity).collect();
        let added = own.parameters.into_iter().filter(|other| !known.contains(&other.identity()));
        shared.parameters.extend(added);
        for (method, entry) in methods(cx, fields) {
            if let Some(&first) = places.get(&method) {
                let message = format!("`{}` has no effect: it stands beside the `$ref`, too", entry.key.text);
                cx.sink
                    .report(Diagnostic::new(Code::NoEffect, entry.key.span, message).other(first, "this one counts"));
            } else {
                places.insert(method.clone(), entry.key.span);
                found.push((method, entry));
            }
        }
        next = reference.and_then(|reference| reference::target(cx, reference));
    }
    (found, shared)
}

fn own<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Shared {
    let (summary, description) = (fields.text(cx, "summary"), fields.text(cx, "description"));
    root::servers(cx, fields);
    Shared { summary, description, parameters: parameter::list(cx, fields) }
}

/// The methods of one path item, in document order.
fn methods<'doc>(cx: &mut Cx<'doc>, mut fields: Fields<'doc>) -> Vec<(String, &'doc Entry)> {
    let mut found = Vec::new();
    for (key, method) in METHODS {
        found.extend(fields.entry(cx, key, Typed).map(|entry| (method.to_owned(), entry)));
    }
    found.extend(fields.entry_since(cx, "query", Version::V3_2, Typed).map(|entry| ("QUERY".to_owned(), entry)));
    for entry in fields.map_since(cx, "additionalOperations", Version::V3_2, Typed) {
        if cx.is_unnamed_extension(entry) {
            continue;
        }
        if http::Method::from_bytes(entry.key.text.as_bytes()).is_err() {
            let message = format!("`{}` cannot be a method", entry.key.text);
            cx.invalid(entry.key.span, message, "this operation is left out", "write letters");
        } else if METHODS.iter().any(|(_, method)| *method == entry.key.text) {
            let message = format!("`{}` has a key of its own", entry.key.text);
            let help = "write the method in small letters in the path item";
            cx.invalid(entry.key.span, message, "read as there", help);
            if !found.iter().any(|(method, _)| *method == entry.key.text) {
                found.push((entry.key.text.clone(), entry));
            }
        } else {
            found.push((entry.key.text.clone(), entry));
        }
    }
    fields.finish(cx);
    found.sort_by_key(|(_, entry)| entry.key.span);
    found
}

/// Reads a path item of a callback or a webhook, whose URL has the parameters of a template.
pub(super) fn read_outgoing<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry, template: &Template) -> Vec<Operation> {
    let path = Spanned { value: entry.key.text.clone(), span: entry.key.span };
    cx.is_broken = false;
    let (members, shared) = members(cx, &entry.value, entry.key.span);
    let is_broken = cx.is_broken;
    let mut operations = Vec::new();
    for (method, entry) in members {
        let Some(mut operation) = operation::read(cx, entry, method, &path, &[]) else { continue };
        parameter::inherit(cx, &mut operation.parameters, &shared.parameters);
        operation.summary = operation.summary.or_else(|| shared.summary.clone());
        operation.description = operation.description.or_else(|| shared.description.clone());
        operation.template = template.clone();
        operation.is_broken |= is_broken;
        operations.push(operation);
    }
    operations
}
