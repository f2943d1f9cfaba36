//! Scalars as parameters carry them: text.

use stubwright_schema::{Message, Sentence};

use crate::json;

/// A type that a parameter can be read as.
pub trait Parameter: Sized {
    /// What the text must be.
    const EXPECTED: Expected;

    /// Reads the decoded text.
    fn parse(text: &str) -> Option<Self>;
}

/// What the text of a parameter must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A value of a kind: `a 32-bit integer`.
    Kind(Sentence),
    /// One of these values: `a, b`.
    OneOf(&'static str),
}

impl Expected {
    /// What is told of another text.
    pub(crate) fn message(self) -> Message {
        match self {
            Self::Kind(kind) => Sentence::Expected.with([kind.into()]),
            Self::OneOf(values) => Sentence::ExpectedOneOf.with([values.into()]),
        }
    }
}

impl Parameter for String {
    const EXPECTED: Expected = Expected::Kind(Sentence::String);

    fn parse(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Parameter for bool {
    const EXPECTED: Expected = Expected::Kind(Sentence::TrueOrFalse);

    fn parse(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

macro_rules! numbers {
    ($($ty:ty: $expected:ident, $is_representable:expr;)+) => {
        $(impl Parameter for $ty {
            const EXPECTED: Expected = Expected::Kind(Sentence::$expected);

            fn parse(text: &str) -> Option<Self> {
                text.parse().ok().filter(|number: &Self| is_number(text) && $is_representable(*number))
            }
        })+
    };
}

numbers! {
    i8: Integer8, |_| true;
    i16: Integer16, |_| true;
    i32: Integer32, |_| true;
    i64: Integer64, |_| true;
    u8: Unsigned8, |_| true;
    u16: Unsigned16, |_| true;
    u32: Unsigned32, |_| true;
    u64: Unsigned64, |_| true;
    f32: Number32, f32::is_finite;
    f64: Number, f64::is_finite;
}

/// Types that are strings in JSON, of a format.
macro_rules! formats {
    ($($(#[$condition:meta])? $ty:ty: $expected:ident;)+) => {
        $(
            $(#[$condition])?
            impl Parameter for $ty {
                const EXPECTED: Expected = Expected::Kind(Sentence::$expected);

                fn parse(text: &str) -> Option<Self> {
                    json::from_text(text)
                }
            }
        )+
    };
}

formats! {
    json::Base64: Base64;
    json::Binary: String;
    json::Null: Null;
    std::net::Ipv4Addr: Ipv4;
    std::net::Ipv6Addr: Ipv6;
    #[cfg(feature = "date")] chrono::NaiveDate: Date;
    #[cfg(feature = "date")] chrono::DateTime<chrono::FixedOffset>: DateTime;
    #[cfg(feature = "uuid")] uuid::Uuid: Uuid;
}

/// Rust also reads `+1`, `.5`, `5.`, `inf` and `nan`; JSON (RFC 8259 section 6), whose numbers parameters hold, has none
/// of them.
fn is_number(text: &str) -> bool {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    let whole = digits.split(|byte| matches!(byte, b'e' | b'E')).next().unwrap_or_default();
    is_digit(digits.first()) && is_digit(whole.last())
}
