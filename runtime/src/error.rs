//! The one open door of handlers: any status, with a message or a body of its own.

use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;
use stubwright_schema::{Sentence, Violations};

use crate::body::UntypedBody;
use crate::locale::Locale;
use crate::operation::OperationInfo;
use crate::rejection::Rejection;
use crate::response::{self, Response};
use crate::status::reason;

/// An answer that the document does not declare, or a failure.
///
/// Every `std::error::Error` turns into it by `?`: the client gets a 500 that says nothing but so, the log gets the
/// error and its causes. Therefore `Error` itself is not a `std::error::Error`.
///
/// ```
/// use stubwright::Error;
///
/// fn parse(text: &str) -> Result<u32, Error> {
///     if text.is_empty() {
///         return Err(Error::not_found("No such number"));
///     }
///     Ok(text.parse::<u32>()?)
/// }
/// assert_eq!(parse("").unwrap_err().status(), 404);
/// assert_eq!(parse("x").unwrap_err().status(), 500);
/// ```
pub struct Error {
    status: StatusCode,
    message: String,
    body: Option<Box<UntypedBody>>,
    source: Option<Box<dyn StdError + Send + Sync>>,
    /// What the edge says, where a handler only passes it on.
    refusal: Option<Box<Rejection>>,
}

macro_rules! shorthands {
    ($($name:ident = $status:ident, $number:literal;)+) => {
        $(
            #[doc = concat!("An answer of status ", $number, ".")]
            pub fn $name(message: impl Into<String>) -> Self {
                Self::new(StatusCode::$status, message)
            }
        )+
    };
}

impl Error {
    /// An answer of any status; the message is for the client and takes the document's error shape.
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), body: None, source: None, refusal: None }
    }

    shorthands! {
        bad_request = BAD_REQUEST, "400";
        forbidden = FORBIDDEN, "403";
        not_found = NOT_FOUND, "404";
        conflict = CONFLICT, "409";
        gone = GONE, "410";
        precondition_failed = PRECONDITION_FAILED, "412";
        unprocessable = UNPROCESSABLE_ENTITY, "422";
        too_many_requests = TOO_MANY_REQUESTS, "429";
        not_implemented = NOT_IMPLEMENTED, "501";
        unavailable = SERVICE_UNAVAILABLE, "503";
    }

    /// Answers with this body instead of the document's error shape.
    #[must_use]
    pub fn with_body(mut self, body: UntypedBody) -> Self {
        self.body = Some(Box::new(body));
        self.refusal = None;
        self
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// What the client is told.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What went wrong inside, if the error came by `?`. The client never sees it.
    pub fn source(&self) -> Option<&(dyn StdError + Send + Sync)> {
        self.source.as_deref()
    }

    /// The body that a handler reads piece by piece breaks the contract.
    pub(crate) fn invalid(status: StatusCode, violations: Violations) -> Self {
        let refusal = Some(Box::new(Rejection::invalid(violations)));
        Self { refusal, ..Self::new(status, Sentence::InvalidRequest.english()) }
    }

    /// The body that a handler reads piece by piece cannot be read on.
    pub(crate) fn refused(rejection: Rejection) -> Self {
        let (status, message) = match rejection.refusal() {
            Some((status, message)) => (status, message.to_string()),
            None => (StatusCode::BAD_REQUEST, Sentence::BadRequest.english().to_owned()),
        };
        Self { refusal: Some(Box::new(rejection)), ..Self::new(status, message) }
    }

    /// What the edge says, if it is the edge that speaks.
    pub(crate) fn into_refusal(mut self) -> Result<Rejection, Self> {
        match self.refusal.take() {
            Some(refusal) => Ok(*refusal),
            None => Err(self),
        }
    }

    /// The answer; logs the source. A handler's message is in its own language.
    pub(crate) fn render(self, operation: &'static OperationInfo, locale: Locale) -> Response {
        if let Some(source) = &self.source {
            let error: &(dyn StdError + 'static) = source.as_ref();
            tracing::error!(operation = operation.id, error, "a handler failed");
        }
        let (status, shape, nothing) = (self.status, operation.shape_of(self.status), Violations::default());
        match self.body {
            Some(body) => response::untyped(status, Some(*body)),
            None if self.source.is_some() => shape.say(status, &Sentence::InternalServerError.into(), &nothing, locale),
            None => shape.render(status, &self.message, &nothing),
        }
    }
}

impl<E: StdError + Send + Sync + 'static> From<E> for Error {
    fn from(error: E) -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self { source: Some(Box::new(error)), ..Self::new(status, reason(status)) }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("status", &self.status)
            .field("message", &self.message)
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

/// So that a body which is read piece by piece can be handed to what takes any error.
impl From<Error> for Box<dyn StdError + Send + Sync> {
    fn from(error: Error) -> Self {
        match error.source {
            Some(source) => source,
            None => error.message.into(),
        }
    }
}
