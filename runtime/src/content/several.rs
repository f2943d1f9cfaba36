//! Bodies of several kinds: an enum with a variant for each.

use std::marker::PhantomData;

use stubwright_schema::Violations;

use super::BodyKind;
use crate::answering::To;
use crate::incoming::Incoming;
use crate::request::{Origin, Sent, Source};
use crate::response::Response;

/// An enum of bodies. `bodies!` implements it.
pub trait Bodies: Sized {
    /// What each variant accepts.
    const ACCEPTS: &'static [BodyKind];

    /// Reads the body as the variant of this index.
    fn read(index: usize, incoming: &mut Incoming) -> Sent<Self>;

    /// The answer with this body.
    fn answer(self, to: To<'_>) -> Response;

    /// Why the body is not to be sent in a request.
    fn refusals(&self) -> Violations;
}

/// A kind of body, as an answer has it.
pub trait Answer<T> {
    /// The answer with this body, of the first media type.
    fn answer(&self, to: To<'_>, body: T) -> Response;

    /// Why the body is not to be sent in a request: its schema forbids it.
    fn refusals(&self, body: &T) -> Violations {
        let _ = body;
        Violations::default()
    }
}

/// A body of one of several kinds, which its `Content-Type` tells.
#[derive(Clone, Copy, Debug)]
pub struct OneOf<T>(PhantomData<fn() -> T>);

impl<T: Bodies> OneOf<T> {
    /// A body that is one of the enum's.
    #[expect(clippy::new_without_default, reason = "generated code writes all sources alike")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }

    /// Where it comes from.
    pub const fn origin(&self) -> Origin {
        Origin::Bodies(T::ACCEPTS)
    }
}

impl<T: Bodies> Source<T> for OneOf<T> {
    fn place(&self) -> Origin {
        self.origin()
    }

    fn read(&self, incoming: &mut Incoming) -> Sent<T> {
        incoming.body_kind().map_or(Sent::Nothing, |index| T::read(index, incoming))
    }
}

impl<T> Sent<T> {
    /// The same around a value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Sent<U> {
        match self {
            Self::Nothing => Sent::Nothing,
            Self::Value(value) => Sent::Value(change(value)),
            Self::Wrong => Sent::Wrong,
        }
    }
}
