//! What example answers are made of, and what they are.

use crate::ir::{CheckId, SchemaTable};
use crate::source::Span;

/// The schemas of responses, and the values that the document shows.
#[derive(Clone, Debug)]
pub(crate) struct Samples {
    /// The schemas by number: those of [`Ir::schemas`](crate::ir::Ir::schemas), and behind them those of responses alone.
    pub schemas: SchemaTable,
    /// For each schema, the examples and then the default that the document shows.
    pub shown: Vec<Vec<Shown>>,
    /// The responses of each operation, in the order of [`Ir::operations`](crate::ir::Ir::operations).
    pub operations: Vec<Vec<ResponseSample>>,
    /// The answer to each operation; the stage `example` makes them. None where nothing valid was found.
    pub answers: Vec<Option<Answer>>,
    /// A body for each method of [`Ir::errors`](crate::ir::Ir::errors) as a JSON text, made by the same stage. None where
    /// nothing valid was found.
    pub errors: Vec<Option<String>>,
}

/// A value that the document shows.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// The value as a JSON text.
    pub json: String,
    /// Where it stands.
    pub span: Span,
    /// What it is called in messages: `example`, `default`.
    pub what: &'static str,
}

/// What a response may be.
#[derive(Clone, Debug)]
pub(crate) struct ResponseSample {
    /// Where it stands.
    pub span: Span,
    /// Its bodies.
    pub contents: Vec<ContentSample>,
    /// The header fields that are always sent, by their keys, with their schemas.
    pub headers: Vec<(String, Option<CheckId>)>,
}

/// What a body may be.
#[derive(Clone, Debug)]
pub(crate) struct ContentSample {
    /// The media type, as it is declared.
    pub media_type: String,
    /// Its schema.
    pub schema: Option<CheckId>,
    /// The values that the document shows for it.
    pub shown: Vec<Shown>,
}

/// An answer that its document allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Which of the operation's responses it is.
    pub response: usize,
    /// Its status.
    pub status: u16,
    /// The media types that its body may have, as they are declared, each with its value as a JSON text; none where nothing
    /// valid was found. Empty where there is no body.
    pub bodies: Vec<(String, String)>,
    /// The values of header fields, by their keys, as JSON texts.
    pub headers: Vec<(String, String)>,
}
