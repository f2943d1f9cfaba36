//! Callback Objects, OpenAPI 3.1.1 section 4.8.18, and webhooks: requests that a server sends.
//!
//! The one rule: each path item is read once, and after everything else, so that callbacks of callbacks end. Those that
//! nothing uses are read for their texts and for what is wrong with them.

use std::collections::HashSet;

use crate::document::Entry;
use crate::model::{Cause, Operation, Outgoing, Spanned, Template, UrlPart, url_parts};
use crate::read::{Cx, path_item, reference};

/// A path item that waits.
pub(super) struct Pending<'doc> {
    entry: &'doc Entry,
    used: Use,
}

/// What a path item is used for.
pub(super) enum Use {
    /// Nothing, or nothing yet: it stands under `components`.
    None,
    /// A webhook.
    Webhook,
    /// The callback of this name.
    Callback(Spanned<String>),
}

/// Reads a callback of an operation, or a reference to one.
pub(super) fn read<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) {
    let name = Spanned { value: entry.key.text.clone(), span: entry.key.span };
    items(cx, entry, || Use::Callback(name.clone()));
}

/// Reads a callback under `components`.
pub(super) fn component<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) {
    items(cx, entry, || Use::None);
}

fn items<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry, used: impl Fn() -> Use) {
    let Some(followed) = reference::follow(cx, &entry.value) else { return };
    for entry in cx.members(followed.node, "callbacks") {
        if !cx.is_extension(entry) {
            later(cx, entry, used());
        }
    }
}

/// Keeps a path item for later.
pub(super) fn later<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry, used: Use) {
    cx.pending_callbacks.push_back(Pending { entry, used });
}

/// Reads the path items that were kept, and those that they hold: what is used first.
pub(super) fn read_pending(cx: &mut Cx<'_>) -> Vec<Outgoing> {
    let mut outgoing = Vec::new();
    let mut seen = HashSet::new();
    loop {
        let is_used = |pending: &Pending<'_>| !matches!(pending.used, Use::None);
        let next = cx.pending_callbacks.iter().position(is_used).unwrap_or_default();
        let Some(Pending { entry, used }) = cx.pending_callbacks.remove(next) else { return outgoing };
        match used {
            // What something uses is read already.
            Use::None if cx.read.contains(entry.value.id) => {}
            Use::None => _ = path_item::read_outgoing(cx, entry, &Template::default()),
            Use::Webhook => {
                let name = Spanned { value: entry.key.text.clone(), span: entry.key.span };
                let operations = path_item::read_outgoing(cx, entry, &Template::default());
                let sent = |operation| Outgoing { cause: Cause::Webhook(name.clone()), operation };
                outgoing.extend(operations.into_iter().map(sent));
            }
            Use::Callback(name) if seen.insert(entry.value.id) => {
                let url = url(cx, entry);
                let operations: Vec<Operation> = path_item::read_outgoing(cx, entry, &template(url.as_deref()));
                let cause = Cause::Callback { name, url };
                outgoing.extend(operations.into_iter().map(|operation| Outgoing { cause: cause.clone(), operation }));
            }
            Use::Callback(_) => {}
        }
    }
}

/// The key of a path item of a callback.
fn url(cx: &mut Cx<'_>, entry: &Entry) -> Option<Vec<UrlPart>> {
    match url_parts(&entry.key.text) {
        Ok(parts) => Some(parts),
        Err(part) => {
            let message = format!("`{part}` is no runtime expression");
            let help = "write `{$request.body#/pointer}`, `{$request.query.name}` or another of OpenAPI 3.1.1 section 4.8.20.4";
            cx.invalid(entry.key.span, message, "the URL is left to who sends the request", help);
            None
        }
    }
}

/// The text of a URL, which may name parameters.
fn template(url: Option<&[UrlPart]>) -> Template {
    let text: String = url
        .unwrap_or_default()
        .iter()
        .filter_map(|part| match part {
            UrlPart::Text(text) => Some(text.as_str()),
            UrlPart::Expression(_) => None,
        })
        .collect();
    Template::parse(&text).template
}
