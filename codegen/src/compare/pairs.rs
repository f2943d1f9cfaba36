//! Which part of a copy belongs to which part of its base: two lists enter, pairs and what is left over leave.
//!
//! The one rule: every part is in one pair or left over once.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use crate::document::{Entry, Node, Value};

/// The members of two mappings.
pub(super) struct Members<'a> {
    /// In both.
    pub(super) both: Vec<(&'a Entry, &'a Entry)>,
    /// Only in the base, with their index.
    pub(super) base: Vec<(usize, &'a Entry)>,
    /// Only in the copy, with their index.
    pub(super) copy: Vec<(usize, &'a Entry)>,
}

/// The items of two sequences.
pub(super) struct Items<'a> {
    /// In both.
    pub(super) both: Vec<(Item<'a>, Item<'a>)>,
    /// Only in the base.
    pub(super) base: Vec<Item<'a>>,
    /// Only in the copy.
    pub(super) copy: Vec<Item<'a>>,
}

/// An item with its index.
type Item<'a> = (usize, &'a Node);

/// Mappings as sets of keys.
pub(super) fn by_key<'a>(base: &'a [Entry], copy: &'a [Entry]) -> Members<'a> {
    let mut rest: HashMap<&str, &Entry> = copy.iter().map(|entry| (entry.key.text.as_str(), entry)).collect();
    let mut members = Members { both: Vec::new(), base: Vec::new(), copy: Vec::new() };
    for (index, entry) in base.iter().enumerate() {
        match rest.remove(entry.key.text.as_str()) {
            Some(other) => members.both.push((entry, other)),
            None => members.base.push((index, entry)),
        }
    }
    members.copy = copy.iter().enumerate().filter(|(_, entry)| rest.contains_key(entry.key.text.as_str())).collect();
    members
}

/// Sequences with a meaning to each position. Of lists that are not equally long, what is the same at both ends is paired,
/// and what is between by index: an item that is missing makes the others no different.
pub(super) fn in_order<'a>(
    base: &'a [Node],
    copy: &'a [Node],
    is_same: impl Fn(&'a Node, &'a Node) -> bool,
) -> Items<'a> {
    let shorter = base.len().min(copy.len());
    let mut end = 0;
    if base.len() != copy.len() {
        let start = base.iter().zip(copy).take_while(|(one, other)| is_same(one, other)).count();
        let behind = base[start..].iter().rev().zip(copy[start..].iter().rev());
        end = behind.take(shorter - start).take_while(|(one, other)| is_same(one, other)).count();
    }
    let common = shorter - end;
    let mut both: Vec<_> = base.iter().enumerate().zip(copy.iter().enumerate()).take(common).collect();
    let (base_end, copy_end) = (base.len() - end, copy.len() - end);
    both.extend(base.iter().enumerate().skip(base_end).zip(copy.iter().enumerate().skip(copy_end)));
    let rest = |items: &'a [Node], end: usize| items.iter().enumerate().take(end).skip(common).collect();
    Items { both, base: rest(base, base_end), copy: rest(copy, copy_end) }
}

/// Sequences in which only presence matters. What is left over is paired in order: a changed item is one difference.
pub(super) fn as_set<'a>(base: &'a [Node], copy: &'a [Node]) -> Items<'a> {
    by(base, copy, |node| Some(node.canonical()))
}

/// Which values of the `enum` of two schemas are the same, by index; none where they differ in more than order.
pub(super) fn enums(base: &[Entry], copy: &[Entry]) -> Option<Vec<(usize, usize)>> {
    let values = |entries: &'_ [Entry]| match &entries.iter().find(|entry| entry.key.text == "enum")?.value.value {
        Value::Sequence(items) => Some(items.iter().map(Node::canonical).collect::<Vec<_>>()),
        Value::Null | Value::Boolean(_) | Value::Number(_) | Value::String(_) | Value::Mapping(_) => None,
    };
    let (base, copy) = (values(base)?, values(copy)?);
    let mut places: HashMap<&str, usize> =
        copy.iter().enumerate().map(|(index, value)| (value.as_str(), index)).collect();
    let is_whole = base.len() == copy.len() && places.len() == copy.len();
    // A value that is there twice has one partner only.
    let pairs = base.iter().enumerate().map(|(index, value)| Some((index, places.remove(value.as_str())?)));
    pairs.collect::<Option<_>>().filter(|_| is_whole)
}

