//! Pages of a document: a document and its translations enter, a Markdown page per operation and webhook leaves.
//!
//! The form is the one that [`import`](super::import) reads. The one rule: what is on no page is named.

mod file_names;
mod prune;
mod reach;
mod text;

use std::collections::BTreeSet;

use crate::{
    document::{Document, Entry, Node, Pointer, to_yaml},
    page::{
        arrange::File,
        export::reach::Components,
        info::{METHODS, Subject},
        name,
        verify::{members, target},
    },
};

/// What pages say of where they are from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The site, as in `langwatch.ai/docs`; pages without one say nothing of it.
    pub site: Option<String>,
    /// How the pages name their document: a relative path that ends in `.yaml`, `.yml` or `.json`.
    pub file: Option<String>,
}

/// The pages of a document in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Export {
    /// The pages, sorted by path. Translations stand in a folder that their language names.
    pub files: Vec<File>,
    /// The parts of the document that are on no page, in document order.
    pub left_out: Vec<LeftOut>,
    /// Members of the document that pages have and it does not: empty lists of servers and of security requirements.
    pub added: Vec<&'static str>,
}

/// The pages of a document would hold more than a GiB: each has all that its operation needs, which in some documents is nearly
/// everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

/// Bytes that all pages of a document may have.
const LARGEST: usize = 1 << 30;

/// A part of a document that is on no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The part.
    pub pointer: Pointer,
    /// Why it is on none.
    pub why: Why,
}

/// Why a part of a document is on no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Pages have no place for it.
    NoPlace,
    /// No operation and no webhook leads to it.
    Unreached,
    /// It has no operation.
    NoOperation,
    /// It is a path item elsewhere: in another file, or among the other paths, which its page does not have.
    Elsewhere,
    /// An info string cannot name it: a path with a space, or without `/` in front; a method that is none of the known ones.
    NoName,
}

impl Why {
    /// In words: `no operation leads to it`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NoPlace => "pages have no place for it",
            Self::Unreached => "no operation leads to it",
            Self::NoOperation => "it has no operation",
            Self::Elsewhere => "its reference leads to what its page does not have",
            Self::NoName => "no page can name it",
        }
    }
}

/// Writes the pages of a document in the base language, or in another one.
///
/// # Errors
///
/// [`TooLarge`] where the pages would fill the memory.
///
/// ```
/// use stubwright_codegen::{diagnostic::Sink, document, page, source::Sources};
///
/// let mut sources = Sources::default();
/// let source = sources.add("a.yaml", "openapi: 3.1.0\npaths: {/pets: {get: {summary: List pets}}}\ncomponents: {schemas: {A: {}}}\n");
/// let document = document::load(&sources, source, &mut Sink::default()).expect("this text is well-formed");
/// let layout = page::Layout { site: None, file: Some("a.yaml".to_owned()) };
/// let export = page::export(&document, None, &layout).expect("it is small");
/// assert_eq!(export.files[0].path, "get-pets.md");
/// assert!(export.files[0].text.starts_with("# List pets\n"));
/// assert_eq!(export.left_out[0].pointer.to_string(), "/components");
/// ```
pub fn export(document: &Document, language: Option<&str>, layout: &Layout) -> Result<Export, TooLarge> {
    let root = &document.root;
    let components = Components::of(root);
    let found = subjects(root);
    let names = file_names::file_names(found.subjects.iter().map(|part| &part.subject));
    let mut reached = BTreeSet::new();
    let (mut files, mut size) = (Vec::new(), 0);
    for (part, name) in found.subjects.iter().zip(names) {
        let (block, on_page) = prune::block(root, &components, part);
        reached.extend(on_page);
        let text = text::page(language, layout, part, &to_yaml(&block));
        size += text.len();
        if size > LARGEST {
            return Err(TooLarge);
        }
        let folder = language.map(|language| format!("{language}/")).unwrap_or_default();
        files.push(File { path: format!("{folder}{name}"), text });
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    let mut left_out = found.left_out;
    left_out.extend(components.without(&reached));
    let absent = |key: &&&str| root.get(key).is_none() && !files.is_empty();
    let added = ["servers", "security", "paths"].iter().filter(absent).copied().collect();
    Ok(Export { files, left_out, added })
}

/// What a page is made about.
struct Part<'doc> {
    subject: Subject,
    /// The path or webhook, with its item.
    entry: &'doc Entry,
    /// The operation, which may stand in an item that a reference leads to; of a webhook, the first one.
    operation: Option<&'doc Node>,
}

