//! The document as the server hands it out: one template for every language.
//!
//! Where a human text stands, the template has its JSON Pointer between two U+001A, and where the servers stand the word
//! `servers`. U+001A occurs raw neither in JSON nor in the YAML that is written here.

use std::collections::HashMap;

use crate::document::{Entry, Key, Node, NodeId, Pointer, Value, to_json, to_yaml};
use crate::emit::Module;
use crate::role::{Role, Roles};

/// The templates.
pub(super) struct Templates {
    pub(super) json: String,
    pub(super) yaml: String,
}

pub(super) fn emit(module: &Module<'_>) -> Templates {
    let mut markers = HashMap::new();
    let root = with_servers(&module.document.root, &mut markers);
    mark(&root, module.roles, &Pointer::root(), &mut markers);
    let replace = |node: &Node| markers.get(&node.id).map(|marker| format!("\u{1a}{marker}\u{1a}"));
    Templates { json: to_json(&root, &replace), yaml: to_yaml(&root, &replace) }
}

/// Makes sure that there is a `servers`, behind `info`.
fn with_servers(root: &Node, markers: &mut HashMap<NodeId, String>) -> Node {
    let mut root = root.clone();
    let servers = Node::detached(root.span, Value::Null);
    markers.insert(servers.id, "servers".to_owned());
    if let Value::Mapping(entries) = &mut root.value {
        if let Some(entry) = entries.iter_mut().find(|entry| entry.key.text == "servers") {
            entry.value = servers;
        } else {
            let behind = entries.iter().position(|entry| entry.key.text == "info").map_or(0, |info| info + 1);
            let key = Key { text: "servers".to_owned(), span: servers.span };
            entries.insert(behind, Entry { key, value: servers });
        }
    }
    root
}

fn mark(node: &Node, roles: &Roles, pointer: &Pointer, markers: &mut HashMap<NodeId, String>) {
    match (&node.value, roles.of(node.id)) {
        (Value::String(_), Role::Text) => {
            markers.insert(node.id, pointer.to_string());
        }
        (Value::Mapping(entries), Role::Contract | Role::Text) => {
            for entry in entries {
                mark(&entry.value, roles, &pointer.child(entry.key.text.as_str()), markers);
            }
        }
        (Value::Sequence(items), Role::Contract | Role::Text) => {
            for (index, item) in items.iter().enumerate() {
                mark(item, roles, &pointer.child(index.to_string()), markers);
            }
        }
        (_, Role::Example | Role::Extension)
        | (Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_), Role::Contract | Role::Text) => {}
    }
}
