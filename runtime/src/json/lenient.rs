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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fmt::Debug;

    use serde_json::{Value, json};

    use super::lenient;
    use crate::json::{Binary, Json, Null, decode, wrap};

    /// What a value is read as, shown; `-` if it is refused.
    fn read<T: Json + Debug>(value: &Value) -> String {
        lenient::<T>(value).map_or_else(|_| "-".to_owned(), |value| format!("{value:?}"))
    }

    #[test]
    fn texts_are_what_their_type_says() {
        for (found, expected) in [
            (read::<i32>(&json!("5")), "5"),
            (read::<i32>(&json!("-5e1")), "-50"),
            (read::<i32>(&json!("5.0")), "5"),
            (read::<i32>(&json!(5)), "5"),
            (read::<i32>(&json!("3000000000")), "-"),
            (read::<i32>(&json!(" 5")), "-"),
            (read::<i32>(&json!("5 ")), "-"),
            (read::<i32>(&json!("+5")), "-"),
            (read::<i32>(&json!("05")), "-"),
            (read::<i32>(&json!("")), "-"),
            (read::<i32>(&json!("5\"")), "-"),
            (read::<u64>(&json!("18446744073709551615")), "18446744073709551615"),
            (read::<f64>(&json!("0.5")), "0.5"),
            (read::<f64>(&json!("1e999")), "-"),
            (read::<f64>(&json!("nan")), "-"),
            (read::<bool>(&json!("true")), "true"),
            (read::<bool>(&json!("false")), "false"),
            (read::<bool>(&json!("True")), "-"),
            (read::<bool>(&json!("truex")), "-"),
            (read::<Null>(&json!("null")), "Null"),
            (read::<Null>(&json!("")), "-"),
            (read::<String>(&json!("5")), "\"5\""),
            (read::<String>(&json!("null")), "\"null\""),
            (read::<String>(&json!(5)), "-"),
            (read::<Option<i32>>(&json!("5")), "Some(5)"),
            (read::<Option<i32>>(&json!("null")), "None"),
            (read::<Option<i32>>(&json!("")), "None"),
            (read::<Option<i32>>(&json!("x")), "-"),
            (read::<Option<String>>(&json!("null")), "Some(\"null\")"),
            (read::<Vec<i32>>(&json!("5")), "[5]"),
            (read::<Vec<i32>>(&json!(["5", "6"])), "[5, 6]"),
            (read::<Vec<Option<i32>>>(&json!(["5", "null"])), "[Some(5), None]"),
            (read::<Vec<i32>>(&json!([])), "[]"),
            (read::<Vec<i32>>(&json!(["x"])), "-"),
            (read::<BTreeMap<String, bool>>(&json!({ "a": "true" })), "{\"a\": true}"),
            (read::<BTreeMap<String, Vec<i64>>>(&json!({ "a": "1" })), "{\"a\": [1]}"),
            (read::<(i32, String)>(&json!(["1", "2"])), "(1, \"2\")"),
            (read::<Value>(&json!({ "a": "1" })), "Object {\"a\": String(\"1\")}"),
        ] {
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn bytes_come_back_as_they_were() {
        for content in [&b"text"[..], b"", b"\xff\x00", b"{\"base64\":\"\"}"] {
            assert_eq!(lenient::<Binary>(&wrap(content)), Ok(Binary(content.to_vec().into())));
        }
        assert!(lenient::<String>(&wrap(b"\xff")).is_err());
        assert!(lenient::<Binary>(&json!({ "base64": "!" })).is_err());
        assert!(lenient::<Binary>(&json!({ "base64": "", "more": 1 })).is_err());
    }

    #[test]
    fn strict_reading_knows_nothing_of_it() {
        assert!(decode::<i32>(b"\"5\"").is_err() && decode::<bool>(b"\"true\"").is_err());
        assert!(decode::<Vec<i32>>(b"5").is_err() && decode::<Option<i32>>(b"\"\"").is_err());
        assert!(decode::<Binary>(br#"{"base64":""}"#).is_err());
    }
}
