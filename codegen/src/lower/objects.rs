//! Objects and arrays: structs, maps, lists and tuples.

use crate::document::Value;
use crate::ir::{Field, Ident, Rest, Type, TypeId, TypeKind};
use crate::lower::context::Cx;
use crate::lower::names::{Case, Scope, candidates, words};
use crate::lower::types::{Role, define, is_closed, lower};
use crate::lower::{defaults, docs_of, merge, views};
use crate::model::{AdditionalProperties, Property, Schema, SchemaId, TypeSet};

/// The longest JSON array that is a Rust tuple.
const LONGEST_TUPLE: usize = 12;

/// A list, or a tuple where the schema fixes every item.
pub(super) fn array(cx: &mut Cx<'_>, schema: &Schema, role: &Role) -> Type {
    if schema.prefix_items.is_empty() {
        let items = schema.items.map_or(Type::Any, |items| lower(cx, items, &role.child("item")).whole());
        return Type::List(Box::new(items));
    }
    let closed = schema.items.is_some_and(|items| cx.schema(items).never);
    let length = schema.prefix_items.len();
    let fixed = closed && schema.limits.min_items.is_some_and(|least| usize::try_from(least) == Ok(length));
    let items: Vec<Type> = schema
        .prefix_items
        .iter()
        .enumerate()
        .map(|(index, &item)| lower(cx, item, &role.child(&format!("item {}", index + 1))).whole())
        .collect();
    if fixed && length <= LONGEST_TUPLE {
        return Type::Tuple(items);
    }
    // Fewer items than the prefix has are allowed: only a list can hold them, and only one type can be that of all.
    let rest = match schema.items {
        Some(_) if closed => None,
        Some(items) => Some(lower(cx, items, &role.child("item")).whole()),
        None => Some(Type::Any),
    };
    let mut all = items.into_iter().chain(rest);
    let first = all.next().unwrap_or(Type::Any);
    Type::List(Box::new(if all.all(|other| other == first) { first } else { Type::Any }))
}

/// A map where nothing is declared, else a struct.
pub(super) fn object(cx: &mut Cx<'_>, schema: &Schema, role: &Role, reserved: Option<TypeId>) -> Type {
    if schema.properties.is_empty()
        && schema.required.is_empty()
        && !(is_closed(schema) && schema.pattern_properties.is_empty())
    {
        let value = undeclared(cx, schema, role);
        return Type::Map(Box::new(value.unwrap_or(Type::Any)));
    }
    let id = define(cx, schema, role, reserved);
    let mut scope = Scope::default();
    let mut fields = Vec::new();
    let mut left_out = Vec::new();
    for property in &schema.properties {
        if views::is_left_out(&cx.schemas, property.schema, role.view) {
            left_out.push(property.key.value.clone());
        } else {
            fields.push(field(cx, schema, property, role, &mut scope));
        }
    }
    for key in &schema.required {
        // A property that is required and not described is any value, or what `additionalProperties` says.
        if !schema.properties.iter().any(|property| property.key.value == key.value) {
            let schema_id = match schema.additional_properties {
                AdditionalProperties::Schema(id) => id,
                AdditionalProperties::Allowed | AdditionalProperties::Forbidden => cx.make(Schema::any(key.span)),
            };
            let property = Property { key: key.clone(), schema: schema_id };
            fields.push(field(cx, schema, &property, role, &mut scope));
        }
    }
    let rest = match undeclared(cx, schema, role) {
        Some(ty) => Rest::Kept { name: rest_name(role, &mut scope), ty },
        None if is_closed(schema) => Rest::Refused,
        None => Rest::Ignored,
    };
    cx.types[id.0].kind = TypeKind::Struct { fields, left_out, rest };
    Type::Named(id)
}

fn rest_name(role: &Role, scope: &mut Scope) -> Ident {
    scope.claim_quietly(&role.place, Case::Snake, [words("additional"), words("additional properties")])
}

/// The type of the values that no property declares; `None` where the schema says nothing of them.
fn undeclared(cx: &mut Cx<'_>, schema: &Schema, role: &Role) -> Option<Type> {
    let mut schemas: Vec<SchemaId> = schema.pattern_properties.iter().map(|pattern| pattern.schema).collect();
    match schema.additional_properties {
        AdditionalProperties::Schema(id) => schemas.push(id),
        AdditionalProperties::Allowed if !schemas.is_empty() => return Some(Type::Any),
        AdditionalProperties::Allowed => {
            let unevaluated = schema.unevaluated_properties.filter(|&id| !cx.schema(id).never)?;
            schemas.push(unevaluated);
        }
        AdditionalProperties::Forbidden => {}
    }
    let mut types =
        schemas.into_iter().map(|id| lower(cx, id, &role.child("value")).whole()).collect::<Vec<_>>().into_iter();
    let first = types.next()?;
    Some(if types.all(|other| other == first) { first } else { Type::Any })
}

fn field(cx: &mut Cx<'_>, owner: &Schema, property: &Property, role: &Role, scope: &mut Scope) -> Field {
    let own = cx.schema(property.schema);
    let described = merge::follow(cx, property.schema);
    let target = cx.schema(described);
    let key = &property.key.value;
    let given = own.rust_name.as_ref();
    let name = scope.claim_or(cx.sink, given, &property.key, Case::Snake, candidates(key));
    let lowered = lower(cx, property.schema, &role.member(&property.key));
    let required = owner.required.iter().any(|required| required.value == *key);
    // A reference to a component is documented there.
    let docs = if own.description.is_some() || cx.keys.contains_key(&described) { own } else { target };
    Field {
        name,
        key: key.clone(),
        docs: docs_of(key, docs.title.as_ref(), docs.description.as_ref()).deprecated(docs.deprecated),
        presence: defaults::presence(cx, property.schema, &lowered, required),
        ty: lowered.ty,
        check: None,
    }
}

/// The kinds of values for which a schema has keywords of its own: for a schema of several types, one of them at a time.
pub(super) fn only(schema: &Schema, types: TypeSet) -> Schema {
    let mut only = Schema { types, ..schema.clone() };
    if types != TypeSet::OBJECT {
        only.properties = Vec::new();
        only.pattern_properties = Vec::new();
        only.required = Vec::new();
        only.additional_properties = AdditionalProperties::Allowed;
    }
    if types != TypeSet::ARRAY {
        only.items = None;
        only.prefix_items = Vec::new();
    }
    only.values = only.values.map(|values| values.into_iter().filter(|value| is_of(&value.value, types)).collect());
    only.default = None;
    only
}

fn is_of(value: &Value, types: TypeSet) -> bool {
    crate::lower::scalars::type_of(value).is_within(types)
}
