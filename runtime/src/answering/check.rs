//! Answers against their own schemas, in debug builds and on request.

use serde_json::Value;
use stubwright_schema::{Direction, Location, Violations};

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
            self.log("content-type", "is none of the media types that the document declares");
            failed()
        })
    }

    fn refuse(self, violations: &Violations) -> Option<Response> {
        for violation in violations.listed() {
            self.log(&format!("{} {}", violation.location.name(), violation.pointer()), violation.kind.name());
        }
        (!violations.is_empty()).then(failed)
    }

    /// Never says the value: it may be one that nobody should read.
    pub(crate) fn log(self, place: &str, violation: &str) {
        let (operation, status) = (self.exchange.operation, self.status.as_u16());
        tracing::error!(operation, status, place, violation, "an answer breaks the contract");
    }
}
