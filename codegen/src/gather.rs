//! From a document to all documents that its references lead to.
//!
//! The one rule: each file is read once, under one name, and nothing is fetched. What is wrong with a file is told where
//! a reference is followed into it, and not before: a text in an example may look like a reference.

mod location;
mod resolve;
mod scan;

pub(crate) use location::{Location, normal, percent_decode, relative};
pub(crate) use resolve::{Failure, Keys};
pub(crate) use scan::{Resource, has_names, is_data};

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Sink};
use crate::document::{self, Document, Node, NodeId};
use crate::gather::location::beside;
use crate::gather::scan::Scan;
use crate::source::Sources;

/// Where the texts of other documents come from.
pub trait Files {
    /// The bytes of a file.
    ///
    /// # Errors
    ///
    /// Whatever keeps the file from being read; its text is shown at the reference.
    fn read(&mut self, path: &Path) -> io::Result<Vec<u8>>;

    /// How diagnostics name a file.
    fn name(&self, path: &Path) -> String {
        path.display().to_string()
    }
}

/// For documents that are in one file: there are no others.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&mut self, _: &Path) -> io::Result<Vec<u8>> {
        Err(io::Error::new(io::ErrorKind::NotFound, "there is no such file"))
    }
}

/// A file or folder that stands for a URL, or for all URLs below one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UrlMapping {
    /// The URL, or the beginning of several that ends before or behind a `/`.
    pub url: String,
    /// The file, or the folder.
    pub path: PathBuf,
}

/// A document and those that its references lead to.
#[derive(Debug)]
pub(crate) struct Documents {
    /// The base document first.
    pub(crate) files: Vec<File>,
    by_path: HashMap<PathBuf, usize>,
    /// The resources that have an `$id` or `$self`, by it: file and resource.
    by_id: HashMap<Location, (usize, usize)>,
    mappings: Vec<UrlMapping>,
}

/// One file, read or not.
#[derive(Debug)]
pub(crate) struct File {
    /// Its normalised path.
    pub(crate) path: PathBuf,
    /// Its tree, or why there is none.
    pub(crate) document: Result<Document, String>,
    /// What loading it reported, for a file that is not the base.
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) scan: Scan,
    /// The number of its first node.
    first: u32,
    /// The index of its first resource among those of all files.
    pub(crate) first_resource: usize,
}

/// Reads what the base document refers to, and what that refers to.
pub(crate) fn gather(
    base: Document,
    path: &Path,
    mappings: &[UrlMapping],
    sources: &mut Sources,
    files: &mut dyn Files,
) -> Documents {
    gather_beside(None, base, path, mappings, sources, files)
}

/// Like [`gather`], for a document beside others: their files are not read again.
pub(crate) fn gather_beside(
    known: Option<&Documents>,
    base: Document,
    path: &Path,
    mappings: &[UrlMapping],
    sources: &mut Sources,
    files: &mut dyn Files,
) -> Documents {
    let mut mappings = mappings.to_vec();
    mappings.sort_by_key(|mapping| std::cmp::Reverse(mapping.url.len()));
    let mut documents = Documents { files: Vec::new(), by_path: HashMap::new(), by_id: HashMap::new(), mappings };
    let mut next = add(&mut documents, normal(path), Ok(base), Vec::new(), 0);
    let mut index = 0;
    while let Some(file) = documents.files.get(index) {
        for path in wanted(&documents, file) {
            if documents.by_path.contains_key(&path) {
                continue;
            }
            let known = known.and_then(|known| known.files.get(*known.by_path.get(&path)?));
            if let Some(File { document, diagnostics, .. }) = known {
                next = add(&mut documents, path, document.clone(), diagnostics.clone(), next);
                continue;
            }
            let mut sink = Sink::default();
            let document = match files.read(&path) {
                Ok(bytes) => document::decode(sources, files.name(&path), bytes, &mut sink)
                    .and_then(|source| document::load(sources, source, &mut sink))
                    .ok_or_else(String::new),
                Err(error) => Err(error.to_string()),
            };
            next = add(&mut documents, path, document, sink.into_diagnostics(), next);
        }
        index += 1;
    }
    documents
}

