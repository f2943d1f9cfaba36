//! Which document an overlay is made for: Overlay 1.1.0, Overlay Object, `extends`.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::Document;
use crate::gather::{Location, UrlMapping, mapped};
use crate::overlay::Overlay;
use crate::source::Span;

/// A reference to the document that an overlay is made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extends {
    /// The reference, as it is written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl Extends {
    /// The file that it names, from the overlay's own file on; `None` for a URL that no file stands for.
    pub fn file(&self, overlay: &Path, urls: &[UrlMapping]) -> Option<PathBuf> {
        let reference = self.text.split_once('#').map_or(self.text.as_str(), |(reference, _)| reference);
        match Location::of_file(overlay).join(reference) {
            Location::File(path) => Some(path),
            Location::Uri(uri) => mapped(urls, &uri),
        }
    }
}

/// Reports an overlay at a path that says it is made for another document than this one.
///
/// A URL that no file stands for is taken for the document's where both files have one name, or where the document says so
/// itself (`$self`): what is published somewhere has copies.
pub fn check_base(
    overlay: &Overlay,
    path: &Path,
    base: &Document,
    base_path: &Path,
    urls: &[UrlMapping],
    sink: &mut Sink,
) {
    let Some(extends) = &overlay.extends else { return };
    let Location::File(base_file) = Location::of_file(base_path) else { return };
    let is_base = match extends.file(path, urls) {
        Some(file) => file == base_file,
        None => {
            let name = extends.text.rsplit('/').next().unwrap_or_default();
            let name = name.split(['?', '#']).next().unwrap_or_default();
            base_file.file_name().is_some_and(|file| file.to_string_lossy() == name)
                || base.root.get("$self").and_then(|node| node.as_str()) == Some(extends.text.as_str())
        }
    };
    if !is_base {
        let message = "the overlay is made for another document";
        let base = base.root.span;
        let base = Span { end: base.start, ..base };
        sink.report(
            Diagnostic::new(Code::OtherBase, extends.span, message)
                .label("named here")
                .other(base, "applied to this one all the same"),
        );
    }
}
