//! A first look at a document: a tree enters, its schema resources, its anchors and its references to other files leave.
//!
//! The one rule: every document is walked once. What examples, enumerations and extensions hold is no schema.

use std::path::Path;

use crate::document::{Node, NodeId, Value};
use crate::gather::Location;
use crate::gather::location::has_scheme;

/// What a document shows at a first look.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scan {
    /// The schema resources, JSON Schema 2020-12 core section 4.3.5: the document itself first, the others in document
    /// order.
    pub(crate) resources: Vec<Resource>,
    /// The texts of references that may lead to other documents, with the resource that each stands in.
    pub(super) references: Vec<(usize, String)>,
}

/// A part of a document with a base URI of its own.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    /// The topmost node.
    pub(crate) root: NodeId,
    /// The number of the first node behind it.
    pub(super) end: u32,
    /// The resource around it.
    pub(super) parent: usize,
    /// Its base URI.
    pub(crate) location: Location,
    /// Its anchors.
    pub(crate) anchors: Vec<Anchor>,
}

/// `$anchor` or `$dynamicAnchor`.
#[derive(Clone, Debug)]
pub(crate) struct Anchor {
    /// The name; empty for `$recursiveAnchor: true`.
    pub(crate) name: String,
    /// The schema.
    pub(crate) node: NodeId,
    /// Whether dynamic references look for it.
    pub(crate) dynamic: bool,
}

/// Keys whose members have names of the author's own, not keywords.
const NAMES: &[&str] = &[
    "$defs",
    "callbacks",
    "content",
    "definitions",
    "dependencies",
    "dependentSchemas",
    "encoding",
    "headers",
    "links",
    "mediaTypes",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
    "variables",
    "webhooks",
];

/// Keys whose values are data.
const DATA: &[&str] = &["const", "default", "enum", "example", "examples", "value"];

/// Whether the members of this key's value have names of the author's own.
pub(crate) fn has_names(key: &str) -> bool {
    NAMES.contains(&key)
}

/// Whether this key's value is data, in which nothing refers to anything, but for references to examples below `examples`.
pub(crate) fn is_data(key: &str) -> bool {
    DATA.contains(&key) || key.starts_with("x-")
}

pub(super) fn scan(root: &Node, end: u32, path: &Path) -> Scan {
    let document =
        Resource { root: root.id, end, parent: 0, location: Location::File(path.to_path_buf()), anchors: Vec::new() };
    let mut scan = Scan { resources: vec![document], references: Vec::new() };
    if let Some(own) = root.get("$self").and_then(Node::as_str) {
        scan.resources[0].location = scan.resources[0].location.join(without_fragment(own));
    }
    walk(&mut scan, root, 0, end, false);
    scan
}

/// Walks the node that ends before `end`, within a resource. `names`: its keys are names.
fn walk(scan: &mut Scan, node: &Node, resource: usize, end: u32, names: bool) {
    match &node.value {
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) => {}
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                let end = items.get(index + 1).map_or(end, |next| next.id.number());
                walk(scan, item, resource, end, false);
            }
        }
        Value::Mapping(entries) => {
            let resource = if names { resource } else { identify(scan, node, resource, end) };
            for (index, entry) in entries.iter().enumerate() {
                let key = entry.key.text.as_str();
                if !names && is_data(key) {
                    if key == "examples" {
                        examples(scan, resource, &entry.value);
                    }
                    continue;
                }
                let end = entries.get(index + 1).map_or(end, |next| next.value.id.number());
                match &entry.value.value {
                    Value::String(text) => reference(scan, resource, key, text),
                    Value::Mapping(members) if key == "mapping" => {
                        members.iter().filter_map(|member| member.value.as_str()).for_each(|text| {
                            reference(scan, resource, "mapping", text);
                        });
                    }
                    Value::Null | Value::Boolean(_) | Value::Number(_) => {}
                    Value::Sequence(_) | Value::Mapping(_) => {
                        walk(scan, &entry.value, resource, end, !names && has_names(key));
                    }
                }
            }
        }
    }
}

/// Notes the references in place of Example Objects; what those hold is data.
fn examples(scan: &mut Scan, resource: usize, node: &Node) {
    let Value::Mapping(entries) = &node.value else { return };
    let references = entries.iter().filter_map(|entry| entry.value.get("$ref")?.as_str());
    references.for_each(|text| reference(scan, resource, "$ref", text));
}

/// Notes a reference that leads out of the document. A name of a mapping may be one.
fn reference(scan: &mut Scan, resource: usize, key: &str, text: &str) {
    let refers = match key {
        "$ref" | "$dynamicRef" => true,
        // The names of schemas in a mapping look like the names of files but for the ending.
        "mapping" | "defaultMapping" => text.contains(['.', '/']),
        _ => false,
    };
    if refers && !text.starts_with('#') && !text.is_empty() {
        scan.references.push((resource, text.to_owned()));
    }
}

/// Notes the anchors of a schema, and gives the resource that it belongs to: a new one where it has an `$id`.
fn identify(scan: &mut Scan, node: &Node, mut resource: usize, end: u32) -> usize {
    let Value::Mapping(entries) = &node.value else { return resource };
    // Two thirds of all mappings have no key that begins so.
    if !entries.iter().any(|entry| entry.key.text.starts_with('$') || entry.key.text == "id") {
        return resource;
    }
    let text = |key: &str| node.get(key).and_then(Node::as_str);
    // Draft 4 calls it `id`, as properties and extensions of other meaning are called, too.
    let id = text("$id").or_else(|| text("id").filter(|id| id.starts_with('#') || has_scheme(id)));
    if let Some(id) = id {
        let base = without_fragment(id);
        // Up to draft 7, an `$id` of nothing but a fragment is an anchor.
        if base.is_empty() {
            anchor(scan, resource, id.trim_start_matches('#'), node, false);
        } else {
            let location = scan.resources[resource].location.join(base);
            if node.id == scan.resources[0].root {
                scan.resources[0].location = location;
            } else {
                let parent = std::mem::replace(&mut resource, scan.resources.len());
                scan.resources.push(Resource { root: node.id, end, parent, location, anchors: Vec::new() });
            }
        }
    }
    for (key, dynamic) in [("$anchor", false), ("$dynamicAnchor", true)] {
        if let Some(name) = text(key) {
            anchor(scan, resource, name, node, dynamic);
        }
    }
    if node.get("$recursiveAnchor").is_some_and(|node| node.value == Value::Boolean(true)) {
        anchor(scan, resource, "", node, true);
    }
    resource
}

fn anchor(scan: &mut Scan, resource: usize, name: &str, node: &Node, dynamic: bool) {
    scan.resources[resource].anchors.push(Anchor { name: name.to_owned(), node: node.id, dynamic });
}

fn without_fragment(reference: &str) -> &str {
    reference.split_once('#').map_or(reference, |(base, _)| base)
}
