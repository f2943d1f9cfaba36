//! The document as YAML in block style, made of its JSON.
//!
//! The one rule: every reader, of YAML 1.1 or 1.2, reads the same tree, with the digits that numbers have. A string is
//! plain only where no schema takes it for something else.

use std::borrow::Cow;

use super::render::quote;

/// A longer key needs a `?` (YAML 1.2.2 section 8.2.2 allows 1024 characters).
const IMPLICIT_KEY: usize = 1000;

/// No document is deeper: the generator refuses it.
const DEPTH: usize = 1000;

/// Writes a JSON text as YAML, with a newline at the end. A text that is no JSON stays what it is.
pub(super) fn from_json(json: &str) -> String {
    let mut writer = Writer { json, at: 0, yaml: String::with_capacity(json.len()) };
    match writer.node(0, After::LineStart) {
        Some(()) => writer.yaml,
        None => json.to_owned(),
    }
}

/// What stands before a node on its line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    /// Nothing but the indentation, or `- ` and `? `, which count as indentation.
    LineStart,
    /// `key:`
    Colon,
}

struct Writer<'json> {
    json: &'json str,
    /// What is written so far.
    at: usize,
    yaml: String,
}

impl<'json> Writer<'json> {
    /// Writes the next value and ends its line. Its lines but the first are indented by `depth`.
    fn node(&mut self, depth: usize, after: After) -> Option<()> {
        if depth > DEPTH {
            return None;
        }
        match self.peek()? {
            b'{' => {
                self.at += 1;
                if self.peek()? == b'}' {
                    self.at += 1;
                    self.line("{}", after);
                    return Some(());
                }
                self.mapping(depth, after)
            }
            b'[' => {
                self.at += 1;
                if self.peek()? == b']' {
                    self.at += 1;
                    self.line("[]", after);
                    return Some(());
                }
                self.sequence(depth, after)
            }
            b'"' => {
                let text = self.string()?;
                if is_literal(&text) {
                    self.literal(&text, depth.max(1), after);
                } else {
                    self.line(&on_one_line(&text), after);
                }
                Some(())
            }
            _ => {
                let rest = &self.json[self.at..];
                let end = rest.find([',', ']', '}', '\n', ' ']).unwrap_or(rest.len());
                self.at += end;
                self.line(&rest[..end], after);
                Some(())
            }
        }
    }

    fn mapping(&mut self, depth: usize, after: After) -> Option<()> {
        let mut begins = after == After::LineStart;
        if after == After::Colon {
            self.yaml.push('\n');
        }
        loop {
            self.begin(&mut begins, depth);
            self.peek()?;
            let key = self.string()?;
            self.key(&key, depth);
            self.token(b":")?;
            self.node(depth + 1, After::Colon)?;
            if self.token(b",}")? == b'}' {
                return Some(());
            }
        }
    }

    fn sequence(&mut self, depth: usize, after: After) -> Option<()> {
        let mut begins = after == After::LineStart;
        if after == After::Colon {
            self.yaml.push('\n');
        }
        loop {
            self.begin(&mut begins, depth);
            self.yaml.push_str("- ");
            self.node(depth + 1, After::LineStart)?;
            if self.token(b",]")? == b']' {
                return Some(());
            }
        }
    }

    /// The indentation of a member; the first may stand behind what holds the collection.
    fn begin(&mut self, is_there: &mut bool, depth: usize) {
        if !std::mem::replace(is_there, false) {
            self.indent(depth);
        }
    }

    fn indent(&mut self, depth: usize) {
        self.yaml.extend(std::iter::repeat_n("  ", depth));
    }

    fn key(&mut self, key: &str, depth: usize) {
        let written = on_one_line(key);
        if written.len() > IMPLICIT_KEY {
            self.yaml.push_str("? ");
            self.yaml.push_str(&written);
            self.yaml.push('\n');
            self.indent(depth);
        } else {
            self.yaml.push_str(&written);
        }
        self.yaml.push(':');
    }

    /// Writes a scalar on the line.
    fn line(&mut self, scalar: &str, after: After) {
        if after == After::Colon {
            self.yaml.push(' ');
        }
        self.yaml.push_str(scalar);
        self.yaml.push('\n');
    }

