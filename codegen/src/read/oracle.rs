//! Another reader's opinion: `openapiv3` over the seeds and over every document of the corpus that it accepts.
//!
//! It models OpenAPI 3.0, so only what it cannot lose is compared: operations, their parameters, bodies and statuses, and
//! the names of schemas.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use openapiv3::{OpenAPI, ReferenceOr};

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document;
use crate::gather::{self, NoFiles};
use crate::model::{Model, Status};
use crate::source::Sources;

/// Larger documents are left to release builds.
const LIMIT: u64 = if cfg!(debug_assertions) { 400_000 } else { 20_000_000 };

#[test]
#[expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the figures, and that there are fewer without the corpus"
)]
fn openapiv3_reads_the_same() {
    let mut documents = Vec::new();
    list(Path::new("../specs"), &mut documents);
    let mut minimum = (5, 5);
    match std::env::var_os("STUBWRIGHT_CORPUS") {
        Some(corpus) => {
            for part in ["real", "conformance", "documents"] {
                list(&Path::new(&corpus).join(part), &mut documents);
            }
            minimum = (900, 7_000);
        }
        None => eprintln!("SKIPPED: STUBWRIGHT_CORPUS is not set, so only the seeds are compared"),
    }
    let mut compared = (0, 0);
    for path in documents {
        if let Some(operations) = compare(&path) {
            compared.0 += 1;
            compared.1 += operations;
        }
    }
    println!("openapiv3 agrees on {} documents with {} operations", compared.0, compared.1);
    assert!(compared.0 >= minimum.0, "{} documents compared, {} wanted", compared.0, minimum.0);
    assert!(compared.1 >= minimum.1, "{} operations compared, {} wanted", compared.1, minimum.1);
}

fn list(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        let is_document =
            path.extension().is_some_and(|extension| ["yaml", "yml", "json"].iter().any(|e| extension == *e));
        if path.is_dir() {
            list(&path, found);
        } else if is_document && path.metadata().is_ok_and(|metadata| metadata.len() <= LIMIT) {
            found.push(path);
        }
    }
    found.sort();
}

/// Compares one document; `None` where either reader does not take it.
fn compare(path: &Path) -> Option<usize> {
    let text = std::fs::read_to_string(path).ok()?;
    let theirs: OpenAPI = serde_yaml::from_str(&text).ok()?;
    let mut sources = Sources::default();
    let source = sources.add(path.display().to_string(), text);
    let document = document::load(&sources, source, &mut Sink::default())?;
    let mut sink = Sink::default();
    let documents = gather::gather(document, path, &[], &mut sources, &mut NoFiles);
    let ours = super::read(&documents, &mut sink)?.model;
    // They keep references as they are; what a reference to nowhere, or to another file, stands for is not read here. And
    // they have none in place of an operation.
    let leads_elsewhere = |diagnostic: &Diagnostic| {
        matches!(
            diagnostic.code,
            Code::DanglingReference
                | Code::ReferenceCycle
                | Code::MissingFile
                | Code::UnmappedUrl
                | Code::MisplacedReference
        )
    };
    if sink.into_diagnostics().iter().any(leads_elsewhere) {
        return None;
    }
    let name = path.display();
    assert_eq!(our_schemas(&ours), their_schemas(&theirs), "the schemas of {name}");
    let references = theirs.paths.paths.iter().filter(|(_, item)| matches!(item, ReferenceOr::Reference { .. }));
    let references: BTreeSet<&str> = references.map(|(path, _)| path.as_str()).collect();
    // It has neither references in place of path items nor the methods of 3.2.
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
    let is_theirs =
        |(method, path, ..): &Operation| !references.contains(path.as_str()) && methods.contains(&method.as_str());
    let ours: BTreeSet<Operation> = our_operations(&ours).into_iter().filter(is_theirs).collect();
    let theirs = their_operations(&theirs);
    assert_eq!(ours, theirs, "the operations of {name}");
    Some(ours.len())
}

fn our_schemas(model: &Model) -> BTreeSet<String> {
    // A name that a reference gives has the place of its schema, a component's that of its key.
    let own = model.named_schemas.iter().filter(|named| named.key.span != model.schemas.get(named.schema).span);
    own.map(|named| named.key.value.clone()).collect()
}

fn their_schemas(api: &OpenAPI) -> BTreeSet<String> {
    api.components.iter().flat_map(|components| components.schemas.keys().cloned()).collect()
}

/// Method, path, operationId, whether there is a body, and the exact statuses.
type Operation = (String, String, Option<String>, bool, BTreeSet<u16>);

fn our_operations(model: &Model) -> BTreeSet<Operation> {
    let codes = |operation: &crate::model::Operation| {
        let statuses = operation.responses.iter().filter_map(|response| match response.status.value {
            Status::Code(code) => Some(code),
            Status::Range(_) | Status::Default => None,
        });
        statuses.collect()
    };
    model
        .operations
        .iter()
        .map(|operation| {
            let id = operation.id.as_ref().map(|id| id.value.clone());
            let has_body = operation.request_body.is_some();
            (operation.method.to_lowercase(), operation.path.value.clone(), id, has_body, codes(operation))
        })
        .collect()
}

fn their_operations(api: &OpenAPI) -> BTreeSet<Operation> {
    let mut operations = BTreeSet::new();
    for (path, item) in &api.paths.paths {
        let ReferenceOr::Item(item) = item else { continue };
        for (method, operation) in item.iter() {
            let statuses = operation.responses.responses.keys().filter_map(|status| match status {
                openapiv3::StatusCode::Code(code) => Some(*code),
                openapiv3::StatusCode::Range(_) => None,
            });
            let has_body = operation.request_body.is_some();
            let id = operation.operation_id.clone();
            operations.insert((method.to_owned(), path.clone(), id, has_body, statuses.collect()));
        }
    }
    operations
}
