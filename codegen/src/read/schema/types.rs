//! `type`, `nullable`, `format`, `enum` and `const`: JSON Schema 2020-12 validation sections 6.1 and 7.

use stubwright_schema::arena::Format;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Node, Value};
use crate::ledger::Treatment::Typed;
use crate::model::{Schema, Spanned, TypeSet};
use crate::read::fields::Fields;
use crate::read::{Cx, Version, fields};

pub(super) fn read<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, schema: &mut Schema) {
    types(cx, fields, schema);
    if let Some(format) = fields.string(cx, "format", Typed) {
        unchecked(cx, &format);
        schema.format = Some(format);
    }
    schema.values = values(cx, fields);
    schema.constant = fields.entry_since(cx, "const", Version::V3_1, Typed).map(|entry| entry.value.clone());
    schema.limits.format = assertion(schema);
    nullable(cx, fields, schema);
}

/// The format that values are checked by: none where each of the only values is of that format anyway.
fn assertion(schema: &Schema) -> Option<Format> {
    let format = Format::named(&schema.format.as_ref()?.value)?;
    let is_of_it = |value: &Node| value.as_str().is_none_or(|text| format.admits(text));
    let listed = schema.values.as_deref().is_some_and(|values| values.iter().all(is_of_it));
    let is_settled = listed || schema.constant.as_ref().is_some_and(is_of_it);
    let may_be_text = schema.types == TypeSet::ANY || schema.types.contains(TypeSet::STRING);
    (!is_settled && may_be_text).then_some(format)
}

fn types<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, schema: &mut Schema) {
    let Some(node) = fields.node(cx, "type", Typed) else { return };
    let names = match &node.value {
        Value::Sequence(items) => {
            if fields.version == Version::V3_0 {
                cx.too_new(node.span, "a list of types", Version::V3_1);
            }
            if items.is_empty() {
                cx.no_effect(node.span, "`type` names nothing", "name a type, or take it out");
            }
            items.as_slice()
        }
        // A library that writes keys without a value means nothing; an author who writes nothing else means null.
        Value::Null if fields.has_only(&["type", "description", "title"]) => std::slice::from_ref(node),
        Value::Null => return cx.ignored(node, "`type`", "the name of a type"),
        Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Mapping(_) => std::slice::from_ref(node),
    };
    let mut any = false;
    for name in names {
        match named(cx, fields.version, name) {
            Some((set, format)) => {
                any |= set == TypeSet::ANY;
                schema.types = schema.types.with(set);
                schema.format = format.map(|format| Spanned { value: format.to_owned(), span: name.span });
            }
            None => any = true,
        }
    }
    if any {
        schema.types = TypeSet::ANY;
    }
}

/// The type with this name, and the format that the name stands for.
fn named(cx: &mut Cx<'_>, version: Version, node: &Node) -> Option<(TypeSet, Option<&'static str>)> {
    let name = match &node.value {
        Value::String(name) => name.as_str(),
        Value::Null => "null",
        Value::Boolean(_) | Value::Number(_) | Value::Sequence(_) | Value::Mapping(_) => "",
    };
    if let (Some(set), Value::String(_)) = (TypeSet::named(name), &node.value) {
        if set == TypeSet::NULL && version == Version::V3_0 {
            cx.too_new(node.span, "the type `null`", Version::V3_1);
        }
        return Some((set, None));
    }
    let meant = meant(name);
    let reading = match meant {
        Some((TypeSet::ANY, _)) | None => "read as any type".to_owned(),
        Some((set, format)) => {
            let set = TypeSet::NAMES.iter().find(|(_, known)| *known == set).map_or("", |(name, _)| name);
            let format = format.map(|format| format!(" with `format: {format}`")).unwrap_or_default();
            format!("read as `type: {set}`{format}")
        }
    };
    let names: Vec<&str> = TypeSet::NAMES.iter().map(|&(name, _)| name).collect();
    let message = if name.is_empty() { "this is no type".to_owned() } else { format!("`{name}` is no type") };
    let diagnostic = Diagnostic::new(Code::UnknownType, node.span, message).label(reading);
    cx.sink.report(match fields::similar(name, &names) {
        _ if node.value == Value::Null => diagnostic.help("write 'null', in quotes"),
        Some(similar) => diagnostic.help(format!("did you mean `{similar}`?")),
        None => diagnostic.help(format!("write one of {}", names.join(", "))),
    });
    meant
}

