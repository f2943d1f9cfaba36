//! Which files of the corpus are documents to generate from.
//!
//! The one rule: the order is that of the sections, then of the paths, whatever the file system says.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use crate::corpus::record::{Section, Task};

/// The sets of several files of which one is the entry.
const ENTRY_FILES: [(&str, &str); 8] = [
    ("digitalocean", "DigitalOcean-public.v2.yaml"),
    ("ethereum-beacon", "beacon-node-oapi.yaml"),
    ("ethereum-builder", "builder-oapi.yaml"),
    ("ga4gh-drs", "data_repository_service.openapi.yaml"),
    ("hatchet", "openapi.yaml"),
    ("iceberg-s3-signer", "aws/src/main/resources/s3-signer-open-api.yaml"),
    ("lago-src", "openapi.yaml"),
    ("vrchat", "openapi.yaml"),
];

/// The sets of which every document of a folder is an entry.
const ENTRY_FOLDERS: [(&str, &str); 2] = [("opensearch", "namespaces"), ("matrix", "api")];

/// What there is to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tasks {
    /// Every document, in the order of the table.
    pub tasks: Vec<Task>,
    /// Files and folders directly below `real`.
    pub real_entries: usize,
}

/// Finds the documents of a corpus; with `only`, those whose path contains one of the texts.
///
/// # Errors
///
/// When a folder cannot be read.
pub fn find(corpus: &Path, index: &BTreeMap<String, String>, only: &[String]) -> io::Result<Tasks> {
    let mut found = Tasks::default();
    for section in Section::ALL {
        let folder = corpus.join(section.folder());
        if !folder.is_dir() {
            continue;
        }
        let mut files = Vec::new();
        match section {
            Section::Real => found.real_entries = real(&folder, &mut files)?,
            Section::Documents | Section::Invalid | Section::Torture | Section::Conformance | Section::Revoke => {
                list(&folder, "", &mut files)?;
            }
        }
        for file in files {
            let name = format!("{}/{file}", section.folder());
            if only.is_empty() || only.iter().any(|part| name.contains(part)) {
                let bytes = fs::metadata(corpus.join(&name))?.len();
                found.tasks.push(Task { section, bytes, version: index.get(&name).cloned(), name });
            }
        }
    }
    Ok(found)
}

/// The entry files of `real`, and how many entries the folder has.
fn real(folder: &Path, files: &mut Vec<String>) -> io::Result<usize> {
    let entries = names(folder)?;
    for entry in &entries {
        if !folder.join(entry).is_dir() {
            files.push(entry.clone());
        } else if let Some((_, file)) = ENTRY_FILES.iter().find(|(set, _)| set == entry) {
            files.push(format!("{entry}/{file}"));
        } else {
            let below = ENTRY_FOLDERS.iter().find(|(set, _)| set == entry).map_or("", |(_, below)| below);
            let start = format!("{entry}/{below}").trim_end_matches('/').to_owned();
            let mut all = Vec::new();
            list(folder, &start, &mut all)?;
            for file in all {
                if is_entry(&String::from_utf8_lossy(&fs::read(folder.join(&file))?)) {
                    files.push(file);
                }
            }
        }
    }
    Ok(entries.len())
}

/// Whether a text says that it is an OpenAPI document: other files of a set are parts of one.
fn is_entry(text: &str) -> bool {
    let key = |line: &str| ["openapi:", "\"openapi\":", "'openapi':"].iter().any(|key| line.starts_with(key));
    text.lines().any(key) || text.trim_start().strip_prefix('{').is_some_and(|rest| key(rest.trim_start()))
}

/// The YAML and JSON files below `start`, as paths from `root`.
fn list(root: &Path, start: &str, files: &mut Vec<String>) -> io::Result<()> {
    for name in names(&root.join(start))? {
        let path = if start.is_empty() { name } else { format!("{start}/{name}") };
        let kind = Path::new(&path).extension().and_then(|extension| extension.to_str());
        if root.join(&path).is_dir() {
            list(root, &path, files)?;
        } else if matches!(kind, Some("yaml" | "yml" | "json")) {
            files.push(path);
        }
    }
    Ok(())
}

fn names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, name: &str, text: &str) {
        let path = root.join(name);
        fs::create_dir_all(path.parent().expect("below the root")).expect("a folder of the test");
        fs::write(path, text).expect("a file of the test");
    }

    #[test]
    fn entry_files_are_those_that_are_documents() {
        let folder = tempfile::tempdir().expect("a folder of the test");
        for (name, text) in [
            ("real/b.yaml", "openapi: 3.1.0\n"),
            ("real/hatchet/openapi.yaml", "openapi: 3.0.0\n"),
            ("real/hatchet/parts/openapi.yaml", "openapi: 3.0.0\n"),
            ("real/matrix/api/a/x.yaml", "# first\nopenapi: 3.1.0\n"),
            ("real/matrix/api/a/definitions.yaml", "type: object\n"),
            ("real/matrix/schemas/y.yaml", "openapi: 3.1.0\n"),
            ("real/another-set/z.json", "{ \"openapi\": \"3.0.0\"}"),
            ("torture/torture.yaml", "openapi: 3.1.0\n"),
            ("torture/notes.txt", "openapi: 3.1.0\n"),
        ] {
            write(folder.path(), name, text);
        }
        let index = BTreeMap::from([("real/b.yaml".to_owned(), "3.1.0".to_owned())]);
        let found = find(folder.path(), &index, &[]).expect("the folder can be read");
        let names: Vec<&str> = found.tasks.iter().map(|task| task.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "real/another-set/z.json",
                "real/b.yaml",
                "real/hatchet/openapi.yaml",
                "real/matrix/api/a/x.yaml",
                "torture/torture.yaml"
            ]
        );
        assert_eq!(found.real_entries, 4);
        assert_eq!((found.tasks[1].version.as_deref(), found.tasks[1].bytes), (Some("3.1.0"), 15));

        let some = find(folder.path(), &index, &["matrix".to_owned()]).expect("the folder can be read");
        assert_eq!(some.tasks.len(), 1);
    }
}
