//! Percent-encoding (RFC 3986 section 2.1), strictly: what is malformed is refused, not passed through.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What a URI fragment does not hold as it is (RFC 3986 section 3.5).
pub(crate) const FRAGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// All but the unreserved characters (RFC 3986 section 2.3).
pub(crate) const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The text, or `None` if an escape is malformed or the bytes are not UTF-8.
pub(crate) fn decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    let escapes = text.as_bytes().split(|byte| *byte == b'%').skip(1);
    let well_formed = |escape: &[u8]| matches!(escape, [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit());
    if !escapes.into_iter().all(well_formed) {
        return None;
    }
    percent_decode_str(text).decode_utf8().ok()
}

/// Like [`decode`], for the query: `+` is a space, as in `application/x-www-form-urlencoded`.
pub(crate) fn decode_query(text: &str) -> Option<Cow<'_, str>> {
    if text.contains('+') {
        return decode(&text.replace('+', " ")).map(|decoded| Cow::Owned(decoded.into_owned()));
    }
    decode(text)
}

/// Like [`decode`], for cookies, which not every client encodes: a `%` before anything but two hexadecimal digits is
/// itself.
pub(crate) fn decode_cookie(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(Cow::Borrowed(text));
    }
    percent_decode_str(text).decode_utf8().ok()
}

/// Escapes what a set names, and everything beyond ASCII.
pub(crate) fn encode(text: &str, set: &'static AsciiSet) -> String {
    utf8_percent_encode(text, set).to_string()
}

#[cfg(test)]
mod tests {
    use super::{decode, decode_cookie};

    #[test]
    fn only_cookies_may_hold_a_percent_sign() {
        for text in ["100%", "%zz", "%4", "%%41"] {
            assert_eq!(decode(text), None, "{text}");
        }
        for (text, expected) in [("100%", "100%"), ("%zz", "%zz"), ("%4", "%4"), ("%%41", "%A"), ("a%20b", "a b")] {
            assert_eq!(decode_cookie(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(decode_cookie("%FF"), None);
    }
}
