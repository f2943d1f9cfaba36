//! Any JSON value, as `serde_json` keeps it.

use std::io::Write;

use serde_json::{Map, Number, Value};

use super::{Json, Kind, reader::Reader, refused::Refused, writer::Writer};

/// Numbers that 64 bits do not hold as integers become the nearest finite `f64`; beyond it there is none.
impl Json for Value {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        match reader.kind()? {
            Kind::Null => reader.null().map(|()| Self::Null),
            Kind::Boolean => reader.boolean().map(Self::Bool),
            Kind::Number => number(reader).map(Self::Number),
            Kind::String => String::decode(reader).map(Self::String),
            Kind::Array => Vec::decode(reader).map(Self::Array),
            Kind::Object => {
                let mut members = Map::new();
                let mut has_member = reader.begin_object()?;
                while has_member {
                    let key = reader.key()?.into_owned();
                    // Readers differ on which of equal keys counts (RFC 8259 section 4).
                    if members.insert(key, Self::decode(reader)?).is_some() {
                        return Err(reader.invalid());
                    }
                    has_member = reader.next_member()?;
                }
                Ok(Self::Object(members))
            }
        }
    }

    fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Null => writer.null(),
            Self::Bool(value) => writer.boolean(*value),
            Self::Number(number) => {
                // Writing to memory does not fail.
                let _ = write!(writer.bytes, "{number}");
            }
            Self::String(text) => writer.string(text),
            Self::Array(items) => items.encode(writer),
            Self::Object(members) => {
                let start = writer.begin();
                for (key, value) in members {
                    value.encode(writer.key(key));
                }
                writer.end_object(start);
            }
        }
    }
}

pub(super) fn number(reader: &mut Reader<'_>) -> Result<Number, Refused> {
    let number = reader.number()?;
    if number.plain
        && let Some(magnitude) = number.magnitude()
    {
        if !number.negative {
            return Ok(magnitude.into());
        }
        // -0 is none of the integers.
        if magnitude > 0
            && let Some(value) = 0_i64.checked_sub_unsigned(magnitude)
        {
            return Ok(value.into());
        }
    }
    number.to_f64().and_then(Number::from_f64).ok_or_else(|| reader.invalid())
}
