//! Rust text: what every emitter writes with.
//!
//! The one rule: lines are as rustfmt makes them at a width of 100, but for tables, whose items fill lines of 120.

use crate::emit::fold::fold;

/// The width that `use` items are broken at.
pub(super) const WIDTH: usize = 100;

/// The width that tables are broken at.
pub(super) const TABLE_WIDTH: usize = 120;

/// Writes formatted text behind a `String`.
macro_rules! put {
    ($out:expr, $($argument:tt)*) => {
        std::fmt::Write::write_fmt($out, format_args!($($argument)*)).expect("a String takes every text")
    };
}

pub(super) use put;

/// Writes `lead`, the items and `trail` on one line, or as many items on a line as fit; `indent` is that of the line which
/// `out` ends with.
pub(super) fn list(out: &mut String, indent: usize, lead: &str, items: &[String], trail: &str) {
    let column = width(&out[out.rfind('\n').map_or(0, |at| at + 1)..]);
    let padding = if lead.ends_with('{') { 2 } else { 0 };
    let inline: usize = items.iter().map(|item| width(item) + 2).sum();
    let whole = column + width(lead) + inline.saturating_sub(2) + padding + width(trail) <= TABLE_WIDTH;
    out.push_str(lead);
    if items.is_empty() {
        // Nothing stands between.
    } else if whole && !items.iter().any(|item| item.contains('\n')) {
        let space = if padding > 0 { " " } else { "" };
        put!(out, "{space}{}{space}", items.join(", "));
    } else {
        fill(out, indent + 4, items);
        put!(out, "\n{:indent$}", "");
    }
    out.push_str(trail);
}

/// Writes items on new lines, each with a comma; one of several lines has them for itself.
fn fill(out: &mut String, indent: usize, items: &[String]) {
    let mut column = usize::MAX;
    for item in items {
        let item = fold(item, indent);
        let taken = width(&item) + 2;
        let is_tall = item.contains('\n');
        if is_tall || column.saturating_add(taken) > TABLE_WIDTH {
            put!(out, "\n{:indent$}{item},", "");
            column = if is_tall { usize::MAX } else { indent + taken - 1 };
        } else {
            put!(out, " {item},");
            column += taken;
        }
    }
}

/// How many columns a text takes.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// A text as a literal of Rust.
pub(super) fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// Texts as `&["a", "b"]`.
pub(super) fn literals(texts: &[impl std::fmt::Debug]) -> String {
    format!("&{texts:?}")
}

/// A text as a string of JSON.
pub(super) fn json_string(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                json.push('\\');
                json.push(character);
            }
            '\0'..='\x1F' => put!(&mut json, "\\u{:04x}", u32::from(character)),
            other => json.push(other),
        }
    }
    json.push('"');
    json
}

/// An integer as people write it: `1_000_000`.
pub(super) fn integer(value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(&value.unsigned_abs().to_string()))
}

/// A number as people write it: `0.123_456`, `1e300`.
pub(super) fn number(value: f64) -> String {
    let text = format!("{:?}", value.abs());
    let (mantissa, exponent) = text.split_once('e').map_or((text.as_str(), None), |(left, right)| (left, Some(right)));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mut number = if value.is_sign_negative() { "-".to_owned() } else { String::new() };
    number.push_str(&grouped(whole));
    if !fraction.is_empty() {
        let chunk = if fraction.len() > 5 { 3 } else { fraction.len() };
        let chunks: Vec<&str> =
            (0..fraction.len()).step_by(chunk).map(|at| &fraction[at..fraction.len().min(at + chunk)]).collect();
        put!(&mut number, ".{}", chunks.join("_"));
    }
    if let Some(exponent) = exponent {
        put!(&mut number, "e{exponent}");
    }
    number
}

/// Long rows of digits in groups of three.
fn grouped(digits: &str) -> String {
    if digits.len() <= 5 {
        return digits.to_owned();
    }
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}
