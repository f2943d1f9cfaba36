//! `schemas.json`: what values are checked against, a schema per line; `xml.json`: how bodies are written as XML.

use crate::ir::{SchemaTable, XmlTable, rows};

/// The file; nothing where nothing is checked.
pub(super) fn emit(table: &SchemaTable) -> Option<String> {
    (!table.schemas.is_empty()).then(|| table.to_json())
}

/// The file `xml.json`: how bodies are written as XML; nothing where none is.
pub(super) fn xml(table: &XmlTable) -> Option<String> {
    if table.roots.is_empty() {
        return None;
    }
    let mut json = String::from("{\"roots\":[\n");
    rows(&mut json, &table.roots);
    json.push_str("],\"contents\":[\n");
    rows(&mut json, &table.contents);
    json.push_str("]}\n");
    Some(json)
}
