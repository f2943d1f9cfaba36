//! Parameters whose empty value says that they are not used: `allowEmptyValue` (OpenAPI 3.1.1 section 4.8.12.2.2).

use super::{Checked, Origin, Query, Sent, Source, Styled};
use crate::incoming::Incoming;

/// A parameter of the query that is not there when it is empty: `?flag` and `?flag=`.
#[derive(Clone, Copy, Debug)]
pub struct UnusedIfEmpty<S> {
    source: S,
    origin: Origin,
}

macro_rules! sources {
    ($([$($generics:tt)*] $source:ty;)+) => {
        $(
            impl<$($generics)*> $source {
                /// The same, not there when it is empty.
                pub const fn unused_if_empty(self) -> UnusedIfEmpty<Self> {
                    UnusedIfEmpty { origin: self.origin(), source: self }
                }
            }
        )+
    };
}

sources! {
    [] Query;
    [] Styled;
    [S: Copy] Checked<S>;
}

impl<S> UnusedIfEmpty<S> {
    /// Where it comes from.
    pub const fn origin(&self) -> Origin {
        self.origin
    }

    /// What is read where there is something.
    pub(crate) const fn target(&self) -> &S {
        &self.source
    }
}

impl<T, S: Source<T>> Source<T> for UnusedIfEmpty<S> {
    fn place(&self) -> Origin {
        self.origin
    }

    fn read(&self, incoming: &mut Incoming) -> Sent<T> {
        if let Origin::Parameter(_, name) = self.origin {
            let mut values = incoming.query_values(name);
            if values.next() == Some("") && values.next().is_none() {
                return Sent::Nothing;
            }
        }
        self.source.read(incoming)
    }
}
