//! What the tests of builds share: a folder with a document, and room for code.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use stubwright_codegen::{Api, Apis};

/// A small document.
pub(crate) const PETS: &str = "openapi: 3.1.0
info: {title: Pets, version: '1', description: All about pets.}
paths:
  /pets:
    get:
      operationId: listPets
      responses: {'204': {description: Nothing.}}
";

/// A folder with a document, and room for the code generated from it.
pub(crate) struct Place {
    pub(crate) folder: tempfile::TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        let place = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(place.folder.path().join("documents")).unwrap();
        place.write("pets", PETS);
        place
    }

    pub(crate) fn apis(&self) -> Apis {
        Apis::new([Api::new(self.document("pets"))]).checked_in(self.output())
    }

    pub(crate) fn document(&self, name: &str) -> PathBuf {
        self.folder.path().join("documents").join(format!("{name}.yaml"))
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.document(name), text).unwrap();
    }

    pub(crate) fn output(&self) -> PathBuf {
        self.folder.path().join("apis")
    }

    /// The generated files: paths within the folder, and their texts.
    pub(crate) fn generated(&self) -> BTreeMap<String, String> {
        let paths = files(&self.output()).into_iter();
        paths
            .map(|path| {
                let name = path.strip_prefix(self.output()).unwrap().to_str().unwrap().replace('\\', "/");
                (name, fs::read_to_string(path).unwrap())
            })
            .collect()
    }

    pub(crate) fn times(&self) -> Vec<(PathBuf, SystemTime)> {
        let time = |path: &PathBuf| fs::metadata(path).unwrap().modified().unwrap();
        files(self.folder.path()).into_iter().map(|path| (path.clone(), time(&path))).collect()
    }
}

pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

pub(crate) fn set_read_only(path: &Path, read_only: bool) {
    let paths = files(path).into_iter().flat_map(|file| [file.clone(), file.parent().unwrap().to_path_buf()]);
    for path in paths.chain([path.to_path_buf()]).collect::<std::collections::BTreeSet<_>>() {
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        #[allow(clippy::permissions_set_readonly_false, reason = "the folder is removed at once")]
        permissions.set_readonly(read_only);
        fs::set_permissions(&path, permissions).unwrap();
    }
}
