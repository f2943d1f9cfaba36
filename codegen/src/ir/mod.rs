//! What will be emitted: every name is decided, every type is a Rust type.
//!
//! The one rule: emitting an [`Ir`] cannot fail and invents no name but those of local variables.

use std::fmt;

use proc_macro2::Span;
use quote::{ToTokens, TokenStreamExt};

// What these say needs no other form for Rust.
pub(crate) use crate::model::{ApiKeyPlace, ParameterPlace, SecuritySchemeKind, Status};

/// A Rust identifier. Only the lowering makes one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Ident(String);

impl Ident {
    /// Takes a text that is a Rust identifier and no keyword.
    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }

    /// The identifier's text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        tokens.append(proc_macro2::Ident::new(&self.0, Span::call_site()));
    }
}

/// One generated module.
#[derive(Clone, Debug)]
pub(crate) struct Ir {
    /// What the module is about, in Markdown.
    pub docs: Docs,
    /// The types, by [`TypeId`].
    pub types: Vec<TypeDefinition>,
    /// The operations, in document order.
    pub operations: Vec<Operation>,
    /// The traits.
    pub groups: Vec<Group>,
    /// The security schemes that operations use.
    pub schemes: Vec<Scheme>,
    /// How errors look that belong to no operation.
    pub error_shape: ErrorShape,
}

/// Documentation in Markdown; empty where the document says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Docs {
    /// The text.
    pub text: String,
}

/// The place of a type within [`Ir::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TypeId(pub usize);

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// Any JSON value.
    Any,
    /// `String`.
    String,
    /// `bool`.
    Boolean,
    /// `i32`.
    Integer32,
    /// `i64`.
    Integer64,
    /// `f64`.
    Number,
    /// `Vec<T>`.
    List(Box<Type>),
    /// A map from strings.
    Map(Box<Type>),
    /// `Option<T>`, where `None` is null.
    Nullable(Box<Type>),
    /// `Box<T>`, for recursion.
    Boxed(Box<Type>),
    /// A type of the document.
    Named(TypeId),
}

/// A type with a name.
#[derive(Clone, Debug)]
pub(crate) struct TypeDefinition {
    /// The name.
    pub name: Ident,
    /// The name of the constant that checks its values.
    pub check: Ident,
    /// What it is.
    pub docs: Docs,
    /// What it is made of.
    pub kind: TypeKind,
    /// Whether a request body may hold it, so that a check of its values is emitted.
    pub in_request_body: bool,
    /// Whether a parameter may be one.
    pub in_parameter: bool,
}

/// What a named type is made of.
#[derive(Clone, Debug)]
pub(crate) enum TypeKind {
    /// An object.
    Struct {
        /// Its properties.
        fields: Vec<Field>,
        /// Whether other properties are refused.
        closed: bool,
    },
    /// One of some strings.
    Strings(Vec<Variant<String>>),
    /// One of some integers.
    Integers(Vec<Variant<i64>>),
    /// A scalar of one of several kinds.
    Union(Vec<UnionVariant>),
    /// Another name of a type.
    Alias(Type),
    /// A type of its own around another: an alias could not be recursive.
    Newtype(Type),
}

/// A property.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// The name.
    pub name: Ident,
    /// The property's key.
    pub key: String,
    /// What it is.
    pub docs: Docs,
    /// The type of a value that is there and not null.
    pub ty: Type,
    /// Whether it may be absent or null.
    pub presence: Presence,
}

/// Whether a value may be absent or null, and what takes its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Presence {
    /// It is there, and not null.
    Required,
    /// It is there, and may be null.
    RequiredNullable,
    /// It may be absent.
    Optional,
    /// It may be absent or null, and the two differ.
    OptionalNullable,
    /// When absent, it is this; `nullable` tells whether it may also be null.
    Default {
        /// The value.
        value: Literal,
        /// Whether it may be null.
        nullable: bool,
    },
}

/// A constant of a Rust type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    /// `None` of an `Option`.
    Null,
    /// A string.
    String(String),
    /// `true` or `false`.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A variant of an enum of strings or integers.
    Variant(TypeId, Ident),
    /// A list without items.
    EmptyList,
    /// A map without members.
    EmptyMap,
}

/// A variant of an enum, and the value that it stands for.
#[derive(Clone, Debug)]
pub(crate) struct Variant<T> {
    /// The name.
    pub name: Ident,
    /// The value.
    pub value: T,
}

/// A variant of a union of scalars.
#[derive(Clone, Debug)]
pub(crate) struct UnionVariant {
    /// The name.
    pub name: Ident,
    /// Which scalars.
    pub scalar: Scalar,
}

/// The kinds of scalars that a union can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scalar {
    /// A string.
    String,
    /// An integer.
    Integer,
    /// Any number.
    Number,
    /// `true` or `false`.
    Boolean,
}

/// A trait.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// The trait's name.
    pub name: Ident,
    /// The name of a variable that holds an implementation.
    pub variable: Ident,
    /// What it groups.
    pub docs: Docs,
    /// Indices into [`Ir::operations`].
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
    /// The method, in capitals.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The tags.
    pub tags: Vec<String>,
    /// Whether clients should stop using it.
    pub deprecated: bool,
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
    /// How its error bodies look.
    pub error_shape: ErrorShape,
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
    /// What it is.
    pub docs: Docs,
    /// The type.
    pub ty: Type,
    /// Whether it may be absent. It is never null.
    pub presence: Presence,
}

/// A request body.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    /// The field of the request struct.
    pub name: Ident,
    /// What it is.
    pub docs: Docs,
    /// The media type.
    pub media_type: String,
    /// The type.
    pub ty: Type,
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
    /// What it holds.
    pub body: ResponseBody,
}

/// What a response holds.
#[derive(Clone, Debug)]
pub(crate) enum ResponseBody {
    /// Nothing: the status allows no body.
    None,
    /// Whatever the handler sends: the document declares no `content`.
    Untyped,
    /// JSON.
    Json {
        /// The media type, as declared.
        media_type: String,
        /// The type.
        ty: Type,
    },
}

/// Who may call an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Gate {
    /// Everybody.
    Open,
    /// Nobody: no alternative can be met.
    Closed,
    /// Who has a credential of one of these schemes.
    Schemes {
        /// The alternatives.
        alternatives: Vec<GateScheme>,
        /// Whether a request without any credential is let in, too.
        optional: bool,
    },
}

/// A scheme that an operation accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GateScheme {
    /// Index into [`Ir::schemes`].
    pub scheme: usize,
    /// The scopes that the credential must grant.
    pub scopes: Vec<String>,
}

/// A security scheme.
#[derive(Clone, Debug)]
pub(crate) struct Scheme {
    /// The method that finds out who sent a credential.
    pub method: Ident,
    /// The key in the document.
    pub key: String,
    /// What it is.
    pub docs: Docs,
    /// Which credential.
    pub kind: SecuritySchemeKind,
}

/// How an error body looks. `ErrorShape` of the runtime explains each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ErrorShape {
    /// `detail` is a list of violations, or a message.
    FastApi,
    /// `detail` is a message.
    Detail,
    /// `error` is the reason phrase, `message` the message.
    ErrorMessage,
    /// RFC 9457.
    Problem,
}
