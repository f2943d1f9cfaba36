//! What the reader makes of small documents.

mod ledger;
mod operations;
mod references;
mod roles;
mod schemas;

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Sink};
use crate::document;
use crate::gather::{self, Files, UrlMapping};
use crate::model::{Model, Schema, SchemaId};
use crate::read::{Reading, read};
use crate::source::Sources;

/// Files in memory, by their paths.
struct Memory(HashMap<PathBuf, &'static str>, Vec<PathBuf>);

impl Files for Memory {
    fn read(&mut self, path: &Path) -> io::Result<Vec<u8>> {
        self.1.push(path.to_path_buf());
        let text = self.0.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(text.as_bytes().to_vec())
    }
}

/// Reads the first file and those that it refers to; gives the paths that were read as well.
fn read_files(files: &[(&str, &'static str)], urls: &[UrlMapping]) -> (Reading, Vec<Code>, Vec<PathBuf>) {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let (path, text) = files[0];
    let source = sources.add(path, text);
    let document = document::load(&sources, source, &mut sink).expect("the first file is well-formed");
    let mut memory = Memory(files.iter().map(|(path, text)| (PathBuf::from(path), *text)).collect(), Vec::new());
    let documents = gather::gather(document, Path::new(path), urls, &mut sources, &mut memory);
    let reading = read(&documents, &mut sink).expect("the first file is an OpenAPI document");
    (reading, sink.into_diagnostics().into_iter().map(|diagnostic| diagnostic.code).collect(), memory.1)
}

/// Reads one file.
fn read_text(text: &'static str) -> (Reading, Vec<Code>) {
    let (reading, codes, _) = read_files(&[("openapi.yaml", text)], &[]);
    (reading, codes)
}

/// The schema with this name.
fn named<'model>(model: &'model Model, name: &str) -> &'model Schema {
    model.schemas.get(id_of(model, name))
}

fn id_of(model: &Model, name: &str) -> SchemaId {
    let mut named = model.named_schemas.iter().filter(|named| named.key.value == name);
    named.next().expect("a schema has this name").schema
}