/// Keeps a file; gives the number for the first node of the next one.
fn add(
    documents: &mut Documents,
    path: PathBuf,
    mut document: Result<Document, String>,
    diagnostics: Vec<Diagnostic>,
    first: u32,
) -> u32 {
    let index = documents.files.len();
    let mut end = first;
    let mut scan = Scan::default();
    if let Ok(document) = &mut document {
        end = document.number_from(first);
        scan = scan::scan(&document.root, end, &path);
    }
    let first_resource = documents.files.last().map_or(0, |file| file.first_resource + file.scan.resources.len());
    for (number, resource) in scan.resources.iter().enumerate() {
        // The first one with a name has it: a copy of a schema in another file is no reason to fail.
        documents.by_id.entry(resource.location.clone()).or_insert((index, number));
    }
    documents.by_path.insert(path.clone(), index);
    documents.files.push(File { path, document, diagnostics, scan, first, first_resource });
    end
}

/// The files that the references of a file may lead to.
fn wanted(documents: &Documents, file: &File) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for (resource, reference) in &file.scan.references {
        let reference = reference.split_once('#').map_or(reference.as_str(), |(location, _)| location);
        for path in documents.candidates(file, &file.scan.resources[*resource].location, reference) {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
    }
    paths
}

impl Documents {
    /// The base document.
    pub(crate) fn base(&self) -> &Document {
        self.files[0].document.as_ref().expect("the base document is there before others are looked for")
    }

    /// The trees of all files, to be changed: their nodes keep their ids.
    pub(crate) fn trees_mut(&mut self) -> impl Iterator<Item = &mut Document> {
        self.files.iter_mut().filter_map(|file| file.document.as_mut().ok())
    }

    /// The base document alone.
    pub(crate) fn into_base(self) -> Document {
        let base = self.files.into_iter().next().and_then(|file| file.document.ok());
        base.expect("the base document is there before others are looked for")
    }

    /// The root of the file that a text names, as far as it tells files apart; the base document where it is empty.
    pub(crate) fn file_named(&self, name: &str) -> Option<&Node> {
        let mut named = self.files.iter().filter(|file| name.is_empty() || file.path.ends_with(name));
        named.find_map(|file| file.document.as_ref().ok()).map(|document| &document.root)
    }

    /// Whether a file is one of these.
    pub(crate) fn has(&self, path: &Path) -> bool {
        self.by_path.contains_key(path)
    }

    /// The files that were read, the base aside.
    pub(crate) fn read(&self) -> impl Iterator<Item = &File> {
        self.files.iter().skip(1).filter(|file| file.document.is_ok() || !file.diagnostics.is_empty())
    }

    /// The file that a node stands in.
    pub(crate) fn file_of(&self, node: NodeId) -> usize {
        if self.files.len() == 1 {
            return 0;
        }
        // A file that could not be read has the number of the next one.
        self.files.partition_point(|file| file.first <= node.number()).saturating_sub(1)
    }

    /// The files that a reference from a resource of a file may lead to, the best guess first.
    fn candidates(&self, file: &File, base: &Location, reference: &str) -> Vec<PathBuf> {
        let mut paths = Vec::new();
        match base.join(reference) {
            Location::File(path) => paths.push(path),
            Location::Uri(uri) => paths.extend(mapped(&self.mappings, &uri)),
        }
        // Where a document gives itself a URL and is used from disk, its references are meant on disk, too.
        if !location::has_scheme(reference) && !reference.starts_with("//") {
            let path = beside(&file.path, reference);
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
        paths
    }
}

/// The file that stands for a URL: by the first mapping that has it.
pub(crate) fn mapped(mappings: &[UrlMapping], uri: &str) -> Option<PathBuf> {
    mappings.iter().find_map(|mapping| {
        let rest = uri.strip_prefix(&mapping.url)?;
        if rest.is_empty() {
            return Some(normal(&mapping.path));
        }
        let below = rest.strip_prefix('/').or_else(|| mapping.url.ends_with('/').then_some(rest))?;
        Some(normal(&mapping.path.join(below)))
    })
}
