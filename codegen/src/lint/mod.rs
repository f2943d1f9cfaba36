//! What a document most likely forgot to declare: a checked contract and the readings of its translations enter, lints
//! leave.
//!
//! The one rule: a lint is a guess about what was meant, so it is never an error, and what concerns many operations is said
//! once.

mod statuses;
mod unauthorized;

use crate::diagnostic::Sink;
use crate::model::{Model, Operation, Status};
use crate::source::Sources;

/// A translated copy as the reader sees it: its prose names statuses, too.
#[derive(Clone, Debug)]
pub(crate) struct Copy {
    /// Its language.
    pub language: String,
    /// What it says.
    pub model: Model,
}

/// Looks for statuses and credentials that a document speaks of and does not declare.
pub(crate) fn lint(sources: &Sources, model: &Model, copies: &[Copy], sink: &mut Sink) {
    statuses::lint(sources, model, copies, sink);
    unauthorized::lint(model, sink);
}

/// Whether a response of an operation is for a status: its own, that of its range, or `default`.
fn declares(operation: &Operation, status: u16) -> bool {
    operation.responses.iter().any(|response| match response.status.value {
        Status::Code(code) => code == status,
        Status::Range(class) => status / 100 == u16::from(class),
        Status::Default => true,
    })
}
