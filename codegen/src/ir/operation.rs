//! Operations: requests, responses and traits.

use crate::ir::{
    AskedBody, CheckId, Docs, EdgeAnswer, ErrorShape, Gate, Ident, ParameterPlace, ParameterStyle, Presence, Status,
    Type, UrlPart, XmlRoot,
};
use crate::source::Span;

/// A trait.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// The trait's name.
    pub name: Ident,
    /// The name of a variable that holds an implementation.
    pub variable: Ident,
    /// What it groups.
    pub docs: Docs,
    /// Indices into [`Ir::operations`](crate::ir::Ir::operations).
    pub operations: Vec<usize>,
}

/// An operation.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// The name of its method.
    pub name: Ident,
    /// The name of its constant.
    pub constant: Ident,
    /// The name of its request struct.
    pub request: Ident,
    /// The name of its response enum.
    pub response: Ident,
    /// What it does.
    pub docs: Docs,
    /// The operation's id in the document, or its method's name.
    pub id: String,
    /// The method.
    pub method: String,
    /// The path template, without the query and fragment that some documents write behind it.
    pub path: String,
    /// What the query must have for this operation, where the document writes it into the path: a parameter, and its value
    /// where one is given.
    pub query: Vec<(String, Option<String>)>,
    /// The tags.
    pub tags: Vec<String>,
    /// Whether clients should stop using it.
    pub deprecated: bool,
    /// Whether it cannot be typed: then it has neither parameters nor a body nor responses, its handler gets the request
    /// as it is, and answers what it likes.
    pub is_raw: bool,
    /// Whether a request can reach it: an earlier operation may answer the same requests.
    pub is_reachable: bool,
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The responses, in document order.
    pub responses: Vec<Response>,
    /// Who may call it.
    pub gate: Gate,
    /// The status of the answer to an invalid request.
    pub invalid_status: u16,
    /// How its error bodies look, unless it is said otherwise for a status.
    pub error_shape: ErrorShape,
    /// How they look for single statuses.
    pub error_shapes: Vec<(u16, ErrorShape)>,
    /// The errors whose bodies an implementation is asked for, by their statuses.
    pub asked: Vec<AskedBody>,
    /// What the server answers on its own.
    pub edge: Vec<EdgeAnswer>,
}

/// A request that the server sends.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    /// When.
    pub kind: OutgoingKind,
    /// What is sent. It has no responses.
    pub operation: Operation,
}

/// When a request is sent.
#[derive(Clone, Debug)]
pub(crate) enum OutgoingKind {
    /// To whom registered for it.
    Webhook,
    /// To whom asked for it by another request.
    Callback {
        /// What the URL is made of, where the document says so.
        url: Option<Vec<UrlPart>>,
    },
}

/// A parameter.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// The field of the request struct.
    pub name: Ident,
    /// The parameter's name.
    pub key: String,
    /// Where it is sent.
    pub place: ParameterPlace,
    /// How it is written.
    pub form: ParameterForm,
    /// What it is.
    pub docs: Docs,
    /// The type.
    pub ty: Type,
    /// Whether it may be absent. It is never null.
    pub presence: Presence,
    /// Whether an empty value says that it is not there.
    pub is_unused_if_empty: bool,
    /// The schema that its value is checked against, where the type alone does not.
    pub check: Option<CheckId>,
}

/// How a parameter or header is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ParameterForm {
    /// One value as text: a string, number, boolean or an enum of them.
    Scalar {
        /// `style`: `label` and `matrix` write something in front of the value.
        style: ParameterStyle,
    },
    /// An array, an object, or a union.
    Styled {
        /// `style`.
        style: ParameterStyle,
        /// `explode`.
        explode: bool,
    },
    /// JSON in the text.
    Json,
    /// Urlencoded pairs: a `querystring` parameter of that media type.
    Form,
}

/// A request body.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// The field of the request struct.
    pub name: Ident,
    /// What it is.
    pub docs: Docs,
    /// What it may be: one media type, or an enum with a variant for each.
    pub content: Contents,
    /// Whether a request must have one.
    pub required: bool,
}

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
    Text,
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
    /// A file: a stream of bytes, of one of these media types; none means any.
    File(Vec<String>),
    /// A value, with its schema.
    Value(CheckId),
    /// An item of a list, with its schema.
    Item(CheckId),
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

/// A declared response.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    /// The variant's name.
    pub name: Ident,
    /// For which status.
    pub status: Status,
    /// What it means.
    pub docs: Docs,
    /// Its header fields: the name of a struct in `operations`, and its fields.
    pub headers: Option<Headers>,
    /// What it holds.
    pub body: ResponseBody,
}

/// The header fields of a response.
#[derive(Clone, Debug)]
pub(crate) struct Headers {
    /// The struct's name.
    pub name: Ident,
    /// Its fields.
    pub fields: Vec<Header>,
}

/// A header field of a response.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    /// The name of the struct's field.
    pub name: Ident,
    /// The field's name.
    pub key: String,
    /// What it is.
    pub docs: Docs,
    /// The type.
    pub ty: Type,
    /// Whether it is always sent.
    pub required: bool,
    /// How it is written.
    pub form: ParameterForm,
    /// The schema that its value is checked against, where that says more than the type.
    pub check: Option<CheckId>,
}

/// What a response holds.
#[derive(Clone, Debug)]
pub(crate) enum ResponseBody {
    /// Nothing: the status allows no body.
    None,
    /// Whatever the handler sends: the document declares no `content`.
    Untyped,
    /// What the document declares.
    Typed(Contents),
}
