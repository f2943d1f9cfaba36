//! Dates, times and durations: RFC 3339 section 5.6 and appendix A.
//!
//! A duration may leave out a unit between two others, and its last number may have a fraction: the appendix, which is not
//! normative, collects the grammar of ISO 8601, where both are allowed, and the common libraries write both.

/// RFC 3339 section 5.6, `full-date`.
pub(super) fn is_date(text: &str) -> bool {
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

/// `date-time`.
pub(super) fn is_date_time(text: &str) -> bool {
    let (Some(date), Some(separator), Some(time)) = (text.get(..10), text.get(10..11), text.get(11..)) else {
        return false;
    };
    is_date(date) && matches!(separator, "T" | "t" | " ") && is_time(time)
}

/// `full-time`. A leap second stands only at the end of a day in UTC (section 5.7).
pub(super) fn is_time(text: &str) -> bool {
    let Some(zone_at) = text.find(['Z', 'z', '+', '-']) else { return false };
    let (clock, zone) = text.split_at(zone_at);
    let (clock, fraction) = clock.split_once('.').map_or((clock, None), |(clock, fraction)| (clock, Some(fraction)));
    let [hour, minute, second] = clock.split(':').collect::<Vec<_>>()[..] else { return false };
    let (Some(hour), Some(minute), Some(second)) = (digits(hour, 2), digits(minute, 2), digits(second, 2)) else {
        return false;
    };
    let Some(offset) = offset(zone) else { return false };
    let utc = (i64::from(hour * 60 + minute) - offset).rem_euclid(24 * 60);
    let last_second = if utc == 24 * 60 - 1 { 60 } else { 59 };
    hour < 24 && minute < 60 && second <= last_second && fraction.is_none_or(are_digits)
}

/// `duration`.
pub(super) fn is_duration(text: &str) -> bool {
    let Some(text) = text.strip_prefix('P') else { return false };
    match text.split_once('T') {
        Some((date, time)) => {
            (date.is_empty() || is_amount(date, "YMD") && !date.contains('.')) && is_amount(time, "HMS")
        }
        None => is_amount(text, "YMD") || is_amount(text, "W"),
    }
}

/// Numbers, each before its unit, the units in their order.
fn is_amount(text: &str, units: &str) -> bool {
    let mut rest = text;
    let mut units = units;
    while !rest.is_empty() {
        let Some(at) = rest.find(|character: char| character.is_ascii_uppercase()) else { return false };
        let (number, behind) = rest.split_at(at);
        let (unit, behind) = behind.split_at(1);
        let Some((_, smaller)) = units.split_once(unit) else { return false };
        let is_number = match number.split_once('.') {
            Some((whole, fraction)) => behind.is_empty() && are_digits(whole) && are_digits(fraction),
            None => are_digits(number),
        };
        if !is_number {
            return false;
        }
        (rest, units) = (behind, smaller);
    }
    !text.is_empty()
}

/// `1*DIGIT`.
fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
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
    (text.len() == length && are_digits(text)).then(|| text.parse().ok()).flatten()
}
