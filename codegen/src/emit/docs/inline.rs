//! One line of human text as inline Markdown: code spans and links to the web stay, everything else is taken as it is.

use std::borrow::Cow;

/// A line without its indentation.
pub(super) fn prose(text: &str) -> Cow<'_, str> {
    // Most lines hold nothing that is not taken as it is.
    if !text.contains(['`', '<', '>', '[', ']']) && !text.contains("://") {
        return text.into();
    }
    let mut output = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('`') {
        let run = rest[start..].bytes().take_while(|&byte| byte == b'`').count();
        let behind = start + run;
        output.push_str(&plain(&rest[..start]));
        if let Some(length) = closing(&rest[behind..], run) {
            let end = behind + length + run;
            output.push_str(&rest[start..end]);
            rest = &rest[end..];
        } else {
            output.push_str(&"\\`".repeat(run));
            rest = &rest[behind..];
        }
    }
    output.push_str(&plain(rest));
    output.into()
}

/// Where a code span ends: at the next run of as many backticks (`CommonMark` 0.31.2 section 6.1).
fn closing(text: &str, run: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(start) = text[at..].find('`').map(|start| at + start) {
        let length = text[start..].bytes().take_while(|&byte| byte == b'`').count();
        if length == run {
            return Some(start);
        }
        at = start + length;
    }
    None
}

/// Text without code spans.
fn plain(text: &str) -> String {
    let mut output = String::new();
    let mut rest = text;
    // No writer puts a link into a line so long; looking for one would take more than linear time.
    while let Some((start, middle, end)) = Some(rest).filter(|rest| rest.len() < 10_000).and_then(link) {
        output.push_str(&words(&rest[..start]));
        output.push('[');
        output.push_str(&words(&rest[start + 1..middle]));
        output.push(']');
        output.push_str(&rest[middle + 1..end]);
        rest = &rest[end..];
    }
    output.push_str(&words(rest));
    output
}

/// The first inline link to the web, `[text](https://…)`: where it begins, where its text ends, where it ends. Others
/// would be links within the documentation of the crate.
fn link(text: &str) -> Option<(usize, usize, usize)> {
    text.match_indices("](").find_map(|(middle, _)| {
        let start = text[..middle].rfind('[')?;
        let end = middle + text[middle..].find(')')? + 1;
        let target = &text[middle + 2..end - 1];
        let web = ["http://", "https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme));
        let whole = !target.contains([' ', '<', '>']) && !text[start + 1..middle].contains(']');
        (web && whole).then_some((start, middle, end))
    })
}

fn words(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', '>', '[', ']', ':']) {
        return text.into();
    }
    let words: Vec<Cow<'_, str>> = text.split(' ').map(word).collect();
    words.join(" ").into()
}

fn word(word: &str) -> Cow<'_, str> {
    // Alone, it ends no tag.
    if word == ">" || !word.contains(['<', '>', '[', ']', ':']) {
        return word.into();
    }
    let address = ["http://", "https://"].iter().filter_map(|scheme| word.find(scheme)).min();
    if let Some(start) = address {
        return format!("{}{}", escape(&word[..start]), self::address(&word[start..])).into();
    }
    escape(word).into()
}

/// An address and what stands behind it.
fn address(text: &str) -> String {
    let (address, trail) = text.split_at(end(text));
    if address.contains(['<', '>', '(', ')', '[', ']']) {
        format!("`{address}`{}", escape(trail))
    } else {
        format!("<{address}>{}", escape(trail))
    }
}

/// Where an address ends and punctuation begins.
fn end(address: &str) -> usize {
    let last = address.char_indices().rfind(|(_, last)| last.is_alphanumeric() || matches!(last, '_' | '*' | '/'));
    last.map_or(0, |(at, last)| at + last.len_utf8())
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
