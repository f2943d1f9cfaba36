//! Schemas, with the keywords of JSON Schema 2020-12 as their form.

use stubwright_schema::arena::Format;

use crate::document::Node;
use crate::model::{SchemaId, Spanned, Text, TypeSet, Xml};
use crate::source::Span;

/// A Schema Object. A key that is absent has the value that allows everything.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "as many as the specification has")]
pub(crate) struct Schema {
    /// Where it stands.
    pub span: Span,
    /// `$ref`: the value must be valid against this schema, too.
    pub reference: Option<SchemaId>,
    /// Whether `$ref` or `$dynamicRef` leads to nothing.
    pub is_broken: bool,
    /// `$dynamicRef` and `$recursiveRef`.
    pub dynamic_reference: Option<DynamicReference>,
    /// `$dynamicAnchor`; `$recursiveAnchor: true` is the empty name.
    pub dynamic_anchor: Option<String>,
    /// The schema resource that it belongs to: one per document, and one per `$id`. JSON Schema 2020-12 core section
    /// 4.3.5.
    pub resource: usize,
    /// `nullable` where no `type` could say it: null is valid, whatever the other keywords say.
    pub is_nullable: bool,
    /// `false`: no value is valid.
    pub never: bool,
    /// `type`, and `nullable` of 3.0.
    pub types: TypeSet,
    /// `format`: what it says, whether it is an assertion or not.
    pub format: Option<Spanned<String>>,
    /// `enum`.
    pub values: Option<Vec<Node>>,
    /// `const`.
    pub constant: Option<Node>,
    /// The keywords that limit numbers, strings, and the size of arrays and objects.
    pub limits: Limits,
    /// `prefixItems`.
    pub prefix_items: Vec<SchemaId>,
    /// `items`: for the items that `prefix_items` leaves.
    pub items: Option<SchemaId>,
    /// `contains`.
    pub contains: Option<SchemaId>,
    /// `unevaluatedItems`.
    pub unevaluated_items: Option<SchemaId>,
    /// `properties`, in document order.
    pub properties: Vec<Property>,
    /// `patternProperties`.
    pub pattern_properties: Vec<Property>,
    /// `additionalProperties`.
    pub additional_properties: AdditionalProperties,
    /// Whether `additionalProperties` is there and allows all.
    pub is_open: bool,
    /// `propertyNames`.
    pub property_names: Option<SchemaId>,
    /// `required`.
    pub required: Vec<Spanned<String>>,
    /// `dependentRequired`, and `dependencies` with lists.
    pub dependent_required: Vec<(String, Vec<String>)>,
    /// `dependentSchemas`, and `dependencies` with schemas.
    pub dependent_schemas: Vec<Property>,
    /// `unevaluatedProperties`.
    pub unevaluated_properties: Option<SchemaId>,
    /// `allOf`.
    pub all_of: Vec<SchemaId>,
    /// `anyOf`.
    pub any_of: Vec<SchemaId>,
    /// `oneOf`.
    pub one_of: Vec<SchemaId>,
    /// `not`.
    pub not: Option<SchemaId>,
    /// `if`.
    pub condition: Option<SchemaId>,
    /// `then`.
    pub then: Option<SchemaId>,
    /// `else`.
    pub otherwise: Option<SchemaId>,
    /// `discriminator`.
    pub discriminator: Option<Discriminator>,
    /// `contentEncoding`.
    pub content_encoding: Option<Spanned<String>>,
    /// `readOnly`: a server sends it, a client does not.
    pub read_only: bool,
    /// `writeOnly`: a client sends it, a server does not.
    pub write_only: bool,
    /// `xml`; in OpenAPI 3.2, a `$ref` stands for no node of its own.
    pub xml: Option<Box<Xml>>,
    /// `default`.
    pub default: Option<Node>,
    /// `title`.
    pub title: Option<Text>,
    /// `description`.
    pub description: Option<Text>,
    /// `example` and `examples`, for the documentation.
    pub examples: Vec<Node>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `x-rust-name`.
    pub rust_name: Option<Spanned<String>>,
    /// `x-rust-type`.
    pub rust_type: Option<Spanned<String>>,
}

/// A reference that the schemas on the way to it may redirect: JSON Schema 2020-12 core section 8.2.3.2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DynamicReference {
    /// What it leads to where nothing redirects it.
    pub target: SchemaId,
    /// The dynamic anchor by which it is redirected; without one it is a plain reference.
    pub anchor: Option<String>,
}

