//! Media Type Objects and Encoding Objects, OpenAPI 3.1.1 sections 4.8.14 and 4.8.15, OpenAPI 3.2.0 sections 4.14 and
//! 4.15.

use crate::document::{Entry, Key, Node};
use crate::ledger::Treatment::{PassedThrough, Typed};
use crate::model::{Encoding, MediaType, ParameterStyle, SchemaId, Spanned};
use crate::read::fields::Fields;
use crate::read::{Cx, Version, example, header, reference, schema, value};

/// Reads the media types at `content`.
pub(super) fn content<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Vec<MediaType> {
    let mut content: Vec<MediaType> = Vec::new();
    for entry in fields.map(cx, "content", Typed) {
        if !cx.is_unnamed_extension(entry) {
            content.extend(read(cx, entry));
        }
    }
    content
}

/// Reads a media type or a reference to one, whatever its key is.
pub(super) fn component<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Option<MediaType> {
    let name = Spanned { value: entry.key.text.clone(), span: entry.key.span };
    let followed = match cx.version(entry.value.id) {
        Version::V3_0 | Version::V3_1 => reference::misplaced(cx, &entry.value),
        Version::V3_2 => reference::follow(cx, &entry.value)?.node,
    };
    let mut fields = Fields::open(cx, followed, "Media Type Object", entry.key.span)?;
    let examples = example::read(cx, &mut fields);
    exclusive_encodings(cx, &fields);
    let media_type = MediaType {
        name,
        schema: fields.node(cx, "schema", Typed).map(|node| schema::schema(cx, node)),
        examples,
        item_schema: item_schema(cx, &mut fields),
        encoding: encodings(cx, &mut fields),
        prefix_encoding: prefix_encodings(cx, &mut fields),
        item_encoding: item_encoding(cx, &mut fields),
    };
    fields.finish(cx);
    Some(media_type)
}

/// Reads a member of `content`. `None` for one that no message can be of.
fn read<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Option<MediaType> {
    let media_type = component(cx, entry)?;
    is_media_type(cx, &media_type.name).then_some(media_type)
}

fn item_schema<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Option<SchemaId> {
    let entry = fields.entry_since(cx, "itemSchema", Version::V3_2, Typed)?;
    Some(schema::schema(cx, &entry.value))
}

/// Whether a key is a media type or a range of them, RFC 9110 sections 8.3.1 and 12.5.1. Reports one that is none.
fn is_media_type(cx: &mut Cx<'_>, name: &Spanned<String>) -> bool {
    let essence = name.value.split(';').next().unwrap_or_default().trim();
    let is_token = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
    };
    let fits = essence == "*" || essence.split_once('/').is_some_and(|(kind, of)| is_token(kind) && is_token(of));
    let fits = fits && name.value.bytes().all(|byte| (b' '..=b'~').contains(&byte) || byte == b'\t');
    if !fits {
        let message = format!("`{}` is no media type", name.value);
        cx.invalid(name.span, message, "this content is left out", "write one such as `application/json`");
    }
    fits
}

/// OpenAPI 3.2.0 sections 4.14.1 and 4.15.1.3: parts have names or positions.
fn exclusive_encodings<'doc>(cx: &mut Cx<'doc>, fields: &Fields<'doc>) {
    if fields.has("encoding") && (fields.has("prefixEncoding") || fields.has("itemEncoding")) {
        let message = "`encoding` has no effect beside encodings by position";
        cx.no_effect(fields.place, message, "leave one of them");
    }
}

fn encodings<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Vec<Encoding> {
    let mut encodings = Vec::new();
    for entry in fields.map(cx, "encoding", Typed) {
        if !cx.is_unnamed_extension(entry) {
            encodings.extend(encoding(cx, Some(&entry.key), &entry.value));
        }
    }
    encodings
}

fn prefix_encodings<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Vec<Encoding> {
    let Some(entry) = fields.entry_since(cx, "prefixEncoding", Version::V3_2, Typed) else { return Vec::new() };
    cx.list(&entry.value, "prefixEncoding").iter().filter_map(|node| encoding(cx, None, node)).collect()
}

fn item_encoding<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Option<Encoding> {
    let entry = fields.entry_since(cx, "itemEncoding", Version::V3_2, Typed)?;
    encoding(cx, None, &entry.value)
}

/// Reads an encoding, of the property with a name or of a part with a position.
fn encoding<'doc>(cx: &mut Cx<'doc>, key: Option<&Key>, node: &'doc Node) -> Option<Encoding> {
    let property = Spanned {
        value: key.map(|key| key.text.clone()).unwrap_or_default(),
        span: key.map_or(node.span, |key| key.span),
    };
    let node = reference::misplaced(cx, node);
    let mut fields = Fields::open(cx, node, "Encoding Object", property.span)?;
    exclusive_encodings(cx, &fields);
    let style = value::style(cx, &mut fields);
    let explode = fields.node(cx, "explode", Typed).map(|node| cx.boolean(node, "explode"));
    // A server decodes what is percent-encoded and what is not alike.
    let allow_reserved = fields.node(cx, "allowReserved", PassedThrough).map(|node| cx.boolean(node, "allowReserved"));
    // OpenAPI 3.1.1 section 4.8.15.1.2: one of them is enough to write the value like a parameter of the query.
    let is_styled = explode.is_some() || allow_reserved.is_some();
    let style = style.or_else(|| is_styled.then_some(ParameterStyle::Form));
    let encoding = Encoding {
        property,
        content_type: fields.string(cx, "contentType", Typed),
        headers: header::list(cx, &mut fields),
        style,
        explode: explode.unwrap_or_else(|| style.is_none_or(ParameterStyle::explodes)),
        parts: nested(cx, &mut fields),
        prefix_parts: prefix_encodings(cx, &mut fields),
        item_part: item_encoding(cx, &mut fields).map(Box::new),
    };
    fields.finish(cx);
    Some(encoding)
}

/// The encodings of a part that is multipart itself.
fn nested<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Vec<Encoding> {
    if fields.version < Version::V3_2 && fields.has("encoding") {
        fields.pass_through_since(cx, "encoding", Version::V3_2);
        return Vec::new();
    }
    encodings(cx, fields)
}

/// Reads the one media type of a parameter or a header. How its parts are sent has no effect there.
pub(super) fn only<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Option<MediaType> {
    let name = Spanned { value: entry.key.text.clone(), span: entry.key.span };
    let node = reference::follow(cx, &entry.value)?.node;
    let mut fields = Fields::open(cx, node, "Media Type Object", entry.key.span)?;
    let examples = example::read(cx, &mut fields);
    let schema = fields.node(cx, "schema", Typed).map(|node| schema::schema(cx, node));
    for key in ["itemSchema", "encoding", "prefixEncoding", "itemEncoding"] {
        if let Some(entry) = fields.unused(cx, key) {
            let message = format!("`{key}` has no effect in a parameter or header");
            cx.no_effect(entry.key.span, message, "take it out");
        }
    }
    fields.finish(cx);
    let (encoding, prefix_encoding) = (Vec::new(), Vec::new());
    is_media_type(cx, &name).then_some(MediaType {
        name,
        schema,
        examples,
        item_schema: None,
        encoding,
        prefix_encoding,
        item_encoding: None,
    })
}
