//! Bodies that are JSON and that typed code refused, read again to find every violation.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use stubwright_schema::{Location, Message, Segment, Sentence, Violation, ViolationKind, Violations};

/// A violation at the root of the body.
pub(crate) fn at_root(kind: ViolationKind, message: impl Into<Message>) -> Violation {
    Violation { location: Location::Body, path: Vec::new(), kind, message: message.into() }
}

/// Reads any JSON text; keys that an object has twice are violations, and their last value counts.
pub(crate) fn read_value(bytes: &[u8], violations: &mut Violations) -> Result<Value, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = Reader { path: &mut Vec::new(), violations }.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

struct Reader<'a> {
    path: &'a mut Vec<Segment>,
    violations: &'a mut Violations,
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::from(value))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        loop {
            self.path.push(Segment::Index(values.len()));
            let item = items.next_element_seed(Reader { path: self.path, violations: self.violations })?;
            self.path.pop();
            match item {
                Some(value) => values.push(value),
                None => return Ok(Value::Array(values)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = members.next_key::<String>()? {
            self.path.push(Segment::client_key(&key));
            if object.contains_key(&key) {
                self.violations.push(Violation {
                    location: Location::Body,
                    path: self.path.clone(),
                    kind: ViolationKind::DuplicateKey,
                    message: Sentence::GivenTwice.into(),
                });
            }
            let value = members.next_value_seed(Reader { path: self.path, violations: self.violations })?;
            self.path.pop();
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}
