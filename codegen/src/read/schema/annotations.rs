//! Keywords that forbid no value: JSON Schema 2020-12 validation section 9, and those of OpenAPI.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Node, Value};
use crate::ledger::Treatment::{PassedThrough, Typed};
use crate::model::Schema;
use crate::read::fields::Fields;
use crate::read::schema::{at, named, xml};
use crate::read::{Cx, Version, root};
use crate::role::Role;

/// Reads what most schemas have.
pub(super) fn read<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, schema: &mut Schema) {
    schema.description = fields.text(cx, "description");
    schema.title = fields.text(cx, "title");
    schema.default = fields.node(cx, "default", Typed).cloned();
    examples(cx, fields, schema);
    schema.deprecated = fields.boolean(cx, "deprecated", PassedThrough);
    schema.read_only = fields.boolean(cx, "readOnly", Typed);
    schema.write_only = fields.boolean(cx, "writeOnly", Typed);
}

/// Reads what few schemas have.
pub(super) fn read_rare<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, schema: &mut Schema) {
    schema.rust_name = fields.rust_name(cx);
    schema.rust_type = fields.string(cx, "x-rust-type", Typed);
    fields.text_since(cx, "$comment", Version::V3_1);
    root::external_docs(cx, fields);
    schema.xml = xml::read(cx, fields);
    dialect(cx, fields);
    content_encoding(cx, fields, schema);
    // What is in a string is not looked into: JSON Schema 2020-12 validation section 8.1.
    if let Some(entry) = fields.entry_since(cx, "contentMediaType", Version::V3_1, PassedThrough) {
        cx.string(&entry.value, "contentMediaType");
    }
    at(cx, fields, "contentSchema", Version::V3_1, PassedThrough);
    // Schemas here have effect where a reference leads to them.
    named(cx, fields, "$defs", Version::V3_1, Typed);
    if let Some(entry) = fields.entry(cx, "definitions", Typed) {
        cx.other_version(entry.key.span, "`definitions` belongs to JSON Schema draft 7", "read as `$defs`");
        for entry in cx.members(&entry.value, "definitions") {
            super::schema(cx, &entry.value);
        }
    }
}

fn examples<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, schema: &mut Schema) {
    schema.examples.extend(fields.example(cx, "example").cloned());
    let Some(entry) = fields.entry_since(cx, "examples", Version::V3_1, PassedThrough) else { return };
    cx.roles.mark(entry.value.id, Role::Example);
    match &entry.value.value {
        Value::Sequence(items) => schema.examples.extend(items.iter().cloned()),
        // The form of parameters and media types, whose members hold the example as `value`.
        Value::Mapping(_) | Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {
            cx.ignored(&entry.value, "`examples` of a schema", "a list");
        }
    }
}

fn content_encoding<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, schema: &mut Schema) {
    let Some(entry) = fields.entry_since(cx, "contentEncoding", Version::V3_1, Typed) else { return };
    let Some(encoding) = cx.string(&entry.value, "contentEncoding") else { return };
    if encoding.value != "base64" {
        let message = format!("the content encoding `{}` is not checked", encoding.value);
        cx.sink.report(
            Diagnostic::new(Code::UncheckedFormat, encoding.span, message).label("any string is accepted and sent"),
        );
    }
    schema.content_encoding = Some(encoding);
}

/// `$schema` says what the keywords mean, JSON Schema 2020-12 core section 8.1.1.
fn dialect<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) {
    if let Some(entry) = fields.entry_since(cx, "$schema", Version::V3_1, PassedThrough) {
        report_dialect(cx, &entry.value);
    }
    fields.pass_through_since(cx, "$vocabulary", Version::V3_1);
}

/// Warns about a dialect that is not JSON Schema 2020-12.
pub(in crate::read) fn report_dialect<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) {
    let known = ["https://spec.openapis.org/oas/3.", "https://json-schema.org/draft/2020-12/schema"];
    let Some(dialect) = cx.string(node, "$schema") else { return };
    if !known.iter().any(|known| dialect.value.starts_with(known)) {
        let message = format!("the schema dialect `{}` is not read", dialect.value);
        cx.sink.report(Diagnostic::new(Code::OtherDialect, dialect.span, message).label("read as JSON Schema 2020-12"));
    }
}
