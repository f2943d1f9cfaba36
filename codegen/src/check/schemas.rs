//! Schemas against their own values.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Model, Schema};

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
    let values = schema.values.as_deref().unwrap_or_default();
    for (index, value) in values.iter().enumerate() {
        if let Some(first) = values[..index].iter().find(|first| *first == value) {
            sink.report(
                Diagnostic::new(Code::DuplicateEnumValue, value.span, "this value is given twice")
                    .other(first.span, "first given here"),
            );
        }
    }
}