/// What a type of other languages and of Swagger 2.0, or a format in its place, plainly means.
fn meant(name: &str) -> Option<(TypeSet, Option<&'static str>)> {
    let name = name.to_ascii_lowercase();
    if let Some(set) = TypeSet::named(&name) {
        return Some((set, None));
    }
    Some(match name.as_str() {
        "any" | "mixed" => (TypeSet::ANY, None),
        "file" => (TypeSet::STRING, Some("binary")),
        "int" => (TypeSet::INTEGER, None),
        "int32" => (TypeSet::INTEGER, Some("int32")),
        "int64" | "long" => (TypeSet::INTEGER, Some("int64")),
        "float" => (TypeSet::NUMBER, Some("float")),
        "double" => (TypeSet::NUMBER, Some("double")),
        "decimal" | "numeric" => (TypeSet::NUMBER, None),
        "bool" => (TypeSet::BOOLEAN, None),
        "str" | "text" => (TypeSet::STRING, None),
        "dict" | "map" | "json" => (TypeSet::OBJECT, None),
        "list" => (TypeSet::ARRAY, None),
        "datetime" => (TypeSet::STRING, Some("date-time")),
        _ => {
            let format = FORMATS_OF_STRINGS.iter().find(|format| **format == name)?;
            (TypeSet::STRING, Some(format))
        }
    })
}

/// Names the formats that no registry has, so that nobody relies on them.
fn unchecked(cx: &mut Cx<'_>, format: &Spanned<String>) {
    let name = format.value.as_str();
    if !FORMATS_OF_STRINGS.contains(&name) && !FORMATS_OF_NUMBERS.contains(&name) {
        let message = format!("the format `{name}` is not checked");
        cx.sink.report(
            Diagnostic::new(Code::UncheckedFormat, format.span, message)
                .label("any value of the type is accepted and sent"),
        );
    }
}

/// JSON Schema 2020-12 validation section 7.3, and the OpenAPI Format Registry.
const FORMATS_OF_STRINGS: &[&str] = &[
    "base64url",
    "binary",
    "byte",
    "char",
    "commonmark",
    "date",
    "date-time",
    "date-time-local",
    "duration",
    "email",
    "hostname",
    "html",
    "http-date",
    "idn-email",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "media-range",
    "password",
    "regex",
    "relative-json-pointer",
    "time",
    "time-local",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
];

const FORMATS_OF_NUMBERS: &[&str] = &[
    "decimal",
    "decimal128",
    "double",
    "double-int",
    "float",
    "int16",
    "int32",
    "int64",
    "int8",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "unixtime",
];

fn values<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Option<Vec<Node>> {
    let node = fields.node(cx, "enum", Typed)?;
    let values = cx.list(node, "enum");
    if values.is_empty() {
        if matches!(&node.value, Value::Sequence(_)) {
            cx.no_effect(node.span, "`enum` names nothing", "name a value, or take it out");
            return Some(Vec::new());
        }
        return None;
    }
    Some(values.to_vec())
}

/// Whether something else than `type` says what a value is, so that null is none without being named.
fn is_described(fields: &Fields<'_>) -> bool {
    ["allOf", "anyOf", "oneOf", "enum", "properties", "items"].iter().any(|key| fields.has(key))
}

/// OpenAPI 3.0.4 section 4.7.24.2: `nullable` adds null to `type`, and has no effect without it.
fn nullable<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, schema: &mut Schema) {
    let Some(entry) = fields.entry(cx, "nullable", Typed) else { return };
    if !cx.boolean(&entry.value, "nullable") {
        return;
    }
    if schema.types == TypeSet::ANY && is_described(fields) {
        cx.sink.report(
            Diagnostic::new(Code::NullableWithoutType, entry.key.span, "`nullable` needs a `type` beside it")
                .label("read as it is meant: null is allowed")
                .help("add `type`, or write OpenAPI 3.1 with `type: 'null'` as an alternative"),
        );
        schema.is_nullable = true;
        return;
    }
    if schema.types == TypeSet::ANY {
        let help = if fields.version == Version::V3_0 { "add `type`" } else { "write `type: [..., 'null']`" };
        return cx.no_effect(entry.key.span, "`nullable` has no effect here", help);
    }
    if fields.version > Version::V3_0 {
        let message = "`nullable` belongs to OpenAPI 3.0";
        cx.other_version(entry.key.span, message, "read as there: null is allowed");
    }
    schema.types = schema.types.with(TypeSet::NULL);
    let values = schema.values.as_deref().unwrap_or_default();
    if !values.is_empty() && values.iter().all(|value| value.value != Value::Null) {
        let message = "`nullable` has no effect: the values of `enum` have no null";
        cx.no_effect(entry.key.span, message, "add null to `enum`, or take `nullable` out");
    }
}
