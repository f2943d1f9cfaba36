//! Typed requests: what `request!` makes of the table of an operation's parameters and body.
//!
//! In goes an [`Incoming`], out comes a struct, or a refusal that lists every violation. The one rule: everything is read
//! before anything is refused; only a body that cannot be read at all ends it early.

mod empty;
mod macros;
mod raw;
mod scalar;
mod styled;
mod written;

use std::future::Future;

use stubwright_schema::{Location, Sentence, Violation, ViolationKind};

pub(crate) use self::empty::UnusedIfEmpty;
pub use self::raw::RawRequest;
pub(crate) use self::scalar::Checked;
pub(crate) use self::scalar::to_value;
pub use self::scalar::{Cookie, Header, Path, Query};
pub use self::styled::{Place, Styled};
pub(crate) use self::written::{CHANGED, Written, is_same_text};
use crate::content::BodyKind;
use crate::incoming::Incoming;
use crate::rejection::Rejection;

/// What an operation is asked. `request!` implements it.
pub trait Request: Sized {
    /// Where its fields come from.
    const ORIGINS: &'static [Origin];

    /// Reads the fields; `None` means that violations were recorded.
    fn build(incoming: &mut Incoming) -> Option<Self>;

    /// Reads parameters and body.
    ///
    /// # Errors
    /// The violations, all of them; 415 if the body is of another media type, in another charset or compressed; 413 if it
    /// is too long; 408 if it comes too slowly; 400 if the connection breaks.
    fn read(incoming: &mut Incoming) -> impl Future<Output = Result<Self, Rejection>> + Send {
        async move {
            if const { has_body(Self::ORIGINS) } {
                if let Some(coming) = incoming.judge(Self::ORIGINS)? {
                    incoming.take_body(coming).await?;
                }
            } else {
                incoming.judge_head(Self::ORIGINS)?;
            }
            Self::build(incoming).ok_or_else(|| incoming.refuse())
        }
    }
}

/// Where a field of a request comes from.
#[derive(Clone, Copy, Debug)]
pub enum Origin {
    /// A parameter.
    Parameter(Location, &'static str),
    /// The body.
    Body(BodyKind),
    /// The body, of several kinds.
    Bodies(&'static [BodyKind]),
}

/// Whether one of the fields is the body.
const fn has_body(origins: &[Origin]) -> bool {
    let mut rest = origins;
    while let [origin, others @ ..] = rest {
        match origin {
            Origin::Parameter(..) => rest = others,
            Origin::Body(_) | Origin::Bodies(_) => return true,
        }
    }
    false
}

/// What a field is read from. The macro asks for its place by a `const fn origin(&self) -> Origin` of each.
pub trait Source<T> {
    /// The place, as a constant.
    fn place(&self) -> Origin;

    /// Reads what was sent; what is wrong is recorded.
    fn read(&self, incoming: &mut Incoming) -> Sent<T>;
}

/// What was sent for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent<T> {
    /// Nothing.
    Nothing,
    /// A value.
    Value(T),
    /// Something that is no value; a violation was recorded.
    Wrong,
}

/// A field that must be there.
pub fn required<T, S: Source<T>>(source: &S, incoming: &mut Incoming) -> Option<T> {
    match source.read(incoming) {
        Sent::Value(value) => Some(value),
        Sent::Nothing => {
            incoming.record(missing(source.place()));
            None
        }
        Sent::Wrong => None,
    }
}

/// A field that need not be there.
pub fn optional<T, S: Source<T>>(source: &S, incoming: &mut Incoming) -> Option<Option<T>> {
    match source.read(incoming) {
        Sent::Value(value) => Some(Some(value)),
        Sent::Nothing => Some(None),
        Sent::Wrong => None,
    }
}

/// A field that is something else when it is not there.
pub fn default<T, S: Source<T>>(source: &S, incoming: &mut Incoming, default: impl FnOnce() -> T) -> Option<T> {
    match source.read(incoming) {
        Sent::Value(value) => Some(value),
        Sent::Nothing => Some(default()),
        Sent::Wrong => None,
    }
}

fn missing(origin: Origin) -> Violation {
    match origin {
        Origin::Parameter(location, name) => {
            Violation::parameter(location, name, ViolationKind::Missing, Sentence::Required)
        }
        Origin::Body(_) | Origin::Bodies(_) => Violation {
            location: Location::Body,
            path: Vec::new(),
            kind: ViolationKind::Missing,
            message: Sentence::BodyRequired.into(),
        },
    }
}
