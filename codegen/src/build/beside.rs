//! Translations that are found by where they lie: a document's path enters, languages and paths leave.
//!
//! The one rule: a file is a translation only where its name is that of the document, and a language that is known stands
//! in one of these places: `de/x.yaml`, `x.de.yaml`, `x.de.overlay.yaml`, `x.overlay.de.yaml`, `@l10n/de/x.yaml`, and
//! `../de/x.yaml` beside `../en/x.yaml`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::locale::of_name;

/// What lies beside a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Beside {
    /// The language of the document itself, where its name or folder tells.
    pub(super) language: Option<String>,
    /// Its translations, by language.
    pub(super) translations: Vec<(String, PathBuf)>,
}

const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

/// Looks for the translations of a document. What cannot be listed has none.
pub(super) fn beside(base: &Path) -> Beside {
    let folder = base.parent().unwrap_or(Path::new(""));
    let stem = text(base.file_stem()).to_owned();
    let (name, suffix) = match stem.rsplit_once('.') {
        Some((name, suffix)) if of_name(suffix).is_some() => (name.to_owned(), of_name(suffix)),
        Some(_) | None => (stem.clone(), None),
    };
    let own_folder = of_name(text(folder.file_name()));
    let mut found = Beside { language: suffix.clone().or_else(|| own_folder.clone()), translations: Vec::new() };
    found.folders(folder, Path::new(""), &stem);
    found.suffixes(folder, &name);
    if let Some(above) = folder.parent().filter(|_| own_folder.is_some() && suffix.is_none()) {
        found.folders(above, Path::new(""), &stem);
    }
    for above in folder.ancestors() {
        let within = folder.strip_prefix(above).unwrap_or(Path::new(""));
        found.folders(&above.join("@l10n"), within, &stem);
    }
    found.translations.retain(|(_, path)| path != base);
    found.translations.sort();
    found
}

impl Beside {
    /// `TAG/within/stem.yaml` in a folder.
    fn folders(&mut self, folder: &Path, within: &Path, stem: &str) {
        for name in names(folder) {
            let Some(tag) = of_name(&name) else { continue };
            let files = ENDINGS.iter().map(|ending| folder.join(&name).join(within).join(format!("{stem}.{ending}")));
            self.add(tag, files.into_iter().find(|file| file.is_file()));
        }
    }

    /// `name.TAG.yaml` and overlays in a folder.
    fn suffixes(&mut self, folder: &Path, name: &str) {
        let names = names(folder);
        let has = |file: &str| names.iter().any(|known| known == file);
        // The translation of an overlay is none of the document.
        let is_patched = ENDINGS.iter().any(|ending| has(&format!("{name}.overlay.{ending}")));
        for file in &names {
            let Some((stem, ending)) = file.rsplit_once('.') else { continue };
            let Some(rest) = stem.strip_prefix(name).and_then(|rest| rest.strip_prefix('.')) else { continue };
            let tag = match rest.strip_prefix("overlay.") {
                Some(tag) if !is_patched => of_name(tag),
                Some(_) => None,
                None => of_name(rest.strip_suffix(".overlay").unwrap_or(rest)),
            };
            if let Some(tag) = tag.filter(|_| ENDINGS.contains(&ending)) {
                self.add(tag, Some(folder.join(file)).filter(|file| file.is_file()));
            }
        }
    }

    /// Adds a translation unless there is one of this language.
    fn add(&mut self, tag: String, path: Option<PathBuf>) {
        let is_new = self.language.as_ref() != Some(&tag) && self.translations.iter().all(|(known, _)| *known != tag);
        self.translations.extend(path.filter(|_| is_new).map(|path| (tag, path)));
    }
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let folder = if folder == Path::new("") { Path::new(".") } else { folder };
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.filter_map(Result::ok).filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    names
}

fn text(name: Option<&OsStr>) -> &str {
    name.and_then(OsStr::to_str).unwrap_or_default()
}
