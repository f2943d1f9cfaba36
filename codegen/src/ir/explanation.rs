//! Why a schema became a type.

use crate::ir::Type;
use crate::source::Span;

/// What a schema became in one place where it is used, and why. A schema that several others merge is several types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Explanation {
    /// The schema.
    pub span: Span,
    /// For which messages.
    pub view: ViewName,
    /// The type of its values but null.
    pub ty: Type,
    /// Whether null is a value, too.
    pub nullable: bool,
    /// The rules that led to the type, one after the other.
    pub steps: Vec<Step>,
}

/// For which messages a type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ViewName {
    /// Requests and responses alike.
    Both,
    /// Responses.
    Responses,
    /// Requests.
    Requests,
}

/// A rule that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// What it says here, in one sentence without a full stop.
    pub text: String,
    /// Where it looked.
    pub places: Vec<Span>,
}
