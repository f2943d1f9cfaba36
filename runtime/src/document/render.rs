//! Fills the template of a document: texts in one language, and the server's own address.

use std::fmt::Write as _;

use super::{Document, Text, language};

/// What stands around a place in the template.
const MARK: char = '\u{1a}';

/// The document in a language, with the servers replaced.
pub(super) fn render(document: &Document, language: &str, address: &str) -> String {
    let template = document.json;
    let mut rendered = String::with_capacity(template.len() + template.len() / 4);
    for (index, part) in template.split(MARK).enumerate() {
        match part {
            // Every second part stands between two marks.
            literal if index % 2 == 0 => rendered.push_str(literal),
            "servers" => {
                rendered.push_str("[{\"url\": ");
                rendered.push_str(&quote(address));
                rendered.push_str("}]");
            }
            pointer => rendered.push_str(&quote(text(document, pointer, language))),
        }
    }
    rendered
}

/// A text in a language, or in the nearest one that it has: along the language's tag, then the base.
fn text<'d>(document: &'d Document, pointer: &str, language: &str) -> &'d str {
    let Ok(index) = document.texts.binary_search_by(|text| text.pointer.cmp(pointer)) else {
        tracing::error!(pointer, "the document's text table lacks an entry");
        return "";
    };
    let text = &document.texts[index];
    in_language(text, language).unwrap_or(text.base)
}

/// The translation of a text into a language, or into the nearest broader one.
pub(super) fn translated(document: &'static Document, pointer: &str, language: &str) -> Option<&'static str> {
    let index = document.texts.binary_search_by(|text| text.pointer.cmp(pointer)).ok()?;
    in_language(&document.texts[index], language)
}

fn in_language(text: &Text, language: &str) -> Option<&'static str> {
    let translated = |tag: &str| text.translations.iter().find(|(language, _)| language.eq_ignore_ascii_case(tag));
    language::fallbacks(language).find_map(translated).map(|(_, text)| *text)
}

/// A text as a string of JSON that is also a double-quoted scalar of YAML 1.2 (section 5.1): besides what JSON escapes,
/// what YAML calls unprintable or takes for a line break.
pub(super) fn quote(text: &str) -> String {
    let json = serde_json::to_string(text).expect("a string can be written as JSON");
    let mut quoted = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                write!(quoted, "\\u{:04x}", u32::from(character)).expect("a string takes any text");
            }
            _ => quoted.push(character),
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn quoted_text_is_json_and_yaml() {
        assert_eq!(quote("a\"b\\\n\u{7f}\u{85}\u{2028}\u{2029}é😀"), r#""a\"b\\\n\u007f\u0085\u2028\u2029é😀""#);
    }
}
