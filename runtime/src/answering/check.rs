//! Answers against their own schemas, in debug builds and on request.

use http::StatusCode;
use serde_json::Value;
use stubwright_schema::{Direction, Location, ViolationKind, Violations};

use super::To;
use crate::media_type::range_rank;
use crate::response::{Response, failed};

impl To<'_> {
    /// Whether answers are checked.
    pub(crate) fn is_checked(self) -> bool {
        self.exchange.checked.is_some()
    }

    /// The 500 in place of a body that its schema does not allow.
    pub(crate) fn refuse_body(self, schema: u32, body: impl FnOnce() -> Value) -> Option<Response> {
        let schemas = self.exchange.checked?;
        let mut violations = Violations::default();
        schemas.check(schema, Direction::Response, &body(), &mut violations);
        self.refuse(&violations)
    }

    /// The 500 in place of a text that its schema does not allow.
    pub(crate) fn refuse_text(self, schema: u32, text: &str) -> Option<Response> {
        let schemas = self.exchange.checked?;
        let mut violations = Violations::default();
        schemas.check_text(schema, Direction::Response, text, &mut violations);
        self.refuse(&violations)
    }

    /// The 500 in place of an answer with a header field that its schema does not allow.
    pub(crate) fn refuse_header(self, name: &str, schema: u32, value: &Value) -> Option<Response> {
        let schemas = self.exchange.checked?;
        let mut violations = Violations::default();
        let place = (Location::Header, name);
        schemas.check_parameter(schema, Direction::Response, value, place, &mut violations);
        self.refuse(&violations)
    }

    /// The 500 in place of a body of a media type that is none of the declared ranges.
    pub(crate) fn refuse_media_type(self, declared: &[&'static str], sent: &str) -> Option<Response> {
        let is_declared = declared.iter().any(|range| range_rank(sent, range).is_some());
        (self.is_checked() && !is_declared).then(|| {
            let detail = "is none of the media types that the document declares";
            self.log("header /Content-Type", ViolationKind::NotAllowed, detail);
            failed()
        })
    }

    fn refuse(self, violations: &Violations) -> Option<Response> {
        log_all(self.exchange.operation, self.status, violations);
        (!violations.is_empty()).then(failed)
    }

    pub(crate) fn log(self, place: &str, violation: ViolationKind, detail: &str) {
        log(self.exchange.operation, self.status, place, violation, detail);
    }
}

/// A line for each violation of an answer that is not sent.
pub(crate) fn log_all(operation: &str, status: StatusCode, violations: &Violations) {
    for violation in violations.listed() {
        let place = format!("{} {}", violation.location.name(), violation.pointer());
        log(operation, status, &place, violation.kind, &violation.message.to_string());
    }
}

/// A line for an answer that is not sent: which operation's, of which status, what is wrong with it, and where. Never the
/// value, as it may be one that nobody should read.
pub(crate) fn log(operation: &str, status: StatusCode, place: &str, violation: ViolationKind, detail: &str) {
    let (status, violation) = (status.as_u16(), violation.name());
    tracing::error!(operation, status, place, violation, detail, "an answer breaks the contract");
}
