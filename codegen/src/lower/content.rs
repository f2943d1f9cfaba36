//! Media types enter, the bodies that a request or response may have leave.
//!
//! The one rule: media types that are read alike and hold the same type are one body, and in a response those that say a
//! value of the same type; any others are variants of an enum.

use std::mem::discriminant;

use crate::ir::{
    CheckId, Content, ContentForm, ContentVariant, Contents, ParameterStyle, PropertyEncoding, PropertyForm, Type,
};
use crate::lower::context::Cx;
use crate::lower::names::{Case, Scope, words};
use crate::lower::operations::Names;
use crate::lower::sequence::{self, Sequence};
use crate::lower::types::{Role, lower};
use crate::lower::views::View;
use crate::lower::{merge, parts, terms, unchecked, xml};
use crate::model::{Encoding, MediaType, Schema, SchemaId, Spanned, TypeSet};
use crate::source::Span;

/// How a media type is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Json,
    Form,
    Multipart,
    Parts,
    Xml,
    Text,
    Bytes,
    Sequence(Sequence),
}

/// Lowers the media types of a request body or response; `role` names the types of inline schemas and the enum.
pub(super) fn lower_content(
    cx: &mut Cx<'_>,
    names: &mut Names,
    declared: &[MediaType],
    role: &Role,
    span: Span,
) -> Option<Contents> {
    let mut bodies: Vec<(Class, Content, Spanned<String>)> = Vec::new();
    for media in declared {
        let class = classify(cx, media);
        let several = declared.len() > 1 && is_inline(cx, media);
        let own_role = if several { role.child(&label(&media.name.value)) } else { role.clone() };
        let form = form(cx, names, class, media, &own_role);
        unchecked::media_type(cx, media, &form);
        let alike = bodies.iter_mut().find(|(known, content, _)| {
            if *known == class {
                is_alike(&content.form, &form)
            } else {
                is_sent_alike(&content.form, &form, role.view)
            }
        });
        match alike {
            Some((known, content, _)) => {
                content.media_types.push(media.name.value.clone());
                let is_known = |other: &ContentForm| discriminant(other) == discriminant(&form);
                if *known != class && !content.others.iter().any(is_known) {
                    content.others.push(form);
                }
            }
            None => {
                let content = Content { media_types: vec![media.name.value.clone()], form, others: Vec::new() };
                bodies.push((class, content, media.name.clone()));
            }
        }
    }
    if bodies.len() > 1 {
        let place = Spanned { value: role.place.value.clone(), span };
        let name = names.items.claim_quietly(&place, Case::Pascal, [role.words.clone()]);
        let mut scope = Scope::default();
        let variants = bodies
            .into_iter()
            .map(|(_, content, media)| {
                let all = [words(&label(&media.value)), words(&media.value)];
                ContentVariant { name: scope.claim_quietly(&media, Case::Pascal, all), content }
            })
            .collect();
        return Some(Contents::Several { name, variants });
    }
    bodies.pop().map(|(_, content, _)| Contents::One(content))
}

/// Whether a media type's schema is written where it stands, so that its type is named by the media type.
fn is_inline(cx: &mut Cx<'_>, media: &MediaType) -> bool {
    media.schema.is_some_and(|schema| {
        let target = merge::follow(cx, schema);
        !cx.keys.contains_key(&target)
    })
}

fn classify(cx: &mut Cx<'_>, media: &MediaType) -> Class {
    let essence = media.name.value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (kind, subtype) = essence.split_once('/').unwrap_or((essence.as_str(), ""));
    if let Some(sequence) = sequence::of(kind, subtype) {
        return Class::Sequence(sequence);
    }
    match (kind, subtype) {
        // RFC 6839 section 3.1.
        (_, "json") => Class::Json,
        (_, subtype) if subtype.ends_with("+json") => Class::Json,
        ("application", "x-www-form-urlencoded") => Class::Form,
        ("multipart", "form-data") if media.schema.is_some() => Class::Multipart,
        ("multipart", _) => Class::Parts,
        // RFC 7303 sections 9.1, 9.2 and 8.
        ("application" | "text", "xml") if speaks_of_xml(cx, media.schema) => Class::Xml,
        (_, subtype) if subtype.ends_with("+xml") && speaks_of_xml(cx, media.schema) => Class::Xml,
        ("text", _) | ("application", "xml" | "graphql" | "yaml" | "x-yaml" | "javascript") => Class::Text,
        (_, subtype) if subtype.ends_with("+xml") || subtype.ends_with("+yaml") => Class::Text,
        // Some frameworks write `*/*` for what they send as JSON.
        ("*" | "application", "*") | ("*" | "", "") if speaks_of_json(cx, media.schema) => Class::Json,
        _ => Class::Bytes,
    }
}

