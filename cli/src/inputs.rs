//! The texts of a run: paths enter, [`Sources`] leave.
//!
//! The one rule: every file that cannot be read is named, not only the first.

use std::path::Path;

use stubwright_codegen::{
    diagnostic::Sink,
    document,
    source::{SourceId, Sources},
};

use crate::files::{self, Failure};

/// The texts that were read, and what went wrong on the way.
#[derive(Default)]
pub(crate) struct Inputs {
    pub(crate) sources: Sources,
    /// Files that could not be read.
    pub(crate) failures: Vec<Failure>,
    /// What is wrong with files that could be read.
    pub(crate) sink: Sink,
}

impl Inputs {
    /// Reads a file, which must be there.
    pub(crate) fn read(&mut self, path: &Path) -> Option<SourceId> {
        match files::read(path) {
            Ok(bytes) => self.add(path, bytes),
            Err(failure) => {
                self.failures.push(failure);
                None
            }
        }
    }

    /// Reads a file if it is there.
    pub(crate) fn read_if_there(&mut self, path: &Path) -> Option<SourceId> {
        match files::read_if_there(path) {
            Ok(bytes) => self.add(path, bytes?),
            Err(failure) => {
                self.failures.push(failure);
                None
            }
        }
    }

    fn add(&mut self, path: &Path, bytes: Vec<u8>) -> Option<SourceId> {
        document::decode(&mut self.sources, path.display().to_string(), bytes, &mut self.sink)
    }
}
