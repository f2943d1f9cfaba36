//! From pieces of bytes to typed items: cut at their borders, decoded one at a time.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::BytesMut;
use futures_core::Stream;
use stubwright_schema::{Segment, Sentence, ViolationKind, Violations};

use super::{ByteStream, too_long};
use crate::error::Error;
use crate::incoming::{Terms, at_root};

/// Finds the borders between items.
pub(crate) trait Split {
    /// An item that is not decoded yet.
    type Record;

    /// Takes what came.
    fn feed(&mut self, piece: &[u8]);

    /// The next whole item. The error is what is wrong with it.
    fn next(&mut self, is_end: bool) -> Option<Result<Self::Record, Sentence>>;

    /// How many bytes of an unfinished item are in memory.
    fn held(&self) -> usize;
}

/// The items of a body.
pub(crate) struct Records<S, F> {
    bytes: ByteStream,
    split: S,
    decode: F,
    terms: Terms,
    /// How many items there were.
    count: usize,
    is_end: bool,
    is_over: bool,
}

impl<S, F> Records<S, F> {
    pub(crate) fn new(bytes: ByteStream, split: S, terms: Terms, decode: F) -> Self {
        Self { bytes, split, decode, terms, count: 0, is_end: false, is_over: false }
    }
}

impl<S: Split, T, F: Fn(S::Record) -> Result<T, Violations>> Records<S, F> {
    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(record) = self.split.next(self.is_end) {
                let wrong = |message| [at_root(ViolationKind::Syntax, message)].into_iter().collect();
                let item = record.map_err(wrong).and_then(|record| (self.decode)(record));
                let place = [Segment::Index(self.count)];
                self.count += 1;
                let invalid =
                    |violations: Violations| Error::invalid(self.terms.invalid_status, violations.below(&place));
                return Poll::Ready(Some(item.map_err(invalid)));
            }
            if self.is_end {
                return Poll::Ready(None);
            }
            if self.split.held() > self.terms.in_memory {
                return Poll::Ready(Some(Err(Error::refused(too_long()))));
            }
            match ready!(self.bytes.poll_piece(cx)) {
                Some(Ok(piece)) => self.split.feed(&piece),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => self.is_end = true,
            }
        }
    }
}

impl<S: Split + Unpin, T, F: Fn(S::Record) -> Result<T, Violations> + Unpin> Stream for Records<S, F> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        let item = ready!(self.poll_item(cx));
        self.is_over = !matches!(item, Some(Ok(_)));
        Poll::Ready(item)
    }
}

/// Bytes up to a border, which is searched once per byte.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    bytes: BytesMut,
    searched: usize,
}

impl Pending {
    pub(crate) fn feed(&mut self, piece: &[u8]) {
        self.bytes.extend_from_slice(piece);
    }

    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// What stands before the next of these bytes, which is taken out; at the end, what is left.
    pub(crate) fn until(&mut self, border: u8, is_end: bool) -> Option<BytesMut> {
        match memchr::memchr(border, &self.bytes[self.searched..]) {
            Some(at) => {
                let mut record = self.bytes.split_to(self.searched + at + 1);
                self.searched = 0;
                record.truncate(record.len() - 1);
                Some(record)
            }
            None if is_end && !self.bytes.is_empty() => {
                self.searched = 0;
                Some(std::mem::take(&mut self.bytes))
            }
            None => {
                self.searched = self.bytes.len();
                None
            }
        }
    }
}
