//! The OpenAPI Object and what stands directly below it, OpenAPI 3.1.1 sections 4.8.1 to 4.8.7.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::{Document, Entry, Node, Value};
use crate::model::{Model, NamedSchema, Schemas, SecurityScheme, Spanned, Tag, Text};
use crate::read::fields::Fields;
use crate::read::{Cx, Version, operation, parameter, schema, security};
use crate::role::Role;
use crate::source::Span;

/// Tells the version of a document, or reports why it has none that is read.
pub(super) fn version(document: &Document, sink: &mut Sink) -> Option<Version> {
    let root = &document.root;
    let Value::Mapping(entries) = &root.value else {
        let message = format!("an OpenAPI document is an object, not {}", root.value.kind());
        sink.report(Diagnostic::new(Code::NotOpenApi, root.span, message));
        return None;
    };
    if let Some(entry) = root.entry("swagger").or_else(|| root.entry("swaggerVersion")) {
        sink.report(
            Diagnostic::new(Code::Swagger, entry.value.span, "this is a Swagger document, which is not read")
                .help("convert it to OpenAPI 3.0 or later"),
        );
        return None;
    }
    let Some(node) = root.get("openapi") else {
        let place = entries.first().map_or(root.span, |entry| entry.key.span);
        sink.report(
            Diagnostic::new(Code::NotOpenApi, place, "the document has no key `openapi`")
                .help("an OpenAPI document begins with a line such as `openapi: 3.1.0`"),
        );
        return None;
    };
    let text = match &node.value {
        Value::String(text) => text.as_str(),
        Value::Number(text) => text,
        Value::Null | Value::Boolean(_) | Value::Sequence(_) | Value::Mapping(_) => "",
    };
    let version = match text.split('.').take(2).collect::<Vec<_>>().as_slice() {
        ["3", "0"] => Some(Version::V3_0),
        ["3", "1"] => Some(Version::V3_1),
        ["3", "2"] => Some(Version::V3_2),
        _ => None,
    };
    if version.is_none() {
        sink.report(
            Diagnostic::new(Code::UnsupportedVersion, node.span, "this OpenAPI version is not read")
                .help("OpenAPI 3.0, 3.1 and 3.2 are read"),
        );
    }
    version
}

/// Reads the whole document but for the schemas, which wait in the queue.
pub(super) fn read(cx: &mut Cx<'_>) -> Option<Model> {
    let root = cx.root;
    let mut fields = Fields::open(cx, root, "OpenAPI Object", start(root))?;
    fields.pass_through(&["openapi"]);
    fields.unsupported(cx, &["$self"]);
    dialect(cx, &mut fields);
    fields.expect(cx, "info");
    let info = fields.entry("info").and_then(|entry| info(cx, entry)).unwrap_or_default();
    servers(cx, &mut fields);
    external_docs(cx, &mut fields);
    let tags = fields.list(cx, "tags").iter().filter_map(|node| tag(cx, node)).collect();
    fields.unsupported_unless_empty(cx, &["webhooks"]);
    let root_security = security::requirements(cx, &mut fields).unwrap_or_default();
    let components = fields.entry("components").and_then(|entry| components(cx, entry)).unwrap_or_default();
    let mut operations = Vec::new();
    if cx.version == Version::V3_0 {
        fields.expect(cx, "paths");
    }
    for entry in fields.map(cx, "paths") {
        if entry.key.text.starts_with("x-") {
            cx.roles.mark(entry.value.id, Role::Extension);
        } else {
            operation::path_item(cx, entry, &root_security, &mut operations);
        }
    }
    fields.finish(cx);
    Some(Model {
        title: info.title,
        description: info.description,
        schemas: Schemas::default(),
        dynamic_anchors: Vec::new(),
        named_schemas: components.schemas,
        tags,
        security_schemes: components.security_schemes,
        operations,
    })
}

/// The place of the document's first key: the whole document would be too much to show.
fn start(root: &Node) -> Span {
    match &root.value {
        Value::Mapping(entries) => entries.first().map_or(root.span, |entry| entry.key.span),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_) => root.span,
    }
}

