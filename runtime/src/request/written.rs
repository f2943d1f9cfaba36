//! Parameters on their way out: what [`Styled`] reads, written.
//!
//! The one rule: what is written is read again as a receiver reads it, and refused if that is another value.

use serde_json::Value;
use stubwright_schema::{Sentence, Violations};

use super::Place;
use super::scalar::{faulty, to_value};
use super::styled::{Styled, Syntax, split_cookies, trimmed};
use crate::content::urlencoded;
use crate::json::{self, Json};
use crate::percent;
use crate::style::{Escape, Fault, Form, Style, plain, read_pairs, read_text, split_pairs, write_pairs, write_text};

/// A parameter as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// It has nothing to send.
    Nothing,
    /// A part of the path, or a header field.
    Text(String),
    /// A part of the query.
    Query(String),
    /// Cookies as they stand in a `Cookie` field.
    Cookies(String),
}

const EMPTY: Fault = Fault::Unstyled(Sentence::EmptyInPath);
pub(crate) const CHANGED: Fault = Fault::Unstyled(Sentence::UnwritableInStyle);

impl Styled {
    /// The same, written with reserved characters as they are: `allowReserved`.
    #[must_use]
    pub const fn reserved(mut self) -> Self {
        self.escape = Escape::Reserved;
        self
    }

    /// The value as it is sent.
    pub(crate) fn written<T: Json>(&self, value: &T) -> Result<Written, Violations> {
        let tree = to_value(value);
        let violations = self.violations(&tree);
        if !violations.is_empty() {
            return Err(violations);
        }
        let written = match self.syntax {
            Syntax::Style(form) => self.write_styled::<T>(&tree, form),
            Syntax::Json => self.write_alone(&tree.to_string()),
            Syntax::Form if self.place == Place::QueryString => Ok(Written::Query(urlencoded(&tree))),
            Syntax::Form => self.write_alone(&urlencoded(&tree)),
        };
        written.map_err(|fault| [faulty(self.location(), self.name, fault)].into_iter().collect())
    }

    fn write_styled<T: Json>(&self, tree: &Value, form: Form) -> Result<Written, Fault> {
        let written = match self.place {
            Place::Path => match write_text(tree, self.name, form, self.escape)? {
                Some(text) if !text.is_empty() => Written::Text(text),
                Some(_) | None => return Err(EMPTY),
            },
            Place::Header => {
                let text = write_text(tree, self.name, form, Escape::Plain)?;
                text.map_or(Written::Nothing, Written::Text)
            }
            Place::Query | Place::QueryString => {
                let pairs = write_pairs(tree, self.name, form, self.escape)?;
                if pairs.is_empty() { Written::Nothing } else { Written::Query(joined(&pairs, "&")) }
            }
            Place::Cookie => {
                let escape = if form.style == Style::Cookie { Escape::Plain } else { self.escape };
                let pairs = write_pairs(tree, self.name, form, escape)?;
                if pairs.is_empty() { Written::Nothing } else { Written::Cookies(cookies(&pairs, form)) }
            }
        };
        let is_kept = match self.read_back(&written, form) {
            Ok(Some(read)) => is_same::<T>(tree, &read),
            Ok(None) => is_nothing(tree),
            Err(_) => false,
        };
        if is_kept { Ok(written) } else { Err(CHANGED) }
    }

    /// What a receiver gets.
    fn read_back(&self, written: &Written, form: Form) -> Result<Option<Value>, Fault> {
        let is_free = |key: &str| self.properties.is_none_or(|properties| properties.contains(&key));
        match written {
            Written::Nothing => Ok(None),
            Written::Text(text) if self.place == Place::Header => read_text(text, self.name, form, trimmed).map(Some),
            Written::Text(text) => read_text(text, self.name, form, percent::decode).map(Some),
            Written::Query(text) => {
                let pairs: Vec<_> = split_pairs(text).collect();
                read_pairs(&pairs, self.name, form, percent::decode_query, &is_free)
            }
            Written::Cookies(text) => {
                let decode = if form.style == Style::Cookie { plain } else { percent::decode_cookie };
                let sent = text.split(';').map(|cookie| cookie.trim_matches([' ', '\t']));
                let pairs: Vec<_> = split_cookies(sent, form).collect();
                read_pairs(&pairs, self.name, form, decode, &is_free)
            }
        }
    }

    /// One text that is not split.
    fn write_alone(&self, text: &str) -> Result<Written, Fault> {
        if self.place == Place::QueryString {
            return Ok(Written::Query(percent::encode(text, percent::UNRESERVED)));
        }
        let scalar = Form { style: Style::Simple, explode: false, shape: crate::style::Shape::Scalar };
        self.write_styled::<String>(&Value::from(text), scalar)
    }
}

/// An exploded value of the style `form` is written with ampersands, as in a query.
fn cookies(pairs: &[(String, String)], form: Form) -> String {
    joined(pairs, if form.style == Style::Cookie { "; " } else { "&" })
}

fn joined(pairs: &[(String, String)], between: &str) -> String {
    pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(between)
}

/// Whether a receiver of the same type has the same value. Where the type leaves open what a text is, it is the text.
fn is_same<T: Json>(sent: &Value, read: &Value) -> bool {
    let Ok(typed) = json::lenient::<T>(read) else { return false };
    let (mut sent, mut typed) = (sent.clone(), to_value(&typed));
    leave_out_null(&mut sent);
    leave_out_null(&mut typed);
    typed == sent || !holds_null(&sent) && texts(sent) == *read
}

/// Whether a receiver that knows texts only has the same value.
pub(crate) fn is_same_text(sent: &Value, read: Option<&Value>) -> bool {
    let Some(read) = read else { return is_nothing(sent) };
    let mut sent = sent.clone();
    leave_out_null(&mut sent);
    texts(sent) == *read
}

/// Takes members that are null out of objects, which is how they are written.
fn leave_out_null(value: &mut Value) {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        Value::Array(items) => items.iter_mut().for_each(leave_out_null),
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null());
            members.values_mut().for_each(leave_out_null);
        }
    }
}

fn holds_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        Value::Array(items) => items.iter().any(holds_null),
        Value::Object(members) => members.values().any(holds_null),
    }
}

/// Whether a receiver that gets nothing misses nothing: RFC 6570 section 2.3 calls it undefined.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.values().all(Value::is_null),
    }
}

/// Every scalar as its text.
fn texts(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(texts).collect(),
        Value::Object(members) => members.into_iter().map(|(key, member)| (key, texts(member))).collect(),
        Value::String(text) => Value::String(text),
        scalar @ (Value::Null | Value::Bool(_) | Value::Number(_)) => Value::String(scalar.to_string()),
    }
}
