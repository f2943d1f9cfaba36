//! Reading the documents of a run from disk.

use std::collections::HashSet;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::build::api::ApiOverlay;
use crate::build::languages::languages;
use crate::build::{Api, Apis, Destination, Failure};
use crate::diagnostic::Sink;
use crate::document;
use crate::source::{SourceId, Sources};
use crate::{Files, Input, Options, OverlayInput, Published, Reach, TranslationInput, UrlMapping};

/// What one module is made from.
pub(super) struct ModuleInput {
    /// The module's name: a Rust identifier.
    pub(super) name: String,
    pub(super) input: Input,
    /// The files that were read.
    pub(super) paths: Vec<PathBuf>,
    /// The translations among them that were found beside the document.
    pub(super) found: Vec<(String, PathBuf)>,
    /// Whether the document was named by a relative path.
    pub(super) is_relative: bool,
    /// Whether warnings about it are errors.
    pub(super) strict: bool,
    /// The base document and its translations, by the names that their copies have in a package.
    pub(super) copies: Vec<(String, SourceId)>,
}

/// Reads every document of a run. One that is no text is reported, and left out.
pub(super) fn read(apis: &Apis, sources: &mut Sources, sink: &mut Sink) -> Result<Vec<ModuleInput>, Failure> {
    let mut names = HashSet::new();
    let mut modules = Vec::new();
    for api in &apis.documents {
        let name = module_name(api)?;
        if !names.insert(name.clone()) {
            let what = format!("a second document with the module name `{name}`: name one with `module`");
            return Err(Failure::File { path: api.path.clone(), what });
        }
        modules.extend(module(api, name, &apis.destination, sources, sink)?);
    }
    Ok(modules)
}

fn module_name(api: &Api) -> Result<String, Failure> {
    let name = match &api.module {
        Some(name) => name.clone(),
        None => crate::lower::module_name(&api.path.file_stem().unwrap_or_default().to_string_lossy()),
    };
    match syn::parse_str::<syn::Ident>(&name) {
        Ok(_) => Ok(name),
        Err(_) => Err(Failure::File { path: api.path.clone(), what: format!("`{name}` is no name for a module") }),
    }
}

fn module(
    api: &Api,
    name: String,
    destination: &Destination,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Result<Option<ModuleInput>, Failure> {
    let base = file(&api.path, sources, sink)?;
    let languages = languages(api)?;
    let mut published = vec![published(&languages.base, &api.path, destination, &name)?];
    let mut translations = Some(Vec::new());
    for (language, path) in &languages.copies {
        published.push(self::published(language, path, destination, &name)?);
        let source = file(path, sources, sink)?;
        translations = translations.zip(source).map(|(mut translations, source)| {
            translations.push(TranslationInput { language: language.clone(), source, path: normal(path) });
            translations
        });
    }
    let overlays = overlays(&languages.overlays, sources, sink)?;
    let input = base.zip(translations).zip(overlays).map(|((base, translations), overlays)| Input {
        base,
        path: normal(&api.path),
        urls: api.urls.iter().map(|map| UrlMapping { url: map.url.clone(), path: normal(&map.path) }).collect(),
        language: languages.base.clone(),
        translations,
        overlays,
        drift: api.drift,
        published,
        reach: reach(destination),
        options: Options { docs_language: languages.docs.clone(), ..api.options.clone() },
    });
    let copies = input.iter().flat_map(|input| {
        let translations = input.translations.iter().zip(&languages.copies);
        let translations = translations.map(|(copy, (language, path))| (copy_name(language, path), copy.source));
        std::iter::once((copy_name(&languages.base, &api.path), input.base)).chain(translations)
    });
    let copies = copies.collect();
    let translations = languages.copies.iter().map(|(_, path)| path);
    let paths = std::iter::once(&api.path).chain(translations);
    let paths = paths.chain(languages.overlays.iter().flat_map(ApiOverlay::paths)).cloned().collect();
    Ok(input.map(|input| ModuleInput {
        name,
        input,
        paths,
        found: languages.found(),
        is_relative: api.path.is_relative(),
        strict: api.strict,
        copies,
    }))
}

/// Reads overlays and their copies; `None` where one is no text.
fn overlays(
    overlays: &[ApiOverlay],
    sources: &mut Sources,
    sink: &mut Sink,
) -> Result<Option<Vec<OverlayInput>>, Failure> {
    let mut read = Some(Vec::new());
    for ApiOverlay { path, translations } in overlays {
        let source = file(path, sources, sink)?;
        let mut copies = Some(Vec::new());
        for (language, path) in translations {
            let copy = file(path, sources, sink)?;
            copies = copies.zip(copy).map(|(mut copies, copy)| {
                copies.push((language.clone(), copy));
                copies
            });
        }
        read = read.zip(source.zip(copies)).map(|(mut read, (source, translations))| {
            read.push(OverlayInput { source, path: normal(path), translations });
            read
        });
    }
    Ok(read)
}

fn reach(destination: &Destination) -> Reach {
    match destination {
        Destination::CheckedIn { reach, .. } => *reach,
        Destination::OutDir => Reach::Unknown,
        Destination::Package { .. } => Reach::Public,
    }
}

pub(super) fn file(path: &Path, sources: &mut Sources, sink: &mut Sink) -> Result<Option<SourceId>, Failure> {
    let bytes =
        std::fs::read(path).map_err(|error| Failure::File { path: path.to_path_buf(), what: in_words(&error) })?;
    Ok(document::decode(sources, shown(path), bytes, sink))
}

fn in_words(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        ErrorKind::IsADirectory => "this is a folder, not a document".to_owned(),
        _ => error.to_string(),
    }
}

