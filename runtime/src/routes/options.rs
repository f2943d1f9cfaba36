//! The settings of a router.

use stubwright_schema::Catalogue;

use crate::limits::BodyLimits;

/// The settings of a router of generated code.
///
/// ```
/// use stubwright::{AcceptPolicy, RouterOptions};
///
/// let options = RouterOptions { accept: AcceptPolicy::Lenient, ..RouterOptions::default() };
/// assert_eq!(options.check_responses, cfg!(debug_assertions));
/// ```
#[derive(Clone, Debug)]
pub struct RouterOptions {
    /// How many bytes bodies may have. 2 MiB.
    pub limits: BodyLimits,

    /// What a client gets that accepts no media type of an operation's answers. A 406.
    pub accept: AcceptPolicy,

    /// Whether every typed answer is checked against its own schema before it is sent. A failing one becomes a 500 in the
    /// document's shape, and for each violation the log has an error `an answer breaks the contract` with the fields
    /// `operation`, `status`, `place` (`body /pets/0/name`, `header /X-Left`), `violation` (`length`) and `detail`, never
    /// with the value. In debug builds.
    ///
    /// What a handler sends as an [`Error`](crate::Error), or without a type, is not checked.
    pub check_responses: bool,

    /// Whether responses have a `&'static OperationInfo` in their extensions, for layers around the router: a log by
    /// operation. Layers around an operation see it in the request in any case. Not by default, as it costs every answer
    /// some hundred instructions.
    pub operation_in_responses: bool,

    /// The words of what the server itself says to clients, in languages of the document that it does not speak (it speaks
    /// English, German and Chinese), or other words than its own. A client gets them where the document is in their
    /// language; what a handler says stays as it is.
    pub catalogues: &'static [Catalogue],
}

/// What a client gets that accepts no media type of an operation's answers: RFC 9110 section 12.4.1 allows both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AcceptPolicy {
    /// A 406, before the body is read.
    #[default]
    Strict,
    /// The first media type that the document declares.
    Lenient,
}

impl Default for RouterOptions {
    fn default() -> Self {
        Self {
            limits: BodyLimits::default(),
            accept: AcceptPolicy::Strict,
            check_responses: cfg!(debug_assertions),
            operation_in_responses: false,
            catalogues: &[],
        }
    }
}
