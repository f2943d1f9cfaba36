//! Which keywords decided what a type is made of.

use crate::ir::{Choice, Field, Integer, Kind, Pick, Presence, Rest, Step, Text, Type, TypeKind};
use crate::lower::context::Cx;
use crate::lower::explain::{counted, kind_of, listed, sentence, spans};
use crate::lower::{merge, scalars};
use crate::model::{AdditionalProperties, Schema, SchemaId, TypeSet};

/// Says why the schema's type is made of what it is made of.
pub(super) fn explain(cx: &mut Cx<'_>, id: SchemaId, ty: &Type, steps: &mut Vec<Step>) {
    let schema = merge::merged(cx, id);
    match kind_of(cx, ty) {
        Some(kind) => steps.extend(definition(cx, id, &schema, kind)),
        None => steps.extend(plain(&schema, ty)),
    }
    if let Some(Type::Named(alias)) = target_of_alias(cx, ty) {
        let name = cx.types[alias.0].name.to_string();
        steps.push(sentence(format!("nothing in it differs from `{name}`, so it is another name of that type")));
    }
}

fn target_of_alias(cx: &Cx<'_>, ty: &Type) -> Option<Type> {
    match kind_of(cx, ty) {
        Some(TypeKind::Alias(target @ Type::Named(_))) => Some(target.clone()),
        _ => None,
    }
}

fn definition(cx: &Cx<'_>, id: SchemaId, schema: &Schema, kind: &TypeKind) -> Vec<Step> {
    match kind {
        TypeKind::Struct { fields, rest, left_out: _ } => object(schema, fields, rest),
        TypeKind::Strings(variants) => vec![values(schema, variants.len(), "strings")],
        TypeKind::Integers(variants) => vec![values(schema, variants.len(), "integers")],
        TypeKind::Values(variants) => vec![values(schema, variants.len(), "values of several kinds")],
        TypeKind::Union { variants, choice } => {
            let names: Vec<String> = variants.iter().map(|variant| format!("`{}`", variant.name)).collect();
            let (text, places) = union(cx, id);
            let text =
                format!("{text}: an enum with {} ({})", counted(names.len(), "variant", "variants"), listed(&names));
            let decided = chosen(choice).into_iter().map(sentence);
            std::iter::once(Step { text, places }).chain(decided).collect()
        }
        TypeKind::AnyOf(branches) => {
            let own = cx.schema(id);
            let text = format!(
                "`anyOf`, and a value may fit several of its {}: a struct with a field for each, so that nothing is lost",
                counted(branches.len(), "alternative", "alternatives")
            );
            vec![Step { text, places: spans(cx, &own.any_of) }]
        }
        TypeKind::Alias(Type::Named(_)) => Vec::new(),
        TypeKind::Alias(target) => plain(schema, target),
        TypeKind::Newtype(target) => {
            let recursive = sentence("it contains itself, which no alias can: a struct around its content");
            plain(schema, target).into_iter().chain([recursive]).collect()
        }
    }
}

fn object(schema: &Schema, fields: &[Field], rest: &Rest) -> Vec<Step> {
    let required = |field: &&Field| matches!(field.presence, Presence::Required | Presence::RequiredNullable);
    let required = fields.iter().filter(required).count();
    let first = sentence(format!(
        "an object with declared properties is a struct: {}, {required} of them required",
        counted(fields.len(), "field", "fields")
    ));
    let rest = match (rest, schema.additional_properties) {
        (Rest::Ignored, _) => "nothing is said of other properties: they are passed over".to_owned(),
        (Rest::Refused, _) => "`additionalProperties: false`: other properties are refused".to_owned(),
        (Rest::Kept { name, .. }, AdditionalProperties::Schema(_)) => {
            format!("`additionalProperties` describes other properties: they are kept in `{name}`")
        }
        (Rest::Kept { name, .. }, AdditionalProperties::Allowed | AdditionalProperties::Forbidden) => {
            format!(
                "`patternProperties` or `unevaluatedProperties` speaks of other properties: they are kept in `{name}`"
            )
        }
    };
    vec![first, sentence(rest)]
}

fn values(schema: &Schema, count: usize, what: &str) -> Step {
    let listed = schema.values.as_deref().unwrap_or_default();
    let places = listed.first().map(|value| value.span).into_iter().collect();
    let text = format!("a closed list of {what}: an enum with {}", counted(count, "variant", "variants"));
    Step { text, places }
}

