//! Schema Objects, OpenAPI 3.1.1 section 4.8.24 and OpenAPI 3.0.4 section 4.7.24.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Node, Value};
use crate::model::{AdditionalProperties, Property, Schema, SchemaId, Schemas, Spanned, TypeSet};
use crate::read::fields::Fields;
use crate::read::{Cx, Version, fields, reference, root};
use crate::role::Role;

/// Keywords that forbid values in ways that generated types and checks do not carry yet.
const UNSUPPORTED: &[&str] = &[
    "$anchor",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$recursiveAnchor",
    "$recursiveRef",
    "$schema",
    "$vocabulary",
    "additionalItems",
    "allOf",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "definitions",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "discriminator",
    "else",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "if",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "pattern",
    "patternProperties",
    "prefixItems",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
    "x-rust-type",
];

/// Gives the id of a schema. It is read later, by [`read_pending`], so that no chain of references is too long.
pub(super) fn schema<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) -> SchemaId {
    if let Some(&id) = cx.schema_ids.get(&node.id) {
        return id;
    }
    let id = cx.schemas.add(Schema::any(node.span));
    cx.schema_ids.insert(node.id, id);
    cx.pending_schemas.push_back((id, node));
    id
}

/// Reads every schema that was asked for, and those that these ask for.
pub(super) fn read_pending(cx: &mut Cx<'_>) {
    while let Some((id, node)) = cx.pending_schemas.pop_front() {
        if let Some(schema) = read(cx, node) {
            cx.schemas.set(id, schema);
        }
    }
}

/// Reports chains of mere references that never reach a schema, and ends them.
pub(super) fn refuse_endless_references(cx: &mut Cx<'_>) {
    let ids: Vec<SchemaId> = cx.schemas.iter().map(|(id, _)| id).collect();
    let next = |schemas: &Schemas, id: SchemaId| {
        let schema = schemas.get(id);
        schema.reference.filter(|_| schema.is_mere_reference())
    };
    for id in ids {
        let mut slow = id;
        let mut fast = id;
        while let Some(target) = next(&cx.schemas, fast).and_then(|once| next(&cx.schemas, once)) {
            fast = target;
            slow = next(&cx.schemas, slow).unwrap_or(slow);
            if slow == fast {
                let span = cx.schemas.get(fast).span;
                cx.sink.report(
                    Diagnostic::new(Code::ReferenceCycle, span, "this reference leads only to itself")
                        .help("let one of the references in the circle name a real schema"),
                );
                cx.schemas.set(fast, Schema::any(span));
                break;
            }
        }
    }
}

fn read<'doc>(cx: &mut Cx<'doc>, node: &'doc Node) -> Option<Schema> {
    let mut schema = Schema::any(node.span);
    if let Value::Boolean(allowed) = node.value
        && cx.version > Version::V3_0
    {
        schema.never = !allowed;
        return Some(schema);
    }
    let mut fields = Fields::open(cx, node, "Schema Object", node.span)?;
    if let Some(text) = fields.string(cx, "$ref") {
        schema.reference = reference::target(cx, &text).map(|target| self::schema(cx, target));
        if cx.version == Version::V3_0 {
            ignore_siblings(cx, node);
            return Some(schema);
        }
    }
    annotations(cx, &mut fields, &mut schema);
    schema.types = types(cx, &mut fields);
    schema.values = values(cx, &mut fields);
    schema.format = format(cx, &mut fields, schema.types);
    schema.properties = properties(cx, &mut fields);
    schema.required = required(cx, &mut fields);
    schema.additional_properties = additional_properties(cx, &mut fields);
    schema.items = fields.node("items").map(|items| self::schema(cx, items));
    schema.any_of = fields.list(cx, "anyOf").iter().map(|alternative| self::schema(cx, alternative)).collect();
    schema.one_of = fields.list(cx, "oneOf").iter().map(|alternative| self::schema(cx, alternative)).collect();
    for key in ["readOnly", "writeOnly"] {
        if fields.boolean(cx, key)
            && let Some(entry) = fields.entry(key)
        {
            cx.unsupported(entry.key.span, &format!("`{key}: true`"));
        }
    }
    fields.unsupported(cx, UNSUPPORTED);
    without_effect(cx, &mut fields, &schema);
    if cx.version == Version::V3_0 {
        fields.finish(cx);
    } else {
        fields.finish_open(cx);
    }
    Some(schema)
}

/// OpenAPI 3.0.4 section 4.7.23: members beside `$ref` are ignored.
fn ignore_siblings(cx: &mut Cx<'_>, node: &Node) {
    let Value::Mapping(entries) = &node.value else { return };
    for entry in entries.iter().filter(|entry| entry.key.text != "$ref") {
        cx.roles.mark(entry.value.id, Role::Extension);
        if !entry.key.text.starts_with("x-") {
            let message = format!("`{}` has no effect beside `$ref` in OpenAPI 3.0", entry.key.text);
            cx.sink.report(
                Diagnostic::new(Code::IgnoredSibling, entry.key.span, message)
                    .help("take it out, or write OpenAPI 3.1"),
            );
        }
    }
}

