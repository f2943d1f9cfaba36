//! Why a request gets no typed answer. Only the router turns it into bytes, in the operation's error shape.

use http::{HeaderName, HeaderValue, StatusCode};
use stubwright_schema::{Message, Sentence, Violations};

use crate::denied::Denied;
use crate::error::Error;
use crate::locale::Locale;
use crate::operation::OperationInfo;
use crate::response::Response;

/// Why a request gets no typed answer.
#[derive(Debug)]
pub struct Rejection(Kind);

#[derive(Debug)]
enum Kind {
    Denied { denied: Denied, bearer_sent: bool },
    Error(Error),
    Invalid(Violations),
    Refused { status: StatusCode, message: Message, header: Option<(HeaderName, HeaderValue)> },
}

impl From<Denied> for Rejection {
    fn from(denied: Denied) -> Self {
        Self::denied(denied, false)
    }
}

impl From<Error> for Rejection {
    fn from(error: Error) -> Self {
        error.into_refusal().unwrap_or_else(|error| Self(Kind::Error(error)))
    }
}

impl Rejection {
    /// The caller may not; `bearer_sent` tells whether the request had a bearer token.
    pub(crate) fn denied(denied: Denied, bearer_sent: bool) -> Self {
        Self(Kind::Denied { denied, bearer_sent })
    }

    /// The request breaks the contract.
    pub(crate) fn invalid(violations: Violations) -> Self {
        Self(Kind::Invalid(violations))
    }

    /// The request cannot be worked on, whatever the operation.
    pub(crate) fn refused(status: StatusCode, message: impl Into<Message>) -> Self {
        Self(Kind::Refused { status, message: message.into(), header: None })
    }

    /// The status of a refusal, and what the client is told.
    pub(crate) fn refusal(&self) -> Option<(StatusCode, &Message)> {
        match &self.0 {
            Kind::Refused { status, message, .. } => Some((*status, message)),
            Kind::Denied { .. } | Kind::Error(_) | Kind::Invalid(_) => None,
        }
    }

    /// Adds a header field to a refusal.
    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        if let Kind::Refused { header, .. } = &mut self.0 {
            *header = Some((name, value));
        }
        self
    }

    /// The answer.
    pub(crate) fn render(self, operation: &'static OperationInfo, locale: Locale) -> Response {
        match self.0 {
            Kind::Denied { denied, bearer_sent } => denied.render(operation, bearer_sent, locale),
            Kind::Error(error) => error.render(operation, locale),
            Kind::Invalid(violations) => {
                let status = operation.invalid_status;
                operation.shape_of(status).say(status, &Sentence::InvalidRequest.into(), &violations, locale)
            }
            Kind::Refused { status, message, header } => {
                let mut response = operation.shape_of(status).say(status, &message, &Violations::default(), locale);
                response.headers_mut().extend(header);
                response
            }
        }
    }
}
