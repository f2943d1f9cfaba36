//! Translated copies of a document: files that were read enter, [`Translation`]s leave.
//!
//! A copy is a whole document, or an overlay that only carries text.

use std::path::Path;

use crate::diagnostic::Sink;
use crate::document::Document;
use crate::gather::{self, NoFiles};
use crate::locale::Translation;
use crate::source::Sources;
use crate::{overlay, read};

/// Reads a copy. Only its texts matter: what else is wrong with it, it shares with its base, or drifts from it.
pub(crate) fn read(
    language: &str,
    document: Document,
    base: &Document,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Option<Translation> {
    let document = if is_overlay(&document) {
        let overlay = overlay::read(sources, &document, sink)?;
        overlay::apply(base, &[overlay], sink)
    } else {
        document
    };
    let documents = gather::gather(document, Path::new(""), &[], sources, &mut NoFiles);
    let roles = read::read(&documents, &mut Sink::default()).map(|reading| reading.roles).unwrap_or_default();
    Some(Translation { language: language.to_owned(), document: documents.into_base(), roles })
}

/// Whether a file is an overlay, and no document of its own.
pub(crate) fn is_overlay(document: &Document) -> bool {
    document.root.get("overlay").is_some() && document.root.get("openapi").is_none()
}
