//! `schemas.json`: what values are checked against, a schema per line.

use crate::ir::SchemaTable;

/// The file; nothing where nothing is checked.
pub(super) fn emit(table: &SchemaTable) -> Option<String> {
    (!table.schemas.is_empty()).then(|| table.to_json())
}
