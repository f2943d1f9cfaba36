//! What a client accepts: the field `Accept` (RFC 9110 section 12.5.1).
//!
//! The fields of a request enter, how much the client likes a media type leaves. The one rule: a member of the list that is
//! malformed is passed over, and a list without any other is no wish at all, as if the field were absent.

use http::{HeaderMap, HeaderValue, header};

use crate::media_type::{is_range, overlaps, parameters, range_rank, split};

/// What a client accepts.
///
/// ```
/// use http::{HeaderMap, HeaderValue, header};
/// use stubwright::Accept;
///
/// let mut headers = HeaderMap::new();
/// headers.insert(header::ACCEPT, HeaderValue::from_static("text/csv, application/*;q=0.5, application/xml;q=0"));
/// let accept = Accept::of(&headers);
/// assert_eq!(accept.choose(&["application/json", "text/csv"]), Some("text/csv"));
/// assert_eq!(accept.choose(&["application/json", "application/xml"]), Some("application/json"));
/// assert_eq!(accept.choose(&["text/html", "application/xml"]), None);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Accept {
    /// All fields as one; `None` where the client takes anything.
    field: Option<HeaderValue>,
}

/// The weight of what a client wants most, in thousandths: `q=1`.
const WHOLE: u16 = 1_000;

/// A member of the list.
struct MediaRange<'f> {
    /// With its parameters.
    text: &'f str,
    weight: u16,
}

impl Accept {
    /// What the header fields of a request say.
    pub fn of(headers: &HeaderMap) -> Self {
        // A request has few fields: to look at each takes less than to hash the name.
        let mut fields = headers.iter().filter(|(name, _)| *name == header::ACCEPT).map(|(_, value)| value);
        let Some(first) = fields.next() else { return Self::default() };
        let Some(second) = fields.next() else {
            return Self { field: (first != "*/*").then(|| first.clone()) };
        };
        // RFC 9110 section 5.3.
        let all: Vec<&[u8]> = [first, second].into_iter().chain(fields).map(HeaderValue::as_bytes).collect();
        Self { field: HeaderValue::from_bytes(&all.join(&b", "[..])).ok() }
    }

    /// How much the client wants a media type, in thousandths: 1,000 for `q=1`, 0 for what it does not accept.
    ///
    /// The narrowest range counts (RFC 9110 section 12.5.1). A media type that is a range itself is as good as the best
    /// media type of it. `charset=utf-8` asks for nothing more of a media type without a `charset`.
    ///
    /// ```
    /// assert_eq!(stubwright::Accept::default().quality("application/json"), 1_000);
    /// ```
    pub fn quality(&self, media_type: &str) -> u16 {
        let Some(text) = self.text() else { return WHOLE };
        let mut is_empty = true;
        let mut narrowest: Option<((u8, usize), u16)> = None;
        let mut within = 0;
        for range in ranges(text) {
            is_empty = false;
            match range.rank(media_type) {
                Some(rank) if narrowest.is_none_or(|known| (rank, range.weight) > known) => {
                    narrowest = Some((rank, range.weight));
                }
                None if is_range(media_type) && overlaps(range.text, media_type) => within = within.max(range.weight),
                Some(_) | None => {}
            }
        }
        if is_empty { WHOLE } else { narrowest.map_or(0, |(_, weight)| weight).max(within) }
    }

    /// The media type that the client wants most; of equals the first; `None` if it accepts none of them.
    pub fn choose<'o>(&self, media_types: &[&'o str]) -> Option<&'o str> {
        let mut best: Option<(&'o str, u16)> = None;
        for &media_type in media_types {
            let quality = self.quality(media_type);
            if quality > best.map_or(0, |(_, quality)| quality) {
                best = Some((media_type, quality));
            }
        }
        best.map(|(media_type, _)| media_type)
    }

    /// Whether the client takes anything: it says nothing, or `*/*` alone.
    pub fn is_any(&self) -> bool {
        self.field.is_none()
    }

    /// A field that is no text is no wish.
    fn text(&self) -> Option<&str> {
        std::str::from_utf8(self.field.as_ref()?.as_bytes()).ok()
    }
}

/// The well-formed members of a list.
fn ranges(text: &str) -> impl Iterator<Item = MediaRange<'_>> {
    split(text, ',').filter_map(MediaRange::parse)
}

impl<'f> MediaRange<'f> {
    fn parse(text: &'f str) -> Option<Self> {
        let essence = text.split(';').next().unwrap_or_default().trim_matches([' ', '\t']);
        let is_well_formed = match essence.split_once('/') {
            Some(("*", subtype)) => subtype == "*",
            Some((kind, subtype)) => is_token(kind) && is_token(subtype),
            // Old clients write it for `*/*`.
            None => essence == "*",
        };
        // Where it stands among the parameters does not matter.
        let weight = match parameters(text).find(|(name, _)| name.eq_ignore_ascii_case("q")) {
            Some((_, value)) => weight(&value)?,
            None => WHOLE,
        };
        is_well_formed.then_some(Self { text, weight })
    }

    /// How narrow it is, if a media type is of it: the range, then how many parameters it demands.
    fn rank(&self, media_type: &str) -> Option<(u8, usize)> {
        let rank = if self.text.trim_start().starts_with("*/") || !self.text.contains('/') {
            0
        } else {
            range_rank(media_type, self.text)?
        };
        let mut n_demanded = 0;
        for (name, value) in parameters(self.text).filter(|(name, _)| !name.eq_ignore_ascii_case("q")) {
            let sent = parameters(media_type).find(|(known, _)| known.eq_ignore_ascii_case(name));
            let fits = match sent {
                Some((_, sent)) => sent.eq_ignore_ascii_case(&value),
                // Text is always sent in UTF-8.
                None => name.eq_ignore_ascii_case("charset") && value.eq_ignore_ascii_case("utf-8"),
            };
            if !fits {
                return None;
            }
            n_demanded += 1;
        }
        Some((rank, n_demanded))
    }
}

