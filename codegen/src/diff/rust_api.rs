//! The generated code of two documents: what users of the code have to change, or may use now.
//!
//! The one rule: a type that got another name is told once, and not again wherever it is used.

use crate::diff::effect::Found;
use crate::diff::items::{self, Item};
use crate::diff::{Side, calls, inventory, origins};
use crate::ir::{Ident, TypeDefinition};

/// Compares the items of the code.
pub(super) fn compare(old: Side<'_>, new: Side<'_>) -> Vec<Found> {
    let origins = [old, new].map(origins::of_types);
    let before = inventory::types(old, &origins[0], &old.ir.types);
    let after = inventory::types(new, &origins[1], &new.ir.types);
    let names = renamed(&old.ir.types, &before, &after);
    let is_renamed = names.iter().zip(&old.ir.types).any(|(new, old)| new.name != old.name);
    let before = if is_renamed { inventory::types(old, &origins[0], &names) } else { before };
    let mut found = Vec::new();
    items::compare(&before, &after, &mut found);
    items::compare(&calls::items(old, &names), &calls::items(new, &new.ir.types), &mut found);
    found
}

/// The old types with the names that they have in the new code: for signatures.
fn renamed(types: &[TypeDefinition], before: &[Item], after: &[Item]) -> Vec<TypeDefinition> {
    let mut types = types.to_vec();
    let pairs = items::pairs(before, after);
    // The old items come first and in their order, as the types do.
    for (definition, (_, partner)) in types.iter_mut().zip(pairs) {
        if let Some(name) = partner.and_then(|partner| partner.path.rsplit("::").next()) {
            definition.name = Ident::new(name.to_owned());
        }
    }
    types
}
