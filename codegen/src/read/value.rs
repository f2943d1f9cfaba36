//! How the values of parameters and headers are written: `schema` with a style, or `content`; OpenAPI 3.1.1 section
//! 4.8.12.2.

use crate::document::Entry;
use crate::ledger::Treatment::{PassedThrough, Typed};
use crate::model::{ParameterPlace, ParameterStyle, ParameterValue, SchemaId, Spanned};
use crate::read::fields::{self, Fields};
use crate::read::{Cx, Version, example, media_type, schema};

/// Reads `schema` with its style, or `content`.
pub(super) fn read<'doc>(
    cx: &mut Cx<'doc>,
    fields: &mut Fields<'doc>,
    place: Option<ParameterPlace>,
) -> ParameterValue {
    example::read(cx, fields);
    let place = place.unwrap_or(ParameterPlace::Query);
    let schema = fields.node(cx, "schema", Typed).map(|node| schema::schema(cx, node));
    let style = style_in(cx, fields, place);
    let explode = fields.node(cx, "explode", Typed).map(|node| cx.boolean(node, "explode"));
    let allow_reserved = allow_reserved(cx, fields, place, style);
    if let Some(content) = fields.entry(cx, "content", Typed)
        && let Some(value) = content_value(cx, content, schema)
    {
        return value;
    }
    if place == ParameterPlace::QueryString {
        // OpenAPI 3.2.0 section 4.12.1.
        cx.invalid(
            fields.place,
            "a parameter in `querystring` has no `schema`",
            "read as `application/x-www-form-urlencoded`",
            "write `content`",
        );
        let media_type = Spanned { value: "application/x-www-form-urlencoded".to_owned(), span: fields.place };
        return ParameterValue::Content { media_type, schema };
    }
    let explode = explode.unwrap_or_else(|| style.explodes());
    let schema = schema.unwrap_or_else(|| {
        fields.missing(cx, "schema", "read as any string");
        schema::string(cx, fields.place)
    });
    ParameterValue::Schema { schema, style, explode, allow_reserved }
}

/// `allowReserved` is about the query alone up to 3.1, OpenAPI 3.1.1 section 4.8.12.2.2; in 3.2 it is about all that is
/// percent-encoded.
fn allow_reserved<'doc>(
    cx: &mut Cx<'doc>,
    fields: &mut Fields<'doc>,
    place: ParameterPlace,
    style: ParameterStyle,
) -> bool {
    let Some(entry) = fields.entry(cx, "allowReserved", PassedThrough) else { return false };
    let has_effect = match (place, style) {
        (ParameterPlace::Query, _) => true,
        (ParameterPlace::Path, _) | (ParameterPlace::Cookie, ParameterStyle::Form) => fields.version >= Version::V3_2,
        (ParameterPlace::Header | ParameterPlace::Cookie | ParameterPlace::QueryString, _) => false,
    };
    if !has_effect {
        let message = format!("`allowReserved` has no effect in `{}`", place.name());
        cx.no_effect(entry.key.span, message, "take it out");
    }
    has_effect && cx.boolean(&entry.value, "allowReserved")
}

/// `content` has one member: OpenAPI 3.1.1 section 4.8.12.2.
fn content_value<'doc>(cx: &mut Cx<'doc>, content: &'doc Entry, beside: Option<SchemaId>) -> Option<ParameterValue> {
    let entries = cx.members(&content.value, "content");
    if let [_, second, ..] = entries {
        let message = "`content` of a parameter or header has one media type";
        cx.invalid(second.key.span, message, "this one is left out", "leave one of them");
    }
    let media_type = media_type::only(cx, entries.first()?)?;
    if beside.is_some() {
        cx.no_effect(content.key.span, "`schema` has no effect beside `content`", "leave one of them");
    }
    Some(ParameterValue::Content { media_type: media_type.name, schema: media_type.schema })
}
/// The style at `style`.
pub(super) fn style<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Option<ParameterStyle> {
    written(cx, fields).map(|style| style.value)
}

fn written<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Option<Spanned<ParameterStyle>> {
    let style = fields.string(cx, "style", Typed)?;
    let found = ParameterStyle::NAMES.iter().find(|(name, _)| *name == style.value).map(|(_, style)| *style);
    if found.is_none() {
        let names = ParameterStyle::NAMES.map(|(name, _)| name);
        let help = match fields::similar(&style.value, &names) {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => format!("write one of {}", names.join(", ")),
        };
        let message = format!("`{}` is no style", style.value);
        cx.invalid(style.span, message, "read as if it were not there", &help);
    }
    found.map(|value| Spanned { value, span: style.span })
}

/// The style of a value, which fits its place.
fn style_in<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>, place: ParameterPlace) -> ParameterStyle {
    let styles = styles(place);
    let Some(style) = written(cx, fields) else { return styles[0] };
    if styles.contains(&style.value) {
        return style.value;
    }
    let names: Vec<&str> = styles.iter().map(|style| style.name()).collect();
    let message = format!("the style `{}` is not possible in `{}`", style.value.name(), place.name());
    cx.invalid(style.span, message, &format!("read as `{}`", names[0]), &format!("write one of {}", names.join(", ")));
    styles[0]
}

/// The styles that a place has, its default first: OpenAPI 3.1.1 section 4.8.12.3, OpenAPI 3.2.0 section 4.12.3.
fn styles(place: ParameterPlace) -> &'static [ParameterStyle] {
    use ParameterStyle::{Cookie, DeepObject, Form, Label, Matrix, PipeDelimited, Simple, SpaceDelimited};
    match place {
        ParameterPlace::Path => &[Simple, Label, Matrix],
        ParameterPlace::Query | ParameterPlace::QueryString => &[Form, SpaceDelimited, PipeDelimited, DeepObject],
        ParameterPlace::Header => &[Simple],
        ParameterPlace::Cookie => &[Form, Cookie],
    }
}

/// Makes a value that was read for the path one for the query.
pub(super) fn in_query(value: &mut ParameterValue) {
    if let ParameterValue::Schema { style, explode, .. } = value {
        *style = ParameterStyle::Form;
        *explode = true;
    }
}
