//! Bodies that are JSON values, one after another: JSON Lines and JSON text sequences (RFC 7464).

use bytes::BytesMut;
use stubwright_schema::{Schemas, Sentence};

use super::contract::Contract;
use super::{Answer, BodyKind, Syntax};
use crate::answer;
use crate::answering::{ItemCheck, To};
use crate::incoming::Incoming;
use crate::json::{self, Json};
use crate::request::{Origin, Sent, Source};
use crate::response::Response;
use crate::stream::{ByteStream, Items, Pending, Records, Split, map};

/// A body that is a stream of typed JSON values.
#[derive(Clone, Copy, Debug)]
pub struct ItemsBody {
    media_types: &'static [&'static str],
    contract: Contract,
    framing: Framing,
}

/// What stands between values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// Each value is a line; empty lines are passed over.
    Lines,
    /// Before each value stands U+001E, behind it a line feed (RFC 7464 section 2).
    Sequence,
}

impl ItemsBody {
    /// A body of one of these media types, the violations of whose items the schema of this index tells.
    pub const fn new(
        media_types: &'static [&'static str],
        framing: Framing,
        schemas: &'static Schemas,
        schema: u32,
    ) -> Self {
        Self { media_types, contract: Contract::new(schemas, schema), framing }
    }

    /// The same, with a schema that says what the type and its parts neither say nor check.
    #[must_use]
    pub const fn check(mut self, schema: u32) -> Self {
        self.contract.check = schema;
        self
    }

    /// Where it comes from.
    pub const fn origin(&self) -> Origin {
        Origin::Body(self.accept())
    }

    /// What it is.
    pub const fn accept(&self) -> BodyKind {
        BodyKind { media_types: self.media_types, syntax: Syntax::Items }
    }
}

impl<T: Json + 'static> Answer<Items<T>> for ItemsBody {
    fn answer(&self, to: To<'_>, body: Items<T>) -> Response {
        let otherwise: &'static [&'static str] = match self.framing {
            Framing::Lines => &["application/jsonl"],
            Framing::Sequence => &["application/json-seq"],
        };
        answer::items(to, answer::sendable(self.media_types, otherwise), self.contract.schema, self.framing, body)
    }
}

impl<T: Json + 'static> Source<Items<T>> for ItemsBody {
    fn place(&self) -> Origin {
        self.origin()
    }

    fn read(&self, incoming: &mut Incoming) -> Sent<Items<T>> {
        let Some(body) = incoming.body_read() else { return Sent::Nothing };
        let (contract, terms) = (self.contract, incoming.stream_terms());
        let split = Values { framing: self.framing, pending: Pending::default(), is_begun: false };
        let decode = move |text: BytesMut| contract.decode(&text);
        Sent::Value(Items::new(Records::new(body.stream, split, terms, decode)))
    }
}

impl Framing {
    /// Values as bytes.
    pub(crate) fn write<T: Json + 'static>(self, items: Items<T>, mut check: Option<ItemCheck>) -> ByteStream {
        ByteStream::new(
            map(items, move |item| {
                let mut text = match self {
                    Self::Lines => Vec::new(),
                    Self::Sequence => vec![RECORD_SEPARATOR],
                };
                let json = json::to_json(&item);
                if let Some(check) = &mut check {
                    check.admit(&json::decode(&json).unwrap_or_default(), &[])?;
                }
                text.extend_from_slice(&json);
                text.push(b'\n');
                Ok(text.into())
            }),
            None,
        )
    }
}

const RECORD_SEPARATOR: u8 = 0x1e;

/// Finds the values.
struct Values {
    framing: Framing,
    pending: Pending,
    /// Whether the first separator was seen.
    is_begun: bool,
}

impl Split for Values {
    type Record = BytesMut;

    fn feed(&mut self, piece: &[u8]) {
        self.pending.feed(piece);
    }

    fn next(&mut self, is_end: bool) -> Option<Result<BytesMut, Sentence>> {
        loop {
            let (border, is_first) = match self.framing {
                Framing::Lines => (b'\n', false),
                Framing::Sequence => (RECORD_SEPARATOR, !std::mem::replace(&mut self.is_begun, true)),
            };
            let Some(record) = self.pending.until(border, is_end) else {
                self.is_begun = !is_first;
                return None;
            };
            if record.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            if is_first {
                return Some(Err(Sentence::NoRecordSeparator));
            }
            // A number or a word without white space behind it may have been cut; what has an end of its own tells itself
            // whether it was (RFC 7464 section 2.4).
            let is_ended = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'}' | b']' | b'"');
            let is_cut = self.framing == Framing::Sequence && !record.last().is_some_and(is_ended);
            return Some(if is_cut { Err(Sentence::NoLineFeed) } else { Ok(record) });
        }
    }

    fn held(&self) -> usize {
        self.pending.len()
    }
}

#[cfg(test)]
mod tests {
    use super::{Framing, Pending, Sentence, Split, Values};

    /// The values of a text that comes in pieces of some length.
    fn values(framing: Framing, text: &str, length: usize) -> Vec<Result<String, Sentence>> {
        let mut split = Values { framing, pending: Pending::default(), is_begun: false };
        let mut found = Vec::new();
        let mut pieces = text.as_bytes().chunks(length);
        loop {
            let piece = pieces.next();
            split.feed(piece.unwrap_or_default());
            while let Some(record) = split.next(piece.is_none()) {
                found.push(record.map(|record| String::from_utf8_lossy(&record).trim().to_owned()));
            }
            if piece.is_none() {
                assert_eq!(split.held(), 0);
                return found;
            }
        }
    }

    #[test]
    fn values_are_found_wherever_pieces_end() {
        for length in 1..12 {
            let lines = "1\n\n {\"a\": 2}\r\n\r\n\"x\"";
            assert_eq!(
                values(Framing::Lines, lines, length),
                ["1", "{\"a\": 2}", "\"x\""].map(|text| Ok(text.to_owned()))
            );
            assert_eq!(values(Framing::Lines, "\n\n", length), []);
            let sequence = "\u{1e}\u{1e}1\n\u{1e}{\n}\n\u{1e}true";
            let expected = [Ok("1".to_owned()), Ok("{\n}".to_owned()), Err(Sentence::NoLineFeed)];
            assert_eq!(values(Framing::Sequence, sequence, length), expected);
            for ended in ["{\"a\":1}", "[1]", "\"x\""] {
                let sequence = format!("\u{1e}1\n\u{1e}{ended}");
                assert_eq!(values(Framing::Sequence, &sequence, length), [Ok("1".to_owned()), Ok(ended.to_owned())]);
            }
            let headless = [Err(Sentence::NoRecordSeparator), Ok("2".to_owned())];
            assert_eq!(values(Framing::Sequence, "1\n\u{1e}2\n", length), headless);
            assert_eq!(values(Framing::Sequence, "", length), []);
        }
    }
}
