//! Human text as rustdoc.
//!
//! The one rule: text of a document never becomes code. No fence and no indented block is a doctest, brackets are no links,
//! angle brackets no tags.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Docs;

/// Longer lines are wrapped.
const WIDTH: usize = 100;

/// The doc attributes of an item; `otherwise` where the document says nothing.
pub(super) fn doc(docs: &Docs, otherwise: &str) -> TokenStream {
    lines(if docs.text.is_empty() { otherwise.to_owned() } else { markdown(&docs.text) }.as_str())
}

/// The doc attributes of an item that begin with words of ours.
pub(super) fn doc_behind(lead: &str, docs: &Docs) -> TokenStream {
    let text = markdown(&docs.text);
    match (lead.is_empty(), text.is_empty()) {
        (_, true) => lines(lead),
        (true, false) => lines(&text),
        (false, false) => lines(&format!("{lead}: {text}")),
    }
}

fn lines(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
    quote! { #(#[doc = #lines])* }
}

/// Rewrites Markdown so that rustdoc shows it as it is meant, and runs nothing of it.
fn markdown(text: &str) -> String {
    let mut output = Vec::new();
    let mut fence: Option<String> = None;
    for line in text.lines() {
        let line = line.trim_end();
        let content = line.trim_start();
        let marker: String = content.chars().take_while(|&first| first == '`' || first == '~').collect();
        match &fence {
            Some(open) => {
                let closes = content == marker && marker.starts_with(open.as_str());
                output.push(line.to_owned());
                if closes {
                    fence = None;
                }
            }
            None if marker.len() >= 3
                && (marker.bytes().all(|byte| byte == b'`') || marker.bytes().all(|byte| byte == b'~')) =>
            {
                output.push(format!("{marker}text"));
                fence = Some(marker);
            }
            None => wrap(&prose(line), &mut output),
        }
    }
    if let Some(open) = fence {
        output.push(open);
    }
    output.join("\n")
}

/// A line outside of fences: at most three leading spaces, since four begin a code block.
fn prose(line: &str) -> String {
    let content = line.trim_start();
    let indent = (line.len() - content.len()).min(3);
    let mut output = " ".repeat(indent);
    for (index, part) in content.split('`').enumerate() {
        if index > 0 {
            output.push('`');
        }
        // Odd parts are code spans, unless the last backtick has no partner.
        let unpaired = content.matches('`').count() % 2 == 1 && index == content.matches('`').count();
        if index % 2 == 1 && !unpaired {
            output.push_str(part);
        } else {
            output.push_str(&plain(part));
        }
    }
    output
}

/// Text without code spans: inline links stay, everything else is made harmless.
fn plain(text: &str) -> String {
    if let Some((start, end)) = link(text) {
        return format!("{}{}{}", plain(&text[..start]), &text[start..end], plain(&text[end..]));
    }
    let words: Vec<String> = text.split(' ').map(word).collect();
    words.join(" ")
}

/// The first inline link, `[text](target)`.
fn link(text: &str) -> Option<(usize, usize)> {
    let middle = text.find("](")?;
    let start = text[..middle].rfind('[')?;
    let end = middle + text[middle..].find(')')? + 1;
    Some((start, end))
}

fn word(word: &str) -> String {
    let start = word.find(|first: char| first.is_alphanumeric() || first == '_').unwrap_or(word.len());
    let end = word
        .rfind(|last: char| last.is_alphanumeric() || matches!(last, '_' | '*' | '/'))
        .map_or(start, |last| last + word[last..].chars().next().map_or(0, char::len_utf8));
    let (lead, rest) = word.split_at(start);
    let (core, trail) = rest.split_at(end.saturating_sub(start));
    if core.starts_with("http://") || core.starts_with("https://") {
        let linked = lead.ends_with('(') || lead.ends_with('<');
        return if linked { word.to_owned() } else { format!("{}<{core}>{}", escape(lead), escape(trail)) };
    }
    if is_code(core) && !word.contains(['[', ']', '<', '>']) {
        return format!("{lead}`{core}`{trail}");
    }
    escape(word)
}

/// Words that are names in code, by the rules of `clippy::doc_markdown`: a careful writer puts them into backticks.
fn is_code(word: &str) -> bool {
    let plain = word.strip_suffix('s').unwrap_or(word);
    let capitals = plain.chars().filter(char::is_ascii_uppercase).count();
    let smalls = plain.chars().filter(char::is_ascii_lowercase).count();
    let camel_case = plain.chars().all(char::is_alphanumeric)
        && capitals > 1
        && smalls > 0
        && !plain.starts_with(|first: char| first.is_ascii_digit());
    let underscore = word.contains('_') && word.chars().any(char::is_alphanumeric) && !word.contains('-');
    camel_case || underscore || word.contains("::")
}

/// Takes brackets and angle brackets as they are.
fn escape(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '<' | '>' | '[' | ']') {
            output.push('\\');
        }
        output.push(character);
    }
    output
}

/// Breaks a long line at spaces. Lists and tables stay as they are: a break would change them.
fn wrap(line: &str, output: &mut Vec<String>) {
    let content = line.trim_start();
    let structured = content.starts_with(['-', '*', '+', '|', '#', '>', ' '])
        || content.starts_with(|first: char| first.is_ascii_digit());
    if structured || line.chars().count() <= WIDTH {
        output.push(line.to_owned());
        return;
    }
    let mut current = String::new();
    for word in line.split(' ') {
        if !current.is_empty() && current.chars().count() + 1 + word.chars().count() > WIDTH {
            output.push(std::mem::take(&mut current));
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    output.push(current);
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn text_stays_text() {
        for (text, expected) in [
            ("Plain.", "Plain."),
            ("See [the docs](https://example.com/a).", "See [the docs](https://example.com/a)."),
            ("An array[0] of <T>", "An array\\[0\\] of \\<T\\>"),
            ("https://example.com.", "<https://example.com>."),
            ("Prefix: cog_", "Prefix: `cog_`"),
            ("a `code_span` stays", "a `code_span` stays"),
            ("an odd ` backtick_here", "an odd ` `backtick_here`"),
            ("```rust\nlet x: u8 = 256;\n```", "```text\nlet x: u8 = 256;\n```"),
            ("```\nnever closed", "```text\nnever closed\n```"),
            ("    indented();", "   indented();"),
            ("the HTTPValidationErrors", "the `HTTPValidationErrors`"),
        ] {
            assert_eq!(markdown(text), expected, "{text:?}");
        }
    }
}
