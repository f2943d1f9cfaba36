//! What stands at the places of an error body that a document declares.

use serde_json::{Map, Value, json};
use stubwright_schema::{Segment, Violation};

use super::{Told, fast_api, loc, problem, sentence};
use crate::status::reason;

/// What stands at one place of an error body.
///
/// Within a list of violations, a message, a code and a place are those of one violation, or of the whole error
/// where nothing is wrong with the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// `{"detail": [...]}` of violations as FastAPI has it, or `{"detail": "message"}`.
    FastApi,
    /// The members of RFC 9457.
    Problem,
    /// The message, with everything that is wrong.
    Sentence,
    /// The message alone.
    Message,
    /// The reason phrase of the status: `Not Found`.
    Reason,
    /// A word for programs: the reason phrase as `not_found`, or the kind of a violation.
    Code,
    /// The status as a number.
    Status,
    /// The status as a string.
    StatusText,
    /// The place of a violation: `items.0.name`.
    Path,
    /// The place of a violation as a JSON Pointer.
    Pointer,
    /// The part of the request that a violation is in: `query`, `body`.
    Part,
    /// The place of a violation as a list: `["body", "items", 0]`.
    Loc,
    /// A value that the schema leaves no choice of, as JSON.
    Constant(&'static str),
    /// An object; what there is nothing to tell of is left out.
    Object(&'static [(&'static str, Fill)]),
    /// A list with an item for each violation; left out where there is none.
    Violations(&'static Fill),
    /// A list with an item for each violation, or else one for the error.
    Errors(&'static Fill),
}

/// What an error tells.
#[derive(Clone, Copy)]
pub(super) struct Subject<'error> {
    told: Told<'error>,
    part: Part<'error>,
}

/// Which part of an error is told.
#[derive(Clone, Copy)]
enum Part<'error> {
    /// All of it.
    Whole,
    /// One violation, as an item of a list.
    Violation(&'error Violation),
    /// The message, as an item of a list.
    Message,
}

impl<'error> Subject<'error> {
    /// The whole error.
    pub(super) fn whole(told: Told<'error>) -> Self {
        Self { told, part: Part::Whole }
    }

    fn violation(&self) -> Option<&'error Violation> {
        match self.part {
            Part::Violation(violation) => Some(violation),
            Part::Whole | Part::Message => None,
        }
    }
}

impl Fill {
    /// The body.
    pub(super) fn value(&self, subject: Subject<'_>) -> Value {
        self.find(subject).unwrap_or_default()
    }

    /// What stands here; nothing where there is nothing to tell.
    fn find(&self, subject: Subject<'_>) -> Option<Value> {
        let Subject { told, part } = subject;
        let (status, message) = (told.status, told.message);
        let violation = subject.violation();
        let value = match self {
            Self::FastApi => fast_api(told),
            Self::Problem => problem(told),
            Self::Sentence => match part {
                Part::Whole => json!(sentence(told)),
                Part::Violation(violation) => json!(told.line(violation)),
                Part::Message => json!(message),
            },
            Self::Message => match (part, told.omitted()) {
                (Part::Violation(violation), _) => json!(told.wrong(violation)),
                (Part::Whole, Some(omitted)) => json!(format!("{message}; {omitted}")),
                (Part::Whole, None) | (Part::Message, _) => json!(message),
            },
            Self::Reason => json!(reason(status)),
            Self::Code => match violation {
                Some(violation) => json!(violation.kind.name()),
                None => json!(reason(status).to_ascii_lowercase().replace([' ', '-'], "_").replace('\'', "")),
            },
            Self::Status => json!(status.as_u16()),
            Self::StatusText => json!(status.as_str()),
            Self::Path => json!(path(violation?)),
            Self::Pointer => json!(violation?.pointer()),
            Self::Part => json!(violation?.location.name()),
            Self::Loc => violation.map(loc).unwrap_or_default().into(),
            Self::Constant(text) => serde_json::from_str(text).unwrap_or_default(),
            Self::Object(members) => {
                let filled = object(members, subject);
                Value::Object((members.is_empty() || !filled.is_empty()).then_some(filled)?)
            }
            Self::Violations(item) => Value::Array((!told.violations.is_empty()).then(|| each(item, subject))?),
            Self::Errors(item) => Value::Array(at_least_one(item, subject)),
        };
        Some(value)
    }
}

fn object(members: &[(&str, Fill)], subject: Subject<'_>) -> Map<String, Value> {
    members.iter().filter_map(|(key, fill)| Some(((*key).to_owned(), fill.find(subject)?))).collect()
}

/// An item for each violation.
fn each(item: &Fill, subject: Subject<'_>) -> Vec<Value> {
    let violations = subject.told.violations.listed().iter();
    violations.filter_map(|violation| item.find(Subject { part: Part::Violation(violation), ..subject })).collect()
}

/// An item for each violation, and one for those that are not listed; or one for the error.
fn at_least_one(item: &Fill, subject: Subject<'_>) -> Vec<Value> {
    let mut items = each(item, subject);
    let (told, omitted) = (subject.told, subject.told.omitted());
    let rest = if items.is_empty() { Some(told.message) } else { omitted.as_deref() };
    items.extend(rest.and_then(|message| item.find(Subject { told: Told { message, ..told }, part: Part::Message })));
    items
}

/// The place as names and numbers with dots between them.
fn path(violation: &Violation) -> String {
    let segments = violation.path.iter().map(|segment| match segment {
        Segment::Key(key) => key.clone(),
        Segment::Index(index) => index.to_string(),
    });
    segments.collect::<Vec<_>>().join(".")
}
