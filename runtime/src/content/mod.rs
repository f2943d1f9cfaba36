//! Bodies of the media types that a document declares.
//!
//! In goes a body as bytes, out comes a typed value, and the way back. The one rule: a value is decoded by its type, fast;
//! only when that refuses it, the schema is asked for everything that is wrong.

mod choose;
mod contract;
mod events;
mod form;
mod items;
mod json;
mod macros;
mod multipart;
mod raw;
mod several;
#[cfg(feature = "xml")]
mod xml;

use bytes::Bytes;

pub(crate) use self::choose::{Chosen, choose};
pub use self::events::{EventsBody, TypedEventsBody};
pub use self::form::FormBody;
pub(crate) use self::form::{urlencoded, write_form};
pub use self::items::{Framing, ItemsBody};
pub use self::json::JsonBody;
pub(crate) use self::multipart::{Encodings, write, write_whole};
pub use self::multipart::{
    FilePart, FormPart, MultipartBody, OutgoingPart, Part, PartContent, PartHeader, PartKey, PartKind, PartTerms,
    Parts, PartsBody, part,
};
pub use self::raw::{BytesBody, TextBody};
pub use self::several::{Answer, Bodies, OneOf};
#[cfg(feature = "xml")]
pub use self::xml::XmlBody;
use crate::stream::ByteStream;
use crate::style::{Shape, Style};

/// The media types that a body may be of, and how it is read.
#[derive(Clone, Copy, Debug)]
pub struct BodyKind {
    /// Media types or ranges.
    pub media_types: &'static [&'static str],
    /// How a body is read.
    pub syntax: Syntax,
}

/// How a body is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// JSON.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// XML.
    Xml,
    /// Text.
    Text,
    /// Bytes, as a stream.
    Bytes,
    /// JSON values, as a stream.
    Items,
    /// `text/event-stream`, as a stream.
    Events,
    /// Parts, as a stream.
    Parts,
}

/// How one property of a form is written.
///
/// Generated code writes it as a literal: the tables of forms are constants, which no call of a function is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PropertyForm {
    /// As JSON; several parts of one name are a list.
    Json,
    /// As a style says.
    Styled {
        /// The style.
        style: Style,
        /// Whether each value stands for itself.
        explode: bool,
        /// What the property is.
        shape: Shape,
    },
    /// As it is, even where it calls itself JSON: a file.
    Bytes,
}

/// A body that was taken off the connection, or will be.
#[derive(Debug)]
pub(crate) struct BodyRead {
    /// The whole of it, unless it is read as a stream.
    pub(crate) bytes: Bytes,
    /// The stream that it is read as.
    pub(crate) stream: ByteStream,
    /// Which of the accepted kinds it is.
    pub(crate) index: usize,
    /// The `Content-Type`, if there was one.
    pub(crate) content_type: Option<String>,
}

impl BodyKind {
    /// Whether a body without content is one.
    pub(crate) fn may_be_empty(&self) -> bool {
        match self.syntax {
            Syntax::Form | Syntax::Text | Syntax::Bytes | Syntax::Items | Syntax::Events => true,
            Syntax::Json | Syntax::Multipart | Syntax::Xml | Syntax::Parts => false,
        }
    }

    /// Whether a body is left on the connection until it is asked for.
    pub(crate) fn is_stream(&self) -> bool {
        match self.syntax {
            Syntax::Bytes | Syntax::Items | Syntax::Events | Syntax::Parts => true,
            Syntax::Form | Syntax::Text | Syntax::Json | Syntax::Multipart | Syntax::Xml => false,
        }
    }
}
