//! Text as XML holds it: XML 1.0 sections 2.2, 2.4 and 2.7.
//!
//! The one rule: what is written is read back the same, but for characters that XML cannot hold. For these stands U+FFFD.

/// Whether XML can hold a character: XML 1.0 section 2.2.
pub(super) fn is_allowed(character: char) -> bool {
    !matches!(character, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Writes text between tags.
pub(super) fn text(out: &mut String, text: &str) {
    escape(out, text, |character| match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        // A parser makes a line feed of it otherwise: XML 1.0 section 2.11.
        '\r' => Some("&#13;"),
        _ => None,
    });
}

/// Writes the value of an attribute, without its quotation marks.
pub(super) fn attribute(out: &mut String, text: &str) {
    escape(out, text, |character| match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        // A parser makes spaces of them otherwise: XML 1.0 section 3.3.3.
        '\t' => Some("&#9;"),
        '\n' => Some("&#10;"),
        '\r' => Some("&#13;"),
        _ => None,
    });
}

/// Writes a CDATA section, or several where one cannot hold the text.
pub(super) fn cdata(out: &mut String, text: &str) {
    out.push_str("<![CDATA[");
    escape(out, &text.replace("]]>", "]]]]><![CDATA[>"), |character| match character {
        '\r' => Some("]]>&#13;<![CDATA["),
        _ => None,
    });
    out.push_str("]]>");
}

fn escape(out: &mut String, text: &str, replace: fn(char) -> Option<&'static str>) {
    let mut start = 0;
    for (at, character) in text.char_indices() {
        let replacement = if is_allowed(character) { replace(character) } else { Some("\u{FFFD}") };
        if let Some(replacement) = replacement {
            out.push_str(&text[start..at]);
            out.push_str(replacement);
            start = at + character.len_utf8();
        }
    }
    out.push_str(&text[start..]);
}
