//! Server-sent events (section 9.2 of the HTML standard), in both directions.

mod read;
mod write;

use std::time::Duration;

pub(crate) use self::read::{RawEvent, Reading};
pub(crate) use self::write::{write, write_typed};
use crate::stream::Items;

/// An event with typed data.
///
/// ```
/// use stubwright::sse::Event;
///
/// let event = Event::new(5).event("tick").id("a");
/// assert_eq!((event.data, event.event.as_deref()), (5, Some("tick")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event<T> {
    /// What it tells.
    pub data: T,

    /// Its name; `None` is what clients call `message`. It holds no line break.
    pub event: Option<String>,

    /// The place in the stream, which a client sends as `Last-Event-ID` when it comes back. It holds neither a line break
    /// nor U+0000.
    pub id: Option<String>,

    /// How long a client waits before it comes back, in whole milliseconds.
    pub retry: Option<Duration>,
}

/// A stream of events with typed data.
///
/// ```
/// use stubwright::sse::{Event, Events};
///
/// let events = Events::from_iter([Event::new("a".to_owned()), Event::from("b".to_owned())]);
/// # let _ = events;
/// ```
pub type Events<T> = Items<Event<T>>;

/// How the data of an event is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataForm {
    /// As JSON.
    Json,
    /// As it is: a string.
    Text,
}

impl<T> Event<T> {
    /// An event without a name.
    pub fn new(data: T) -> Self {
        Self { data, event: None, id: None, retry: None }
    }

    /// The same, with a name.
    #[must_use]
    pub fn event(mut self, name: impl Into<String>) -> Self {
        self.event = Some(name.into());
        self
    }

    /// The same, with its place in the stream.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The same, with the time after which clients come back.
    #[must_use]
    pub fn retry(mut self, retry: Duration) -> Self {
        self.retry = Some(retry);
        self
    }
}

impl<T> From<T> for Event<T> {
    fn from(data: T) -> Self {
        Self::new(data)
    }
}
