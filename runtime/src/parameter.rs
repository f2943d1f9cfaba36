//! Scalars as parameters carry them: text.

use crate::json;

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

macro_rules! numbers {
    ($($ty:ty: $expected:literal, $is_representable:expr;)+) => {
        $(impl Parameter for $ty {
            const EXPECTED: &'static str = $expected;

            fn parse(text: &str) -> Option<Self> {
                text.parse().ok().filter(|number: &Self| is_number(text) && $is_representable(*number))
            }
        })+
    };
}

numbers! {
    i8: "an 8-bit integer", |_| true;
    i16: "a 16-bit integer", |_| true;
    i32: "a 32-bit integer", |_| true;
    i64: "a 64-bit integer", |_| true;
    u8: "an unsigned 8-bit integer", |_| true;
    u16: "an unsigned 16-bit integer", |_| true;
    u32: "an unsigned 32-bit integer", |_| true;
    u64: "an unsigned 64-bit integer", |_| true;
    f32: "a 32-bit number", f32::is_finite;
    f64: "a number", f64::is_finite;
}

/// Types that are strings in JSON, of a format.
macro_rules! formats {
    ($($(#[$condition:meta])? $ty:ty: $expected:literal;)+) => {
        $(
            $(#[$condition])?
            impl Parameter for $ty {
                const EXPECTED: &'static str = $expected;

                fn parse(text: &str) -> Option<Self> {
                    json::from_text(text)
                }
            }
        )+
    };
}

formats! {
    json::Base64: "bytes in base64";
    json::Binary: "a string";
    json::Null: "`null`";
    std::net::Ipv4Addr: "an IPv4 address";
    std::net::Ipv6Addr: "an IPv6 address";
    #[cfg(feature = "date")] chrono::NaiveDate: "a date of RFC 3339";
    #[cfg(feature = "date")] chrono::DateTime<chrono::FixedOffset>: "a date and time of RFC 3339";
    #[cfg(feature = "uuid")] uuid::Uuid: "a UUID";
}

/// Rust also reads `+1`, `.5`, `5.`, `inf` and `nan`; JSON (RFC 8259 section 6), whose numbers parameters hold, has none
/// of them.
fn is_number(text: &str) -> bool {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let whole = digits.split(|byte| matches!(byte, b'e' | b'E')).next().unwrap_or_default();
    is_digit(digits.first()) && is_digit(whole.last())
}
