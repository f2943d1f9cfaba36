//! What an import found, for people and for programs.

use std::path::Path;

use serde_json::{Value, json};
use stubwright_codegen::page::{Import, NEVER_ON_PAGES, Said, Summary};

use crate::import::changes::Change;

/// The form's version: it changes when a key goes away or means something else.
const FORM: u32 = 1;

/// The summary for people.
pub(super) fn text(import: &Import) -> String {
    let mut lines = Vec::new();
    for summary in &import.summaries {
        let Summary { path, language, pages, operations, webhooks, lost_webhooks, prose } = summary;
        let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
        let mut parts = vec![counted(*pages, "page"), counted(*operations, "operation")];
        if !webhooks.is_empty() {
            parts.push(counted(webhooks.len(), "webhook"));
        }
        lines.push(format!("{path} ({language}): {}", parts.join(", ")));
        lines.extend(
            lost_webhooks.iter().map(|name| format!("  the webhook `{name}` is lost: its page does not hold it")),
        );
        lines.extend(prose.iter().map(said));
    }
    if !import.summaries.is_empty() {
        lines.push(format!("Pages never hold {NEVER_ON_PAGES}: what else the documents had is not known."));
    }
    lines.join("\n")
}

fn said(said: &Said) -> String {
    let statuses = said.statuses.iter().map(u16::to_string);
    let permissions = said.permissions.iter().map(|permission| format!("`{permission}`"));
    let named: Vec<String> = statuses.chain(permissions).collect();
    format!("  {}: in prose alone: {}", said.subject, named.join(", "))
}

/// The summary as one JSON document.
pub(super) fn json(import: &Import, out: &Path, changes: &[Change<'_>]) -> String {
    let state = |path: &str| match changes.iter().find(|change| change.path == out.join(path)) {
        None => "unchanged",
        Some(change) if change.is_there() => "changed",
        Some(_) => "new",
    };
    let documents = import.summaries.iter().map(|summary| {
        let Summary { path, language, pages, operations, webhooks, lost_webhooks, prose } = summary;
        json!({
            "path": path, "language": language, "pages": pages, "operations": operations,
            "webhooks": webhooks, "lostWebhooks": lost_webhooks,
            "prose": prose.iter().map(|said| json!({
                "subject": said.subject, "statuses": said.statuses, "permissions": said.permissions,
            })).collect::<Vec<Value>>(),
        })
    });
    let files = import.files.iter().map(|file| json!({ "path": file.path, "state": state(&file.path) }));
    let value = json!({
        "form": FORM,
        "documents": documents.collect::<Vec<Value>>(),
        "files": files.collect::<Vec<Value>>(),
        "neverOnPages": NEVER_ON_PAGES,
    });
    format!("{value:#}")
}
