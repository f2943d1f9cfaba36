//! Media types (RFC 9110 section 8.3.1), as far as matching `Content-Type` and `Accept` needs them.

use bytes::Bytes;
use http::HeaderValue;

/// How a typed value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    Json,
    Form,
    Multipart,
    Xml,
}

/// The field `Content-Type` for a media type of the document; `None` where no field can carry it.
pub(crate) fn content_type(media_type: &'static str) -> Option<HeaderValue> {
    match media_type {
        // What almost every answer is costs nothing.
        "application/json" => Some(const { HeaderValue::from_static("application/json") }),
        "application/problem+json" => Some(const { HeaderValue::from_static("application/problem+json") }),
        other => HeaderValue::from_maybe_shared(Bytes::from_static(other.as_bytes())).ok(),
    }
}

/// How narrow a declared media type or range is that covers a media type; `None` if it does not. Parameters do not count.
pub(crate) fn range_rank(media_type: &str, declared: &str) -> Option<u8> {
    let (kind, subtype) = essence(media_type).split_once('/')?;
    let (range_kind, range_subtype) = essence(declared).split_once('/')?;
    let rank = match (range_kind, range_subtype) {
        ("*", "*") => 0,
        (_, "*") => 1,
        (_, subtype) if subtype.starts_with('*') => 2,
        _ => 3,
    };
    (covers(range_kind, kind) && covers(range_subtype, subtype)).then_some(rank)
}

/// `*` and `*+json` stand for any name with that ending.
fn covers(range: &str, name: &str) -> bool {
    let Some(ending) = range.strip_prefix('*') else { return range.eq_ignore_ascii_case(name) };
    let ending_of = name.len().checked_sub(ending.len()).and_then(|at| name.get(at..));
    ending_of.is_some_and(|end| end.eq_ignore_ascii_case(ending))
}

/// How a media type is written that typed values are sent in: JSON, unless it is another one.
pub(crate) fn written(media_type: &str) -> Written {
    let essence = essence(media_type);
    if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        Written::Form
    } else if essence.eq_ignore_ascii_case("multipart/form-data") {
        Written::Multipart
    } else if range_rank(media_type, "*/xml").or_else(|| range_rank(media_type, "*/*+xml")).is_some() {
        Written::Xml
    } else {
        Written::Json
    }
}

/// Whether what is declared is no media type that can be sent.
pub(crate) fn is_range(declared: &str) -> bool {
    essence(declared).contains('*')
}

/// A media type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().map(trim).unwrap_or_default()
}

/// Whether a range has a media type in common with what is declared, which may be a range, too.
pub(crate) fn overlaps(range: &str, declared: &str) -> bool {
    range_rank(declared, range).is_some() || range_rank(range, declared).is_some()
}

/// A parameter of a media type, or of a field that is written alike: `name=value` or `name="quoted value"` (RFC 9110
/// section 5.6.6).
pub(crate) fn parameter(text: &str, name: &str) -> Option<String> {
    parameters(text).find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// All parameters. One without a value is none.
pub(crate) fn parameters(text: &str) -> impl Iterator<Item = (&str, String)> {
    let mut rest = text.split_once(';').map(|(_, rest)| rest);
    std::iter::from_fn(move || {
        let (key, after) = rest?.split_once('=')?;
        // A parameter without a value has no equals sign of its own.
        let key = trim(key.rsplit(';').next().unwrap_or(key));
        let (value, after) = value(trim_start(after));
        rest = after.split_once(';').map(|(_, rest)| rest);
        Some((key, value))
    })
}

/// The members of a list, without the white space around them; a separator in a quoted string is none.
pub(crate) fn split(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    let mut is_escaped = false;
    let is_end = move |character: char| {
        let was_escaped = is_escaped;
        is_escaped = is_quoted && !was_escaped && character == '\\';
        if character == '"' && !was_escaped {
            is_quoted = !is_quoted;
        }
        character == separator && !is_quoted
    };
    text.split(is_end).map(trim)
}

/// A value, without quotation marks and escapes, and what follows it.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        return (trim(&text[..end]).to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return (value, &quoted[at + 1..]),
            // Browsers escape nothing by a backslash, so one before another character is itself.
            '\\' => match characters.next_if(|(_, next)| matches!(next, '"' | '\\')) {
                Some((_, escaped)) => value.push(escaped),
                None => value.push(character),
            },
            _ => value.push(character),
        }
    }
    (value, "")
}

/// Without optional whitespace (RFC 9110 section 5.6.3).
fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

fn trim_start(text: &str) -> &str {
    text.trim_start_matches([' ', '\t'])
}
