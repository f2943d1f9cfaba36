//! What the Rust type that carries a schema can hold.

use serde_json::{Number, Value};

use crate::format::Format;
use crate::sentence::Sentence;

/// A Rust type, as far as it holds less than its schema allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// Integers from one to the other; what they are, for people, first.
    Integers(Sentence, i128, i128),
    /// Numbers of 32 bits.
    F32,
    /// Numbers of 64 bits.
    F64,
    /// `format: uuid`.
    Uuid,
    /// `format: date-time`.
    DateTime,
    /// `format: date`.
    Date,
    /// `format: ipv4`.
    Ipv4,
    /// `format: ipv6`.
    Ipv6,
    /// Bytes.
    Base64,
}

impl Domain {
    /// The domain with this name in the data file.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "i8" => Self::Integers(Sentence::Integer8, i8::MIN.into(), i8::MAX.into()),
            "i16" => Self::Integers(Sentence::Integer16, i16::MIN.into(), i16::MAX.into()),
            "i32" => Self::Integers(Sentence::Integer32, i32::MIN.into(), i32::MAX.into()),
            "i64" => Self::Integers(Sentence::Integer64, i64::MIN.into(), i64::MAX.into()),
            "u8" => Self::Integers(Sentence::Unsigned8, 0, u8::MAX.into()),
            "u16" => Self::Integers(Sentence::Unsigned16, 0, u16::MAX.into()),
            "u32" => Self::Integers(Sentence::Unsigned32, 0, u32::MAX.into()),
            "u64" => Self::Integers(Sentence::Unsigned64, 0, u64::MAX.into()),
            "f32" => Self::F32,
            "f64" => Self::F64,
            "uuid" => Self::Uuid,
            "date-time" => Self::DateTime,
            "date" => Self::Date,
            "ipv4" => Self::Ipv4,
            "ipv6" => Self::Ipv6,
            "base64" => Self::Base64,
            _ => return None,
        })
    }

    /// Whether the type holds a value. Of other kinds of values it says nothing: that is for `type`.
    pub(crate) fn holds(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Integers(_, lowest, highest), Value::Number(number)) => {
                integer(number).is_some_and(|integer| (lowest..=highest).contains(&integer))
            }
            (Self::F32, Value::Number(number)) => number.as_f64().is_some_and(|number| narrow(number).is_finite()),
            (Self::F64, Value::Number(number)) => number.as_f64().is_some_and(f64::is_finite),
            (Self::Uuid, Value::String(text)) => Format::Uuid.admits(text),
            (Self::DateTime, Value::String(text)) => Format::DateTime.admits(text),
            (Self::Date, Value::String(text)) => Format::Date.admits(text),
            (Self::Ipv4, Value::String(text)) => Format::Ipv4.admits(text),
            (Self::Ipv6, Value::String(text)) => Format::Ipv6.admits(text),
            (Self::Base64, Value::String(text)) => is_base64(text),
            (
                Self::Integers(..)
                | Self::F32
                | Self::F64
                | Self::Uuid
                | Self::DateTime
                | Self::Date
                | Self::Ipv4
                | Self::Ipv6
                | Self::Base64,
                _,
            ) => true,
        }
    }

    /// What the type holds, for people.
    pub(crate) fn words(self) -> Sentence {
        match self {
            Self::Integers(words, _, _) => words,
            Self::F32 => Sentence::Number32,
            Self::F64 => Sentence::Number64,
            Self::Uuid => Format::Uuid.words(),
            Self::DateTime => Format::DateTime.words(),
            Self::Date => Format::Date.words(),
            Self::Ipv4 => Format::Ipv4.words(),
            Self::Ipv6 => Format::Ipv6.words(),
            Self::Base64 => Sentence::Base64,
        }
    }
}

/// The integer that a number is; of numbers with a fraction or an exponent, the one that they are read as.
fn integer(number: &Number) -> Option<i128> {
    let whole = number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    #[expect(clippy::cast_possible_truncation, reason = "the cast saturates, beyond what any domain holds")]
    whole.or_else(|| number.as_f64().filter(|value| value.fract() == 0.0).map(|value| value as i128))
}

#[expect(clippy::cast_possible_truncation, reason = "what is beyond becomes infinite, which is asked for")]
fn narrow(number: f64) -> f32 {
    number as f32
}

/// RFC 4648 section 4, with padding.
fn is_base64(text: &str) -> bool {
    let data = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - data.len() <= 2
        && data.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}
