//! How parameters and forms write lists and objects as text: the styles of OpenAPI 3.1.1 sections 4.8.12.2 to 4.8.12.4 and
//! 3.2.0, after RFC 6570.
//!
//! In goes text as it was sent, out comes a JSON value whose scalars are strings; the type that it is decoded into decides
//! what they are. The one rule: text is split first and decoded then, so that an escaped delimiter is data. [`write`] is the
//! way back.

mod deep;
mod pairs;
mod text;
mod write;

use std::borrow::Cow;

use serde_json::{Map, Value};
use stubwright_schema::{Sentence, ViolationKind};

pub(crate) use self::pairs::{Pair, read_pairs, split_pairs};
pub(crate) use self::text::read_text;
pub(crate) use self::write::{Escape, write_pairs, write_text};

/// `style`: what stands before, between and behind the values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b`: in paths and header fields.
    Simple,
    /// `.a,b`: in paths.
    Label,
    /// `;name=a,b`: in paths.
    Matrix,
    /// `name=a,b`: in queries, cookies and forms.
    Form,
    /// `name=a%20b`: in queries and forms.
    SpaceDelimited,
    /// `name=a|b`: in queries and forms.
    PipeDelimited,
    /// `name[key]=a`: in queries and forms.
    DeepObject,
    /// `name=a` in a `Cookie` field, as it stands: nothing is percent-encoded (OpenAPI 3.2.0 section 4.12.3).
    Cookie,
}

/// What a text is split into. The type of the value decides it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One value; nothing is split.
    Scalar,
    /// A list.
    List,
    /// Keys and values.
    Object,
    /// A list if there are several values, and otherwise one value: a union of both.
    Any,
}

/// A style with what it is for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    pub(crate) style: Style,
    pub(crate) explode: bool,
    pub(crate) shape: Shape,
}

/// Why a text is none of its style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Its bytes are not text.
    Malformed,
    /// There are several values where one is allowed.
    Repeated,
    /// It is not written as the style demands: how it is.
    Unstyled(Sentence),
}

/// Takes escapes out of a text; `None` if it is malformed.
pub(crate) type Decode = fn(&str) -> Option<Cow<'_, str>>;

impl Fault {
    /// What is wrong, for programs and for people.
    pub(crate) fn words(self) -> (ViolationKind, Sentence) {
        match self {
            Self::Malformed => (ViolationKind::Syntax, Sentence::NotPercentEncoded),
            Self::Repeated => (ViolationKind::Repeated, Sentence::OnlyOnce),
            Self::Unstyled(words) => (ViolationKind::Syntax, words),
        }
    }
}

/// Nothing is escaped.
#[expect(clippy::unnecessary_wraps, reason = "it is a `Decode`")]
pub(crate) fn plain(text: &str) -> Option<Cow<'_, str>> {
    Some(Cow::Borrowed(text))
}

/// One text as a value.
fn scalar(text: &str, decode: Decode) -> Result<Value, Fault> {
    decode(text).map(|text| Value::String(text.into_owned())).ok_or(Fault::Malformed)
}

/// What is written between delimiters. Nothing at all is an empty list, and an object without properties.
fn delimited(text: &str, delimiter: char, form: Form, decode: Decode) -> Result<Value, Fault> {
    match form.shape {
        Shape::Scalar => scalar(text, decode),
        Shape::Any if !text.contains(delimiter) => scalar(text, decode),
        Shape::List | Shape::Object if text.is_empty() => Ok(empty(form.shape)),
        Shape::List | Shape::Any => text.split(delimiter).map(|item| scalar(item, decode)).collect(),
        Shape::Object if form.explode => assignments(text.split(delimiter), decode),
        Shape::Object => {
            let mut object = Map::new();
            let mut parts = text.split(delimiter);
            while let Some(key) = parts.next() {
                let value = parts.next().ok_or(Fault::Unstyled(Sentence::KeysAndValues))?;
                let key = decode(key).ok_or(Fault::Malformed)?;
                add(&mut object, key.into_owned(), scalar(value, decode)?);
            }
            Ok(Value::Object(object))
        }
    }
}

/// `key=value` one by one.
fn assignments<'t>(parts: impl Iterator<Item = &'t str>, decode: Decode) -> Result<Value, Fault> {
    let mut object = Map::new();
    for part in parts {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        let key = decode(key).ok_or(Fault::Malformed)?;
        add(&mut object, key.into_owned(), scalar(value, decode)?);
    }
    Ok(Value::Object(object))
}

fn empty(shape: Shape) -> Value {
    match shape {
        Shape::Object => Value::Object(Map::new()),
        Shape::Scalar | Shape::List | Shape::Any => Value::Array(Vec::new()),
    }
}

/// Adds a value to an object; several of one key are a list.
pub(crate) fn add(object: &mut Map<String, Value>, key: String, value: Value) {
    match object.get_mut(&key) {
        None => _ = object.insert(key, value),
        Some(Value::Array(items)) => items.push(value),
        Some(first) => *first = Value::Array(vec![first.take(), value]),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Form, Shape, Style, read_pairs, read_text, split_pairs};
    use crate::percent;

    const STYLES: [Style; 8] = [
        Style::Simple,
        Style::Label,
        Style::Matrix,
        Style::Form,
        Style::SpaceDelimited,
        Style::PipeDelimited,
        Style::DeepObject,
        Style::Cookie,
    ];

    /// How many scalars a value holds.
    fn n_scalars(value: &Value) -> usize {
        match value {
            Value::Array(items) => items.iter().map(n_scalars).sum(),
            Value::Object(members) => members.values().map(n_scalars).sum(),
            Value::Null | Value::Bool(_) | Value::Number(_) => panic!("a scalar that is no string: {value}"),
            Value::String(_) => 1,
        }
    }

    #[test]
    fn any_text_is_a_value_no_larger_than_itself_or_refused() {
        const PIECES: [&str; 20] = [
            "a", "b", "[", "]", "[0]", "[]", "[a]", "=", "&", "&a", ";", ";a=", ",", ".", "%2C", "%", "%FF", "+", "|",
            "ü",
        ];
        let mut state = 0x9e37_79b9_u32;
        for round in 0..5_000_usize {
            let mut text = String::from(["", "a", "a=", ".", ";a"][round % 5]);
            for _ in 0..round % 17 {
                state ^= state << 13;
                state ^= state >> 17;
                state ^= state << 5;
                text.push_str(PIECES[state as usize % PIECES.len()]);
            }
            let pairs: Vec<_> = split_pairs(&text).collect();
            for style in STYLES {
                for shape in [Shape::Scalar, Shape::List, Shape::Object, Shape::Any] {
                    for explode in [false, true] {
                        let form = Form { style, explode, shape };
                        let one = read_text(&text, "a", form, percent::decode).ok();
                        let other = read_pairs(&pairs, "a", form, percent::decode_query, &|_| true).ok().flatten();
                        for value in one.iter().chain(&other) {
                            assert!(n_scalars(value) <= text.len() + 1, "{text} as {form:?}: {value}");
                        }
                    }
                }
            }
        }
    }
}
