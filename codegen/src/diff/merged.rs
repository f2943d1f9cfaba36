//! A schema with everything that it refers to and is made of, as one: what all of it demands together.
//!
//! The one rule: `$ref` and `allOf` are ways of writing, so that schemas which mean the same are merged into the same.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::diff::limits::Bounds;
use crate::diff::parts;
use crate::document::{Node, Value};
use crate::model::{AdditionalProperties, Discriminator, Model, Schema, SchemaId, Schemas, TypeSet, is_integer};
use crate::source::Span;

/// What a value must be that is valid against several schemas at once.
#[derive(Clone, Debug)]
pub(super) struct Merged<'run> {
    /// The first schema's place.
    pub(super) span: Span,
    /// No value is valid.
    pub(super) never: bool,
    /// The types; none where the parts have none in common.
    pub(super) types: Option<TypeSet>,
    /// `enum` and `const`: the values by their one form.
    pub(super) values: Option<BTreeMap<String, &'run Node>>,
    pub(super) formats: BTreeMap<&'run str, Span>,
    pub(super) bounds: Bounds,
    pub(super) properties: IndexMap<&'run str, Members>,
    pub(super) required: BTreeMap<&'run str, Span>,
    pub(super) additional: Additional,
    pub(super) patterned: BTreeMap<&'run str, Vec<SchemaId>>,
    pub(super) items: Vec<SchemaId>,
    pub(super) prefix: Vec<Vec<SchemaId>>,
    pub(super) unions: Vec<Union<'run>>,
    /// Keywords that are compared as they stand, with their schemas.
    pub(super) beyond: BTreeMap<&'static str, Vec<SchemaId>>,
    /// Keywords that are compared as texts.
    pub(super) words: BTreeSet<(&'static str, String)>,
    pub(super) default: Option<&'run Node>,
    pub(super) deprecated: bool,
}

/// A property: its schemas, all of which its value must fit, and its key's place.
#[derive(Clone, Debug)]
pub(super) struct Members {
    pub(super) schemas: Vec<SchemaId>,
    pub(super) span: Span,
}

/// What becomes of properties that are not named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Additional {
    Allowed,
    Forbidden,
    Schemas(Vec<SchemaId>),
}

/// `oneOf` or `anyOf`.
#[derive(Clone, Debug)]
pub(super) struct Union<'run> {
    pub(super) name: &'static str,
    pub(super) alternatives: Vec<SchemaId>,
    pub(super) discriminator: Option<&'run Discriminator>,
    pub(super) span: Span,
}

/// Merges schemas.
pub(super) fn merge<'run>(model: &'run Model, ids: &[SchemaId], fallback: Span) -> Merged<'run> {
    let all = parts::parts(model, ids);
    let span = ids.first().map_or(fallback, |&id| model.schemas.get(model.schemas.resolve(id)).span);
    let mut merged = Merged::any(span);
    for &id in &all {
        merged.add(&model.schemas, model.schemas.get(id));
    }
    merged.settle_types(ids.iter().any(|&id| parts::is_nullable(&model.schemas, id)));
    merged.default = ids
        .iter()
        .find_map(|&id| parts::default(&model.schemas, id))
        .or_else(|| all.iter().find_map(|&id| model.schemas.get(id).default.as_ref()));
    merged
}

impl<'run> Merged<'run> {
    fn any(span: Span) -> Self {
        Self {
            span,
            never: false,
            types: Some(TypeSet::ANY),
            values: None,
            formats: BTreeMap::new(),
            bounds: Bounds::default(),
            properties: IndexMap::new(),
            required: BTreeMap::new(),
            additional: Additional::Allowed,
            patterned: BTreeMap::new(),
            items: Vec::new(),
            prefix: Vec::new(),
            unions: Vec::new(),
            beyond: BTreeMap::new(),
            words: BTreeSet::new(),
            default: None,
            deprecated: false,
        }
    }

    fn add(&mut self, schemas: &Schemas, schema: &'run Schema) {
        self.never |= schema.never;
        self.deprecated |= schema.deprecated;
        self.types = self.types.and_then(|types| types.intersection(implied(schema)));
        self.values(schema);
        self.formats.extend(schema.format.iter().map(|format| (format.value.as_str(), format.span)));
        self.bounds.add(&schema.limits);
        for property in &schema.properties {
            let members = Members { schemas: Vec::new(), span: property.key.span };
            let members = self.properties.entry(&property.key.value).or_insert(members);
            members.schemas.push(property.schema);
        }
        self.required.extend(schema.required.iter().map(|key| (key.value.as_str(), key.span)));
        self.additional =
            match (std::mem::replace(&mut self.additional, Additional::Allowed), schema.additional_properties) {
                (Additional::Forbidden, _) | (_, AdditionalProperties::Forbidden) => Additional::Forbidden,
                (known, AdditionalProperties::Allowed) => known,
                (Additional::Allowed, AdditionalProperties::Schema(id)) => Additional::Schemas(vec![id]),
                (Additional::Schemas(mut known), AdditionalProperties::Schema(id)) => {
                    known.push(id);
                    Additional::Schemas(known)
                }
            };
        for pattern in &schema.pattern_properties {
            self.patterned.entry(&pattern.key.value).or_default().push(pattern.schema);
        }
        self.items.extend(schema.items);
        for (index, &item) in schema.prefix_items.iter().enumerate() {
            if index == self.prefix.len() {
                self.prefix.push(Vec::new());
            }
            self.prefix[index].push(item);
        }
        self.unions(schemas, schema);
        self.beyond(schema);
    }

