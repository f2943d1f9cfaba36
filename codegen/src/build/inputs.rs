//! Reading the documents of a run from disk.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::build::{Api, Apis, Destination, Failure};
use crate::source::{SourceId, Sources};
use crate::{Input, Published};

/// What one module is made from.
pub(super) struct ModuleInput {
    /// The module's name: a Rust identifier.
    pub(super) name: String,
    pub(super) input: Input,
    /// The files that were read.
    pub(super) paths: Vec<PathBuf>,
}

/// Reads every document of a run.
pub(super) fn read(apis: &Apis, sources: &mut Sources) -> Result<Vec<ModuleInput>, Failure> {
    let mut modules: Vec<ModuleInput> = Vec::new();
    for api in &apis.documents {
        let module = module(api, &apis.destination, sources)?;
        if modules.iter().any(|other| other.name == module.name) {
            let what = format!("a second document with the module name `{}`: name one with `module`", module.name);
            return Err(Failure::File { path: api.path.clone(), what });
        }
        modules.push(module);
    }
    Ok(modules)
}

fn module(api: &Api, destination: &Destination, sources: &mut Sources) -> Result<ModuleInput, Failure> {
    let name = match &api.module {
        Some(name) => name.clone(),
        None => crate::lower::module_name(&api.path.file_stem().unwrap_or_default().to_string_lossy()),
    };
    if syn::parse_str::<syn::Ident>(&name).is_err() {
        return Err(Failure::File { path: api.path.clone(), what: format!("`{name}` is no name for a module") });
    }
    let base = file(&api.path, sources)?;
    let mut paths = vec![api.path.clone()];
    let mut translations = Vec::new();
    let mut published = vec![published(&api.language, &api.path, destination, &name)?];
    for (language, path) in &api.translations {
        translations.push((language.clone(), file(path, sources)?));
        published.push(self::published(language, path, destination, &name)?);
        paths.push(path.clone());
    }
    let input = Input { base, language: api.language.clone(), translations, published };
    Ok(ModuleInput { name, input, paths })
}

fn file(path: &Path, sources: &mut Sources) -> Result<SourceId, Failure> {
    let failure = |what: String| Failure::File { path: path.to_path_buf(), what };
    let bytes = std::fs::read(path).map_err(|error| {
        failure(match error.kind() {
            ErrorKind::NotFound => "there is no such file".to_owned(),
            ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
            ErrorKind::IsADirectory => "this is a folder, not a document".to_owned(),
            _ => error.to_string(),
        })
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        failure(format!("this is no UTF-8 text (from byte {} on)", error.utf8_error().valid_up_to()))
    })?;
    Ok(sources.add(shown(path), text))
}

/// How diagnostics name a file: from the workspace's root on, as cargo names files.
fn shown(path: &Path) -> String {
    let absolute = normal(path);
    let root = absolute.ancestors().find(|folder| folder.join("Cargo.lock").is_file());
    match root.and_then(|root| absolute.strip_prefix(root).ok()) {
        Some(relative) if path.is_relative() => slashes(relative),
        Some(_) | None => path.display().to_string(),
    }
}

/// Where the generated code finds a published document: relative to checked-in code, absolute from elsewhere.
fn published(language: &str, path: &Path, destination: &Destination, module: &str) -> Result<Published, Failure> {
    let target = normal(path);
    let include = match destination {
        Destination::OutDir => target.to_str().map(str::to_owned),
        Destination::CheckedIn { folder, .. } => Some(slashes(&relative(&normal(&folder.join(module)), &target))),
    };
    let include = include.ok_or_else(|| Failure::File {
        path: path.to_path_buf(),
        what: "the path is no Unicode text, so that code cannot name it".to_owned(),
    })?;
    Ok(Published { language: language.to_owned(), include })
}

/// A path from the root, without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut normal = PathBuf::new();
    for component in absolute.components() {
        match component {
            std::path::Component::ParentDir => {
                normal.pop();
            }
            std::path::Component::CurDir => {}
            other @ (std::path::Component::Prefix(_)
            | std::path::Component::RootDir
            | std::path::Component::Normal(_)) => normal.push(other),
        }
    }
    normal
}

/// The way from a folder to a file.
fn relative(folder: &Path, file: &Path) -> PathBuf {
    let shared = folder.components().zip(file.components()).take_while(|(left, right)| left == right).count();
    let up = folder.components().skip(shared).map(|_| std::path::Component::ParentDir);
    up.chain(file.components().skip(shared)).collect()
}

fn slashes(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
