//! Operations: what is asked, and what may be answered.

use crate::document::Node;
use crate::model::{SchemaId, SecurityRequirement, Spanned, Template, Text, UrlPart};
use crate::source::Span;

/// An Operation Object, OpenAPI 3.1.1 section 4.8.10.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    /// The place of the method's key.
    pub span: Span,
    /// The key of the path, as it is written.
    pub path: Spanned<String>,
    /// The path template, without what the key says of the query.
    pub template: Template,
    /// The members of the query that a request must have to be meant: `action` and `x` for the key `/a?action=x`. Keys
    /// with `#action=x` say the same, since no fragment is ever sent.
    pub query: Vec<(String, Option<String>)>,
    /// The method: in capitals, but for a method that `additionalOperations` of 3.2 writes otherwise.
    pub method: String,
    /// The `operationId`.
    pub id: Option<Spanned<String>>,
    /// The name given by `x-rust-name`.
    pub rust_name: Option<Spanned<String>>,
    /// The permissions that a caller needs: `x-required-permission`.
    pub required_permission: Vec<Spanned<String>>,
    /// The tags.
    pub tags: Vec<Spanned<String>>,
    /// In short.
    pub summary: Option<Text>,
    /// In full.
    pub description: Option<Text>,
    /// Whether clients should stop using it.
    pub deprecated: bool,
    /// The parameters: the path's and the operation's own.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub request_body: Option<RequestBody>,
    /// The responses, in document order.
    pub responses: Vec<Response>,
    /// Whether a reference in it leads to nothing, schemas aside.
    pub is_broken: bool,
    /// The alternatives of credentials: the operation's own, or else the document's. None means that no credential is
    /// needed.
    pub security: Vec<SecurityRequirement>,
}

/// A request that a server sends.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    /// What makes it send it.
    pub cause: Cause,
    /// What is sent. Its template holds the parameters of the URL, as far as the document gives one.
    pub operation: Operation,
}

/// What makes a server send a request.
#[derive(Clone, Debug)]
pub(crate) enum Cause {
    /// A webhook, by its key.
    Webhook(Spanned<String>),
    /// A callback.
    Callback {
        /// Its key under `callbacks`.
        name: Spanned<String>,
        /// The URL, as its own key gives it; nothing where that cannot be read.
        url: Option<Vec<UrlPart>>,
    },
}

/// A Parameter Object, OpenAPI 3.1.1 section 4.8.12.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// The name.
    pub name: Spanned<String>,
    /// The name given by `x-rust-name`.
    pub rust_name: Option<Spanned<String>>,
    /// Where it is sent.
    pub place: ParameterPlace,
    /// Whether a request must have it.
    pub required: bool,
    /// Whether clients should stop sending it.
    pub deprecated: bool,
    /// Whether a client may send it empty instead of leaving it out.
    pub allow_empty: bool,
    /// What it is.
    pub description: Option<Text>,
    /// Its type, and how it is written.
    pub value: ParameterValue,
}

/// How the value of a parameter or header is described.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ParameterValue {
    /// By a schema and a style.
    Schema {
        /// Its type.
        schema: SchemaId,
        /// `style`.
        style: ParameterStyle,
        /// `explode`.
        explode: bool,
        /// `allowReserved`.
        allow_reserved: bool,
    },
    /// By a media type.
    Content {
        /// The media type.
        media_type: Spanned<String>,
        /// Its type; any value where there is none.
        schema: Option<SchemaId>,
    },
}

impl ParameterValue {
    /// The type, where one is given.
    pub(crate) fn schema(&self) -> Option<SchemaId> {
        match self {
            Self::Schema { schema, .. } => Some(*schema),
            Self::Content { schema, .. } => *schema,
        }
    }
}

/// How arrays and objects are written, OpenAPI 3.1.1 section 4.8.12.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ParameterStyle {
    /// `;name=value`.
    Matrix,
    /// `.value`.
    Label,
    /// `value,value`.
    Simple,
    /// `name=value`.
    Form,
    /// `value value`.
    SpaceDelimited,
    /// `value|value`.
    PipeDelimited,
    /// `name[key]=value`.
    DeepObject,
    /// `name=value` in a `Cookie` field, as it stands (OpenAPI 3.2.0 section 4.12.3).
    Cookie,
}

impl ParameterStyle {
    /// The styles by their names in documents.
    pub(crate) const NAMES: [(&str, Self); 8] = [
        ("matrix", Self::Matrix),
        ("label", Self::Label),
        ("simple", Self::Simple),
        ("form", Self::Form),
        ("spaceDelimited", Self::SpaceDelimited),
        ("pipeDelimited", Self::PipeDelimited),
        ("deepObject", Self::DeepObject),
        ("cookie", Self::Cookie),
    ];

