//! Takes out of the [`Ir`] what no chosen operation needs.
//!
//! The one rule: what stays has the name that it has without a selection. So everything is lowered and named first, and
//! taken out afterwards.

use crate::ir::{
    CheckId, ContentForm, Contents, Gate, Ir, Literal, Operation, Pick, Presence, ResponseBody, Rest, Type, TypeId,
    TypeKind,
};
use crate::lower::context::Checks;

/// What refers to something by its number.
enum Number<'ir> {
    Type(&'ir mut TypeId),
    Check(&'ir mut CheckId),
}

type Visit<'visit> = &'visit mut dyn FnMut(Number<'_>);

/// Keeps the chosen operations, and the types, checks, traits and schemes that they lead to.
pub(super) fn prune(ir: &mut Ir, checks: &mut Checks, is_chosen: &[bool]) {
    let places = numbered(is_chosen);
    for group in &mut ir.groups {
        group.operations = group.operations.iter().filter_map(|&index| places[index]).collect();
    }
    ir.groups.retain(|group| !group.operations.is_empty());
    let mut chosen = is_chosen.iter();
    ir.operations.retain(|_| chosen.next().copied().unwrap_or(true));
    schemes(ir);
    types_and_checks(ir, checks);
}

fn schemes(ir: &mut Ir) {
    let mut used = vec![false; ir.schemes.len()];
    let gates = |ir: &mut Ir, visit: &mut dyn FnMut(&mut usize)| {
        for operation in &mut ir.operations {
            if let Gate::Schemes { alternatives, .. } = &mut operation.gate {
                alternatives.iter_mut().flatten().for_each(|scheme| visit(&mut scheme.scheme));
            }
        }
    };
    gates(ir, &mut |scheme| used[*scheme] = true);
    let places = numbered(&used);
    gates(ir, &mut |scheme| *scheme = places[*scheme].unwrap_or(*scheme));
    let mut used = used.into_iter();
    ir.schemes.retain(|_| used.next().unwrap_or(true));
}

fn types_and_checks(ir: &mut Ir, checks: &mut Checks) {
    let mut used = vec![false; ir.types.len()];
    let mut checked = vec![false; checks.order.len()];
    let mut pending = Vec::new();
    let mut visit = |number: Number<'_>, pending: &mut Vec<usize>| match number {
        Number::Type(id) if !std::mem::replace(&mut used[id.0], true) => pending.push(id.0),
        Number::Type(_) => {}
        Number::Check(id) => checked[id.0 as usize] = true,
    };
    for operation in &mut ir.operations {
        self::operation(operation, &mut |number| visit(number, &mut pending));
    }
    while let Some(index) = pending.pop() {
        kind(&mut ir.types[index].kind, &mut |number| visit(number, &mut pending));
    }

    let (types, numbers) = (numbered(&used), numbered(&checked));
    let mut renumber = |number: Number<'_>| match number {
        Number::Type(id) => id.0 = types[id.0].unwrap_or(id.0),
        Number::Check(id) => {
            let new = numbers[id.0 as usize].and_then(|number| u32::try_from(number).ok());
            id.0 = new.unwrap_or(id.0);
        }
    };
    let mut used = used.into_iter();
    ir.types.retain(|_| used.next().unwrap_or(true));
    ir.types.iter_mut().for_each(|definition| kind(&mut definition.kind, &mut renumber));
    ir.operations.iter_mut().for_each(|operation| self::operation(operation, &mut renumber));
    ir.explanations.retain(|explanation| names_kept(&explanation.ty, &types));
    ir.explanations.iter_mut().for_each(|explanation| ty(&mut explanation.ty, &mut renumber));
    checks.retain(&checked);
}

/// The new places of what is kept.
fn numbered(kept: &[bool]) -> Vec<Option<usize>> {
    let mut next = 0..;
    kept.iter().map(|&kept| if kept { next.next() } else { None }).collect()
}

fn names_kept(ty: &Type, places: &[Option<usize>]) -> bool {
    let mut all = true;
    self::ty(&mut ty.clone(), &mut |number| match number {
        Number::Type(id) => all &= places[id.0].is_some(),
        Number::Check(_) => {}
    });
    all
}

fn operation(operation: &mut Operation, visit: Visit<'_>) {
    for parameter in &mut operation.parameters {
        ty(&mut parameter.ty, visit);
        presence(&mut parameter.presence, visit);
        parameter.check.iter_mut().for_each(|check| visit(Number::Check(check)));
    }
    operation.body.iter_mut().for_each(|body| contents(&mut body.content, visit));
    for response in &mut operation.responses {
        let headers = response.headers.iter_mut().flat_map(|headers| &mut headers.fields);
        headers.for_each(|header| ty(&mut header.ty, visit));
        match &mut response.body {
            ResponseBody::None | ResponseBody::Untyped => {}
            ResponseBody::Typed(body) => contents(body, visit),
        }
    }
}

fn contents(contents: &mut Contents, visit: Visit<'_>) {
    match contents {
        Contents::One(content) => form(&mut content.form, visit),
        Contents::Several { variants, .. } => {
            variants.iter_mut().for_each(|variant| form(&mut variant.content.form, visit));
        }
    }
}

fn form(form: &mut ContentForm, visit: Visit<'_>) {
    match form {
        ContentForm::Json { ty, schema, .. }
        | ContentForm::Form { ty, schema, .. }
        | ContentForm::Multipart { ty, schema, .. } => {
            self::ty(ty, visit);
            visit(Number::Check(schema));
        }
        ContentForm::Text | ContentForm::Bytes => {}
    }
}

fn kind(kind: &mut TypeKind, visit: Visit<'_>) {
    match kind {
        TypeKind::Struct { fields, rest } => {
            for field in fields {
                ty(&mut field.ty, visit);
                presence(&mut field.presence, visit);
            }
            match rest {
                Rest::Ignored | Rest::Refused => {}
                Rest::Kept { ty, .. } => self::ty(ty, visit),
            }
        }
        TypeKind::Strings(_) | TypeKind::Integers(_) | TypeKind::Values(_) => {}
        TypeKind::Union { variants, choice } => {
            variants.iter_mut().for_each(|variant| ty(&mut variant.ty, visit));
            for rule in &mut choice.rules {
                match &mut rule.pick {
                    Pick::Exact(checks) => checks.iter_mut().for_each(|(check, _)| visit(Number::Check(check))),
                    Pick::Variant(_) | Pick::Tag { .. } | Pick::Property(_) | Pick::Value { .. } => {}
                }
            }
        }
        TypeKind::AnyOf(branches) => {
            for branch in branches {
                ty(&mut branch.ty, visit);
                visit(Number::Check(&mut branch.check));
            }
        }
        TypeKind::Alias(target) | TypeKind::Newtype(target) => ty(target, visit),
    }
}

fn presence(presence: &mut Presence, visit: Visit<'_>) {
    match presence {
        Presence::Default { value: Literal::Variant(id, _), .. } => visit(Number::Type(id)),
        Presence::Default { .. }
        | Presence::Required
        | Presence::RequiredNullable
        | Presence::Optional
        | Presence::OptionalNullable => {}
    }
}

fn ty(ty: &mut Type, visit: Visit<'_>) {
    match ty {
        Type::Any | Type::Null | Type::Boolean | Type::Integer(_) | Type::Number | Type::Text(_) | Type::Custom(_) => {}
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => self::ty(inner, visit),
        Type::Tuple(items) => items.iter_mut().for_each(|item| self::ty(item, visit)),
        Type::Named(id) => visit(Number::Type(id)),
    }
}
