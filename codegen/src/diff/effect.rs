//! What a change does to the values that may be sent, and what that means for clients.
//!
//! The one rule: what clients send may become more, what they get may become less; the other ways break them.

use std::borrow::Cow;

use crate::diff::Kind;
use crate::source::Span;

/// A change, with places that are not yet lines.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) kind: Kind,
    pub(super) rule: Cow<'static, str>,
    pub(super) subject: String,
    pub(super) message: String,
    pub(super) old: Option<Span>,
    pub(super) new: Option<Span>,
}

/// Which way a message goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Flow {
    /// A client sends it: requests, and its answers to callbacks and webhooks.
    Sent,
    /// A client gets it: responses, callbacks and webhooks.
    Received,
}

impl Flow {
    /// The other way.
    pub(super) const fn back(self) -> Self {
        match self {
            Self::Sent => Self::Received,
            Self::Received => Self::Sent,
        }
    }

    /// How rules of this way are called.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Sent => "request",
            Self::Received => "response",
        }
    }
}

/// What became of the values that are allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Fewer are.
    Narrowed,
    /// More are.
    Widened,
    /// Some are no more, and others are.
    Changed,
    /// It cannot be told.
    Unclear,
}

impl Effect {
    /// Whom it concerns.
    pub(super) const fn kind(self, flow: Flow) -> Kind {
        match (flow, self) {
            (Flow::Sent, Self::Widened) | (Flow::Received, Self::Narrowed) => Kind::Compatible,
            (Flow::Sent, Self::Narrowed | Self::Changed | Self::Unclear)
            | (Flow::Received, Self::Widened | Self::Changed | Self::Unclear) => Kind::Breaking,
        }
    }

    /// What a client notices.
    pub(super) const fn notice(self, flow: Flow) -> &'static str {
        match (flow, self) {
            (Flow::Sent, Self::Narrowed) => "some of what clients send is refused now",
            (Flow::Sent, Self::Widened) => "what clients send is still taken",
            (Flow::Sent, Self::Changed) => "what clients send is refused now",
            (Flow::Received, Self::Narrowed) => "clients get nothing that they do not know",
            (Flow::Received, Self::Widened) => "clients may get what they do not know",
            (Flow::Received, Self::Changed) => "clients get what they do not know",
            (Flow::Sent, Self::Unclear) => "it may be that some of what clients send is refused now",
            (Flow::Received, Self::Unclear) => "it may be that clients get what they do not know",
        }
    }
}