    /// The name in documents.
    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, style)| *style == self).map_or("", |(name, _)| name)
    }

    /// Whether `explode` is true where nothing is said, OpenAPI 3.1.1 section 4.8.12.2.
    pub(crate) const fn explodes(self) -> bool {
        match self {
            Self::Form | Self::Cookie => true,
            Self::Matrix
            | Self::Label
            | Self::Simple
            | Self::SpaceDelimited
            | Self::PipeDelimited
            | Self::DeepObject => false,
        }
    }
}

impl Parameter {
    /// What tells the parameters of an operation apart, OpenAPI 3.1.1 section 4.8.12. The names of header fields are
    /// case-insensitive (RFC 9110 section 5.1).
    pub(crate) fn identity(&self) -> (ParameterPlace, String) {
        let name = match self.place {
            ParameterPlace::Header => self.name.value.to_ascii_lowercase(),
            ParameterPlace::Path | ParameterPlace::Query | ParameterPlace::QueryString | ParameterPlace::Cookie => {
                self.name.value.clone()
            }
        };
        (self.place, name)
    }
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ParameterPlace {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// It is the whole query (OpenAPI 3.2.0 section 4.12.1).
    QueryString,
    /// In a header field.
    Header,
    /// In a cookie.
    Cookie,
}

impl ParameterPlace {
    /// The value of `in`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::QueryString => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// A Request Body Object, OpenAPI 3.1.1 section 4.8.13.
#[derive(Clone, Debug)]
pub(crate) struct RequestBody {
    /// Its place.
    pub span: Span,
    /// Whether a request must have one.
    pub required: bool,
    /// What it is.
    pub description: Option<Text>,
    /// What it may be.
    pub content: Vec<MediaType>,
}

/// A Media Type Object with its key, OpenAPI 3.1.1 section 4.8.14.
#[derive(Clone, Debug)]
pub(crate) struct MediaType {
    /// The media type, or a range of them.
    pub name: Spanned<String>,
    /// The body's type.
    pub schema: Option<SchemaId>,
    /// The values that the document shows for it.
    pub examples: Vec<Node>,
    /// `itemSchema` of 3.2: the type of each item of a sequential media type.
    pub item_schema: Option<SchemaId>,
    /// `encoding`: how single properties are sent.
    pub encoding: Vec<Encoding>,
    /// `prefixEncoding` of 3.2: how the first parts are sent. Their names are empty.
    pub prefix_encoding: Vec<Encoding>,
    /// `itemEncoding` of 3.2: how the other parts are sent. Its name is empty.
    pub item_encoding: Option<Encoding>,
}

/// An Encoding Object with its key, OpenAPI 3.1.1 section 4.8.15.
#[derive(Clone, Debug)]
pub(crate) struct Encoding {
    /// The property.
    pub property: Spanned<String>,
    /// `contentType`: media types, separated by commas.
    pub content_type: Option<Spanned<String>>,
    /// `headers` of the part.
    pub headers: Vec<Header>,
    /// `style`, where it is given.
    pub style: Option<ParameterStyle>,
    /// `explode`; without one, whether the style explodes on its own.
    pub explode: bool,
    /// `encoding` of 3.2: how the properties of the part are sent, where it is multipart itself.
    pub parts: Vec<Encoding>,
    /// `prefixEncoding` of 3.2, for a part that is multipart itself.
    pub prefix_parts: Vec<Encoding>,
    /// `itemEncoding` of 3.2, for a part that is multipart itself.
    pub item_part: Option<Box<Encoding>>,
}

/// A Response Object with its key, OpenAPI 3.1.1 sections 4.8.16 and 4.8.17.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    /// Which status it is for.
    pub status: Spanned<Status>,
    /// What it means.
    pub description: Option<Text>,
    /// Its header fields.
    pub headers: Vec<Header>,
    /// Its bodies.
    pub content: Vec<MediaType>,
}

/// A Header Object with its key, OpenAPI 3.1.1 section 4.8.21.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    /// The field's name.
    pub name: Spanned<String>,
    /// The name given by `x-rust-name`.
    pub rust_name: Option<Spanned<String>>,
    /// Whether it is always sent.
    pub required: bool,
    /// Whether clients should stop relying on it.
    pub deprecated: bool,
    /// What it is.
    pub description: Option<Text>,
    /// Its type, and how it is written.
    pub value: ParameterValue,
}

/// The key of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Status {
    /// One status code.
    Code(u16),
    /// A hundred status codes, by their first digit: `4XX`.
    Range(u8),
    /// Every status that is not declared.
    Default,
}
