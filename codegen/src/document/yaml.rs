//! A tree as YAML: two spaces, the document's order, the document's digits; what [`load`](super::load) reads back as the
//! same tree.
//!
//! The one rule: the text is the one that js-yaml's `dump(tree, {lineWidth: 80, noRefs: true})` gives, for documentation
//! pages carry that form. Only a string that YAML 1.2
//! takes for something else is quoted beyond it.

mod ambiguous;
mod fold;
mod scalar;

use crate::document::{Entry, Node, Value, json::indent};

/// Writes a tree as YAML, with a newline at the end.
///
/// ```
/// use stubwright_codegen::{diagnostic::Sink, document::{load, to_yaml}, source::Sources};
///
/// let mut sources = Sources::default();
/// let source = sources.add("a.json", r#"{"responses": {"200": {"description": "yes: it is"}}, "tags": ["on"], "e": {}}"#);
/// let document = load(&sources, source, &mut Sink::default()).expect("this text is well-formed");
/// assert_eq!(
///     to_yaml(&document.root),
///     "responses:\n  '200':\n    description: 'yes: it is'\ntags:\n  - 'on'\ne: {}\n"
/// );
/// ```
pub fn to_yaml(node: &Node) -> String {
    let mut out = String::new();
    write_node(&mut out, node, 0, Start::SameLine);
    out.push('\n');
    out
}

/// Where the first line of a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    /// At the place that was reached: behind `- `, or at the beginning of the document.
    SameLine,
    /// Behind the `:` of a key: a scalar after a space, a block on the next line.
    BehindKey,
}

/// A key whose text is longer than this needs `?` before it: YAML 1.2.2 section 7.4.2.
const SHORT_KEY: usize = 1024;

fn write_node(out: &mut String, node: &Node, level: usize, start: Start) {
    let is_block = node.children().next().is_some();
    if start == Start::BehindKey && !is_block {
        out.push(' ');
    }
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(digits) => out.push_str(digits),
        Value::String(text) => scalar::write(out, text, level),
        Value::Sequence(items) if items.is_empty() => out.push_str("[]"),
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                next_line(out, index, level, start);
                out.push_str("- ");
                write_node(out, item, level + 1, Start::SameLine);
            }
        }
        Value::Mapping(entries) if entries.is_empty() => out.push_str("{}"),
        Value::Mapping(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                next_line(out, index, level, start);
                write_entry(out, entry, level);
            }
        }
    }
}

fn write_entry(out: &mut String, entry: &Entry, level: usize) {
    let key = scalar::on_one_line(&entry.key.text, level == 0);
    if fold::width(&key) > SHORT_KEY {
        out.push_str("? ");
        out.push_str(&key);
        next_line(out, 1, level, Start::SameLine);
        out.push_str(": ");
        write_node(out, &entry.value, level + 1, Start::SameLine);
    } else {
        out.push_str(&key);
        out.push(':');
        write_node(out, &entry.value, level + 1, Start::BehindKey);
    }
}

/// Begins a line, unless this is the first part of a block that begins where it is.
fn next_line(out: &mut String, index: usize, level: usize, start: Start) {
    if index > 0 || start == Start::BehindKey {
        out.push('\n');
        indent(out, level);
    }
}