/// Which keyword makes a schema an enum of types.
fn union(cx: &Cx<'_>, id: SchemaId) -> (String, Vec<crate::source::Span>) {
    let own = cx.schema(id);
    if let Some(heirs) = cx.heirs.get(&id) {
        let text = format!(
            "it has a `discriminator`, and {} by `allOf`",
            counted(heirs.len(), "schema extends it", "schemas extend it")
        );
        return (text, spans(cx, heirs));
    }
    for (keyword, alternatives) in [("anyOf", &own.any_of), ("oneOf", &own.one_of)] {
        if !alternatives.is_empty() {
            let count = counted(alternatives.len(), "alternative", "alternatives");
            return (format!("`{keyword}` with {count}"), spans(cx, alternatives));
        }
    }
    if own.types.without(TypeSet::NULL).iter().count() > 1 {
        return ("`type` names several types".to_owned(), Vec::new());
    }
    ("a part of it has alternatives".to_owned(), Vec::new())
}

/// How a variant is chosen, for each kind of value.
fn chosen(choice: &Choice) -> Vec<String> {
    choice
        .rules
        .iter()
        .filter_map(|rule| {
            let kinds: Vec<&str> = rule.kinds.iter().copied().map(kind_name).collect();
            let kinds = kinds.join(" or ");
            let how = match &rule.pick {
                Pick::Variant(_) if choice.rules.len() > 1 => "its kind decides".to_owned(),
                Pick::Variant(_) => return None,
                Pick::Tag { property, .. } => format!("the value of its property `{property}` decides"),
                Pick::OptionalTag { property, .. } => {
                    format!("the value of its property `{property}` decides, where there is one")
                }
                Pick::Value { .. } => "the value itself decides".to_owned(),
                Pick::Exact(_) => {
                    "nothing tells the alternatives apart beforehand: the first that it is valid against decides"
                        .to_owned()
                }
            };
            Some(format!("of {kinds}, {how}"))
        })
        .collect()
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Boolean => "a boolean",
        Kind::Integer => "an integer",
        Kind::Number => "a number",
        Kind::String => "a string",
        Kind::Array => "an array",
        Kind::Object => "an object",
    }
}

/// Types without a definition of their own.
fn plain(schema: &Schema, ty: &Type) -> Vec<Step> {
    let format = schema.format.as_ref();
    let places = || format.map(|format| format.span).into_iter().collect();
    let text = match ty {
        Type::Integer(width) => integer(format.map(|format| format.value.as_str()), *width),
        Type::Text(text) => self::text(schema, *text),
        Type::Number => "a number is `f64`".to_owned(),
        Type::Boolean => "a boolean is `bool`".to_owned(),
        Type::Null => "null is its only value".to_owned(),
        Type::List(_) if !schema.prefix_items.is_empty() => {
            "`prefixItems` does not fix the length of the array: a list".to_owned()
        }
        Type::List(_) => "an array is a list of its `items`".to_owned(),
        Type::Tuple(items) => format!("`prefixItems` fixes all {} items: a tuple", items.len()),
        Type::Map(_) => "an object that declares no property is a map".to_owned(),
        Type::Custom(path) => format!("`x-rust-type` gives the type: `{path}`"),
        Type::Any if schema.never => {
            "its parts contradict each other, so that no value fits: any value is held, and refused".to_owned()
        }
        Type::Any => "no keyword names one type for its values: any JSON value is held, and checked against the schema"
            .to_owned(),
        Type::Nullable(inner) | Type::Boxed(inner) => return plain(schema, inner),
        Type::Named(_) => return Vec::new(),
    };
    vec![Step { text, places: places() }]
}

fn integer(format: Option<&str>, width: Integer) -> String {
    let name = scalars::name(width);
    match format {
        None => format!("an integer without a `format` is `{name}`: larger ones are out of range"),
        Some(format) if format == "int64" || width != Integer::I64 => {
            format!("an integer of `format: {format}` is `{name}`")
        }
        Some(format) => format!("an integer is `{name}`: no integer type is named by `format: {format}`"),
    }
}

fn text(schema: &Schema, text: Text) -> String {
    let format = schema.format.as_ref().map(|format| format.value.as_str());
    let encoding = schema.content_encoding.as_ref().map(|encoding| encoding.value.as_str());
    match (text, format, encoding) {
        (Text::String, None, _) => "a string is `String`".to_owned(),
        (Text::String, Some(format), _) if schema.limits.format.is_some() => {
            format!("a string of `format: {format}` is `String`, and checked when it is read")
        }
        (Text::String, Some(format), _) => {
            format!("a string is `String`: no type enforces `format: {format}`, so it is an annotation")
        }
        (Text::Binary, ..) => "a string of `format: binary` is bytes: a file of a multipart body, or a text".to_owned(),
        (Text::Base64, Some("byte"), _) => "a string of `format: byte` is bytes in base64".to_owned(),
        (Text::Base64, ..) => "a string of `contentEncoding: base64` is bytes in base64".to_owned(),
        (Text::Uuid | Text::DateTime | Text::Date | Text::Ipv4 | Text::Ipv6, format, _) => {
            format!("a string of `format: {}` has a type that enforces it", format.unwrap_or_default())
        }
    }
}
