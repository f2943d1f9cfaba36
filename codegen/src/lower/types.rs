//! Schemas enter, Rust types leave.
//!
//! The one rule: every schema has a type. What a type does not say of a value, the exact check says.

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Docs, Ident, Type, TypeDefinition, TypeId, TypeKind};
use crate::lower::context::Cx;
use crate::lower::names::{Case, candidates, words};
use crate::lower::views::View;
use crate::lower::{docs_of, explain, inheritance, merge, objects, scalars, unions, values};
use crate::model::{AdditionalProperties, Schema, SchemaId, Spanned, TypeSet};

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
            ty @ (Type::Any | Type::Null) => ty,
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
    pub(super) view: View,
}

impl Role {
    pub(super) fn child(&self, role: &str) -> Self {
        let words = self.words.iter().cloned().chain(words(role)).collect();
        Self { words, place: self.place.clone(), view: self.view }
    }

    /// The role of a part that has a key of its own.
    pub(super) fn member(&self, key: &Spanned<String>) -> Self {
        Self { place: key.clone(), ..self.child(&key.value) }
    }
}

/// A schema with a name whose type is not made yet.
#[derive(Debug)]
pub(super) struct Pending {
    schema: SchemaId,
    type_id: TypeId,
    role: Role,
}

/// Lowers every component schema: they come first and get the plain names.
pub(super) fn lower_named(cx: &mut Cx<'_>) {
    let model = cx.model;
    for named in &model.named_schemas {
        name_component(cx, named.schema, View::Read);
    }
    lower_pending(cx);
}

/// Lowers the schemas that were named where they are referred to.
pub(super) fn lower_pending(cx: &mut Cx<'_>) {
    while let Some(pending) = cx.pending.pop_front() {
        let lowered = shape(cx, pending.schema, &pending.role, Some(pending.type_id));
        if lowered.ty != Type::Named(pending.type_id) {
            cx.types[pending.type_id.0].kind = TypeKind::Alias(lowered.ty);
        }
        let nullable = cx.explained.is_some() && is_nullable(cx, pending.schema);
        let named = Lowered { ty: Type::Named(pending.type_id), nullable };
        explain::record(cx, pending.schema, pending.role.view, &named);
    }
}

/// Lowers a schema where it is used.
pub(super) fn lower(cx: &mut Cx<'_>, id: SchemaId, role: &Role) -> Lowered {
    let lowered = lower_here(cx, id, role);
    explain::record(cx, id, role.view, &lowered);
    lowered
}

fn lower_here(cx: &mut Cx<'_>, id: SchemaId, role: &Role) -> Lowered {
    let id = merge::follow(cx, id);
    let view = if cx.two_sided.contains(&id) { role.view } else { View::Read };
    if let Some(&type_id) = cx.named.get(&(id, view)) {
        return Lowered { ty: Type::Named(type_id), nullable: is_nullable(cx, id) };
    }
    if cx.keys.contains_key(&id) {
        let type_id = name_component(cx, id, view);
        return Lowered { ty: Type::Named(type_id), nullable: is_nullable(cx, id) };
    }
    let schema = merge::merged(cx, id);
    // What is made of others may lead back to them, as what is referred to may lead back to itself.
    let may_lead_back = cx.referenced.contains(&id) || !merge::parts_of(&cx.schema(id)).is_empty();
    if may_lead_back && !is_plain(cx, &schema) {
        let name = claim(cx, &schema, role);
        let otherwise = format!("What `{}` holds.", role.place.value);
        let type_id = push(cx, name, &role.place.value, &schema, &otherwise);
        cx.named.insert((id, view), type_id);
        cx.sources.insert(type_id, id);
        cx.pending.push_back(Pending { schema: id, type_id, role: role.clone() });
        return Lowered { ty: Type::Named(type_id), nullable: is_nullable(cx, id) };
    }
    shape(cx, id, role, None)
}

