//! Schema Objects, OpenAPI 3.1.1 section 4.8.24 and OpenAPI 3.0.4 section 4.7.24: JSON Schema 2020-12, the dialect of 3.0,
//! and the habits of older drafts.
//!
//! The one rule: a schema is read once, whatever leads to it, and not before all that leads to it has its id.

mod annotations;
mod arrays;
mod combine;
mod discriminator;
mod limits;
mod names;
mod objects;
mod references;
mod types;
mod xml;

pub(super) use annotations::report_dialect;
pub(super) use names::component;
pub(super) use references::{dynamic_anchors, refuse_endless_references};

use crate::document::{Entry, Node, Value};
use crate::ledger::Treatment;
use crate::model::{Property, Schema, SchemaId, Spanned, TypeSet};
use crate::read::fields::Fields;
use crate::read::{Cx, Version};
use crate::source::Span;

/// Gives the id of a schema. It is read later, by [`read_pending`], so that no chain of references is too long.
pub(super) fn schema<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) -> SchemaId {
    if let Some(&id) = cx.schema_ids.get(node.id) {
        return id;
    }
    let id = cx.schemas.reserve();
    cx.schema_ids.insert(node.id, id);
    cx.pending_schemas.push_back(Pending::Node(node));
    id
}

/// Gives the id of a schema that no node says: any string.
pub(super) fn string(cx: &mut Cx<'_>, place: Span) -> SchemaId {
    cx.pending_schemas.push_back(Pending::String(place));
    cx.schemas.reserve()
}

/// A schema that has its id.
pub(super) enum Pending<'doc> {
    /// It is what a node says.
    Node(&'doc Node),
    /// It stands for any string.
    String(Span),
    /// It is made of others already.
    Made(Box<Schema>),
}

/// Reads every schema that was asked for, and those that these ask for.
pub(super) fn read_pending(cx: &mut Cx<'_>) {
    while let Some(pending) = cx.pending_schemas.pop_front() {
        let mut schema = Schema::any(match pending {
            Pending::Node(node) => node.span,
            Pending::String(place) => place,
            Pending::Made(ref made) => made.span,
        });
        match pending {
            Pending::Node(node) => {
                let file = cx.documents.file_of(node.id);
                schema.resource = cx.documents.files[file].first_resource + cx.documents.resource_in(file, node.id);
                read(cx, node, &mut schema);
            }
            Pending::String(_) => schema.types = TypeSet::STRING,
            Pending::Made(made) => schema = *made,
        }
        let schema = if schema.is_nullable { or_null(cx, schema) } else { schema };
        cx.schemas.add(schema);
    }
}

/// The same schema, or null. What is said of it as a whole is said of both.
fn or_null(cx: &mut Cx<'_>, schema: Schema) -> Schema {
    let whole = Schema {
        title: schema.title.clone(),
        description: schema.description.clone(),
        deprecated: schema.deprecated,
        read_only: schema.read_only,
        write_only: schema.write_only,
        xml: schema.xml.clone(),
        default: schema.default.clone(),
        rust_name: schema.rust_name.clone(),
        ..Schema::any(schema.span)
    };
    let null = Schema { types: TypeSet::NULL, ..Schema::any(schema.span) };
    let plain = Schema { is_nullable: false, rust_name: None, default: None, ..schema };
    let mut made = |schema: Schema| {
        cx.pending_schemas.push_back(Pending::Made(Box::new(schema)));
        cx.schemas.reserve()
    };
    let any_of = vec![made(plain), made(null)];
    Schema { any_of, ..whole }
}

fn read<'doc>(cx: &mut Cx<'doc>, node: &'doc Node, schema: &mut Schema) {
    if let Value::Boolean(allowed) = node.value {
        if cx.version(node.id) == Version::V3_0 {
            cx.too_new(node.span, "a schema that is a boolean", Version::V3_1);
        }
        schema.never = !allowed;
        return;
    }
    let Some(mut fields) = Fields::open(cx, node, "Schema Object", node.span) else { return };
    if references::read(cx, &mut fields, schema, node) {
        return;
    }
    annotations::read(cx, &mut fields, schema);
    types::read(cx, &mut fields, schema);
    objects::read(cx, &mut fields, schema);
    arrays::read(cx, &mut fields, schema);
    limits::read(cx, &mut fields, schema);
    combine::read(cx, &mut fields, schema);
    discriminator::read(cx, &mut fields, schema);
    annotations::read_rare(cx, &mut fields, schema);
    if fields.version == Version::V3_0 {
        fields.finish(cx);
    } else {
        fields.finish_open(cx);
    }
}

/// The schema at a key.
fn at<'doc>(
    cx: &mut Cx<'doc>,
    fields: &mut Fields<'doc>,
    key: &'static str,
    since: Version,
    treatment: Treatment,
) -> Option<SchemaId> {
    let entry = fields.entry_since(cx, key, since, treatment)?;
    if entry.value.value == Value::Null {
        cx.ignored(&entry.value, &format!("`{key}`"), "a schema");
        return None;
    }
    Some(schema(cx, &entry.value))
}

/// The schemas by the names at a key.
fn named<'doc>(
    cx: &mut Cx<'doc>,
    fields: &mut Fields<'doc>,
    key: &'static str,
    since: Version,
    treatment: Treatment,
) -> Vec<Property> {
    let entries = fields.map_since(cx, key, since, treatment);
    entries.iter().map(|entry| member(cx, entry)).collect()
}

fn member<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Property {
    let key = Spanned { value: entry.key.text.clone(), span: entry.key.span };
    Property { key, schema: schema(cx, &entry.value) }
}
