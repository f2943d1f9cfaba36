//! The items of streams that are sent against their schema, in debug builds and on request.
//!
//! The one rule: an item that breaks the contract is not sent, and nothing follows it; what came before it is with the client.

use http::StatusCode;
use serde_json::Value;
use stubwright_schema::{Direction, Schemas, Segment, Sentence, Violations};

use super::To;
use super::check::log_all;
use crate::error::Error;
use crate::rejection::Rejection;

/// What the items of one stream are checked against.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ItemCheck {
    schemas: &'static Schemas,
    schema: u32,
    operation: &'static str,
    status: StatusCode,
    /// How many items there were.
    count: usize,
}

impl To<'_> {
    /// What the items of a stream are checked against, where answers are.
    pub(crate) fn item_check(self, schema: u32) -> Option<ItemCheck> {
        let (schemas, operation) = (self.exchange.checked?, self.exchange.operation);
        Some(ItemCheck { schemas, schema, operation, status: self.status, count: 0 })
    }
}

impl ItemCheck {
    /// Lets the next item pass, of which the value stands at this place.
    ///
    /// # Errors
    /// What ends the stream; the log says what is wrong and where, never the value.
    pub(crate) fn admit(&mut self, value: &Value, place: &[&str]) -> Result<(), Error> {
        let mut violations = Violations::default();
        self.schemas.check(self.schema, Direction::Response, value, &mut violations);
        let index = self.count;
        self.count += 1;
        if violations.is_empty() {
            return Ok(());
        }
        let keys = place.iter().map(|key| Segment::Key((*key).to_owned()));
        let place: Vec<_> = std::iter::once(Segment::Index(index)).chain(keys).collect();
        log_all(self.operation, self.status, &violations.below(&place));
        Err(Error::refused(Rejection::refused(StatusCode::INTERNAL_SERVER_ERROR, Sentence::InternalServerError)))
    }
}