/// Whether a schema allows what only JSON can say: more than a text.
fn speaks_of_json(cx: &mut Cx<'_>, schema: Option<SchemaId>) -> bool {
    let Some(id) = schema else { return false };
    let merged = merge::merged(cx, id);
    let kinds = merge::kinds(cx, &merged, 8);
    kinds != TypeSet::ANY && !kinds.is_within(TypeSet::STRING.with(TypeSet::NULL))
}

/// Whether a schema says how a value is XML: a text alone is XML as it is.
fn speaks_of_xml(cx: &mut Cx<'_>, schema: Option<SchemaId>) -> bool {
    speaks_of_json(cx, schema) || schema.is_some_and(|id| xml::is_described(cx, id))
}

/// A word for a media type.
fn label(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let word = match essence.as_str() {
        "application/json" => "json",
        "application/x-www-form-urlencoded" => "form",
        "multipart/form-data" => "multipart",
        "text/plain" => "text",
        "text/xml" | "application/xml" => "xml",
        "application/octet-stream" => "bytes",
        "text/event-stream" => "event stream",
        "application/x-ndjson" | "application/ndjson" | "application/jsonl" | "application/jsonlines" => "json lines",
        "*/*" => "any",
        _ => {
            let (kind, subtype) = essence.split_once('/').unwrap_or((essence.as_str(), ""));
            return if matches!(subtype, "" | "*") { kind.to_owned() } else { subtype.to_owned() };
        }
    };
    word.to_owned()
}

fn form(cx: &mut Cx<'_>, names: &mut Names, class: Class, media: &MediaType, role: &Role) -> ContentForm {
    let mut whole = || media.schema.unwrap_or_else(|| cx.make(Schema::any(media.name.span)));
    let check = None;
    match class {
        Class::Text => {
            // What a handler sends of a range, it names itself.
            let is_handlers_own = role.view == View::Read && media.name.value.contains('*');
            ContentForm::Text { check: text_check(cx, media).filter(|_| !is_handlers_own) }
        }
        Class::Bytes => ContentForm::Bytes,
        Class::Parts => ContentForm::Parts,
        Class::Sequence(sequence) => sequence::form(cx, sequence, media, role).unwrap_or(ContentForm::Bytes),
        Class::Json => {
            let id = whole();
            ContentForm::Json { ty: lower(cx, id, role).whole(), schema: cx.check(id), check }
        }
        Class::Xml => {
            let id = whole();
            let root = xml::root(cx, id);
            ContentForm::Xml { ty: lower(cx, id, role).whole(), schema: cx.check(id), check: None, root }
        }
        Class::Form => {
            let id = whole();
            let encoding = encoding(cx, id, &media.encoding, class);
            ContentForm::Form { ty: lower(cx, id, role).ty, schema: cx.check(id), check, encoding }
        }
        Class::Multipart => {
            let id = whole();
            let encoding = encoding(cx, id, &media.encoding, class);
            let properties = merge::merged(cx, id).properties.clone();
            let terms = terms::terms(cx, &media.encoding, &properties);
            let ty = lower(cx, id, role).ty;
            let parts = parts::parts(cx, names, media, id, role);
            ContentForm::Multipart { ty, schema: cx.check(id), check, encoding, terms, parts }
        }
    }
}

/// The schema of a text that says more than that it is one. How anything but a scalar is text, no document says.
fn text_check(cx: &mut Cx<'_>, media: &MediaType) -> Option<CheckId> {
    let id = media.schema.filter(|id| unchecked::says_more_than_text(cx, *id))?;
    let merged = merge::merged(cx, id);
    let nested = TypeSet::OBJECT.with(TypeSet::ARRAY).with(TypeSet::NULL);
    (!merge::kinds(cx, &merged, 8).is_within(nested)).then(|| cx.check(id))
}

