//! The OpenAPI Object and what stands directly below it, OpenAPI 3.1.1 sections 4.8.1 to 4.8.6.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::{Entry, Node, Value};
use crate::gather::File;
use crate::ledger::Treatment::{PassedThrough, Typed};
use crate::model::{Model, Schemas, Tag, Text};
use crate::read::fields::Fields;
use crate::read::schema::report_dialect;
use crate::read::{Cx, Version, callback, components, path_item, reference, security};
use crate::source::Span;

/// Tells the version of a document, or reports why it has none that is read.
pub(super) fn version(root: &Node, sink: &mut Sink) -> Option<Version> {
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
    let version = named(node);
    if version.is_none() {
        sink.report(
            Diagnostic::new(Code::UnsupportedVersion, node.span, "this OpenAPI version is not read")
                .help("OpenAPI 3.0, 3.1 and 3.2 are read"),
        );
    }
    version
}

fn named(node: &Node) -> Option<Version> {
    let text = match &node.value {
        Value::String(text) => text.as_str(),
        Value::Number(text) => text,
        Value::Null | Value::Boolean(_) | Value::Sequence(_) | Value::Mapping(_) => "",
    };
    match text.split('.').take(2).collect::<Vec<_>>().as_slice() {
        ["3", "0"] => Some(Version::V3_0),
        ["3", "1"] => Some(Version::V3_1),
        ["3", "2"] => Some(Version::V3_2),
        _ => None,
    }
}

/// The version of a file that is an OpenAPI document of its own.
pub(super) fn version_of_file(file: &File) -> Option<Version> {
    named(file.document.as_ref().ok()?.root.get("openapi")?)
}

/// Reads the whole document but for the schemas and callbacks, which wait in queues.
pub(super) fn read<'doc>(cx: &mut Cx<'doc>, root: &'doc Node) -> Option<Model> {
    let mut fields = Fields::open(cx, root, "OpenAPI Object", start(root))?;
    fields.entry(cx, "openapi", Typed);
    fields.entry_since(cx, "$self", Version::V3_2, Typed);
    if let Some(entry) = fields.entry_since(cx, "jsonSchemaDialect", Version::V3_1, PassedThrough) {
        report_dialect(cx, &entry.value);
    }
    fields.expect(cx, "info");
    let info = fields.entry(cx, "info", PassedThrough).and_then(|entry| info(cx, entry)).unwrap_or_default();
    servers(cx, &mut fields);
    external_docs(cx, &mut fields);
    let tags = fields.list(cx, "tags", Typed).iter().filter_map(|node| tag(cx, node)).collect();
    // OpenAPI 3.1.1 section 4.8.1: one of three is enough.
    let enough: &[&str] =
        if fields.version == Version::V3_0 { &["paths"] } else { &["paths", "components", "webhooks"] };
    if !enough.iter().any(|key| fields.has(key)) {
        fields.expect(cx, "paths");
    }
    for entry in fields.map_since(cx, "webhooks", Version::V3_1, Typed) {
        callback::later(cx, entry, callback::Use::Webhook);
    }
    let root_security = security::requirements(cx, &mut fields).unwrap_or_default();
    let components = fields.entry(cx, "components", Typed);
    let components = components.and_then(|entry| components::read(cx, entry)).unwrap_or_default();
    let mut operations = Vec::new();
    for entry in fields.map(cx, "paths", Typed) {
        if !cx.is_extension(entry) {
            path_item::read(cx, entry, &root_security, &mut operations);
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
        outgoing: Vec::new(),
    })
}

/// The place of the document's first key: the whole document would be too much to show.
fn start(root: &Node) -> Span {
    match &root.value {
        Value::Mapping(entries) => entries.first().map_or(root.span, |entry| entry.key.span),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_) => root.span,
    }
}

#[derive(Default)]
struct Info {
    title: Option<Text>,
    description: Option<Text>,
}

fn info<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Option<Info> {
    let node = reference::misplaced(cx, &entry.value);
    let mut fields = Fields::open(cx, node, "Info Object", entry.key.span)?;
    fields.expect(cx, "title");
    fields.expect(cx, "version");
    let info = Info { title: fields.text(cx, "title"), description: fields.text(cx, "description") };
    fields.text_since(cx, "summary", Version::V3_1);
    fields.string(cx, "version", PassedThrough);
    url(cx, &mut fields, "termsOfService");
    if let Some(entry) = fields.entry(cx, "contact", PassedThrough)
        && let Some(mut fields) = Fields::open(cx, &entry.value, "Contact Object", entry.key.span)
    {
        fields.text(cx, "name");
        url(cx, &mut fields, "url");
        if let Some(email) = fields.string(cx, "email", PassedThrough).filter(|email| !email.value.contains('@')) {
            let message = format!("`{}` is no email address", email.value);
            cx.invalid(email.span, message, "passed through", "write one such as `me@example.com`");
        }
        fields.finish(cx);
    }
    if let Some(entry) = fields.entry(cx, "license", PassedThrough)
        && let Some(mut fields) = Fields::open(cx, &entry.value, "License Object", entry.key.span)
    {
        fields.expect(cx, "name");
        fields.text(cx, "name");
        url(cx, &mut fields, "url");
        fields.pass_through_since(cx, "identifier", Version::V3_1);
        fields.finish(cx);
    }
    fields.finish(cx);
    Some(info)
}

