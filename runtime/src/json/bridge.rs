//! For people who want serde: every type that is JSON passes through a [`Value`].

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use serde_json::Value;

use super::{DecodeError, Json, decode, to_json};

/// Serialises as the JSON value that the type is written as.
///
/// # Errors
/// When the serializer fails.
pub fn serialize<T: Json, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    parsed(&to_json(value)).map_err(ser::Error::custom)?.serialize(serializer)
}

/// Deserialises any value, and decodes it.
///
/// # Errors
/// When the deserializer fails, or the value is none of the type's.
pub fn deserialize<'de, T: Json, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let text = to_json(&Value::deserialize(deserializer)?);
    decode(&text).map_err(|_| de::Error::custom("the value does not fit"))
}

fn parsed(text: &[u8]) -> Result<Value, DecodeError> {
    super::from_json(text)
}
