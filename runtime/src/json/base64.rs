//! Bytes as text in base64.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Json, reader::Reader, refused::Refused, writer::Writer};

/// Bytes that are written as a string in base64 (RFC 4648 section 4, with padding).
///
/// ```
/// use stubwright::json::{Base64, to_json};
///
/// assert_eq!(to_json(&Base64(b"hi".to_vec())), br#""aGk=""#);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(pub Vec<u8>);

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl Json for Base64 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        let text = reader.string()?;
        STANDARD.decode(text.as_bytes()).map(Self).map_err(|_| reader.invalid())
    }

    fn encode(&self, writer: &mut Writer) {
        writer.string(&STANDARD.encode(&self.0));
    }
}
