//! JSON text enters, the tree that the YAML reader would give leaves, several times as quickly.
//!
//! The one rule: only what is JSON to the letter (RFC 8259) and holds nothing to report is read here. All else is left to
//! the YAML reader, which knows what to say of it. The few characters that only JSON takes as they are, such as U+007F, are
//! taken.

use std::ops::Range;

use crate::document::{
    Entry, Key, Node, Value,
    load::{NESTING_LIMIT, Place, duplicates::duplicates},
};

/// Reads a text as JSON; `None` when it is none, or not only that.
pub(super) fn read(text: &str, place: Place) -> Option<Node> {
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0, place, entries: Vec::new(), items: Vec::new() };
    reader.skip_space();
    // A scalar alone is so short that nothing is gained.
    matches!(reader.peek()?, b'{' | b'[').then_some(())?;
    let root = reader.value(0)?;
    reader.skip_space();
    (reader.at == text.len()).then_some(root)
}

struct Reader<'text> {
    text: &'text str,
    bytes: &'text [u8],
    at: usize,
    place: Place,
    /// The entries of all mappings that are open, so that each mapping is allocated once, at its true size.
    entries: Vec<Entry>,
    /// The items of all sequences that are open.
    items: Vec<Node>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// RFC 8259 section 2.
    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Passes a byte, and the space on both sides.
    fn takes(&mut self, byte: u8) -> bool {
        self.skip_space();
        let found = self.peek() == Some(byte);
        if found {
            self.at += 1;
            self.skip_space();
        }
        found
    }

    /// The value that begins here, in so many collections.
    fn value(&mut self, depth: usize) -> Option<Node> {
        let start = self.at;
        let value = match self.peek()? {
            b'{' if depth < NESTING_LIMIT => self.mapping(depth)?,
            b'[' if depth < NESTING_LIMIT => self.sequence(depth)?,
            b'"' => Value::String(self.string()?),
            b'n' => self.word("null", Value::Null)?,
            b't' => self.word("true", Value::Boolean(true))?,
            b'f' => self.word("false", Value::Boolean(false))?,
            _ => Value::Number(self.number()?.into()),
        };
        Some(Node::detached(self.place.span(start..self.at), value))
    }

    fn word(&mut self, word: &str, value: Value) -> Option<Value> {
        self.bytes[self.at..].starts_with(word.as_bytes()).then_some(())?;
        self.at += word.len();
        Some(value)
    }

    fn mapping(&mut self, depth: usize) -> Option<Value> {
        let first = self.entries.len();
        self.at += 1;
        self.skip_space();
        while self.peek()? == b'"' {
            let start = self.at;
            let text = self.string()?;
            let key = Key { text, span: self.place.span(start..self.at) };
            self.takes(b':').then_some(())?;
            let value = self.value(depth + 1)?;
            self.entries.push(Entry { key, value });
            if !self.takes(b',') {
                break;
            }
            // No comma before the bracket.
            (self.peek()? == b'"').then_some(())?;
        }
        self.close(b'}')?;
        let entries = self.entries.split_off(first);
        duplicates(&entries).is_empty().then_some(Value::Mapping(entries))
    }

    fn sequence(&mut self, depth: usize) -> Option<Value> {
        let first = self.items.len();
        self.at += 1;
        self.skip_space();
        if self.peek()? != b']' {
            loop {
                let item = self.value(depth + 1)?;
                self.items.push(item);
                if !self.takes(b',') {
                    break;
                }
            }
        }
        self.close(b']')?;
        Some(Value::Sequence(self.items.split_off(first)))
    }

    /// Passes a bracket, and leaves the space behind it.
    fn close(&mut self, bracket: u8) -> Option<()> {
        (self.peek()? == bracket).then_some(())?;
        self.at += 1;
        Some(())
    }

    /// RFC 8259 section 7.
    fn string(&mut self) -> Option<String> {
        self.at += 1;
        let end = self.plain();
        if self.peek()? == b'"' {
            self.at += 1;
            return Some(self.text[end].to_owned());
        }
        let mut text = self.text[end].to_owned();
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(text);
                }
                b'\\' => text.push(self.escape()?),
                _ => return None,
            }
            let more = self.plain();
            text.push_str(&self.text[more]);
        }
    }

    /// Passes the characters of a string that stand for themselves.
    fn plain(&mut self) -> Range<usize> {
        let start = self.at;
        let ends = |&byte: &u8| matches!(byte, b'"' | b'\\') || byte < b' ';
        self.at += self.bytes[start..].iter().position(ends).unwrap_or(self.bytes.len() - start);
        start..self.at
    }

    fn escape(&mut self) -> Option<char> {
        let escaped = *self.bytes.get(self.at + 1)?;
        self.at += 2;
        Some(match escaped {
            b'"' | b'\\' | b'/' => char::from(escaped),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let high = self.code_unit()?;
                let is_half = (0xd800..0xdc00).contains(&high) && self.bytes[self.at..].starts_with(br"\u");
                self.at += if is_half { 2 } else { 0 };
                let low = if is_half { Some(self.code_unit()?) } else { None };
                // One half alone is no character.
                char::decode_utf16([high].into_iter().chain(low)).next()?.ok()?
            }
            _ => return None,
        })
    }

    fn code_unit(&mut self) -> Option<u16> {
        let digits = self
            .text
            .get(self.at..self.at + 4)
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        self.at += 4;
        u16::from_str_radix(digits, 16).ok()
    }

    /// RFC 8259 section 6. The text of the number is the number.
    fn number(&mut self) -> Option<&str> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        let whole = self.digits()?;
        (whole == 1 || self.bytes[self.at - whole] != b'0').then_some(())?;
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Some(&self.text[start..self.at])
    }

    /// Passes digits, one at least, and gives how many.
    fn digits(&mut self) -> Option<usize> {
        let length = self.bytes[self.at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += length;
        (length > 0).then_some(length)
    }
}
