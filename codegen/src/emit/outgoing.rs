//! `webhooks.rs` and `callbacks.rs`: what a server sends, as structs that give requests.

use std::collections::HashSet;

use crate::emit::content::contents;
use crate::emit::docs::{code, doc};
use crate::emit::imports::Imports;
use crate::emit::operations::constant;
use crate::emit::request::{self, Table};
use crate::emit::text::literal;
use crate::emit::{Cx, enum_names};
use crate::ir::{Expression, Outgoing, OutgoingKind, UrlPart};

/// The file of the webhooks, without its header; nothing where there are none.
pub(super) fn webhooks(cx: &Cx<'_>) -> Option<String> {
    file(cx, |kind| matches!(kind, OutgoingKind::Webhook))
}

/// The file of the callbacks, without its header; nothing where there are none.
pub(super) fn callbacks(cx: &Cx<'_>) -> Option<String> {
    file(cx, |kind| matches!(kind, OutgoingKind::Callback { .. }))
}

fn file(cx: &Cx<'_>, is_wanted: impl Fn(&OutgoingKind) -> bool) -> Option<String> {
    let wanted: Vec<&Outgoing> = cx.ir.outgoing.iter().filter(|outgoing| is_wanted(&outgoing.kind)).collect();
    if wanted.is_empty() {
        return None;
    }
    let mut imports = Imports::beside(names(&wanted));
    let mut items = String::new();
    for Outgoing { kind, operation } in wanted {
        constant(cx, &mut items, operation, &mut imports);
        let (what, url) = match kind {
            OutgoingKind::Webhook => ("The webhook", None),
            OutgoingKind::Callback { url } => ("The callback", url.as_deref()),
        };
        let url = url.map(|parts| parts.iter().map(|part| url_part(part, &mut imports)).collect());
        items.push('\n');
        doc(&mut items, 0, &operation.docs, &format!("{what} {}.", code(&operation.id)));
        request::emit_struct(cx, &mut items, operation, &Table::Outgoing { url }, &mut imports);
        if let Some(body) = &operation.body {
            let what = format!("What [`{}`] may send.", operation.request);
            contents(cx, &mut items, &body.content, &what, &mut imports);
        }
    }
    Some(imports.items() + &items)
}

fn names<'ir>(outgoing: &[&'ir Outgoing]) -> HashSet<&'ir str> {
    let operations = outgoing.iter().map(|outgoing| &outgoing.operation);
    operations
        .flat_map(|operation| {
            let bodies = operation.body.iter().flat_map(|body| enum_names(&body.content));
            bodies.chain([operation.constant.as_str(), operation.request.as_str()])
        })
        .collect()
}

fn url_part(part: &UrlPart, imports: &mut Imports<'_>) -> String {
    let name = imports.take("stubwright::codegen::UrlPart");
    let expression = match part {
        UrlPart::Text(text) => return format!("{name}::Text({})", literal(text)),
        UrlPart::Expression(expression) => expression,
    };
    match expression {
        Expression::Url => format!("{name}::Url"),
        Expression::Method => format!("{name}::Method"),
        Expression::StatusCode => format!("{name}::StatusCode"),
        Expression::RequestHeader(text) => format!("{name}::RequestHeader({})", literal(text)),
        Expression::RequestQuery(text) => format!("{name}::RequestQuery({})", literal(text)),
        Expression::RequestPath(text) => format!("{name}::RequestPath({})", literal(text)),
        Expression::RequestBody(text) => format!("{name}::RequestBody({})", literal(text)),
        Expression::ResponseHeader(text) => format!("{name}::ResponseHeader({})", literal(text)),
        Expression::ResponseBody(text) => format!("{name}::ResponseBody({})", literal(text)),
    }
}
