//! Scalars as parameters carry them: text.

/// A type that a parameter can be read as.
pub trait Parameter: Sized {
    /// What the text must be, for the message of a violation: `a 32-bit integer`.
    const EXPECTED: &'static str;

    /// Reads the decoded text.
    fn parse(text: &str) -> Option<Self>;
}

impl Parameter for String {
    const EXPECTED: &'static str = "a string";

    fn parse(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Parameter for bool {
    const EXPECTED: &'static str = "`true` or `false`";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Parameter for i32 {
    const EXPECTED: &'static str = "a 32-bit integer";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok().filter(|_| is_number(text))
    }
}

impl Parameter for i64 {
    const EXPECTED: &'static str = "a 64-bit integer";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok().filter(|_| is_number(text))
    }
}

impl Parameter for f32 {
    const EXPECTED: &'static str = "a 32-bit number";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok().filter(|number: &Self| is_number(text) && number.is_finite())
    }
}

impl Parameter for f64 {
    const EXPECTED: &'static str = "a number";

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok().filter(|number: &Self| is_number(text) && number.is_finite())
    }
}

/// Rust also reads `+1`, `.5`, `5.`, `inf` and `nan`; JSON (RFC 8259 section 6), whose numbers parameters hold, has none
/// of them.
fn is_number(text: &str) -> bool {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let whole = digits.split(|byte| matches!(byte, b'e' | b'E')).next().unwrap_or_default();
    is_digit(digits.first()) && is_digit(whole.last())
}
