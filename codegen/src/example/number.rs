//! Numbers: bounds and divisors enter, the numbers that people would write first leave.
//!
//! All arithmetic is on integers, in units of the smallest decimal place that the schema names: binary fractions would
//! make `0.3` no multiple of `0.1`.

use serde_json::{Number, Value};
use stubwright_schema::arena::{Bound, Domain};

use crate::example::facts::Facts;

/// Decimal places that are kept, at most.
const PLACES: i64 = 12;

/// Numbers beyond this, in units, are not counted with.
const FAR: i128 = 10_i128.pow(34);

/// Numbers to try, the best first.
pub(super) fn candidates(facts: &Facts<'_>, is_integer: bool, seed: usize) -> Vec<Value> {
    let named = facts.bounds.iter().map(|(_, limit)| *limit).chain(facts.divisors.iter().copied());
    // Between two bounds there is room one place further on.
    let places = named.map(places).max().unwrap_or(0).clamp(0, PLACES - 1) + 1;
    let unit = 10_i128.pow(u32::try_from(places).unwrap_or(1));
    let (lowest, highest) = range(facts, unit);
    let step = step(facts, is_integer, unit);
    // Whole numbers are counted from 1; others show that they may have a fraction.
    let start = if is_integer || step.is_some() { unit } else { unit * 3 / 2 };
    let distance = step.unwrap_or(unit);
    let seed = i128::try_from(seed).unwrap_or(0);
    let aligned = |number: i128| step.map_or(number, |step| number.div_euclid(step) * step);
    let up = |number: i128| {
        let down = aligned(number);
        if down < number { down.saturating_add(distance) } else { down }
    };
    let middle = lowest.saturating_add(highest) / 2;
    let first = start.clamp(lowest.min(highest), highest.max(lowest));
    let proposals = [
        up(first).saturating_add(seed * distance),
        up(lowest).saturating_add(seed * distance),
        aligned(highest).saturating_sub(seed * distance),
        aligned(middle).saturating_add(seed * distance),
        up(lowest.saturating_add(1)).saturating_add(seed),
        aligned(highest.saturating_sub(1)).saturating_sub(seed),
        0,
        // Where conditions exclude the nearest ones.
        aligned(-unit).saturating_sub(seed * distance),
        up(1000 * unit).saturating_add(seed * distance),
        up(first),
        up(lowest),
        aligned(highest),
    ];
    let mut found: Vec<Value> = Vec::new();
    for proposal in proposals.into_iter().filter(|proposal| (lowest..=highest).contains(proposal)) {
        found.extend(decimal(proposal, places).filter(|number| !found.contains(number)));
    }
    // What is too large to be counted with may still be named.
    found.extend(facts.bounds.iter().map(|(_, limit)| Value::Number((*limit).clone())));
    found
}

/// The lowest and the highest number, in units.
fn range(facts: &Facts<'_>, unit: i128) -> (i128, i128) {
    let (mut lowest, mut highest) = (-FAR, FAR);
    for (bound, limit) in &facts.bounds {
        let (down, up) = in_units(limit, unit);
        match bound {
            Bound::Minimum => lowest = lowest.max(up),
            Bound::ExclusiveMinimum => lowest = lowest.max(down + 1),
            Bound::Maximum => highest = highest.min(down),
            Bound::ExclusiveMaximum => highest = highest.min(up - 1),
        }
    }
    for domain in &facts.domains {
        if let Domain::Integers(_, low, high) = domain {
            lowest = lowest.max(low.saturating_mul(unit));
            highest = highest.min(high.saturating_mul(unit));
        }
    }
    (lowest, highest)
}

/// What a number must be a multiple of, in units.
fn step(facts: &Facts<'_>, is_integer: bool, unit: i128) -> Option<i128> {
    let divisors = facts.divisors.iter().map(|divisor| in_units(divisor, unit).0).filter(|divisor| *divisor > 0);
    divisors.chain(is_integer.then_some(unit)).reduce(common_multiple)
}

fn common_multiple(one: i128, other: i128) -> i128 {
    let (mut divisor, mut rest) = (one, other);
    while rest != 0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    (one / divisor).saturating_mul(other)
}

/// How many decimal places a number has.
fn places(number: &Number) -> i64 {
    let text = number.to_string();
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((&text, "0"));
    let fraction = mantissa.split_once('.').map_or("", |(_, fraction)| fraction.trim_end_matches('0'));
    i64::try_from(fraction.len()).unwrap_or(PLACES).saturating_sub(exponent.parse().unwrap_or(0))
}

/// A number in units, rounded down and up.
fn in_units(number: &Number, unit: i128) -> (i128, i128) {
    if let Some(integer) = number.as_i128() {
        let exact = integer.saturating_mul(unit).clamp(-FAR, FAR);
        return (exact, exact);
    }
    let text = number.to_string();
    let parsed = text.contains(['e', 'E']).then_some(()).map_or_else(|| fixed(&text, unit), |()| None);
    parsed.unwrap_or_else(|| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "such casts saturate")]
        let near = ((number.as_f64().unwrap_or(0.0) * unit as f64) as i128).clamp(-FAR, FAR);
        (near, near)
    })
}

/// A decimal text in units.
fn fixed(text: &str, unit: i128) -> Option<(i128, i128)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let is_negative = whole.starts_with('-');
    let whole: i128 = whole.trim_start_matches('-').parse().ok()?;
    let mut rest = unit;
    let mut units = whole.checked_mul(unit)?;
    let mut is_exact = true;
    for digit in fraction.bytes() {
        rest /= 10;
        units += i128::from(digit.checked_sub(b'0')?) * rest;
        is_exact &= rest > 0 || digit == b'0';
    }
    let above = units + i128::from(!is_exact);
    Some(if is_negative { (-above, -units) } else { (units, above) })
}

/// A number of units as JSON.
fn decimal(units: i128, places: i64) -> Option<Value> {
    let places = usize::try_from(places).ok()?;
    let digits = format!("{:0width$}", units.unsigned_abs(), width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let fraction = fraction.trim_end_matches('0');
    let sign = if units < 0 { "-" } else { "" };
    let text = if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") };
    serde_json::from_str(&text).ok()
}