/// Names the type of a component schema, and lets it wait for its definition.
fn name_component(cx: &mut Cx<'_>, id: SchemaId, view: View) -> TypeId {
    let key = cx.keys[&id];
    let view = if cx.two_sided.contains(&id) { view } else { View::Read };
    if let Some(&known) = cx.named.get(&(id, view)) {
        return known;
    }
    let schema = merge::merged(cx, id);
    let mut given = cx.schema(id).rust_name.clone();
    let suffix = (view == View::Write).then(|| "input".to_owned());
    let seen = |words: Vec<String>| words.into_iter().chain(suffix.clone()).collect::<Vec<_>>();
    if let (View::Write, Some(given)) = (view, &mut given) {
        given.value.push_str("Input");
    }
    let name = cx.type_names.claim_or(cx.sink, given.as_ref(), key, Case::Pascal, candidates(&key.value).map(&seen));
    let otherwise = match view {
        View::Read => format!("The schema `{}`.", key.value),
        View::Write => format!("The schema `{}`, as requests have it.", key.value),
    };
    let type_id = push(cx, name, &key.value, &schema, &otherwise);
    cx.named.insert((id, view), type_id);
    cx.sources.insert(type_id, id);
    let role = Role { words: seen(words(&key.value)), place: key.clone(), view };
    cx.pending.push_back(Pending { schema: id, type_id, role });
    type_id
}

/// Whether a schema leads to no other: it needs no name to end a circle of references.
fn is_plain(cx: &Cx<'_>, schema: &Schema) -> bool {
    let types = merge::inferred(cx, schema);
    let is_scalar = types == TypeSet::ANY || types.intersection(TypeSet::ARRAY.with(TypeSet::OBJECT)).is_none();
    is_scalar && schema.any_of.is_empty() && schema.one_of.is_empty() && schema.values.is_none()
}

/// Whether null is a value of a schema that has a type besides.
pub(super) fn is_nullable(cx: &mut Cx<'_>, id: SchemaId) -> bool {
    let schema = merge::merged(cx, id);
    nullable(cx, &schema, 16)
}

fn nullable(cx: &mut Cx<'_>, schema: &Schema, depth: usize) -> bool {
    let by_type = schema.types == TypeSet::ANY || schema.types.contains(TypeSet::NULL);
    if !by_type || depth == 0 {
        return false;
    }
    if let Some(values) = &schema.values {
        return values.iter().any(|value| value.value == crate::document::Value::Null);
    }
    let alternatives: Vec<SchemaId> = schema.any_of.iter().chain(&schema.one_of).copied().collect();
    if alternatives.is_empty() {
        return schema.types.contains(TypeSet::NULL);
    }
    alternatives.into_iter().any(|id| {
        let alternative = merge::merged(cx, id);
        nullable(cx, &alternative, depth - 1)
    })
}

/// Lowers a schema by its keywords. A type definition that it needs takes the place of `reserved`, or a new one.
pub(super) fn shape(cx: &mut Cx<'_>, id: SchemaId, role: &Role, reserved: Option<TypeId>) -> Lowered {
    let target = if cx.keys.contains_key(&id) { merge::target(cx, id) } else { None };
    if let Some(target) = target {
        return lower(cx, target, role);
    }
    let schema = merge::merged(cx, id);
    let nullable = nullable(cx, &schema, 16);
    if is_redirected(cx, id) {
        return Lowered::of(Type::Any);
    }
    if let Some(path) = &schema.rust_type {
        return Lowered { ty: Type::Custom(path.value.clone()), nullable };
    }
    if schema.never {
        never(cx, id, &schema);
        return Lowered::of(Type::Any);
    }
    if cx.heirs.contains_key(&id) {
        let ty = inheritance::lower(cx, id, &schema, role, reserved);
        known(cx, id, &ty);
        return Lowered { ty, nullable };
    }
    if !(schema.any_of.is_empty() && schema.one_of.is_empty()) {
        let lowered = unions::alternatives(cx, id, &schema, role, reserved);
        known(cx, id, &lowered.ty);
        return lowered;
    }
    let lowered = match &schema.values {
        Some(values) => values::lower(cx, &schema, values, role, reserved),
        None => by_type(cx, id, &schema, role, reserved),
    };
    known(cx, id, &lowered.ty);
    Lowered { nullable: (nullable || lowered.nullable) && lowered.ty != Type::Any, ty: lowered.ty }
}

