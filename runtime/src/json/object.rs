//! Objects: their members go into slots, one for each declared property. The loop over members is compiled once, for all
//! types.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::{Json, checked::UNCHECKED, reader::Reader, refused::Refused, writer::Writer};
use crate::Maybe;

/// Where the value of a property is put.
pub trait Slot {
    /// Reads the value. A second one is refused: readers differ on which of equal keys counts (RFC 8259 section 4).
    ///
    /// # Errors
    /// When the value is refused.
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), Refused>;
}

/// Where members go that no property declares.
pub trait Gather {
    /// Reads the value of a member.
    ///
    /// # Errors
    /// When the value is refused.
    fn gather(&mut self, key: Cow<'_, str>, reader: &mut Reader<'_>) -> Result<(), Refused>;
}

/// What becomes of members that no property declares.
#[expect(missing_debug_implementations, reason = "a place to put values says nothing")]
pub enum Unknown<'s> {
    /// They are skipped.
    Skip,
    /// They are refused.
    Refuse,
    /// They are gathered.
    Gather(&'s mut dyn Gather),
}

impl<T: Json> Slot for Option<T> {
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), Refused> {
        if self.is_some() {
            return Err(reader.invalid());
        }
        match T::decode(reader) {
            Ok(value) => {
                *self = Some(value);
                Ok(())
            }
            Err(refused) => Err(refused),
        }
    }
}

impl<T: Json> Slot for Maybe<T> {
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<(), Refused> {
        if !matches!(self, Self::Absent) {
            return Err(reader.invalid());
        }
        if reader.peek() == b'n' {
            *self = Self::Null;
            return reader.null();
        }
        match T::decode(reader) {
            Ok(value) => {
                *self = Self::Value(value);
                Ok(())
            }
            Err(refused) => Err(refused),
        }
    }
}

impl<T: Json> Gather for BTreeMap<String, T> {
    fn gather(&mut self, key: Cow<'_, str>, reader: &mut Reader<'_>) -> Result<(), Refused> {
        if self.contains_key(key.as_ref()) {
            return Err(reader.invalid());
        }
        match T::decode(reader) {
            Ok(value) => {
                self.insert(key.into_owned(), value);
                Ok(())
            }
            Err(refused) => Err(refused),
        }
    }
}

impl Reader<'_> {
    /// Reads an object into slots, which stand in the order of their keys, each key with the number of the schema that its
    /// value is checked by besides. `size` is what the slots take of the stack, and
    /// `schema` is for the whole object. Members of the keys in `skipped` are passed
    /// over, whatever becomes of unknown ones.
    ///
    /// # Errors
    /// When something else is next, it is malformed, a value is refused, or objects of this size are nested too deeply.
    pub fn object(
        &mut self,
        (size, schema): (usize, u32),
        keys: &[(&str, u32)],
        slots: &mut [&mut dyn Slot],
        mut unknown: Unknown<'_>,
        skipped: &[&str],
    ) -> Result<(), Refused> {
        let whole = self.before_check(schema);
        self.take_stack(size)?;
        let mut has_member = self.begin_object()?;
        let mut expected = 0;
        let mut passed: Option<BTreeSet<_>> = None;
        while has_member {
            let key = self.key()?;
            let index = find(keys, expected, &key);
            match slots.get_mut(index) {
                Some(slot) => {
                    let schema = keys.get(index).map_or(UNCHECKED, |(_, schema)| *schema);
                    let checkpoint = self.before_check(schema);
                    slot.fill(self)?;
                    self.check(checkpoint)?;
                    expected = index + 1;
                }
                None => match &mut unknown {
                    Unknown::Gather(rest) if !skipped.contains(&&*key) => rest.gather(key, self)?,
                    Unknown::Refuse if !skipped.contains(&&*key) => return Err(self.invalid()),
                    Unknown::Skip | Unknown::Refuse | Unknown::Gather(_) => {
                        if !passed.get_or_insert_default().insert(key) {
                            return Err(self.invalid());
                        }
                        self.skip()?;
                    }
                },
            }
            has_member = self.next_member()?;
        }
        self.give_stack(size);
        self.check(whole)
    }
}

impl Writer {
    /// Writes the members that no property declares, into the object that was begun at a place. Those whose key it has
    /// already are left out.
    pub fn rest<T: Json>(&mut self, start: usize, rest: &BTreeMap<String, T>) {
        if rest.is_empty() {
            return;
        }
        let written = self.keys(start);
        for (key, value) in rest {
            if !written.contains(key) {
                value.encode(self.key(key));
            }
        }
    }

    /// The keys of the object that was begun at a place and is not ended yet.
    fn keys(&self, start: usize) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        // A comma precedes every member.
        let members = self.bytes.get(start + 1..).and_then(|members| Reader::new(members).ok());
        if let Some(mut reader) = members {
            while let Ok(key) = reader.key() {
                keys.insert(key.into_owned());
                if reader.skip().and_then(|()| reader.next_member()) != Ok(true) {
                    break;
                }
            }
        }
        keys
    }
}

/// The index of a key; one beyond all keys, if there is none. Members mostly come in the order of their declaration, so
/// that the first look is at the key after the last one.
#[inline]
fn find(keys: &[(&str, u32)], expected: usize, key: &str) -> usize {
    let at = |index: usize| keys.get(index).is_some_and(|(candidate, _)| *candidate == key);
    if at(expected) {
        return expected;
    }
    (expected + 1..keys.len()).chain(0..expected).find(|&index| at(index)).unwrap_or(usize::MAX)
}
