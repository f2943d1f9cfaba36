//! Styles that write a parameter as names with values: the query, cookies, and forms.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{Decode, Fault, Form, Shape, Style, add, deep, delimited, scalar};
use crate::percent;

/// A name and its value, which is still encoded.
pub(crate) type Pair<'t> = (Cow<'t, str>, &'t str);

/// The pairs of an `application/x-www-form-urlencoded` text. A name that is malformed is no name of the document.
pub(crate) fn split_pairs(text: &str) -> impl Iterator<Item = Pair<'_>> {
    text.split('&').filter(|pair| !pair.is_empty()).filter_map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        percent::decode_query(name).map(|name| (name, value))
    })
}

/// Reads what pairs say of a name; `None` if nothing. `is_free` tells which names an exploded object may take for its own.
pub(crate) fn read_pairs(
    pairs: &[Pair<'_>],
    name: &str,
    form: Form,
    decode: Decode,
    is_free: &dyn Fn(&str) -> bool,
) -> Result<Option<Value>, Fault> {
    if form.style == Style::DeepObject {
        return deep::read(pairs, name, form.shape, decode);
    }
    if form.explode && form.shape == Shape::Object {
        let mut object = Map::new();
        for (key, value) in pairs.iter().filter(|(key, _)| is_free(key)) {
            add(&mut object, key.clone().into_owned(), scalar(value, decode)?);
        }
        return Ok((!object.is_empty()).then_some(Value::Object(object)));
    }
    let values: Vec<&str> = pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| *value).collect();
    let value = match values[..] {
        [] => return Ok(None),
        [value] if form.explode && form.shape != Shape::List => scalar(value, decode)?,
        [value] if !form.explode => within(value, form, decode)?,
        _ if form.explode && form.shape != Shape::Scalar => {
            values.iter().map(|value| scalar(value, decode)).collect::<Result<_, _>>()?
        }
        _ => return Err(Fault::Repeated),
    };
    Ok(Some(value))
}

/// Several values in one.
fn within(value: &str, form: Form, decode: Decode) -> Result<Value, Fault> {
    match form.style {
        // A browser writes a space as `+`.
        Style::SpaceDelimited => delimited(&value.replace("%20", " ").replace('+', " "), ' ', form, decode),
        Style::PipeDelimited => delimited(&value.replace("%7C", "|").replace("%7c", "|"), '|', form, decode),
        Style::Simple | Style::Label | Style::Matrix | Style::Form | Style::DeepObject | Style::Cookie => {
            delimited(value, ',', form, decode)
        }
    }
}
