//! What a plain scalar is: the core schema of YAML 1.2.2 section 10.3.2.
//!
//! The one rule: a number stays the text that it is, as long as that is a JSON number (RFC 8259 section 6).

use std::borrow::Cow;

/// The value of a plain scalar.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Scalar<'text> {
    Null,
    Boolean(bool),
    /// Digits only, and perhaps a sign.
    Integer(Cow<'text, str>),
    /// With a fraction or an exponent.
    Float(Cow<'text, str>),
    /// A number of the core schema that JSON does not have.
    NotJson,
    String,
}

/// Hexadecimal and octal numbers with more digits than this have no use, and would cost more than linear time.
const RADIX_DIGITS: usize = 1000;

/// Says what a plain scalar is.
pub(super) fn resolve(text: &str) -> Scalar<'_> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "true" | "True" | "TRUE" => Scalar::Boolean(true),
        "false" | "False" | "FALSE" => Scalar::Boolean(false),
        _ if !text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.')) => {
            Scalar::String
        }
        ".nan" | ".NaN" | ".NAN" => Scalar::NotJson,
        _ if matches!(unsigned(text), ".inf" | ".Inf" | ".INF") => Scalar::NotJson,
        _ => radix(text).or_else(|| decimal(text)).unwrap_or(Scalar::String),
    }
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

/// `0o17` and `0x1F`: without a sign, letters in lower case before the digits.
fn radix(text: &str) -> Option<Scalar<'_>> {
    let (digits, radix) = text
        .strip_prefix("0x")
        .map(|digits| (digits, 16))
        .or_else(|| text.strip_prefix("0o").map(|digits| (digits, 8)))?;
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    if digits.len() > RADIX_DIGITS {
        return Some(Scalar::NotJson);
    }
    Some(Scalar::Integer(Cow::Owned(to_decimal(digits, radix))))
}

/// The digits in base ten. Any length: a number is a text here.
fn to_decimal(digits: &str, radix: u32) -> String {
    // The least significant first.
    let mut decimal = vec![0_u32];
    for digit in digits.chars().filter_map(|digit| digit.to_digit(radix)) {
        let mut carry = digit;
        for place in &mut decimal {
            let sum = *place * radix + carry;
            *place = sum % 10;
            carry = sum / 10;
        }
        while carry > 0 {
            decimal.push(carry % 10);
            carry /= 10;
        }
    }
    decimal.iter().rev().filter_map(|&digit| char::from_digit(digit, 10)).collect()
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`, of which integers are a part.
fn decimal(text: &str) -> Option<Scalar<'_>> {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let (whole, fraction) = match unsigned(mantissa).split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned(mantissa), None),
    };
    let has_digits = !whole.is_empty() || fraction.is_some_and(|fraction| !fraction.is_empty());
    let exponent_fits = exponent.is_empty() || (exponent.len() > 1 && is_digits(unsigned(&exponent[1..]), 1));
    if !has_digits || !exponent_fits || !is_digits(whole, 0) || !is_digits(fraction.unwrap_or(""), 0) {
        return None;
    }
    let is_json = !text.starts_with('+')
        && (whole == "0" || (!whole.is_empty() && !whole.starts_with('0')))
        && fraction.is_none_or(|fraction| !fraction.is_empty());
    let number = if is_json { Cow::Borrowed(text) } else { Cow::Owned(normalised(text, whole, fraction, exponent)) };
    Some(if fraction.is_none() && exponent.is_empty() { Scalar::Integer(number) } else { Scalar::Float(number) })
}

fn is_digits(text: &str, at_least: usize) -> bool {
    text.len() >= at_least && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The same number with one leading digit at least, no leading zeros, and a digit after the point.
fn normalised(text: &str, whole: &str, fraction: Option<&str>, exponent: &str) -> String {
    let sign = if text.starts_with('-') { "-" } else { "" };
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        digits => digits,
    };
    let (point, fraction) = match fraction {
        None => ("", ""),
        Some("") => (".", "0"),
        Some(digits) => (".", digits),
    };
    format!("{sign}{whole}{point}{fraction}{exponent}")
}

#[cfg(test)]
mod tests {
    use super::{Scalar, resolve};

    #[test]
    fn plain_scalars_are_what_the_core_schema_says() {
        let integer = |text: &'static str| Scalar::Integer(text.into());
        let float = |text: &'static str| Scalar::Float(text.into());
        let table = [
            ("", Scalar::Null),
            ("~", Scalar::Null),
            ("NULL", Scalar::Null),
            ("nULL", Scalar::String),
            ("True", Scalar::Boolean(true)),
            ("FALSE", Scalar::Boolean(false)),
            ("tRUE", Scalar::String),
            ("yes", Scalar::String),
            ("on", Scalar::String),
            ("NO", Scalar::String),
            ("0", integer("0")),
            ("-0", integer("-0")),
            ("+5", integer("5")),
            ("-5", integer("-5")),
            ("012", integer("12")),
            ("-007", integer("-7")),
            ("000", integer("0")),
            ("18446744073709551616", integer("18446744073709551616")),
            ("0x1F", integer("31")),
            ("0o17", integer("15")),
            ("0x10000000000000000000000", integer("309485009821345068724781056")),
            ("0x", Scalar::String),
            ("0o8", Scalar::String),
            ("-0x1F", Scalar::String),
            ("0b1", Scalar::String),
            ("1_000", Scalar::String),
            ("1.10", float("1.10")),
            ("1e400", float("1e400")),
            ("-1.5E+3", float("-1.5E+3")),
            (".5", float("0.5")),
            ("-.5", float("-0.5")),
            ("5.", float("5.0")),
            ("5.e3", float("5.0e3")),
            ("+1.", float("1.0")),
            ("00.5", float("0.5")),
            (".", Scalar::String),
            ("-", Scalar::String),
            ("+.", Scalar::String),
            ("1e", Scalar::String),
            ("1e+", Scalar::String),
            ("e5", Scalar::String),
            (".e5", Scalar::String),
            ("1.2.3", Scalar::String),
            ("12:30:45", Scalar::String),
            ("2020-01-01", Scalar::String),
            ("+-5", Scalar::String),
            (".inf", Scalar::NotJson),
            ("-.Inf", Scalar::NotJson),
            ("+.INF", Scalar::NotJson),
            (".NaN", Scalar::NotJson),
            ("-.nan", Scalar::String),
            ("Infinity", Scalar::String),
            ("٣", Scalar::String),
        ];
        for (text, expected) in table {
            assert_eq!(resolve(text), expected, "{text}");
        }
        assert_eq!(resolve(&format!("0x{}", "F".repeat(100_000))), Scalar::NotJson);
    }
}
