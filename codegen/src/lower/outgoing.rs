//! Webhooks and callbacks: the requests that a server sends.
//!
//! The one rule: they come after everything else, so that no name of what a server answers depends on them.

use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Outgoing, OutgoingKind, Presence};
use crate::lower::context::Cx;
use crate::lower::names::{Scope, words};
use crate::lower::operations::{self, Names};
use crate::lower::types::lower_pending;
use crate::lower::{exact, raw};
use crate::model::{Cause, Operation, ParameterPlace, Spanned};

/// Lowers them all: webhooks and callbacks are modules of their own.
pub(super) fn lower(cx: &mut Cx<'_>) -> Vec<Outgoing> {
    let model = cx.model;
    let needs_broken = raw::finder(model);
    let (mut webhooks, mut callbacks) = (Names::of_items(), Names::of_items());
    let mut all = Vec::new();
    for source in &model.outgoing {
        let operation = &source.operation;
        let (key, kind, names) = match &source.cause {
            Cause::Webhook(key) => (key, OutgoingKind::Webhook, &mut webhooks),
            Cause::Callback { name, url } => (name, OutgoingKind::Callback { url: url.clone() }, &mut callbacks),
        };
        if needs_broken(operation) {
            let message = format!("`{}` cannot be typed", key.value);
            cx.sink.report(
                Diagnostic::new(Code::RawOperation, operation.span, message)
                    .label("the request is left to who sends it")
                    .help("mend the references that it needs and that lead to nothing"),
            );
            continue;
        }
        report(cx, operation, key);
        let mut lowered = operations::outgoing(cx, names, operation, key, kind.name());
        for parameter in &mut lowered.parameters {
            // Who leaves it out has said what it is.
            if let Presence::Default { .. } = parameter.presence {
                parameter.presence = Presence::Optional;
            }
        }
        lower_pending(cx);
        exact::mark_parameters(cx, &mut lowered, operation);
        all.push(Outgoing { kind, operation: lowered });
    }
    all
}

/// Names what is left to who sends a request.
fn report(cx: &mut Cx<'_>, operation: &Operation, key: &Spanned<String>) {
    for parameter in &operation.parameters {
        let name = &parameter.name;
        if parameter.place == ParameterPlace::Path && !operation.template.parameters().any(|known| known == name.value)
        {
            let message = format!("the path parameter `{}` has no place in the URL of this request", name.value);
            cx.sink.report(Diagnostic::new(Code::NoEffect, name.span, message).help("take it out"));
        }
    }
    for response in &operation.responses {
        let message = format!("the answer to `{}` has no type", key.value);
        cx.sink.report(
            Diagnostic::new(Code::UncheckedContent, response.status.span, message).label("handed on as it comes"),
        );
    }
    for requirement in &operation.security {
        let message = format!("the credentials of `{}` are not added", key.value);
        cx.sink.report(
            Diagnostic::new(Code::UncheckedContent, requirement.span, message).label("left to who sends the request"),
        );
    }
}

impl Names {
    fn of_items() -> Self {
        Self { methods: Scope::default().differing_as_types(), items: Scope::default() }
    }
}

impl OutgoingKind {
    /// A word before the names of inline types.
    fn name(&self) -> &'static str {
        match self {
            Self::Webhook => "webhook",
            Self::Callback { .. } => "callback",
        }
    }
}

/// Names of an operation that a server sends, in the order in which they are tried.
pub(super) fn candidates(operation: &Operation, key: &Spanned<String>) -> Vec<Vec<String>> {
    let id = operation.id.iter().map(|id| words(&id.value));
    let by_key = [words(&key.value), words(&format!("{} {}", key.value, operation.method))];
    let whole = words(&format!("{} {} {}", key.value, operation.method, operation.path.value));
    id.chain(by_key).chain([whole]).collect()
}
