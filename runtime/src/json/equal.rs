//! Whether two texts are the same JSON value: numbers are compared by what they are worth, and the order of members does
//! not matter (JSON Schema 2020-12 core, section 4.2.2).

use std::{borrow::Cow, collections::BTreeMap};

use super::{Kind, number::Decimal, reader::Reader, refused::Refused};

/// Whether two texts are the same value; false, if one is malformed.
pub(super) fn equal(left: &str, right: &str) -> bool {
    left == right || same(&mut Reader::of(left), &mut Reader::of(right)).unwrap_or(false)
}

/// Reads a value from both, and compares them. After a difference, where the readers are says nothing.
fn same(left: &mut Reader<'_>, right: &mut Reader<'_>) -> Result<bool, Refused> {
    let kind = left.kind()?;
    if kind != right.kind()? {
        return Ok(false);
    }
    match kind {
        Kind::Null => left.null().and_then(|()| right.null()).map(|()| true),
        Kind::Boolean => Ok(left.boolean()? == right.boolean()?),
        Kind::Number => Ok(Decimal::of(left.number()?.text) == Decimal::of(right.number()?.text)),
        Kind::String => Ok(left.string()? == right.string()?),
        Kind::Array => {
            let mut more = (left.begin_array()?, right.begin_array()?);
            while more == (true, true) {
                if !same(left, right)? {
                    return Ok(false);
                }
                more = (left.next_item()?, right.next_item()?);
            }
            Ok(more.0 == more.1)
        }
        Kind::Object => {
            let (left, right) = (members(left)?, members(right)?);
            Ok(left.len() == right.len()
                && left.iter().zip(&right).all(|(left, right)| left.0 == right.0 && equal(left.1, right.1)))
        }
    }
}

fn members<'a>(reader: &mut Reader<'a>) -> Result<BTreeMap<Cow<'a, str>, &'a str>, Refused> {
    let mut members = BTreeMap::new();
    let mut has_member = reader.begin_object()?;
    while has_member {
        let key = reader.key()?;
        // Readers differ on which of equal keys counts (RFC 8259 section 4).
        if members.insert(key, reader.raw()?).is_some() {
            return Err(reader.invalid());
        }
        has_member = reader.next_member()?;
    }
    Ok(members)
}
