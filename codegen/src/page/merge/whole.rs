//! A rebuilt document as a whole: what leads to nothing, and what has the same name twice.
//!
//! The one rule: it is read as any other document is. What is wrong with a page alone is told where code is generated from the
//! document; only what pages may have lost or doubled is told here.

use std::path::Path;

use crate::{
    check,
    diagnostic::{Code, Sink},
    document::{Document, Node},
    gather::{self, NoFiles},
    read,
    source::Sources,
};

/// What a document may have because it was put together from pages.
const OF_PAGES: [Code; 4] =
    [Code::DanglingReference, Code::DanglingMapping, Code::UndeclaredPathParameter, Code::DuplicateOperationId];

/// Reports, as warnings, references and values of a discriminator that lead to nothing, path parameters that are not
/// declared, and operationIds that two operations have.
pub(super) fn check(root: &Node, sink: &mut Sink) {
    let document = Document::new(root.clone());
    let documents = gather::gather(document, Path::new(""), &[], &mut Sources::default(), &mut NoFiles);
    let mut found = Sink::default();
    if let Some(reading) = read::read(&documents, &mut found) {
        // Whether it is valid is for those who generate code from it.
        let _ = check::check(reading.model, &mut found);
    }
    for diagnostic in found.into_diagnostics().into_iter().filter(|diagnostic| OF_PAGES.contains(&diagnostic.code)) {
        sink.report(diagnostic);
    }
}
