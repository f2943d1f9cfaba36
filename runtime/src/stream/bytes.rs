//! A body that is bytes, piece by piece.

use std::error::Error as StdError;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::{Frame, SizeHint};

use super::exclusive::Exclusive;
use super::too_long;
use crate::error::Error;

/// Bytes, piece by piece: what a request's body is while it comes, or what a response's body becomes.
///
/// A request's body is not read further than it is asked for, so a slow handler slows the client down. It ends with an
/// error when it is longer than the operation's limit (413), stalls (408) or breaks off (400); `?` makes that the answer.
///
/// A response's body is asked for its next piece when the client has taken the one before. An error in the middle is
/// logged and cuts the connection, so that the client cannot take the part for the whole.
///
/// ```
/// use stubwright::{ByteStream, Error};
///
/// # async fn run() -> Result<(), Error> {
/// let mut stream = ByteStream::from("piece");
/// assert_eq!(stream.length(), Some(5));
/// while let Some(piece) = stream.next().await? {
///     assert_eq!(piece, "piece");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Default)]
pub struct ByteStream {
    source: Source,
    length: Option<u64>,
}

#[derive(Default)]
enum Source {
    #[default]
    Ended,
    Whole(Bytes),
    Pieces(Exclusive<Bytes>),
}

/// What a [`ByteStream`] is made of.
pub(crate) trait Pieces: Stream<Item = Result<Bytes, Error>> + Send + 'static {}

impl<S: Stream<Item = Result<Bytes, Error>> + Send + 'static> Pieces for S {}

impl ByteStream {
    /// The items of another stream, of a file or a channel for example.
    ///
    /// ```no_run
    /// # fn run(file: impl futures_core::Stream<Item = std::io::Result<bytes::Bytes>> + Send + 'static) {
    /// let stream = stubwright::ByteStream::from_stream(file).with_length(5_000);
    /// # }
    /// ```
    pub fn from_stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes> + 'static,
        E: Into<Error> + 'static,
    {
        Self::new(super::items::Converted::new(stream), None)
    }

    pub(crate) fn new(pieces: impl Pieces, length: Option<u64>) -> Self {
        Self { source: Source::Pieces(Exclusive::new(pieces)), length }
    }

    /// The same, of which is known how many bytes it has: a response tells the client by `Content-Length`.
    ///
    /// One that turns out longer or shorter is cut.
    #[must_use]
    pub fn with_length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }

    /// How many bytes it has in all, if that is known.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The next piece, once it is there; `None` at the end.
    ///
    /// # Errors
    /// What stopped the stream, as the answer to the request.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|cx| self.poll_piece(cx)).await.transpose()
    }

    /// Everything that is left, if it is no more than `limit` bytes.
    ///
    /// # Errors
    /// 413 if it is more, and what stopped the stream.
    pub async fn read_to_end(mut self, limit: usize) -> Result<Bytes, Error> {
        // One that comes in one piece is not copied.
        let mut first = Bytes::new();
        let mut rest = BytesMut::new();
        while let Some(piece) = self.next().await? {
            if first.len() + rest.len() + piece.len() > limit {
                return Err(Error::refused(too_long()));
            }
            if first.is_empty() {
                first = piece;
            } else {
                rest.extend_from_slice(&piece);
            }
        }
        if rest.is_empty() {
            return Ok(first);
        }
        let mut whole = BytesMut::with_capacity(first.len() + rest.len());
        whole.extend_from_slice(&first);
        whole.extend_from_slice(&rest);
        Ok(whole.freeze())
    }

    pub(crate) fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        match &mut self.source {
            Source::Ended => Poll::Ready(None),
            Source::Whole(bytes) => {
                let bytes = std::mem::take(bytes);
                self.source = Source::Ended;
                Poll::Ready((!bytes.is_empty()).then_some(Ok(bytes)))
            }
            Source::Pieces(pieces) => {
                let piece = ready!(pieces.poll_next(cx));
                if !matches!(piece, Some(Ok(_))) {
                    self.source = Source::Ended;
                }
                Poll::Ready(piece)
            }
        }
    }

    /// The body of an answer.
    pub(crate) fn into_body(self) -> Body {
        match self.source {
            Source::Ended => Body::empty(),
            Source::Whole(bytes) => Body::from(bytes),
            Source::Pieces(_) => Body::new(Outgoing(self)),
        }
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_piece(cx)
    }
}

/// The body of an answer, piece by piece.
struct Outgoing(ByteStream);

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = Box<dyn StdError + Send + Sync>;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Poll::Ready(ready!(self.0.poll_piece(cx)).map(|piece| match piece {
            Ok(piece) => Ok(Frame::data(piece)),
            Err(error) => {
                tracing::error!(?error, "a body broke off, its connection is cut");
                Err("the body broke off".into())
            }
        }))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self.0.source, Source::Ended)
    }

    fn size_hint(&self) -> SizeHint {
        self.0.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

impl From<Bytes> for ByteStream {
    fn from(bytes: Bytes) -> Self {
        let length = u64::try_from(bytes.len()).ok();
        Self { source: Source::Whole(bytes), length }
    }
}

impl From<Vec<u8>> for ByteStream {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<&'static [u8]> for ByteStream {
    fn from(bytes: &'static [u8]) -> Self {
        Bytes::from_static(bytes).into()
    }
}

impl From<String> for ByteStream {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for ByteStream {
    fn from(text: &'static str) -> Self {
        Bytes::from_static(text.as_bytes()).into()
    }
}

impl From<Body> for ByteStream {
    /// There is no limit to its length.
    fn from(body: Body) -> Self {
        let length = http_body::Body::size_hint(&body).exact();
        Self { length, ..Self::from_stream(body.into_data_stream()) }
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").field("length", &self.length).finish_non_exhaustive()
    }
}
