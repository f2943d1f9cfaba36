//! What a document says of bodies and their parts that no generated code does enters, warnings leave.
//!
//! The one rule: what is handed on as it comes is named.

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{ContentForm, PropertyForm};
use crate::lower::context::Cx;
use crate::lower::merge;
use crate::model::{Encoding, MediaType, Property, Schema, SchemaId, Spanned, TypeSet};
use crate::source::Span;

/// Names what is said of a media type that its form does not do.
pub(super) fn media_type(cx: &mut Cx<'_>, media: &MediaType, form: &ContentForm) {
    let name = &media.name;
    let held = match form {
        ContentForm::Text { check: None } => "text",
        ContentForm::Parts => "parts",
        ContentForm::Bytes => "bytes",
        ContentForm::Text { check: Some(_) }
        | ContentForm::Json { .. }
        | ContentForm::Form { .. }
        | ContentForm::Multipart { .. }
        | ContentForm::Items { .. }
        | ContentForm::Xml { .. } => "",
    };
    if !held.is_empty() && media.schema.is_some_and(|schema| says_more_than_text(cx, schema)) {
        let message = format!("a value of `{}` is not checked against its schema", name.value);
        report(cx, name.span, message, &format!("handed on as {held}"));
    }
    if matches!(form, ContentForm::Items { .. }) {
        sequence(cx, media);
    } else if media.item_schema.is_some() {
        let message = format!("the items of `{}` are not checked against their schema", name.value);
        report(cx, name.span, message, "handed on as they come");
    }
    let by_position = media.prefix_encoding.iter().chain(&media.item_encoding);
    by_position.for_each(|encoding| part(cx, encoding.property.span));
    if matches!(form, ContentForm::Form { .. } | ContentForm::Multipart { .. }) {
        return;
    }
    for encoding in &media.encoding {
        if name.value.starts_with("multipart/") {
            part(cx, encoding.property.span);
            continue;
        }
        // OpenAPI 3.1.1 section 4.8.14.1.
        let message = format!("`encoding` has no effect on a value of `{}`", name.value);
        cx.sink.report(Diagnostic::new(Code::NoEffect, encoding.property.span, message).help("take it out"));
    }
}

/// Names what is said of all items of a sequence together.
fn sequence(cx: &mut Cx<'_>, media: &MediaType) {
    let Some(schema) = media.schema else { return };
    let merged = merge::merged(cx, schema);
    let is_array = merged.types.without(TypeSet::NULL) == TypeSet::ARRAY && merged.items.is_some();
    let whole = Schema { types: TypeSet::ANY, items: None, ..(*merged).clone() };
    if media.item_schema.is_some() || is_array && whole.constrains() {
        let message = format!("all items of `{}` together are not checked against `schema`", media.name.value);
        report(cx, media.name.span, message, "each item is checked by itself");
    }
}

/// Names what is said of the properties of a form that their forms do not do.
pub(super) fn encodings(cx: &mut Cx<'_>, declared: &[Encoding], properties: &[Property]) {
    for encoding in declared {
        let Spanned { value: key, span } = &encoding.property;
        if !properties.iter().any(|property| property.key.value == *key) {
            let message = format!("this encoding has no effect: the schema has no property `{key}`");
            let help = "correct its name, or add the property";
            cx.sink.report(Diagnostic::new(Code::NoEffect, *span, message).help(help));
        }
        let nested = encoding.parts.iter().chain(&encoding.prefix_parts).chain(encoding.item_part.as_deref());
        nested.for_each(|encoding| part(cx, encoding.property.span));
    }
}

/// Names a header field of a part that is no scalar.
pub(super) fn header_of_part(cx: &mut Cx<'_>, name: &Spanned<String>) {
    let message = format!("the header `{}` of this part is not checked", name.value);
    report(cx, name.span, message, "handed on as it comes");
}

/// Names header fields of what has none: OpenAPI 3.1.1 section 4.8.15.1.
pub(super) fn headers_of_no_part(cx: &mut Cx<'_>, encoding: &Encoding) {
    for header in &encoding.headers {
        let message = format!(
            "the header `{}` has no effect: only the parts of a multipart body have headers",
            header.name.value
        );
        cx.sink.report(Diagnostic::new(Code::NoEffect, header.name.span, message).help("take it out"));
    }
}

/// Names the media type of a property, where none is checked: a part has one, a pair of a form has not.
pub(super) fn content_type(cx: &mut Cx<'_>, encoding: &Encoding, form: Option<PropertyForm>, is_part: bool) {
    let Some(declared) = &encoding.content_type else { return };
    match form {
        Some(PropertyForm::Styled { .. }) => {
            let message = "`contentType` has no effect beside `style`, `explode` and `allowReserved`";
            cx.sink.report(Diagnostic::new(Code::NoEffect, declared.span, message).help("leave one of them"));
        }
        Some(PropertyForm::Json) if is_json(&declared.value) => {}
        Some(PropertyForm::Bytes) => {}
        None if declared.value == "text/plain" => {}
        Some(PropertyForm::Json) | None if is_part => {}
        Some(PropertyForm::Json) | None => {
            let message = format!("that a property is `{}` is not checked", declared.value);
            report(cx, declared.span, message, "text of any media type is read");
        }
    }
}

/// Whether media types, separated by commas, are all JSON.
pub(super) fn is_json(media_types: &str) -> bool {
    media_types.split(',').all(|media_type| {
        let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        essence.split_once('/').is_some_and(|(_, subtype)| subtype == "json" || subtype.ends_with("+json"))
    })
}

/// Names the media type of a parameter or header that is read as JSON whatever it says.
pub(super) fn read_as_json(cx: &mut Cx<'_>, media_type: &Spanned<String>) {
    if !is_json(&media_type.value) {
        let message = format!("a value of `{}` is not read in its own syntax", media_type.value);
        report(cx, media_type.span, message, "read and written as JSON");
    }
}

fn part(cx: &mut Cx<'_>, place: Span) {
    report(cx, place, "how this part is sent is not checked".to_owned(), "handed on as it comes");
}

fn report(cx: &mut Cx<'_>, place: Span, message: String, label: &str) {
    cx.sink.report(Diagnostic::new(Code::UncheckedContent, place, message).label(label));
}

/// Whether a schema forbids more than what is no text.
pub(super) fn says_more_than_text(cx: &mut Cx<'_>, id: SchemaId) -> bool {
    let merged = merge::merged(cx, id);
    let types = merged.types.without(TypeSet::NULL);
    let rest = Schema { types: TypeSet::ANY, ..(*merged).clone() };
    !(types == TypeSet::ANY || types == TypeSet::STRING) || rest.constrains()
}
