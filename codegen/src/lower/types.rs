//! Schemas enter, Rust types leave.
//!
//! The one rule: a schema that no type carries exactly is refused at its place, never widened in silence.

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Node, Value};
use crate::ir::{Field, Ident, Operation, Scalar, Type, TypeDefinition, TypeId, TypeKind};
use crate::lower::names::{Case, Scope, candidates, words};
use crate::lower::{Cx, docs_of, presence, unions, values};
use crate::model::{AdditionalProperties, Property, Schema, SchemaId, Spanned, TypeSet};
use crate::source::Span;

/// What a schema becomes: the type of its values but null, and whether null is one.
#[derive(Clone, Debug)]
pub(super) struct Lowered {
    pub(super) ty: Type,
    pub(super) nullable: bool,
}

impl Lowered {
    pub(super) fn of(ty: Type) -> Self {
        Self { ty, nullable: false }
    }

    /// The type of a value that cannot be absent.
    pub(super) fn whole(self) -> Type {
        match self.ty {
            Type::Any => Type::Any,
            ty if self.nullable => Type::Nullable(Box::new(ty)),
            ty => ty,
        }
    }
}

/// How an inline schema is named: the words of its owner and its role, and what to point at.
#[derive(Clone, Debug)]
pub(super) struct Role {
    pub(super) words: Vec<String>,
    pub(super) place: Spanned<String>,
}

impl Role {
    pub(super) fn child(&self, role: &str) -> Self {
        Self { words: self.words.iter().cloned().chain(words(role)).collect(), place: self.place.clone() }
    }
}

/// Lowers every component schema: they come first and get the plain names.
pub(super) fn lower_named(cx: &mut Cx<'_>) {
    let model = cx.model;
    for named in &model.named_schemas {
        let schema = model.schemas.get(named.schema);
        let name = cx.type_names.claim_or(
            cx.sink,
            schema.rust_name.as_ref(),
            &named.key,
            Case::Pascal,
            &candidates(&[], &named.key.value),
        );
        let id = push(cx, name, &named.key, schema, &format!("The schema `{}`.", named.key.value));
        cx.named.insert(named.schema, id);
    }
    // Defaults name variants, so the types that defaults can have come first.
    let (containers, scalars): (Vec<_>, Vec<_>) =
        model.named_schemas.iter().partition(|named| is_container(model.schemas.get(named.schema)));
    for named in scalars.into_iter().chain(containers) {
        let role = Role { words: words(&named.key.value), place: named.key.clone() };
        lower_in_own_name(cx, &Pending { schema: named.schema, role });
    }
    lower_pending(cx);
}

/// A schema with a name whose type is not made yet.
#[derive(Debug)]
pub(super) struct Pending {
    schema: SchemaId,
    role: Role,
}

/// Lowers the schemas that were named where they are referred to.
pub(super) fn lower_pending(cx: &mut Cx<'_>) {
    while let Some(pending) = cx.pending.pop_front() {
        lower_in_own_name(cx, &pending);
    }
}

fn lower_in_own_name(cx: &mut Cx<'_>, pending: &Pending) {
    let type_id = cx.named[&pending.schema];
    let lowered = shape(cx, pending.schema, &pending.role, Some(type_id));
    if lowered.ty != Type::Named(type_id) {
        cx.types[type_id.0].kind = TypeKind::Alias(lowered.ty);
    }
}

fn is_container(schema: &Schema) -> bool {
    !schema.properties.is_empty()
        || schema.items.is_some()
        || schema.types.contains(TypeSet::OBJECT)
        || schema.types.contains(TypeSet::ARRAY)
}

/// Lowers a schema where it is used.
pub(super) fn lower(cx: &mut Cx<'_>, id: SchemaId, role: &Role) -> Lowered {
    let target = cx.model.schemas.resolve_until(id, |id| cx.named.contains_key(&id));
    let schema = cx.model.schemas.get(target);
    if !cx.named.contains_key(&target) && cx.referenced.contains(&target) && !is_plain(schema) {
        name_reference(cx, target, role);
    }
    match cx.named.get(&target) {
        // The type need not be lowered yet: chains of references may be of any length, and circles.
        Some(&type_id) => Lowered { ty: Type::Named(type_id), nullable: is_nullable(cx, target) },
        None => shape(cx, target, role, None),
    }
}

/// Whether a schema leads to no other: it needs no name to end a circle of references.
fn is_plain(schema: &Schema) -> bool {
    !is_container(schema) && schema.any_of.is_empty() && schema.one_of.is_empty() && schema.values.is_none()
}

