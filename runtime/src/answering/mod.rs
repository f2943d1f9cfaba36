//! From the typed answer of a handler to bytes, in the media type that the client wants.
//!
//! A response enum enters with the exchange that it answers, a response leaves. The one rule: what the document does not
//! allow is never sent; it becomes a 500, and the log says why.

mod check;
mod declared;
mod item;
mod macros;

use http::{HeaderValue, StatusCode, header};
use stubwright_schema::{Schemas, ViolationKind};

use crate::accept::Accept;
use crate::response::{Response, failed};

pub(crate) use self::check::{log, log_all};
pub use self::declared::Declared;
pub(crate) use self::declared::is_acceptable;
pub(crate) use self::item::ItemCheck;

/// What an operation may answer. `response!` implements it.
pub trait Answers: Sized {
    /// The answers that the document declares.
    const DECLARED: &'static [Declared];

    /// The answer, for a client who asked.
    fn answer(self, exchange: &Exchange) -> Response;
}

/// An operation without types answers what it likes.
impl Answers for Response {
    const DECLARED: &'static [Declared] = &[];

    fn answer(self, _: &Exchange) -> Response {
        self
    }
}

/// The bodies of an answer, each of its own type. `contents!` implements it.
pub trait Contents: Sized {
    /// The answer with this body.
    fn answer(self, to: To<'_>) -> Response;
}

/// What is known of a request when it is answered.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// What the client accepts.
    pub(crate) accept: Accept,
    /// The operation's id.
    pub(crate) operation: &'static str,
    /// What answers are checked against; none where they are not checked.
    pub(crate) checked: Option<&'static Schemas>,
}

/// Where an answer goes, and under which status.
#[derive(Clone, Copy, Debug)]
pub struct To<'e> {
    exchange: &'e Exchange,
    /// The status.
    pub(crate) status: StatusCode,
}

impl Exchange {
    /// What the bodies of requests are written for that the server sends itself: nothing is chosen, nothing is checked.
    pub(crate) fn outgoing() -> Self {
        Self { accept: Accept::default(), operation: "", checked: None }
    }

    /// An answer of a status that the document names.
    pub const fn to(&self, status: StatusCode) -> To<'_> {
        To { exchange: self, status }
    }

    /// An answer of a status that a handler chose, within what the document declares.
    ///
    /// # Errors
    /// A 500, if the document does not declare it there.
    pub fn within(&self, declared: Declared, status: StatusCode) -> Result<To<'_>, Box<Response>> {
        if declared.has(status) {
            return Ok(self.to(status));
        }
        let detail = format!("is not within the declared {declared}");
        log(self.operation, status, "status", ViolationKind::NotAllowed, &detail);
        Err(Box::new(failed()))
    }
}

impl To<'_> {
    /// The media type that the client wants most; where it accepts none, the first.
    pub(crate) fn choose(self, media_types: &[&'static str]) -> &'static str {
        let first = media_types.first().copied().unwrap_or_default();
        if media_types.len() < 2 { first } else { self.exchange.accept.choose(media_types).unwrap_or(first) }
    }
}

/// Says that another field of this name in the request could have led to another answer (RFC 9110 section 12.5.5), unless
/// the answer says so. A name that no header can carry is passed over.
pub(crate) fn vary(response: &mut Response, name: &str) {
    let fields = response.headers().get_all(header::VARY).iter().filter_map(|field| field.to_str().ok());
    let mut names = fields.flat_map(|field| field.split(',')).map(str::trim);
    let is_said = names.any(|known| known == "*" || known.eq_ignore_ascii_case(name));
    if let Some(value) = HeaderValue::from_str(name).ok().filter(|_| !is_said && !name.is_empty()) {
        response.headers_mut().append(header::VARY, value);
    }
}
