//! The data file enters, an [`Arena`] leaves.
//!
//! The one rule: what is not understood is an error. A keyword that were dropped would let through what it forbids.

use serde_json::Number;

use crate::arena::{Arena, Array, Bound, Condition, Count, Discriminator, Id, Keyword, Object, Schema, Types, Union};
use crate::domain::Domain;
use crate::fields::{Fields, File, Written, WrittenDiscriminator, WrittenPattern};
use crate::format::Format;
use crate::number;
use crate::pattern::{Engine, Pattern};

/// Reads a data file.
///
/// # Errors
/// When it is not of the form that the generator writes.
pub(crate) fn parse(text: &str) -> Result<Arena, String> {
    let file: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let n_schemas = file.schemas.len();
    let mut cx = Cx { n_schemas, outside: None };
    let schemas = file.schemas.into_iter().map(|written| cx.schema(written)).collect::<Result<Vec<_>, _>>()?;
    let has_sides = schemas.iter().any(|schema| schema.read_only || schema.write_only);
    for id in file.dynamic.iter().flat_map(std::collections::HashMap::values) {
        cx.id(*id);
    }
    match cx.outside {
        Some(id) => Err(format!("there is no schema {id} among {n_schemas}")),
        None => Ok(Arena { schemas, dynamic: file.dynamic, has_sides }),
    }
}

struct Cx {
    n_schemas: usize,
    /// An index that is none.
    outside: Option<Id>,
}

impl Cx {
    fn id(&mut self, id: Id) -> Id {
        if id as usize >= self.n_schemas {
            self.outside = Some(id);
        }
        id
    }

    fn ids(&mut self, ids: Vec<Id>) -> Vec<Id> {
        ids.into_iter().map(|id| self.id(id)).collect()
    }

    fn schema(&mut self, written: Written) -> Result<Schema, String> {
        let mut fields = match written {
            Written::Boolean(always) => {
                let fields = Box::<Fields>::default();
                let never = if always { vec![] } else { vec![Keyword::Never] };
                return Ok(schema(&fields, never));
            }
            Written::Object(fields) => fields,
        };
        let mut keywords = Vec::new();
        assertions(&mut fields, &mut keywords)?;
        keywords.extend(self.array(&mut fields).map(|array| Keyword::Array(Box::new(array))));
        keywords.extend(self.object(&mut fields)?.map(|object| Keyword::Object(Box::new(object))));
        self.applicators(&mut fields, &mut keywords);
        keywords.extend(fields.unevaluated_items.map(|id| Keyword::UnevaluatedItems(self.id(id))));
        keywords.extend(fields.unevaluated_properties.map(|id| Keyword::UnevaluatedProperties(self.id(id))));
        Ok(schema(&fields, keywords))
    }

    fn array(&mut self, fields: &mut Fields) -> Option<Array> {
        let contained = Count {
            minimum: Some(fields.min_contains.as_ref().map_or(1, number::count)),
            maximum: fields.max_contains.as_ref().map(number::count),
        };
        let array = Array {
            prefix: self.ids(std::mem::take(&mut fields.prefix_items)),
            items: fields.items.map(|id| self.id(id)),
            contains: fields.contains.map(|id| (self.id(id), contained)),
            count: count(fields.min_items.as_ref(), fields.max_items.as_ref()),
            unique: fields.unique_items,
        };
        let is_empty = array.prefix.is_empty()
            && array.items.is_none()
            && array.contains.is_none()
            && array.count.is_any()
            && !array.unique;
        (!is_empty).then_some(array)
    }

    fn object(&mut self, fields: &mut Fields) -> Result<Option<Object>, String> {
        let patterns = std::mem::take(&mut fields.pattern_properties);
        let object = Object {
            properties: std::mem::take(&mut fields.properties).into_iter().map(|(k, id)| (k, self.id(id))).collect(),
            patterns: patterns
                .into_iter()
                .map(|(p, id)| Ok((pattern(p)?, self.id(id))))
                .collect::<Result<_, String>>()?,
            additional: fields.additional_properties.map(|id| self.id(id)),
            names: fields.property_names.map(|id| self.id(id)),
            required: std::mem::take(&mut fields.required),
            dependent: std::mem::take(&mut fields.dependent_required).into_iter().collect(),
            count: count(fields.min_properties.as_ref(), fields.max_properties.as_ref()),
        };
        let is_empty = object.properties.is_empty()
            && object.patterns.is_empty()
            && object.additional.is_none()
            && object.names.is_none()
            && object.required.is_empty()
            && object.dependent.is_empty()
            && object.count.is_any();
        Ok((!is_empty).then_some(object))
    }

