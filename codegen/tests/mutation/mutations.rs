//! The use of a keyword enters, changed documents leave.
//!
//! The one rule: every part of a keyword's value is changed alone, so that a part without effect is found beside one with
//! effect.

use stubwright_codegen::document::{Node, Value};

use crate::grammar::Holds;
use crate::uses::{Step, Use, at, at_mut, with};

/// A changed document.
pub(crate) struct Mutation {
    /// Which part of the keyword was changed: of equal ones, one change must be noticed.
    pub(crate) part: String,
    /// What was done.
    pub(crate) change: &'static str,
    /// The document.
    pub(crate) root: Node,
}

/// Removes the keyword, and changes each part of its value.
pub(crate) fn mutations(root: &Node, used: &Use) -> Vec<Mutation> {
    let mut found = Vec::new();
    let place = used.place();
    let value = at(root, &place);
    let part = if is_scalar(value) { "presence" } else { "" };
    found.push(Mutation {
        part: part.to_owned(),
        change: "removed",
        root: without(root, &used.owner, used.field.name),
    });
    if used.field.words.contains('|') && value.as_str().is_some() {
        for word in used.field.words.split('|').filter(|word| value.as_str() != Some(word)) {
            found.push(changed(root, &place, "/", "another word", |value| *value = Value::String(word.to_owned())));
        }
        return found;
    }
    let depth = match used.field.holds {
        Holds::Value => usize::MAX,
        // A boolean in place of a schema is a value.
        Holds::One(_) => 0,
        Holds::List(_) | Holds::Map(_) => 1,
    };
    parts(root, &place, "", depth, &mut found);
    found
}

/// Whether a part of this name must not be noticed: that a keyword is there at all, where its value may be the default.
pub(crate) fn may_be_silent(part: &str) -> bool {
    part == "presence"
}

fn parts(root: &Node, place: &[Step], part: &str, depth: usize, found: &mut Vec<Mutation>) {
    let value = at(root, place);
    let own = format!("{part}/");
    match &value.value {
        Value::Null => found.push(changed(root, place, &own, "null made a string", |value| {
            *value = Value::String("x".to_owned());
        })),
        Value::Boolean(_) => found.push(changed(root, place, &own, "flipped", |value| {
            if let Value::Boolean(value) = value {
                *value = !*value;
            }
        })),
        Value::Number(_) => {
            found.push(changed(root, place, &own, "one more", |value| {
                if let Value::Number(text) = value {
                    *text = one_more(text).into();
                }
            }));
        }
        Value::String(_) => found.push(changed(root, place, &own, "another string", |value| {
            if let Value::String(text) = value {
                *text = another(text);
            }
        })),
        Value::Sequence(items) if depth > 0 => {
            if let Some(last) = items.last() {
                let added = another_item(last);
                found.push(changed(root, place, part, "an item added", |value| {
                    if let Value::Sequence(items) = value {
                        items.push(added);
                    }
                }));
            }
            for index in 0..items.len() {
                let own = format!("{part}/{index}");
                found.push(changed(root, place, &own, "an item dropped", |value| {
                    if let Value::Sequence(items) = value {
                        items.remove(index);
                    }
                }));
                parts(root, &with(place, Step::Index(index)), &own, depth - 1, found);
            }
        }
        Value::Mapping(entries) if depth > 0 => {
            for entry in entries {
                let key = &entry.key.text;
                let own = format!("{part}/{key}");
                found.push(Mutation { part: own.clone(), change: "a member dropped", root: without(root, place, key) });
                found.push(changed(root, place, &own, "a member renamed", |value| {
                    if let Value::Mapping(entries) = value {
                        let entry = entries.iter_mut().find(|entry| entry.key.text == *key).expect("it is there");
                        entry.key.text = another(key);
                    }
                }));
                parts(root, &with(place, Step::Key(key.clone())), &own, depth - 1, found);
            }
        }
        Value::Sequence(_) | Value::Mapping(_) => {}
    }
}

fn is_scalar(node: &Node) -> bool {
    !matches!(node.value, Value::Sequence(_) | Value::Mapping(_))
}

fn changed(root: &Node, place: &[Step], part: &str, change: &'static str, apply: impl FnOnce(&mut Value)) -> Mutation {
    let mut root = root.clone();
    apply(&mut at_mut(&mut root, place).value);
    Mutation { part: part.to_owned(), change, root }
}

fn without(root: &Node, owner: &[Step], key: &str) -> Node {
    let mut root = root.clone();
    if let Value::Mapping(entries) = &mut at_mut(&mut root, owner).value {
        entries.retain(|entry| entry.key.text != key);
    }
    root
}

fn another_item(item: &Node) -> Node {
    let mut item = item.clone();
    match &mut item.value {
        Value::String(text) => *text = another(text),
        Value::Number(text) => *text = one_more(text).into(),
        Value::Null | Value::Boolean(_) | Value::Sequence(_) | Value::Mapping(_) => {}
    }
    item
}

/// `x` is a letter of every grammar: names, media types, patterns. Statuses stay statuses.
fn another(text: &str) -> String {
    match text.parse::<u16>() {
        Ok(status) => (status + 1).to_string(),
        Err(_) => format!("{text}x"),
    }
}

fn one_more(text: &str) -> String {
    match text.parse::<i64>() {
        Ok(number) => (number + 1).to_string(),
        Err(_) => format!("1{text}"),
    }
}
