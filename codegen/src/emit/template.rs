//! `document.json`: the document as the server hands it out, one template for every language.
//!
//! Where a translated text stands, the template has its JSON Pointer between two U+001A, and where the servers stand the
//! word `servers`. U+001A occurs raw nowhere in JSON. YAML is made of it at run time.

use rustc_hash::FxHashMap;

use crate::document::{Additions, Document, Edits, NodeId, to_json};
use crate::emit::Module;

/// What stands for the servers.
const SERVERS: &str = "\u{1a}servers\u{1a}";

/// The template of a document and of what is added to it.
pub(super) fn emit(module: &Module<'_>, document: &Document, added: Additions) -> String {
    let root = &document.root;
    let mut replaced: FxHashMap<NodeId, String> = FxHashMap::default();
    for row in module.texts {
        replaced.insert(row.node, format!("\u{1a}{}\u{1a}", row.pointer));
    }
    let servers = root.get("servers");
    if let Some(servers) = servers {
        replaced.insert(servers.id, SERVERS.to_owned());
    }
    let mut json = to_json(root, &Edits { replaced, added });
    if servers.is_none() && json.ends_with("\n}\n") {
        json.truncate(json.len() - "\n}\n".len());
        json.push_str(",\n  \"servers\": ");
        json.push_str(SERVERS);
        json.push_str("\n}\n");
    }
    json
}
