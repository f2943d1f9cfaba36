//! From events to the lines of an event stream (section 9.2.5 of the HTML standard).
//!
//! The one rule: what an event holds never becomes a field of its own; where a field cannot hold it, the stream ends.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http::StatusCode;
use serde_json::Value;
use tokio::time::{Sleep, sleep};

use super::{DataForm, Event, Events};
use crate::answering::ItemCheck;
use crate::error::Error;
use crate::json::Json;
use crate::request::to_value;
use crate::stream::{ByteStream, Items, Pieces, map};

/// How long nothing may be sent: proxies cut what is silent for longer (section 9.2.7 of the HTML standard).
const SILENCE: Duration = Duration::from_secs(15);

/// Events with typed data.
pub(crate) fn write<T: Json + 'static>(events: Events<T>, form: DataForm, mut check: Option<ItemCheck>) -> ByteStream {
    kept_alive(map(events, move |event: Event<T>| {
        let Event { data, event, id, retry } = event;
        let retry = retry.map(|retry| retry.as_millis().to_string());
        let data = to_value(&data);
        if let Some(check) = &mut check {
            check.admit(&data, &["data"])?;
        }
        let data = match (form, data) {
            (DataForm::Text, Value::String(text)) => text,
            (DataForm::Json | DataForm::Text, value) => value.to_string(),
        };
        lines(event.as_deref(), id.as_deref(), retry.as_deref(), Some(&data))
    }))
}

/// Typed events: objects whose properties are the fields.
pub(crate) fn write_typed<T: Json + 'static>(events: Items<T>, mut check: Option<ItemCheck>) -> ByteStream {
    kept_alive(map(events, move |event: T| {
        let value = to_value(&event);
        if let Some(check) = &mut check {
            check.admit(&value, &[])?;
        }
        let field = |name: &str| match value.get(name) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.clone()),
            Some(value) => Some(value.to_string()),
        };
        let [event, id, retry, data] = ["event", "id", "retry", "data"].map(field);
        lines(event.as_deref(), id.as_deref(), retry.as_deref(), data.as_deref())
    }))
}

fn lines(event: Option<&str>, id: Option<&str>, retry: Option<&str>, data: Option<&str>) -> Result<Bytes, Error> {
    let mut text = String::new();
    for (name, value) in [("event", event), ("id", id), ("retry", retry)] {
        let Some(value) = value else { continue };
        if value.contains(['\r', '\n', '\0']) {
            let message = format!("the field `{name}` of an event holds a line break or U+0000");
            return Err(Error::new(StatusCode::INTERNAL_SERVER_ERROR, message));
        }
        for part in [name, ": ", value, "\n"] {
            text.push_str(part);
        }
    }
    if let Some(data) = data {
        for line in data.replace("\r\n", "\n").split(['\r', '\n']) {
            for part in ["data: ", line, "\n"] {
                text.push_str(part);
            }
        }
    }
    text.push('\n');
    Ok(text.into())
}

/// The same, with a comment whenever nothing was sent for some time.
fn kept_alive(pieces: impl Pieces) -> ByteStream {
    ByteStream::new(KeptAlive { pieces: Box::pin(pieces), silence: None }, None)
}

struct KeptAlive<S> {
    pieces: Pin<Box<S>>,
    silence: Option<Pin<Box<Sleep>>>,
}

impl<S: Pieces> Stream for KeptAlive<S> {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(piece) = self.pieces.as_mut().poll_next(cx) {
            self.silence = None;
            return Poll::Ready(piece);
        }
        let silence = self.silence.get_or_insert_with(|| Box::pin(sleep(SILENCE)));
        if silence.as_mut().poll(cx).is_pending() {
            return Poll::Pending;
        }
        self.silence = None;
        // What is pending now wakes the task; the next call asks again.
        Poll::Ready(Some(Ok(Bytes::from_static(b":\n\n"))))
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn no_value_becomes_a_field() {
        let written = |event, id, data| lines(event, id, None, Some(data)).map(|bytes| bytes.to_vec());
        let text = written(Some("tick"), Some("7"), "a\nb\r\nc\rid: 9\n").expect("it can be written");
        let expected = "event: tick\nid: 7\ndata: a\ndata: b\ndata: c\ndata: id: 9\ndata: \n\n";
        assert_eq!(String::from_utf8_lossy(&text), expected);
        assert_eq!(written(None, None, "").expect("it can be written"), b"data: \n\n");
        for wrong in ["a\nb", "a\rb", "\0"] {
            assert!(written(Some(wrong), None, "").is_err() && written(None, Some(wrong), "").is_err());
        }
    }
}
