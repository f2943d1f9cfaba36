//! Styles that write a parameter as one text: a part of the path, or a header field.

use serde_json::Value;

use stubwright_schema::Sentence;

use super::{Decode, Fault, Form, Shape, Style, assignments, delimited, scalar};

/// Reads a text as its style says. Styles that write names with values are not for such places.
pub(crate) fn read_text(text: &str, name: &str, form: Form, decode: Decode) -> Result<Value, Fault> {
    match form.style {
        Style::Label => {
            let text = text.strip_prefix('.').ok_or(Fault::Unstyled(Sentence::BeginsWithoutDot))?;
            delimited(text, if form.explode { '.' } else { ',' }, form, decode)
        }
        Style::Matrix => {
            let text = text.strip_prefix(';').ok_or(Fault::Unstyled(Sentence::BeginsWithoutSemicolon))?;
            matrix(text, name, form, decode)
        }
        Style::Simple
        | Style::Form
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::DeepObject
        | Style::Cookie => delimited(text, ',', form, decode),
    }
}

/// `name=a;name=b`; of an object that is exploded `key=a;key=b`.
fn matrix(text: &str, name: &str, form: Form, decode: Decode) -> Result<Value, Fault> {
    if form.explode && form.shape == Shape::Object {
        return assignments(text.split(';'), decode);
    }
    let mut values = Vec::new();
    for part in text.split(';') {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        if decode(key).ok_or(Fault::Malformed)? != name {
            return Err(Fault::Unstyled(Sentence::WrittenWithoutName));
        }
        values.push(value);
    }
    match values[..] {
        [value] if form.explode && form.shape != Shape::List => scalar(value, decode),
        [value] if !form.explode => delimited(value, ',', form, decode),
        _ if form.explode && form.shape != Shape::Scalar => values.iter().map(|value| scalar(value, decode)).collect(),
        _ => Err(Fault::Repeated),
    }
}
