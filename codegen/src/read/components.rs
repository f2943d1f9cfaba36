//! The Components Object, OpenAPI 3.1.1 section 4.8.7.
//!
//! Those that operations refer to are read once, here or there.

use crate::document::{Entry, Node, Value};
use crate::ledger::Treatment::{PassedThrough, Typed};
use crate::model::{NamedSchema, SecurityScheme, Spanned};
use crate::read::fields::Fields;
use crate::read::{
    Cx, Version, body, callback, example, header, media_type, parameter, path_item, reference, response, schema,
    security,
};

#[derive(Default)]
pub(super) struct Components {
    pub(super) schemas: Vec<NamedSchema>,
    pub(super) security_schemes: Vec<SecurityScheme>,
}

pub(super) fn read<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Option<Components> {
    let node = reference::misplaced(cx, &entry.value);
    names(cx, node);
    let mut fields = Fields::open(cx, node, "Components Object", entry.key.span)?;
    let mut schemas = Vec::new();
    for entry in fields.map(cx, "schemas", Typed) {
        let key = Spanned { value: entry.key.text.clone(), span: entry.key.span };
        schemas.push(NamedSchema { key, schema: schema::component(cx, &entry.value) });
    }
    let entries = fields.map(cx, "securitySchemes", Typed);
    let security_schemes = entries.iter().filter_map(|entry| security::scheme(cx, entry)).collect();
    for entry in fields.map(cx, "parameters", Typed) {
        parameter::parameter(cx, &entry.value);
    }
    for entry in fields.map(cx, "headers", Typed) {
        header::read(cx, entry);
    }
    for entry in fields.map(cx, "requestBodies", Typed) {
        body::read(cx, entry);
    }
    for entry in fields.map(cx, "responses", Typed) {
        response::object(cx, entry);
    }
    passed_through(cx, &mut fields);
    fields.finish(cx);
    Some(Components { schemas, security_schemes })
}

/// Names the keys that no component may have, OpenAPI 3.1.1 section 4.8.7.1. Extensions have keys as they like.
fn names<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
    // A section that is a reference has no names of its own.
    let is_read = |section: &&Entry| !section.key.text.starts_with("x-") && section.value.get("$ref").is_none();
    for entry in entries(node).iter().filter(is_read).flat_map(|section| entries(&section.value)) {
        let (name, span) = (&entry.key.text, entry.key.span);
        if name.is_empty() || !name.chars().all(is_allowed) {
            let help = "a name has letters of ASCII, digits, `.`, `-` and `_`";
            cx.invalid(span, format!("`{name}` cannot be the name of a component"), "read all the same", help);
        }
    }
}

fn entries(node: &Node) -> &[Entry] {
    match &node.value {
        Value::Mapping(entries) => entries,
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_) => &[],
    }
}

/// Components that only matter where a reference leads to them, or not at all.
fn passed_through<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) {
    if let Some(node) = fields.example(cx, "examples") {
        for entry in cx.members(node, "examples") {
            example::object(cx, entry);
        }
    }
    for entry in fields.map(cx, "links", PassedThrough) {
        response::link(cx, entry);
    }
    for entry in fields.map(cx, "callbacks", Typed) {
        callback::component(cx, entry);
    }
    for entry in fields.map_since(cx, "pathItems", Version::V3_1, Typed) {
        path_item::later(cx, entry);
    }
    for entry in fields.map_since(cx, "mediaTypes", Version::V3_2, Typed) {
        media_type::component(cx, entry);
    }
}
