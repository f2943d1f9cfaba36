//! Bodies of the media types that a document declares.
//!
//! In goes a body as bytes, out comes a typed value, and the way back. The one rule: a value is decoded by its type, fast;
//! only when that refuses it, the schema is asked for everything that is wrong.

mod choose;
mod contract;
mod form;
mod json;
mod macros;
mod multipart;
mod parts;
mod raw;
mod several;
#[cfg(feature = "xml")]
mod xml;

use bytes::Bytes;

pub(crate) use self::choose::{Chosen, choose};
pub use self::form::FormBody;
pub(crate) use self::form::urlencoded;
pub use self::json::JsonBody;
pub use self::multipart::MultipartBody;
pub use self::raw::{BytesBody, TextBody};
pub use self::several::{Bodies, OneOf};
#[cfg(feature = "xml")]
pub use self::xml::XmlBody;
use crate::style::{Shape, Style};

/// The media types that a body may be of, and how it is read.
#[derive(Clone, Copy, Debug)]
pub struct Accept {
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
    /// Bytes.
    Bytes,
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

/// A body that was taken off the connection.
#[derive(Debug)]
pub(crate) struct BodyRead {
    pub(crate) bytes: Bytes,
    /// Which of the accepted kinds it is.
    pub(crate) index: usize,
    /// The `Content-Type`, if there was one.
    pub(crate) content_type: Option<String>,
}

impl Accept {
    /// Whether a body without content is one.
    pub(crate) fn may_be_empty(&self) -> bool {
        match self.syntax {
            Syntax::Form | Syntax::Text | Syntax::Bytes => true,
            Syntax::Json | Syntax::Multipart | Syntax::Xml => false,
        }
    }
}
