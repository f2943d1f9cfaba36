//! What is on the disk and what pages say enter, what differs leaves.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use stubwright_codegen::page::File;

use crate::files::{self, Failure};

/// A file that is not as its pages say.
pub(super) struct Change<'import> {
    /// Where it belongs.
    pub(super) path: PathBuf,
    /// What it should hold.
    pub(super) text: &'import str,
    /// What it holds, if it is there.
    before: Option<Vec<u8>>,
}

/// Lines of each side that are shown, at most.
const SHOWN: usize = 8;

/// The files that are not on the disk as they should be.
pub(super) fn changes<'import>(out: &Path, files: &'import [File]) -> Result<Vec<Change<'import>>, Vec<Failure>> {
    let mut changes = Vec::new();
    let mut failures = Vec::new();
    for file in files {
        match files::beneath(out, &file.path).and_then(|path| Ok((files::read_if_there(&path)?, path))) {
            Ok((Some(bytes), _)) if bytes == file.text.as_bytes() => {}
            Ok((before, path)) => changes.push(Change { path, text: &file.text, before }),
            Err(failure) => failures.push(failure),
        }
    }
    if failures.is_empty() { Ok(changes) } else { Err(failures) }
}

impl Change<'_> {
    /// Whether there is such a file.
    pub(super) fn is_there(&self) -> bool {
        self.before.is_some()
    }

    /// The change for people: the first lines that go and come.
    pub(super) fn shown(&self) -> String {
        let path = self.path.display();
        let Some(before) = &self.before else {
            return format!("stubwright: {path}: is not there ({} lines)", self.text.lines().count());
        };
        let before = String::from_utf8_lossy(before);
        let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), self.text.lines().collect());
        let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
        let (old, new) = (&old[same..], &new[same..]);
        let end = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
        let mut shown = format!("stubwright: {path}: is not what its pages say, from line {} on", same + 1);
        for (sign, lines) in [('-', &old[..old.len() - end]), ('+', &new[..new.len() - end])] {
            for line in lines.iter().take(SHOWN) {
                write!(shown, "\n{sign} {line}").expect("a String takes every text");
            }
            if lines.len() > SHOWN {
                write!(shown, "\n{sign} … {} more lines", lines.len() - SHOWN).expect("a String takes every text");
            }
        }
        shown
    }
}
