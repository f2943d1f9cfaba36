//! Media types (RFC 9110 section 8.3.1), as far as matching a `Content-Type` needs them.

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

/// Whether what is declared is no media type that can be sent.
pub(crate) fn is_range(declared: &str) -> bool {
    essence(declared).contains('*')
}

/// A media type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().map(trim).unwrap_or_default()
}

/// A parameter of a media type, or of a field that is written alike: `name=value` or `name="quoted value"` (RFC 9110
/// section 5.6.6).
pub(crate) fn parameter(text: &str, name: &str) -> Option<String> {
    let mut rest = text.split_once(';')?.1;
    loop {
        let (key, after) = rest.split_once('=')?;
        // A parameter without a value has no equals sign of its own.
        let key = trim(key.rsplit(';').next().unwrap_or(key));
        let (value, after) = value(trim_start(after));
        if key.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = after.split_once(';')?.1;
    }
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
