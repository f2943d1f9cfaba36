//! Operations: requests, responses and traits.

use crate::ir::{
    AskedBody, CheckId, Contents, Docs, EdgeAnswer, ErrorShape, Gate, Ident, ParameterPlace, ParameterStyle, Presence,
    Status, Type, UrlPart,
};

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
    /// The permissions that a caller needs.
    pub required_permission: Vec<String>,
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
