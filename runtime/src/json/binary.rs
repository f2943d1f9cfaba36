//! Bytes that a document calls a string of the format `binary`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Value, json};

use super::{Json, Kind, reader::Reader, refused::Refused, writer::Writer};

/// The member of the object that [`wrap`] makes.
const WRAPPED: &str = "base64";

/// The bytes of a file: `type: string`, `format: binary`.
///
/// A part of a multipart body holds any bytes. JSON holds text only: there, bytes that are not UTF-8 are written as
/// U+FFFD.
///
/// ```
/// use stubwright::json::{Binary, to_json};
///
/// assert_eq!(to_json(&Binary::from("text")), br#""text""#);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Binary(pub Bytes);

impl From<Vec<u8>> for Binary {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl From<&'static str> for Binary {
    fn from(text: &'static str) -> Self {
        Self(Bytes::from_static(text.as_bytes()))
    }
}

/// The content of a part as a value for lenient reading: text as a string, other bytes as an object that only [`Binary`]
/// takes.
pub(crate) fn wrap(content: &[u8]) -> Value {
    match std::str::from_utf8(content) {
        Ok(text) => Value::from(text),
        Err(_) => json!({ WRAPPED: STANDARD.encode(content) }),
    }
}

/// The base64 of what [`wrap`] made of bytes.
pub(crate) fn unwrap(value: &Value) -> Option<&str> {
    value.as_object().filter(|members| members.len() == 1)?.get(WRAPPED)?.as_str()
}

impl Json for Binary {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        if !reader.lenient || reader.kind()? != Kind::Object {
            return reader.string().map(|text| text.into_owned().into_bytes().into());
        }
        if !reader.begin_object()? || reader.key()? != WRAPPED {
            return Err(reader.invalid());
        }
        let bytes = STANDARD.decode(reader.string()?.as_bytes()).map_err(|_| reader.invalid())?;
        if reader.next_member()? { Err(reader.invalid()) } else { Ok(bytes.into()) }
    }

    fn encode(&self, writer: &mut Writer) {
        match std::str::from_utf8(&self.0) {
            Err(_) if writer.is_wrapping => wrap(&self.0).encode(writer),
            Ok(text) => writer.string(text),
            Err(_) => writer.string(&String::from_utf8_lossy(&self.0)),
        }
    }
}
