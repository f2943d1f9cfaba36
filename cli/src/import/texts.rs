//! The texts with pages: paths of files and folders enter, texts leave.
//!
//! The one rule: a file is read once, however often it is named, and folders are read in the order of names.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use stubwright_codegen::page::Text;

use crate::{files, inputs::Inputs};

/// The endings of files that may hold pages.
const ENDINGS: [&str; 3] = ["md", "mdx", "txt"];

/// Reads files, and the pages in folders and below.
pub(super) fn read(inputs: &mut Inputs, paths: &[PathBuf]) -> Vec<Text> {
    let mut known = HashSet::new();
    let mut texts = Vec::new();
    for path in paths {
        if !files::is_folder(path) {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            add(inputs, &mut known, &mut texts, path, name, true);
            continue;
        }
        match files::below(path) {
            Ok(found) => {
                for file in found.iter().filter(|file| may_hold_pages(file)) {
                    let name = relative(path, file);
                    add(inputs, &mut known, &mut texts, file, name, false);
                }
            }
            Err(failure) => inputs.failures.push(failure),
        }
    }
    texts
}

/// Where a site list may lie.
pub(super) fn site_list(first: &Path) -> PathBuf {
    if files::is_folder(first) { first.join("sites.yaml") } else { first.with_file_name("sites.yaml") }
}

fn add(
    inputs: &mut Inputs,
    known: &mut HashSet<PathBuf>,
    texts: &mut Vec<Text>,
    path: &Path,
    name: String,
    is_named: bool,
) {
    if known.insert(files::identity(path)) {
        texts.extend(inputs.read(path).map(|source| Text { source, name, is_named }));
    }
}

fn may_hold_pages(file: &Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// A file's name within a folder, with `/` between names on every system.
fn relative(folder: &Path, file: &Path) -> String {
    let parts = file.strip_prefix(folder).unwrap_or(file).components();
    parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
}
