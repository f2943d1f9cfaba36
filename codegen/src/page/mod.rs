//! Documentation pages: Markdown texts and the site list enter, the documents that the pages carry leave; and back.
//!
//! A page ends in one fenced block with one operation's part of an OpenAPI document. The one rule: a document of one page is
//! its block as it stands, byte for byte; one of several pages is their parts, in an order that does not depend on that of the
//! pages; and what does not fit together is refused with its places in the pages.

mod arrange;
mod export;
mod info;
mod markdown;
mod merge;
mod name;
mod outline;
mod prose;
mod read;
mod record;
mod sites;
mod summary;
mod verify;

pub use arrange::File;
pub use export::{Export, Layout, LeftOut, TooLarge, Why, export, is_file_name};
pub use info::{Info, Subject};
pub use name::{FileName, language};
pub use prose::Prose;
pub use read::{Page, SiteName, Text, read};
pub use sites::{Site, Sites, is_folder, read as read_sites};
pub use summary::{NEVER_ON_PAGES, Said, Summary};

use std::collections::{BTreeMap, HashMap};

use crate::{
    diagnostic::{Code, Diagnostic, Sink},
    page::arrange::Group,
    source::Sources,
};

/// What pages give.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// The documents, and beside each in the base language what its pages say to people, in every language. Sorted by path.
    pub files: Vec<File>,
    /// What was found, by document.
    pub summaries: Vec<Summary>,
}

/// Rebuilds documents from pages.
///
/// What it gives does not depend on the order of the texts. It is of use only if `sink` holds no error afterwards.
///
/// ```
/// use stubwright_codegen::{diagnostic::Sink, page, source::Sources};
///
/// let text = "> at: https://docs.pets.example/llms.txt\n\n# Get a pet\n\n## OpenAPI\n\n\
///             ````yaml /pets.yaml GET /pet\nopenapi: 3.1.0\npaths:\n  /pet:\n    get: {}\n\n````\n";
/// let mut sources = Sources::default();
/// let pages = [page::Text { source: sources.add("pet.md", text), name: "pet.md".to_owned(), is_named: true }];
/// let mut sink = Sink::default();
///
/// let sites = page::Sites::default().assign("docs.pets.example", "pets");
/// let import = page::import(&sources, &pages, &sites, &mut sink);
///
/// assert!(!sink.has_errors());
/// assert_eq!(import.files[0].path, "pets/pets.pages.yaml");
/// assert_eq!(import.files[1].path, "pets/pets.yaml");
/// assert_eq!(import.files[1].text, "openapi: 3.1.0\npaths:\n  /pet:\n    get: {}\n");
/// ```
pub fn import(sources: &Sources, texts: &[Text], sites: &Sites, sink: &mut Sink) -> Import {
    let pages: Vec<Page> = texts.iter().flat_map(|text| read(sources, text, sink)).collect();
    let groups = arrange::arrange(sources, &pages, sites, sink);
    let mut import = Import::default();
    for group in &groups {
        let merged = merge::merge(sources, group, sink);
        import.summaries.push(summary::summary(group, &merged));
        import.files.push(File { path: group.path.clone(), text: merged.text });
    }
    let mut documents: BTreeMap<&str, Vec<&Group<'_>>> = BTreeMap::new();
    for group in &groups {
        documents.entry(&group.base).or_default().push(group);
    }
    for mut languages in documents.into_values() {
        languages.sort_by(|one, other| (!one.is_base, &one.language).cmp(&(!other.is_base, &other.language)));
        let record = record::record(&languages);
        check_record(&record, &groups, sink);
        import.files.push(record);
    }
    import.files.sort_by(|one, other| one.path.cmp(&other.path));
    check_folders(&import.files, &groups, sink);
    import
}

/// Reports a document that would be written where other pages' prose is.
fn check_record(record: &File, groups: &[Group<'_>], sink: &mut Sink) {
    if let Some(group) = groups.iter().find(|group| group.path.eq_ignore_ascii_case(&record.path)) {
        let span = group.pages.first().map(|page| page.info.span).expect("a document has a page");
        let message = format!("`{}` is where the prose of other pages is written", record.path);
        sink.report(Diagnostic::new(Code::PageConflict, span, message));
    }
}

/// Reports documents below what is a file itself.
fn check_folders(files: &[File], groups: &[Group<'_>], sink: &mut Sink) {
    let paths: HashMap<String, &str> = files.iter().map(|file| (file.path.to_lowercase(), &*file.path)).collect();
    for group in groups {
        let below = group.path.to_lowercase();
        let mut folders = below.match_indices('/').map(|(at, _)| &below[..at]);
        if let Some(file) = folders.find_map(|folder| paths.get(folder)) {
            let span = group.pages.first().map(|page| page.info.span).expect("a document has a page");
            let message = format!("`{}` cannot be written: `{file}` is a file, not a folder", group.path);
            sink.report(Diagnostic::new(Code::PageConflict, span, message));
        }
    }
}
