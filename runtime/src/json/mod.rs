//! JSON as schemas mean it, without serde: types are decoded from text and encoded to text by one macro call each.
//!
//! In goes text, out comes a value of a type that implements [`Json`], or two words that say that it is refused; and the
//! way back, which never fails. The one rule: what is decoded is what the type's schema allows. Generated types implement
//! [`Json`] by the macros of [`codegen`](crate::codegen): a table with a line per property is several times faster to
//! compile than derived code, and its loops are compiled once, here.

mod any_of;
mod base64;
mod binary;
mod bridge;
mod checked;
mod choice;
mod containers;
#[cfg(feature = "date")]
mod date;
mod equal;
mod formats;
mod lenient;
mod macros;
mod number;
mod object;
mod reader;
mod refused;
mod scalars;
mod string;
mod table;
mod value;
mod writer;

use std::cell::Cell;

use bytes::Bytes;
use stubwright_schema::Schemas;

pub use self::any_of::{AnyOf, Branches};
pub use self::base64::Base64;
pub use self::binary::Binary;
pub(crate) use self::binary::{unwrap, wrap};
pub use self::bridge::{deserialize, serialize};
pub use self::checked::{Checkpoint, UNCHECKED};
pub use self::choice::{Choice, Entered, Kinds, Pick, Rule};
pub use self::formats::Null;
pub(crate) use self::lenient::{from_text, lenient};
pub use self::object::{Gather, Slot, Unknown};
pub use self::reader::{Kind, Reader};
pub use self::refused::{DecodeError, Refused};
pub use self::table::{at, integer_position, listed, position};
pub use self::writer::Writer;

/// A type that is written as JSON.
///
/// ```
/// use stubwright::json::{Json, Reader, Refused, Writer};
///
/// #[derive(Debug, PartialEq)]
/// struct Celsius(f64);
///
/// impl Json for Celsius {
///     fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
///         f64::decode(reader).map(Self)
///     }
///
///     fn encode(&self, writer: &mut Writer) {
///         self.0.encode(writer);
///     }
/// }
/// assert_eq!(stubwright::json::from_json::<Vec<Celsius>>(b"[21.5]")?, [Celsius(21.5)]);
/// # Ok::<(), stubwright::json::DecodeError>(())
/// ```
pub trait Json: Sized {
    /// Reads a value.
    ///
    /// # Errors
    /// When the text is malformed, or the value is none of the type's.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused>;

    /// Writes the value.
    fn encode(&self, writer: &mut Writer);

    /// The value as it stands, if it is a string: its limits are then checked without writing it.
    fn as_text(&self) -> Option<&str> {
        None
    }
}

/// Decodes a text that holds one value.
///
/// ```
/// assert_eq!(stubwright::json::from_json::<Vec<i64>>(b"[1.0, 1e2]")?, [1, 100]);
/// # Ok::<(), stubwright::json::DecodeError>(())
/// ```
///
/// # Errors
/// When the text is no JSON, or the value is none of the type's.
pub fn from_json<T: Json>(text: &[u8]) -> Result<T, DecodeError> {
    decode(text).map_err(|refused| DecodeError::new(refused, text))
}

/// Decodes a text that holds one value, without a place for people.
pub(crate) fn decode<T: Json>(text: &[u8]) -> Result<T, Refused> {
    let mut reader = Reader::new(text)?;
    let value = T::decode(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Decodes a text that holds one value, whose limits are checked: those that the tables of its types name, and those of
/// the schema for the whole.
pub(crate) fn decode_checked<T: Json>(text: &[u8], schemas: &'static Schemas, schema: u32) -> Result<T, Refused> {
    let mut reader = Reader::new(text)?.checking(schemas);
    let value = reader.checked(schema)?;
    reader.end()?;
    Ok(value)
}

/// Encodes a value as a body: one allocation, of the length that it has.
pub(crate) fn to_bytes<T: Json>(value: &T) -> Bytes {
    let mut writer = Writer::on_kept();
    value.encode(&mut writer);
    writer.into_kept()
}

thread_local! {
    /// Memory to write in, which the thread keeps from one text to the next. Nobody reads what was there before.
    static KEPT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// How many bytes a text may have that is copied out of the memory that is kept; a longer one takes the memory along.
const COPIED: usize = 16 * 1024;

impl Writer {
    /// Begins in the memory of the thread. A writer within a writer, and one at the end of a thread, has memory of its own.
    fn on_kept() -> Self {
        let mut bytes = KEPT.try_with(Cell::take).unwrap_or_default();
        bytes.clear();
        Self { bytes, ..Self::default() }
    }

    fn into_kept(self) -> Bytes {
        if self.bytes.len() > COPIED {
            return self.bytes.into();
        }
        let text = Bytes::copy_from_slice(&self.bytes);
        // At the end of a thread there is nothing to keep it for.
        let _ = KEPT.try_with(|kept| kept.set(self.bytes));
        text
    }
}

/// Encodes a value.
///
/// ```
/// assert_eq!(stubwright::json::to_json(&vec![Some(1.5), None]), b"[1.5,null]");
/// ```
pub fn to_json<T: Json>(value: &T) -> Vec<u8> {
    /// Most answers fit, so that they are written without moving.
    const USUAL: usize = 512;
    let mut writer = Writer { bytes: Vec::with_capacity(USUAL), ..Writer::default() };
    value.encode(&mut writer);
    writer.into_bytes()
}
