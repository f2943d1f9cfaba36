//! The parts of a request while they come: files are handed on, everything else is gathered and checked.
//!
//! The one rule: a handler gets no part that is wrong, and none behind it; the rest is still read, so that the client
//! learns everything at once.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::StatusCode;
use serde_json::{Map, Value};
use stubwright_schema::{Segment, Sentence, Violation, ViolationKind, Violations};

use super::file::FilePart;
use super::head::Head;
use super::parser::{Parser, Token};
use super::parts::{PartContent, PartKey, PartKind};
use super::{MultipartBody, value};
use crate::content::contract::Contract;
use crate::error::Error;
use crate::incoming::{Terms, at_root};
use crate::rejection::Rejection;
use crate::stream::{ByteStream, too_long};

/// A body on its way, which the part at hand shares with what asks for the next one.
struct Shared {
    bytes: ByteStream,
    parser: Parser,
    terms: Terms,
    is_end: bool,
    /// Whether a part began that did not end.
    is_within: bool,
    /// The number of the part that may be read.
    number: usize,
}

/// A value that was read and not handed out yet.
struct Item {
    /// Its place among the keys.
    key: usize,
    schema: u32,
    value: Value,
}

/// What each further value of a part takes besides its text: a short text can be many values.
const VALUE_COST: usize = size_of::<Value>() + size_of::<Item>();

/// The parts of a body whose properties have types.
pub(super) struct Reading {
    shared: Arc<Mutex<Shared>>,
    /// How the whole is typed; nothing of untyped parts.
    form: Option<MultipartBody>,
    keys: &'static [PartKey],
    terms: Terms,
    /// What was read of a list and not handed out yet.
    items: VecDeque<Item>,
    /// A part that is no file, while it comes.
    gathered: Option<(Head, BytesMut)>,
    /// The values so far, an empty text for each file.
    values: Vec<(String, Vec<Value>)>,
    /// How many bytes of values there are.
    held: usize,
    /// Whether a part was asked for.
    is_begun: bool,
    /// What the schema of the whole does not tell again.
    own: Violations,
    wrong: Violations,
}

impl Reading {
    pub(super) fn new(
        bytes: ByteStream,
        parser: Parser,
        form: Option<MultipartBody>,
        keys: &'static [PartKey],
        terms: Terms,
    ) -> Self {
        let shared = Shared { bytes, parser, terms, is_end: false, is_within: false, number: 0 };
        let (own, wrong) = (Violations::default(), Violations::default());
        let shared = Arc::new(Mutex::new(shared));
        Self {
            shared,
            form,
            keys,
            terms,
            items: VecDeque::new(),
            gathered: None,
            values: Vec::new(),
            held: 0,
            is_begun: false,
            own,
            wrong,
        }
    }

    /// The next part that the document names, and its place among the keys.
    pub(super) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<(usize, PartContent)>, Error>> {
        self.is_begun = true;
        loop {
            if let Some(item) = self.items.pop_front().filter(|_| !self.is_wrong()) {
                return Poll::Ready(Ok(Some((item.key, self.content(item)))));
            }
            let token = ready!(lock(&self.shared).poll_token(cx))?;
            match token {
                Token::Part(head) => {
                    if let Some(found) = self.begin(head)? {
                        return Poll::Ready(Ok(Some(found)));
                    }
                }
                Token::Data(data) => {
                    if let Some((_, content)) = &mut self.gathered {
                        self.held += data.len();
                        content.extend_from_slice(&data);
                    }
                    self.within_memory()?;
                }
                Token::End => {
                    if let Some((head, content)) = self.gathered.take() {
                        self.end(&head, &content)?;
                    }
                }
                Token::Done | Token::More => return Poll::Ready(self.finish().map(|()| None)),
            }
        }
    }

