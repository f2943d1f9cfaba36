//! Values that came as text: parameters and forms, whose scalars are all strings.
//!
//! In goes JSON whose scalars are strings, out come typed values. The one rule: the type decides what a string is, so that
//! `5` is a number for a number and a string for a string.
//!
//! - Numbers, booleans, null and values of an enum are also read from a string that holds their text.
//! - A union takes the variant of the scalar that the text is, if it has one, and otherwise that of strings.
//! - One value is a list of one. What is neither of an optional type nor null may be the text `null` or empty.
//! - [`Binary`](super::Binary) is also read from what [`binary::wrap`](super::binary::wrap) makes of bytes.

use serde_json::Value;

use super::{Json, Kind, equal::equal, reader::Reader, refused::Refused};

/// Decodes a value whose scalars are strings.
///
/// # Errors
/// When the value is none of the type's.
pub(crate) fn lenient<T: Json>(value: &Value) -> Result<T, Refused> {
    let text = value.to_string();
    let mut reader = Reader::lenient(&text);
    let value = T::decode(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Decodes one scalar from its text.
pub(crate) fn from_text<T: Json>(text: &str) -> Option<T> {
    lenient(&Value::from(text)).ok()
}

/// The value with every string that is the text of another scalar as that scalar.
pub(super) fn untexted(value: Value) -> Value {
    match value {
        Value::String(text) => match serde_json::from_str(&text) {
            Ok(scalar @ (Value::Null | Value::Bool(_) | Value::Number(_))) if text.trim() == text => scalar,
            _ => Value::String(text),
        },
        Value::Array(items) => items.into_iter().map(untexted).collect(),
        Value::Object(members) => members.into_iter().map(|(key, value)| (key, untexted(value))).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => value,
    }
}

impl Reader<'_> {
    /// Whether one value stands where a list is asked for, and is one.
    #[inline]
    pub(super) fn is_single(&mut self) -> bool {
        self.lenient && self.kind().is_ok_and(|kind| kind != Kind::Array)
    }

    /// After an optional value was refused that started where another reader stands: reads null in its place.
    pub(super) fn null_instead(&mut self, start: Option<Self>, refused: Refused) -> Result<(), Refused> {
        let Some(start) = start else { return Err(refused) };
        self.go_back(&start);
        match self.string().as_deref() {
            Ok("" | "null") => Ok(()),
            Ok(_) | Err(_) => Err(refused),
        }
    }

    /// Whether a text is the same JSON value as a listed one, or a string that holds its text.
    pub(super) fn is_same(&self, text: &str, listed: &str) -> bool {
        let holds = || {
            let string = Reader::of(text).string().ok()?;
            let is_scalar = Reader::of(listed).kind().is_ok_and(|kind| !matches!(kind, Kind::Array | Kind::Object));
            let mut reader = Reader::of(&string);
            let is_text = reader.skip().and_then(|()| reader.end()).is_ok();
            Some(is_scalar && is_text && equal(&string, listed))
        };
        equal(text, listed) || self.lenient && holds().unwrap_or(false)
    }

    /// Reads the text within quotation marks as if it stood there without them.
    pub(super) fn unquoted<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Refused>) -> Result<T, Refused> {
        let start = self.at;
        self.at += 1;
        let value = read(self);
        if value.is_ok() && self.text.as_bytes().get(self.at) == Some(&b'"') {
            self.at += 1;
            return value;
        }
        self.at = start;
        Err(self.invalid())
    }
}
