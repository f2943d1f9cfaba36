//! Numbers as JSON Schema means them: by their mathematical value (2020-12 core, section 4.2.2), which is that of their
//! decimal text.
//!
//! Binary fractions would make `0.0075` no multiple of `0.0001`. A number without a machine integer is taken for the
//! shortest decimal that reads as it, so what a client writes is what is compared, up to 17 digits.

use std::cmp::Ordering;

use serde_json::Number;

/// Below this, every integer is an `f64` exactly.
const EXACT: u64 = 1 << 53;

/// Digits of a divisor that count, so that ten times a remainder fits 128 bits.
const LONGEST_DIVISOR: usize = 37;

/// A number as `0.DIGITS` times a power of ten, without zeros at either end of the digits; zero has none.
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct Decimal {
    is_negative: bool,
    digits: Vec<u8>,
    exponent: i64,
}

/// Compares two numbers.
#[inline]
pub(crate) fn compare(left: &Number, right: &Number) -> Ordering {
    if let (Some(left), Some(right)) = (left.as_i64(), right.as_i64()) {
        return left.cmp(&right);
    }
    match (simple(left), simple(right)) {
        (Some(left), Some(right)) => left.total_cmp(&right),
        (Some(_) | None, None) | (None, Some(_)) => compare_decimals(left, right),
    }
}

#[cold]
fn compare_decimals(left: &Number, right: &Number) -> Ordering {
    Decimal::new(left).compare(&Decimal::new(right))
}

/// Whether a number has no fraction.
pub(crate) fn is_integer(number: &Number) -> bool {
    if number.is_i64() || number.is_u64() {
        return true;
    }
    let decimal = Decimal::new(number);
    decimal.exponent >= decimal.length()
}

/// Whether a number is a whole multiple of another one; of zero, only zero is.
///
/// Of a divisor only the first 37 digits count, which is more than a number of 64 bits has.
pub(crate) fn is_multiple(number: &Number, divisor: &Number) -> bool {
    if let (Some(number), Some(divisor)) = (number.as_i64(), divisor.as_i64())
        && divisor != 0
    {
        return number.checked_rem(divisor).is_none_or(|rest| rest == 0);
    }
    let (number, divisor) = (Decimal::new(number), Decimal::new(divisor));
    if number.digits.is_empty() || divisor.digits.is_empty() {
        return number.digits.is_empty();
    }
    let significant = &divisor.digits[..divisor.digits.len().min(LONGEST_DIVISOR)];
    let modulus = significant.iter().fold(0_u128, |value, digit| value * 10 + u128::from(*digit));
    // Both are an integer times a power of ten; these are the zeros that the number has more.
    let number_scale = number.exponent.saturating_sub(number.length());
    let divisor_scale = divisor.exponent.saturating_sub(i64::try_from(significant.len()).unwrap_or(i64::MAX));
    let Ok(zeros) = u64::try_from(number_scale.saturating_sub(divisor_scale)) else {
        // The digits do not end in zero, so they are no multiple of ten.
        return false;
    };
    // A modulus of 128 bits has fewer than 128 factors two or five: no more zeros than these matter.
    let zeros = usize::try_from(zeros.min(128)).unwrap_or(128);
    let digits = number.digits.iter().copied().chain(std::iter::repeat_n(0, zeros));
    digits.fold(0, |rest, digit| (rest * 10 + u128::from(digit)) % modulus) == 0
}

/// A count as schemas write it: `2.0` is 2, and what does not fit is the nearest that does.
pub(crate) fn count(number: &Number) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "such casts saturate")]
    number.as_u64().unwrap_or_else(|| number.as_f64().map_or(0, |value| value as u64))
}

/// The number as `f64`, when that is exactly what it is or what it was read as.
#[inline]
fn simple(number: &Number) -> Option<f64> {
    let value = if number.is_f64() {
        number.as_f64()
    } else {
        number.as_f64().filter(|_| number.as_i64().is_some_and(|integer| integer.unsigned_abs() <= EXACT))
    };
    // Zero has one sign.
    value.filter(|value| value.is_finite()).map(|value| value + 0.0)
}

impl Decimal {
    pub(crate) fn new(number: &Number) -> Self {
        let text = number.to_string();
        let (is_negative, text) = text.strip_prefix('-').map_or((false, text.as_str()), |rest| (true, rest));
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).map(|digit| digit.wrapping_sub(b'0')).collect();
        let Some(start) = all.iter().position(|digit| *digit != 0) else {
            return Self { is_negative: false, digits: Vec::new(), exponent: 0 };
        };
        let end = all.iter().rposition(|digit| *digit != 0).map_or(all.len(), |last| last + 1);
        let length = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
        // An exponent beyond 64 bits is an enormous or a tiny number; which of them is all that matters.
        let given = exponent.parse().unwrap_or(if exponent.starts_with('-') { i64::MIN / 2 } else { i64::MAX / 2 });
        let exponent = (length(whole.len()) - length(start)).saturating_add(given);
        Self { is_negative, digits: all[start..end].to_vec(), exponent }
    }

    fn compare(&self, other: &Self) -> Ordering {
        let sign = |decimal: &Self| match (decimal.digits.is_empty(), decimal.is_negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let magnitude = self.exponent.cmp(&other.exponent).then_with(|| self.digits.cmp(&other.digits));
        sign(self).cmp(&sign(other)).then(match sign(self) {
            0 => Ordering::Equal,
            1.. => magnitude,
            _ => magnitude.reverse(),
        })
    }

    fn length(&self) -> i64 {
        i64::try_from(self.digits.len()).unwrap_or(i64::MAX)
    }
}
