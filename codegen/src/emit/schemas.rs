//! `schemas.json`: what values are checked against, a schema per line.

use crate::ir::{SchemaTable, XmlTable};

/// The file; nothing where nothing is checked.
pub(super) fn emit(table: &SchemaTable) -> Option<String> {
    if table.schemas.is_empty() {
        return None;
    }
    let size = table.schemas.iter().chain(&table.dynamic).map(|schema| schema.len() + 2).sum::<usize>();
    let mut json = String::with_capacity(size + 32);
    json.push_str("{\"schemas\":[\n");
    rows(&mut json, &table.schemas);
    json.push_str("],\"dynamic\":[\n");
    rows(&mut json, &table.dynamic);
    json.push_str("]}\n");
    Some(json)
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

fn rows(json: &mut String, rows: &[String]) {
    for (index, row) in rows.iter().enumerate() {
        json.push_str(row);
        json.push_str(if index + 1 < rows.len() { ",\n" } else { "\n" });
    }
}
