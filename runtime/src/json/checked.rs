//! Limits of a value, checked while it is read: the value is looked at in the text, right after its type took it.
//!
//! The one rule: types know nothing of limits. A table says by which schema the value of a member is checked besides, and
//! only readers that were given the schemas check it: those of requests.

use serde_json::Value;
use stubwright_schema::{Direction, ItemLimits, Limits, MemberLimits, Schemas};

use super::{Json, Kind, reader::Reader, refused::Refused, value};

/// In place of the number of a schema: nothing is checked besides the type.
pub const UNCHECKED: u32 = u32::MAX;

impl Reader<'_> {
    /// The same, with limits that are checked.
    pub(crate) fn checking(mut self, schemas: &'static Schemas) -> Self {
        self.schemas = Some(schemas);
        self
    }

    /// Decodes a value that a schema admits.
    ///
    /// # Errors
    /// When the type or the schema refuses it.
    pub fn checked<T: Json>(&mut self, schema: u32) -> Result<T, Refused> {
        let checkpoint = self.before_check(schema);
        let value = T::decode(self)?;
        self.check(checkpoint)?;
        Ok(value)
    }

    /// Before the value that a schema is for. What such a schema says of parts of the value is not checked twice.
    #[inline]
    pub(super) fn before_check(&mut self, schema: u32) -> Checkpoint {
        match self.schemas {
            Some(schemas) if schema != UNCHECKED => {
                self.peek();
                let limits = schemas.limits(schema);
                if limits.is_none() {
                    self.schemas = None;
                }
                Checkpoint { start: self.at, schema, check: Some((schemas, limits)) }
            }
            Some(_) | None => Checkpoint { start: self.at, schema, check: None },
        }
    }

    /// After the value.
    ///
    /// # Errors
    /// When the schema does not admit it.
    #[inline]
    pub(super) fn check(&mut self, checkpoint: Checkpoint) -> Result<(), Refused> {
        let Checkpoint { start, schema, check: Some((schemas, limits)) } = checkpoint else { return Ok(()) };
        self.schemas = Some(schemas);
        // A list was counted when it was decoded.
        if let (Some(limits), (end, count)) = (limits, self.list)
            && end == self.at
            && let Some(admits) = limits.of_items().admit_only_count(count)
        {
            return if admits { Ok(()) } else { Err(self.invalid()) };
        }
        self.read_again(self.at - start)?;
        let mut reader = self.clone();
        reader.at = start;
        reader.schemas = None;
        let admits = match limits {
            Some(limits) => reader.is_within(schemas, limits),
            None => reader.is_admitted(schemas, schema),
        };
        if admits? { Ok(()) } else { Err(self.invalid()) }
    }

    /// Reads a value; whether a schema admits it.
    fn is_admitted(&mut self, schemas: &Schemas, schema: u32) -> Result<bool, Refused> {
        match schemas.limits(schema) {
            Some(limits) => self.is_within(schemas, limits),
            None => {
                let value = Value::decode(self)?;
                Ok(schemas.admits(schema, Direction::Request, &value))
            }
        }
    }

    fn is_within(&mut self, schemas: &Schemas, limits: Limits<'_>) -> Result<bool, Refused> {
        match self.kind()? {
            Kind::String => Ok(limits.admit_string(&self.string()?)),
            Kind::Number => Ok(limits.admit_number(&value::number(self)?)),
            Kind::Array => self.items_are_within(schemas, limits.of_items()),
            Kind::Object => self.members_are_within(schemas, limits.of_members()),
            Kind::Null | Kind::Boolean => self.skip().map(|()| true),
        }
    }

    fn items_are_within(&mut self, schemas: &Schemas, limits: ItemLimits) -> Result<bool, Refused> {
        let mut ahead = self.clone();
        let mut count = 0;
        let mut has_item = self.begin_array()?;
        while has_item {
            count += 1;
            let admits = match limits.items {
                Some(items) => self.is_admitted(schemas, items)?,
                None => self.skip().map(|()| true)?,
            };
            if !admits {
                return Ok(false);
            }
            has_item = self.next_item()?;
        }
        Ok(limits.admit_count(count) && (!limits.unique || ItemLimits::admit_items(&Vec::decode(&mut ahead)?)))
    }

    fn members_are_within(&mut self, schemas: &Schemas, limits: MemberLimits) -> Result<bool, Refused> {
        let mut count = 0;
        let mut has_member = self.begin_object()?;
        while has_member {
            count += 1;
            self.skip_key()?;
            let admits = match limits.members {
                Some(members) => self.is_admitted(schemas, members)?,
                None => self.skip().map(|()| true)?,
            };
            if !admits {
                return Ok(false);
            }
            has_member = self.next_member()?;
        }
        Ok(limits.admit_count(count))
    }
}

/// Where a value starts that is checked.
#[derive(Clone, Copy, Debug)]
pub struct Checkpoint {
    start: usize,
    schema: u32,
    /// The limits, where the schema has nothing else.
    check: Option<(&'static Schemas, Option<Limits<'static>>)>,
}
