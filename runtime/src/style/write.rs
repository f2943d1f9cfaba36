//! The way back: values as the text of a style.
//!
//! In goes a JSON value, out comes text as RFC 6570 expands it; nothing, where that expands to nothing: null, an empty list,
//! an object without members. The one rule: a delimiter within a value is escaped. Where a style has no escapes, or none for
//! its delimiter, what is written differs from what it was written of; who writes reads it again to know.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, utf8_percent_encode};
use serde_json::Value;

use stubwright_schema::Sentence;

use super::{Fault, Form, Shape, Style, deep};
use crate::percent::UNRESERVED;

/// How text is escaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Escape {
    /// Not at all.
    Plain,
    /// All but the unreserved characters (RFC 3986 section 2.3).
    Percent,
    /// As `allowReserved` has it: reserved characters stand as they are, but for those that end a value.
    Reserved,
}

/// A value taken apart.
enum Parts {
    Nothing,
    One(String),
    List(Vec<String>),
    /// Several values of one key are a list within an object, which only pairs can hold.
    Object(Vec<(String, Vec<String>)>),
}

const NESTED: Fault = Fault::Unstyled(Sentence::NestedInStyle);
/// A dot is what the style `label` puts between values.
const UNDOTTED: &AsciiSet = &UNRESERVED.add(b'.');
/// With `allowReserved`: what a segment of a path may hold, and no style ends a value with.
const IN_PATH: &AsciiSet = &UNRESERVED
    .remove(b':')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*');
/// The same in a query, whose pairs and lists are written with `&`, `=`, `+` and commas.
const IN_QUERY: &AsciiSet = &IN_PATH.remove(b'/').remove(b'?').remove(b';');
const IN_QUERY_ALONE: &AsciiSet = &IN_QUERY.remove(b',');

/// A value as one text: a part of a path, or a header field.
pub(crate) fn write_text(value: &Value, name: &str, form: Form, escape: Escape) -> Result<Option<String>, Fault> {
    let set = match (escape, form.style, form.explode) {
        (Escape::Reserved, Style::Simple | Style::Matrix, _) => IN_PATH,
        (_, Style::Label, true) if form.shape != Shape::Scalar => UNDOTTED,
        _ => UNRESERVED,
    };
    let put = |text: &str| escaped(text, escape, set).into_owned();
    let text = match (form.style, parts(value, form.shape)?) {
        (_, Parts::Nothing) => return Ok(None),
        (Style::Label, parts) => {
            format!(".{}", delimited(parts, if form.explode { "." } else { "," }, form.explode, &put)?)
        }
        (Style::Matrix, Parts::List(items)) if form.explode => {
            items.iter().map(|item| matrix(&put(name), &put(item))).collect()
        }
        (Style::Matrix, Parts::Object(members)) if form.explode => {
            let mut text = String::new();
            for (key, value) in &members {
                text.push_str(&matrix(&put(key), &put(only(value)?)));
            }
            text
        }
        (Style::Matrix, parts) => matrix(&put(name), &delimited(parts, ",", false, &put)?),
        (
            Style::Simple
            | Style::Form
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::DeepObject
            | Style::Cookie,
            parts,
        ) => delimited(parts, ",", form.explode, &put)?,
    };
    Ok(Some(text))
}

/// A value as names with values, escaped: a part of a query, or cookies.
pub(crate) fn write_pairs(
    value: &Value,
    name: &str,
    form: Form,
    escape: Escape,
) -> Result<Vec<(String, String)>, Fault> {
    let set = match (escape, value) {
        (Escape::Plain | Escape::Percent, _) => UNRESERVED,
        (Escape::Reserved, Value::Array(_) | Value::Object(_)) => IN_QUERY,
        (Escape::Reserved, Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => IN_QUERY_ALONE,
    };
    let put = |text: &str| escaped(text, escape, set).into_owned();
    let key = |text: &str| escaped(text, escape, UNRESERVED).into_owned();
    if form.style == Style::DeepObject {
        return deep::write(value, name, &put);
    }
    let parts = match (form.explode, parts(value, form.shape)?) {
        (_, Parts::Nothing) => return Ok(Vec::new()),
        (true, Parts::List(items)) => return Ok(items.iter().map(|item| (key(name), put(item))).collect()),
        (true, Parts::Object(members)) => {
            let pairs = members.iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value)));
            return Ok(pairs.map(|(name, value)| (key(name), put(value))).collect());
        }
        (_, parts) => parts,
    };
    let delimiter = match (form.style, escape) {
        (Style::SpaceDelimited, _) => "%20",
        (Style::PipeDelimited, _) => "%7C",
        _ => ",",
    };
    Ok(vec![(key(name), delimited(parts, delimiter, false, &put)?)])
}

/// The text of a scalar; `None` of null.
pub(crate) fn scalar_text(value: &Value) -> Result<Option<String>, Fault> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.clone())),
        Value::Bool(_) | Value::Number(_) => Ok(Some(value.to_string())),
        Value::Array(_) | Value::Object(_) => Err(NESTED),
    }
}

fn parts(value: &Value, shape: Shape) -> Result<Parts, Fault> {
    Ok(match value {
        Value::Array(_) | Value::Object(_) if shape == Shape::Scalar => return Err(NESTED),
        Value::Array(items) if items.is_empty() => Parts::Nothing,
        Value::Array(items) => Parts::List(texts(items)?),
        Value::Object(members) => {
            let mut all = Vec::new();
            for (key, member) in members {
                match member {
                    Value::Null => {}
                    Value::Array(items) => all.push((key.clone(), texts(items)?)),
                    scalar => all.extend(scalar_text(scalar)?.map(|text| (key.clone(), vec![text]))),
                }
            }
            if all.is_empty() { Parts::Nothing } else { Parts::Object(all) }
        }
        scalar => scalar_text(scalar)?.map_or(Parts::Nothing, Parts::One),
    })
}

/// Lists keep the places of their items, so that null is a text there.
fn texts(items: &[Value]) -> Result<Vec<String>, Fault> {
    items.iter().map(|item| Ok(scalar_text(item)?.unwrap_or_else(|| "null".to_owned()))).collect()
}

fn delimited(parts: Parts, delimiter: &str, assigned: bool, put: &dyn Fn(&str) -> String) -> Result<String, Fault> {
    Ok(match parts {
        Parts::Nothing => String::new(),
        Parts::One(text) => put(&text),
        Parts::List(items) => items.iter().map(|item| put(item)).collect::<Vec<_>>().join(delimiter),
        Parts::Object(members) => {
            let between = if assigned { "=" } else { delimiter };
            let pairs: Result<Vec<_>, Fault> =
                members.iter().map(|(key, value)| Ok(format!("{}{between}{}", put(key), put(only(value)?)))).collect();
            pairs?.join(delimiter)
        }
    })
}

/// RFC 6570 section 3.2.7: a value without text has no equals sign.
fn matrix(name: &str, value: &str) -> String {
    if value.is_empty() { format!(";{name}") } else { format!(";{name}={value}") }
}

fn only(values: &[String]) -> Result<&str, Fault> {
    match values {
        [value] => Ok(value),
        [] | [_, _, ..] => Err(NESTED),
    }
}

fn escaped<'t>(text: &'t str, escape: Escape, set: &'static AsciiSet) -> Cow<'t, str> {
    match escape {
        Escape::Plain => Cow::Borrowed(text),
        Escape::Percent | Escape::Reserved => utf8_percent_encode(text, set).into(),
    }
}