/// Whether a dynamic reference of a schema leads elsewhere from elsewhere: no type is that of all that it leads to.
fn is_redirected(cx: &Cx<'_>, id: SchemaId) -> bool {
    merge::parts(cx, id).into_iter().any(|part| {
        let anchor = cx.schema(part).dynamic_reference.as_ref().and_then(|reference| reference.anchor.clone());
        anchor.is_some_and(|anchor| {
            let has = |anchors: &&Vec<(String, SchemaId)>| anchors.iter().any(|(name, _)| *name == anchor);
            cx.model.dynamic_anchors.iter().filter(has).count() > 1
        })
    })
}

/// Remembers what a type that has just got its name is made of.
fn known(cx: &mut Cx<'_>, id: SchemaId, ty: &Type) {
    if let Type::Named(type_id) = ty {
        cx.sources.entry(*type_id).or_insert(id);
    }
}

fn by_type(cx: &mut Cx<'_>, id: SchemaId, schema: &Schema, role: &Role, reserved: Option<TypeId>) -> Lowered {
    let types = match schema.types {
        TypeSet::ANY => untyped(cx, id, schema),
        types => types,
    };
    if types == TypeSet::ANY {
        return Lowered::of(Type::Any);
    }
    let types = if types == TypeSet::NULL { types } else { types.without(TypeSet::NULL) };
    Lowered::of(match scalars::of(types, schema) {
        Some(scalar) => scalar,
        None if types == TypeSet::ARRAY => objects::array(cx, schema, role),
        None if types == TypeSet::OBJECT => objects::object(cx, schema, role, reserved),
        None => return unions::of_types(cx, types, schema, role, reserved),
    })
}

/// A schema without `type`: everything, or what its other keywords speak of.
fn untyped(cx: &mut Cx<'_>, id: SchemaId, schema: &Schema) -> TypeSet {
    let types = merge::inferred(cx, schema);
    let missing = match types {
        TypeSet::OBJECT => "object",
        TypeSet::ARRAY => "array",
        _ => return types,
    };
    cx.assumed.insert(id, types.with(TypeSet::NULL));
    let message = format!("`type: {missing}` is missing: read as if it were there");
    cx.sink.report(Diagnostic::new(Code::MissingType, schema.span, message).help(format!("add `type: {missing}`")));
    types
}

fn never(cx: &mut Cx<'_>, id: SchemaId, schema: &Schema) {
    cx.impossible.insert(id);
    let why = if cx.schema(id).never { "it is `false`" } else { "its parts contradict each other" };
    let message = format!("no value fits this schema: {why}");
    cx.sink.report(
        Diagnostic::new(Code::Impossible, schema.span, message)
            .label("its type holds any value, which is then refused"),
    );
}

/// Gives the id of the definition that a schema needs: the reserved one, or a new one in its role's name.
pub(super) fn define(cx: &mut Cx<'_>, schema: &Schema, role: &Role, reserved: Option<TypeId>) -> TypeId {
    if let Some(id) = reserved {
        return id;
    }
    let name = claim(cx, schema, role);
    push(cx, name, &role.place.value, schema, &format!("What `{}` holds.", role.place.value))
}

fn claim(cx: &mut Cx<'_>, schema: &Schema, role: &Role) -> Ident {
    let numbered = [role.words.clone()];
    cx.type_names.claim_or(cx.sink, schema.rust_name.as_ref(), &role.place, Case::Pascal, numbered)
}

/// Adds a definition whose kind is set when the schema is lowered.
fn push(cx: &mut Cx<'_>, name: Ident, key: &str, schema: &Schema, otherwise: &str) -> TypeId {
    cx.types.push(TypeDefinition {
        name,
        docs: docs_of(key, schema.title.as_ref(), schema.description.as_ref())
            .or(otherwise)
            .deprecated(schema.deprecated),
        kind: TypeKind::Alias(Type::Any),
        check: None,
    });
    TypeId(cx.types.len() - 1)
}

/// Says what a member of a union is, in its own words.
pub(super) fn variant_docs(schema: &Schema) -> Docs {
    docs_of("", schema.title.as_ref(), schema.description.as_ref())
}

/// Whether an object with this schema may have members that no property declares.
pub(super) fn is_closed(schema: &Schema) -> bool {
    schema.additional_properties == AdditionalProperties::Forbidden
}
