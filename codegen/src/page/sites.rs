//! The site list: `sites.yaml` enters, which folder the documents of which site belong to leaves.
//!
//! ```yaml
//! language: en                  # the base language; `en` if not given
//! docs.example.com: {api: pets}
//! "*": {api: others}            # pages that name no site, and sites that are not listed
//! example.com/docs/v2:          # the longest match wins over `example.com/docs`
//!   api: pets-v2                # the folder below the output folder
//!   file: openapi.yaml          # for pages that name no file
//!   language: de                # the base language of this site
//! ```
//!
//! Copies in the base language are the base documents: their language folder is left out. The one rule: a folder or
//! file that could lead out of the output folder is refused here.

use crate::{
    diagnostic::{Code, Diagnostic, Sink},
    document::{self, Entry, Node, Value},
    page::name::{self, language},
    source::{SourceId, Sources},
};

/// Which site's documents belong where.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Sites {
    /// The sites, in the list's order.
    pub sites: Vec<Site>,
}

/// Where the documents of one site belong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The host and the beginning of the path: `langwatch.ai/docs`.
    pub prefix: String,
    /// The folder below the output folder.
    pub api: String,
    /// The file for pages that name none.
    pub file: Option<String>,
    /// The base language.
    pub language: String,
}

const BASE_LANGUAGE: &str = "en";

impl Sites {
    /// The entry for pages that name no site, and for sites without one.
    pub const ANY: &'static str = "*";

    /// Adds a site, or gives a listed one another folder.
    #[must_use]
    pub fn assign(mut self, prefix: &str, api: &str) -> Self {
        let prefix = normal(prefix);
        if let Some(site) = self.sites.iter_mut().find(|site| site.prefix == prefix) {
            api.clone_into(&mut site.api);
        } else {
            let language = BASE_LANGUAGE.to_owned();
            self.sites.push(Site { prefix, api: api.to_owned(), file: None, language });
        }
        self
    }

    /// The entry of a site: the one with the longest prefix of whole path segments.
    pub fn find(&self, site: &str) -> Option<&Site> {
        let site = normal(site);
        let matches =
            |prefix: &str| site.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let listed = self.sites.iter().filter(|entry| matches(&entry.prefix)).max_by_key(|entry| entry.prefix.len());
        listed.or_else(|| self.any())
    }

    /// The entry for everything else.
    pub fn any(&self) -> Option<&Site> {
        self.sites.iter().find(|entry| entry.prefix == Self::ANY)
    }
}

/// Whether a name can be an API's folder.
pub fn is_folder(api: &str) -> bool {
    name::is_plain(api)
}

/// Reads a site list. What is wrong in it goes to `sink`.
pub fn read(sources: &Sources, source: SourceId, sink: &mut Sink) -> Sites {
    let Some(document) = document::load(sources, source, sink) else { return Sites::default() };
    let Value::Mapping(entries) = &document.root.value else {
        wrong_type(&document.root, "the site list", "a mapping of hosts", sink);
        return Sites::default();
    };
    let base = entries.iter().find(|entry| entry.key.text == "language").and_then(|entry| base_language(entry, sink));
    let base = base.unwrap_or_else(|| BASE_LANGUAGE.to_owned());
    let hosts = entries.iter().filter(|entry| entry.key.text != "language");
    Sites { sites: hosts.filter_map(|entry| site(entry, &base, sink)).collect() }
}

fn site(entry: &Entry, base: &str, sink: &mut Sink) -> Option<Site> {
    let Value::Mapping(fields) = &entry.value.value else {
        wrong_type(&entry.value, "a site", "a mapping with `api`", sink);
        return None;
    };
    let mut site = Site { prefix: normal(&entry.key.text), api: String::new(), file: None, language: base.to_owned() };
    for field in fields {
        let valid = match field.key.text.as_str() {
            "api" => string(field, "a folder's name", is_folder, sink).map(|api| api.clone_into(&mut site.api)),
            "file" => string(field, "a file's path", |file| name::file_name(file).is_ok(), sink)
                .map(|file| site.file = Some(file.to_owned())),
            "language" => base_language(field, sink).map(|language| site.language = language),
            other => {
                let message = format!("a site has no `{other}`");
                let known = "a site has `api`, `file` and `language`";
                sink.report(Diagnostic::new(Code::UnknownKey, field.key.span, message).help(known));
                continue;
            }
        };
        valid?;
    }
    if site.api.is_empty() {
        let message = format!("the site `{}` has no `api`", entry.key.text);
        sink.report(Diagnostic::new(Code::MissingKey, entry.key.span, message).help("add `api: FOLDER`"));
        return None;
    }
    Some(site)
}

fn base_language(field: &Entry, sink: &mut Sink) -> Option<String> {
    let tag = string(field, "a language tag", |tag| language(tag).is_some(), sink)?;
    language(tag)
}

fn string<'node>(
    field: &'node Entry,
    what: &str,
    is_valid: impl Fn(&str) -> bool,
    sink: &mut Sink,
) -> Option<&'node str> {
    let key = &field.key.text;
    let Some(text) = field.value.as_str() else {
        wrong_type(&field.value, &format!("`{key}`"), "a string", sink);
        return None;
    };
    if !is_valid(text) {
        let message = format!("`{text}` is not {what}");
        sink.report(Diagnostic::new(Code::InvalidValue, field.value.span, message));
        return None;
    }
    Some(text)
}

fn wrong_type(node: &Node, what: &str, expected: &str, sink: &mut Sink) {
    let message = format!("{what} is {expected}, not {}", node.value.kind());
    sink.report(Diagnostic::new(Code::WrongType, node.span, message));
}

/// A site's name without scheme and closing `/`; hosts are case-insensitive (RFC 3986 section 3.2.2).
fn normal(site: &str) -> String {
    let site = site.split_once("://").map_or(site, |(_, rest)| rest).trim_end_matches('/');
    match site.split_once('/') {
        Some((host, path)) => format!("{}/{path}", host.to_ascii_lowercase()),
        None => site.to_ascii_lowercase(),
    }
}
