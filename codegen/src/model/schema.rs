//! Schemas, with the keywords of JSON Schema 2020-12 as their form.

use crate::document::Node;
use crate::model::{Spanned, Text};
use crate::source::Span;

/// The place of a schema within [`Schemas`]. References are ids, so recursive schemas are finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SchemaId(usize);

/// All schemas of a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Schemas {
    schemas: Vec<Schema>,
}

/// A Schema Object. A key that is absent has the value that allows everything.
#[derive(Clone, Debug)]
pub(crate) struct Schema {
    /// Where it stands.
    pub span: Span,
    /// `$ref`: the value must be valid against this schema, too.
    pub reference: Option<SchemaId>,
    /// `false`: no value is valid.
    pub never: bool,
    /// `type`, and `nullable` of 3.0.
    pub types: TypeSet,
    /// `format`.
    pub format: Option<Spanned<String>>,
    /// `enum` and `const`: the only valid values.
    pub values: Option<Vec<Node>>,
    /// `properties`, in document order.
    pub properties: Vec<Property>,
    /// `required`.
    pub required: Vec<Spanned<String>>,
    /// `additionalProperties`.
    pub additional_properties: AdditionalProperties,
    /// `items`.
    pub items: Option<SchemaId>,
    /// `anyOf` and `oneOf`. They mean the same wherever at most one alternative can match, and the lowering takes no
    /// others.
    pub alternatives: Vec<SchemaId>,
    /// `default`.
    pub default: Option<Node>,
    /// `title`.
    pub title: Option<Text>,
    /// `description`.
    pub description: Option<Text>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `x-rust-name`.
    pub rust_name: Option<Spanned<String>>,
}

/// A member of `properties`.
#[derive(Clone, Debug)]
pub(crate) struct Property {
    /// The key.
    pub key: Spanned<String>,
    /// What its value must be.
    pub schema: SchemaId,
}

/// What `additionalProperties` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AdditionalProperties {
    /// Nothing, or `true`.
    Allowed,
    /// `false`.
    Forbidden,
    /// They are allowed when they are valid against a schema.
    Schema(SchemaId),
}

/// A set of the JSON types. The empty set stands for a missing `type`: every type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TypeSet(u8);

impl TypeSet {
    /// No type is named.
    pub(crate) const ANY: Self = Self(0);
    /// `null`.
    pub(crate) const NULL: Self = Self(1);
    /// `boolean`.
    pub(crate) const BOOLEAN: Self = Self(2);
    /// `integer`.
    pub(crate) const INTEGER: Self = Self(4);
    /// `number`.
    pub(crate) const NUMBER: Self = Self(8);
    /// `string`.
    pub(crate) const STRING: Self = Self(16);
    /// `array`.
    pub(crate) const ARRAY: Self = Self(32);
    /// `object`.
    pub(crate) const OBJECT: Self = Self(64);

    /// The types by their names in documents.
    pub(crate) const NAMES: [(&str, Self); 7] = [
        ("null", Self::NULL),
        ("boolean", Self::BOOLEAN),
        ("integer", Self::INTEGER),
        ("number", Self::NUMBER),
        ("string", Self::STRING),
        ("array", Self::ARRAY),
        ("object", Self::OBJECT),
    ];

    /// The type with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|&(_, set)| set)
    }

    /// Both sets together.
    #[must_use]
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// This set but for another.
    #[must_use]
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the set names all types of another.
    pub(crate) const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The named types, one by one.
    pub(crate) fn iter(self) -> impl Iterator<Item = Self> {
        Self::NAMES.into_iter().map(|(_, set)| set).filter(move |&set| self.contains(set))
    }
}

impl Schema {
    /// The schema that allows everything.
    pub(crate) fn any(span: Span) -> Self {
        Self {
            span,
            reference: None,
            never: false,
            types: TypeSet::ANY,
            format: None,
            values: None,
            properties: Vec::new(),
            required: Vec::new(),
            additional_properties: AdditionalProperties::Allowed,
            items: None,
            alternatives: Vec::new(),
            default: None,
            title: None,
            description: None,
            deprecated: false,
            rust_name: None,
        }
    }

    /// Whether nothing but `$ref`, annotations and a default are given.
    pub(crate) fn is_mere_reference(&self) -> bool {
        self.reference.is_some() && !self.constrains()
    }

    /// Whether a keyword of the schema itself, `$ref` aside, forbids a value.
    pub(crate) fn constrains(&self) -> bool {
        self.never
            || self.types != TypeSet::ANY
            || self.values.is_some()
            || !self.properties.is_empty()
            || !self.required.is_empty()
            || self.additional_properties != AdditionalProperties::Allowed
            || self.items.is_some()
            || !self.alternatives.is_empty()
    }
}

impl Schemas {
    /// Keeps a schema and gives its id.
    pub(crate) fn add(&mut self, schema: Schema) -> SchemaId {
        self.schemas.push(schema);
        SchemaId(self.schemas.len() - 1)
    }

    /// The schema with this id.
    pub(crate) fn get(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.0]
    }

    /// Puts a schema in the place of another: an id is given out before its schema is read, so that cycles end.
    pub(crate) fn set(&mut self, id: SchemaId, schema: Schema) {
        self.schemas[id.0] = schema;
    }

    /// Every schema with its id.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (SchemaId, &Schema)> {
        self.schemas.iter().enumerate().map(|(index, schema)| (SchemaId(index), schema))
    }

    /// The schema that a chain of mere references ends at. The reader refuses chains that never end.
    pub(crate) fn resolve(&self, id: SchemaId) -> SchemaId {
        self.resolve_until(id, |_| false)
    }

    /// Like [`Schemas::resolve`], but stops at a schema that fulfils a condition.
    pub(crate) fn resolve_until(&self, mut id: SchemaId, stop: impl Fn(SchemaId) -> bool) -> SchemaId {
        loop {
            let schema = self.get(id);
            match schema.reference {
                Some(target) if schema.is_mere_reference() && !stop(id) => id = target,
                Some(_) | None => return id,
            }
        }
    }
}