    /// Writes a literal block.
    fn literal(&mut self, text: &str, depth: usize, after: After) {
        let header = match text.strip_suffix('\n') {
            None => "|-",
            Some(rest) if rest.ends_with('\n') => "|+",
            Some(_) => "|",
        };
        self.line(header, after);
        for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
            if !line.is_empty() {
                self.indent(depth);
                self.yaml.push_str(line);
            }
            self.yaml.push('\n');
        }
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        let rest = &self.json.as_bytes()[self.at..];
        self.at += rest.iter().position(|byte| !byte.is_ascii_whitespace())?;
        self.json.as_bytes().get(self.at).copied()
    }

    /// Takes one of these bytes.
    fn token(&mut self, expected: &[u8]) -> Option<u8> {
        let byte = self.peek().filter(|byte| expected.contains(byte))?;
        self.at += 1;
        Some(byte)
    }

    /// Takes a string.
    fn string(&mut self) -> Option<Cow<'json, str>> {
        let text = self.json[self.at..].strip_prefix('"')?;
        let mut bytes = text.bytes().enumerate();
        let mut escaped = false;
        let end = loop {
            match bytes.next()? {
                (at, b'"') => break at,
                (_, b'\\') => {
                    escaped = true;
                    bytes.next();
                }
                _ => {}
            }
        };
        let literal = &self.json[self.at..self.at + end + 2];
        self.at += end + 2;
        if escaped { serde_json::from_str(literal).ok().map(Cow::Owned) } else { Some(Cow::Borrowed(&text[..end])) }
    }
}

/// A string as a scalar of one line.
fn on_one_line(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        Cow::Borrowed(text)
    } else if text.chars().all(is_printable) {
        Cow::Owned(format!("'{}'", text.replace('\'', "''")))
    } else {
        Cow::Owned(quote(text))
    }
}

/// Whether a text of several lines can be a literal block that every reader reads the same: its first line tells the
/// indentation, and no line consists of white space.
fn is_literal(text: &str) -> bool {
    let fits = |line: &str| {
        line.chars().all(|character| character == '\t' || is_printable(character))
            && !line.starts_with('\t')
            && (line.is_empty() || !line.trim().is_empty())
    };
    text.contains('\n') && !text.starts_with([' ', '\n']) && text.split('\n').all(fits)
}

/// Whether a string can stand without quotes. No number, date or time of any schema begins with a letter, and no
/// indicator is among the first characters that are allowed here.
fn is_plain(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || matches!(first, '/' | '_' | '$'))
        && text.chars().all(is_printable)
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !is_word(text)
}

/// The words of YAML 1.1 (<https://yaml.org/type/bool.html>, `null.html`), in any casing.
fn is_word(text: &str) -> bool {
    ["null", "true", "false", "yes", "no", "on", "off", "y", "n"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether every reader takes this character as itself within a line: YAML 1.2.2 section 5.1, without what YAML 1.1 takes
/// for a line break.
fn is_printable(character: char) -> bool {
    !matches!(character,
        '\0'..='\x1F' | '\x7F'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::from_json;

    #[test]
    fn what_is_written_is_what_was_read() {
        let strings = vec![
            "",
            " ",
            "a",
            "a b",
            "a: b",
            "a:",
            "a #b",
            "#a",
            "- a",
            "-",
            "null",
            "Yes",
            "~",
            "1",
            "1.5",
            "0x1F",
            "2020-01-01",
            "it's",
            "\"",
            "a\nb",
            "a\nb\n",
            "a\n\n",
            "\na",
            " a\nb",
            "a\n b",
            "a\n \nb",
            "\ta\nb",
            "a\n\tb",
            "a\r\nb",
            "\u{85}",
            "a\u{2028}b",
            "\u{feff}a",
            "é😀",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a",
            "{a",
            "[a",
            "|",
            ">",
            "/a/{b}",
            "$ref",
            "_",
            "a ",
            "\\",
            "\\n",
            "y",
            "<<",
            "=",
            "?",
            "? a",
            "\u{1}",
            "\u{7f}",
        ];
        let long = "k".repeat(2000);
        let mut object = serde_json::Map::new();
        for text in strings.iter().copied().chain([long.as_str()]) {
            object.insert(text.to_owned(), json!(text));
        }
        let nested =
            json!({"all": object, "list": strings, "deep": [[[], {}, [1, [2]]], {"a": [{"b": [{"c": null}]}]}]});
        for value in [nested.clone(), json!([nested, true]), json!("a\nb"), json!(1), json!({}), json!([])] {
            for text in [value.to_string(), serde_json::to_string_pretty(&value).expect("it is JSON")] {
                let yaml = from_json(&text);
                let read: Value = serde_yaml::from_str(&yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"));
                assert_eq!(read, value, "{yaml}");
            }
        }
    }

    #[test]
    fn numbers_keep_their_digits() {
        let json = r#"{"a": 1.10, "b": 123456789012345678901234567890, "c": [1e400, -0.0]}"#;
        assert_eq!(from_json(json), "a: 1.10\nb: 123456789012345678901234567890\nc:\n  - 1e400\n  - -0.0\n");
    }

    #[test]
    fn what_is_no_json_stays() {
        for text in ["", "{", "{\"a\"}", "[1", "{\"a\":", "\"", "\"\\", "{a: 1}", &"[".repeat(100_000)] {
            assert_eq!(from_json(text), text);
        }
    }
}
