//! The formats of strings, as JSON Schema 2020-12 validation section 7.3 and the OpenAPI registry list them.

/// A string of a format and a length. `None` for a format that says nothing of how its strings look.
pub(super) fn text(format: &str, seed: usize, least: usize, most: usize) -> Option<String> {
    let (head, tail, fill) = parts(format, seed)?;
    let missing = least.saturating_sub(head.chars().count() + tail.chars().count());
    let text = match format {
        // Four characters are three bytes (RFC 4648 section 4).
        "byte" | "base64" | "base64url" => {
            let groups = least.div_ceil(4).saturating_sub(2);
            let short = if most < 8 { "" } else { head.as_str() };
            if most < 4 {
                String::new()
            } else {
                format!("{short}{}", "YWFh".repeat(groups.max(usize::from(most < 8))))
            }
        }
        _ => format!("{head}{}{tail}", fill.repeat(missing)),
    };
    if text.chars().count() <= most {
        return Some(text);
    }
    shortest(format).map(str::to_owned)
}

/// What stands in front of a filling, what behind it, and what it is filled with.
fn parts(format: &str, seed: usize) -> Option<(String, String, &'static str)> {
    let count = if seed == 0 { String::new() } else { (seed + 1).to_string() };
    let one = |text: String| Some((text, String::new(), ""));
    match format {
        "date-time" => {
            let (hour, minute, second) = ((9 + seed / 3600) % 24, (30 + seed / 60) % 60, seed % 60);
            one(format!("2024-01-15T{hour:02}:{minute:02}:{second:02}Z"))
        }
        "date" => one(format!("{:04}-{:02}-{:02}", 2024 + seed / 336, 1 + seed / 28 % 12, 1 + (14 + seed) % 28)),
        "time" => one(format!("{:02}:{:02}:{:02}Z", (9 + seed / 3600) % 24, (30 + seed / 60) % 60, seed % 60)),
        "duration" => one(format!("P{}D", seed + 1)),
        "email" | "idn-email" => Some((format!("user{count}"), "@example.com".to_owned(), "r")),
        "hostname" | "idn-hostname" => Some((format!("host{count}"), ".example.com".to_owned(), "t")),
        "ipv4" => one(format!("192.0.2.{}", 1 + seed % 254)),
        "ipv6" => one(format!("2001:db8::{:x}", 1 + seed % 0xffff)),
        "uri" | "url" | "iri" => Some((format!("https://example.com/{count}"), String::new(), "a")),
        "uri-reference" | "iri-reference" => Some((format!("/items/{}", seed + 1), String::new(), "1")),
        "uri-template" => Some((format!("/items{count}/{{id}}"), String::new(), "a")),
        "uuid" => one(format!("3fa85f64-5717-4562-b3fc-{:012x}", 0x2c96_3f66_afa6_u64 + seed as u64)),
        "json-pointer" => Some((format!("/items/{seed}"), String::new(), "0")),
        "relative-json-pointer" => Some((format!("{seed}/items"), String::new(), "a")),
        "regex" => Some((format!("^a{count}"), String::new(), "a")),
        "byte" | "base64" | "base64url" => {
            let letters = [seed / 26 % 26, seed % 26].map(|at| char::from(b'a' + u8::try_from(at).unwrap_or(0)));
            one(format!("ZXhh{}{}Fh", letters[0], letters[1]))
        }
        _ => None,
    }
}

/// The shortest string of a format whose strings vary in length.
fn shortest(format: &str) -> Option<&'static str> {
    match format {
        "email" | "idn-email" => Some("a@b.c"),
        "uri" | "url" | "iri" => Some("a:b"),
        "hostname" | "idn-hostname" | "uri-reference" | "iri-reference" | "regex" => Some("a"),
        "uri-template" | "json-pointer" => Some("/"),
        "relative-json-pointer" => Some("0"),
        "ipv6" => Some("::1"),
        "ipv4" => Some("1.1.1.1"),
        _ => None,
    }
}
