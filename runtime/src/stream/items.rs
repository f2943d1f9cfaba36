//! A body that is a sequence of typed items.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::exclusive::Exclusive;
use crate::error::Error;

/// Typed items, one after another: what the body of a request holds while it comes, or what a response's body becomes.
///
/// A request's item is read and checked when it is asked for. One that breaks the contract is an error, with all that is
/// wrong with it; `?` makes that the answer, and nothing follows. A response's item is asked for when the client has taken
/// the one before; a client that hangs up drops the stream.
///
/// ```
/// use stubwright::{Error, Items};
///
/// # async fn run() -> Result<(), Error> {
/// let mut items = Items::from_iter([1, 2]);
/// while let Some(item) = items.next().await? {
///     assert!(item < 3);
/// }
/// # Ok(())
/// # }
/// ```
pub struct Items<T>(Exclusive<T>);

impl<T: 'static> Items<T> {
    /// The items of another stream.
    pub fn from_stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<T, E>> + Send + 'static,
        E: Into<Error> + 'static,
    {
        Self(Exclusive::new(Converted::new(stream)))
    }
}

impl<T> Items<T> {
    /// The next item, once it is there; `None` at the end.
    ///
    /// # Errors
    /// What stopped the stream, as the answer to the request.
    pub async fn next(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|cx| self.0.poll_next(cx)).await.transpose()
    }

    /// All items that are left, if they are no more than `limit`.
    ///
    /// # Errors
    /// 413 if there are more, and what stopped the stream.
    pub async fn collect(mut self, limit: usize) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await? {
            if items.len() == limit {
                return Err(Error::refused(super::too_long()));
            }
            items.push(item);
        }
        Ok(items)
    }

    pub(crate) fn into_inner(self) -> Exclusive<T> {
        self.0
    }

    pub(crate) fn new(stream: impl Stream<Item = Result<T, Error>> + Send + 'static) -> Self {
        Self(Exclusive::new(stream))
    }
}

impl<T: Send + Unpin + 'static> FromIterator<T> for Items<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self::new(Listed(items.into_iter().collect::<Vec<_>>().into_iter()))
    }
}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_next(cx)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").finish_non_exhaustive()
    }
}

struct Listed<T>(std::vec::IntoIter<T>);

impl<T: Unpin> Stream for Listed<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.next().map(Ok))
    }
}

/// Another stream, whose items and errors become ours.
pub(super) struct Converted<S, T> {
    stream: Pin<Box<S>>,
    item: std::marker::PhantomData<fn() -> T>,
}

impl<S, T> Converted<S, T> {
    pub(super) fn new(stream: S) -> Self {
        Self { stream: Box::pin(stream), item: std::marker::PhantomData }
    }
}

impl<S, T, I, E> Stream for Converted<S, T>
where
    S: Stream<Item = Result<I, E>>,
    I: Into<T>,
    E: Into<Error>,
{
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(self.stream.as_mut().poll_next(cx));
        Poll::Ready(item.map(|item| item.map(Into::into).map_err(Into::into)))
    }
}

/// Another stream, whose items become something else.
pub(crate) fn map<S, T, U, F>(stream: S, change: F) -> impl Stream<Item = Result<U, Error>> + Send + 'static
where
    S: Stream<Item = Result<T, Error>> + Send + Unpin + 'static,
    F: FnMut(T) -> Result<U, Error> + Send + Unpin + 'static,
    T: 'static,
{
    Mapped { stream, change }
}

struct Mapped<S, F> {
    stream: S,
    change: F,
}

impl<S, T, U, F> Stream for Mapped<S, F>
where
    S: Stream<Item = Result<T, Error>> + Unpin,
    F: FnMut(T) -> Result<U, Error> + Unpin,
{
    type Item = Result<U, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(Pin::new(&mut self.stream).poll_next(cx));
        Poll::Ready(item.map(|item| item.and_then(&mut self.change)))
    }
}
