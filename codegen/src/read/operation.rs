//! Path Items, Operations, Request Bodies and Responses, OpenAPI 3.1.1 sections 4.8.9, 4.8.10 and 4.8.13 to 4.8.17.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Entry, Node, Value};
use crate::model::{MediaType, Operation, Parameter, RequestBody, Response, SecurityRequirement, Spanned, Status};
use crate::read::fields::Fields;
use crate::read::{Cx, Version, parameter, reference, root, schema, security};
use crate::role::Role;

/// The keys of a Path Item that are methods.
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

/// Reads a member of `paths`, and adds its operations in document order.
pub(super) fn path_item<'doc>(
    cx: &mut Cx<'doc>,
    entry: &'doc Entry,
    root_security: &[SecurityRequirement],
    operations: &mut Vec<Operation>,
) {
    let Some(mut fields) = Fields::open(cx, &entry.value, "Path Item Object", entry.key.span) else { return };
    let path = Spanned { value: entry.key.text.clone(), span: entry.key.span };
    let summary = fields.text(cx, "summary");
    let description = fields.text(cx, "description");
    root::servers(cx, &mut fields);
    let shared = parameters(cx, &mut fields);
    fields.unsupported(cx, &["$ref", "query", "additionalOperations"]);
    let mut found: Vec<(&'static str, &'doc Entry)> =
        METHODS.iter().filter_map(|&(key, method)| fields.entry(key).map(|entry| (method, entry))).collect();
    found.sort_by_key(|(_, entry)| entry.key.span);
    for (method, entry) in found {
        let Some(mut operation) = operation(cx, entry, method, &path, root_security) else { continue };
        let own = |shared: &Parameter| operation.parameters.iter().any(|own| own.identity() == shared.identity());
        let inherited: Vec<Parameter> = shared.iter().filter(|shared| !own(shared)).cloned().collect();
        operation.parameters.splice(0..0, inherited);
        operation.summary = operation.summary.or_else(|| summary.clone());
        operation.description = operation.description.or_else(|| description.clone());
        operations.push(operation);
    }
    fields.finish(cx);
}

fn operation<'doc>(
    cx: &mut Cx<'doc>,
    entry: &'doc Entry,
    method: &'static str,
    path: &Spanned<String>,
    root_security: &[SecurityRequirement],
) -> Option<Operation> {
    let mut fields = Fields::open(cx, &entry.value, "Operation Object", entry.key.span)?;
    let tags = fields.list(cx, "tags").iter().filter_map(|node| cx.string(node, "tags")).collect();
    root::servers(cx, &mut fields);
    root::external_docs(cx, &mut fields);
    fields.unsupported_unless_empty(cx, &["callbacks"]);
    let operation = Operation {
        span: entry.key.span,
        path: path.clone(),
        method: method.to_owned(),
        id: fields.string(cx, "operationId"),
        rust_name: fields.rust_name(cx),
        tags,
        summary: fields.text(cx, "summary"),
        description: fields.text(cx, "description"),
        deprecated: fields.boolean(cx, "deprecated"),
        parameters: parameters(cx, &mut fields),
        request_body: fields.entry("requestBody").and_then(|entry| request_body(cx, entry)),
        responses: responses(cx, &mut fields),
        security: security::requirements(cx, &mut fields).unwrap_or_else(|| root_security.to_vec()),
    };
    fields.finish(cx);
    Some(operation)
}

fn parameters<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Vec<Parameter> {
    fields.list(cx, "parameters").iter().filter_map(|node| parameter::parameter(cx, node)).collect()
}

/// Reads a request body or a reference to one.
pub(super) fn request_body<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Option<RequestBody> {
    let node = reference::follow(cx, &entry.value)?;
    let mut fields = Fields::open(cx, node, "Request Body Object", entry.key.span)?;
    let body = RequestBody {
        span: entry.key.span,
        required: fields.boolean(cx, "required"),
        description: fields.text(cx, "description"),
        content: content(cx, &mut fields),
    };
    if let Some(node) = fields.required(cx, "content")
        && body.content.is_empty()
        && matches!(&node.value, Value::Mapping(entries) if entries.is_empty())
    {
        cx.no_effect(entry.key.span, "a request body of no media type is ignored", "name one under `content`");
    }
    fields.finish(cx);
    Some(body)
}

