//! Strings that a reader of YAML would take for something else if they stood without quotes.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::scalar::{Scalar, resolve};

/// Whether a text without quotes is no string to a reader of YAML 1.2, or of js-yaml's schema: its integers have more
/// forms, and there are timestamps and the merge key.
pub(super) fn is_no_string(text: &str) -> bool {
    let may_be_number = text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-'));
    resolve(text) != Scalar::String || text == "<<" || (may_be_number && FORMS.is_match(text))
}

/// Whether a text is a boolean or a number of YAML 1.1 alone. Such a text is quoted whatever else it holds.
pub(super) fn is_of_yaml_1_1(text: &str) -> bool {
    let word = matches!(
        text,
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF"
    );
    word || is_base_60(text)
}

/// `190:20:30.15`: groups of digits and `_` between colons, and perhaps a fraction.
fn is_base_60(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_group = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    let (groups, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut parts = groups.split(':');
    groups.contains(':') && is_group(fraction) && parts.all(|part| !part.is_empty() && is_group(part))
}

/// Integers with a sign before their base, binary ones, and timestamps (<https://yaml.org/type/timestamp.html>).
static FORMS: LazyLock<Regex> = LazyLock::new(|| {
    let integer = "[-+]?0(?:b[01]+|x[0-9A-Fa-f]+|o[0-7]+)";
    let date = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
    let zone = r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?";
    let time = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?";
    Regex::new(&format!("^(?:{integer}|{date}|{time}{zone})$")).expect("the pattern is well-formed")
});

#[cfg(test)]
mod tests {
    use super::{is_no_string, is_of_yaml_1_1};

    #[test]
    fn what_readers_differ_on_is_found() {
        for text in [
            "~",
            "null",
            "true",
            "False",
            "12",
            "012",
            "-7",
            "+5",
            "0x1F",
            "-0x1F",
            "0b10",
            "0o17",
            "1.",
            ".5",
            "+.5",
            "1e5",
            "1e400",
            ".inf",
            "-.INF",
            ".nan",
            "2020-01-01",
            "2020-1-1 1:02:03",
            "2020-01-01T01:02:03.5+01:00",
            "2020-01-01T01:02:03Z",
            "<<",
            "",
        ] {
            assert!(is_no_string(text), "{text}");
        }
        for text in ["1_000", "2020-1-1", "0b2", "0x", "1.2.3", "nULL", "e5", "<", "2020-01-01T01:02", "v1"] {
            assert!(!is_no_string(text), "{text}");
        }
        for text in ["y", "No", "OFF", "12:30", "-1_0:20.5_", "1:2:3."] {
            assert!(is_of_yaml_1_1(text), "{text}");
        }
        for text in ["oN", "yes ", "1:", ":1", "1::2", "12", "1:2.3.4", "a:b", "1:2:3.x"] {
            assert!(!is_of_yaml_1_1(text), "{text}");
        }
    }
}
