//! Multipart bodies as streams of typed parts.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde_json::Value;
use stubwright_schema::{Sentence, ViolationKind, Violations};

use super::file::FilePart;
use super::parser::Parser;
use super::reading::Reading;
use super::write::{self, OutgoingPart};
use super::{MultipartBody, read_parts};
use crate::answer;
use crate::answering::To;
use crate::content::contract::Contract;
use crate::content::{Answer, BodyKind, Syntax};
use crate::error::Error;
use crate::incoming::{Incoming, Terms, at_root};
use crate::json::Json;
use crate::request::{Origin, Sent, Source};
use crate::response::Response;
use crate::stream::{ByteStream, Exclusive, Items};

/// The parts of a multipart body, in their order: of a request while it comes, or of a response.
///
/// A request's part is read when it is asked for. Files are streams; every other part is checked before the handler gets
/// it. Once a part is wrong, no further one is handed out; what is missing or too much shows at the end. The error holds
/// everything that is wrong; `?` makes it the answer.
///
/// ```
/// use stubwright::{FilePart, Parts};
///
/// let parts = Parts::from_iter([FilePart::new("content").name("a")]);
/// # let _ = parts;
/// ```
pub struct Parts<P>(Kind<P>);

enum Kind<P> {
    Received(Box<Reading>),
    Given(Exclusive<P>),
    Over,
}

/// A part of a body. `parts!` implements it.
pub trait Part: Sized + Send + 'static {
    /// The parts that the document names. None: it is any part.
    const KEYS: &'static [PartKey];

    /// How the whole is typed.
    const FORM: Option<MultipartBody>;

    /// The part of a key.
    ///
    /// # Errors
    /// What is wrong with it.
    fn read(index: usize, content: PartContent) -> Result<Self, Violations>;

    /// The way back.
    fn write(self) -> OutgoingPart;
}

/// A part of a body that can be read as a struct. `parts!` implements it.
pub trait FormPart: Part {
    /// The struct.
    type Form: Json;
}

/// A part that the document names.
#[derive(Clone, Copy, Debug)]
pub struct PartKey {
    /// The name.
    pub key: &'static str,
    /// What it is.
    pub kind: PartKind,
}

/// What a part is.
#[derive(Clone, Copy, Debug)]
pub enum PartKind {
    /// A file.
    File,
    /// A value, with the number of its schema.
    Value(u32),
    /// An item of a list, with the number of its schema; a part that is a JSON array holds several.
    Values(u32),
}

/// What a part holds.
#[derive(Debug)]
pub struct PartContent {
    pub(super) file: FilePart,
    pub(super) value: Value,
    pub(super) contract: Option<Contract>,
}

/// What the content of a part becomes, and the way back.
pub mod part {
    use super::{FilePart, Json, OutgoingPart, PartContent, Sentence, ViolationKind, Violations, at_root, write};

    /// A file.
    ///
    /// # Errors
    /// Never; values can be wrong.
    pub fn file(content: PartContent) -> Result<FilePart, Violations> {
        Ok(content.file)
    }

    /// A value.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn value<T: Json>(content: PartContent) -> Result<T, Violations> {
        let no_value = || [at_root(ViolationKind::Type, Sentence::NoValue)].into_iter().collect();
        let PartContent { value, contract, .. } = content;
        contract.ok_or_else(no_value).and_then(|contract| contract.decode_lenient(value))
    }

    /// A file of a response.
    pub fn write_file(key: &'static str, file: FilePart) -> OutgoingPart {
        OutgoingPart::file(FilePart { name: key.to_owned(), ..file })
    }

    /// A value of a response.
    pub fn write_value<T: Json>(key: &'static str, value: &T) -> OutgoingPart {
        write::value(key, value)
    }
}

impl Part for FilePart {
    const KEYS: &'static [PartKey] = &[];
    const FORM: Option<MultipartBody> = None;

    fn read(_: usize, content: PartContent) -> Result<Self, Violations> {
        Ok(content.file)
    }

    fn write(self) -> OutgoingPart {
        OutgoingPart::file(self)
    }
}

impl<P: Part> Parts<P> {
    /// The next part, once its head is there; `None` at the end.
    ///
    /// # Errors
    /// What stopped the body, or what is wrong with it, as the answer to the request.
    pub async fn next(&mut self) -> Result<Option<P>, Error> {
        poll_fn(|cx| self.poll_part(cx)).await.transpose()
    }

    /// The parts that another stream gives.
    pub fn from_stream<S, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<P, E>> + Send + 'static,
        E: Into<Error> + 'static,
    {
        Self(Kind::Given(Items::from_stream(stream).into_inner()))
    }

