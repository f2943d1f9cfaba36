//! The bodies of errors: what the server puts where.

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
