//! Multipart bodies with files enter, streams of typed parts leave.
//!
//! The one rule: a part is typed as its property is. Where a property is no single part, or what else may be sent has a
//! type, the body is read whole, and a warning says so.

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{
    ContentForm, Contents, Operation, Part, PartKind, Parts, PropertyEncoding, PropertyForm, ResponseBody, Rest, Text,
    Type, TypeKind,
};
use crate::lower::content::is_file;
use crate::lower::context::Cx;
use crate::lower::merge;
use crate::lower::names::{Case, Scope, words};
use crate::lower::operations::Names;
use crate::lower::types::Role;
use crate::model::{Limits, MediaType, Property, SchemaId, Spanned, TypeSet};

/// The parts of a body that has a file; their types come when all types are known.
pub(super) fn parts(cx: &mut Cx<'_>, names: &mut Names, media: &MediaType, id: SchemaId, role: &Role) -> Option<Parts> {
    let merged = merge::merged(cx, id);
    let mut scope = Scope::default();
    let all: Vec<Part> = merged.properties.iter().map(|property| part(cx, &mut scope, property)).collect();
    if !all.iter().any(|part| matches!(part.kind, PartKind::File)) {
        return None;
    }
    let mut words = role.words.clone();
    words.retain(|word| word != "body");
    words.push("part".to_owned());
    let place = Spanned { value: role.place.value.clone(), span: media.name.span };
    let name = names.items.claim_quietly(&place, Case::Pascal, [words]);
    Some(Parts { name, place: media.name.span, all })
}

fn part(cx: &mut Cx<'_>, scope: &mut Scope, property: &Property) -> Part {
    let key = &property.key;
    let name = scope.claim_quietly(key, Case::Pascal, [words(&key.value)]);
    let merged = merge::merged(cx, property.schema);
    let kinds = merge::kinds(cx, &merged, 8).without(TypeSet::NULL);
    let item = merged.items.filter(|_| kinds == TypeSet::ARRAY);
    let target = item.map_or_else(|| merged.clone(), |item| merge::merged(cx, item));
    let kind = if is_file(&target) {
        if target.limits != Limits::default() {
            let message = format!("what the file `{}` holds is not checked against its schema", key.value);
            let report = Diagnostic::new(Code::UncheckedContent, key.span, message).label("handed on as it comes");
            cx.sink.report(report);
        }
        PartKind::File
    } else {
        // An item that is a list itself could not be told from several items.
        match item.filter(|_| !merge::kinds(cx, &target, 8).contains(TypeSet::ARRAY)) {
            Some(item) => PartKind::Item(cx.check(item)),
            None => PartKind::Value(cx.check(property.schema)),
        }
    };
    Part { name, key: key.value.clone(), ty: Type::Any, kind }
}

/// Types the parts of all bodies.
pub(super) fn settle<'ir>(cx: &mut Cx<'_>, operations: impl Iterator<Item = &'ir mut Operation>) {
    for operation in operations {
        let body = operation.body.iter_mut().map(|body| &mut body.content);
        let responses = operation.responses.iter_mut().filter_map(|response| match &mut response.body {
            ResponseBody::None | ResponseBody::Untyped => None,
            ResponseBody::Typed(contents) => Some(contents),
        });
        for contents in body.chain(responses) {
            match contents {
                Contents::One(content) => form(cx, &mut content.form),
                Contents::Several { variants, .. } => {
                    for variant in variants {
                        form(cx, &mut variant.content.form);
                    }
                }
            }
        }
    }
}

fn form(cx: &mut Cx<'_>, form: &mut ContentForm) {
    let ContentForm::Multipart { ty, encoding, parts, .. } = form else { return };
    let Some(mut found) = parts.take() else { return };
    let has_names = |property: &PropertyEncoding| !matches!(property.form, PropertyForm::Styled { .. });
    if encoding.iter().all(has_names) && typed(cx, ty, &mut found) {
        *parts = Some(found);
        return;
    }
    let message = "the files of this body are read into memory, and their media types are not checked";
    let help = "give each part a property of its own, without `style` and without a type of `additionalProperties`";
    let label = "not all of its parts are told apart by their names";
    cx.sink.report(Diagnostic::new(Code::UncheckedContent, found.place, message).label(label).help(help));
}

/// Finds the types of parts in the struct that they make together. Nothing where it is no struct that has them.
fn typed(cx: &Cx<'_>, ty: &Type, found: &mut Parts) -> bool {
    let Some(TypeKind::Struct { fields, left_out, rest: Rest::Ignored | Rest::Refused }) = definition(cx, ty) else {
        return false;
    };
    found.all.retain(|part| !left_out.contains(&part.key));
    found.all.iter_mut().all(|part| {
        let Some(field) = fields.iter().find(|field| field.key == part.key) else { return false };
        let ty = bare(cx, &field.ty);
        part.ty = match (&part.kind, ty) {
            (PartKind::File | PartKind::Item(_), Type::List(item)) => bare(cx, item).clone(),
            (PartKind::Item(_), _) => return false,
            (PartKind::File, ty) => ty.clone(),
            (PartKind::Value(_), _) => without_null(&field.ty).clone(),
        };
        !matches!(part.kind, PartKind::File) || part.ty == Type::Text(Text::Binary)
    })
}

/// What a type is made of.
fn definition<'cx>(cx: &'cx Cx<'_>, ty: &'cx Type) -> Option<&'cx TypeKind> {
    match bare(cx, ty) {
        Type::Named(id) => Some(&cx.types[id.0].kind),
        _ => None,
    }
}

/// A type behind its other names.
fn bare<'cx>(cx: &'cx Cx<'_>, mut ty: &'cx Type) -> &'cx Type {
    // A name that leads back to itself ends somewhere.
    for _ in 0..=cx.types.len() {
        ty = match ty {
            Type::Nullable(inner) | Type::Boxed(inner) => inner,
            Type::Named(id) => match &cx.types[id.0].kind {
                TypeKind::Alias(inner) => inner,
                _ => return ty,
            },
            ty => return ty,
        };
    }
    ty
}

fn without_null(ty: &Type) -> &Type {
    match ty {
        Type::Nullable(inner) | Type::Boxed(inner) => without_null(inner),
        ty => ty,
    }
}
