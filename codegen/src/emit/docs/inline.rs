//! One line of human text as inline Markdown: code spans and links to the web stay, everything else is taken as it is.

/// A line without its indentation.
pub(super) fn prose(text: &str) -> String {
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
    output + &plain(rest)
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
    match link(text) {
        Some((start, middle, end)) => format!(
            "{}[{}]{}{}",
            words(&text[..start]),
            words(&text[start + 1..middle]),
            &text[middle + 1..end],
            plain(&text[end..])
        ),
        None => words(text),
    }
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

fn words(text: &str) -> String {
    let words: Vec<String> = text.split(' ').map(word).collect();
    words.join(" ")
}

fn word(word: &str) -> String {
    // Alone, it ends no tag.
    if word == ">" {
        return word.to_owned();
    }
    let address = ["http://", "https://"].iter().filter_map(|scheme| word.find(scheme)).min();
    if let Some(start) = address {
        return format!("{}{}", escape(&word[..start]), self::address(&word[start..]));
    }
    let start = word.find(|first: char| first.is_alphanumeric() || first == '_').unwrap_or(word.len());
    let (lead, rest) = word.split_at(start);
    let (core, trail) = rest.split_at(end(rest, if lead.contains('*') { &['_', '/'] } else { &['_', '*', '/'] }));
    if is_code(core) && !word.contains(['[', ']', '<', '>']) {
        return format!("{lead}`{core}`{trail}");
    }
    escape(word)
}

/// An address and what stands behind it.
fn address(text: &str) -> String {
    let (address, trail) = text.split_at(end(text, &['_', '*', '/']));
    if address.contains(['<', '>', '(', ')', '[', ']']) {
        format!("`{address}`{}", escape(trail))
    } else {
        format!("<{address}>{}", escape(trail))
    }
}

/// Where a word ends and punctuation begins.
fn end(word: &str, closing: &[char]) -> usize {
    let last = word.char_indices().rfind(|(_, last)| last.is_alphanumeric() || closing.contains(last));
    last.map_or(0, |(at, last)| at + last.len_utf8())
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
