//! A part that is a file.

use std::fmt;

use http::{HeaderMap, HeaderValue};

use super::head::Head;
use crate::stream::ByteStream;

/// A part of a multipart body whose content is a stream of bytes: a file, or any part of a body whose parts the document
/// does not type.
///
/// In a request its content comes off the connection while it is read; what is not read when the next part is asked for is
/// passed over.
///
/// ```
/// use stubwright::FilePart;
///
/// let file = FilePart::new("content").file_name("a.txt").content_type(http::HeaderValue::from_static("text/plain"));
/// assert_eq!((file.file_name.as_deref(), file.body.length()), (Some("a.txt"), Some(7)));
/// ```
#[derive(Default)]
pub struct FilePart {
    /// The name of the part; empty where it has none. In a response the document gives it, where it types the part.
    pub name: String,

    /// The name of the file, as the client calls it: it may hold a path, or anything else.
    pub file_name: Option<String>,

    /// The media type.
    pub content_type: Option<HeaderValue>,

    /// All header fields of the part. In a response these are the fields besides `Content-Disposition` and `Content-Type`.
    pub headers: HeaderMap,

    /// The content.
    pub body: ByteStream,
}

impl FilePart {
    /// A part with this content.
    pub fn new(body: impl Into<ByteStream>) -> Self {
        Self { body: body.into(), ..Self::default() }
    }

    /// The same, with a name, where the document does not give it.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The same, with the name of the file.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The same, with a media type. Without one it is `application/octet-stream`.
    #[must_use]
    pub fn content_type(mut self, content_type: HeaderValue) -> Self {
        self.content_type = Some(content_type);
        self
    }

    /// A part as it came.
    pub(super) fn received(head: Head, body: ByteStream) -> Self {
        let headers = head.headers();
        let content_type = headers.get(http::header::CONTENT_TYPE).cloned();
        Self { name: head.name.unwrap_or_default(), file_name: head.file_name, content_type, headers, body }
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FilePart")
            .field("name", &self.name)
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}
