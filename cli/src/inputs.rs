//! The texts of a run: paths enter, [`Sources`] leave.
//!
//! The one rule: every file that cannot be read is named, not only the first.

use std::path::Path;

use stubwright_codegen::{
    diagnostic::{Code, Diagnostic, Sink},
    source::{SourceId, Sources, Span},
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
        let name = path.display().to_string();
        match String::from_utf8(bytes) {
            Ok(text) => Some(self.sources.add(name, text)),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                let byte = error.as_bytes().get(offset).copied().unwrap_or_default();
                let source = self.sources.add(name, String::from_utf8_lossy(error.as_bytes()));
                // Up to the first wrong byte, the readable text is the file's; then U+FFFD stands, which is 3 bytes long.
                let (start, end) = u32::try_from(offset + 3).map_or((0, 0), |end| (end - 3, end));
                let span = Span { source, start, end };
                let message = format!("the file is not UTF-8 text: byte 0x{byte:02x} at offset {offset}");
                self.sink.report(Diagnostic::new(Code::Encoding, span, message));
                None
            }
        }
    }
}
