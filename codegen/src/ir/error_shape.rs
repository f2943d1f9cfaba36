//! The bodies of errors: what the server puts where.

use crate::ir::{CheckId, Docs, Ident, Type};
use crate::source::Span;

/// An answer that the server gives before its handler is called, or instead of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EdgeAnswer {
    /// The status.
    pub status: u16,
    /// How its body looks.
    pub shape: ErrorShape,
    /// Whether it lists what is wrong with the request.
    pub lists_violations: bool,
    /// Whether the document says so.
    pub is_declared: bool,
}

/// The body of an error that only an implementation can fill.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AskedBody {
    /// The status.
    pub status: u16,
    /// The media type that is sent.
    pub media_type: String,
    /// The schema of the body.
    pub schema: CheckId,
    /// The index of the method that fills it within [`ErrorTrait::methods`].
    pub method: usize,
}

/// The trait that the bodies of errors are asked of.
#[derive(Clone, Debug)]
pub(crate) struct ErrorTrait {
    /// Its name.
    pub name: Ident,
    /// A method for each type of a body: one at least.
    pub methods: Vec<ErrorMethod>,
}

/// A method that fills bodies of one type.
#[derive(Clone, Debug)]
pub(crate) struct ErrorMethod {
    /// Its name.
    pub name: Ident,
    /// What it is for.
    pub docs: Docs,
    /// The type.
    pub ty: Type,
    /// The place of the first response of that type.
    pub span: Span,
}

/// How an error body looks. `ErrorShape` of the runtime fills it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ErrorShape {
    /// The media type that is sent.
    pub media_type: String,
    /// What the body is.
    pub body: Fill,
}

/// What stands at one place of an error body. `Fill` of the runtime explains each.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Fill {
    /// `{"detail": [...]}` of violations, or `{"detail": "message"}`.
    FastApi,
    /// RFC 9457.
    Problem,
    /// The message, with everything that is wrong.
    Sentence,
    /// The message alone.
    Message,
    /// The reason phrase of the status.
    Reason,
    /// A word for programs.
    Code,
    /// The status as a number.
    Status,
    /// The status as a string.
    StatusText,
    /// The place of a violation, as names and numbers with dots between them.
    Path,
    /// The place of a violation as a JSON Pointer.
    Pointer,
    /// The part of the request that a violation is in.
    Part,
    /// The place of a violation as a list.
    Loc,
    /// A value that the schema leaves no choice of, as a JSON text.
    Constant(String),
    /// An object.
    Object(Vec<(String, Fill)>),
    /// A list with an item for each violation; left out where there is none.
    Violations(Box<Fill>),
    /// A list with an item for each violation, or else one for the error.
    Errors(Box<Fill>),
}

impl ErrorShape {
    /// A body of JSON.
    #[cfg(test)]
    pub(crate) fn json(body: Fill) -> Self {
        Self { media_type: "application/json".to_owned(), body }
    }

    /// Problem details (RFC 9457): what is answered where the document has no shape.
    pub(crate) fn problem() -> Self {
        Self { media_type: "application/problem+json".to_owned(), body: Fill::Problem }
    }
}

impl Fill {
    /// `{"detail": "message"}`.
    pub(crate) fn detail() -> Self {
        Self::Object(vec![("detail".to_owned(), Self::Sentence)])
    }

    /// `{"error": "reason phrase", "message": "message"}`.
    pub(crate) fn error_message() -> Self {
        Self::Object(vec![("error".to_owned(), Self::Reason), ("message".to_owned(), Self::Sentence)])
    }

    /// Whether a predicate holds for this or something below it.
    pub(crate) fn any(&self, predicate: &dyn Fn(&Self) -> bool) -> bool {
        predicate(self)
            || match self {
                Self::Object(members) => members.iter().any(|(_, member)| member.any(predicate)),
                Self::Violations(item) | Self::Errors(item) => item.any(predicate),
                Self::FastApi
                | Self::Problem
                | Self::Sentence
                | Self::Message
                | Self::Reason
                | Self::Code
                | Self::Status
                | Self::StatusText
                | Self::Path
                | Self::Pointer
                | Self::Part
                | Self::Loc
                | Self::Constant(_) => false,
            }
    }
}
