//! Numbers: the grammar of RFC 8259 section 6, and what they are worth, exactly.
//!
//! `1.0` and `1e2` are integers (JSON Schema 2020-12 core, section 4.2.1); a number is never rounded to become one.

use super::{reader::Reader, refused::Refused};

/// A number as it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number<'a> {
    pub(super) text: &'a str,
    pub(super) negative: bool,
    /// The digits before the exponent without the point, if there are at most [`Number::DIGITS`] of them.
    digits: u64,
    n_digits: usize,
    /// What the digits are to be multiplied by: this power of ten.
    power: i32,
    /// Whether there is neither a fraction nor an exponent.
    pub(super) plain: bool,
}

impl Number<'_> {
    /// So many digits fit into 64 bits, whichever they are.
    const DIGITS: usize = 19;

    /// The absolute value, if the number is an integer and 64 bits hold it.
    #[inline]
    pub(super) fn magnitude(&self) -> Option<u64> {
        if self.plain && self.n_digits <= Self::DIGITS { Some(self.digits) } else { self.exact_magnitude() }
    }

    #[cold]
    fn exact_magnitude(&self) -> Option<u64> {
        let Decimal { mut digits, power, .. } = Decimal::of(self.text);
        let zeros = usize::try_from(power).ok().filter(|zeros| *zeros <= 20 && digits.len() + zeros <= 20)?;
        digits.extend(std::iter::repeat_n('0', zeros));
        if digits.is_empty() { Some(0) } else { digits.parse().ok() }
    }

    /// Whether the number is an integer, however large.
    pub(super) fn is_integer(&self) -> bool {
        self.plain || Decimal::of(self.text).power >= 0
    }

    /// The nearest number of 64 bits, if there is a finite one.
    pub(super) fn to_f64(self) -> Option<f64> {
        /// The powers of ten that 64 bits hold exactly.
        const POWERS: [f64; 23] = [
            1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
            1e19, 1e20, 1e21, 1e22,
        ];
        // Both operands are exact, so that the result is rounded once: it is the nearest.
        if self.n_digits <= Self::DIGITS && self.digits <= 1 << 53 {
            #[expect(clippy::cast_precision_loss, reason = "up to 2^53 every integer is exact")]
            let digits = if self.negative { -(self.digits as f64) } else { self.digits as f64 };
            let power = POWERS.get(self.power.unsigned_abs() as usize);
            if let Some(power) = power {
                return Some(if self.power < 0 { digits / power } else { digits * power });
            }
        }
        self.text.parse().ok().filter(|number: &f64| number.is_finite())
    }
}

impl<'a> Reader<'a> {
    /// Reads a number.
    #[inline]
    pub(super) fn number(&mut self) -> Result<Number<'a>, Refused> {
        let first = self.peek();
        let start = self.at;
        let negative = first == b'-';
        self.at += usize::from(negative);
        let mut digits = 0;
        let whole = self.at;
        self.digits(&mut digits);
        let mut n_digits = self.at - whole;
        if n_digits == 0 || n_digits > 1 && self.text.as_bytes().get(whole) == Some(&b'0') {
            return self.not_a_number(start);
        }
        let mut power = 0;
        let next = self.text.as_bytes().get(self.at);
        let plain = !matches!(next, Some(b'.' | b'e' | b'E'));
        if !plain {
            (n_digits, power) = self.fraction_and_exponent(&mut digits, n_digits)?;
        }
        match self.text.get(start..self.at) {
            Some(text) => Ok(Number { text, negative, digits, n_digits, power, plain }),
            None => Err(self.syntax()),
        }
    }

    fn fraction_and_exponent(&mut self, digits: &mut u64, n_digits: usize) -> Result<(usize, i32), Refused> {
        let mut n_digits = n_digits;
        let mut power: i32 = 0;
        if self.text.as_bytes().get(self.at) == Some(&b'.') {
            self.at += 1;
            let start = self.at;
            self.digits(digits);
            let n_fraction = self.at - start;
            if n_fraction == 0 {
                return Err(self.syntax());
            }
            n_digits += n_fraction;
            power = i32::try_from(n_fraction).map_or(i32::MIN, |n_fraction| -n_fraction);
        }
        if matches!(self.text.as_bytes().get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            let sign = self.text.as_bytes().get(self.at).copied();
            self.at += usize::from(matches!(sign, Some(b'+' | b'-')));
            let start = self.at;
            let mut exponent = 0;
            self.digits(&mut exponent);
            let exponent = match self.at - start {
                0 => return Err(self.syntax()),
                1..=Number::DIGITS => i32::try_from(exponent).unwrap_or(i32::MAX),
                _ => i32::MAX,
            };
            let exponent = if sign == Some(b'-') { -exponent } else { exponent };
            power = power.saturating_add(exponent);
        }
        Ok((n_digits, power))
    }

    /// Reads digits, and adds them to a number of which only the lowest bits are kept.
    #[inline]
    fn digits(&mut self, number: &mut u64) {
        while let Some(digit @ b'0'..=b'9') = self.text.as_bytes().get(self.at) {
            *number = number.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
    }

    #[cold]
    fn not_a_number(&mut self, start: usize) -> Result<Number<'a>, Refused> {
        let place = self.at;
        self.at = start;
        match self.kind() {
            Ok(super::Kind::Number) => Err(Refused::Syntax { offset: place }),
            Ok(super::Kind::String) if self.lenient => self.unquoted(|reader| {
                // White space may stand before a number, but not within a text that is one.
                match reader.text.as_bytes().get(reader.at) {
                    Some(b'-' | b'0'..=b'9') => reader.number(),
                    _ => Err(reader.invalid()),
                }
            }),
            Ok(_) => Err(self.invalid()),
            Err(refused) => Err(refused),
        }
    }
}

/// What a number is worth: its digits, multiplied by a power of ten. Equal numbers are equal.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    negative: bool,
    /// Without zeros at the start and at the end; zero has none.
    digits: String,
    power: i64,
}

impl Decimal {
    /// Of a number that follows the grammar.
    pub(super) fn of(text: &str) -> Self {
        let (negative, text) = text.strip_prefix('-').map_or((false, text), |text| (true, text));
        let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let mut digits = format!("{whole}{fraction}");
        let n_digits = digits.len();
        digits.truncate(digits.trim_end_matches('0').len());
        let zeros = n_digits - digits.len();
        let first = digits.len() - digits.trim_start_matches('0').len();
        digits.drain(..first);
        if digits.is_empty() {
            return Self { negative: false, digits, power: 0 };
        }
        let beyond = if exponent.starts_with('-') { i64::MIN } else { i64::MAX };
        let power = exponent.parse().unwrap_or(beyond);
        let length = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
        Self { negative, digits, power: power.saturating_sub(length(fraction.len())).saturating_add(length(zeros)) }
    }
}
