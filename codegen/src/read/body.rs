//! Request Body Objects, OpenAPI 3.1.1 section 4.8.13.

use crate::document::{Entry, Node};
use crate::ledger::Treatment::Typed;
use crate::model::RequestBody;
use crate::read::fields::Fields;
use crate::read::{Cx, media_type, reference};

/// Reads a request body or a reference to one.
pub(super) fn read<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Option<RequestBody> {
    let followed = reference::follow(cx, &entry.value)?;
    let body = reference::once(cx, followed.node.id, |cx| &mut cx.bodies, |cx| object(cx, entry, followed.node));
    body.map(|body| RequestBody {
        span: entry.key.span,
        description: followed.description.or(body.description),
        ..body
    })
}

fn object<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry, node: &'doc Node) -> Option<RequestBody> {
    let mut fields = Fields::open(cx, node, "Request Body Object", entry.key.span)?;
    let (required, description) = (fields.boolean(cx, "required", Typed), fields.text(cx, "description"));
    let has_content = fields.has("content");
    let content = media_type::content(cx, &mut fields);
    if !has_content {
        fields.missing(cx, "content", "a body of any media type is accepted");
    } else if content.is_empty() {
        cx.no_effect(entry.key.span, "a request body of no media type is ignored", "name one under `content`");
    }
    fields.finish(cx);
    Some(RequestBody { span: entry.key.span, required, description, content })
}