/// The keywords that limit a value without changing its type. Numbers are JSON number texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Limits {
    /// `multipleOf`.
    pub multiple_of: Option<Box<str>>,
    /// `maximum`.
    pub maximum: Option<Box<str>>,
    /// `exclusiveMaximum`; `true` of 3.0 turns `maximum` into it.
    pub exclusive_maximum: Option<Box<str>>,
    /// `minimum`.
    pub minimum: Option<Box<str>>,
    /// `exclusiveMinimum`; `true` of 3.0 turns `minimum` into it.
    pub exclusive_minimum: Option<Box<str>>,
    /// `maxLength`, in characters.
    pub max_length: Option<u64>,
    /// `minLength`, in characters.
    pub min_length: Option<u64>,
    /// `pattern`.
    pub pattern: Option<Spanned<String>>,
    /// `format`, where it is well-known and an assertion.
    pub format: Option<Format>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `maxContains`.
    pub max_contains: Option<u64>,
    /// `minContains`.
    pub min_contains: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// `minProperties`.
    pub min_properties: Option<u64>,
}

/// A Discriminator Object, OpenAPI 3.1.1 section 4.8.25.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Discriminator {
    /// `propertyName`.
    pub property: Spanned<String>,
    /// `mapping`: the schemas by the property's values, those that are named implicitly aside.
    pub mapping: Vec<(Spanned<String>, SchemaId)>,
    /// `defaultMapping` of 3.2: what a value is that has no such property, or another value.
    pub default: Option<SchemaId>,
}

/// A member of `properties`, of `patternProperties` or of `dependentSchemas`.
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

impl Schema {
    /// The schema that allows everything.
    pub(crate) fn any(span: Span) -> Self {
        Self {
            span,
            reference: None,
            is_broken: false,
            dynamic_reference: None,
            dynamic_anchor: None,
            resource: 0,
            is_nullable: false,
            never: false,
            types: TypeSet::ANY,
            format: None,
            values: None,
            constant: None,
            limits: Limits::default(),
            prefix_items: Vec::new(),
            items: None,
            contains: None,
            unevaluated_items: None,
            properties: Vec::new(),
            pattern_properties: Vec::new(),
            additional_properties: AdditionalProperties::Allowed,
            is_open: false,
            property_names: None,
            required: Vec::new(),
            dependent_required: Vec::new(),
            dependent_schemas: Vec::new(),
            unevaluated_properties: None,
            all_of: Vec::new(),
            any_of: Vec::new(),
            one_of: Vec::new(),
            not: None,
            condition: None,
            then: None,
            otherwise: None,
            discriminator: None,
            content_encoding: None,
            read_only: false,
            write_only: false,
            xml: None,
            default: None,
            title: None,
            description: None,
            examples: Vec::new(),
            deprecated: false,
            rust_name: None,
            rust_type: None,
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
            || self.dynamic_reference.is_some()
            || self.values.is_some()
            || self.constant.is_some()
            || self.limits != Limits::default()
            || self.constrains_objects()
            || !self.prefix_items.is_empty()
            || !(self.all_of.is_empty() && self.any_of.is_empty() && self.one_of.is_empty())
            || [self.items, self.contains, self.unevaluated_items, self.not, self.condition].iter().any(Option::is_some)
    }

    /// Every schema that this one holds or refers to.
    pub(crate) fn subschemas(&self) -> impl Iterator<Item = SchemaId> {
        let additional = match self.additional_properties {
            AdditionalProperties::Schema(id) => Some(id),
            AdditionalProperties::Allowed | AdditionalProperties::Forbidden => None,
        };
        let single = [
            self.reference,
            self.dynamic_reference.as_ref().map(|reference| reference.target),
            self.items,
            self.contains,
            self.unevaluated_items,
            additional,
            self.property_names,
            self.unevaluated_properties,
            self.not,
            self.condition,
            self.then,
            self.otherwise,
        ];
        let lists = [&self.prefix_items, &self.all_of, &self.any_of, &self.one_of];
        let members = [&self.properties, &self.pattern_properties, &self.dependent_schemas];
        let members = members.into_iter().flatten().map(|member| member.schema);
        single.into_iter().flatten().chain(lists.into_iter().flatten().copied()).chain(members)
    }

    /// Whether a keyword speaks of the members of objects.
    fn constrains_objects(&self) -> bool {
        !self.properties.is_empty()
            || !self.pattern_properties.is_empty()
            || !self.required.is_empty()
            || !self.dependent_required.is_empty()
            || !self.dependent_schemas.is_empty()
            || self.additional_properties != AdditionalProperties::Allowed
            || self.property_names.is_some()
            || self.unevaluated_properties.is_some()
    }
}
