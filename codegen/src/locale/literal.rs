//! What no translation changes inside of a text: numbers, code spans, placeholders, prefixes, URLs.
//!
//! The one rule: order and repetition do not count, since languages order words differently.

use std::collections::BTreeSet;

/// The literals of two texts that are not in both.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Changed {
    /// Only in the base.
    pub(super) lost: Vec<String>,
    /// Only in the translation.
    pub(super) added: Vec<String>,
}

/// Compares the literals of a text and of its translation.
pub(super) fn changed(base: &str, translated: &str) -> Changed {
    let (base_literals, translated_literals) = (literals(base), literals(translated));
    let mut lost: Vec<_> = base_literals.difference(&translated_literals).cloned().collect();
    // Only what the base has: in many languages any word may end in a hyphen, as in `ein- und ausschalten`.
    lost.extend(prefixes(base).into_iter().filter(|prefix| !translated.contains(prefix)).map(str::to_owned));
    let mut added: Vec<_> = translated_literals.difference(&base_literals).cloned().collect();
    // To put backticks around a word, or to take them away, changes no word.
    lost.retain(|literal| !stands_in(literal, translated));
    added.retain(|literal| !stands_in(literal, base));
    Changed { lost, added }
}

/// Whether a text has a literal that is no number as a word.
fn stands_in(literal: &str, text: &str) -> bool {
    let is_part = |character: char| character.is_ascii_alphanumeric() || "_-/.@".contains(character);
    let is_number = literal.bytes().all(|byte| byte.is_ascii_digit());
    !is_number
        && text.match_indices(literal).any(|(at, _)| {
            !text[..at].ends_with(is_part) && !text[at + literal.len()..].trim_end_matches('.').starts_with(is_part)
        })
}

/// Code spans, URLs, placeholders and numbers. What stands in one is not looked at again.
fn literals(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut rest = text;
    let mut before = None;
    while let Some(first) = rest.chars().next() {
        let literal =
            code_span(rest).or_else(|| url(rest)).or_else(|| placeholder(rest)).or_else(|| number(rest, before));
        let length = match literal {
            Some((literal, length)) => {
                found.insert(literal);
                length
            }
            None => first.len_utf8(),
        };
        before = rest[..length].chars().next_back();
        rest = &rest[length..];
    }
    found
}

/// `CommonMark` section 6.1: as many backticks at the end as at the beginning.
fn code_span(text: &str) -> Option<(String, usize)> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    if ticks == 0 {
        return None;
    }
    let mut end = ticks;
    // Without a partner, the backticks are text.
    while let Some(start) = text[end..].find('`').map(|offset| end + offset) {
        end = start + text[start..].len() - text[start..].trim_start_matches('`').len();
        if end - start == ticks {
            let words: Vec<_> = text[ticks..start].split_whitespace().collect();
            return Some((words.join(" "), end));
        }
    }
    None
}

fn url(text: &str) -> Option<(String, usize)> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| text.starts_with(scheme))?;
    // RFC 3986 section 2: a URL is ASCII, so the punctuation of other scripts ends it.
    let is_outside = |character: char| !character.is_ascii_graphic() || "<>\"`^|\\()[]'".contains(character);
    let length = text.find(is_outside).unwrap_or(text.len());
    let url = text[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    (url.len() > scheme.len()).then(|| (url.to_owned(), url.len()))
}

/// `{name}` as in path templates.
fn placeholder(text: &str) -> Option<(String, usize)> {
    let (name, _) = text.strip_prefix('{')?.split_once('}')?;
    let is_name = |character: char| character.is_ascii_alphanumeric() || "_-.$#/".contains(character);
    (!name.is_empty() && name.chars().all(is_name)).then(|| (format!("{{{name}}}"), name.len() + 2))
}

/// A run of digits that is no part of a word such as `v3`. Separators within numbers are left out, since `1,000` is
/// `1.000` elsewhere.
fn number(text: &str, before: Option<char>) -> Option<(String, usize)> {
    let digits: String = text.chars().map_while(digit).collect();
    let length: usize = text.chars().take_while(|&character| digit(character).is_some()).map(char::len_utf8).sum();
    if digits.is_empty() {
        return None;
    }
    let in_word = before.is_some_and(|character| character.is_ascii_alphabetic() || character == '_');
    if in_word { None } else { Some((digits, length)) }
}

/// An ASCII or full-width digit, as ASCII.
fn digit(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(character) - 0xff10, 10),
        _ => None,
    }
}

/// What values begin with: `cog_`, `service-user-`. One word and a hyphen may be prose, as in `pre- and post-`.
fn prefixes(text: &str) -> Vec<&str> {
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_' || character == '-';
    let words = text.split(|character: char| !is_part(character));
    let is_prefix = |word: &&str| {
        let stem = word.trim_end_matches(['_', '-']);
        let inner = stem.contains(['_', '-']);
        let begins = stem.starts_with(|character: char| character.is_ascii_alphabetic());
        begins && word.len() == stem.len() + 1 && (inner || word.ends_with('_'))
    };
    words.filter(is_prefix).collect()
}
