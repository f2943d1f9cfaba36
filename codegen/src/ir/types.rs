//! Types of the document as Rust types.

use crate::ir::{CheckId, Docs, Ident};

/// The place of a type within [`Ir::types`](crate::ir::Ir::types).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TypeId(pub usize);

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Type {
    /// Any JSON value.
    Any,
    /// Only null.
    Null,
    /// `bool`.
    Boolean,
    /// An integer of some width.
    Integer(Integer),
    /// `f64`.
    Number,
    /// `String`, or a type that a `format` names.
    Text(Text),
    /// `Vec<T>`.
    List(Box<Type>),
    /// A JSON array of a fixed length.
    Tuple(Vec<Type>),
    /// A map from strings.
    Map(Box<Type>),
    /// `Option<T>`, where `None` is null.
    Nullable(Box<Type>),
    /// `Box<T>`, for recursion.
    Boxed(Box<Type>),
    /// A type of the document.
    Named(TypeId),
    /// A type of the user's own, given by `x-rust-type`: a path.
    Custom(String),
}

/// The integers of Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Integer {
    /// `i8`.
    I8,
    /// `i16`.
    I16,
    /// `i32`.
    I32,
    /// `i64`: integers without a format.
    I64,
    /// `u8`.
    U8,
    /// `u16`.
    U16,
    /// `u32`.
    U32,
    /// `u64`.
    U64,
}

impl Integer {
    /// The least and the greatest number that it holds.
    pub(crate) fn bounds(self) -> (i128, i128) {
        match self {
            Self::I8 => (i8::MIN.into(), i8::MAX.into()),
            Self::I16 => (i16::MIN.into(), i16::MAX.into()),
            Self::I32 => (i32::MIN.into(), i32::MAX.into()),
            Self::I64 => (i64::MIN.into(), i64::MAX.into()),
            Self::U8 => (u8::MIN.into(), u8::MAX.into()),
            Self::U16 => (u16::MIN.into(), u16::MAX.into()),
            Self::U32 => (u32::MIN.into(), u32::MAX.into()),
            Self::U64 => (u64::MIN.into(), u64::MAX.into()),
        }
    }
}

/// What a JSON string is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Text {
    /// `String`.
    String,
    /// `format: uuid`.
    Uuid,
    /// `format: date-time`.
    DateTime,
    /// `format: date`.
    Date,
    /// `format: ipv4`.
    Ipv4,
    /// `format: ipv6`.
    Ipv6,
    /// `format: byte` and `contentEncoding: base64`.
    Base64,
    /// `format: binary`: a file of a multipart body; the text of a string elsewhere.
    Binary,
}

/// A type with a name.
#[derive(Clone, Debug)]
pub(crate) struct TypeDefinition {
    /// The name.
    pub name: Ident,
    /// What it is.
    pub docs: Docs,
    /// What it is made of.
    pub kind: TypeKind,
    /// The schema of what its values must be besides, where its parts do not check that.
    pub check: Option<CheckId>,
}

/// What a named type is made of.
#[derive(Clone, Debug)]
pub(crate) enum TypeKind {
    /// An object.
    Struct {
        /// Its properties.
        fields: Vec<Field>,
        /// The properties that only the other direction carries: they are passed over.
        left_out: Vec<String>,
        /// What becomes of other properties.
        rest: Rest,
    },
    /// One of some strings.
    Strings(Vec<Variant<String>>),
    /// One of some integers.
    Integers(Vec<Variant<i64>>),
    /// One of some JSON values, each a JSON text.
    Values(Vec<Variant<String>>),
    /// One of several types.
    Union {
        /// The types.
        variants: Vec<UnionVariant>,
        /// How the variant of a value is found.
        choice: Choice,
    },
    /// Every one of several types that a value fits.
    AnyOf(Vec<Branch>),
    /// Another name of a type.
    Alias(Type),
    /// A type of its own around another: an alias could not be recursive.
    Newtype(Type),
}

/// What becomes of the properties of an object that are not declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    /// They are passed over.
    Ignored,
    /// They are refused.
    Refused,
    /// They are kept in a map.
    Kept {
        /// The map's field.
        name: Ident,
        /// The type of their values.
        ty: Type,
    },
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
    /// The schema of what the value must be besides, where its type does not check that.
    pub check: Option<CheckId>,
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
    /// A variant of an enum of strings, integers or values.
    Variant(TypeId, Ident),
    /// A list without items.
    EmptyList,
    /// A map without members.
    EmptyMap,
    /// Any value of any type, as a JSON text that is decoded where it is needed. The lowering has checked that it can be.
    Json(String),
}

/// A variant of an enum, and the value that it stands for.
#[derive(Clone, Debug)]
pub(crate) struct Variant<T> {
    /// The name.
    pub name: Ident,
    /// The value.
    pub value: T,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub(crate) struct UnionVariant {
    /// The name.
    pub name: Ident,
    /// What it is.
    pub docs: Docs,
    /// What it holds.
    pub ty: Type,
}

/// A branch of a value that may fit several types.
#[derive(Clone, Debug)]
pub(crate) struct Branch {
    /// The name of its field, which is an `Option`.
    pub name: Ident,
    /// What it is.
    pub docs: Docs,
    /// The type.
    pub ty: Type,
    /// The schema that tells whether a value fits.
    pub check: CheckId,
}

/// How the variant of a union is found: one rule for each kind of JSON value that has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The rules.
    pub rules: Vec<ChoiceRule>,
}

/// What decides for some kinds of JSON values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ChoiceRule {
    /// The kinds.
    pub kinds: Vec<Kind>,
    /// What decides.
    pub pick: Pick,
}

/// The kinds of JSON values. A number without a fraction is an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any other number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// What decides between variants, which are given by their index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pick {
    /// Nothing is left to decide.
    Variant(usize),
    /// The string at a property of an object.
    Tag {
        /// The property.
        property: String,
        /// The variants by its value.
        values: Vec<(String, usize)>,
        /// The variant of other values; without one they are refused.
        otherwise: Option<usize>,
        /// The variant of an object without the property; without one it is refused.
        absent: Option<usize>,
    },
    /// The string at a property of an object, where it has that; else the next rule decides. Other strings are refused.
    OptionalTag {
        /// The property.
        property: String,
        /// The variants by its value.
        values: Vec<(String, usize)>,
    },
    /// The value itself, a string.
    Value {
        /// The variants by value.
        values: Vec<(String, usize)>,
        /// The variant of other values; without one they are refused.
        otherwise: Option<usize>,
    },
    /// The first schema that the value is valid against.
    Exact(Vec<(CheckId, usize)>),
}
