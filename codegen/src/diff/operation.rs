//! What an operation asks and answers: parameters, bodies, responses.
//!
//! The one rule: every part has a way that it goes. What a client sends to an operation, it gets of a webhook, and the other
//! way round.

use crate::diff::contract::{found, pairs};
use crate::diff::effect::Flow;
use crate::diff::schema::{At, Comparison};
use crate::diff::{Kind, content, parameters};
use crate::model::{Operation, Parameter, ParameterPlace, Response, Status};

/// Compares two operations; `flow` is the way of their requests.
pub(super) fn compare(cx: &mut Comparison<'_>, before: &Operation, after: &Operation, subject: &str, flow: Flow) {
    let position = |operation: &Operation, parameter: &Parameter| {
        let (place, name) = parameter.identity();
        let index = operation.template.parameters().position(|known| known == parameter.name.value);
        // A parameter of the path has no name in a request, only a position.
        if place == ParameterPlace::Path {
            (place, index.map_or(name, |index| index.to_string()))
        } else {
            (place, name)
        }
    };
    let old: Vec<_> = before.parameters.iter().map(|parameter| (position(before, parameter), parameter)).collect();
    let new: Vec<_> = after.parameters.iter().map(|parameter| (position(after, parameter), parameter)).collect();
    for (one, other) in pairs(&old, &new, |(key, _)| key.clone()) {
        let [one, other] = [one, other].map(|parameter| parameter.map(|(_, parameter)| *parameter));
        parameters::parameter(cx, (one, before.span), (other, after.span), subject, flow);
    }
    content::body(cx, before, after, subject, flow);
    for (one, other) in pairs(&before.responses, &after.responses, |response| response.status.value) {
        match (one, other) {
            (Some(one), Some(other)) => response(cx, one, other, subject, flow.back()),
            (Some(one), None) => status_removed(cx, one, after, subject, flow.back()),
            (None, Some(other)) => status_added(cx, other, before, subject, flow.back()),
            (None, None) => {}
        }
    }
    cx.finish();
}

fn response(cx: &mut Comparison<'_>, one: &Response, other: &Response, subject: &str, flow: Flow) {
    let role = format!("the response {}", status_name(other.status.value));
    let at = At { subject: subject.into(), role: role.into(), flow, path: String::new(), place: other.status.span };
    content::contents(cx, &at, (&one.content, one.status.span), (&other.content, other.status.span));
    parameters::headers(cx, (&one.headers, one.status.span), (&other.headers, other.status.span), &at);
}

fn status_removed(cx: &mut Comparison<'_>, one: &Response, after: &Operation, subject: &str, flow: Flow) {
    let name = status_name(one.status.value);
    let is_covered = covers(&after.responses, one.status.value);
    let (kind, notice) = match (flow, is_error(one.status.value) || is_covered) {
        (Flow::Received, true) => (Kind::Compatible, "clients no longer get it, or get it undeclared"),
        (Flow::Received, false) => (Kind::Breaking, "clients no longer get what they count on"),
        (Flow::Sent, true) => (Kind::Compatible, "another declared response is for it"),
        (Flow::Sent, false) => (Kind::Breaking, "what clients answer is not understood any more"),
    };
    let message = format!("the response {name} is gone: {notice}");
    let rule = "response-status-removed";
    cx.found.push(found(kind, rule, subject.to_owned(), &message, Some(one.status.span), Some(after.span)));
}

/// RFC 9110 section 15: a client that does not know a status treats it as the first one of its class.
fn status_added(cx: &mut Comparison<'_>, other: &Response, before: &Operation, subject: &str, flow: Flow) {
    let name = status_name(other.status.value);
    let notice = match flow {
        Flow::Sent => "clients may answer with it",
        Flow::Received if covers(&before.responses, other.status.value) => "another declared response was for it",
        Flow::Received => "clients that do not know it treat it as others of its class",
    };
    let message = format!("the response {name} is new: {notice}");
    let (rule, places) = ("response-status-added", (Some(before.span), Some(other.status.span)));
    cx.found.push(found(Kind::Compatible, rule, subject.to_owned(), &message, places.0, places.1));
}

/// Whether a range or `default` is for a status, too.
fn covers(responses: &[Response], status: Status) -> bool {
    responses.iter().any(|response| match (response.status.value, status) {
        (Status::Default, _) => true,
        (Status::Range(class), Status::Code(code)) => code / 100 == u16::from(class),
        (Status::Range(_), Status::Range(_) | Status::Default) | (Status::Code(_), _) => false,
    })
}

fn is_error(status: Status) -> bool {
    match status {
        Status::Code(code) => code >= 400,
        Status::Range(class) => class >= 4,
        Status::Default => true,
    }
}

fn status_name(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(class) => format!("{class}XX"),
        Status::Default => "`default`".to_owned(),
    }
}
