//! Human text as rustdoc.
//!
//! The one rule: text of a document never becomes code. No fence and no indented block is a doctest, brackets are no links,
//! angle brackets no tags.

mod inline;

use std::borrow::Cow;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs::inline::prose;
use crate::ir::Docs;

/// Longer lines are wrapped.
const WIDTH: usize = 120;

/// Writes the documentation of an item that stands `indent` columns in; `otherwise` where the document says nothing.
pub(super) fn doc(out: &mut String, indent: usize, docs: &Docs, otherwise: &str) {
    let text = markdown(&docs.text);
    // A text may consist of what rustdoc does not show.
    lines(out, indent, if text.trim().is_empty() { otherwise } else { &text });
}

/// Writes documentation that begins with words of ours.
pub(super) fn doc_behind(out: &mut String, indent: usize, lead: &str, docs: &Docs) {
    let text = markdown(&docs.text);
    match (lead.is_empty(), text.trim().is_empty()) {
        (_, true) => lines(out, indent, lead),
        (true, false) => lines(out, indent, &text),
        (false, false) if begins_block(&text) => lines(out, indent, &format!("{lead}:\n\n{text}")),
        (false, false) => lines(out, indent, &format!("{lead}: {text}")),
    }
}

/// The doc attributes of an item that begin with a sentence of ours.
pub(super) fn attributes_below(lead: &str, docs: &Docs) -> TokenStream {
    let text = format!("{lead}\n\n{}", markdown(&docs.text));
    let lines = text.trim_end().lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote! { #(#[doc = #lines])* }
}

/// A value of the document as inline code.
pub(super) fn code(value: &str) -> String {
    let text: String = value.escape_debug().collect();
    if text.trim().is_empty() {
        format!("`\"{text}\"`")
    } else if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

fn lines(out: &mut String, indent: usize, text: &str) {
    for line in text.lines() {
        out.extend(std::iter::repeat_n(' ', indent));
        out.push_str(if line.is_empty() { "///" } else { "/// " });
        out.push_str(line);
        out.push('\n');
    }
}

/// Rewrites Markdown so that rustdoc shows it as it is meant, and runs nothing of it.
fn markdown(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut output = Vec::new();
    let mut fence: Option<String> = None;
    let mut block = Block::default();
    for line in text.lines() {
        let line = printable(line);
        let content = line.trim_start();
        let marker: String = content.chars().take_while(|&first| first == '`' || first == '~').collect();
        let opens = marker.len() >= 3 && (marker.starts_with("```") || marker.starts_with("~~~"));
        match &fence {
            Some(open) if content == marker && marker.starts_with(open.as_str()) => {
                output.push(marker);
                fence = None;
            }
            Some(_) => output.push(line.into_owned()),
            // A line such as "```a``` b" is no fence.
            None if opens && !content[marker.len()..].contains('`') => {
                output.push(format!("{marker}text"));
                fence = Some(marker);
                block = Block::default();
            }
            None => wrap(block.place(&line), &mut output),
        }
    }
    if let Some(open) = fence {
        output.push(open);
    }
    output.join("\n")
}

/// A line without what no source text may hold: control characters, and those that change the direction of text.
fn printable(line: &str) -> Cow<'_, str> {
    let hidden = |character: char| {
        character.is_control()
            || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let line = line.trim_end();
    if line.bytes().all(|byte| matches!(byte, 0x20..=0x7E)) || !line.contains(hidden) {
        return line.into();
    }
    line.replace('\t', "    ").chars().filter(|&character| !hidden(character)).collect()
}

/// What a line belongs to.
#[derive(Clone, Debug, Default)]
struct Block {
    /// The items of lists that are open, outermost first.
    items: Vec<Item>,
    /// What the line before is.
    before: Before,
}

/// An item of a list: the column of its text, as it is in the document and as it is written.
#[derive(Clone, Copy, Debug)]
struct Item {
    given: usize,
    written: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Before {
    #[default]
    Empty,
    Text,
    Quotation,
}

impl Block {
    /// A line outside of fences, indented as far as what it belongs to: four spaces too many begin a block of code.
    fn place(&mut self, line: &str) -> String {
        let content = line.trim_start();
        let indent = line.len() - content.len();
        let before = std::mem::replace(&mut self.before, Before::Text);
        if content.is_empty() {
            self.before = Before::Empty;
            return String::new();
        }
        if let Some(marker) = item_marker(content).filter(|marker| before != Before::Text || self.may_begin(marker)) {
            return self.item(&marker, indent);
        }
        if content.starts_with('>') {
            *self = Self { items: Vec::new(), before: Before::Quotation };
            return format!("> {}", prose(content.trim_start_matches(['>', ' '])));
        }
        if before == Before::Quotation {
            self.before = before;
            return format!("> {}", prose(content));
        }
        if before == Before::Empty {
            let keep = usize::from(indent >= 2);
            while self.items.len() > keep && self.items.last().is_some_and(|item| indent < item.given) {
                self.items.pop();
            }
        }
        let column = self.items.last().map_or(indent.min(3), |item| item.written);
        format!("{}{}", " ".repeat(column), prose(content))
    }

    /// Whether an item may follow text without an empty line between: `CommonMark` 0.31.2 section 5.2.
    fn may_begin(&self, marker: &Marker<'_>) -> bool {
        !self.items.is_empty() || matches!(marker.text, "-" | "*" | "+" | "1." | "1)")
    }

    fn item(&mut self, marker: &Marker<'_>, indent: usize) -> String {
        while self.items.last().is_some_and(|item| indent < item.given) {
            self.items.pop();
        }
        let column = self.items.last().map_or(0, |item| item.written);
        let width = marker.text.len();
        // Five spaces and more are one, and the rest begins a block of code.
        let spaces = if marker.spaces > 4 { 1 } else { marker.spaces };
        self.items.push(Item { given: indent + width + spaces, written: column + width + 1 });
        format!("{}{} {}", " ".repeat(column), marker.text, prose(marker.rest))
    }
}

/// What begins an item of a list.
struct Marker<'line> {
    /// `-`, `12.`
    text: &'line str,
    /// How many spaces follow.
    spaces: usize,
    /// What stands behind them.
    rest: &'line str,
}

fn item_marker(content: &str) -> Option<Marker<'_>> {
    let digits = content.bytes().take_while(u8::is_ascii_digit).count();
    let width = match content.as_bytes().get(digits)? {
        b'-' | b'*' | b'+' if digits == 0 => 1,
        b'.' | b')' if (1..=9).contains(&digits) => digits + 1,
        _ => return None,
    };
    let (text, behind) = content.split_at(width);
    let rest = behind.trim_start_matches(' ');
    let spaces = behind.len() - rest.len();
    (spaces > 0).then_some(Marker { text, spaces, rest })
}

/// Breaks a long line at spaces. Lists and tables stay as they are: a break would change them.
fn wrap(line: String, output: &mut Vec<String>) {
    let is_block = begins_block(line.trim_start()) || line.contains('|');
    if is_block || line.len() <= WIDTH || line.chars().count() <= WIDTH {
        output.push(line);
        return;
    }
    let indent = " ".repeat(line.len() - line.trim_start().len());
    let mut current = String::new();
    for word in line.trim_start().split(' ') {
        let length = indent.len() + current.chars().count() + 1 + word.chars().count();
        if !current.is_empty() && length > WIDTH && !begins_block(word) {
            output.push(format!("{indent}{}", current.trim_end()));
            current.clear();
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    output.push(format!("{indent}{current}"));
}

/// Whether a line that begins so may be a list, a table, a heading, a quotation or a fence.
fn begins_block(text: &str) -> bool {
    let word = text.split(' ').next().unwrap_or_default();
    text.starts_with(['|', '>'])
        || text.starts_with("```")
        || text.starts_with("~~~")
        || item_marker(&format!("{word} ")).is_some()
        || word.chars().all(|character| "-=*_#".contains(character))
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn every_item_is_documented() {
        for text in ["", " ", "\u{0}", "\u{202e}", "\n\n"] {
            let mut docs = String::new();
            super::doc(&mut docs, 4, &crate::ir::Docs { text: text.to_owned() }, "Otherwise.");
            assert_eq!(docs, "    /// Otherwise.\n", "{text:?}");
        }
    }

    #[test]
    fn text_stays_text() {
        for (text, expected) in [
            ("Plain.", "Plain."),
            ("See [the docs](https://example.com/a).", "See [the docs](https://example.com/a)."),
            ("An array[0] of <T>", "An array\\[0\\] of \\<T\\>"),
            ("https://example.com.", "<https://example.com>."),
            ("Prefix: cog_", "Prefix: cog_"),
            ("a `code_span` stays", "a `code_span` stays"),
            ("an odd ` backtick", "an odd \\` backtick"),
            ("```rust\nlet x: u8 = 256;\n```", "```text\nlet x: u8 = 256;\n```"),
            ("```\nnever closed", "```text\nnever closed\n```"),
            ("    indented();", "   indented();"),
            ("(https://example.com/p)", "(<https://example.com/p>)"),
            ("<https://example.com> a](https://b.c)", "\\<<https://example.com>\\> a\\](<https://b.c>)"),
            ("[a](b) and [c](https://d.e/f)", "\\[a\\](b) and [c](https://d.e/f)"),
            ("a `` b ` c `` d_e", "a `` b ` c `` d_e"),
            ("```a``` is no fence", "```a``` is no fence"),
            ("- one\ntwo\n\n  three\n\nfour", "- one\n  two\n\n  three\n\nfour"),
            ("1. one\n   - nested\n     more", "1. one\n   - nested\n     more"),
            (
                " *  one\n\n    *  two\n    *  three\n\n       more\n *  four",
                "* one\n\n  * two\n  * three\n\n    more\n* four",
            ),
            ("text\n10) no item\n\n    no code", "text\n10) no item\n\n   no code"),
            ("1.      no code", "1. no code"),
            ("> one\ntwo", "> one\n> two"),
            ("a\ttab\r\nand \u{202e}more\u{7}", "a    tab\nand more"),
            ("- a\n\n        code", "- a\n\n  code"),
        ] {
            assert_eq!(markdown(text), expected, "{text:?}");
        }
    }
}
