//! What a handler is told besides its typed request.

use std::fmt;
use std::net::SocketAddr;
use std::ops::{Deref, DerefMut};

use http::{Extensions, HeaderMap, HeaderName, HeaderValue, Method, Uri, Version};

use crate::accept::Accept;
use crate::incoming::Received;
use crate::operation::OperationInfo;

/// Who is calling, what for, and everything around it.
#[derive(Debug)]
pub struct Context<P> {
    /// Who is calling: what an `authenticate_…` method gave.
    pub principal: P,

    /// What the document says of the operation.
    pub operation: &'static OperationInfo,

    /// The language that the client prefers among those of the document (RFC 4647 section 3.4).
    pub language: &'static str,

    /// What the client accepts: a handler that has an answer in several media types asks it which one to send.
    pub accept: Accept,

    /// The head of the request.
    pub head: Head,

    /// What layers put into the request.
    pub extensions: Extensions,
}

impl<P> Context<P> {
    /// A context as the router makes it of a request that says nothing but what the operation is: for tests that call a
    /// handler without a server. All fields can be set.
    ///
    /// ```
    /// use stubwright::{Context, Error, OperationInfo};
    ///
    /// static LIST_PETS: OperationInfo = OperationInfo::new("listPets", "GET", "/pets");
    ///
    /// async fn list_pets(context: Context<&str>, limit: u32) -> Result<u32, Error> {
    ///     if context.principal == "nobody" { Err(Error::forbidden("Nothing for you")) } else { Ok(limit) }
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let german = Context { language: "de", ..Context::for_test(&LIST_PETS, "somebody") };
    /// assert_eq!(list_pets(german, 3).await.unwrap(), 3);
    /// let error = list_pets(Context::for_test(&LIST_PETS, "nobody"), 3).await.unwrap_err();
    /// assert_eq!(error.status(), 403);
    /// # });
    /// ```
    pub fn for_test(operation: &'static OperationInfo, principal: P) -> Self {
        let head = RequestHead {
            method: Method::from_bytes(operation.method.as_bytes()).unwrap_or_default(),
            uri: Uri::from_static("/"),
            version: Version::HTTP_11,
            headers: HeaderMap::new(),
        };
        let accept = Accept::of(&head.headers);
        let (head, extensions) = (head.into(), Extensions::new());
        Self { principal, operation, language: "en", accept, head, extensions }
    }

    /// The other end of the connection, if the server told: [`serve`](crate::serve) does. It is the [`Peer`] of the
    /// extensions.
    pub fn peer(&self) -> Option<SocketAddr> {
        self.extensions.get::<Peer>().map(|peer| peer.0)
    }
}

/// Everything of a request that stands before its body.
///
/// `Debug` shows neither credentials nor the query, which may hold one.
#[derive(Clone)]
pub struct RequestHead {
    /// The method.
    pub method: Method,

    /// The target, as sent: nothing is decoded.
    pub uri: Uri,

    /// The version of HTTP.
    pub version: Version,

    /// The header fields.
    pub headers: HeaderMap,
}

/// The head of a request, where the router put it: a context is moved often, and a head is large.
///
/// ```
/// use stubwright::{Context, OperationInfo, RequestHead};
///
/// static LIST_PETS: OperationInfo = OperationInfo::new("listPets", "GET", "/pets");
///
/// let context = Context::for_test(&LIST_PETS, ());
/// let head = RequestHead { uri: "/pets?limit=3".parse()?, ..RequestHead::clone(&context.head) };
/// let context = Context { head: head.into(), ..context };
/// assert_eq!(context.head.uri.query(), Some("limit=3"));
/// # Ok::<(), http::uri::InvalidUri>(())
/// ```
pub struct Head(Place);

/// Where a head is.
enum Place {
    Alone(Box<RequestHead>),
    Received(Box<Received>),
}

impl Head {
    pub(crate) fn received(request: Box<Received>) -> Self {
        Self(Place::Received(request))
    }
}

impl From<RequestHead> for Head {
    fn from(head: RequestHead) -> Self {
        Self(Place::Alone(Box::new(head)))
    }
}

impl Deref for Head {
    type Target = RequestHead;

    fn deref(&self) -> &RequestHead {
        match &self.0 {
            Place::Alone(head) => head,
            Place::Received(request) => request.head(),
        }
    }
}

impl DerefMut for Head {
    fn deref_mut(&mut self) -> &mut RequestHead {
        match &mut self.0 {
            Place::Alone(head) => head,
            Place::Received(request) => request.head_mut(),
        }
    }
}

impl fmt::Debug for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        RequestHead::fmt(self, f)
    }
}

/// The address of the other end of the connection, in the extensions of a request.
///
/// [`serve`](crate::serve) puts it there; behind another server a layer may do so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub SocketAddr);

impl fmt::Debug for RequestHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestHead")
            .field("method", &self.method)
            .field("path", &self.uri.path())
            .field("query", &self.uri.query().map(|_| Redacted))
            .field("version", &self.version)
            .field("headers", &Headers(&self.headers))
            .finish()
    }
}

struct Headers<'a>(&'a HeaderMap);

impl fmt::Debug for Headers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |(name, value)| (name, if is_secret(name, value) { &Redacted as &dyn fmt::Debug } else { value });
        f.debug_map().entries(self.0.iter().map(shown)).finish()
    }
}

struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("redacted")
    }
}

/// Whether a header may hold a credential, judged by words that such headers have in their names.
fn is_secret(name: &HeaderName, value: &HeaderValue) -> bool {
    const WORDS: [&str; 8] = ["auth", "cookie", "key", "token", "secret", "session", "password", "credential"];
    value.is_sensitive() || WORDS.iter().any(|word| name.as_str().contains(word))
}
