//! Styles and the schemas that they are for: OpenAPI 3.1.1 section 4.8.12.4.
//!
//! The one rule: where the table of the specification has no entry, the document is told how it is read.

use crate::diagnostic::{Code, Diagnostic};
use crate::lower::context::Cx;
use crate::lower::merge;
use crate::model::{AdditionalProperties, ParameterStyle, Schema, SchemaId, Spanned, TypeSet};

const PARTS: TypeSet = TypeSet::ARRAY.with(TypeSet::OBJECT);
const SCALARS: TypeSet = TypeSet::BOOLEAN.with(TypeSet::INTEGER).with(TypeSet::NUMBER).with(TypeSet::STRING);

/// Names a combination of style, `explode` and schema that the specification does not define.
pub(super) fn report(cx: &mut Cx<'_>, schema: SchemaId, style: ParameterStyle, explode: bool, name: &Spanned<String>) {
    let merged = merge::merged(cx, schema);
    let kinds = merge::kinds(cx, &merged, 8).without(TypeSet::NULL);
    let is_within = |kinds: TypeSet, all| kinds != TypeSet::ANY && kinds.is_within(all);
    let style_name = style.name();
    let (message, reading) = match style {
        ParameterStyle::DeepObject if is_within(kinds, SCALARS.with(TypeSet::ARRAY)) => {
            (format!("the style `{style_name}` is for objects"), "read from `name`, `name[]` and `name[0]`")
        }
        ParameterStyle::SpaceDelimited | ParameterStyle::PipeDelimited if is_within(kinds, SCALARS) => {
            (format!("the style `{style_name}` is for arrays and objects"), "read as `form`")
        }
        ParameterStyle::SpaceDelimited | ParameterStyle::PipeDelimited if explode => {
            (format!("the style `{style_name}` does not go with `explode`"), "read as `form` with `explode`")
        }
        ParameterStyle::Matrix
        | ParameterStyle::Label
        | ParameterStyle::Simple
        | ParameterStyle::Form
        | ParameterStyle::SpaceDelimited
        | ParameterStyle::PipeDelimited
        | ParameterStyle::DeepObject
        | ParameterStyle::Cookie => {
            let parts = parts(&merged);
            let is_nested = |id: &SchemaId| {
                let part = merge::merged(cx, *id);
                is_within(merge::kinds(cx, &part, 8).without(TypeSet::NULL), PARTS)
            };
            if !parts.iter().any(is_nested) {
                return;
            }
            let reading = match style {
                ParameterStyle::DeepObject => "read from `name[a][b]` and `name[a][0]`",
                _ if explode && kinds == TypeSet::OBJECT => "a list is read from names that repeat",
                _ => "only values of one part can be sent",
            };
            (format!("the style `{style_name}` is not defined for values within values"), reading)
        }
    };
    cx.sink.report(
        Diagnostic::new(Code::UndefinedStyle, name.span, message)
            .label(reading)
            .help("give the parameter `content` of a media type instead of `schema` and `style`"),
    );
}

/// The schemas of items and members.
fn parts(schema: &Schema) -> Vec<SchemaId> {
    let rest = match schema.additional_properties {
        AdditionalProperties::Schema(id) => Some(id),
        AdditionalProperties::Allowed | AdditionalProperties::Forbidden => None,
    };
    let properties = schema.properties.iter().map(|property| property.schema);
    properties.chain(schema.items).chain(schema.prefix_items.iter().copied()).chain(rest).collect()
}
