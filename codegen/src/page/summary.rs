//! What a run of the import found: documents with their pages enter, a [`Summary`] of each leaves.
//!
//! The one rule: what a page cannot carry is named, and what its prose says beyond the contract.

use std::collections::BTreeSet;

use crate::{
    document::Node,
    page::{
        arrange::Group,
        info::{METHODS, Subject},
        merge::{Merged, subjects},
        read::Page,
        verify::{members, target},
    },
};

/// One document, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Relative to the output folder, with `/` between names.
    pub path: String,
    /// The language.
    pub language: String,
    /// How many pages it was made of.
    pub pages: usize,
    /// How many operations it has.
    pub operations: usize,
    /// The webhooks that it has.
    pub webhooks: Vec<String>,
    /// The webhooks that pages are about whose blocks do not hold them.
    pub lost_webhooks: Vec<String>,
    /// What the prose names and the contract does not, by operation.
    pub prose: Vec<Said>,
}

/// What the prose of an operation's pages names and the contract does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// `DELETE /pets/{id}`.
    pub subject: String,
    /// Statuses that no response has.
    pub statuses: BTreeSet<u16>,
    /// Permissions that are no scope of a security requirement.
    pub permissions: Vec<String>,
}

/// What pages of this form never have, whatever the document had.
pub const NEVER_ON_PAGES: &str =
    "components that no operation refers to, `externalDocs` and extensions of the document itself";

/// Sums up one document.
pub(super) fn summary(group: &Group<'_>, merged: &Merged) -> Summary {
    let webhooks = merged.root.get("webhooks").map(members).unwrap_or_default();
    let webhooks: Vec<String> = webhooks.iter().map(|entry| entry.key.text.clone()).collect();
    let subjects = subjects(group);
    let lost = subjects.iter().filter_map(|subject| match subject {
        Subject::Webhook(name) if !webhooks.contains(name) => Some(name.clone()),
        Subject::Webhook(_) | Subject::Operation(..) => None,
    });
    let said = group.pages.chunk_by(|one, other| one.info.subject == other.info.subject);
    Summary {
        path: group.path.clone(),
        language: group.language.clone(),
        pages: group.pages.len(),
        operations: subjects.iter().filter(|subject| matches!(subject, Subject::Operation(..))).count(),
        lost_webhooks: lost.collect(),
        prose: said.filter_map(|pages| said_of(pages, &merged.root)).collect(),
        webhooks,
    }
}

fn said_of(pages: &[&Page], root: &Node) -> Option<Said> {
    let subject = &pages.first()?.info.subject;
    let operation = operation(root, subject);
    let mut statuses: BTreeSet<u16> = pages.iter().flat_map(|page| &page.prose.statuses).copied().collect();
    let description = operation.and_then(|operation| operation.get("description")).and_then(Node::as_str);
    statuses.extend(super::prose::statuses(description.unwrap_or_default()));
    let responses: Vec<&str> = operation
        .and_then(|operation| operation.get("responses"))
        .map(|responses| members(responses).iter().map(|entry| entry.key.text.as_str()).collect())
        .unwrap_or_default();
    statuses.retain(|status| {
        let (exact, range) = (status.to_string(), format!("{}XX", status / 100));
        !responses
            .iter()
            .any(|declared| *declared == "default" || *declared == exact || declared.eq_ignore_ascii_case(&range))
    });
    let mut permissions: Vec<String> = pages.iter().flat_map(|page| page.prose.permissions.clone()).collect();
    let scopes = operation.and_then(|operation| operation.get("security")).or_else(|| root.get("security"));
    permissions.retain(|permission| !scopes.is_some_and(|scopes| holds(scopes, permission)));
    permissions.dedup();
    let is_silent = statuses.is_empty() && permissions.is_empty();
    (!is_silent).then(|| Said { subject: subject.to_string(), statuses, permissions })
}

/// The operation that a page is about; of a webhook, the first method.
fn operation<'doc>(root: &'doc Node, subject: &Subject) -> Option<&'doc Node> {
    let resolved = |item: &'doc Node| item.get("$ref").and_then(|reference| target(root, reference)).unwrap_or(item);
    match subject {
        Subject::Operation(path, method) => resolved(root.get("paths")?.get(path)?).get(method),
        Subject::Webhook(name) => {
            let item = resolved(root.get("webhooks")?.get(name)?);
            members(item).iter().find(|entry| METHODS.contains(&entry.key.text.as_str())).map(|entry| &entry.value)
        }
    }
}

fn holds(node: &Node, text: &str) -> bool {
    node.as_str() == Some(text) || node.children().any(|(_, child)| holds(child, text))
}
