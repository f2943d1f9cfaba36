//! Credentials against the answers that refuse them: 401 and 403.
//!
//! The one rule: a document that forgets this forgets it everywhere, so that each lint is said once, with a count.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::lint::declares;
use crate::model::{Model, Operation, Status};
use crate::source::Span;

pub(super) fn lint(model: &Model, sink: &mut Sink) {
    undeclared(model, sink);
    unsecured(model, sink);
}

/// Operations that ask for a credential, and do not say what who has none gets.
fn undeclared(model: &Model, sink: &mut Sink) {
    let secured: Vec<&Operation> = model.operations.iter().filter(|operation| demands(operation)).collect();
    let silent: Vec<&&Operation> = secured.iter().filter(|operation| !declares(operation, 401)).collect();
    let Some(first) = silent.first() else { return };
    let message = format!(
        "{} of the {} that ask for a credential declare{} no 401",
        silent.len(),
        counted(secured.len(), "operation"),
        if silent.len() == 1 { "s" } else { "" },
    );
    sink.report(
        Diagnostic::new(Code::UndeclaredUnauthorized, first.span, message)
            .label(if silent.len() == 1 { "this operation" } else { "the first of them" })
            .help("declare what a client without a valid credential gets: `401`, `4XX` or `default`"),
    );
}

/// Responses for a refused credential, where nobody asks for one.
fn unsecured(model: &Model, sink: &mut Sink) {
    let open = model.operations.iter().filter(|operation| operation.security.is_empty());
    let refusals = open.filter_map(|operation| Some((refusal(operation)?, operation)));
    let refusals: Vec<((u16, Span), &Operation)> = refusals.collect();
    let Some(&((status, place), first)) = refusals.first() else { return };
    let (verb, label) = match refusals.len() {
        1 => ("declares 401 or 403 and asks", format!("`{} {}` answers {status}", first.method, first.path.value)),
        _ => ("declare 401 or 403 and ask", format!("the first of them: `{} {}`", first.method, first.path.value)),
    };
    let message = format!("{} {verb} for no credential", counted(refusals.len(), "operation"));
    sink.report(
        Diagnostic::new(Code::UnsecuredUnauthorized, place, message)
            .label(label)
            .help("say under `security` which credential is meant, for the operation or for the document"),
    );
}

/// Whether a request without any credential is refused.
fn demands(operation: &Operation) -> bool {
    !operation.security.is_empty() && operation.security.iter().all(|requirement| !requirement.schemes.is_empty())
}

/// The first response that is for a refused credential alone.
fn refusal(operation: &Operation) -> Option<(u16, Span)> {
    operation.responses.iter().find_map(|response| match response.status.value {
        Status::Code(code @ (401 | 403)) => Some((code, response.status.span)),
        Status::Code(_) | Status::Range(_) | Status::Default => None,
    })
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