/// Keywords for types that the schema does not allow, and null where the listed values do not have it.
fn without_effect<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, schema: &Schema) {
    let types = schema.types;
    for (key, needed, name) in [
        ("items", TypeSet::ARRAY, "array"),
        ("properties", TypeSet::OBJECT, "object"),
        ("required", TypeSet::OBJECT, "object"),
        ("additionalProperties", TypeSet::OBJECT, "object"),
    ] {
        if types != TypeSet::ANY
            && !types.contains(needed)
            && let Some(entry) = fields.entry(key)
            && !matches!((key, &entry.value.value), ("required", Value::Boolean(_)))
        {
            let message = format!("`{key}` has no effect without `type: {name}`");
            cx.no_effect(entry.key.span, message, "take it out, or correct `type`");
        }
    }
    let values = schema.values.as_deref().unwrap_or_default();
    if types.contains(TypeSet::NULL)
        && !values.is_empty()
        && values.iter().all(|value| value.value != Value::Null)
        && let Some(entry) = fields.entry("nullable")
    {
        let message = "`nullable` has no effect: the values of `enum` have no null";
        cx.no_effect(entry.key.span, message, "add null to `enum`, or take `nullable` out");
    }
}

/// The keywords that forbid nothing.
fn annotations<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, schema: &mut Schema) {
    schema.title = fields.text(cx, "title");
    schema.description = fields.text(cx, "description");
    fields.text(cx, "$comment");
    schema.deprecated = fields.boolean(cx, "deprecated");
    schema.rust_name = fields.rust_name(cx);
    schema.default = fields.node("default").cloned();
    fields.example(cx, "example");
    fields.example(cx, "examples");
    fields.pass_through(&["xml"]);
    root::external_docs(cx, fields);
}

fn types<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> TypeSet {
    let mut types = TypeSet::ANY;
    if let Some(node) = fields.node("type") {
        let names = match &node.value {
            Value::Sequence(items) if cx.version > Version::V3_0 => items.as_slice(),
            Value::Null
            | Value::Boolean(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Sequence(_)
            | Value::Mapping(_) => std::slice::from_ref(node),
        };
        if names.is_empty() {
            cx.empty(node.span, "type");
        }
        for name in names {
            let named = cx.string(name, "type").and_then(|name| TypeSet::named(&name.value));
            match named.filter(|&set| set != TypeSet::NULL || cx.version > Version::V3_0) {
                Some(set) => types = types.with(set),
                None => invalid_type(cx, name),
            }
        }
    }
    nullable(cx, fields, types)
}

fn invalid_type(cx: &mut Cx<'_>, node: &Node) {
    let names: Vec<&str> = TypeSet::NAMES
        .iter()
        .map(|&(name, _)| name)
        .filter(|&name| name != "null" || cx.version > Version::V3_0)
        .collect();
    let message = node.as_str().map_or_else(|| "this is no type".to_owned(), |name| format!("`{name}` is no type"));
    let diagnostic = Diagnostic::new(Code::InvalidValue, node.span, message);
    cx.sink.report(match fields::similar(node.as_str().unwrap_or_default(), &names) {
        Some(similar) => diagnostic.help(format!("did you mean `{similar}`?")),
        None => diagnostic.help(format!("write one of {}", names.join(", "))),
    });
}

/// OpenAPI 3.0.4 section 4.7.24.2: `nullable` adds null to `type`, and has no effect without it.
fn nullable<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, types: TypeSet) -> TypeSet {
    let entry = fields.entry("nullable");
    let Some(entry) = entry else { return types };
    let set = fields.boolean(cx, "nullable");
    let effective = cx.version == Version::V3_0 && types != TypeSet::ANY;
    if set && !effective {
        let help = if cx.version == Version::V3_0 { "add `type`" } else { "write `type: [..., 'null']`" };
        cx.no_effect(entry.key.span, "`nullable` has no effect here", help);
    }
    if set && effective { types.with(TypeSet::NULL) } else { types }
}

/// `enum`, and `const` as an `enum` of one.
fn values<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Option<Vec<Node>> {
    let listed = fields.node("enum").is_some().then(|| fields.list(cx, "enum").to_vec());
    let constant = if cx.version == Version::V3_0 { None } else { fields.node("const") };
    match (listed, constant) {
        (Some(listed), Some(constant)) => {
            Some(listed.into_iter().filter(|value| value.canonical() == constant.canonical()).collect())
        }
        (None, Some(constant)) => Some(vec![constant.clone()]),
        (listed, None) => listed,
    }
}

/// The formats that choose a type are typed; the others are named, so that nobody relies on them.
fn format<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, types: TypeSet) -> Option<Spanned<String>> {
    let format = fields.string(cx, "format")?;
    let typed: &[&str] = match types.without(TypeSet::NULL) {
        TypeSet::INTEGER => &["int32", "int64"],
        TypeSet::NUMBER => &["float", "double"],
        TypeSet::STRING => &["password"],
        _ => &[],
    };
    if !typed.contains(&format.value.as_str()) {
        let message = format!("the format `{}` is not checked", format.value);
        cx.sink.report(
            Diagnostic::new(Code::UncheckedFormat, format.span, message)
                .label("any value of the type is accepted and sent"),
        );
    }
    Some(format)
}

fn properties<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Vec<Property> {
    let entries = fields.map(cx, "properties");
    entries
        .iter()
        .map(|entry| Property {
            key: Spanned { value: entry.key.text.clone(), span: entry.key.span },
            schema: schema(cx, &entry.value),
        })
        .collect()
}

fn required<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Vec<Spanned<String>> {
    fields.list(cx, "required").iter().filter_map(|node| cx.string(node, "required")).collect()
}

fn additional_properties<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> AdditionalProperties {
    match fields.node("additionalProperties") {
        None => AdditionalProperties::Allowed,
        Some(node) => match &node.value {
            Value::Boolean(true) => AdditionalProperties::Allowed,
            Value::Boolean(false) => AdditionalProperties::Forbidden,
            Value::Mapping(entries) if entries.is_empty() => AdditionalProperties::Allowed,
            Value::Null | Value::Number(_) | Value::String(_) | Value::Sequence(_) | Value::Mapping(_) => {
                AdditionalProperties::Schema(schema(cx, node))
            }
        },
    }
}
