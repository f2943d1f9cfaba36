//! Example Objects, OpenAPI 3.1.1 section 4.8.19 and OpenAPI 3.2.0 section 4.19.
//!
//! They are passed through; what is wrong with their form is told.

use crate::document::{Entry, Value};
use crate::ledger::Treatment::PassedThrough;
use crate::read::fields::Fields;
use crate::read::{Cx, Version, reference};

/// Reads `example` and `examples` of a parameter, header or media type.
pub(super) fn read<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) {
    let one = fields.example(cx, "example");
    let Some(several) = fields.example(cx, "examples") else { return };
    if let Some(one) = one {
        cx.no_effect(one.span, "`example` has no effect beside `examples`", "leave one of them");
    }
    match &several.value {
        Value::Mapping(entries) => entries.iter().for_each(|entry| object(cx, entry)),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_) => {
            cx.ignored(several, "`examples`", "an object");
        }
    }
}

/// Reads an example, or a reference to one.
pub(super) fn object<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) {
    if cx.is_extension(entry) {
        return;
    }
    let Value::Mapping(_) = &entry.value.value else {
        return cx.ignored(&entry.value, "the Example Object", "an object");
    };
    if let Some(reference) = entry.value.get("$ref") {
        cx.ledger.record("Reference Object", "$ref", PassedThrough, reference.span);
        let text = reference.as_str();
        // What stands there is read where it is defined; nothing is lost without it.
        if text.is_none_or(|text| reference::resolve(cx, reference, text).is_err()) {
            cx.invalid(reference.span, "this example leads to nothing", "passed through", "define it, or take it out");
        }
        return;
    }
    let Some(mut fields) = Fields::open(cx, &entry.value, "Example Object", entry.key.span) else { return };
    fields.pass_through(cx, &["summary", "description"]);
    let value = fields.entry(cx, "value", PassedThrough);
    let external = fields.entry(cx, "externalValue", PassedThrough);
    let data = fields.entry_since(cx, "dataValue", Version::V3_2, PassedThrough);
    let serialized = fields.entry_since(cx, "serializedValue", Version::V3_2, PassedThrough);
    // OpenAPI 3.2.0 section 4.19.1: the value as data goes with one that says how it is written, and `value` with none.
    let clash = match (value, external) {
        (Some(_), _) => external.or(data).or(serialized),
        (None, Some(_)) => serialized,
        (None, None) => None,
    };
    if let Some(entry) = clash {
        let message = format!("`{}` has no effect: the example has its value already", entry.key.text);
        cx.no_effect(entry.key.span, message, "leave one of them");
    }
    fields.finish(cx);
}
