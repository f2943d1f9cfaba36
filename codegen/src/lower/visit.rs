//! Everything that types and operations refer to, one by one.

use crate::ir::{
    CheckId, Content, ContentForm, Contents, Literal, Operation, PartKind, Pick, Presence, ResponseBody, Rest, Text,
    Type, TypeDefinition, TypeId, TypeKind, XmlRoot,
};

/// What is referred to.
pub(super) enum Part<'ir> {
    /// A type with a name.
    Type(&'ir mut TypeId),
    /// A check of values.
    Check(&'ir mut CheckId),
    /// The type of a string.
    Text(Text),
    /// The root element of a body.
    Root(&'ir mut XmlRoot),
}

type Visit<'visit> = &'visit mut dyn FnMut(Part<'_>);

/// Visits what an operation refers to.
pub(super) fn operation(operation: &mut Operation, visit: Visit<'_>) {
    for parameter in &mut operation.parameters {
        ty(&mut parameter.ty, visit);
        presence(&mut parameter.presence, visit);
        parameter.check.iter_mut().for_each(|check| visit(Part::Check(check)));
    }
    operation.asked.iter_mut().for_each(|asked| visit(Part::Check(&mut asked.schema)));
    operation.body.iter_mut().for_each(|body| contents(&mut body.content, visit));
    for response in &mut operation.responses {
        let headers = response.headers.iter_mut().flat_map(|headers| &mut headers.fields);
        headers.for_each(|header| {
            ty(&mut header.ty, visit);
            header.check.iter_mut().for_each(|check| visit(Part::Check(check)));
        });
        match &mut response.body {
            ResponseBody::None | ResponseBody::Untyped => {}
            ResponseBody::Typed(body) => contents(body, visit),
        }
    }
}

fn contents(contents: &mut Contents, visit: Visit<'_>) {
    match contents {
        Contents::One(content) => self::content(content, visit),
        Contents::Several { variants, .. } => {
            for variant in variants {
                content(&mut variant.content, visit);
            }
        }
    }
}

fn content(content: &mut Content, visit: Visit<'_>) {
    form(&mut content.form, visit);
    content.others.iter_mut().for_each(|other| form(other, visit));
}

fn form(form: &mut ContentForm, visit: Visit<'_>) {
    match form {
        ContentForm::Json { ty, schema, check }
        | ContentForm::Form { ty, schema, check, .. }
        | ContentForm::Multipart { ty, schema, check, .. }
        | ContentForm::Items { ty, schema, check, .. } => {
            self::ty(ty, visit);
            visit(Part::Check(schema));
            if let Some(check) = check {
                visit(Part::Check(check));
            }
        }
        ContentForm::Xml { ty, schema, check, root } => {
            self::ty(ty, visit);
            visit(Part::Check(schema));
            if let Some(check) = check {
                visit(Part::Check(check));
            }
            visit(Part::Root(root));
        }
        ContentForm::Text { check } => check.iter_mut().for_each(|check| visit(Part::Check(check))),
        ContentForm::Bytes | ContentForm::Parts => {}
    }
    if let ContentForm::Multipart { terms, parts, .. } = form {
        for header in terms.iter_mut().flat_map(|terms| &mut terms.headers) {
            visit(Part::Check(&mut header.schema));
        }
        for part in parts.iter_mut().flat_map(|parts| &mut parts.all) {
            ty(&mut part.ty, visit);
            match &mut part.kind {
                PartKind::File => {}
                PartKind::Value(schema) | PartKind::Item(schema) => visit(Part::Check(schema)),
            }
        }
    }
}

/// Visits what a definition refers to.
pub(super) fn definition(definition: &mut TypeDefinition, visit: Visit<'_>) {
    definition.check.iter_mut().for_each(|check| visit(Part::Check(check)));
    kind(&mut definition.kind, visit);
}

/// Visits what a type is made of.
pub(super) fn kind(kind: &mut TypeKind, visit: Visit<'_>) {
    match kind {
        TypeKind::Struct { fields, rest, left_out: _ } => {
            for field in fields {
                ty(&mut field.ty, visit);
                presence(&mut field.presence, visit);
                field.check.iter_mut().for_each(|check| visit(Part::Check(check)));
            }
            match rest {
                Rest::Ignored | Rest::Refused => {}
                Rest::Kept { ty, .. } => self::ty(ty, visit),
            }
        }
        TypeKind::Strings(_) | TypeKind::Integers(_) | TypeKind::Values(_) => {}
        TypeKind::Union { variants, choice } => {
            for variant in variants {
                ty(&mut variant.ty, visit);
            }
            for rule in &mut choice.rules {
                match &mut rule.pick {
                    Pick::Exact(checks) => checks.iter_mut().for_each(|(check, _)| visit(Part::Check(check))),
                    Pick::Variant(_) | Pick::Tag { .. } | Pick::OptionalTag { .. } | Pick::Value { .. } => {}
                }
            }
        }
        TypeKind::AnyOf(branches) => {
            for branch in branches {
                ty(&mut branch.ty, visit);
                visit(Part::Check(&mut branch.check));
            }
        }
        TypeKind::Alias(target) | TypeKind::Newtype(target) => ty(target, visit),
    }
}

fn presence(presence: &mut Presence, visit: Visit<'_>) {
    match presence {
        Presence::Default { value: Literal::Variant(id, _), .. } => visit(Part::Type(id)),
        Presence::Default { .. }
        | Presence::Required
        | Presence::RequiredNullable
        | Presence::Optional
        | Presence::OptionalNullable => {}
    }
}

/// Visits what a type refers to.
pub(super) fn ty(ty: &mut Type, visit: Visit<'_>) {
    match ty {
        Type::Any | Type::Null | Type::Boolean | Type::Integer(_) | Type::Number | Type::Custom(_) => {}
        Type::Text(text) => visit(Part::Text(*text)),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => self::ty(inner, visit),
        Type::Tuple(items) => items.iter_mut().for_each(|item| self::ty(item, visit)),
        Type::Named(id) => visit(Part::Type(id)),
    }
}
