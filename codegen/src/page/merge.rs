//! The pages of one document enter, the document leaves.
//!
//! Paths are merged by path and method, components by section and name. The one rule: what two pages say of one thing may
//! differ in human text, of which the first page's is taken; any other difference is an error with both places. Order within
//! mappings and lists of names is none.

mod differ;
mod whole;

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::{
    diagnostic::{Code, Diagnostic, Sink},
    document::{Entry, Key, Node, Value, to_yaml},
    page::{
        arrange::Group,
        info::Subject,
        merge::differ::{Known, Place, Sheet},
        read::Page,
        verify::members,
    },
    source::Sources,
};

/// One document, rebuilt.
pub(super) struct Merged {
    /// What it says.
    pub(super) root: Node,
    /// As a file.
    pub(super) text: String,
}

/// Merges the pages of one document, of which there is one at least.
pub(super) fn merge(sources: &Sources, group: &Group<'_>, sink: &mut Sink) -> Merged {
    let sheets: Vec<Sheet<'_>> = group.pages.iter().map(|page| Sheet::new(sources, page)).collect();
    let first = group.pages.first().expect("a document is listed with its first page");
    if group.pages.iter().all(|page| page.document.root == first.document.root) {
        let block = sources.text(first.block);
        let newline = if block.ends_with('\n') { "" } else { "\n" };
        let root = first.document.root.clone();
        whole::check(&root, sink);
        return Merged { root, text: format!("{block}{newline}") };
    }
    let mut parts = Parts::default();
    for sheet in &sheets {
        parts.take(sheet, sink);
    }
    let root = parts.root(first);
    whole::check(&root, sink);
    let text = to_yaml(&root);
    Merged { root, text }
}

/// What the pages so far say.
#[derive(Default)]
struct Parts<'page> {
    /// The members of the root but `paths`, `webhooks` and `components`.
    members: IndexMap<&'page str, Known<'page>>,
    /// Members of path items, by path; methods are members as others are.
    paths: IndexMap<&'page str, IndexMap<&'page str, Known<'page>>>,
    webhooks: IndexMap<&'page str, Known<'page>>,
    /// Components, by section and name.
    components: IndexMap<&'page str, IndexMap<&'page str, Known<'page>>>,
    /// Members of paths that were found on some pages only.
    reported: HashSet<(&'page str, &'page str)>,
}

impl<'page> Parts<'page> {
    fn take(&mut self, sheet: &'page Sheet<'page>, sink: &mut Sink) {
        for entry in members(&sheet.page.document.root) {
            let key = entry.key.text.as_str();
            match key {
                "paths" => {
                    for path in members(&entry.value) {
                        self.path(sheet, path, sink);
                    }
                }
                "webhooks" => {
                    for webhook in members(&entry.value) {
                        let place = Place(&["webhooks", &webhook.key.text]);
                        differ::add(&mut self.webhooks, sheet, webhook, place, Code::PageConflict, sink);
                    }
                }
                "components" => {
                    for section in members(&entry.value) {
                        let known = self.components.entry(&section.key.text).or_default();
                        for component in members(&section.value) {
                            let place = Place(&["components", &section.key.text, &component.key.text]);
                            differ::add(known, sheet, component, place, Code::PageConflict, sink);
                        }
                    }
                }
                _ => differ::add(&mut self.members, sheet, entry, Place(&[key]), Code::PageDifference, sink),
            }
        }
    }

    /// Takes what one page says of one path. All pages must agree on what is above its methods, be it nothing.
    fn path(&mut self, sheet: &'page Sheet<'page>, path: &'page Entry, sink: &mut Sink) {
        let known = self.paths.entry(&path.key.text).or_default();
        for (key, here, there) in differ::only_on_one(known, path) {
            // Many pages lack the same thing: it is reported once.
            if self.reported.insert((&path.key.text, key)) {
                let message = format!("only one of two pages has `{key}` of the path `{}`", path.key.text);
                let diagnostic = Diagnostic::new(Code::PageConflict, here, message);
                sink.report(diagnostic.label("this page").other(there, "the other page"));
            }
        }
        for entry in members(&path.value) {
            let place = Place(&["paths", &path.key.text, &entry.key.text]);
            differ::add(known, sheet, entry, place, Code::PageConflict, sink);
        }
    }

    /// The document, in the order of blocks.
    fn root(mut self, first: &Page) -> Node {
        let span = first.document.root.span;
        let mapping = |entries: Vec<Entry>| Node::detached(span, Value::Mapping(entries));
        let key = |text: &str| Key { text: text.to_owned(), span };
        let mut entries = Vec::new();
        for name in ["openapi", "info", "jsonSchemaDialect", "servers", "security", "tags"] {
            entries.extend(self.members.shift_remove(name).map(Known::into_entry));
        }
        entries.extend(self.members.into_values().map(Known::into_entry));
        let paths = self.paths.into_iter().map(|(path, members)| {
            let members = members.into_values().map(Known::into_entry).collect();
            Entry { key: key(path), value: mapping(members) }
        });
        entries.push(Entry { key: key("paths"), value: mapping(paths.collect()) });
        if !self.webhooks.is_empty() {
            let webhooks = self.webhooks.into_values().map(Known::into_entry).collect();
            entries.push(Entry { key: key("webhooks"), value: mapping(webhooks) });
        }
        // A page's schemes come last: where another page has a section that the first one has not, they still do.
        if let Some(schemes) = self.components.shift_remove("securitySchemes") {
            self.components.insert("securitySchemes", schemes);
        }
        let sections = self.components.into_iter().map(|(section, known)| {
            let known = known.into_values().map(Known::into_entry).collect();
            Entry { key: key(section), value: mapping(known) }
        });
        let sections: Vec<Entry> = sections.collect();
        if !sections.is_empty() {
            entries.push(Entry { key: key("components"), value: mapping(sections) });
        }
        mapping(entries)
    }
}

/// The subjects of a document's pages, each once.
pub(super) fn subjects<'page>(group: &Group<'page>) -> Vec<&'page Subject> {
    let mut subjects: Vec<&Subject> = group.pages.iter().map(|page| &page.info.subject).collect();
    subjects.dedup();
    subjects
}