    /// Remembers that a part is wrong.
    pub(super) fn refuse(&mut self, key: usize, violations: Violations) {
        let name = self.keys.get(key).map_or("", |key| key.key);
        self.wrong.extend(violations.below(&[Segment::Key(name.to_owned())]).listed().iter().cloned());
    }

    /// Every part that is left with its content, files too, and the status of the answer if they are wrong.
    pub(super) async fn into_parts(self: Box<Self>, limit: usize) -> Result<(Vec<(Head, Bytes)>, StatusCode), Error> {
        let mut parts: Vec<(Head, BytesMut)> = Vec::new();
        let mut held = 0;
        loop {
            match poll_fn(|cx| lock(&self.shared).poll_token(cx)).await? {
                Token::Part(head) => parts.push((head, BytesMut::new())),
                Token::Data(data) => {
                    held += data.len();
                    if held > limit {
                        return Err(Error::refused(too_long()));
                    }
                    if let Some((_, content)) = parts.last_mut() {
                        content.extend_from_slice(&data);
                    }
                }
                Token::End => {}
                Token::Done | Token::More => break,
            }
        }
        let parts = parts.into_iter().map(|(head, content)| (head, content.freeze())).collect();
        Ok((parts, self.terms.invalid_status))
    }

    /// Whether a part was asked for.
    pub(super) fn is_begun(&self) -> bool {
        self.is_begun
    }

    fn is_wrong(&self) -> bool {
        !self.wrong.is_empty() || !self.own.is_empty()
    }

    fn within_memory(&self) -> Result<(), Error> {
        if self.held > self.terms.in_memory { Err(Error::refused(too_long())) } else { Ok(()) }
    }

    fn begin(&mut self, head: Head) -> Result<Option<(usize, PartContent)>, Error> {
        let Some(form) = self.form else { return Ok(Some((0, self.file(head)))) };
        let Some(name) = &head.name else {
            let nameless = at_root(ViolationKind::Syntax, Sentence::NamelessPart);
            return Err(Error::invalid(self.terms.invalid_status, [nameless].into_iter().collect()));
        };
        self.held += name.len();
        self.within_memory()?;
        self.own.merge(form.refusals_of_head(name, &head));
        let known = self.keys.iter().position(|key| key.key == name);
        match known.map(|index| (index, self.keys[index])) {
            Some((_, PartKey { kind: PartKind::Value(_) | PartKind::Values(_), .. })) => {
                self.gathered = Some((head, BytesMut::new()));
            }
            Some((index, PartKey { key, kind: PartKind::File })) => {
                self.add(key, Value::from(""));
                if !self.is_wrong() {
                    return Ok(Some((index, self.file(head))));
                }
            }
            // Its content is passed over; whether it may be there the schema tells.
            None => {
                let name = name.clone();
                self.add(&name, Value::from(""));
            }
        }
        Ok(None)
    }

    fn file(&mut self, head: Head) -> PartContent {
        let number = lock(&self.shared).number;
        let content = Content { shared: Arc::clone(&self.shared), number };
        let file = FilePart::received(head, ByteStream::new(content, None));
        PartContent { file, value: Value::Null, contract: None }
    }

    /// A part that is no file is there: the values that it is.
    fn end(&mut self, head: &Head, content: &[u8]) -> Result<(), Error> {
        let name = head.name.as_deref().unwrap_or_default();
        let index = self.keys.iter().position(|key| key.key == name);
        let (Some(key), Some(form)) = (index, self.form) else { return Ok(()) };
        let value = value(head, content, form.property(name));
        let (schema, values) = match (self.keys[key].kind, value) {
            (PartKind::Values(schema), Value::Array(items)) => (schema, items),
            (PartKind::Values(schema) | PartKind::Value(schema), value) => (schema, vec![value]),
            (PartKind::File, _) => return Ok(()),
        };
        self.held = self.held.saturating_add(values.len().saturating_sub(1).saturating_mul(VALUE_COST));
        self.within_memory()?;
        for value in values {
            self.add(name, value.clone());
            self.items.push_back(Item { key, schema, value });
        }
        Ok(())
    }