/// Sequences whose items belong together as these indices say.
pub(super) fn permuted<'a>(base: &'a [Node], copy: &'a [Node], pairs: &[(usize, usize)]) -> Items<'a> {
    let both = pairs.iter().map(|&(one, other)| ((one, &base[one]), (other, &copy[other]))).collect();
    Items { both, base: Vec::new(), copy: Vec::new() }
}

/// Tags and servers, told apart by the name or URL of each, or by their value. What is left over is paired in order.
pub(super) fn as_named<'a>(base: &'a [Node], copy: &'a [Node]) -> Items<'a> {
    by(base, copy, |node| {
        let name = ["url", "name"].iter().find_map(|key| node.get(key)?.as_str());
        Some(name.map_or_else(|| node.canonical(), str::to_owned))
    })
}

/// Pairs what has the same key, and then in order what is left over.
fn by<'a>(base: &'a [Node], copy: &'a [Node], key: impl Fn(&'a Node) -> Option<String>) -> Items<'a> {
    let mut matched = matches(base, copy, key);
    let mut rest: Vec<usize> = rest(&matched, copy.len());
    rest.reverse();
    for place in matched.iter_mut().filter(|place| place.is_none()) {
        *place = rest.pop();
    }
    items(base, copy, &matched)
}

/// Parameters, told apart by `in` and `name`, or by `$ref`. A left-over one is paired with one at the same index: then
/// its place or name has been changed.
pub(super) fn as_parameters<'a>(base: &'a [Node], copy: &'a [Node]) -> Items<'a> {
    let mut matched = matches(base, copy, parameter);
    let rest = rest(&matched, copy.len());
    for (index, place) in matched.iter_mut().enumerate().filter(|(_, place)| place.is_none()) {
        *place = rest.binary_search(&index).is_ok().then_some(index);
    }
    items(base, copy, &matched)
}

/// What a message calls an item: short strings and parameters have names.
pub(super) fn name(node: &Node) -> &str {
    match &node.value {
        Value::String(text) if text.len() <= 80 && !text.contains('\n') => text,
        Value::Number(digits) => digits,
        Value::Boolean(_) | Value::Null | Value::String(_) | Value::Sequence(_) => "",
        Value::Mapping(_) => node.get("name").or_else(|| node.get("$ref")).and_then(Node::as_str).unwrap_or_default(),
    }
}

/// For every item of the base, the index of its partner in the copy: one with the same key. Partners at the same index are
/// tried first.
fn matches<'a, K: Eq + Hash>(
    base: &'a [Node],
    copy: &'a [Node],
    key: impl Fn(&'a Node) -> Option<K>,
) -> Vec<Option<usize>> {
    let base: Vec<Option<K>> = base.iter().map(&key).collect();
    let copy: Vec<Option<K>> = copy.iter().map(key).collect();
    let is_match = |index: usize| base[index].is_some() && copy.get(index) == base.get(index);
    let mut matched: Vec<Option<usize>> = (0..base.len()).map(|index| is_match(index).then_some(index)).collect();
    let mut left: HashMap<&K, VecDeque<usize>> = HashMap::new();
    for index in rest(&matched, copy.len()) {
        if let Some(key) = &copy[index] {
            left.entry(key).or_default().push_back(index);
        }
    }
    for (key, place) in base.iter().zip(&mut matched).filter(|(_, place)| place.is_none()) {
        *place = key.as_ref().and_then(|key| left.get_mut(key)?.pop_front());
    }
    matched
}

/// The indices of the copy that have no partner.
fn rest(matched: &[Option<usize>], copies: usize) -> Vec<usize> {
    let mut taken = vec![false; copies];
    matched.iter().flatten().for_each(|&index| taken[index] = true);
    (0..copies).filter(|&index| !taken[index]).collect()
}

fn items<'a>(base: &'a [Node], copy: &'a [Node], matched: &[Option<usize>]) -> Items<'a> {
    let pairs = base.iter().zip(matched).enumerate();
    let mut found = Items { both: Vec::new(), base: Vec::new(), copy: Vec::new() };
    for (index, (one, place)) in pairs {
        match *place {
            Some(other) => found.both.push(((index, one), (other, &copy[other]))),
            None => found.base.push((index, one)),
        }
    }
    found.copy = rest(matched, copy.len()).into_iter().map(|index| (index, &copy[index])).collect();
    found
}

/// What a parameter is told apart by.
fn parameter(node: &Node) -> Option<(&str, &str)> {
    if let Some(reference) = node.get("$ref") {
        return Some(("$ref", reference.as_str()?));
    }
    Some((node.get("in")?.as_str()?, node.get("name")?.as_str()?))
}
