//! From the schema of an error's body to what the server fills it with.
//!
//! The one rule: everything that is required is filled, every value is true, and the schema allows the result: a body is
//! made as the runtime makes it, and held against the schema.

mod fill;
mod sample;
mod vocabulary;

use crate::ir::{ErrorShape, Fill};
use crate::model::{MediaType, SchemaId, Schemas, TypeSet};

/// What a body has to do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Demand {
    /// The status that it is for; any, where none is given.
    pub(super) status: Option<u16>,
    /// Whether it tells what is wrong with a request; else it has a message alone.
    pub(super) lists_violations: bool,
}

/// The shape of a body of a media type, if it can be filled.
pub(super) fn of(schemas: &Schemas, media: &MediaType, demand: Demand) -> Option<ErrorShape> {
    let name = &media.name.value;
    let essence = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let body = match essence.as_str() {
        "application/problem+json" => json(schemas, media.schema, &[Fill::Problem], demand)?,
        "application/json" | "text/json" | "*/*" | "application/*" => {
            json(schemas, media.schema, &[Fill::FastApi, Fill::error_message(), Fill::detail()], demand)?
        }
        other if other.ends_with("+json") => json(schemas, media.schema, &[], demand)?,
        "text/plain" | "text/*" => text(schemas, media.schema, demand)?,
        _ => return None,
    };
    let media_type = match essence.as_str() {
        "*/*" | "application/*" if body == Fill::Problem => "application/problem+json".to_owned(),
        "*/*" | "application/*" => "application/json".to_owned(),
        "text/*" => "text/plain; charset=utf-8".to_owned(),
        _ => name.clone(),
    };
    Some(ErrorShape { media_type, body })
}

/// The shapes that have a name first, then whatever the schema's own members say.
fn json(schemas: &Schemas, schema: Option<SchemaId>, named: &[Fill], demand: Demand) -> Option<Fill> {
    let Some(id) = schema else { return Some(Fill::Problem) };
    let is_allowed = |fill: &Fill| sample::is_allowed(schemas, id, fill, demand);
    let declares = |fill: &Fill| {
        let schema = schemas.get(schemas.resolve(id));
        keys(fill).iter().all(|key| schema.properties.iter().any(|property| property.key.value == *key))
    };
    // A `detail` that cannot be a list is a plain one.
    let lists = |fill: &Fill| {
        *fill != Fill::FastApi || sample::is_allowed(schemas, id, fill, Demand { lists_violations: true, ..demand })
    };
    if let Some(fill) = named.iter().find(|fill| declares(fill) && is_allowed(fill) && lists(fill)) {
        return Some(fill.clone());
    }
    let filled = if says_nothing(schemas, id) { Some(Fill::Problem) } else { fill::body(schemas, id, demand) };
    filled.filter(is_allowed)
}

/// The properties that a schema must have for a shape to be meant.
fn keys(fill: &Fill) -> Vec<&str> {
    match fill {
        Fill::FastApi => vec!["detail"],
        Fill::Problem => vec!["title", "detail"],
        Fill::Object(members) => members.iter().map(|(key, _)| key.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Whether a schema allows any object, and names no member of it.
fn says_nothing(schemas: &Schemas, id: SchemaId) -> bool {
    let schema = schemas.get(schemas.resolve(id));
    let has_parts = [&schema.all_of, &schema.any_of, &schema.one_of].into_iter().any(|parts| !parts.is_empty());
    let is_open = schema.types == TypeSet::ANY || schema.types.contains(TypeSet::OBJECT);
    schema.reference.is_none() && is_open && schema.properties.is_empty() && !has_parts
}

fn text(schemas: &Schemas, schema: Option<SchemaId>, demand: Demand) -> Option<Fill> {
    let Some(id) = schema else { return Some(Fill::Sentence) };
    sample::is_allowed(schemas, id, &Fill::Sentence, demand).then_some(Fill::Sentence)
}
