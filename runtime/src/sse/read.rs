//! From the lines of an event stream to events (section 9.2.6 of the HTML standard).

use std::mem::take;

use bytes::BytesMut;

use stubwright_schema::Sentence;

use crate::stream::Split;

/// An event as its fields say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct RawEvent {
    pub(crate) data: String,
    pub(crate) event: Option<String>,
    pub(crate) id: Option<String>,
    /// In milliseconds.
    pub(crate) retry: Option<u64>,
}

/// An event stream on its way.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pending: BytesMut,
    searched: usize,
    event: RawEvent,
    has_data: bool,
    /// Whether a line feed that comes next belongs to the line break before it.
    is_after_return: bool,
    is_begun: bool,
}

impl Split for Reading {
    type Record = RawEvent;

    fn feed(&mut self, piece: &[u8]) {
        self.pending.extend_from_slice(piece);
    }

    /// An event that is not ended by an empty line is none.
    fn next(&mut self, _: bool) -> Option<Result<RawEvent, Sentence>> {
        while let Some(line) = self.line() {
            let Ok(line) = std::str::from_utf8(&line) else { return Some(Err(Sentence::NotUtf8)) };
            if !line.is_empty() {
                self.field(line);
                continue;
            }
            let mut event = take(&mut self.event);
            if take(&mut self.has_data) {
                // Each line of data has a line feed behind it.
                event.data.pop();
                return Some(Ok(event));
            }
        }
        None
    }

    fn held(&self) -> usize {
        self.pending.len() + self.event.data.len()
    }
}

impl Reading {
    /// A line, which CR, LF or both together end.
    fn line(&mut self) -> Option<BytesMut> {
        if !self.is_begun {
            const MARK: &[u8] = "\u{feff}".as_bytes();
            if self.pending.len() < MARK.len() && MARK.starts_with(&self.pending) {
                return None;
            }
            self.is_begun = true;
            if self.pending.starts_with(MARK) {
                let _ = self.pending.split_to(MARK.len());
            }
        }
        if self.is_after_return && self.pending.first().is_some_and(|byte| *byte == b'\n') {
            let _ = self.pending.split_to(1);
        }
        self.is_after_return = self.is_after_return && self.pending.is_empty();
        let Some(at) = memchr::memchr2(b'\r', b'\n', &self.pending[self.searched..]) else {
            self.searched = self.pending.len();
            return None;
        };
        let mut line = self.pending.split_to(self.searched + at + 1);
        self.searched = 0;
        self.is_after_return = line.last() == Some(&b'\r');
        line.truncate(line.len() - 1);
        Some(line)
    }

    fn field(&mut self, line: &str) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => {
                self.has_data = true;
                self.event.data.push_str(value);
                self.event.data.push('\n');
            }
            "event" => self.event.event = Some(value.to_owned()).filter(|name| !name.is_empty()),
            "id" if !value.contains('\0') => self.event.id = Some(value.to_owned()),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => self.event.retry = value.parse().ok(),
            // Comments, whose name is empty, and fields that nobody knows.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{RawEvent, Reading, Sentence};
    use crate::stream::Split;

    fn events(text: &str, length: usize) -> Vec<RawEvent> {
        let mut reading = Reading::default();
        let mut found = Vec::new();
        for piece in text.as_bytes().chunks(length) {
            reading.feed(piece);
            while let Some(event) = reading.next(false) {
                found.push(event.expect("the text is UTF-8"));
            }
        }
        assert!(reading.next(true).is_none());
        found
    }

    #[test]
    fn events_are_read_as_the_standard_says() {
        let data = |data: &str| RawEvent { data: data.to_owned(), ..RawEvent::default() };
        for (text, expected) in [
            // The examples of the standard.
            ("data: YHOO\ndata: +2\ndata: 10\n\n", vec![data("YHOO\n+2\n10")]),
            (
                ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event",
                vec![
                    RawEvent { id: Some("1".to_owned()), ..data("first event") },
                    RawEvent { id: Some(String::new()), ..data("second event") },
                ],
            ),
            ("data\n\ndata\ndata\n\ndata:", vec![data(""), data("\n")]),
            ("data:test\n\ndata: test\n\n", vec![data("test"), data("test")]),
            // All line breaks, a mark at the beginning, names alone.
            ("\u{feff}data: a\r\ndata: b\rdata: c\n\r\n", vec![data("a\nb\nc")]),
            (
                "event: x\n\nevent: y\rretry: 20\rretry: 2x\rdata: 1\r\r",
                vec![RawEvent { event: Some("y".to_owned()), retry: Some(20), ..data("1") }],
            ),
            ("id: a\0\nother: b\nda: c\ndata: größe\n\n", vec![data("größe")]),
            ("\n\r\n\r", vec![]),
        ] {
            for length in 1..20 {
                assert_eq!(events(text, length), expected, "{text:?} in pieces of {length}");
            }
        }
        let mut reading = Reading::default();
        reading.feed(b"data: \xff\n\n");
        assert_eq!(reading.next(false), Some(Err(Sentence::NotUtf8)));
    }
}
