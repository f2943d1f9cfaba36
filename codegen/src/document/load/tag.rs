//! Scalars and collections with an explicit tag: YAML 1.2.2 section 10.3.
//!
//! The one rule: a tag of the core schema is obeyed, every other tag is an error.

use granit_parser::{ScalarStyle, Tag};

use crate::document::{
    Value,
    scalar::{Scalar, resolve},
};

/// Why a tagged value is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The tag is not of the core schema.
    UnknownTag,
    /// The value does not fit the tag, which is this one without `!!`.
    Mismatch(&'static str),
    /// The number is none of JSON's.
    NotJson,
}

/// What a tag demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Core {
    Null,
    Boolean,
    Integer,
    Float,
    String,
    Sequence,
    Mapping,
    /// `!`: whatever the untagged value would be, but a scalar is a string.
    NonSpecific,
}

impl Core {
    /// The tag without `!!`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Core::Null => "null",
            Core::Boolean => "bool",
            Core::Integer => "int",
            Core::Float => "float",
            Core::String => "str",
            Core::Sequence => "seq",
            Core::Mapping => "map",
            Core::NonSpecific => "",
        }
    }
}

/// What the tag demands, if it is of the core schema.
pub(super) fn core(tag: &Tag) -> Option<Core> {
    if (tag.handle(), tag.suffix()) == ("", "!") {
        return Some(Core::NonSpecific);
    }
    Some(match tag.core_suffix()? {
        "null" => Core::Null,
        "bool" => Core::Boolean,
        "int" => Core::Integer,
        "float" => Core::Float,
        "str" => Core::String,
        "seq" => Core::Sequence,
        "map" => Core::Mapping,
        _ => return None,
    })
}

/// The value of a scalar.
pub(super) fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, Refusal> {
    let Some(tag) = tag else {
        return if style == ScalarStyle::Plain { plain(text) } else { Ok(Value::String(text.to_owned())) };
    };
    let core = core(tag).ok_or(Refusal::UnknownTag)?;
    match (core, resolve(text)) {
        (Core::String | Core::NonSpecific, _) => Ok(Value::String(text.to_owned())),
        (Core::Null, Scalar::Null)
        | (Core::Boolean, Scalar::Boolean(_))
        | (Core::Integer, Scalar::Integer(_))
        | (Core::Float, Scalar::Integer(_) | Scalar::Float(_) | Scalar::NotJson) => plain(text),
        _ => Err(Refusal::Mismatch(core.name())),
    }
}

fn plain(text: &str) -> Result<Value, Refusal> {
    Ok(match resolve(text) {
        Scalar::Null => Value::Null,
        Scalar::Boolean(value) => Value::Boolean(value),
        Scalar::Integer(number) | Scalar::Float(number) => Value::Number(number.into()),
        Scalar::NotJson => return Err(Refusal::NotJson),
        Scalar::String => Value::String(text.to_owned()),
    })
}
