//! Media types that are sequences (OpenAPI 3.2.0 section 4.14.3) enter, streams of typed items leave.
//!
//! The one rule: `itemSchema` gives the type of an item. Without it `schema` does, or the `items` of one that is an array:
//! that is how documents before 3.2 describe what they repeat.

use crate::ir::{ContentForm, Framing};
use crate::lower::context::Cx;
use crate::lower::merge;
use crate::lower::types::{Role, lower};
use crate::model::{MediaType, Schema, SchemaId, TypeSet};

/// Which sequences there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sequence {
    /// JSON Lines.
    Lines,
    /// RFC 7464, and RFC 8091.
    Json,
    /// Server-sent events.
    Events,
}

/// The sequence that a media type is.
pub(super) fn of(kind: &str, subtype: &str) -> Option<Sequence> {
    match (kind, subtype) {
        ("text", "event-stream") => Some(Sequence::Events),
        (_, "json-seq") => Some(Sequence::Json),
        (_, subtype) if subtype.ends_with("+json-seq") => Some(Sequence::Json),
        (
            "application" | "text",
            "x-ndjson" | "ndjson" | "jsonl" | "x-jsonl" | "jsonlines" | "x-jsonlines" | "json-lines",
        ) => Some(Sequence::Lines),
        _ => None,
    }
}

/// The stream that a body is; `None` where its items have no type of their own.
pub(super) fn form(cx: &mut Cx<'_>, sequence: Sequence, media: &MediaType, role: &Role) -> Option<ContentForm> {
    let (framing, item) = match sequence {
        Sequence::Lines => (Framing::Lines, json_item(cx, media)?),
        Sequence::Json => (Framing::Sequence, json_item(cx, media)?),
        Sequence::Events => event(cx, media),
    };
    let word = match framing {
        Framing::Lines | Framing::Sequence => "item",
        Framing::EventsOfJson | Framing::EventsOfText => "data",
        Framing::TypedEvents => "event",
    };
    let ty = lower(cx, item, &role.child(word)).whole();
    Some(ContentForm::Items { framing, ty, schema: cx.check(item), check: None })
}

/// The schema of a JSON value. One that is a string is meant to be all of them, as text.
fn json_item(cx: &mut Cx<'_>, media: &MediaType) -> Option<SchemaId> {
    if media.item_schema.is_some() {
        return media.item_schema;
    }
    let schema = media.schema?;
    (!is_text(cx, schema)).then(|| item_of(cx, schema))
}

/// The schema of an event, or of the data of one.
fn event(cx: &mut Cx<'_>, media: &MediaType) -> (Framing, SchemaId) {
    if let Some(item) = media.item_schema {
        return (Framing::TypedEvents, item);
    }
    match media.schema {
        Some(schema) if is_plain_text(cx, schema) => (Framing::EventsOfText, schema),
        Some(schema) if !is_text(cx, schema) => {
            let item = item_of(cx, schema);
            (if is_event(cx, item) { Framing::TypedEvents } else { Framing::EventsOfJson }, item)
        }
        Some(_) | None => {
            let text = Schema { types: TypeSet::STRING, ..Schema::any(media.name.span) };
            (Framing::EventsOfText, cx.make(text))
        }
    }
}

fn item_of(cx: &mut Cx<'_>, schema: SchemaId) -> SchemaId {
    let merged = merge::merged(cx, schema);
    let is_array = merged.types.without(TypeSet::NULL) == TypeSet::ARRAY;
    merged.items.filter(|_| is_array).unwrap_or(schema)
}

fn is_text(cx: &mut Cx<'_>, schema: SchemaId) -> bool {
    let merged = merge::merged(cx, schema);
    merged.types != TypeSet::ANY && merged.types.is_within(TypeSet::STRING.with(TypeSet::NULL))
}

/// Whether a schema is a string that a type of Rust writes as text.
fn is_plain_text(cx: &mut Cx<'_>, schema: SchemaId) -> bool {
    let merged = merge::merged(cx, schema);
    let is_binary = merged.format.as_ref().is_some_and(|format| format.value == "binary");
    merged.types == TypeSet::STRING && !is_binary
}

/// Whether an object has the fields of an event, and no others.
fn is_event(cx: &mut Cx<'_>, schema: SchemaId) -> bool {
    let merged = merge::merged(cx, schema);
    let keys: Vec<&str> = merged.properties.iter().map(|property| property.key.value.as_str()).collect();
    keys.len() > 1 && keys.contains(&"data") && keys.iter().all(|key| ["data", "event", "id", "retry"].contains(key))
}
