//! Scalars of Rust as JSON: booleans, strings and numbers.

use super::{Json, reader::Reader, refused::Refused, writer::Writer};

impl Json for bool {
    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        reader.boolean()
    }

    #[inline]
    fn encode(&self, writer: &mut Writer) {
        writer.boolean(*self);
    }
}

impl Json for String {
    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        match reader.string() {
            Ok(text) => Ok(text.into_owned()),
            Err(refused) => Err(refused),
        }
    }

    #[inline]
    fn encode(&self, writer: &mut Writer) {
        writer.string(self);
    }

    #[inline]
    fn as_text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Json for i64 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        let number = reader.number()?;
        let value = match (number.magnitude(), number.negative) {
            (Some(magnitude), true) => 0_i64.checked_sub_unsigned(magnitude),
            (Some(magnitude), false) => Self::try_from(magnitude).ok(),
            (None, _) => None,
        };
        value.ok_or_else(|| reader.invalid())
    }

    #[inline]
    fn encode(&self, writer: &mut Writer) {
        writer.integer(*self);
    }
}

impl Json for u64 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        let number = reader.number()?;
        number.magnitude().filter(|magnitude| !number.negative || *magnitude == 0).ok_or_else(|| reader.invalid())
    }

    #[inline]
    fn encode(&self, writer: &mut Writer) {
        writer.unsigned(*self);
    }
}

/// Integers that 64 bits hold.
macro_rules! integers {
    ($($ty:ty)+) => {
        $(impl Json for $ty {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
                let value = i64::decode(reader)?;
                Self::try_from(value).map_err(|_| reader.invalid())
            }

            #[inline]
            fn encode(&self, writer: &mut Writer) {
                writer.integer(i64::from(*self));
            }
        })+
    };
}

integers! { i8 i16 i32 u8 u16 u32 }

/// The nearest number of 64 bits; beyond them there is none.
impl Json for f64 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        reader.number()?.to_f64().ok_or_else(|| reader.invalid())
    }

    fn encode(&self, writer: &mut Writer) {
        if self.is_finite() {
            writer.raw(zmij::Buffer::new().format_finite(*self));
        } else {
            writer.null();
        }
    }
}

/// The nearest number of 32 bits; beyond them there is none.
impl Json for f32 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        let number = reader.number()?;
        number.text.parse().ok().filter(|number: &Self| number.is_finite()).ok_or_else(|| reader.invalid())
    }

    fn encode(&self, writer: &mut Writer) {
        if self.is_finite() {
            writer.raw(zmij::Buffer::new().format_finite(*self));
        } else {
            writer.null();
        }
    }
}
