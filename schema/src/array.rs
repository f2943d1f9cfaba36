//! What is demanded of arrays.

use serde_json::Value;

use crate::arena::{Array, Count, Id};
use crate::check::{Check, Step};
use crate::equal::first_twins;
use crate::evaluated::Evaluated;
use crate::message::{self, CONTAINED, ITEMS};
use crate::sentence::Sentence;
use crate::violation::ViolationKind;

impl<'a> Check<'a> {
    pub(crate) fn array(&mut self, array: &Array, value: &'a Value, mut evaluated: Option<&mut Evaluated<'a>>) -> bool {
        let Value::Array(items) = value else { return true };
        let mut admits = self.item_count(array.count, items);
        if array.unique && self.goes_on(admits) {
            admits &= self.unique(items);
        }
        if self.goes_on(admits) {
            admits &= self.items(array, items);
        }
        if let Some(evaluated) = evaluated.as_deref_mut() {
            match array.items {
                Some(_) => evaluated.all_items(),
                None => evaluated.first_items(array.prefix.len()),
            }
        }
        if let Some((id, count)) = array.contains
            && self.goes_on(admits)
        {
            admits &= self.contains(id, count, items, evaluated);
        }
        admits
    }

    fn item_count(&mut self, count: Count, items: &[Value]) -> bool {
        let given = items.len() as u64;
        count.admits(given) || self.fail(ViolationKind::ItemCount, || message::count(count, given, ITEMS))
    }

    fn unique(&mut self, items: &[Value]) -> bool {
        first_twins(items).is_none_or(|(first, second)| {
            self.fail(ViolationKind::DuplicateItem, || Sentence::EqualItems.with([first.into(), second.into()]))
        })
    }

    fn items(&mut self, array: &Array, items: &'a [Value]) -> bool {
        let mut admits = true;
        for (index, item) in items.iter().enumerate() {
            let Some(id) = array.prefix.get(index).copied().or(array.items) else { break };
            admits &= self.item(index, id, item, index >= array.prefix.len());
            if !self.goes_on(admits) {
                break;
            }
        }
        admits
    }

    /// `is_rest`: the item is one of those that others leave, so a schema that allows nothing says that there be none.
    fn item(&mut self, index: usize, id: Id, item: &'a Value, is_rest: bool) -> bool {
        let step = Step::Index(index);
        if is_rest && self.arena.is_never(id) {
            return self.fail_below(step, ViolationKind::UnknownItem, || Sentence::OneItemTooMany);
        }
        self.below(step, id, item)
    }

    fn contains(
        &mut self,
        id: Id,
        count: Count,
        items: &'a [Value],
        mut evaluated: Option<&mut Evaluated<'a>>,
    ) -> bool {
        let mut given = 0;
        for (index, item) in items.iter().enumerate() {
            if self.branch(id, item, None) {
                given += 1;
                if let Some(evaluated) = evaluated.as_deref_mut() {
                    evaluated.item(index);
                }
            }
        }
        count.admits(given) || self.fail(ViolationKind::Contains, || message::count(count, given, CONTAINED))
    }

    pub(crate) fn unevaluated_items(
        &mut self,
        id: Id,
        value: &'a Value,
        evaluated: Option<&mut Evaluated<'a>>,
    ) -> bool {
        let (Value::Array(items), Some(evaluated)) = (value, evaluated) else { return true };
        let mut admits = true;
        for (index, item) in items.iter().enumerate().filter(|(index, _)| !evaluated.has_item(*index)) {
            admits &= self.item(index, id, item, true);
            if !self.goes_on(admits) {
                break;
            }
        }
        evaluated.all_items();
        admits
    }
}
