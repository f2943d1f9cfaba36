//! Types that stand for a format or a single value: addresses, UUIDs, null.

use std::{
    fmt::Display,
    io::Write,
    net::{Ipv4Addr, Ipv6Addr},
};

use super::{Json, reader::Reader, refused::Refused, writer::Writer};

/// `null`, where a schema allows nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Null;

impl Json for Null {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        reader.null().map(|()| Self)
    }

    fn encode(&self, writer: &mut Writer) {
        writer.null();
    }
}

/// `format: ipv4`: a dotted quad (RFC 2673 section 3.2).
impl Json for Ipv4Addr {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        reader.string()?.parse().map_err(|_| reader.invalid())
    }

    fn encode(&self, writer: &mut Writer) {
        writer.displayed(self);
    }
}

/// `format: ipv6` (RFC 4291 section 2.2).
impl Json for Ipv6Addr {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        reader.string()?.parse().map_err(|_| reader.invalid())
    }

    fn encode(&self, writer: &mut Writer) {
        writer.displayed(self);
    }
}

/// `format: uuid`, with hyphens (RFC 9562 section 4); nothing around it.
#[cfg(feature = "uuid")]
impl Json for uuid::Uuid {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Refused> {
        let text = reader.string()?;
        let uuid = if text.len() == uuid::fmt::Hyphenated::LENGTH { Self::try_parse(&text).ok() } else { None };
        uuid.ok_or_else(|| reader.invalid())
    }

    fn encode(&self, writer: &mut Writer) {
        writer.string(self.hyphenated().encode_lower(&mut Self::encode_buffer()));
    }
}

impl Writer {
    /// Writes, as a string, what is displayed without characters that need an escape.
    pub(super) fn displayed(&mut self, value: &dyn Display) {
        // Writing to memory does not fail.
        let _ = write!(self.bytes, "\"{value}\"");
    }
}