    fn applicators(&mut self, fields: &mut Fields, keywords: &mut Vec<Keyword>) {
        keywords.extend(fields.r#ref.map(|id| Keyword::Reference(self.id(id))));
        keywords.extend(
            fields.dynamic_ref.take().map(|to| Keyword::DynamicReference { to: self.id(to.to), anchor: to.anchor }),
        );
        keywords.extend(fields.all_of.take().map(|all| Keyword::AllOf(self.ids(all))));
        let discriminator = fields.discriminator.take();
        if let Some(branches) = fields.one_of.take() {
            keywords.push(Keyword::OneOf(Box::new(self.union(branches, discriminator.as_ref()))));
        }
        if let Some(branches) = fields.any_of.take() {
            keywords.push(Keyword::AnyOf(Box::new(self.union(branches, discriminator.as_ref()))));
        }
        keywords.extend(fields.not.map(|id| Keyword::Not(self.id(id))));
        // Without `if`, the other two say nothing (2020-12 core, section 10.2.2).
        keywords.extend(fields.r#if.map(|id| {
            Keyword::If(Box::new(Condition {
                test: self.id(id),
                then: fields.then.map(|id| self.id(id)),
                otherwise: fields.r#else.map(|id| self.id(id)),
            }))
        }));
        let dependent = std::mem::take(&mut fields.dependent_schemas);
        if !dependent.is_empty() {
            let dependent = dependent.into_iter().map(|(key, id)| (key, self.id(id))).collect();
            keywords.push(Keyword::DependentSchemas(dependent));
        }
    }

    fn union(&mut self, branches: Vec<Id>, discriminator: Option<&WrittenDiscriminator>) -> Union {
        let discriminator = discriminator.map(|written| Discriminator {
            property: written.property.clone(),
            mapping: written.mapping.iter().map(|(value, id)| (value.clone(), self.id(*id))).collect(),
            otherwise: written.otherwise.map(|id| self.id(id)),
            optional: written.optional,
        });
        Union { branches: self.ids(branches), discriminator }
    }
}

fn schema(fields: &Fields, keywords: Vec<Keyword>) -> Schema {
    Schema {
        extent: super::limits::extent(&keywords),
        keywords,
        resource: fields.resource,
        read_only: fields.read_only,
        write_only: fields.write_only,
        format: fields.format.as_deref().or(fields.format_assertion.as_deref()).map(Box::from),
        secret: fields.write_only || fields.format.as_deref() == Some("password"),
    }
}

/// What is said of a value without other schemas.
fn assertions(fields: &mut Fields, keywords: &mut Vec<Keyword>) -> Result<(), String> {
    if let Some(names) = fields.r#type.take() {
        let named = |name: &String| Types::named(name).ok_or_else(|| format!("there is no type {name}"));
        let types = names.iter().try_fold(Types::NONE, |types, name| Ok::<_, String>(types.union(named(name)?)))?;
        keywords.push(Keyword::Type(types));
    }
    keywords.extend(fields.r#enum.take().map(Keyword::Enum));
    keywords.extend(fields.r#const.take().map(Keyword::Const));
    for (bound, limit) in [
        (Bound::Minimum, fields.minimum.take()),
        (Bound::ExclusiveMinimum, fields.exclusive_minimum.take()),
        (Bound::Maximum, fields.maximum.take()),
        (Bound::ExclusiveMaximum, fields.exclusive_maximum.take()),
    ] {
        keywords.extend(limit.map(|limit| Keyword::Bound(bound, limit)));
    }
    keywords.extend(fields.multiple_of.take().map(Keyword::MultipleOf));
    let length = count(fields.min_length.as_ref(), fields.max_length.as_ref());
    if !length.is_any() {
        keywords.push(Keyword::Length(length));
    }
    keywords.extend(fields.pattern.take().map(pattern).transpose()?.map(Keyword::Pattern));
    if let Some(name) = &fields.format_assertion {
        keywords.push(Keyword::Format(Format::named(name).ok_or_else(|| format!("there is no format {name}"))?));
    }
    if let Some(name) = fields.domain.take() {
        keywords.push(Keyword::Domain(Domain::named(&name).ok_or_else(|| format!("there is no domain {name}"))?));
    }
    Ok(())
}

fn pattern(written: WrittenPattern) -> Result<Pattern, String> {
    match (written.linear, written.backtracking) {
        (Some(text), None) => Ok(Pattern::new(written.source, Engine::Linear, text)),
        (None, Some(text)) => Ok(Pattern::new(written.source, Engine::Backtracking, text)),
        (Some(_), Some(_)) | (None, None) => Err(format!("the pattern {} needs one engine", written.source)),
    }
}

fn count(minimum: Option<&Number>, maximum: Option<&Number>) -> Count {
    Count { minimum: minimum.map(number::count), maximum: maximum.map(number::count) }
}
