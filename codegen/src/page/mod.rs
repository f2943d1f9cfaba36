//! Documentation pages: Markdown texts and the site list enter, the documents that the pages carry leave.
//!
//! A page ends in one fenced block with one operation's OpenAPI document. The one rule: a block becomes a file as it
//! stands, byte for byte, or is refused with its place in the page.

mod arrange;
mod info;
mod outline;
mod read;
mod sites;

pub use arrange::{File, arrange};
pub use info::{FileName, Info};
pub use read::{Page, SiteName, read};
pub use sites::{Site, Sites, is_folder, read as read_sites};

use crate::{
    diagnostic::Sink,
    source::{SourceId, Sources},
};

/// Rebuilds documents from pages.
///
/// The files come sorted by path and do not depend on the order of the pages. They are of use only if `sink` holds no
/// error afterwards.
///
/// ```
/// use stubwright_codegen::{diagnostic::Sink, page, source::Sources};
///
/// let text = "> at: https://docs.pets.example/llms.txt\n\n# Get a pet\n\n## OpenAPI\n\n\
///             ````yaml /pets.yaml GET /pet\nopenapi: 3.1.0\npaths:\n  /pet:\n    get: {}\n\n````\n";
/// let mut sources = Sources::default();
/// let pages = [sources.add("pet.md", text)];
/// let mut sink = Sink::default();
///
/// let sites = page::Sites::default().assign("docs.pets.example", "pets");
/// let files = page::import(&sources, &pages, &sites, &mut sink);
///
/// assert!(!sink.has_errors());
/// assert_eq!(files[0].path, "pets/pets.yaml");
/// assert_eq!(files[0].text, "openapi: 3.1.0\npaths:\n  /pet:\n    get: {}\n");
/// ```
pub fn import(sources: &Sources, pages: &[SourceId], sites: &Sites, sink: &mut Sink) -> Vec<File> {
    let pages: Vec<_> = pages.iter().filter_map(|&page| read(sources, page, sink)).collect();
    arrange(sources, &pages, sites, sink)
}
