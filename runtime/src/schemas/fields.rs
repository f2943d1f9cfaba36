//! The data file as it is written: JSON text enters, keywords by name leave.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::{Number, Value};

use super::arena::Id;

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) schemas: Vec<Written>,
    #[serde(default)]
    pub(super) dynamic: Vec<std::collections::HashMap<String, Id>>,
    /// How bodies are written as XML.
    #[cfg(feature = "xml")]
    #[serde(default)]
    pub(super) xml: crate::xml::Mapping,
    #[cfg(not(feature = "xml"))]
    #[serde(default, rename = "xml")]
    pub(super) _xml: serde::de::IgnoredAny,
}

/// A schema.
pub(super) enum Written {
    Boolean(bool),
    Object(Box<Fields>),
}

/// The keywords of a schema.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Fields {
    pub(super) r#ref: Option<Id>,
    pub(super) dynamic_ref: Option<DynamicRef>,
    pub(super) resource: u32,
    pub(super) r#type: Option<Vec<String>>,
    pub(super) r#enum: Option<Vec<Value>>,
    #[serde(deserialize_with = "some")]
    pub(super) r#const: Option<Value>,
    pub(super) multiple_of: Option<Number>,
    pub(super) maximum: Option<Number>,
    pub(super) exclusive_maximum: Option<Number>,
    pub(super) minimum: Option<Number>,
    pub(super) exclusive_minimum: Option<Number>,
    pub(super) max_length: Option<Number>,
    pub(super) min_length: Option<Number>,
    pub(super) pattern: Option<WrittenPattern>,
    pub(super) format: Option<String>,
    pub(super) prefix_items: Vec<Id>,
    pub(super) items: Option<Id>,
    pub(super) contains: Option<Id>,
    pub(super) min_contains: Option<Number>,
    pub(super) max_contains: Option<Number>,
    pub(super) min_items: Option<Number>,
    pub(super) max_items: Option<Number>,
    pub(super) unique_items: bool,
    pub(super) unevaluated_items: Option<Id>,
    pub(super) properties: BTreeMap<String, Id>,
    pub(super) pattern_properties: Vec<(WrittenPattern, Id)>,
    pub(super) additional_properties: Option<Id>,
    pub(super) property_names: Option<Id>,
    pub(super) required: Vec<String>,
    pub(super) min_properties: Option<Number>,
    pub(super) max_properties: Option<Number>,
    pub(super) dependent_required: BTreeMap<String, Vec<String>>,
    pub(super) dependent_schemas: BTreeMap<String, Id>,
    pub(super) unevaluated_properties: Option<Id>,
    pub(super) all_of: Option<Vec<Id>>,
    pub(super) any_of: Option<Vec<Id>>,
    pub(super) one_of: Option<Vec<Id>>,
    pub(super) not: Option<Id>,
    pub(super) r#if: Option<Id>,
    pub(super) then: Option<Id>,
    pub(super) r#else: Option<Id>,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) discriminator: Option<WrittenDiscriminator>,
    pub(super) domain: Option<String>,
}

/// `dynamicRef`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DynamicRef {
    pub(super) to: Id,
    pub(super) anchor: Option<String>,
}

/// A pattern, for one engine or the other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenPattern {
    pub(super) source: String,
    pub(super) linear: Option<String>,
    pub(super) backtracking: Option<String>,
}

/// `discriminator`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenDiscriminator {
    pub(super) property: String,
    #[serde(default)]
    pub(super) mapping: BTreeMap<String, Id>,
    pub(super) otherwise: Option<Id>,
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
