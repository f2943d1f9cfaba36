//! What pages say to people, as a file: the documents of all languages enter, `<file>.pages.yaml` leaves.
//!
//! ```yaml
//! operations:
//!   DELETE /pets/{id}:
//!     en:
//!       title: Delete a pet
//!       lead: Answers 404 where there is no such pet.
//!       prose: |-
//!         ## Required permission
//!
//!         `ManagePets`
//!       statuses: [404]
//!       permissions: [ManagePets]
//!       source: delete-a-pet.md
//! webhooks: {}
//! ```
//!
//! The one rule: it depends on what the pages say and on their names, never on where they lie.

use crate::{
    document::{Maker, Node, to_yaml},
    page::{
        arrange::{File, Group},
        info::Subject,
        read::Page,
    },
    source::Span,
};

/// Writes what the pages of one document say. `languages` has its groups, the base language first; one at least.
pub(super) fn record(languages: &[&Group<'_>]) -> File {
    let first = languages.first().expect("a document has a language");
    let pages = || languages.iter().flat_map(|group| &group.pages);
    let span = pages().next().map(|page| page.info.span).expect("a document has a page");
    let make = Maker(span);
    let mut subjects: Vec<&Subject> = pages().map(|page| &page.info.subject).collect();
    subjects.sort();
    subjects.dedup();
    let (operations, webhooks): (Vec<&Subject>, Vec<&Subject>) =
        subjects.into_iter().partition(|subject| matches!(subject, Subject::Operation(..)));
    let section = |subjects: Vec<&Subject>| {
        make.object(subjects.into_iter().map(|subject| (name(subject), said(languages, subject, span))))
    };
    let mut members = vec![("operations", section(operations))];
    if !webhooks.is_empty() {
        members.push(("webhooks", section(webhooks)));
    }
    let stem = [".yaml", ".yml"].iter().find_map(|ending| first.base.strip_suffix(ending)).unwrap_or(&first.base);
    File { path: format!("{stem}.pages.yaml"), text: to_yaml(&make.object(members)) }
}

fn name(subject: &Subject) -> String {
    match subject {
        Subject::Operation(..) => subject.to_string(),
        Subject::Webhook(name) => name.clone(),
    }
}

/// By language what the first page about something says.
fn said(languages: &[&Group<'_>], subject: &Subject, span: Span) -> Node {
    let pages = languages.iter().filter_map(|group| {
        let page = group.pages.iter().find(|page| page.info.subject == *subject)?;
        Some((group.language.clone(), page_node(page, span)))
    });
    Maker(span).object(pages)
}

fn page_node(page: &Page, span: Span) -> Node {
    let make = Maker(span);
    let texts =
        [("title", page.title.as_deref().unwrap_or_default()), ("lead", &page.prose.lead), ("prose", &page.prose.text)];
    let mut members: Vec<(&str, Node)> =
        texts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| (key, make.text(text))).collect();
    if !page.prose.statuses.is_empty() {
        members.push(("statuses", make.list(page.prose.statuses.iter().map(|&status| make.integer(status)))));
    }
    if !page.prose.permissions.is_empty() {
        members.push(("permissions", make.list(page.prose.permissions.iter().map(|name| make.text(name)))));
    }
    members.push(("source", make.text(&page.name)));
    members.extend(page.url.as_ref().map(|url| ("url", make.text(url))));
    make.object(members)
}