struct Found<'doc> {
    subjects: Vec<Part<'doc>>,
    left_out: Vec<LeftOut>,
}

/// The operations and webhooks of a document, and the parts at its top that are on no page.
fn subjects(root: &Node) -> Found<'_> {
    let mut found = Found { subjects: Vec::new(), left_out: Vec::new() };
    for entry in members(root) {
        let key = entry.key.text.as_str();
        let pointer = Pointer::root().child(key);
        match key {
            "paths" => members(&entry.value).iter().for_each(|path| found.path(root, path, &pointer)),
            "webhooks" => members(&entry.value).iter().for_each(|webhook| found.webhook(root, webhook, &pointer)),
            _ if prune::ROOT.contains(&key) || key == "components" => {}
            _ => found.left_out.push(LeftOut { pointer, why: Why::NoPlace }),
        }
    }
    found
}

impl<'doc> Found<'doc> {
    fn path(&mut self, root: &'doc Node, path: &'doc Entry, parent: &Pointer) {
        let pointer = parent.child(&path.key.text);
        if !path.key.text.starts_with('/') || !is_word(&path.key.text) {
            let why = if path.key.text.starts_with("x-") { Why::NoPlace } else { Why::NoName };
            self.left_out.push(LeftOut { pointer, why });
            return;
        }
        let reference = path.value.get("$ref").and_then(Node::as_str);
        if reference.is_some_and(|reference| !reference.starts_with("#/components/")) {
            self.left_out.push(LeftOut { pointer, why: Why::Elsewhere });
            return;
        }
        let methods: Vec<&Entry> = operations(item(root, &path.value)).collect();
        if methods.is_empty() {
            self.left_out.push(LeftOut { pointer, why: Why::NoOperation });
            return;
        }
        if path.value.get(prune::ADDITIONAL).is_some() {
            self.left_out.push(LeftOut { pointer: pointer.child(prune::ADDITIONAL), why: Why::NoName });
        }
        for entry in methods {
            let method = METHODS.into_iter().find(|method| *method == entry.key.text).expect("it was found by it");
            let subject = Subject::Operation(path.key.text.clone(), method);
            self.subjects.push(Part { subject, entry: path, operation: Some(&entry.value) });
        }
    }

    fn webhook(&mut self, root: &'doc Node, webhook: &'doc Entry, parent: &Pointer) {
        let name = &webhook.key.text;
        if !is_word(name) || name.starts_with("x-") {
            self.left_out.push(LeftOut { pointer: parent.child(name), why: Why::NoName });
            return;
        }
        let operation = operations(item(root, &webhook.value)).next().map(|entry| &entry.value);
        self.subjects.push(Part { subject: Subject::Webhook(name.clone()), entry: webhook, operation });
    }
}

/// A path item, where a reference leads to it too.
fn item<'doc>(root: &'doc Node, item: &'doc Node) -> &'doc Node {
    item.get("$ref").and_then(|reference| target(root, reference)).unwrap_or(item)
}

fn operations(item: &Node) -> impl Iterator<Item = &Entry> {
    members(item).iter().filter(|entry| METHODS.contains(&entry.key.text.as_str()))
}

/// Whether an info string can hold a text as one of its words.
fn is_word(text: &str) -> bool {
    !text.is_empty()
        && !text.contains(|character: char| character.is_whitespace() || character.is_control() || character == '`')
}

/// Whether pages can name their document so.
pub fn is_file_name(name: &str) -> bool {
    name::file_name(name).is_ok_and(|file| file.language.is_none()) && is_word(name) && !name.contains("://")
}
