//! Members that only one of two mappings has enter; those of them that are one member with two names are told of, and taken
//! out.
//!
//! The one rule: a value that is the same but for human text, under another key, is one difference and not two.

use crate::{
    compare::{
        Change, Comparison, Difference, Side,
        grammar::{self, Place},
        walk::{At, Cx, Step, below, named},
    },
    document::{Entry, Pointer},
    role::Role,
};

/// A member that has no partner, and its index.
type Left<'doc> = (usize, &'doc Entry);

/// Pairs of members that are looked at for the same value under another key in another place, at most.
const MOVED: usize = 400;

impl<'doc> Cx<'doc> {
    /// The same value under another key is one difference, not two: in the same place, or wherever among names that the writer
    /// chose only one has it.
    pub(super) fn take_renamed(&mut self, at: At<'doc>, lost: &mut Vec<Left<'doc>>, added: &mut Vec<Left<'doc>>) {
        lost.retain(|&(index, one)| {
            // What is left is in the order of its indices.
            let Ok(partner) = added.binary_search_by_key(&index, |&(index, _)| index) else { return true };
            !self.is_taken_as_renamed(at, one, partner, added)
        });
        if !matches!(at.place, Place::Names(_)) || lost.len().saturating_mul(added.len()) > MOVED {
            return;
        }
        let likes = |one: &'doc Entry, other: &'doc Entry| self.if_renamed(at, one, other).is_some();
        let lone = |one: &'doc Entry| {
            let mut others = added.iter().map(|&(_, other)| other).filter(|other| likes(one, other));
            let other = others.next().filter(|_| others.next().is_none())?;
            (lost.iter().filter(|(_, rival)| likes(rival, other)).count() == 1).then_some(other)
        };
        let partners: Vec<Option<&'doc Entry>> = lost.iter().map(|(_, one)| lone(one)).collect();
        let mut partners = partners.into_iter();
        lost.retain(|&(_, one)| {
            let Some(other) = partners.next().flatten() else { return true };
            let partner = added.iter().position(|&(_, entry)| std::ptr::eq(entry, other));
            !partner.is_some_and(|partner| self.is_taken_as_renamed(at, one, partner, added))
        });
    }

    /// Whether an entry is another one under another key: then both are told of, and the other one is taken out.
    fn is_taken_as_renamed(
        &mut self,
        at: At<'doc>,
        one: &'doc Entry,
        partner: usize,
        added: &mut Vec<Left<'doc>>,
    ) -> bool {
        let Some(below) = self.if_renamed(at, one, added[partner].1) else { return false };
        let (_, other) = added.remove(partner);
        self.renamed(at, one, other);
        self.found.differences.extend(below.differences);
        self.found.same.extend(below.same);
        true
    }

    /// What is found below two members that are contract, and have the same value but for human text.
    fn if_renamed(&self, at: At<'doc>, base: &'doc Entry, copy: &'doc Entry) -> Option<Comparison<'doc>> {
        let roles = (
            named(at, self.base_roles.within(at.role, base.value.id)),
            named(at, self.copy_roles.within(at.role, copy.value.id)),
        );
        if roles != (Role::Contract, Role::Contract) {
            return None;
        }
        let mut path = self.path.clone();
        path.push((Step::Key(&base.key.text), Step::Key(&copy.key.text)));
        let mut cx = Cx { found: Comparison::default(), path, is_trial: true, ..*self };
        cx.node(below(at, base, copy), &base.value, &copy.value);
        cx.found.differences.iter().all(is_text).then_some(cx.found)
    }

    fn renamed(&mut self, at: At<'doc>, base: &'doc Entry, copy: &'doc Entry) {
        let (base_pointer, copy_pointer) = self.pointers();
        let (old, _) = grammar::member(at.place, &base.key.text);
        let (new, _) = grammar::member(at.place, &copy.key.text);
        let side = |entry: &'doc Entry, pointer: &Pointer| Side {
            node: Some(&entry.value),
            pointer: pointer.child(&entry.key.text),
            place: entry.key.span,
        };
        self.found.differences.push(Difference {
            change: Change::Renamed(new),
            role: Role::Contract,
            thing: old,
            base: side(base, &base_pointer),
            copy: side(copy, &copy_pointer),
            below: 0,
        });
    }
}

/// Whether a difference is one of words only.
fn is_text(difference: &Difference<'_>) -> bool {
    (difference.change, difference.role) == (Change::Changed, Role::Text)
}
