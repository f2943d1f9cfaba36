//! Enums whose variants stand for values: which of a table a value is.

use super::{reader::Reader, refused::Refused};

/// The value that a table lists at an index.
///
/// # Errors
/// When there was none to be found.
pub fn listed<T: Copy>(all: &[T], index: Result<usize, Refused>) -> Result<T, Refused> {
    // The index is of a table as long as this one.
    index.map(|index| all[index])
}

/// The value that a table lists at an index, if it lists one.
pub fn at<T: Copy>(all: &[T], index: Option<usize>) -> Option<T> {
    index.and_then(|index| all.get(index).copied())
}

/// The index of a text in a table.
pub fn position(texts: &[&str], text: &str) -> Option<usize> {
    texts.iter().position(|candidate| *candidate == text)
}

/// The index of the integer that a text is in a table.
pub fn integer_position(integers: &[i64], text: &str) -> Option<usize> {
    let value = <i64 as crate::parameter::Parameter>::parse(text)?;
    integers.iter().position(|candidate| *candidate == value)
}

impl Reader<'_> {
    /// Reads a string that a table lists; its index.
    ///
    /// # Errors
    /// When something else is next.
    pub fn listed_string(&mut self, strings: &[&str]) -> Result<usize, Refused> {
        let text = self.string()?;
        position(strings, &text).ok_or_else(|| self.invalid())
    }

    /// Reads an integer that a table lists; its index.
    ///
    /// # Errors
    /// When something else is next.
    pub fn listed_integer(&mut self, integers: &[i64]) -> Result<usize, Refused> {
        let value = <i64 as super::Json>::decode(self)?;
        integers.iter().position(|candidate| *candidate == value).ok_or_else(|| self.invalid())
    }

    /// Reads a value that a table lists as JSON text; its index.
    ///
    /// # Errors
    /// When something else is next.
    pub fn listed_value(&mut self, values: &[&str]) -> Result<usize, Refused> {
        let text = self.raw()?;
        values.iter().position(|candidate| self.is_same(text, candidate)).ok_or_else(|| self.invalid())
    }
}
