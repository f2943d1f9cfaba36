//! What the Rust type that carries a schema can hold.

use std::net::{Ipv4Addr, Ipv6Addr};

use serde_json::{Number, Value};

/// A Rust type, as far as it holds less than its schema allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// Integers from one to the other; what they are, for people.
    Integers(&'static str, i128, i128),
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
            "i8" => Self::Integers("an 8-bit integer", i8::MIN.into(), i8::MAX.into()),
            "i16" => Self::Integers("a 16-bit integer", i16::MIN.into(), i16::MAX.into()),
            "i32" => Self::Integers("a 32-bit integer", i32::MIN.into(), i32::MAX.into()),
            "i64" => Self::Integers("a 64-bit integer", i64::MIN.into(), i64::MAX.into()),
            "u8" => Self::Integers("an unsigned 8-bit integer", 0, u8::MAX.into()),
            "u16" => Self::Integers("an unsigned 16-bit integer", 0, u16::MAX.into()),
            "u32" => Self::Integers("an unsigned 32-bit integer", 0, u32::MAX.into()),
            "u64" => Self::Integers("an unsigned 64-bit integer", 0, u64::MAX.into()),
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
            (Self::Uuid, Value::String(text)) => is_uuid(text),
            (Self::DateTime, Value::String(text)) => is_date_time(text),
            (Self::Date, Value::String(text)) => is_date(text),
            (Self::Ipv4, Value::String(text)) => text.parse::<Ipv4Addr>().is_ok(),
            (Self::Ipv6, Value::String(text)) => text.parse::<Ipv6Addr>().is_ok(),
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
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Integers(words, _, _) => words,
            Self::F32 => "a 32-bit number",
            Self::F64 => "a 64-bit number",
            Self::Uuid => "a UUID (RFC 9562)",
            Self::DateTime => "a date and time (RFC 3339)",
            Self::Date => "a date (RFC 3339)",
            Self::Ipv4 => "an IPv4 address",
            Self::Ipv6 => "an IPv6 address",
            Self::Base64 => "Base64 (RFC 4648 section 4)",
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

/// RFC 9562 section 4, in either case.
fn is_uuid(text: &str) -> bool {
    let groups = [8, 4, 4, 4, 12];
    let mut parts = text.split('-');
    let fits = |length: usize, part: Option<&str>| {
        part.is_some_and(|part| part.len() == length && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    groups.iter().all(|length| fits(*length, parts.next())) && parts.next().is_none()
}

/// RFC 3339 section 5.6, `full-date`.
fn is_date(text: &str) -> bool {
    let [year, month, day] = text.split('-').collect::<Vec<_>>()[..] else { return false };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2)) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=last).contains(&day)
}

/// RFC 3339 section 5.6, `date-time`. A leap second stands only at the end of a day in UTC (section 5.7).
fn is_date_time(text: &str) -> bool {
    let (Some(date), Some(separator), Some(time)) = (text.get(..10), text.get(10..11), text.get(11..)) else {
        return false;
    };
    let Some(zone_at) = time.find(['Z', 'z', '+', '-']) else { return false };
    let (clock, zone) = time.split_at(zone_at);
    let (clock, fraction) = clock.split_once('.').map_or((clock, None), |(clock, fraction)| (clock, Some(fraction)));
    let [hour, minute, second] = clock.split(':').collect::<Vec<_>>()[..] else { return false };
    let (Some(hour), Some(minute), Some(second)) = (digits(hour, 2), digits(minute, 2), digits(second, 2)) else {
        return false;
    };
    let Some(offset) = offset(zone) else { return false };
    let utc = (i64::from(hour * 60 + minute) - offset).rem_euclid(24 * 60);
    let last_second = if utc == 24 * 60 - 1 { 60 } else { 59 };
    is_date(date)
        && matches!(separator, "T" | "t" | " ")
        && hour < 24
        && minute < 60
        && second <= last_second
        && fraction.is_none_or(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The minutes that a zone is ahead of UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    let ahead = i64::from(hours * 60 + minutes);
    (hours < 24 && minutes < 60).then_some(if zone.starts_with('-') { -ahead } else { ahead })
}

/// A number of exactly so many digits.
fn digits(text: &str, length: usize) -> Option<u32> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// RFC 4648 section 4, with padding.
fn is_base64(text: &str) -> bool {
    let data = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - data.len() <= 2
        && data.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}