    fn values(&mut self, schema: &'run Schema) {
        let constant = schema.constant.as_ref().map(std::slice::from_ref);
        for allowed in [schema.values.as_deref(), constant].into_iter().flatten() {
            let allowed = allowed.iter().map(|value| (value.canonical(), value));
            self.values = Some(match self.values.take() {
                None => allowed.collect(),
                Some(known) => allowed.filter(|(value, _)| known.contains_key(value)).collect(),
            });
        }
    }

    fn unions(&mut self, schemas: &Schemas, schema: &'run Schema) {
        if parts::alone(schemas, schema).is_some() {
            return;
        }
        for (name, alternatives) in [("oneOf", &schema.one_of), ("anyOf", &schema.any_of)] {
            if !alternatives.is_empty() {
                let discriminator = schema.discriminator.as_ref();
                let alternatives = alternatives.clone();
                self.unions.push(Union { name, alternatives, discriminator, span: schema.span });
            }
        }
    }

    fn beyond(&mut self, schema: &Schema) {
        let single = [
            ("contains", schema.contains),
            ("unevaluatedItems", schema.unevaluated_items),
            ("propertyNames", schema.property_names),
            ("unevaluatedProperties", schema.unevaluated_properties),
            ("not", schema.not),
            ("if", schema.condition),
            ("then", schema.then),
            ("else", schema.otherwise),
        ];
        for (name, id) in single {
            if let Some(id) = id {
                self.beyond.entry(name).or_default().push(id);
            }
        }
        for dependent in &schema.dependent_schemas {
            self.words.insert(("dependentSchemas", dependent.key.value.clone()));
            self.beyond.entry("dependentSchemas").or_default().push(dependent.schema);
        }
        for (key, needed) in &schema.dependent_required {
            self.words.insert(("dependentRequired", format!("{key}: {}", needed.join(", "))));
        }
        let counts = [("maxContains", schema.limits.max_contains), ("minContains", schema.limits.min_contains)];
        self.words.extend(counts.into_iter().filter_map(|(name, count)| Some((name, count?.to_string()))));
        self.words.extend(schema.content_encoding.iter().map(|coding| ("contentEncoding", coding.value.clone())));
        self.words.extend(schema.dynamic_anchor.iter().map(|anchor| ("$dynamicAnchor", anchor.clone())));
        if let Some(xml) = &schema.xml {
            let name = xml.name.as_ref().map(|name| &name.value);
            self.words.insert(("xml", format!("{:?} {name:?} {:?} {:?}", xml.node, xml.namespace, xml.prefix)));
        }
        // Beside `oneOf` and `anyOf` it is compared with these.
        if schema.one_of.is_empty()
            && schema.any_of.is_empty()
            && let Some(discriminator) = &schema.discriminator
        {
            self.words.insert(("discriminator", discriminator.property.value.clone()));
        }
    }

    /// Values have types, and some schemas have null beside what they say else.
    fn settle_types(&mut self, is_nullable: bool) {
        if let (Some(types), Some(values)) = (self.types, &self.values) {
            let of_values = values.values().map(|value| kind(value)).fold(TypeSet::ANY, TypeSet::with);
            self.types = if of_values == TypeSet::ANY { Some(types) } else { types.intersection(of_values) };
        }
        if is_nullable {
            self.types = self.types.map(|types| if types == TypeSet::ANY { types } else { types.with(TypeSet::NULL) });
        }
    }
}

/// The types of a schema, and those that its keywords stand for where it names none: as the generator reads it.
fn implied(schema: &Schema) -> TypeSet {
    match schema.types {
        TypeSet::ANY if !schema.properties.is_empty() => TypeSet::OBJECT,
        TypeSet::ANY if schema.items.is_some() => TypeSet::ARRAY,
        types => types,
    }
}

/// The type of a value.
fn kind(value: &Node) -> TypeSet {
    match &value.value {
        Value::Null => TypeSet::NULL,
        Value::Boolean(_) => TypeSet::BOOLEAN,
        Value::Number(text) if is_integer(text) => TypeSet::INTEGER,
        Value::Number(_) => TypeSet::NUMBER,
        Value::String(_) => TypeSet::STRING,
        Value::Sequence(_) => TypeSet::ARRAY,
        Value::Mapping(_) => TypeSet::OBJECT,
    }
}

/// A value as people read it.
pub(super) fn shown(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::String(text) => format!("`{text}`"),
        Value::Boolean(_) | Value::Number(_) | Value::Sequence(_) | Value::Mapping(_) => {
            format!("`{}`", crate::document::to_json_text(node))
        }
    }
}
