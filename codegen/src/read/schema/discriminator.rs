//! Discriminator Objects, OpenAPI 3.1.1 section 4.8.25.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Entry, Node, Value};
use crate::gather::Failure;
use crate::ledger::Treatment::Typed;
use crate::model::{Discriminator, Schema, SchemaId, Spanned};
use crate::read::fields::Fields;
use crate::read::schema::names;
use crate::read::{Cx, Version, reference};

pub(super) fn read<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, schema: &mut Schema) {
    let Some(entry) = fields.entry(cx, "discriminator", Typed) else { return };
    if let Value::String(name) = &entry.value.value {
        let message = "`discriminator` as a string belongs to Swagger 2.0";
        cx.other_version(entry.value.span, message, "read as its `propertyName`");
        let property = Spanned { value: name.clone(), span: entry.value.span };
        schema.discriminator = Some(Discriminator { property, mapping: Vec::new(), default: None });
        return;
    }
    schema.discriminator = object(cx, entry);
}

fn object<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Option<Discriminator> {
    let mut fields = Fields::open(cx, &entry.value, "Discriminator Object", entry.key.span)?;
    let property = fields
        .required(cx, "propertyName", Typed, "this discriminator is left out")
        .and_then(|node| cx.string(node, "propertyName"));
    let mut mapping = Vec::new();
    for entry in fields.map(cx, "mapping", Typed) {
        let value = Spanned { value: entry.key.text.clone(), span: entry.key.span };
        mapping.extend(target(cx, &entry.value).map(|schema| (value, schema)));
    }
    let default = fields.entry_since(cx, "defaultMapping", Version::V3_2, Typed);
    let default = default.and_then(|entry| target(cx, &entry.value));
    fields.finish(cx);
    Some(Discriminator { property: property?, mapping, default })
}

/// The schema that a value of `mapping` names: the key of a component, or a reference.
fn target<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) -> Option<SchemaId> {
    let Value::String(text) = &node.value else {
        cx.ignored(node, "a value of `mapping`", "the name of a schema");
        return None;
    };
    let file = &cx.documents.files[cx.documents.file_of(node.id)];
    let components = |root: &'doc Node| root.get("components")?.get("schemas")?.get(text);
    let own = file.document.as_ref().ok().and_then(|document| components(&document.root));
    let component = own.or_else(|| components(&cx.documents.base().root));
    let found = component.ok_or(()).or_else(|()| reference::resolve(cx, node, text));
    match found {
        Ok(schema) => Some(names::referred(cx, schema, text)),
        Err(failure) => {
            let message = match failure {
                Failure::Uri(uri) => format!("no file stands for `{uri}`"),
                Failure::Fragment { .. } | Failure::File(_) | Failure::NoFile => format!("`{text}` names no schema"),
            };
            cx.sink.report(
                Diagnostic::new(Code::DanglingMapping, node.span, message)
                    .label("this value is left out")
                    .help("write the key of a schema under `components.schemas`, or a reference to one"),
            );
            None
        }
    }
}
