//! Which members of a published collection stay, and which are new.

use std::collections::HashMap;

use crate::document::{Entry, Node, Value};

/// What becomes of a collection.
pub(super) struct Pairs {
    /// For each member of the published one, its position in the effective one, if it stays.
    pub(super) kept: Vec<Option<usize>>,
    /// The position of the first new member. All behind it are new.
    pub(super) added: usize,
}

/// By key; a key that was removed and added again is new.
pub(super) fn entries(base: &[Entry], effective: &[Entry]) -> Option<Pairs> {
    let positions: HashMap<&str, usize> =
        base.iter().enumerate().map(|(index, entry)| (entry.key.text.as_str(), index)).collect();
    pairs(base.len(), effective.len(), |reached, index| {
        positions.get(effective[index].key.text.as_str()).copied().filter(|&at| at >= reached)
    })
}

/// By place: what an action changes within an item leaves that where it is. A value without parts may have been replaced.
pub(super) fn items(base: &[Node], effective: &[Node]) -> Option<Pairs> {
    let has_parts = |node: &Node| matches!(node.value, Value::Mapping(_) | Value::Sequence(_));
    pairs(base.len(), effective.len(), |reached, index| {
        let item = &effective[index];
        let same = base[reached..].iter().position(|other| other.span == item.span).map(|behind| reached + behind);
        let replaced = || {
            let there = base.get(reached)?;
            let stays = effective[index..].iter().any(|later| later.span == there.span);
            (!stays && !has_parts(there) && !has_parts(item)).then_some(reached)
        };
        same.or_else(replaced)
    })
}

/// `find` gives the published member of an effective one, at or behind a position. `None` where something new stands before
/// something old.
fn pairs(base: usize, effective: usize, find: impl Fn(usize, usize) -> Option<usize>) -> Option<Pairs> {
    let mut pairs = Pairs { kept: vec![None; base], added: effective };
    let mut reached = 0;
    for index in 0..effective {
        match find(reached, index) {
            Some(_) if pairs.added < effective => return None,
            Some(at) => {
                pairs.kept[at] = Some(index);
                reached = at + 1;
            }
            None => pairs.added = pairs.added.min(index),
        }
    }
    Some(pairs)
}
