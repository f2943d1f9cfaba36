//! Takes out of the [`Ir`] what no chosen operation needs.
//!
//! The one rule: what stays has the name that it has without a selection. So everything is lowered and named first, and
//! taken out afterwards.

use crate::ir::{Gate, Ir, Type};
use crate::lower::asked;
use crate::lower::context::Checks;
use crate::lower::visit::{self, Part};

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
    asked::prune(ir);
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
    let mut mark = |part: Part<'_>, pending: &mut Vec<usize>| match part {
        Part::Type(id) if !std::mem::replace(&mut used[id.0], true) => pending.push(id.0),
        Part::Check(id) => checked[id.0 as usize] = true,
        Part::Type(_) | Part::Text(_) | Part::Root(_) => {}
    };
    for operation in &mut ir.operations {
        visit::operation(operation, &mut |part| mark(part, &mut pending));
    }
    while let Some(index) = pending.pop() {
        visit::definition(&mut ir.types[index], &mut |part| mark(part, &mut pending));
    }

    let (types, numbers) = (numbered(&used), numbered(&checked));
    let mut renumber = |part: Part<'_>| match part {
        Part::Type(id) => id.0 = types[id.0].unwrap_or(id.0),
        Part::Check(id) => {
            let new = numbers[id.0 as usize].and_then(|number| u32::try_from(number).ok());
            id.0 = new.unwrap_or(id.0);
        }
        Part::Text(_) | Part::Root(_) => {}
    };
    let mut used = used.into_iter();
    ir.types.retain(|_| used.next().unwrap_or(true));
    ir.types.iter_mut().for_each(|definition| visit::definition(definition, &mut renumber));
    ir.operations.iter_mut().for_each(|operation| visit::operation(operation, &mut renumber));
    let methods = ir.errors.iter_mut().flat_map(|errors| &mut errors.methods);
    methods.for_each(|method| visit::ty(&mut method.ty, &mut renumber));
    ir.explanations.retain(|explanation| names_kept(&explanation.ty, &types));
    ir.explanations.iter_mut().for_each(|explanation| visit::ty(&mut explanation.ty, &mut renumber));
    checks.retain(&checked);
}

/// The new places of what is kept.
fn numbered(kept: &[bool]) -> Vec<Option<usize>> {
    let mut next = 0..;
    kept.iter().map(|&kept| if kept { next.next() } else { None }).collect()
}

fn names_kept(ty: &Type, places: &[Option<usize>]) -> bool {
    let mut all = true;
    visit::ty(&mut ty.clone(), &mut |part| match part {
        Part::Type(id) => all &= places[id.0].is_some(),
        Part::Check(_) | Part::Text(_) | Part::Root(_) => {}
    });
    all
}
