//! Types that contain themselves: fields on the way back are boxed, aliases become types of their own.

use crate::ir::{Type, TypeDefinition, TypeId, TypeKind};

/// Makes every type finite. Only what closes a circle is changed, so most recursive types keep plain fields.
pub(super) fn end(types: &mut [TypeDefinition]) {
    for index in 0..types.len() {
        let TypeKind::Alias(target) = &types[index].kind else { continue };
        if aliases(types, target, TypeId(index), types.len()) {
            types[index].kind = TypeKind::Newtype(target.clone());
        }
    }
    let mut states = vec![State::New; types.len()];
    for index in 0..types.len() {
        visit(types, TypeId(index), &mut states);
    }
}

/// Whether an alias's target names the alias again: the compiler refuses such aliases even behind a list.
fn aliases(types: &[TypeDefinition], ty: &Type, wanted: TypeId, depth: usize) -> bool {
    match ty {
        Type::Any | Type::Null | Type::Boolean | Type::Integer(_) | Type::Number | Type::Text(_) | Type::Custom(_) => {
            false
        }
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            aliases(types, inner, wanted, depth)
        }
        Type::Tuple(items) => items.iter().any(|item| aliases(types, item, wanted, depth)),
        Type::Named(id) => {
            *id == wanted
                || match (&types[id.0].kind, depth.checked_sub(1)) {
                    (TypeKind::Alias(target), Some(depth)) => aliases(types, target, wanted, depth),
                    _ => false,
                }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// Depth-first over what a type holds directly; a part that leads back to an open type is boxed. The path is kept in a
/// list, not on the stack: documents have chains of any length.
fn visit(types: &mut [TypeDefinition], root: TypeId, states: &mut [State]) {
    if states[root.0] != State::New {
        return;
    }
    states[root.0] = State::Open;
    let mut path = vec![(root, held(types, root).into_iter().enumerate())];
    while let Some((id, parts)) = path.last_mut() {
        let id = *id;
        match parts.next() {
            None => {
                states[id.0] = State::Done;
                path.pop();
            }
            Some((index, Some(target))) if states[target.0] == State::Open => box_part(&mut types[id.0].kind, index),
            Some((_, Some(target))) if states[target.0] == State::New => {
                states[target.0] = State::Open;
                path.push((target, held(types, target).into_iter().enumerate()));
            }
            Some((_, Some(_) | None)) => {}
        }
    }
}

/// What each part of a type holds directly.
fn held(types: &[TypeDefinition], id: TypeId) -> Vec<Option<TypeId>> {
    parts(&types[id.0].kind).into_iter().map(|ty| direct(types, ty)).collect()
}

/// The types that a definition is made of, one after the other.
fn parts(kind: &TypeKind) -> Vec<&Type> {
    match kind {
        // What is kept besides is behind the pointer of a map.
        TypeKind::Struct { fields, .. } => fields.iter().map(|field| &field.ty).collect(),
        TypeKind::Union { variants, .. } => variants.iter().map(|variant| &variant.ty).collect(),
        TypeKind::AnyOf(branches) => branches.iter().map(|branch| &branch.ty).collect(),
        TypeKind::Alias(ty) | TypeKind::Newtype(ty) => vec![ty],
        TypeKind::Strings(_) | TypeKind::Integers(_) | TypeKind::Values(_) => Vec::new(),
    }
}

/// The type that a value holds without a pointer in between, aliases followed. Of a tuple the first that is found counts.
fn direct(types: &[TypeDefinition], ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Any
        | Type::Null
        | Type::Boolean
        | Type::Integer(_)
        | Type::Number
        | Type::Text(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Boxed(_)
        | Type::Custom(_) => None,
        Type::Nullable(inner) => direct(types, inner),
        Type::Tuple(items) => items.iter().find_map(|item| direct(types, item)),
        Type::Named(id) => match &types[id.0].kind {
            TypeKind::Alias(target) => direct(types, target),
            _ => Some(*id),
        },
    }
}

fn box_part(kind: &mut TypeKind, index: usize) {
    let ty = match kind {
        TypeKind::Struct { fields, .. } => &mut fields[index].ty,
        TypeKind::Union { variants, .. } => &mut variants[index].ty,
        TypeKind::AnyOf(branches) => &mut branches[index].ty,
        TypeKind::Alias(ty) | TypeKind::Newtype(ty) => ty,
        TypeKind::Strings(_) | TypeKind::Integers(_) | TypeKind::Values(_) => return,
    };
    *ty = Type::Boxed(Box::new(ty.clone()));
}
