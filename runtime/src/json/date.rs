//! Dates of RFC 3339 as types of `chrono`, which keeps what they say: the offset and a leap second, too.
//!
//! Not kept are what means the same time: the case of `t` and `z`, the number of digits of a fraction, digits beyond
//! nanoseconds, and `-00:00`.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, SecondsFormat};

use super::{Json, reader::Reader, refused::Refused, writer::Writer};

/// `format: date`: `full-date` of RFC 3339 section 5.6.
impl Json for NaiveDate {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        let text = reader.string()?;
        date(text.as_bytes()).ok_or_else(|| reader.invalid())
    }

    fn encode(&self, writer: &mut Writer) {
        writer.displayed(self);
    }
}

/// `format: date-time`: `date-time` of RFC 3339 section 5.6.
impl Json for DateTime<FixedOffset> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        let text = reader.string()?;
        date_time(text.as_bytes()).ok_or_else(|| reader.invalid())
    }

    fn encode(&self, writer: &mut Writer) {
        writer.string(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    }
}

fn date_time(text: &[u8]) -> Option<DateTime<FixedOffset>> {
    let date = date(text.get(..10)?)?;
    let &[b'T' | b't', h1, h2, b':', m1, m2, b':', s1, s2, ref rest @ ..] = text.get(10..)? else { return None };
    let (nanoseconds, offset) = fraction(rest)?;
    let offset = offset_of(offset)?;
    let (hour, minute, second) = (number(&[h1, h2])?, number(&[m1, m2])?, number(&[s1, s2])?);
    // `chrono` keeps the leap second as the second before it, with more nanoseconds.
    let leap = u32::from(second == 60);
    let time = NaiveTime::from_hms_nano_opt(hour, minute, second - leap, nanoseconds + leap * 1_000_000_000)?;
    let time = date.and_time(time).and_local_timezone(offset).single()?;
    // A leap second ends a day of UTC.
    (leap == 0 || time.naive_utc().time() >= NaiveTime::from_hms_opt(23, 59, 59)?).then_some(time)
}

fn date(text: &[u8]) -> Option<NaiveDate> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
}

/// The nanoseconds of a fraction, if there is one, and what follows it.
fn fraction(text: &[u8]) -> Option<(u32, &[u8])> {
    let [b'.', text @ ..] = text else { return Some((0, text)) };
    let n_digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if n_digits == 0 {
        return None;
    }
    let (digits, rest) = text.split_at(n_digits);
    let mut nanoseconds = [b'0'; 9];
    nanoseconds.iter_mut().zip(digits).for_each(|(place, digit)| *place = *digit);
    Some((number(&nanoseconds)?, rest))
}

fn offset_of(text: &[u8]) -> Option<FixedOffset> {
    match *text {
        [b'Z' | b'z'] => FixedOffset::east_opt(0),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (number(&[h1, h2])?, number(&[m1, m2])?);
            let seconds = i32::try_from(hours * 3600 + minutes * 60).ok().filter(|_| hours < 24 && minutes < 60)?;
            FixedOffset::east_opt(if sign == b'-' { -seconds } else { seconds })
        }
        _ => None,
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, &digit| Some(number * 10 + char::from(digit).to_digit(10)?))
}
