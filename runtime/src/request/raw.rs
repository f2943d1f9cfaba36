//! The request of an operation that cannot be typed: something that it needs is missing in the document.

use axum::body::Body;

use super::{Origin, Request};
use crate::incoming::Incoming;

/// A request as it came: the head is in the [`Context`](crate::Context), and nothing was checked but credentials.
#[derive(Debug)]
pub struct RawRequest {
    /// The body, which is not read yet. There is no limit to its length.
    pub body: Body,
}

impl Request for RawRequest {
    const ORIGINS: &'static [Origin] = &[];

    fn build(incoming: &mut Incoming) -> Option<Self> {
        Some(Self { body: incoming.unread_body() })
    }
}
