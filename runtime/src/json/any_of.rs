//! `anyOf` whose branches are not disjoint: the value keeps every branch that admits it.

use serde_json::Value;

use super::{Json, Kind, checked::Checkpoint, lenient::untexted, reader::Reader, refused::Refused, writer::Writer};

/// A value that is read once for each branch that admits it.
#[expect(missing_debug_implementations, reason = "it lives while a value is decoded")]
pub struct AnyOf<'a> {
    start: Reader<'a>,
    end: Reader<'a>,
    length: usize,
    value: Value,
    admits: fn(u32, &Value) -> bool,
    has_branch: bool,
    whole: Checkpoint,
}

impl<'a> AnyOf<'a> {
    /// Reads the value, which the schema is for.
    ///
    /// # Errors
    /// When it is malformed.
    pub fn begin(reader: &mut Reader<'a>, admits: fn(u32, &Value) -> bool, schema: u32) -> Result<Self, Refused> {
        reader.peek();
        let whole = reader.before_check(schema);
        let start = reader.clone();
        let value = Value::decode(reader)?;
        let length = reader.at - start.at;
        Ok(Self { start, end: reader.clone(), length, value, admits, has_branch: false, whole })
    }

    /// Goes back to the value, if the schema of this number admits it.
    ///
    /// # Errors
    /// When it has been read too often.
    pub fn admitted(&mut self, schema: u32, reader: &mut Reader<'a>) -> Result<bool, Refused> {
        let admits = |value: &Value| (self.admits)(schema, value);
        let is_admitted = admits(&self.value) || reader.lenient && admits(&untexted(self.value.clone()));
        if !is_admitted {
            return Ok(false);
        }
        self.has_branch = true;
        reader.go_back(&self.start);
        reader.read_again(self.length)?;
        Ok(true)
    }

    /// Leaves the value.
    ///
    /// # Errors
    /// When no branch admits it.
    pub fn finish(self, reader: &mut Reader<'a>) -> Result<(), Refused> {
        reader.go_back(&self.end);
        if self.has_branch { reader.check(self.whole) } else { Err(reader.invalid()) }
    }
}

/// The branches of a value, which are written one after the other and then made one.
#[derive(Debug)]
pub struct Branches {
    /// Where each branch starts.
    starts: Vec<usize>,
}

impl Branches {
    /// Before the branches.
    pub const fn begin() -> Self {
        Self { starts: Vec::new() }
    }

    /// Before a branch.
    pub fn next<'w>(&mut self, writer: &'w mut Writer) -> &'w mut Writer {
        self.starts.push(writer.bytes.len());
        writer
    }

    /// After the branches: one is written as it is, objects are merged, and of all else the first one counts. Without any
    /// it is `null`.
    pub fn finish(self, writer: &mut Writer) {
        match *self.starts.as_slice() {
            [] => writer.null(),
            [_] => {}
            [start, ref others @ ..] => {
                let branches = writer.bytes.split_off(start);
                let ends = others.iter().map(|end| end - start).chain([branches.len()]);
                let mut branch_start = 0;
                let texts: Vec<&[u8]> = ends
                    .map(|end| branches.get(std::mem::replace(&mut branch_start, end)..end).unwrap_or_default())
                    .collect();
                if merge(&texts, writer).is_err() {
                    writer.bytes.truncate(start);
                    writer.bytes.extend_from_slice(texts.first().copied().unwrap_or_default());
                }
            }
        }
    }
}

/// Writes the members of several objects as one; of equal keys the first one counts.
fn merge(texts: &[&[u8]], writer: &mut Writer) -> Result<(), Refused> {
    let mut keys = std::collections::BTreeSet::new();
    let start = writer.begin();
    for text in texts {
        let mut reader = Reader::new(text)?;
        if reader.kind()? != Kind::Object {
            return Err(reader.invalid());
        }
        let mut has_member = reader.begin_object()?;
        while has_member {
            let key = reader.key()?;
            let value = reader.raw()?;
            if !keys.contains(&key) {
                writer.key(&key).raw(value);
                keys.insert(key);
            }
            has_member = reader.next_member()?;
        }
    }
    writer.end_object(start);
    Ok(())
}
