//! Strings: borrowed from the text where they have no escape, and where text ends that needs none.

use std::borrow::Cow;

use super::{reader::Reader, refused::Refused};

impl<'a> Reader<'a> {
    /// Reads a string.
    ///
    /// # Errors
    /// When something else is next, or it is malformed: a lone surrogate, too, as it is no character (RFC 8259 section
    /// 8.2).
    #[inline]
    pub fn string(&mut self) -> Result<Cow<'a, str>, Refused> {
        if self.peek() != b'"' {
            return Err(self.mismatch());
        }
        let start = self.at + 1;
        let end = plain_until(self.text.as_bytes(), start);
        match self.text.get(start..end) {
            Some(text) if self.text.as_bytes().get(end) == Some(&b'"') => {
                self.at = end + 1;
                Ok(Cow::Borrowed(text))
            }
            _ => self.escaped(start, end).map(Cow::Owned),
        }
    }

    /// Reads the key of a member and the colon behind it.
    ///
    /// # Errors
    /// When there is none.
    #[inline]
    pub fn key(&mut self) -> Result<Cow<'a, str>, Refused> {
        if self.peek() != b'"' {
            return Err(self.syntax());
        }
        let key = self.string()?;
        self.colon()?;
        Ok(key)
    }

    pub(super) fn skip_key(&mut self) -> Result<(), Refused> {
        if self.peek() != b'"' {
            return Err(self.syntax());
        }
        self.skip_string()?;
        self.colon()
    }

    pub(super) fn skip_string(&mut self) -> Result<(), Refused> {
        self.at = plain_until(self.text.as_bytes(), self.at + 1);
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => self.escape()?,
                _ => return Err(self.syntax()),
            };
            self.at = plain_until(self.text.as_bytes(), self.at);
        }
    }

    fn colon(&mut self) -> Result<(), Refused> {
        if self.peek() != b':' {
            return Err(self.syntax());
        }
        self.at += 1;
        Ok(())
    }

    /// Reads a string that is not over at `end`, where the first character stands that is not plain.
    #[cold]
    fn escaped(&mut self, start: usize, end: usize) -> Result<String, Refused> {
        let mut string = String::new();
        self.at = start;
        let mut end = end;
        loop {
            let plain = self.text.get(self.at..end).ok_or_else(|| self.syntax())?;
            string.push_str(plain);
            self.at = end;
            match self.text.as_bytes().get(end) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some(b'\\') => string.push(self.escape()?),
                _ => return Err(self.syntax()),
            }
            end = plain_until(self.text.as_bytes(), self.at);
        }
    }

    /// Reads an escape, from the backslash on.
    fn escape(&mut self) -> Result<char, Refused> {
        let letter = self.text.as_bytes().get(self.at + 1).copied();
        let character = match letter {
            Some(character @ (b'"' | b'\\' | b'/')) => char::from(character),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.code_point(),
            _ => return Err(self.syntax()),
        };
        self.at += 2;
        Ok(character)
    }

    /// Reads `\uXXXX`, or two of them that are a surrogate pair.
    fn code_point(&mut self) -> Result<char, Refused> {
        let unit = self.unit(self.at)?;
        if let Some(character) = char::from_u32(unit) {
            self.at += 6;
            return Ok(character);
        }
        let low = self.unit(self.at + 6)?;
        if !(0xd800..0xdc00).contains(&unit) || !(0xdc00..0xe000).contains(&low) {
            return Err(self.syntax());
        }
        let character = char::from_u32(0x1_0000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
        self.at += 12;
        character.ok_or_else(|| self.syntax())
    }

    /// The code unit of the `\uXXXX` at a place.
    fn unit(&self, at: usize) -> Result<u32, Refused> {
        let Some([b'\\', b'u', digits @ ..]) = self.text.as_bytes().get(at..at + 6) else { return Err(self.syntax()) };
        let mut unit = 0;
        for &digit in digits {
            let Some(value) = char::from(digit).to_digit(16) else { return Err(self.syntax()) };
            unit = unit << 4 | value;
        }
        Ok(unit)
    }
}

/// Where, from a place on, the first character stands that a JSON string holds only escaped: a quotation mark, a backslash
/// or a control character. The end of the text, if there is none.
#[inline]
pub(super) fn plain_until(bytes: &[u8], from: usize) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const QUOTE: u64 = EACH * 0x22;
    const BACKSLASH: u64 = EACH * 0x5c;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let found = |word: u64| {
        let quote = word ^ QUOTE;
        let backslash = word ^ BACKSLASH;
        let found = (word.wrapping_sub(EACH * 0x20) & !word)
            | (quote.wrapping_sub(EACH) & !quote)
            | (backslash.wrapping_sub(EACH) & !backslash);
        (found & HIGH != 0).then(|| (found & HIGH).trailing_zeros() as usize / 8)
    };
    let mut at = from;
    // Eight characters at once: the high bit of each byte below a limit is set by the subtraction; the lowest one that is
    // set is right, and those above it do not matter.
    while let Some(&chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        if let Some(index) = found(u64::from_le_bytes(chunk)) {
            return at + index;
        }
        at += 8;
    }
    // Four to seven are left: the first four and the last four, which may overlap.
    let rest = bytes.get(at..).unwrap_or_default();
    if let (Some(&first), Some(&last)) = (rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
        let word = u64::from(u32::from_le_bytes(first)) | u64::from(u32::from_le_bytes(last)) << 32;
        let place = |index| if index < 4 { at + index } else { bytes.len() + index - 8 };
        return found(word).map_or(bytes.len(), place);
    }
    while let Some(&byte) = bytes.get(at) {
        if byte < 0x20 || byte == b'"' || byte == b'\\' {
            break;
        }
        at += 1;
    }
    at.min(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::plain_until;

    #[test]
    fn the_end_is_found_whatever_the_length() {
        for length in 0..40 {
            let plain = vec![b'a'; length];
            assert_eq!(plain_until(&plain, 0), length);
            for (from, at) in (0..=length).flat_map(|from| (from..length).map(move |at| (from, at))) {
                for byte in [b'"', b'\\', 0x1f, 0] {
                    let mut text = plain.clone();
                    // What stands behind the first one does not matter.
                    text[at..].fill(byte);
                    assert_eq!(plain_until(&text, from), at, "{byte} at {at} from {from} of {length}");
                }
                let mut text = plain.clone();
                text[at] = 0xff;
                assert_eq!(plain_until(&text, from), length);
            }
        }
    }
}
