//! Strings: the style of each, and its text.
//!
//! Plain where a reader takes it for the same string, single quotes where not, `|` for several lines, `>` where one of them
//! is too long, double quotes where a character needs an escape.

use std::{borrow::Cow, fmt::Write as _};

use crate::document::{
    json::indent,
    yaml::{ambiguous, fold},
};

/// Writes the string that is a value at a level of indentation.
pub(super) fn write(out: &mut String, text: &str, level: usize) {
    // Block scalars are always indented, at the top of a document too.
    let (top, level) = (level == 0, level.max(1));
    let limit = (WIDTH.saturating_sub(2 * level)).max(NARROWEST);
    let has_newline = text.contains('\n');
    let has_long_line = text.split('\n').any(|line| !line.starts_with(' ') && fold::width(line) > limit);
    if (!has_newline && !has_long_line)
        || ambiguous::is_of_yaml_1_1(text)
        || !text.chars().all(|character| character == '\n' || is_printable(character))
    {
        out.push_str(&on_one_line(text, top));
    } else if has_long_line {
        out.push('>');
        write_block(out, text, &fold::fold(text, limit), level);
    } else {
        out.push('|');
        write_block(out, text, text, level);
    }
}

/// The string in a style that has one line, which keys need; at the `top` of a document it begins in the first column.
pub(super) fn on_one_line(text: &str, top: bool) -> Cow<'_, str> {
    // YAML 1.2.2 section 9.1.2: a line that begins so ends the document.
    let ends_document = top && (text == "..." || text.starts_with("... "));
    if text.is_empty() {
        Cow::Borrowed("''")
    } else if !text.chars().all(is_printable) {
        Cow::Owned(in_double_quotes(text))
    } else if !ends_document && is_plain(text) && !ambiguous::is_no_string(text) && !ambiguous::is_of_yaml_1_1(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(format!("'{}'", text.replace('\'', "''")))
    }
}

/// Lines are at most this long, indentation included,
const WIDTH: usize = 80;

/// but deep within a document texts are not squeezed into less than this.
const NARROWEST: usize = 40;

/// Writes what follows `|` or `>`: the header of YAML 1.2.2 section 8.1.1, and the lines.
fn write_block(out: &mut String, text: &str, lines: &str, level: usize) {
    if text.trim_start_matches('\n').starts_with(' ') {
        // The indentation cannot be told from the first line.
        out.push('2');
    }
    let lines = match text.strip_suffix('\n') {
        None => {
            out.push('-');
            lines
        }
        Some(rest) => {
            if rest.is_empty() || rest.ends_with('\n') {
                out.push('+');
            }
            lines.strip_suffix('\n').unwrap_or(lines)
        }
    };
    for line in lines.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            indent(out, level);
            out.push_str(line);
        }
    }
}

/// Whether a string can stand without quotes in block context: YAML 1.2.2 section 7.3.3, without the exceptions for `-`,
/// `?` and `:` in front. All of its characters are printable.
fn is_plain(text: &str) -> bool {
    const INDICATORS: &str = " -?:,[]{}#&*!|=>'\"%@`";
    if text.starts_with(|first| INDICATORS.contains(first)) || text.ends_with([' ', ':']) {
        return false;
    }
    let pairs = text.chars().zip(text.chars().skip(1));
    pairs.into_iter().all(|pair| !matches!(pair, (':', ' ') | (' ', '#')))
}

/// Whether a character can stand as it is: YAML 1.2.2 section 5.1, without tabs, NEL, the no-break space and the separators
/// of lines and paragraphs.
fn is_printable(character: char) -> bool {
    matches!(character, ' '..='~' | '\u{A1}'..='\u{2027}' | '\u{202A}'..='\u{FEFE}' | '\u{FF00}'..='\u{FFFD}' | '\u{10000}'..)
}

/// The string in double quotes: YAML 1.2.2 section 5.7.
fn in_double_quotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        let escape = match character {
            '\0' => "\\0",
            '\u{7}' => "\\a",
            '\u{8}' => "\\b",
            '\t' => "\\t",
            '\n' => "\\n",
            '\u{B}' => "\\v",
            '\u{C}' => "\\f",
            '\r' => "\\r",
            '\u{1B}' => "\\e",
            '"' => "\\\"",
            '\\' => "\\\\",
            '\u{85}' => "\\N",
            '\u{A0}' => "\\_",
            '\u{2028}' => "\\L",
            '\u{2029}' => "\\P",
            other => {
                write_character(&mut out, other);
                continue;
            }
        };
        out.push_str(escape);
    }
    out.push('"');
    out
}

fn write_character(out: &mut String, character: char) {
    let number = u32::from(character);
    if is_printable(character) {
        out.push(character);
    } else if number <= 0xFF {
        write!(out, "\\x{number:02X}").expect("a String takes every text");
    } else {
        write!(out, "\\u{number:04X}").expect("a String takes every text");
    }
}
