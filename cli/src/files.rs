//! The file system: the only module that touches it.
//!
//! The one rule: no file is ever half-written. All are first written under temporary names beside their places; only
//! when that has worked for every one are they renamed.

use std::{
    fmt, fs,
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    process,
};

/// A file that could not be read or written.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) path: PathBuf,
    pub(crate) error: io::Error,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        match self.error.kind() {
            ErrorKind::NotFound => f.write_str("no such file"),
            ErrorKind::IsADirectory => f.write_str("is a folder"),
            ErrorKind::NotADirectory => f.write_str("a part of the path is not a folder"),
            ErrorKind::PermissionDenied => f.write_str("permission denied"),
            _ => write!(f, "{}", self.error),
        }
    }
}

/// Reads a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| Failure { path: path.to_owned(), error })
}

/// Reads a file that need not be there.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(failure) if failure.error.kind() == ErrorKind::NotFound => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Whether a path leads to a folder.
pub(crate) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// One name for all paths that lead to a file.
pub(crate) fn identity(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// The files in a folder and below, in the order of names. What is hidden is left out, and links to folders are not followed:
/// they may lead back.
pub(crate) fn below(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failure = |error| Failure { path: folder.to_owned(), error };
    let mut entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(failure)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut found = Vec::new();
    for entry in entries {
        let kind = entry.file_type().map_err(failure)?;
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if kind.is_dir() {
            found.extend(below(&path)?);
        } else if kind.is_file() || path.is_file() {
            found.push(path);
        }
    }
    Ok(found)
}

/// The place of a file below a folder. A folder on the way that is a link could lead anywhere: that is a failure.
pub(crate) fn beneath(folder: &Path, relative: &str) -> Result<PathBuf, Failure> {
    let path = folder.join(relative);
    let way = Path::new(relative).ancestors().skip(1).filter(|part| !part.as_os_str().is_empty());
    for part in way.map(|part| folder.join(part)) {
        if fs::symlink_metadata(&part).is_ok_and(|part| part.file_type().is_symlink()) {
            let error = io::Error::other("is a link, and may lead out of the output folder");
            return Err(Failure { path: part, error });
        }
    }
    Ok(path)
}

/// A path from the root.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Writes files, with the folders above them.
pub(crate) fn write_all(files: &[(PathBuf, &str)]) -> Result<(), Failure> {
    let temporary: Vec<_> = files.iter().map(|(path, _)| temporary_name(path)).collect();
    let written = files.iter().zip(&temporary).try_for_each(|((path, text), temporary)| {
        stage(path, temporary, text).map_err(|error| Failure { path: path.clone(), error })
    });
    let renamed = written.and_then(|()| {
        files.iter().zip(&temporary).try_for_each(|((path, _), temporary)| {
            fs::rename(temporary, path).map_err(|error| Failure { path: path.clone(), error })
        })
    });
    if renamed.is_err() {
        for path in &temporary {
            // One that was never made, or is in place already, cannot be removed and need not be.
            let _ = fs::remove_file(path);
        }
    }
    renamed
}

/// Writes the temporary file, and makes sure that the rename after it can succeed.
fn stage(path: &Path, temporary: &Path, text: &str) -> io::Result<()> {
    if path.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = fs::File::create(temporary)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// A name in the same folder, so that the rename stays within one file system.
fn temporary_name(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.tmp", process::id()))
}