fn responses<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Vec<Response> {
    // OpenAPI 3.1.1 section 4.8.10.1 no longer requires them.
    if cx.version == Version::V3_0 {
        fields.expect(cx, "responses");
    }
    let mut responses = Vec::new();
    for entry in fields.map(cx, "responses") {
        if entry.key.text.starts_with("x-") {
            cx.roles.mark(entry.value.id, Role::Extension);
            continue;
        }
        let status = status(cx, entry);
        let object = response_object(cx, entry);
        if let (Some(status), Some((description, content))) = (status, object) {
            responses.push(Response { status, description, headers: Vec::new(), content });
        }
    }
    responses
}

fn status(cx: &mut Cx<'_>, entry: &Entry) -> Option<Spanned<Status>> {
    let text = entry.key.text.as_str();
    let span = entry.key.span;
    if text == "default" {
        return Some(Spanned { value: Status::Default, span });
    }
    if let Some(code) = text.parse().ok().filter(|code| text.len() == 3 && (100..600).contains(code)) {
        return Some(Spanned { value: Status::Code(code), span });
    }
    if matches!(text.as_bytes(), [b'1'..=b'5', b'X' | b'x', b'X' | b'x']) {
        cx.unsupported(span, "a range of statuses");
    } else {
        let message = format!("`{text}` is no HTTP status");
        cx.sink.report(
            Diagnostic::new(Code::InvalidValue, span, message).help("write a status such as '200', or `default`"),
        );
    }
    None
}

/// Reads a response or a reference to one: its description and its bodies.
pub(super) fn response_object<'doc>(
    cx: &mut Cx<'doc>,
    entry: &'doc Entry,
) -> Option<(Option<Spanned<String>>, Vec<MediaType>)> {
    let node = reference::follow(cx, &entry.value)?;
    let mut fields = Fields::open(cx, node, "Response Object", entry.key.span)?;
    // OpenAPI 3.2.0 section 4.17 no longer requires it.
    if cx.version < Version::V3_2 {
        fields.expect(cx, "description");
    }
    let description = fields.text(cx, "description");
    fields.text(cx, "summary");
    let content = content(cx, &mut fields);
    fields.unsupported_unless_empty(cx, &["headers", "links"]);
    fields.finish(cx);
    Some((description, content))
}

fn content<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Vec<MediaType> {
    let entries = fields.map(cx, "content");
    if let [_, second, ..] = entries {
        cx.unsupported(second.key.span, "a second media type");
    }
    entries.iter().filter_map(|entry| media_type(cx, entry)).collect()
}

fn media_type<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Option<MediaType> {
    let node: &'doc Node = &entry.value;
    if !is_json(&entry.key.text) {
        cx.unsupported(entry.key.span, &format!("the media type `{}`", entry.key.text));
    }
    if http::HeaderValue::from_str(&entry.key.text).is_err() || !entry.key.text.is_ascii() {
        let message = format!("`{}` is no media type", entry.key.text);
        cx.sink.report(Diagnostic::new(Code::InvalidValue, entry.key.span, message));
    }
    let mut fields = Fields::open(cx, node, "Media Type Object", entry.key.span)?;
    fields.example(cx, "example");
    fields.example(cx, "examples");
    fields.unsupported_unless_empty(cx, &["encoding"]);
    fields.unsupported(cx, &["itemSchema", "itemEncoding", "prefixEncoding"]);
    let schema = fields.node("schema").map(|node| schema::schema(cx, node));
    fields.finish(cx);
    Some(MediaType {
        name: Spanned { value: entry.key.text.clone(), span: entry.key.span },
        schema,
        item_schema: None,
        encoding: Vec::new(),
    })
}

/// `application/json`, with parameters or not, and types with the suffix `+json` (RFC 6839 section 3.1).
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.contains('/') && essence.ends_with("+json"))
}
