//! Responses and Response Objects, OpenAPI 3.1.1 sections 4.8.16 and 4.8.17, and Link Objects, section 4.8.20.

use crate::document::{Entry, Node};
use crate::ledger::Treatment::{PassedThrough, Typed};
use crate::model::{Header, MediaType, Response, Spanned, Status, Text};
use crate::read::fields::Fields;
use crate::read::{Cx, Version, header, media_type, reference, root};

/// A response without its status.
#[derive(Clone, Debug)]
pub(super) struct Object {
    description: Option<Text>,
    headers: Vec<Header>,
    content: Vec<MediaType>,
}

/// Reads the responses of an operation.
pub(super) fn read<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Vec<Response> {
    // OpenAPI 3.1.1 section 4.8.10.1 no longer requires them.
    if fields.version == Version::V3_0 {
        fields.expect(cx, "responses");
    }
    let mut responses: Vec<Response> = Vec::new();
    for entry in fields.map(cx, "responses", Typed) {
        if cx.is_extension(entry) {
            continue;
        }
        let status = status(cx, entry);
        let (Some(status), Some(object)) = (status, object(cx, entry)) else { continue };
        if responses.iter().any(|known| known.status.value == status.value) {
            cx.no_effect(status.span, "this status is given twice", "take one of them out");
            continue;
        }
        let Object { description, headers, content } = object;
        responses.push(Response { status, description, headers, content });
    }
    responses
}

fn status(cx: &mut Cx<'_>, entry: &Entry) -> Option<Spanned<Status>> {
    let text = entry.key.text.as_str();
    let span = entry.key.span;
    let value = match text.as_bytes() {
        b"default" => Some(Status::Default),
        // Statuses beyond those of RFC 9110 section 15 can be sent, and are seen.
        [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] => text.parse().ok().map(Status::Code),
        [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => {
            if text.contains('x') {
                let message = format!("`{text}` is no HTTP status");
                cx.invalid(span, message, "read in capitals", "write capital `X`s");
            }
            Some(Status::Range(digit - b'0'))
        }
        _ => {
            let message = format!("`{text}` is no HTTP status");
            cx.invalid(
                span,
                message,
                "this response is left out",
                "write a status such as '200', a range such as '2XX', or `default`",
            );
            None
        }
    };
    value.map(|value| Spanned { value, span })
}

/// Reads a response or a reference to one.
pub(super) fn object<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Option<Object> {
    let followed = reference::follow(cx, &entry.value)?;
    let read = |cx: &mut Cx<'doc>| read_object(cx, entry, followed.node);
    let object = reference::once(cx, followed.node.id, |cx| &mut cx.responses, read);
    object.map(|object| Object { description: followed.description.or(object.description), ..object })
}

fn read_object<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry, node: &'doc Node) -> Option<Object> {
    let mut fields = Fields::open(cx, node, "Response Object", entry.key.span)?;
    // OpenAPI 3.2.0 section 4.17 no longer requires it.
    if fields.version < Version::V3_2 {
        fields.expect(cx, "description");
    }
    let description = fields.text(cx, "description");
    fields.text_since(cx, "summary", Version::V3_2);
    let content = media_type::content(cx, &mut fields);
    let headers = header::list(cx, &mut fields);
    // No code depends on where a link leads.
    let is_broken = cx.is_broken;
    for entry in fields.map(cx, "links", PassedThrough) {
        link(cx, entry);
    }
    cx.is_broken = is_broken;
    fields.finish(cx);
    Some(Object { description, headers, content })
}

/// Reads a link for its texts: nothing depends on it.
pub(super) fn link<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) {
    if cx.is_unnamed_extension(entry) {
        return;
    }
    let Some(followed) = reference::follow(cx, &entry.value) else { return };
    let Some(mut fields) = Fields::open(cx, followed.node, "Link Object", entry.key.span) else { return };
    fields.text(cx, "description");
    fields.pass_through(cx, &["operationRef", "operationId", "parameters", "requestBody"]);
    if let Some(entry) = fields.entry(cx, "server", PassedThrough) {
        root::server(cx, &entry.value, entry.key.span);
    }
    fields.finish(cx);
}