fn is_alike(one: &ContentForm, other: &ContentForm) -> bool {
    match (one, other) {
        (ContentForm::Json { ty, .. }, ContentForm::Json { ty: other, .. }) => ty == other,
        (ContentForm::Form { ty, encoding, .. }, ContentForm::Form { ty: other, encoding: written, .. })
        | (ContentForm::Multipart { ty, encoding, .. }, ContentForm::Multipart { ty: other, encoding: written, .. }) => {
            ty == other && encoding == written
        }
        (ContentForm::Items { framing, ty, .. }, ContentForm::Items { framing: known, ty: other, .. }) => {
            framing == known && ty == other
        }
        (ContentForm::Xml { ty, root, .. }, ContentForm::Xml { ty: other, root: another, .. }) => {
            ty == other && root == another
        }
        // What bytes or a text are only their media type tells.
        _ => false,
    }
}

/// Whether a handler gives one value, which is written in either syntax.
fn is_sent_alike(one: &ContentForm, other: &ContentForm, view: View) -> bool {
    view == View::Read && typed(one).is_some_and(|ty| Some(ty) == typed(other))
}

fn typed(form: &ContentForm) -> Option<&Type> {
    match form {
        ContentForm::Json { ty, .. }
        | ContentForm::Form { ty, .. }
        | ContentForm::Multipart { ty, parts: None, .. }
        | ContentForm::Xml { ty, .. } => Some(ty),
        ContentForm::Multipart { parts: Some(_), .. }
        | ContentForm::Text { .. }
        | ContentForm::Bytes
        | ContentForm::Parts
        | ContentForm::Items { .. } => None,
    }
}

/// How the properties of a form are written, where that is not the default of their types: OpenAPI 3.1.1 section
/// 4.8.15.1.
fn encoding(cx: &mut Cx<'_>, id: SchemaId, declared: &[Encoding], class: Class) -> Vec<PropertyEncoding> {
    let merged = merge::merged(cx, id);
    unchecked::encodings(cx, declared, &merged.properties);
    let mut found = Vec::new();
    for property in &merged.properties {
        let key = &property.key.value;
        let encoding = declared.iter().find(|encoding| encoding.property.value == *key);
        let by_type = by_type(cx, property.schema, class);
        let form = match encoding {
            Some(encoding) => match (&encoding.content_type, encoding.style) {
                (_, Some(style)) => Some(PropertyForm::Styled { style, explode: encoding.explode }),
                (Some(content), None) if unchecked::is_json(&content.value) => Some(PropertyForm::Json),
                (Some(_) | None, None) => by_type,
            },
            None => by_type,
        };
        if let Some(encoding) = encoding {
            let is_part = class == Class::Multipart;
            unchecked::content_type(cx, encoding, form, is_part);
            if !is_part {
                unchecked::headers_of_no_part(cx, encoding);
            }
        }
        found.extend(form.map(|form| PropertyEncoding { key: key.clone(), form }));
    }
    found
}

fn by_type(cx: &mut Cx<'_>, id: SchemaId, class: Class) -> Option<PropertyForm> {
    let merged = merge::merged(cx, id);
    let kinds = merge::kinds(cx, &merged, 8).without(TypeSet::NULL);
    let item = merged.items.filter(|_| kinds == TypeSet::ARRAY);
    let target = item.map_or(merged, |item| merge::merged(cx, item));
    let kinds = merge::kinds(cx, &target, 8).without(TypeSet::NULL);
    match class {
        Class::Multipart if is_file(&target) => Some(PropertyForm::Bytes),
        Class::Multipart if kinds == TypeSet::OBJECT || (item.is_some() && kinds == TypeSet::ARRAY) => {
            Some(PropertyForm::Json)
        }
        // Urlencoded objects have no serialisation of their own but that of deep objects.
        Class::Form if kinds == TypeSet::OBJECT && item.is_none() => {
            Some(PropertyForm::Styled { style: ParameterStyle::DeepObject, explode: true })
        }
        Class::Form if kinds == TypeSet::OBJECT || (item.is_some() && kinds == TypeSet::ARRAY) => {
            Some(PropertyForm::Styled { style: ParameterStyle::DeepObject, explode: true })
        }
        Class::Form
        | Class::Multipart
        | Class::Parts
        | Class::Json
        | Class::Xml
        | Class::Text
        | Class::Bytes
        | Class::Sequence(_) => None,
    }
}

/// Whether a schema is that of a file.
pub(super) fn is_file(schema: &Schema) -> bool {
    crate::lower::scalars::of(schema.types.without(TypeSet::NULL), schema) == Some(Type::Text(crate::ir::Text::Binary))
}
