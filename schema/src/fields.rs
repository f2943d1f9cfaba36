//! The data file as it is written: JSON text enters, keywords by name leave.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::{Number, Value};

use crate::arena::Id;

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    pub(crate) schemas: Vec<Written>,
    #[serde(default)]
    pub(crate) dynamic: Vec<std::collections::HashMap<String, Id>>,
}

/// A schema.
pub(crate) enum Written {
    Boolean(bool),
    Object(Box<Fields>),
}

/// The keywords of a schema.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Fields {
    pub(crate) r#ref: Option<Id>,
    pub(crate) dynamic_ref: Option<DynamicRef>,
    pub(crate) resource: u32,
    pub(crate) r#type: Option<Vec<String>>,
    pub(crate) r#enum: Option<Vec<Value>>,
    #[serde(deserialize_with = "some")]
    pub(crate) r#const: Option<Value>,
    pub(crate) multiple_of: Option<Number>,
    pub(crate) maximum: Option<Number>,
    pub(crate) exclusive_maximum: Option<Number>,
    pub(crate) minimum: Option<Number>,
    pub(crate) exclusive_minimum: Option<Number>,
    pub(crate) max_length: Option<Number>,
    pub(crate) min_length: Option<Number>,
    pub(crate) pattern: Option<WrittenPattern>,
    pub(crate) format: Option<String>,
    /// `format`, where it is an assertion.
    pub(crate) format_assertion: Option<String>,
    pub(crate) prefix_items: Vec<Id>,
    pub(crate) items: Option<Id>,
    pub(crate) contains: Option<Id>,
    pub(crate) min_contains: Option<Number>,
    pub(crate) max_contains: Option<Number>,
    pub(crate) min_items: Option<Number>,
    pub(crate) max_items: Option<Number>,
    pub(crate) unique_items: bool,
    pub(crate) unevaluated_items: Option<Id>,
    pub(crate) properties: BTreeMap<String, Id>,
    pub(crate) pattern_properties: Vec<(WrittenPattern, Id)>,
    pub(crate) additional_properties: Option<Id>,
    pub(crate) property_names: Option<Id>,
    pub(crate) required: Vec<String>,
    pub(crate) min_properties: Option<Number>,
    pub(crate) max_properties: Option<Number>,
    pub(crate) dependent_required: BTreeMap<String, Vec<String>>,
    pub(crate) dependent_schemas: BTreeMap<String, Id>,
    pub(crate) unevaluated_properties: Option<Id>,
    pub(crate) all_of: Option<Vec<Id>>,
    pub(crate) any_of: Option<Vec<Id>>,
    pub(crate) one_of: Option<Vec<Id>>,
    pub(crate) not: Option<Id>,
    pub(crate) r#if: Option<Id>,
    pub(crate) then: Option<Id>,
    pub(crate) r#else: Option<Id>,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    pub(crate) discriminator: Option<WrittenDiscriminator>,
    pub(crate) domain: Option<String>,
}

/// `dynamicRef`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DynamicRef {
    pub(crate) to: Id,
    pub(crate) anchor: Option<String>,
}

/// A pattern, for one engine or the other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenPattern {
    pub(crate) source: String,
    pub(crate) linear: Option<String>,
    pub(crate) backtracking: Option<String>,
}

/// `discriminator`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenDiscriminator {
    pub(crate) property: String,
    #[serde(default)]
    pub(crate) mapping: BTreeMap<String, Id>,
    pub(crate) otherwise: Option<Id>,
    #[serde(default)]
    pub(crate) optional: bool,
}

/// Reads a keyword that is there and may be null: without it serde takes null for an absent `Option`.
fn some<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WrittenVisitor)
    }
}

struct WrittenVisitor;

impl<'de> Visitor<'de> for WrittenVisitor {
    type Value = Written;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true, false, or an object of keywords")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Written, E> {
        Ok(Written::Boolean(value))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Written, A::Error> {
        Fields::deserialize(MapAccessDeserializer::new(map)).map(|fields| Written::Object(Box::new(fields)))
    }
}
