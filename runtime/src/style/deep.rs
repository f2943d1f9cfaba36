//! `deepObject`: `name[key]=value`, and what clients make of it for values within values, which no version of OpenAPI says:
//! `name[key][inner]=value`, `name[key][]=value`, `name[key][0]=value`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use stubwright_schema::Sentence;

use super::write::scalar_text;
use super::{Decode, Fault, Pair, Shape, scalar};

/// How many keys may stand behind a name.
const DEPTH: usize = 32;

const TOO_DEEP: Fault = Fault::Unstyled(Sentence::NestedTooDeeply);
const MIXED: Fault = Fault::Unstyled(Sentence::ValueAndKeys);

/// What has been read of a value.
enum Node {
    /// Values without a key: `name=value`, `name[]=value`.
    Values(Vec<Value>),
    /// Values by key.
    Keys(BTreeMap<String, Node>),
}

/// Reads what pairs say of a name.
pub(super) fn read(pairs: &[Pair<'_>], name: &str, shape: Shape, decode: Decode) -> Result<Option<Value>, Fault> {
    let mut root: Option<Node> = None;
    for (key, value) in pairs {
        let Some(keys) = key.strip_prefix(name) else { continue };
        if !keys.is_empty() && !keys.starts_with('[') {
            continue;
        }
        let keys = split(keys)?;
        let root = root.get_or_insert_with(|| Node::Keys(BTreeMap::new()));
        let value = scalar(value, decode)?;
        match (root, keys.as_slice()) {
            // Of an object, this is the property whose name is empty.
            (Node::Keys(known), ["", rest @ ..]) if shape == Shape::Object => {
                insert(known.entry(String::new()).or_insert_with(|| Node::Keys(BTreeMap::new())), rest, value)?;
            }
            (root, keys) => insert(root, keys, value)?,
        }
    }
    Ok(root.map(|node| match (node, shape) {
        (Node::Keys(keys), Shape::Object) => object(keys),
        (Node::Values(values), Shape::List) => Value::Array(values),
        (node, _) => value(node),
    }))
}

/// `[a][b]` as `a`, `b`. A bracket that no other follows is a part of the key.
fn split(keys: &str) -> Result<Vec<&str>, Fault> {
    const UNCLOSED: Fault = Fault::Unstyled(Sentence::UnpairedBracket);
    let mut all = Vec::new();
    let mut rest = keys;
    while !rest.is_empty() {
        let inner = rest.strip_prefix('[').ok_or(UNCLOSED)?;
        let (key, after) = match inner.split_once("][") {
            Some((key, _)) => (key, &inner[key.len() + 1..]),
            None => (inner.strip_suffix(']').ok_or(UNCLOSED)?, ""),
        };
        if all.len() == DEPTH {
            return Err(TOO_DEEP);
        }
        all.push(key);
        rest = after;
    }
    Ok(all)
}

fn insert(node: &mut Node, keys: &[&str], value: Value) -> Result<(), Fault> {
    if let Node::Keys(known) = node
        && known.is_empty()
        && matches!(keys, [] | [""])
    {
        *node = Node::Values(Vec::new());
    }
    match (keys, node) {
        ([] | [""], Node::Values(values)) => values.push(value),
        ([key, rest @ ..], Node::Keys(known)) => {
            let inner = known.entry((*key).to_owned()).or_insert_with(|| Node::Keys(BTreeMap::new()));
            insert(inner, rest, value)?;
        }
        ([], Node::Keys(_)) | ([_, ..], Node::Values(_)) => return Err(MIXED),
    }
    Ok(())
}

/// Keys that count from 0 are those of a list.
fn value(node: Node) -> Value {
    match node {
        Node::Values(mut values) if values.len() == 1 => values.swap_remove(0),
        Node::Values(values) => Value::Array(values),
        Node::Keys(mut keys) => {
            let mut items = Vec::with_capacity(keys.len());
            while let Some(item) = keys.remove(&items.len().to_string()) {
                items.push(item);
            }
            if keys.is_empty() && !items.is_empty() {
                return items.into_iter().map(value).collect();
            }
            keys.extend(items.into_iter().enumerate().map(|(index, item)| (index.to_string(), item)));
            object(keys)
        }
    }
}

/// A value as pairs: items of lists by their number, so that a list of one is a list.
pub(super) fn write(value: &Value, name: &str, put: &dyn Fn(&str) -> String) -> Result<Vec<(String, String)>, Fault> {
    let mut pairs = Vec::new();
    write_below(value, put(name), 0, put, &mut pairs)?;
    Ok(pairs)
}

fn write_below(
    value: &Value,
    name: String,
    depth: usize,
    put: &dyn Fn(&str) -> String,
    pairs: &mut Vec<(String, String)>,
) -> Result<(), Fault> {
    if depth > DEPTH {
        return Err(TOO_DEEP);
    }
    let mut below = |key: &str, value: &Value| {
        let name = format!("{name}%5B{}%5D", put(key));
        write_below(value, name, depth + 1, put, pairs)
    };
    match value {
        Value::Object(members) => members.iter().try_for_each(|(key, member)| below(key, member)),
        Value::Array(items) => items.iter().enumerate().try_for_each(|(index, item)| below(&index.to_string(), item)),
        scalar => {
            pairs.extend(scalar_text(scalar)?.map(|text| (name, put(&text))));
            Ok(())
        }
    }
}

fn object(keys: BTreeMap<String, Node>) -> Value {
    Value::Object(keys.into_iter().map(|(key, node)| (key, value(node))).collect::<Map<_, _>>())
}
