//! Example Objects, OpenAPI 3.1.1 section 4.8.19 and OpenAPI 3.2.0 section 4.19.
//!
//! They are passed through; what is wrong with their form is told. The values that they show leave.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Entry, Node, Value};
use crate::ledger::Treatment::PassedThrough;
use crate::read::fields::Fields;
use crate::read::{Cx, Version, reference};
use crate::role::Role;

/// Reads `example` and `examples` of a parameter, header or media type: the values that they show.
pub(super) fn read<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Vec<Node> {
    let one = fields.example(cx, "example");
    let Some(several) = fields.example(cx, "examples") else { return one.cloned().into_iter().collect() };
    if let Some(one) = one {
        cx.no_effect(one.span, "`example` has no effect beside `examples`", "leave one of them");
    }
    match &several.value {
        Value::Mapping(entries) => entries.iter().filter_map(|entry| object(cx, entry)).cloned().collect(),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Sequence(_) => {
            cx.ignored(several, "`examples`", "an object");
            Vec::new()
        }
    }
}

/// Reads an example, or a reference to one: the value that it shows, where it holds one.
pub(super) fn object<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Option<&'doc Node> {
    if cx.is_unnamed_extension(entry) {
        return None;
    }
    let Value::Mapping(_) = &entry.value.value else {
        cx.ignored(&entry.value, "the Example Object", "an object");
        return None;
    };
    if let Some(reference) = entry.value.get("$ref") {
        cx.ledger.record("Reference Object", "$ref", PassedThrough, reference.span);
        let text = reference.as_str();
        // What stands there is read where it is defined; nothing is lost without it.
        let Some(target) = text.and_then(|text| reference::resolve(cx, reference, text).ok()) else {
            let diagnostic = Diagnostic::new(Code::DanglingReference, reference.span, "this example leads to nothing");
            cx.sink.report(diagnostic.label("passed through").help("define it, or take it out"));
            return None;
        };
        return target.get("value").or_else(|| target.get("dataValue"));
    }
    let mut fields = Fields::open(cx, &entry.value, "Example Object", entry.key.span)?;
    for key in ["summary", "description"] {
        if let Some(entry) = fields.entry(cx, key, PassedThrough).filter(|entry| entry.value.as_str().is_some()) {
            cx.roles.mark(entry.value.id, Role::Text);
        }
    }
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
    value.or(data).map(|entry| &entry.value)
}
