//! A stream that nobody reads at the same time as somebody else, so that what holds it may be shared.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use futures_core::Stream;

use crate::error::Error;

/// Any stream; it is `Sync` although the stream is not, as reading it takes it exclusively.
pub(crate) struct Exclusive<T>(Mutex<Pin<Box<Any<T>>>>);

type Any<T> = dyn Stream<Item = Result<T, Error>> + Send;

impl<T> Exclusive<T> {
    pub(crate) fn new(stream: impl Stream<Item = Result<T, Error>> + Send + 'static) -> Self {
        Self(Mutex::new(Box::pin(stream)))
    }

    pub(crate) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner).as_mut().poll_next(cx)
    }
}
