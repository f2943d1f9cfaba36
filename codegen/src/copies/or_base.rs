//! The files of a translation: what the translation refers to enters, its own files leave, and the base's where it has none.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use crate::{Files, gather};

/// The files of a translation: where it has none of its own, the base's.
pub(super) struct OrBase<'run> {
    pub(super) files: &'run mut dyn Files,
    /// The folder of the translation.
    pub(super) from: PathBuf,
    /// That of the base.
    pub(super) to: PathBuf,
    /// The files that the translation does not have.
    pub(super) taken: BTreeSet<PathBuf>,
}

impl OrBase<'_> {
    fn of_base(&self, path: &Path) -> PathBuf {
        gather::normal(&self.to.join(gather::relative(&self.from, path)))
    }
}

impl Files for OrBase<'_> {
    fn read(&mut self, path: &Path) -> io::Result<Vec<u8>> {
        let own = self.files.read(path);
        if own.is_err()
            && let Ok(bytes) = self.files.read(&self.of_base(path))
        {
            self.taken.insert(path.to_path_buf());
            return Ok(bytes);
        }
        own
    }

    fn name(&self, path: &Path) -> String {
        if self.taken.contains(path) { self.files.name(&self.of_base(path)) } else { self.files.name(path) }
    }
}