/// Names a schema that is referred to and is no component: it is one type, wherever it is referred from.
fn name_reference(cx: &mut Cx<'_>, id: SchemaId, role: &Role) {
    let schema = cx.model.schemas.get(id);
    let type_id = define(cx, schema, role, None);
    cx.named.insert(id, type_id);
    let pending = Pending { schema: id, role: role.clone() };
    if is_container(schema) {
        cx.pending.push_back(pending);
    } else {
        lower_in_own_name(cx, &pending);
    }
}

/// Whether null is valid against a schema that the lowering takes.
fn is_nullable(cx: &Cx<'_>, id: SchemaId) -> bool {
    let schema = cx.model.schemas.get(id);
    let null = Node::detached(schema.span, Value::Null);
    cx.model.schemas.admits(id, &null)
}

/// Lowers a schema by its keywords. A type definition that it needs takes the place of `reserved`, or a new one.
pub(super) fn shape(cx: &mut Cx<'_>, id: SchemaId, role: &Role, reserved: Option<TypeId>) -> Lowered {
    let schema = cx.model.schemas.get(id);
    if schema.never {
        return refuse(cx, schema, "a schema that allows no value");
    }
    if let Some(target) = schema.reference {
        if schema.constrains() {
            return refuse(cx, schema, "a `$ref` beside other keywords");
        }
        return lower(cx, target, role);
    }
    if !(schema.any_of.is_empty() && schema.one_of.is_empty()) {
        return unions::alternatives(cx, schema, role, reserved);
    }
    if let Some(values) = &schema.values {
        return values::lower(cx, schema, values, role, reserved);
    }
    let nullable = schema.types.contains(TypeSet::NULL);
    let types = schema.types.without(TypeSet::NULL);
    let ty = if schema.types == TypeSet::ANY {
        untyped(cx, schema, role, reserved)
    } else if types == TypeSet::ANY {
        return refuse(cx, schema, "a schema that allows only null");
    } else if let Some(scalar) = scalar_type(types, schema) {
        scalar
    } else if types == TypeSet::ARRAY {
        list(cx, schema, role)
    } else if types == TypeSet::OBJECT {
        object(cx, schema, role, reserved)
    } else {
        let scalars: Option<Vec<Scalar>> = types.iter().map(unions::scalar_kind).collect();
        match scalars {
            Some(scalars) => unions::of_scalars(cx, schema, &scalars, role, reserved).ty,
            None => refuse(cx, schema, "a `type` with several types that are not all scalars").ty,
        }
    };
    Lowered { ty: ty.clone(), nullable: nullable || ty == Type::Any }
}

/// A schema without `type`: everything, or what its other keywords speak of.
fn untyped(cx: &mut Cx<'_>, schema: &Schema, role: &Role, reserved: Option<TypeId>) -> Type {
    let object = !schema.properties.is_empty()
        || !schema.required.is_empty()
        || schema.additional_properties != AdditionalProperties::Allowed;
    let missing = match (object, schema.items.is_some()) {
        (false, false) => return Type::Any,
        (true, false) => "object",
        (false, true) => "array",
        (true, true) => return refuse(cx, schema, "`items` beside `properties` without `type`").ty,
    };
    let message = format!("`type: {missing}` is missing: read as if it were there");
    cx.sink.report(Diagnostic::new(Code::MissingType, schema.span, message).help(format!("add `type: {missing}`")));
    if object { self::object(cx, schema, role, reserved) } else { list(cx, schema, role) }
}

fn scalar_type(types: TypeSet, schema: &Schema) -> Option<Type> {
    let format = schema.format.as_ref().map(|format| format.value.as_str());
    Some(match types {
        TypeSet::STRING => Type::String,
        TypeSet::BOOLEAN => Type::Boolean,
        TypeSet::INTEGER if format == Some("int32") => Type::Integer32,
        TypeSet::INTEGER => Type::Integer64,
        TypeSet::NUMBER => Type::Number,
        _ => return None,
    })
}

fn list(cx: &mut Cx<'_>, schema: &Schema, role: &Role) -> Type {
    let items = schema.items.map_or(Type::Any, |items| lower(cx, items, &role.child("item")).whole());
    Type::List(Box::new(items))
}

