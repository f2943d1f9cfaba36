//! JSON numbers as numbers: `100`, `1e2` and `100.0` are the same (JSON Schema 2020-12 core, section 4.2.2).

/// The one text of all JSON number texts for the same number: `-0.DIGITSeEXPONENT`, without zeros at either end of the
/// digits.
pub(super) fn canonical(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let significant = all.trim_start_matches('0');
    let digits = significant.trim_end_matches('0');
    if digits.is_empty() {
        return "0".to_owned();
    }
    let length = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
    let shift = length(whole).saturating_sub(length(&all) - length(significant));
    // An exponent beyond 64 bits is an enormous or a tiny number; which of them is all that matters.
    let given = exponent.parse().unwrap_or(if exponent.starts_with('-') { i64::MIN } else { i64::MAX });
    format!("{sign}0.{digits}e{}", shift.saturating_add(given))
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn equal_numbers_have_one_form() {
        for (left, right, equal) in [
            ("100", "1e2", true),
            ("100", "100.0", true),
            ("0.001", "1E-3", true),
            ("-0", "0.0e7", true),
            ("18446744073709551616", "18446744073709551617", false),
            ("1", "-1", false),
            ("10", "1", false),
            ("1e400", "1e401", false),
            ("1e99999999999999999999", "1e-99999999999999999999", false),
        ] {
            assert_eq!(canonical(left) == canonical(right), equal, "{left} {right}");
        }
    }
}
