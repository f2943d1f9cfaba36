//! A tree as JSON: two spaces, the document's order, the document's digits.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use crate::document::{Entry, Node, NodeId, Value};

/// Members that are added to mappings, behind those that they have; their keys differ from those.
pub type Additions = FxHashMap<NodeId, Vec<Entry>>;

/// What is written otherwise than a tree has it.
#[derive(Clone, Debug, Default)]
pub struct Edits {
    /// Texts that stand in place of nodes, as they are.
    pub replaced: FxHashMap<NodeId, String>,
    /// Members that the tree does not have.
    pub added: Additions,
}

/// Writes a tree with edits as JSON, with a newline at the end.
///
/// Characters that a terminal or a JavaScript reader may take for control are escaped; all others are written as
/// themselves.
pub fn to_json(node: &Node, edits: &Edits) -> String {
    let mut out = String::new();
    write_node(&mut out, node, edits, 0);
    out.push('\n');
    out
}

/// Writes a tree as JSON in one line, without spaces.
pub fn to_json_text(node: &Node) -> String {
    let mut out = String::new();
    write_compact(&mut out, node);
    out
}

fn write_compact(out: &mut String, node: &Node) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Boolean(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(text) => out.push_str(text),
        Value::String(text) => write_string(out, text),
        Value::Sequence(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                write_compact(out, item);
            }
            out.push(']');
        }
        Value::Mapping(entries) => {
            out.push('{');
            for (index, entry) in entries.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                write_string(out, &entry.key.text);
                out.push(':');
                write_compact(out, &entry.value);
            }
            out.push('}');
        }
    }
}

fn write_node(out: &mut String, node: &Node, edits: &Edits, depth: usize) {
    if let Some(text) = edits.replaced.get(&node.id) {
        out.push_str(text);
        return;
    }
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Boolean(true) => out.push_str("true"),
        Value::Boolean(false) => out.push_str("false"),
        Value::Number(text) => out.push_str(text),
        Value::String(text) => write_string(out, text),
        Value::Sequence(items) if items.is_empty() => out.push_str("[]"),
        Value::Sequence(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                next_line(out, index, depth + 1);
                write_node(out, item, edits, depth + 1);
            }
            close(out, ']', depth);
        }
        Value::Mapping(entries) => {
            let added = edits.added.get(&node.id).map_or(&[][..], Vec::as_slice);
            if entries.is_empty() && added.is_empty() {
                out.push_str("{}");
                return;
            }
            out.push('{');
            for (index, entry) in entries.iter().chain(added).enumerate() {
                next_line(out, index, depth + 1);
                write_string(out, &entry.key.text);
                out.push_str(": ");
                write_node(out, &entry.value, edits, depth + 1);
            }
            close(out, '}', depth);
        }
    }
}

fn next_line(out: &mut String, index: usize, depth: usize) {
    out.push_str(if index == 0 { "\n" } else { ",\n" });
    indent(out, depth);
}

fn close(out: &mut String, bracket: char, depth: usize) {
    out.push('\n');
    indent(out, depth);
    out.push(bracket);
}

/// Indents by `depth` times two spaces.
pub(super) fn indent(out: &mut String, depth: usize) {
    out.extend(std::iter::repeat_n("  ", depth));
}

/// Writes a text in double quotes, with the escapes that JSON and YAML share.
pub(crate) fn write_string(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    // Most of a text stands as it is: it is copied in one piece.
    while let Some((at, character)) = rest.bytes().position(may_need_escape).and_then(|at| escaped(rest, at)) {
        out.push_str(&rest[..at]);
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other => write!(out, "\\u{:04x}", u32::from(other)).expect("a String takes every text"),
        }
        rest = &rest[at + character.len_utf8()..];
    }
    out.push_str(rest);
    out.push('"');
}

/// The first character at or behind a place that cannot stand as it is. U+FEFF and the last two are no text of YAML 1.2.2
/// section 5.1, and a `to_json` text is YAML too.
fn escaped(text: &str, at: usize) -> Option<(usize, char)> {
    let is_escaped = |character: char| {
        matches!(character,
            '"' | '\\' | '\0'..='\x1F' | '\x7F'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
    };
    text[at..].char_indices().find(|(_, character)| is_escaped(*character)).map(|(behind, found)| (at + behind, found))
}

/// Whether a character that needs an escape may begin with this byte.
fn may_need_escape(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..=0x1F | 0x7F | 0xC2 | 0xE2 | 0xEF)
}