fn object(cx: &mut Cx<'_>, schema: &Schema, role: &Role, reserved: Option<TypeId>) -> Type {
    let closed = schema.additional_properties == AdditionalProperties::Forbidden;
    if schema.properties.is_empty() && schema.required.is_empty() && !closed {
        let value = match schema.additional_properties {
            AdditionalProperties::Schema(id) => lower(cx, id, &role.child("value")).whole(),
            AdditionalProperties::Allowed | AdditionalProperties::Forbidden => Type::Any,
        };
        return Type::Map(Box::new(value));
    }
    if let AdditionalProperties::Schema(_) = schema.additional_properties {
        return refuse(cx, schema, "`additionalProperties` with a schema beside `properties`").ty;
    }
    for required in &schema.required {
        if !schema.properties.iter().any(|property| property.key.value == required.value) {
            let what = format!("the required property `{}`, which `properties` does not describe,", required.value);
            unsupported(cx, required.span, &what);
        }
    }
    let id = define(cx, schema, role, reserved);
    let mut scope = Scope::default();
    let fields = schema.properties.iter().map(|property| field(cx, schema, property, role, &mut scope)).collect();
    cx.types[id.0].kind = TypeKind::Struct { fields, closed };
    Type::Named(id)
}

fn field(cx: &mut Cx<'_>, owner: &Schema, property: &Property, role: &Role, scope: &mut Scope) -> Field {
    let model = cx.model;
    let schema = model.schemas.get(property.schema);
    let key = &property.key.value;
    let name = scope.claim_or(cx.sink, schema.rust_name.as_ref(), &property.key, Case::Snake, &candidates(&[], key));
    let place = property.key.clone();
    let child = Role { words: role.words.iter().cloned().chain(words(key)).collect(), place };
    let lowered = lower(cx, property.schema, &child);
    let required = owner.required.iter().any(|required| required.value == *key);
    Field {
        name,
        key: key.clone(),
        docs: docs_of(key, schema.title.as_ref(), schema.description.as_ref()).deprecated(schema.deprecated),
        presence: presence::of(cx, property.schema, &lowered, required),
        ty: lowered.ty,
    }
}

/// Gives the id of the definition that a schema needs: the reserved one, or a new one in its role's name.
pub(super) fn define(cx: &mut Cx<'_>, schema: &Schema, role: &Role, reserved: Option<TypeId>) -> TypeId {
    if let Some(id) = reserved {
        return id;
    }
    let numbered = std::slice::from_ref(&role.words);
    let name = cx.type_names.claim_or(cx.sink, schema.rust_name.as_ref(), &role.place, Case::Pascal, numbered);
    push(cx, name, &role.place, schema, &format!("What `{}` holds.", role.place.value))
}

/// Adds a definition whose kind is set when the schema is lowered.
fn push(cx: &mut Cx<'_>, name: Ident, key: &Spanned<String>, schema: &Schema, otherwise: &str) -> TypeId {
    let check = [words(name.as_str()), words("schema")].concat();
    cx.types.push(TypeDefinition {
        name,
        check: cx.check_names.claim_quietly(key, Case::Screaming, &[check]),
        docs: docs_of(&key.value, schema.title.as_ref(), schema.description.as_ref())
            .or(otherwise)
            .deprecated(schema.deprecated),
        kind: TypeKind::Alias(Type::Any),
        in_request_body: false,
        in_parameter: false,
    });
    TypeId(cx.types.len() - 1)
}

pub(super) fn refuse(cx: &mut Cx<'_>, schema: &Schema, what: &str) -> Lowered {
    unsupported(cx, schema.span, what);
    Lowered::of(Type::Any)
}

pub(super) fn unsupported(cx: &mut Cx<'_>, span: Span, what: &str) {
    cx.sink.report(Diagnostic::unsupported(span, what));
}

/// Marks the types that request bodies and parameters reach.
pub(super) fn mark_uses(types: &mut [TypeDefinition], operations: &[Operation]) {
    let mut pending = Vec::new();
    for operation in operations {
        pending.extend(operation.body.iter().map(|body| body.ty.clone()));
        for parameter in &operation.parameters {
            let mut ty = parameter.ty.clone();
            while let Type::Named(id) = ty {
                types[id.0].in_parameter = true;
                let TypeKind::Alias(target) = &types[id.0].kind else { break };
                ty = target.clone();
            }
        }
    }
    while let Some(ty) = pending.pop() {
        match ty {
            Type::Any | Type::String | Type::Boolean | Type::Integer32 | Type::Integer64 | Type::Number => {}
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => pending.push(*inner),
            Type::Named(id) => {
                if !std::mem::replace(&mut types[id.0].in_request_body, true) {
                    match &types[id.0].kind {
                        TypeKind::Struct { fields, .. } => pending.extend(fields.iter().map(|field| field.ty.clone())),
                        TypeKind::Alias(ty) | TypeKind::Newtype(ty) => pending.push(ty.clone()),
                        TypeKind::Strings(_) | TypeKind::Integers(_) | TypeKind::Union(_) => {}
                    }
                }
            }
        }
    }
}
