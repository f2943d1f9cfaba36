//! A tree as YAML in block style.
//!
//! The one rule: every reader, of YAML 1.1 or 1.2, reads the same tree. A string is plain only where no schema takes it
//! for something else.

use crate::document::{
    Node, Value,
    json::{indent, write_string},
};

/// A longer key needs a `?` (YAML 1.2.2 section 8.2.2 allows 1024 characters).
const IMPLICIT_KEY: usize = 1000;

/// Writes a tree as block YAML, with a newline at the end. Where `replace` gives a text, that text stands in place of the
/// node, as it is; it must be one line.
pub fn to_yaml(node: &Node, replace: &dyn Fn(&Node) -> Option<String>) -> String {
    let mut out = String::new();
    write_node(&mut out, node, replace, 0, After::LineStart);
    out
}

/// What stands before a node on its line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    /// Nothing but the indentation, or `- ` and `? `, which count as indentation.
    LineStart,
    /// `key:`
    Colon,
}

/// Writes a node and ends its line. Its lines but the first are indented by `depth`.
fn write_node(out: &mut String, node: &Node, replace: &dyn Fn(&Node) -> Option<String>, depth: usize, after: After) {
    let replaced = replace(node);
    let block = match (&replaced, &node.value) {
        (None, Value::Sequence(items)) if !items.is_empty() => Some(Block::Sequence(items)),
        (None, Value::Mapping(entries)) if !entries.is_empty() => Some(Block::Mapping(entries)),
        _ => None,
    };
    let Some(block) = block else {
        if after == After::Colon {
            out.push(' ');
        }
        match replaced {
            Some(text) => out.push_str(&text),
            None => write_scalar(out, &node.value, depth),
        }
        if !out.ends_with('\n') {
            out.push('\n');
        }
        return;
    };
    let mut starts_line = after == After::Colon;
    if starts_line {
        out.push('\n');
    }
    let mut begin = |out: &mut String| {
        if std::mem::replace(&mut starts_line, true) {
            indent(out, depth);
        }
    };
    match block {
        Block::Sequence(items) => {
            for item in items {
                begin(out);
                out.push_str("- ");
                write_node(out, item, replace, depth + 1, After::LineStart);
            }
        }
        Block::Mapping(entries) => {
            for entry in entries {
                begin(out);
                write_key(out, &entry.key.text, depth);
                write_node(out, &entry.value, replace, depth + 1, After::Colon);
            }
        }
    }
}

/// A collection with members.
enum Block<'node> {
    Sequence(&'node [Node]),
    Mapping(&'node [crate::document::Entry]),
}

fn write_key(out: &mut String, key: &str, depth: usize) {
    let mut written = String::new();
    write_line(&mut written, key);
    if written.len() > IMPLICIT_KEY {
        out.push_str("? ");
        out.push_str(&written);
        out.push('\n');
        indent(out, depth);
    } else {
        out.push_str(&written);
    }
    out.push(':');
}

fn write_scalar(out: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Boolean(true) => out.push_str("true"),
        Value::Boolean(false) => out.push_str("false"),
        Value::Number(text) => out.push_str(text),
        Value::String(text) if is_literal(text) => write_literal(out, text, depth.max(1)),
        Value::String(text) => write_line(out, text),
        Value::Sequence(_) => out.push_str("[]"),
        Value::Mapping(_) => out.push_str("{}"),
    }
}

/// Writes a string on one line.
fn write_line(out: &mut String, text: &str) {
    if is_plain(text) {
        out.push_str(text);
    } else if text.chars().all(is_printable) {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
    } else {
        write_string(out, text);
    }
}

/// Writes a literal block, which ends its last line.
fn write_literal(out: &mut String, text: &str, depth: usize) {
    out.push_str(match text.strip_suffix('\n') {
        None => "|-",
        Some(rest) if rest.ends_with('\n') => "|+",
        Some(_) => "|",
    });
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        out.push('\n');
        if !line.is_empty() {
            indent(out, depth);
            out.push_str(line);
        }
    }
    out.push('\n');
}

/// Whether a text of several lines can be a literal block that every reader reads the same: its first line tells the
/// indentation, and no line consists of white space.
fn is_literal(text: &str) -> bool {
    let fits = |line: &str| {
        line.chars().all(|character| character == '\t' || is_printable(character))
            && !line.starts_with('\t')
            && (line.is_empty() || !line.trim().is_empty())
    };
    text.contains('\n') && !text.starts_with([' ', '\n']) && text.split('\n').all(fits)
}

/// Whether a string can stand without quotes. No number, date or time of any schema begins with a letter, and no
/// indicator is among the first characters that are allowed here.
fn is_plain(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || matches!(first, '/' | '_' | '$'))
        && text.chars().all(is_printable)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !is_word(text)
}

/// The words of YAML 1.1 (<https://yaml.org/type/bool.html>, `null.html`), in any casing.
fn is_word(text: &str) -> bool {
    ["null", "true", "false", "yes", "no", "on", "off", "y", "n"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether every reader takes this character as itself within a line: YAML 1.2.2 section 5.1, without what YAML 1.1 takes
/// for a line break.
fn is_printable(character: char) -> bool {
    !matches!(character,
        '\0'..='\x1F' | '\x7F'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}
