//! Statuses in prose: a text enters, the numbers in it that are statuses of errors leave, with their places.
//!
//! The one rule: a three-digit number is a status unless what stands beside it makes it something else. `400`, `500` and
//! numbers that are no registered status need something beside them that makes them one.

mod words;

use std::ops::Range;

/// A number that is a status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The status.
    pub(crate) status: u16,
    /// Its bytes within the text.
    pub(crate) range: Range<usize>,
}

/// The statuses from 400 to 599 that a text names.
pub(crate) fn mentions(text: &str) -> Vec<Mention> {
    // Most texts name none.
    if !text.contains(['4', '5', '\u{ff14}', '\u{ff15}']) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if let Some((inside, length)) = code(rest) {
            if let Some(number) = alone(inside) {
                let start = at + rest.find(number).unwrap_or(0);
                found.extend(status(text, start..start + number.len()));
            }
            at += length;
        } else if let Some(length) = aside(rest) {
            at += length;
        } else if digit(first).is_some() {
            let length = rest.find(|next| digit(next).is_none()).unwrap_or(rest.len());
            found.extend(status(text, at..at + length));
            at += length;
        } else {
            at += first.len_utf8();
        }
    }
    found
}

/// How many bytes at the beginning are no prose: a URL, the target of a link, a placeholder, a tag.
fn aside(rest: &str) -> Option<usize> {
    match rest.as_bytes()[0] {
        b'h' if rest.starts_with("http://") || rest.starts_with("https://") => {
            Some(rest.find(|next: char| next.is_whitespace() || "<>\"`)]".contains(next)).unwrap_or(rest.len()))
        }
        b']' if rest.starts_with("](") => rest.find(')').map(|end| end + 1),
        b'{' => rest.find('}').filter(|&end| end <= 60).map(|end| end + 1),
        b'<' if rest[1..].starts_with(|next: char| next.is_ascii_alphabetic() || next == '/') => {
            rest.find('>').map(|end| end + 1)
        }
        _ => None,
    }
}

/// What a code span or block holds, and how long it is (`CommonMark` sections 4.5 and 6.1).
fn code(rest: &str) -> Option<(&str, usize)> {
    let ticks = rest.len() - rest.trim_start_matches('`').len();
    let fence = Some(&rest[..ticks]).filter(|fence| !fence.is_empty())?;
    let length = rest[ticks..].find(fence)?;
    Some((&rest[ticks..ticks + length], ticks + length + ticks))
}

/// The number of the status that code is alone: `404`, `HTTP 404`, `404 Not Found`.
fn alone(code: &str) -> Option<&str> {
    let code = code.trim();
    let code = code.strip_prefix("HTTP").map_or(code, str::trim_start);
    let (number, phrase) = code.split_at(code.find(|next| digit(next).is_none()).unwrap_or(code.len()));
    let is_word = |next: char| next.is_alphabetic() || next == ' ' || next == '-' || next == '\'';
    let is_alone = phrase.len() < 40 && phrase.trim_start_matches([':', '.']).chars().all(is_word);
    value(number).filter(|_| is_alone).map(|_| number)
}

/// The status that the digits at a place are.
fn status(text: &str, range: Range<usize>) -> Option<Mention> {
    let status = value(&text[range.clone()])?;
    let (before, behind) = (&text[..range.start], &text[range.end..]);
    if is_part_before(before) || is_part_behind(behind) || words::counts(before, behind) {
        return None;
    }
    let is_registered = http::StatusCode::from_u16(status).is_ok_and(|status| status.canonical_reason().is_some());
    let is_round = status % 100 == 0;
    let is_one = (is_registered && !is_round) || words::speaks_of_statuses(before, behind, status);
    is_one.then_some(Mention { status, range })
}

/// The number that three digits are, where it is that of an error.
fn value(digits: &str) -> Option<u16> {
    let digits: Option<String> = digits.chars().map(digit).collect();
    let digits = digits.filter(|digits| digits.len() == 3)?;
    digits.parse().ok().filter(|number| (400..600).contains(number))
}

/// An ASCII or full-width digit, as ASCII.
fn digit(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(character) - 0xff10, 10),
        _ => None,
    }
}

/// Whether what stands before a number makes it a part of something: `v404`, `#404`, `1.404`, `limit=500`.
fn is_part_before(before: &str) -> bool {
    let mut characters = before.chars().rev();
    let Some(last) = characters.next() else { return false };
    let next = characters.next();
    match last {
        '.' | ',' | ':' | '\'' => next.is_some_and(|next| digit(next).is_some()),
        '-' | '\u{2010}'..='\u{2013}' => next.is_some_and(|next| is_of_word(next) || digit(next).is_some()),
        // `401/403` names two statuses, `/404` is a path.
        '/' => !ends_with_status(before.trim_end_matches('/')),
        '=' => !ends_with_any(before.trim_end_matches(['=', ' ']), &["status", "code", "statuscode"]),
        // Else it ends a tag.
        '>' => next.is_none_or(char::is_whitespace),
        '#' | '$' | '€' | '£' | '¥' | '_' | '<' | '≤' | '≥' | '~' | '≈' | '+' => true,
        other => is_of_word(other),
    }
}

/// Whether what stands behind a number makes it a part of something: `404x`, `40.4`, `500%`, `500-character`, `400-499`.
fn is_part_behind(behind: &str) -> bool {
    let mut characters = behind.chars();
    let Some(first) = characters.next() else { return false };
    let next = characters.next();
    match first {
        '.' | ',' | ':' | '\'' => next.is_some_and(|next| digit(next).is_some()),
        '-' | '\u{2010}'..='\u{2013}' => {
            next.is_some_and(|next| digit(next).is_some()) || words::is_unit(words::first(&behind[first.len_utf8()..]))
        }
        '_' | '%' | '‰' | '°' | '$' | '€' | '£' | '¥' | '+' | '=' | '×' | '\u{ff05}' => true,
        other => is_of_word(other),
    }
}

/// A character of a word that is written without a space before a number: scripts without spaces are none.
fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() && digit(character).is_none() && u32::from(character) < 0x0e00
}

fn ends_with_status(text: &str) -> bool {
    let start = text.char_indices().rev().take_while(|(_, next)| digit(*next).is_some()).last();
    start.is_some_and(|(start, _)| value(&text[start..]).is_some())
}

fn ends_with_any(text: &str, words: &[&str]) -> bool {
    let text = words::last(text).to_lowercase();
    words.iter().any(|word| text == *word)
}

#[cfg(test)]
mod tests;
