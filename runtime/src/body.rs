//! Bodies whose type the document does not tell.

use bytes::Bytes;
use http::{HeaderValue, header};
use serde::Serialize;

use crate::response::Response;
use crate::shape::Asked;
use crate::stream::ByteStream;

/// A body that the document declares no type for: bytes and what they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UntypedBody {
    /// The media type.
    pub content_type: HeaderValue,

    /// The content.
    pub bytes: Bytes,
}

impl UntypedBody {
    /// A JSON body.
    ///
    /// A value that JSON cannot hold (a map whose keys are no strings) becomes `null`, and the log says why.
    ///
    /// ```
    /// let body = stubwright::UntypedBody::json(&[1, 2]);
    /// assert_eq!(body.content_type, "application/json");
    /// assert_eq!(body.bytes, "[1,2]");
    /// ```
    pub fn json(value: &impl Serialize) -> Self {
        let bytes = serde_json::to_vec(value).unwrap_or_else(|error| {
            tracing::error!(%error, "a body cannot be written as JSON");
            b"null".to_vec()
        });
        Self { content_type: HeaderValue::from_static("application/json"), bytes: bytes.into() }
    }

    /// A text body.
    ///
    /// ```
    /// let body = stubwright::UntypedBody::text("gone");
    /// assert_eq!(body.content_type, "text/plain; charset=utf-8");
    /// ```
    pub fn text(text: impl Into<String>) -> Self {
        Self { content_type: HeaderValue::from_static("text/plain; charset=utf-8"), bytes: text.into().into() }
    }

    /// Makes this the body of a response, whatever else was to be.
    pub(crate) fn fill(self, response: &mut Response) {
        response.extensions_mut().remove::<Asked>();
        response.headers_mut().insert(header::CONTENT_TYPE, self.content_type);
        *response.body_mut() = self.bytes.into();
    }
}

/// A body of any media type of a range, as a response streams it: bytes and what they are.
///
/// ```
/// use http::HeaderValue;
/// use stubwright::UntypedStream;
///
/// let picture = UntypedStream::new(HeaderValue::from_static("image/png"), vec![1, 2]);
/// assert_eq!(picture.bytes.length(), Some(2));
/// ```
#[derive(Debug)]
pub struct UntypedStream {
    /// The media type.
    pub content_type: HeaderValue,

    /// The content.
    pub bytes: ByteStream,
}

impl UntypedStream {
    /// A body of a media type.
    pub fn new(content_type: HeaderValue, bytes: impl Into<ByteStream>) -> Self {
        Self { content_type, bytes: bytes.into() }
    }

    /// Makes this the body of a response.
    pub(crate) fn fill(self, response: &mut Response) {
        response.headers_mut().insert(header::CONTENT_TYPE, self.content_type);
        *response.body_mut() = self.bytes.into_body();
    }
}

impl From<UntypedBody> for UntypedStream {
    fn from(body: UntypedBody) -> Self {
        Self { content_type: body.content_type, bytes: body.bytes.into() }
    }
}
