//! Schemas against their own values.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Model, Schema};
use crate::source::Span;

/// Checks the values that schemas hold.
pub(super) fn check(model: &Model, sink: &mut Sink) {
    for (id, schema) in model.schemas.iter() {
        duplicate_values(schema, sink);
        if let Some(default) = &schema.default
            && !model.schemas.admits(id, default)
        {
            sink.report(
                Diagnostic::new(Code::InvalidDefault, default.span, "the schema does not allow its own default")
                    .label("this default is ignored"),
            );
        }
    }
}

fn duplicate_values(schema: &Schema, sink: &mut Sink) {
    let mut seen: HashMap<String, Span> = HashMap::new();
    for value in schema.values.as_deref().unwrap_or_default() {
        match seen.entry(value.canonical()) {
            Entry::Vacant(entry) => {
                entry.insert(value.span);
            }
            Entry::Occupied(first) => sink.report(
                Diagnostic::new(Code::DuplicateEnumValue, value.span, "this value is given twice")
                    .other(*first.get(), "first given here"),
            ),
        }
    }
}