/// The files that documents refer to. Their paths are absolute; they are shown like that of the document that led there.
pub(super) struct Disk {
    /// Whether the document was named by a relative path.
    pub(super) relative: bool,
}

impl Files for Disk {
    fn read(&mut self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(path).map_err(|error| io::Error::new(error.kind(), in_words(&error)))
    }

    fn name(&self, path: &Path) -> String {
        if self.relative { shown_relative(path) } else { path.display().to_string() }
    }
}

/// How diagnostics name a file: from the workspace's root on, as cargo names files.
fn shown(path: &Path) -> String {
    if path.is_relative() { shown_relative(path) } else { path.display().to_string() }
}

fn shown_relative(path: &Path) -> String {
    let absolute = normal(path);
    let root = absolute.ancestors().find(|folder| folder.join("Cargo.lock").is_file());
    let folder = root.map_or_else(|| std::env::current_dir().unwrap_or_default(), Path::to_path_buf);
    absolute.strip_prefix(folder).map_or_else(|_| path.display().to_string(), slashes)
}

/// Where the generated code finds a published document: relative to checked-in code, absolute from elsewhere.
fn published(language: &str, path: &Path, destination: &Destination, module: &str) -> Result<Published, Failure> {
    let target = normal(path);
    let include = match destination {
        Destination::OutDir => target.to_str().map(str::to_owned),
        Destination::CheckedIn { folder, .. } => Some(slashes(&relative(&normal(&folder.join(module)), &target))),
        // A package has a copy, so that it can be built elsewhere.
        Destination::Package { .. } => Some(copy_name(language, path)),
    };
    let include = include.ok_or_else(|| Failure::File {
        path: path.to_path_buf(),
        what: "the path is no Unicode text, so that code cannot name it".to_owned(),
    })?;
    Ok(Published { language: language.to_owned(), include })
}

/// The path of the copy of a document below the folder of the code that includes it.
pub(super) fn copy_name(language: &str, path: &Path) -> String {
    let language: String = language.chars().map(|next| if next.is_alphanumeric() { next } else { '-' }).collect();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!("published/{language}/{name}")
}

/// A path from the root, without `.` and `..`.
pub(super) fn normal(path: &Path) -> PathBuf {
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
pub(super) fn relative(folder: &Path, file: &Path) -> PathBuf {
    let shared = folder.components().zip(file.components()).take_while(|(left, right)| left == right).count();
    let up = folder.components().skip(shared).map(|_| std::path::Component::ParentDir);
    up.chain(file.components().skip(shared)).collect()
}

pub(super) fn slashes(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