/// A weight in thousandths (RFC 9110 section 12.4.2); as in the wild, the zero before the point may be missing, and further
/// digits do not count.
fn weight(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if text == "." || !fraction.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let digits = fraction.bytes().map(|digit| u16::from(digit - b'0')).chain(std::iter::repeat(0));
    let fraction = digits.take(3).fold(0, |sum, digit| sum * 10 + digit);
    match whole {
        "" if text.is_empty() => None,
        "" | "0" => Some(fraction),
        "1" if fraction == 0 => Some(WHOLE),
        _ => None,
    }
}

/// RFC 9110 section 5.6.2.
fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, header};

    use super::Accept;

    fn accept(fields: &[&[u8]]) -> Accept {
        let mut headers = HeaderMap::new();
        for field in fields {
            headers.append(header::ACCEPT, HeaderValue::from_bytes(field).expect("a field"));
        }
        Accept::of(&headers)
    }

    #[test]
    fn the_narrowest_range_counts() {
        // The example of RFC 9110 section 12.5.1.
        let example =
            "text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, text/plain;format=fixed;q=0.4, */*;q=0.5";
        for (field, media_type, quality) in [
            (example, "text/plain;format=flowed", 1_000),
            (example, "text/plain", 700),
            (example, "text/html", 300),
            (example, "image/jpeg", 500),
            (example, "text/plain;format=fixed", 400),
            (example, "text/html;level=3", 300),
            ("a/b;q=0, */*", "a/b", 0),
            ("*/*, a/*;q=0", "a/b", 0),
            ("a/*;q=0, a/b;q=0.001", "a/b", 1),
            ("a/b;q=0.2, a/b;q=0.3", "a/b", 300),
            ("A/B;Q=0.5", "a/b", 500),
            ("a/b;x=1;q=0.5;y=2", "a/b;y=2;x=1", 500),
            ("a/b;x=\"1,;\\\"\";q=0.5", "a/b;x=\"1,;\\\"\"", 500),
            ("a/b;x=1", "a/b", 0),
            ("a/b;charset=UTF-8", "a/b", 1_000),
            ("a/b;charset=latin1", "a/b", 0),
            ("a/b;charset=utf-8", "a/b;charset=latin1", 0),
            ("text/html, image/gif, *; q=.2, */*; q=.2", "a/b", 200),
            ("a/png;q=0.4, a/gif;q=0.6, */*;q=0.1", "a/*", 600),
            ("*/*, a/*;q=0", "a/*", 0),
            ("a/*;q=0, a/gif", "a/*", 1_000),
            ("a/gif;q=0, a/*;q=0.5", "a/*", 500),
            ("b/gif", "a/*", 0),
            ("b/gif", "*/*", 1_000),
            (" a/b , , c/d\t;\tq=1.000 ", "c/d", 1_000),
        ] {
            assert_eq!(accept(&[field.as_bytes()]).quality(media_type), quality, "{field} for {media_type}");
        }
    }

    #[test]
    fn malformed_members_are_passed_over() {
        for (field, quality) in [
            ("", 1_000),
            (",", 1_000),
            ("json", 1_000),
            ("*/json", 1_000),
            ("a/", 1_000),
            ("a b/c", 1_000),
            ("a/b;q=x", 1_000),
            ("a/b;q=2", 1_000),
            ("a/b;q=1.5", 1_000),
            ("a/b;q=-1", 1_000),
            ("a/b;q=.", 1_000),
            ("a/b;q=", 1_000),
            ("json, x/y", 0),
            ("a/b;q=9, */*;q=0.3", 300),
            ("a/b;q=0.98765", 987),
            ("a/b;;q=0.5", 500),
            ("a/b;level", 1_000),
            ("a/b;x=\"", 0),
        ] {
            assert_eq!(accept(&[field.as_bytes()]).quality("a/b"), quality, "{field}");
        }
        assert_eq!(accept(&[b"x/y\xff"]).quality("a/b"), 1_000);
    }

    #[test]
    fn several_fields_are_one_list() {
        let accept = accept(&[b"a/b;q=0.1", b"c/d;q=0.2", b"e/f"]);
        assert_eq!(accept.choose(&["a/b", "c/d"]), Some("c/d"));
        assert_eq!(accept.choose(&["g/h"]), None);
        assert!(!accept.is_any());
    }

    #[test]
    fn of_equals_the_first_is_chosen() {
        assert_eq!(accept(&[b"*/*"]).choose(&["a/b", "c/d"]), Some("a/b"));
        assert_eq!(accept(&[b"c/d, a/b"]).choose(&["a/b", "c/d"]), Some("a/b"));
        assert!(accept(&[b"*/*"]).is_any() && accept(&[]).is_any());
    }

    #[test]
    fn any_text_ends_in_a_quality() {
        const PIECES: [&str; 14] = ["*", "/", "a", ",", ";", "q", "=", "0", ".", "5", "\"", "\\", " ", "\u{fc}"];
        let mut state = 0x9e37_79b9_u32;
        for _ in 0..20_000 {
            let mut field = String::new();
            for _ in 0..state % 24 {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                field.push_str(PIECES[state as usize % PIECES.len()]);
            }
            state = state.wrapping_add(1);
            let accept = accept(&[field.as_bytes()]);
            for media_type in ["a/a", "*/*", "a", "a/a;q=\"", ""] {
                assert!(accept.quality(media_type) <= 1_000, "{field}");
            }
        }
    }
}
