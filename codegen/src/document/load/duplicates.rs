//! Keys that a mapping has twice, in linear time.

use std::collections::HashMap;

use crate::document::Entry;

/// In a mapping with fewer entries, looking at all pairs is quicker than a table.
const SMALL: usize = 12;

/// Pairs of the first and a later entry with the same key, by the later one.
pub(super) fn duplicates(entries: &[Entry]) -> Vec<(usize, usize)> {
    let text = |index: usize| entries[index].key.text.as_str();
    if entries.len() < SMALL {
        let first = |again| (0..again).find(|&first| text(first) == text(again));
        return (0..entries.len()).filter_map(|again| first(again).map(|first| (first, again))).collect();
    }
    let mut firsts = HashMap::with_capacity(entries.len());
    let mut first = |again| Some(*firsts.entry(text(again)).or_insert(again)).filter(|&first| first != again);
    (0..entries.len()).filter_map(|again| first(again).map(|first| (first, again))).collect()
}
