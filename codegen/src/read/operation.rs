//! Operation Objects, OpenAPI 3.1.1 section 4.8.10.

use crate::document::{Entry, Node, Value};
use crate::ledger::Treatment::Typed;
use crate::model::{Operation, SecurityRequirement, Spanned, Template};
use crate::read::fields::Fields;
use crate::read::{Cx, body, callback, parameter, reference, response, root, security};

/// Reads an operation; its path item says the rest.
pub(super) fn read<'doc>(
    cx: &mut Cx<'doc>,
    entry: &'doc Entry,
    method: String,
    path: &Spanned<String>,
    root_security: &[SecurityRequirement],
) -> Option<Operation> {
    cx.is_broken = false;
    let node = reference::misplaced(cx, &entry.value);
    let mut fields = Fields::open(cx, node, "Operation Object", entry.key.span)?;
    let tags = fields.node(cx, "tags", Typed).map(|node| cx.strings(node, "tags")).unwrap_or_default();
    root::servers(cx, &mut fields);
    root::external_docs(cx, &mut fields);
    let mut operation = Operation {
        span: entry.key.span,
        path: path.clone(),
        template: Template::default(),
        query: Vec::new(),
        method,
        id: fields.string(cx, "operationId", Typed),
        rust_name: fields.rust_name(cx),
        required_permission: permissions(cx, &mut fields),
        tags,
        summary: fields.text(cx, "summary"),
        description: fields.text(cx, "description"),
        deprecated: fields.boolean(cx, "deprecated", Typed),
        parameters: parameter::list(cx, &mut fields),
        request_body: fields.entry(cx, "requestBody", Typed).and_then(|entry| body::read(cx, entry)),
        responses: response::read(cx, &mut fields),
        is_broken: false,
        security: security::requirements(cx, &mut fields).unwrap_or_else(|| root_security.to_vec()),
    };
    operation.is_broken = cx.is_broken;
    for entry in fields.map(cx, "callbacks", Typed) {
        if !cx.is_unnamed_extension(entry) {
            callback::read(cx, entry);
        }
    }
    fields.finish(cx);
    Some(operation)
}

/// The permissions that a caller needs: one or several. The key is ours, so another form of it is somebody else's.
fn permissions<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Vec<Spanned<String>> {
    let Some(node) = fields.node(cx, "x-required-permission", Typed) else { return Vec::new() };
    let named = |node: &Node| node.as_str().map(|text| Spanned { value: text.to_owned(), span: node.span });
    let names = match &node.value {
        Value::Sequence(items) => items.iter().map(named).collect(),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Mapping(_) => {
            named(node).map(|name| vec![name])
        }
    };
    names.unwrap_or_else(|| {
        cx.ignored(node, "`x-required-permission`", "a string or a list of strings");
        Vec::new()
    })
}
