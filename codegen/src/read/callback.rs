//! Callback Objects, OpenAPI 3.1.1 section 4.8.18, and webhooks: requests that a server sends.
//!
//! They are passed through: they are read for their texts and for what is wrong with them. The one rule: each path item
//! is read once, and after everything else, so that callbacks of callbacks end.

use crate::document::Entry;
use crate::read::{Cx, path_item, reference};

/// Reads a callback, or a reference to one.
pub(super) fn read<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) {
    let Some(followed) = reference::follow(cx, &entry.value) else { return };
    for entry in cx.members(followed.node, "callbacks") {
        if !cx.is_extension(entry) {
            later(cx, entry);
        }
    }
}

/// Keeps a path item for later.
pub(super) fn later<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) {
    cx.pending_callbacks.push_back(entry);
}

/// Reads the path items that were kept, and those that they hold.
pub(super) fn read_pending(cx: &mut Cx<'_>) {
    while let Some(entry) = cx.pending_callbacks.pop_front() {
        // What an operation uses is read already.
        if !cx.read.contains(entry.value.id) {
            path_item::read_passed_through(cx, entry);
        }
    }
}