    /// A value as it is handed out.
    fn content(&self, Item { schema, value, .. }: Item) -> PartContent {
        let contract = self.form.map(|form| Contract { schema, check: schema, ..form.contract });
        PartContent { file: FilePart::default(), value, contract }
    }

    fn add(&mut self, name: &str, value: Value) {
        match self.values.iter_mut().find(|(known, _)| known == name) {
            Some((_, values)) => values.push(value),
            None => self.values.push((name.to_owned(), vec![value])),
        }
    }

    /// Checks the whole.
    fn finish(&mut self) -> Result<(), Error> {
        let Some(form) = self.form else { return Ok(()) };
        let values = std::mem::take(&mut self.values).into_iter().map(|(name, mut values)| {
            let value = if values.len() == 1 { values.swap_remove(0) } else { Value::Array(values) };
            (name, value)
        });
        let found = form.contract.coerced_violations(Value::Object(values.collect::<Map<_, _>>()));
        let mut all: Violations = found.listed().iter().filter(|found| !self.is_of_content(found)).cloned().collect();
        if all.is_empty() {
            all = std::mem::take(&mut self.wrong);
        }
        all.extend(std::mem::take(&mut self.own).listed().iter().cloned());
        if all.is_empty() { Ok(()) } else { Err(Error::invalid(self.terms.invalid_status, all)) }
    }

    /// Whether a violation speaks of what a file holds, of which the schema was shown nothing.
    fn is_of_content(&self, violation: &Violation) -> bool {
        let is_file = |segment: &Segment| match segment {
            Segment::Key(name) => self.keys.iter().any(|key| key.key == name && matches!(key.kind, PartKind::File)),
            Segment::Index(_) => false,
        };
        let of_content = [
            ViolationKind::Length,
            ViolationKind::Pattern,
            ViolationKind::PatternLimit,
            ViolationKind::Format,
            ViolationKind::Enum,
            ViolationKind::DuplicateItem,
        ];
        of_content.contains(&violation.kind) && violation.path.first().is_some_and(is_file)
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shared {
    fn poll_token(&mut self, cx: &mut Context<'_>) -> Poll<Result<Token, Error>> {
        loop {
            let token = self.parser.next(self.is_end).map_err(|message| {
                let violation = at_root(ViolationKind::Syntax, message);
                Error::invalid(self.terms.invalid_status, [violation].into_iter().collect())
            })?;
            match token {
                Token::More => match ready!(self.bytes.poll_piece(cx)) {
                    Some(piece) => self.parser.feed(piece?),
                    None => self.is_end = true,
                },
                Token::Part(_) => {
                    self.number += 1;
                    self.is_within = true;
                    return Poll::Ready(Ok(token));
                }
                Token::End => {
                    self.is_within = false;
                    return Poll::Ready(Ok(token));
                }
                Token::Data(_) | Token::Done => return Poll::Ready(Ok(token)),
            }
        }
    }
}

/// The content of a file.
struct Content {
    shared: Arc<Mutex<Shared>>,
    number: usize,
}

impl Stream for Content {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut shared = lock(&self.shared);
        if shared.number != self.number {
            let message = "a part was read after the next one was asked for";
            tracing::error!(message);
            let failed = Rejection::refused(StatusCode::INTERNAL_SERVER_ERROR, Sentence::InternalServerError);
            return Poll::Ready(Some(Err(Error::refused(failed))));
        }
        if !shared.is_within {
            return Poll::Ready(None);
        }
        Poll::Ready(match ready!(shared.poll_token(cx)) {
            Ok(Token::Data(data)) => Some(Ok(data)),
            Ok(Token::Part(_) | Token::End | Token::Done | Token::More) => None,
            Err(error) => Some(Err(error)),
        })
    }
}
