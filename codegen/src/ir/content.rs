//! What bodies hold, and how that is written.

use crate::ir::{CheckId, Ident, ParameterStyle, Type, XmlRoot};
use crate::source::Span;

/// The bodies that a request or response may have.
#[derive(Clone, Debug)]
pub(crate) enum Contents {
    /// One media type, or several that are read alike.
    One(Content),
    /// An enum with a variant for each.
    Several {
        /// Its name; it stands in `operations`.
        name: Ident,
        /// The variants.
        variants: Vec<ContentVariant>,
    },
}

/// A variant of an enum of bodies.
#[derive(Clone, Debug)]
pub(crate) struct ContentVariant {
    /// The name.
    pub name: Ident,
    /// What it holds.
    pub content: Content,
}

/// A body of one form.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    /// The media types or ranges, as declared: the first is the one that is sent to a client who wants none of them more.
    pub media_types: Vec<String>,
    /// The forms of other media types, which say a value of the same type: in responses only.
    pub others: Vec<ContentForm>,
    /// How it is read and written, and its type.
    pub form: ContentForm,
}

/// How a body is read and written.
#[derive(Clone, Debug)]
pub(crate) enum ContentForm {
    /// JSON.
    Json {
        /// The type.
        ty: Type,
        /// The schema that explains what is wrong with a value.
        schema: CheckId,
        /// The schema that a value is checked against even when it fits the type.
        check: Option<CheckId>,
    },
    /// `application/x-www-form-urlencoded`.
    Form {
        /// The type.
        ty: Type,
        /// The schema of the value.
        schema: CheckId,
        /// The schema that a value is checked against even when it fits the type.
        check: Option<CheckId>,
        /// The properties that are not written in the default style: OpenAPI 3.1.1 section 4.8.15.1.
        encoding: Vec<PropertyEncoding>,
    },
    /// `multipart/form-data` with typed parts.
    Multipart {
        /// The type.
        ty: Type,
        /// The schema of the value.
        schema: CheckId,
        /// The schema that a value is checked against even when it fits the type.
        check: Option<CheckId>,
        /// The properties that are not written as their type alone says.
        encoding: Vec<PropertyEncoding>,
        /// What the heads of parts must say.
        terms: Box<[PartTerms]>,
        /// Where a part is a file: the stream of parts that the body is instead of one value.
        parts: Option<Parts>,
    },
    /// Any other multipart body: a stream of parts without types.
    Parts,
    /// XML.
    Xml {
        /// The type.
        ty: Type,
        /// The schema of the value.
        schema: CheckId,
        /// The schema that a value is checked against even when it fits the type.
        check: Option<CheckId>,
        /// Its root element.
        root: XmlRoot,
    },
    /// Text: a `String`.
    Text {
        /// The schema that it is checked against, as the scalar that it writes.
        check: Option<CheckId>,
    },
    /// Bytes, as they come: a stream.
    Bytes,
    /// A stream of typed items.
    Items {
        /// How items are told apart.
        framing: Framing,
        /// The type of an item.
        ty: Type,
        /// The schema of an item.
        schema: CheckId,
        /// The schema of what the type of an item does not say and check itself.
        check: Option<CheckId>,
    },
}

/// The parts of a multipart body.
#[derive(Clone, Debug)]
pub(crate) struct Parts {
    /// The name of their enum; it stands in `operations`.
    pub name: Ident,
    /// The place of the body.
    pub place: Span,
    /// The parts.
    pub all: Vec<Part>,
}

/// A part of a multipart body.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// The variant.
    pub name: Ident,
    /// The property's key.
    pub key: String,
    /// The type of one part.
    pub ty: Type,
    /// What it is.
    pub kind: PartKind,
}

/// What a part of a multipart body is.
#[derive(Clone, Debug)]
pub(crate) enum PartKind {
    /// A file: a stream of bytes.
    File,
    /// A value, with its schema.
    Value(CheckId),
    /// An item of a list, with its schema.
    Item(CheckId),
}

/// What the head of a part must say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PartTerms {
    /// The property's key.
    pub key: String,
    /// The media types that the part may be of; none means any.
    pub media_types: Vec<String>,
    /// Its header fields.
    pub headers: Vec<PartHeader>,
}

/// A header field of a part: a scalar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PartHeader {
    /// The field's name.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// Its schema.
    pub schema: CheckId,
}

/// How the items of a stream are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// JSON Lines: each is a line.
    Lines,
    /// RFC 7464: each begins with U+001E.
    Sequence,
    /// Server-sent events; an item is the data of one, as JSON.
    EventsOfJson,
    /// Server-sent events; an item is the data of one, a string as it is.
    EventsOfText,
    /// Server-sent events; an item is an object whose properties are the fields of one (OpenAPI 3.2.0 section 4.14.4).
    TypedEvents,
}

/// How one property of a form or multipart body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PropertyEncoding {
    /// The property's key.
    pub key: String,
    /// Its form.
    pub form: PropertyForm,
}

/// The form of a property within a form or multipart body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PropertyForm {
    /// JSON.
    Json,
    /// Written by a style.
    Styled {
        /// `style`.
        style: ParameterStyle,
        /// `explode`.
        explode: bool,
    },
    /// Bytes, which the type holds as base64: a file.
    Bytes,
}