/// Reads a key whose value is a URL. Characters beyond ASCII are let by, as RFC 3987 does.
fn url<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, key: &'static str) {
    // The ASCII characters that RFC 3986 section 2 gives no place in a URL.
    let is_foreign = |c: char| c.is_ascii_control() || " \"<>\\^`{|}".contains(c);
    let Some(url) = fields.string(cx, key, PassedThrough) else { return };
    if let Some(character) = url.value.chars().find(|&c| is_foreign(c)) {
        let message = format!("`{}` is no URL: it has the character {character:?}", url.value);
        cx.invalid(url.span, message, "passed through", "correct it, or percent-encode the character");
    }
}

/// Reads `servers` for the texts in it: the generated server answers wherever it is mounted.
pub(super) fn servers<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) {
    let Some(node) = fields.node(cx, "servers", PassedThrough) else { return };
    match &node.value {
        Value::Sequence(items) => items.iter().for_each(|node| server(cx, node, node.span)),
        Value::Mapping(_) => {
            let (reading, help) = ("read as a list of this one", "put it into a list");
            cx.invalid(node.span, "`servers` must be a list", reading, help);
            server(cx, node, node.span);
        }
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {
            cx.ignored(node, "`servers`", "a list");
        }
    }
}

/// A Server Object, OpenAPI 3.1.1 section 4.8.5.
pub(super) fn server<'doc>(cx: &mut Cx<'doc>, node: &'doc Node, place: Span) {
    let Some(mut fields) = Fields::open(cx, node, "Server Object", place) else { return };
    fields.expect(cx, "url");
    fields.string(cx, "url", PassedThrough);
    fields.text(cx, "description");
    fields.pass_through_since(cx, "name", Version::V3_2);
    for entry in fields.map(cx, "variables", PassedThrough) {
        let opened = Fields::open(cx, &entry.value, "Server Variable Object", entry.key.span);
        let Some(mut fields) = opened else { continue };
        fields.expect(cx, "default");
        let default = fields.string(cx, "default", PassedThrough);
        fields.text(cx, "description");
        if let Some(node) = fields.node(cx, "enum", PassedThrough) {
            let values = cx.strings(node, "enum");
            if values.is_empty() {
                cx.no_effect(node.span, "`enum` names nothing", "name a value, or take it out");
            } else if let Some(default) =
                default.filter(|default| !values.iter().any(|value| value.value == default.value))
            {
                let message = format!("`enum` does not have `{}`", default.value);
                cx.invalid(default.span, message, "passed through", "write one of its values");
            }
        }
        fields.finish(cx);
    }
    fields.finish(cx);
}

/// Reads `externalDocs` for the text in it.
pub(super) fn external_docs<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) {
    if let Some(entry) = fields.entry(cx, "externalDocs", PassedThrough)
        && let Some(mut fields) = Fields::open(cx, &entry.value, "External Documentation Object", entry.key.span)
    {
        fields.expect(cx, "url");
        fields.text(cx, "description");
        url(cx, &mut fields, "url");
        fields.finish(cx);
    }
}

/// A Tag Object, OpenAPI 3.1.1 section 4.8.22. A string is read as its name.
fn tag<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) -> Option<Tag> {
    if let Value::String(_) = node.value {
        let name = cx.string(node, "tags")?;
        let (message, help) = ("the Tag Object must be an object, not a string", "write `name: …`");
        cx.invalid(node.span, message, "read as its `name`", help);
        return Some(Tag { name, rust_name: None, description: None });
    }
    let mut fields = Fields::open(cx, node, "Tag Object", node.span)?;
    let name = fields.required(cx, "name", Typed, "this tag is left out").and_then(|node| cx.string(node, "name"));
    let description = fields.text(cx, "description");
    let rust_name = fields.rust_name(cx);
    fields.text(cx, "x-displayName");
    fields.text_since(cx, "summary", Version::V3_2);
    fields.pass_through_since(cx, "parent", Version::V3_2);
    fields.pass_through_since(cx, "kind", Version::V3_2);
    external_docs(cx, &mut fields);
    fields.finish(cx);
    Some(Tag { name: name?, rust_name, description })
}
