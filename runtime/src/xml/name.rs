//! Names of elements and attributes: what is no name of XML is written with `_xHHHH_` in place of characters
//! (ISO/IEC 9075-14 section 9.1).

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a text is a name without a colon: Namespaces in XML 1.0 section 3.
pub(super) fn is_name(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(is_start) && characters.all(is_part)
}

/// The name that stands for a key.
pub(super) fn encoded(key: &str) -> Cow<'_, str> {
    if is_name(key) && !key.contains("_x") {
        return Cow::Borrowed(key);
    }
    let mut name = String::with_capacity(key.len() + 8);
    for (at, character) in key.char_indices() {
        let is_fit = if at == 0 { is_start(character) } else { is_part(character) };
        if is_fit && escaped(&key[at..]).is_none() {
            name.push(character);
        } else {
            // Writing to memory does not fail.
            let _ = write!(name, "_x{:04X}_", u32::from(character));
        }
    }
    if name.is_empty() { Cow::Borrowed("_") } else { Cow::Owned(name) }
}

/// The key that a name stands for.
pub(super) fn decoded(name: &str) -> Cow<'_, str> {
    if !name.contains("_x") {
        return Cow::Borrowed(name);
    }
    let mut key = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let (character, length) = escaped(rest).unwrap_or((first, first.len_utf8()));
        key.push(character);
        rest = &rest[length..];
    }
    Cow::Owned(key)
}

/// The character that `_xHHHH_` at the beginning stands for, and the length of that.
fn escaped(text: &str) -> Option<(char, usize)> {
    let digits = text.strip_prefix("_x")?;
    let end = digits.bytes().take(7).position(|byte| byte == b'_').filter(|end| (4..=6).contains(end))?;
    let digits = &digits[..end];
    let number =
        u32::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    Some((char::from_u32(number)?, "_x_".len() + end))
}

/// XML 1.0 section 2.3.
fn is_start(character: char) -> bool {
    matches!(character,
        'A'..='Z' | '_' | 'a'..='z' | '\u{C0}'..='\u{D6}' | '\u{D8}'..='\u{F6}' | '\u{F8}'..='\u{2FF}'
        | '\u{370}'..='\u{37D}' | '\u{37F}'..='\u{1FFF}' | '\u{200C}'..='\u{200D}' | '\u{2070}'..='\u{218F}'
        | '\u{2C00}'..='\u{2FEF}' | '\u{3001}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}'
        | '\u{10000}'..='\u{EFFFF}')
}

/// XML 1.0 section 2.3.
fn is_part(character: char) -> bool {
    is_start(character)
        || matches!(character,
            '-' | '.' | '0'..='9' | '\u{B7}' | '\u{300}'..='\u{36F}' | '\u{203F}'..='\u{2040}')
}

#[cfg(test)]
mod tests {
    use super::{decoded, encoded, is_name};

    #[test]
    fn keys_come_back_from_names() {
        for (key, name) in [
            ("id", "id"),
            ("größe", "größe"),
            ("a b", "a_x0020_b"),
            ("1st", "_x0031_st"),
            ("a:b", "a_x003A_b"),
            ("@id", "_x0040_id"),
            ("_x0041_", "_x005F_x0041_"),
            ("_xyz", "_xyz"),
            ("\u{1F600}", "\u{1F600}"),
            ("\u{FFFFE}", "_xFFFFE_"),
        ] {
            assert_eq!(encoded(key), name);
            assert_eq!(decoded(name), key);
            assert!(is_name(name), "{name}");
        }
        assert_eq!(encoded(""), "_");
    }

    #[test]
    fn what_is_no_escape_stays() {
        for name in ["_x", "_x41_", "_xD800_", "_x+041_", "_x0041", "_x00000041_", "_xé"] {
            assert_eq!(decoded(name), name);
        }
    }
}
