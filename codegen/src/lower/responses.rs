//! Responses: a variant per declared status.

use http::StatusCode;

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Docs, Response, ResponseBody};
use crate::lower::content::lower_content;
use crate::lower::context::Cx;
use crate::lower::names::{Case, Scope, words};
use crate::lower::operations::Names;
use crate::lower::types::Role;
use crate::lower::views::View;
use crate::lower::{docs, parameters};
use crate::model::{self, Spanned, Status};

/// Lowers the responses of an operation: one at least.
pub(super) fn lower(
    cx: &mut Cx<'_>,
    names: &mut Names,
    operation: &model::Operation,
    owner: &[String],
) -> Vec<Response> {
    let mut scope = Scope::default();
    let mut responses: Vec<Response> =
        operation.responses.iter().map(|source| response(cx, names, operation, source, owner, &mut scope)).collect();
    if responses.is_empty() {
        responses.push(undeclared(operation, &mut scope));
    }
    responses
}

fn response(
    cx: &mut Cx<'_>,
    names: &mut Names,
    operation: &model::Operation,
    source: &model::Response,
    owner: &[String],
    scope: &mut Scope,
) -> Response {
    let name = status_words(source.status.value);
    let place = Spanned { value: name.join(" "), span: source.status.span };
    // RFC 9110 sections 9.3.2, 15.2, 15.3.5, 15.3.6 and 15.4.5: these never have a body.
    let bodiless =
        matches!(source.status.value, Status::Code(100..200 | 204 | 205 | 304)) || operation.method == "HEAD";
    if let Some(media) = source.content.first().filter(|_| bodiless) {
        let message = "`content` has no effect here: an answer of this status or method never has a body";
        cx.sink.report(
            Diagnostic::new(Code::NoEffect, media.name.span, message)
                .label("never sent")
                .other(source.status.span, "of this response"),
        );
    }
    let owner = [owner, &name].concat();
    let headers = parameters::headers(cx, names, &source.headers, &owner, &place);
    let held = Spanned { value: owner.join("_"), span: place.span };
    let role = Role { words: [owner, words("body")].concat(), place: held, view: View::Read };
    let body = if bodiless {
        ResponseBody::None
    } else {
        lower_content(cx, names, &source.content, &role, place.span).map_or(ResponseBody::Untyped, ResponseBody::Typed)
    };
    Response {
        name: scope.claim(cx.sink, &place, Case::Pascal, [name]),
        status: source.status.value,
        docs: docs([source.description.as_ref()]),
        headers,
        body,
    }
}

/// What stands in for the responses of an operation that declares none: anything.
fn undeclared(operation: &model::Operation, scope: &mut Scope) -> Response {
    let place = Spanned { value: "default".to_owned(), span: operation.span };
    Response {
        name: scope.claim_quietly(&place, Case::Pascal, [words("default")]),
        status: Status::Default,
        docs: Docs::default(),
        headers: None,
        body: if operation.method == "HEAD" { ResponseBody::None } else { ResponseBody::Untyped },
    }
}

/// The words of a status code's reason phrase, RFC 9110 section 15.
fn status_words(status: Status) -> Vec<String> {
    match status {
        Status::Default => words("default"),
        Status::Range(class) => words(match class {
            1 => "Informational",
            2 => "Success",
            3 => "Redirection",
            4 => "Client Error",
            _ => "Server Error",
        }),
        Status::Code(422) => words("Unprocessable Content"),
        Status::Code(413) => words("Content Too Large"),
        Status::Code(418) => words("Teapot"),
        Status::Code(code) => {
            let reason = StatusCode::from_u16(code).ok().and_then(|status| status.canonical_reason());
            words(&reason.map_or_else(|| format!("status {code}"), |reason| reason.replace('\'', "")))
        }
    }
}
