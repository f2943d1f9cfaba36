//! Where documents belong: pages and the site list enter, files leave.
//!
//! The one rule: a file is one block as it stands. Two pages may give one file only if their blocks are equal.

use std::collections::BTreeMap;

use crate::{
    diagnostic::{Code, Diagnostic, Sink},
    document::{Node, Value},
    page::{
        info,
        read::{Page, SiteName},
        sites::{Site, Sites},
    },
    source::{Sources, Span},
};

/// One document as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Relative to the output folder, with `/` between names.
    pub path: String,
    /// The block, with a newline at its end.
    pub text: String,
}

/// Gives every page's block its file. The files come sorted by path.
pub fn arrange(sources: &Sources, pages: &[Page], sites: &Sites, sink: &mut Sink) -> Vec<File> {
    let mut by_path: BTreeMap<String, Vec<&Page>> = BTreeMap::new();
    for page in pages {
        if let Some(path) = output_path(page, sites, sink) {
            by_path.entry(path).or_default().push(page);
        }
    }
    by_path.into_iter().map(|(path, pages)| file(sources, path, &pages, sink)).collect()
}

fn output_path(page: &Page, sites: &Sites, sink: &mut Sink) -> Option<String> {
    let Some(SiteName { text: name, span: named }) = &page.site else {
        let start = Span { source: page.source, start: 0, end: 0 };
        let message = "the page does not say which site it is of";
        let help = "keep the page's line `Fetch the complete documentation index at: …/llms.txt`";
        sink.report(Diagnostic::new(Code::UnmappedSite, start, message).help(help));
        return None;
    };
    let Some(site) = sites.find(name) else {
        let message = format!("no folder is known for the site `{name}`");
        let help = format!("add `{name}: {{api: NAME}}` to sites.yaml, or give `--site {name}=NAME`");
        sink.report(Diagnostic::new(Code::UnmappedSite, *named, message).help(help));
        return None;
    };
    let file = match (&page.info.file, &site.file) {
        (Some(file), _) => file.clone(),
        (None, Some(file)) => info::file_name(file).ok()?,
        (None, None) => {
            let message = format!("the page names no file, and no file is known for the site `{name}`");
            let help = format!("write `{}: {{api: {}, file: openapi.yaml}}` in sites.yaml", site.prefix, site.api);
            sink.report(Diagnostic::new(Code::UnmappedSite, page.info.span, message).help(help));
            return None;
        }
    };
    Some(joined(site, file.language, &file.path))
}

/// The output path. The blocks are YAML, whatever the site's own file is: `.json` becomes `.yaml`.
fn joined(site: &Site, language: Option<&str>, path: &str) -> String {
    let path = path.strip_suffix(".json").map_or_else(|| path.to_owned(), |stem| format!("{stem}.yaml"));
    match language.filter(|language| !language.eq_ignore_ascii_case(&site.language)) {
        Some(language) => format!("{}/{language}/{path}", site.api),
        None => format!("{}/{path}", site.api),
    }
}

fn file(sources: &Sources, path: String, pages: &[&Page], sink: &mut Sink) -> File {
    let (first, rest) = pages.split_first().expect("a path is listed with its first page");
    for page in rest {
        if page.document.root != first.document.root {
            sink.report(conflict(sources, &path, first, page));
        }
    }
    // Equal documents may be folded differently: which of them is written must not depend on the pages' order.
    let text = pages.iter().map(|page| sources.text(page.block)).min().unwrap_or_default();
    let newline = if text.ends_with('\n') { "" } else { "\n" };
    File { path, text: format!("{text}{newline}") }
}

fn conflict(sources: &Sources, path: &str, first: &Page, second: &Page) -> Diagnostic {
    let operation = |page: &Page| format!("`{} {}`", page.info.method.to_uppercase(), page.info.path);
    let named = |page: &Page| format!("{} of {}", operation(page), sources.get(page.source).name);
    if (first.info.method, &first.info.path) != (second.info.method, &second.info.path) {
        let message = format!(
            "{} and {} both belong to `{path}`: merging several operations into one document is not supported yet",
            operation(first),
            operation(second)
        );
        let diagnostic = Diagnostic::new(Code::PageConflict, second.info.span, message);
        return diagnostic.other(first.info.span, "the other operation");
    }
    let (here, there) = first_difference(&second.document.root, &first.document.root);
    let message = format!("two pages give `{path}` different contents: {} and {}", named(first), named(second));
    Diagnostic::new(Code::PageConflict, here, message).label("differs").other(there, "from this")
}

/// The first places where two different nodes differ.
fn first_difference(one: &Node, other: &Node) -> (Span, Span) {
    let pairs: Vec<(&Node, &Node)> = match (&one.value, &other.value) {
        (Value::Mapping(ones), Value::Mapping(others)) if ones.len() == others.len() => {
            match ones.iter().zip(others).find(|(one, other)| one.key != other.key) {
                Some((one, other)) => return (one.key.span, other.key.span),
                None => ones.iter().zip(others).map(|(one, other)| (&one.value, &other.value)).collect(),
            }
        }
        (Value::Sequence(ones), Value::Sequence(others)) if ones.len() == others.len() => {
            ones.iter().zip(others).collect()
        }
        _ => Vec::new(),
    };
    let different = pairs.into_iter().find(|(one, other)| one != other);
    different.map_or((one.span, other.span), |(one, other)| first_difference(one, other))
}
