//! Where documents belong: pages and the site list enter, the pages of each document leave.
//!
//! The one rule: two documents never share a file, on systems that do not tell capitals from small letters either.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Code, Diagnostic, Sink},
    document::Node,
    page::{
        name::{self, FileName, language},
        read::Page,
        sites::{Site, Sites},
    },
    source::{Sources, Span},
};

/// A file to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Relative to the output folder, with `/` between names.
    pub path: String,
    /// What it holds.
    pub text: String,
}

/// One document, in one language, and its pages.
pub(super) struct Group<'page> {
    /// Relative to the output folder, with `/` between names.
    pub(super) path: String,
    /// The path of the same document in the base language.
    pub(super) base: String,
    /// The language.
    pub(super) language: String,
    /// Whether that is the base language.
    pub(super) is_base: bool,
    /// In an order that does not depend on that of the texts.
    pub(super) pages: Vec<&'page Page>,
}

/// Gives every page to its document. The documents come sorted by path.
pub(super) fn arrange<'page>(
    sources: &Sources,
    pages: &'page [Page],
    sites: &Sites,
    sink: &mut Sink,
) -> Vec<Group<'page>> {
    let mut groups: BTreeMap<String, (Group<'page>, String)> = BTreeMap::new();
    let mut pages: Vec<&Page> = pages.iter().collect();
    // Equal blocks may be folded differently: the last keys make one of them the first, whatever the order was.
    pages.sort_by(|one, other| key(sources, one).cmp(&key(sources, other)));
    for page in pages {
        let Some((group, made_of)) = group(page, sites, sink) else { continue };
        let (known, first) = groups.entry(group.path.to_lowercase()).or_insert((group, made_of.clone()));
        if *first == made_of {
            known.pages.push(page);
        } else {
            sink.report(same_file(known, first, page, &made_of));
        }
    }
    groups.into_values().map(|(group, _)| group).collect()
}

fn key<'page>(sources: &'page Sources, page: &'page Page) -> impl Ord + use<'page> {
    (&page.info.subject, sources.text(page.block), &page.name, page.block.start)
}

/// The document that a page belongs to, without pages, and what its name was made of.
fn group<'page>(page: &Page, sites: &Sites, sink: &mut Sink) -> Option<(Group<'page>, String)> {
    let site = site(page, sites, sink)?;
    let file = file(page, site, sink)?;
    let translation = file.language.filter(|language| !language.eq_ignore_ascii_case(&site.language));
    // The blocks are YAML, whatever the site's own file is.
    let path = file.path.strip_suffix(".json").map_or_else(|| file.path.clone(), |stem| format!("{stem}.yaml"));
    let base = format!("{}/{path}", site.api);
    let path = translation.as_ref().map_or_else(|| base.clone(), |language| format!("{}/{language}/{path}", site.api));
    let is_base = translation.is_none();
    let language = translation.unwrap_or_else(|| site.language.clone());
    let made_of = format!("{}/{path}: {}", site.api, file.made_of);
    Some((Group { path, base, language, is_base, pages: Vec::new() }, made_of))
}

fn site<'sites>(page: &Page, sites: &'sites Sites, sink: &mut Sink) -> Option<&'sites Site> {
    let found = match &page.site {
        Some(name) => sites.find(&name.text),
        None => sites.any(),
    };
    if found.is_none() {
        sink.report(match &page.site {
            Some(name) => {
                let entry = &name.entry;
                let message = format!("no folder is known for the site `{entry}`");
                let help = format!("add `{entry}: {{api: NAME}}` to sites.yaml, or give `--site {entry}=NAME`");
                Diagnostic::new(Code::UnmappedSite, name.span, message).help(help)
            }
            None => {
                let start = Span { start: page.info.span.start, end: page.info.span.start, source: page.source };
                let message = "the page does not say which site it is of";
                let help = "keep the page's line `Fetch the complete documentation index at: …/llms.txt`, or give `--site '*=NAME'`";
                Diagnostic::new(Code::UnmappedSite, start, message).help(help)
            }
        });
    }
    found
}

/// The file of a page: its own word, the site's, or one that is made of the title and the version.
fn file(page: &Page, site: &Site, sink: &mut Sink) -> Option<FileName> {
    if let Some(file) = &page.info.file {
        return Some(file.clone());
    }
    let language = page.url.as_deref().and_then(|url| language_of(url, site));
    if let Some(file) = &site.file {
        let file = name::file_name(file).ok()?;
        return Some(FileName { language, ..file });
    }
    let info = page.document.root.get("info");
    let text = |key: &str| info.and_then(|info| info.get(key)).and_then(Node::as_str).unwrap_or_default();
    let made_of = format!("{} {}", text("title"), text("version"));
    let Some(path) = name::made_plain(&made_of) else {
        let message = "the page names no file, and no name can be made of the title of its document";
        let help = format!("write `{}: {{api: {}, file: openapi.yaml}}` in sites.yaml", site.prefix, site.api);
        sink.report(Diagnostic::new(Code::UnmappedSite, page.info.span, message).help(help));
        return None;
    };
    Some(FileName { language, path, made_of })
}

/// The language of a page that says so in its URL alone: the first folder below the site's.
fn language_of(url: &str, site: &Site) -> Option<String> {
    let place = url.split_once("://").map_or(url, |(_, rest)| rest);
    let below = place
        .get(site.prefix.len()..)
        .filter(|_| site.prefix != Sites::ANY)
        .or_else(|| place.split_once('/').map(|(_, rest)| rest))?;
    below.trim_start_matches('/').split_once('/').and_then(|(folder, _)| language(folder))
}

fn same_file(known: &Group<'_>, first: &str, page: &Page, made_of: &str) -> Diagnostic {
    let name = |made_of: &str| made_of.split_once(": ").map_or("", |(_, name)| name).to_owned();
    let (first, second) = (name(first), name(made_of));
    let message = format!("`{first}` and `{second}` would both be written to `{}`", known.path);
    let diagnostic = Diagnostic::new(Code::PageConflict, page.info.span, message).label(format!("of `{second}`"));
    let diagnostic = match known.pages.first() {
        Some(other) => diagnostic.other(other.info.span, format!("of `{first}`")),
        None => diagnostic,
    };
    diagnostic.help("give one of the sites a folder of its own")
}
