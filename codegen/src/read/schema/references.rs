//! `$ref`, `$dynamicRef`, `$recursiveRef`, and what they lead to: JSON Schema 2020-12 core sections 8.2 and 7.1, and
//! draft 2019-09 core section 8.2.4.2.

use std::collections::HashSet;

use crate::document::{Node, Value};
use crate::ledger::Treatment::Typed;
use crate::model::{DynamicReference, Schema, SchemaId, Schemas};
use crate::read::fields::Fields;
use crate::read::schema::{names, schema as schema_at};
use crate::read::{Cx, Version, reference};

/// Reads the references of a schema, and what names it. Tells whether the rest of the schema is ignored.
pub(super) fn read<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, schema: &mut Schema, node: &'doc Node) -> bool {
    if let Some(text) = fields.node(cx, "$ref", Typed) {
        schema.reference =
            reference::target(cx, text).map(|target| names::referred(cx, target, text.as_str().unwrap_or_default()));
        schema.is_broken = schema.reference.is_none();
        if fields.version == Version::V3_0 {
            reference::ignore_siblings(cx, node, "Schema Object", &["$ref"]);
            return true;
        }
    }
    if !fields.has_dollar() {
        return false;
    }
    for key in ["$id", "$anchor"] {
        fields.entry_since(cx, key, Version::V3_1, Typed);
    }
    if let Some(entry) = fields.entry_since(cx, "$dynamicAnchor", Version::V3_1, Typed) {
        schema.dynamic_anchor = cx.string(&entry.value, "$dynamicAnchor").map(|name| name.value);
    }
    if let Some(entry) = fields.entry(cx, "$recursiveAnchor", Typed) {
        cx.other_version(
            entry.key.span,
            "`$recursiveAnchor` belongs to JSON Schema draft 2019-09",
            "read as a `$dynamicAnchor`",
        );
        if cx.boolean(&entry.value, "$recursiveAnchor") {
            schema.dynamic_anchor = Some(String::new());
        }
    }
    if let Some(entry) = fields.entry_since(cx, "$dynamicRef", Version::V3_1, Typed) {
        schema.dynamic_reference = dynamic(cx, &entry.value);
        schema.is_broken |= schema.dynamic_reference.is_none();
    }
    if let Some(entry) = fields.entry(cx, "$recursiveRef", Typed) {
        cx.other_version(
            entry.key.span,
            "`$recursiveRef` belongs to JSON Schema draft 2019-09",
            "read as a `$dynamicRef`",
        );
        schema.dynamic_reference = recursive(cx, &entry.value);
    }
    false
}

/// Its target has the same dynamic anchor, or it is a plain reference: JSON Schema 2020-12 core section 8.2.3.2.
fn dynamic<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) -> Option<DynamicReference> {
    let target = reference::target(cx, node)?;
    let text = node.as_str().unwrap_or_default();
    let name = text.split_once('#').map(|(_, fragment)| fragment);
    let anchor = target.get("$dynamicAnchor").and_then(Node::as_str).filter(|anchor| name == Some(anchor));
    Some(DynamicReference { target: names::referred(cx, target, text), anchor: anchor.map(str::to_owned) })
}

/// It is always `#`: draft 2019-09 core section 8.2.4.2.1.
fn recursive<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) -> Option<DynamicReference> {
    let target = reference::target(cx, node)?;
    let is_anchor = target.get("$recursiveAnchor").is_some_and(|node| node.value == Value::Boolean(true));
    Some(DynamicReference { target: schema_at(cx, target), anchor: is_anchor.then(String::new) })
}

/// The dynamic anchors of each schema resource of all documents.
pub(in crate::read) fn dynamic_anchors(cx: &mut Cx<'_>) -> Vec<Vec<(String, SchemaId)>> {
    let documents = cx.documents;
    let mut all = Vec::new();
    for file in &documents.files {
        for index in 0..file.resources() {
            let anchors = file.resource(index).anchors.iter().filter(|anchor| anchor.dynamic);
            let root = file.document.as_ref().ok().map(|document| &document.root);
            let found = anchors.filter_map(|anchor| {
                let node = root?.find(anchor.node)?;
                Some((anchor.name.clone(), schema_at(cx, node)))
            });
            all.push(found.collect());
        }
    }
    all
}

/// Reports references that lead only to themselves, and makes the schemas allow everything, so that later stages end.
pub(in crate::read) fn refuse_endless_references(cx: &mut Cx<'_>) {
    let next = |schemas: &Schemas, id: SchemaId| {
        let schema = schemas.get(id);
        schema.reference.filter(|_| schema.is_mere_reference())
    };
    let mut done = vec![false; cx.schemas.iter().count()];
    let ids: Vec<SchemaId> = cx.schemas.iter().map(|(id, _)| id).collect();
    for start in ids {
        let (mut chain, mut passed, mut last) = (vec![start], HashSet::from([start]), start);
        while let Some(target) = next(&cx.schemas, last).filter(|target| !done[target.index()]) {
            if !passed.insert(target) {
                let span = cx.schemas.get(target).span;
                reference::report_cycle(cx, span);
                cx.schemas.set(target, Schema::any(span));
                break;
            }
            chain.push(target);
            last = target;
        }
        for id in chain {
            done[id.index()] = true;
        }
    }
}