    fn received(bytes: ByteStream, content_type: &str, terms: Terms) -> Result<Self, Violations> {
        let parser = Parser::new(content_type)
            .map_err(|message| [at_root(ViolationKind::Syntax, message)].into_iter().collect::<Violations>())?;
        Ok(Self(Kind::Received(Box::new(Reading::new(bytes, parser, P::FORM, P::KEYS, terms)))))
    }

    pub(super) fn poll_part(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<P, Error>>> {
        let part = match &mut self.0 {
            Kind::Over => return Poll::Ready(None),
            Kind::Given(parts) => ready!(parts.poll_next(cx)),
            Kind::Received(reading) => loop {
                match ready!(reading.poll_next(cx)) {
                    Ok(Some((index, content))) => match P::read(index, content) {
                        Ok(part) => break Some(Ok(part)),
                        Err(violations) => reading.refuse(index, violations),
                    },
                    Ok(None) => break None,
                    Err(error) => break Some(Err(error)),
                }
            },
        };
        if !matches!(part, Some(Ok(_))) {
            self.0 = Kind::Over;
        }
        Poll::Ready(part)
    }
}

impl<P: FormPart + Unpin> Parts<P> {
    /// The parts of a struct, files too.
    pub fn from_form(form: &P::Form) -> Self {
        let Some(body) = P::FORM else { return Self(Kind::Over) };
        let contents = write::contents(form, P::KEYS, &body).into_iter();
        let parts = contents.filter_map(|(index, content)| {
            // What was a value of the struct is one of the part.
            P::read(index, content).inspect_err(|_| tracing::error!("a part of a form has no value")).ok()
        });
        parts.collect()
    }

    /// All parts that are left as one struct, files too, if they have no more than `limit` bytes together.
    ///
    /// # Errors
    /// 413 if there are more, and what stopped the body or is wrong with it.
    pub async fn collect(self, limit: usize) -> Result<P::Form, Error> {
        let (parts, invalid_status) = match self.0 {
            Kind::Received(reading) if !reading.is_begun() => reading.into_parts(limit).await?,
            Kind::Received(_) | Kind::Given(_) | Kind::Over => {
                let message = "only the parts of a request are read as a struct, before one is taken";
                return Err(Error::from(std::io::Error::other(message)));
            }
        };
        let none = || at_root(ViolationKind::Type, Sentence::NoForm);
        let form = P::FORM.ok_or_else(|| [none()].into_iter().collect::<Violations>());
        form.and_then(|form| read_parts(&form, &parts)).map_err(|violations| Error::invalid(invalid_status, violations))
    }
}

impl<P: Part + Unpin> FromIterator<P> for Parts<P> {
    fn from_iter<I: IntoIterator<Item = P>>(parts: I) -> Self {
        Self(Kind::Given(Items::from_iter(parts).into_inner()))
    }
}

impl<P: Part> Stream for Parts<P> {
    type Item = Result<P, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_part(cx)
    }
}

impl<P> Unpin for Parts<P> {}

impl<P> fmt::Debug for Parts<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts").finish_non_exhaustive()
    }
}

/// A body that is a stream of parts.
#[derive(Clone, Copy, Debug)]
pub struct PartsBody<P> {
    media_types: &'static [&'static str],
    part: PhantomData<fn() -> P>,
}

impl<P> PartsBody<P> {
    /// A body of one of these media types.
    pub const fn new(media_types: &'static [&'static str]) -> Self {
        Self { media_types, part: PhantomData }
    }

    /// Where it comes from.
    pub const fn origin(&self) -> Origin {
        Origin::Body(self.accept())
    }

    /// What it is.
    pub const fn accept(&self) -> BodyKind {
        BodyKind { media_types: self.media_types, syntax: Syntax::Parts }
    }
}

impl<P: Part> Answer<Parts<P>> for PartsBody<P> {
    fn answer(&self, to: To<'_>, body: Parts<P>) -> Response {
        answer::parts(to, answer::sendable(self.media_types, &["multipart/mixed"]), body)
    }
}

impl<P: Part> Source<Parts<P>> for PartsBody<P> {
    fn place(&self) -> Origin {
        self.origin()
    }

    fn read(&self, incoming: &mut Incoming) -> Sent<Parts<P>> {
        let Some(body) = incoming.body_read() else { return Sent::Nothing };
        let terms = incoming.stream_terms();
        incoming.settle(Parts::received(body.stream, &body.content_type.unwrap_or_default(), terms))
    }
}
