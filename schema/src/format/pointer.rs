//! JSON Pointers: RFC 6901 section 3, and Relative JSON Pointers (draft-bhutton-relative-json-pointer-00 section 3).

/// `json-pointer`.
pub(super) fn is_pointer(text: &str) -> bool {
    let is_escaped = |(at, _): (usize, &str)| matches!(text.as_bytes().get(at + 1), Some(b'0' | b'1'));
    (text.is_empty() || text.starts_with('/')) && text.match_indices('~').all(is_escaped)
}

/// `relative-json-pointer`: levels up, perhaps places along an array, then a pointer or `#`.
pub(super) fn is_relative(text: &str) -> bool {
    let Some(rest) = after_number(text, true) else { return false };
    let rest = match rest.strip_prefix(['+', '-']) {
        Some(places) => after_number(places, false),
        None => Some(rest),
    };
    rest.is_some_and(|rest| rest == "#" || is_pointer(rest))
}

/// What stands behind a number, which has no leading zero.
fn after_number(text: &str, may_be_zero: bool) -> Option<&str> {
    let rest = text.trim_start_matches(|character: char| character.is_ascii_digit());
    let number = &text[..text.len() - rest.len()];
    let fits = match number.as_bytes() {
        [] => false,
        [b'0'] => may_be_zero,
        [first, ..] => *first != b'0',
    };
    fits.then_some(rest)
}
