//! What a document says of the head of a part: its media types and its header fields enter, what is wrong leaves.
//!
//! The one rule: what a part does not say of itself is wrong only where the document demands it.

use serde_json::Value;
use stubwright_schema::{Location, Message, Segment, Sentence, Violation, ViolationKind, Violations};

use super::head::Head;
use crate::content::contract::Contract;
use crate::media_type::range_rank;

/// What the head of a part is to say, OpenAPI 3.1.1 section 4.8.15.
#[derive(Clone, Copy, Debug)]
pub struct PartTerms {
    /// The name of the part.
    pub key: &'static str,
    /// The media types that it may be of; none means any.
    pub media_types: &'static [&'static str],
    /// Its header fields.
    pub headers: &'static [PartHeader],
}

/// A header field of a part.
#[derive(Clone, Copy, Debug)]
pub struct PartHeader {
    /// The field's name.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// The number of its schema.
    pub schema: u32,
}

impl PartTerms {
    /// What is wrong with a head. Schemas are those of `contract`.
    pub(super) fn violations(&self, head: &Head, contract: &Contract) -> Violations {
        let mut violations = Violations::default();
        let is_other = |sent: &String| !self.media_types.iter().any(|known| range_rank(sent, known).is_some());
        if !self.media_types.is_empty() && head.content_type.as_ref().is_some_and(is_other) {
            violations.push(self.violation(None, ViolationKind::Type, expected_part(self.media_types)));
        }
        for header in self.headers {
            let contract = Contract { schema: header.schema, check: header.schema, ..*contract };
            match head.field(header.name) {
                Some(text) => {
                    let path = [self.key, header.name].map(|key| Segment::Key(key.to_owned()));
                    violations.merge(contract.coerced_violations(Value::from(text)).below(&path));
                }
                None if header.required => {
                    violations.push(self.violation(Some(header.name), ViolationKind::Missing, Sentence::Required));
                }
                None => {}
            }
        }
        violations
    }

    fn violation(&self, header: Option<&str>, kind: ViolationKind, message: impl Into<Message>) -> Violation {
        let path = std::iter::once(self.key).chain(header).map(|key| Segment::Key(key.to_owned())).collect();
        Violation { location: Location::Body, path, kind, message: message.into() }
    }
}

/// `expected a part that is image/png or image/jpeg`.
fn expected_part(media_types: &[&str]) -> Message {
    let either = |first: Message, second: Message| Sentence::Or.with([first.into(), second.into()]);
    let what = media_types.iter().map(|media_type| Message::from(*media_type)).reduce(either);
    Sentence::ExpectedPart.with([what.unwrap_or_else(|| "".into()).into()])
}