/// `jsonSchemaDialect` says what the keywords of all schemas mean, OpenAPI 3.1.1 section 4.8.24.
fn dialect<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) {
    let known = ["https://spec.openapis.org/oas/3.", "https://json-schema.org/draft/2020-12/schema"];
    if let Some(dialect) = fields.string(cx, "jsonSchemaDialect")
        && !known.iter().any(|known| dialect.value.starts_with(known))
    {
        cx.unsupported(dialect.span, &format!("the schema dialect `{}`", dialect.value));
    }
}

#[derive(Default)]
struct Info {
    title: Option<Text>,
    description: Option<Text>,
}

fn info<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Option<Info> {
    let mut fields = Fields::open(cx, &entry.value, "Info Object", entry.key.span)?;
    fields.expect(cx, "title");
    fields.expect(cx, "version");
    let info = Info { title: fields.text(cx, "title"), description: fields.text(cx, "description") };
    fields.text(cx, "summary");
    fields.string(cx, "version");
    fields.pass_through(&["termsOfService"]);
    for (key, what) in [("contact", "Contact Object"), ("license", "License Object")] {
        if let Some(entry) = fields.entry(key)
            && let Some(mut fields) = Fields::open(cx, &entry.value, what, entry.key.span)
        {
            fields.text(cx, "name");
            fields.pass_through(&["url", "email", "identifier"]);
            fields.finish(cx);
        }
    }
    fields.finish(cx);
    Some(info)
}

/// Reads `servers` for the texts in it: the generated server answers wherever it is mounted.
pub(super) fn servers<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) {
    for node in fields.list(cx, "servers") {
        let Some(mut fields) = Fields::open(cx, node, "Server Object", node.span) else { continue };
        fields.required(cx, "url");
        fields.text(cx, "description");
        fields.pass_through(&["name"]);
        for entry in fields.map(cx, "variables") {
            let Some(mut fields) = Fields::open(cx, &entry.value, "Server Variable Object", entry.key.span) else {
                continue;
            };
            fields.text(cx, "description");
            fields.pass_through(&["enum", "default"]);
            fields.finish(cx);
        }
        fields.finish(cx);
    }
}

/// Reads `externalDocs` for the text in it.
pub(super) fn external_docs<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) {
    if let Some(entry) = fields.entry("externalDocs")
        && let Some(mut fields) = Fields::open(cx, &entry.value, "External Documentation Object", entry.key.span)
    {
        fields.text(cx, "description");
        fields.pass_through(&["url"]);
        fields.finish(cx);
    }
}

fn tag<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) -> Option<Tag> {
    let mut fields = Fields::open(cx, node, "Tag Object", node.span)?;
    let name = fields.required(cx, "name").and_then(|node| cx.string(node, "name"));
    let description = fields.text(cx, "description");
    let rust_name = fields.rust_name(cx);
    fields.text(cx, "summary");
    fields.text(cx, "x-displayName");
    fields.pass_through(&["parent", "kind"]);
    external_docs(cx, &mut fields);
    fields.finish(cx);
    Some(Tag { name: name?, rust_name, description })
}

#[derive(Default)]
struct Components {
    schemas: Vec<NamedSchema>,
    security_schemes: Vec<SecurityScheme>,
}

/// Reads the components. Those that operations refer to are read again there; a report that is made twice is kept once.
fn components<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Option<Components> {
    let mut fields = Fields::open(cx, &entry.value, "Components Object", entry.key.span)?;
    let mut schemas = Vec::new();
    for entry in fields.map(cx, "schemas") {
        let key = Spanned { value: entry.key.text.clone(), span: entry.key.span };
        schemas.push(NamedSchema { key, schema: schema::schema(cx, &entry.value) });
    }
    let entries = fields.map(cx, "securitySchemes");
    let security_schemes = entries.iter().filter_map(|entry| security::scheme(cx, entry)).collect();
    for entry in fields.map(cx, "parameters") {
        parameter::parameter(cx, &entry.value);
    }
    for entry in fields.map(cx, "requestBodies") {
        operation::request_body(cx, entry);
    }
    for entry in fields.map(cx, "responses") {
        operation::response_object(cx, entry);
    }
    if let Some(node) = fields.node("examples") {
        cx.roles.mark(node.id, Role::Example);
    }
    fields.unsupported_unless_empty(cx, &["headers", "links", "callbacks", "pathItems", "mediaTypes"]);
    fields.finish(cx);
    Some(Components { schemas, security_schemes })
}
