//! JSON text, written value by value, as short as it can be. Writing never fails.
//!
//! An array or object is begun with the place where it starts; every item and member is preceded by a comma, and when the
//! end is written, the first comma becomes the bracket.

use super::string::plain_until;

/// Writes JSON text.
///
/// ```
/// let mut writer = stubwright::json::Writer::default();
/// let start = writer.begin();
/// writer.key("id").string("a\n");
/// writer.key("number").integer(1);
/// writer.end_object(start);
/// assert_eq!(writer.into_bytes(), br#"{"id":"a\n","number":1}"#);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Writer {
    pub(super) bytes: Vec<u8>,
    /// Whether bytes that are no text are wrapped, for a body that can hold them.
    pub(super) is_wrapping: bool,
}

impl Writer {
    /// Writes bytes that are no text so that they can be found again.
    pub(crate) fn wrapping() -> Self {
        Self { is_wrapping: true, ..Self::default() }
    }

    /// What has been written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Begins an array or object; the place is for its end.
    pub fn begin(&self) -> usize {
        self.bytes.len()
    }

    /// Writes the key of a member; the value follows.
    pub fn key(&mut self, key: &str) -> &mut Self {
        let bytes = key.as_bytes();
        self.bytes.reserve(bytes.len() + 4);
        self.bytes.extend_from_slice(b",\"");
        self.text(bytes);
        self.bytes.extend_from_slice(b"\":");
        self
    }

    /// Begins an item of an array; the value follows.
    pub fn item(&mut self) -> &mut Self {
        self.bytes.push(b',');
        self
    }

    /// Ends the object that was begun at a place.
    pub fn end_object(&mut self, start: usize) {
        self.end(start, b'{', b'}');
    }

    /// Ends the array that was begun at a place.
    pub fn end_array(&mut self, start: usize) {
        self.end(start, b'[', b']');
    }

    fn end(&mut self, start: usize, open: u8, close: u8) {
        match self.bytes.get_mut(start) {
            Some(comma) => *comma = open,
            None => self.bytes.push(open),
        }
        self.bytes.push(close);
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.raw("null");
    }

    /// Writes `true` or `false`.
    pub fn boolean(&mut self, value: bool) {
        self.raw(if value { "true" } else { "false" });
    }

    /// Writes an integer.
    pub fn integer(&mut self, value: i64) {
        self.raw(itoa::Buffer::new().format(value));
    }

    /// Writes an integer that is not negative.
    pub fn unsigned(&mut self, value: u64) {
        self.raw(itoa::Buffer::new().format(value));
    }

    /// Writes a string.
    pub fn string(&mut self, value: &str) {
        let bytes = value.as_bytes();
        self.bytes.reserve(bytes.len() + 2);
        self.bytes.push(b'"');
        self.text(bytes);
        self.bytes.push(b'"');
    }

    /// Writes what stands between the quotation marks of a string.
    #[inline]
    fn text(&mut self, bytes: &[u8]) {
        let plain = plain_until(bytes, 0);
        if plain == bytes.len() {
            self.bytes.extend_from_slice(bytes);
        } else {
            self.escaped(bytes, plain);
        }
    }

    #[cold]
    fn escaped(&mut self, bytes: &[u8], plain: usize) {
        let mut start = 0;
        let mut at = plain;
        while let (Some(run), Some(&byte)) = (bytes.get(start..at), bytes.get(at)) {
            self.bytes.extend_from_slice(run);
            match byte {
                b'"' => self.raw("\\\""),
                b'\\' => self.raw("\\\\"),
                b'\n' => self.raw("\\n"),
                b'\r' => self.raw("\\r"),
                b'\t' => self.raw("\\t"),
                0x8 => self.raw("\\b"),
                0xc => self.raw("\\f"),
                control => self.raw(&format!("\\u{control:04x}")),
            }
            start = at + 1;
            at = plain_until(bytes, start);
        }
        self.bytes.extend_from_slice(bytes.get(start..).unwrap_or_default());
    }

    /// Writes what is JSON text already.
    pub fn raw(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }
}
