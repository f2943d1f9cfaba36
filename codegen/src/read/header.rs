//! Header Objects, OpenAPI 3.1.1 section 4.8.21.

use crate::document::{Entry, Node};
use crate::ledger::Treatment::{PassedThrough, Typed};
use crate::model::{Header, ParameterPlace, Spanned};
use crate::read::fields::Fields;
use crate::read::{Cx, reference, value};

/// Reads the headers of a response or a part.
pub(super) fn list<'doc>(cx: &mut Cx<'doc>, fields: &mut Fields<'doc>) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    for entry in fields.map(cx, "headers", Typed) {
        if cx.is_extension_unless(entry, |node| ["schema", "content", "$ref"].iter().any(|key| node.get(key).is_some()))
        {
            continue;
        }
        let Some(header) = read(cx, entry) else { continue };
        if header.name.value.eq_ignore_ascii_case("content-type") {
            // OpenAPI 3.1.1 section 4.8.17.1.
            cx.no_effect(header.name.span, "the specification ignores a header `Content-Type`", "take it out");
        } else if is_framing(&header.name.value) {
            let problem = format!("a header `{}` is set by what sends the message", header.name.value);
            cx.no_effect(header.name.span, problem, "take it out");
        } else if cx.is_header_name(&header.name) {
            headers.push(header);
        }
    }
    headers
}

/// Whether a field tells how a message goes over a connection (RFC 9110 section 7.6.1, RFC 9112 section 6): a handler that
/// sets it makes a message that its receiver reads as another one.
fn is_framing(name: &str) -> bool {
    ["content-length", "transfer-encoding", "connection", "trailer", "upgrade", "keep-alive"]
        .iter()
        .any(|framing| name.eq_ignore_ascii_case(framing))
}

/// Reads a header or a reference to one.
pub(super) fn read<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry) -> Option<Header> {
    let followed = reference::follow(cx, &entry.value)?;
    let header = reference::once(cx, followed.node.id, |cx| &mut cx.headers, |cx| object(cx, entry, followed.node));
    let name = Spanned { value: entry.key.text.clone(), span: entry.key.span };
    header.map(|header| Header { name, description: followed.description.or(header.description), ..header })
}

fn object<'doc>(cx: &mut Cx<'doc>, entry: &'doc Entry, node: &'doc Node) -> Option<Header> {
    let mut fields = Fields::open(cx, node, "Header Object", entry.key.span)?;
    let header = Header {
        name: Spanned { value: entry.key.text.clone(), span: entry.key.span },
        description: fields.text(cx, "description"),
        required: fields.boolean(cx, "required", Typed),
        deprecated: fields.boolean(cx, "deprecated", PassedThrough),
        rust_name: fields.rust_name(cx),
        value: value::read(cx, &mut fields, Some(ParameterPlace::Header)),
    };
    fields.finish(cx);
    Some(header)
}
