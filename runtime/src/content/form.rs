//! Bodies that are `application/x-www-form-urlencoded`: pairs of names and values.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};
use stubwright_schema::{Location, Schemas, Segment, Sentence, Violation, ViolationKind, Violations};

use super::contract::Contract;
use super::{Answer, BodyKind, PropertyForm, Syntax};
use crate::answer;
use crate::answering::To;
use crate::incoming::{Incoming, at_root};
use crate::json::{self, Json};
use crate::percent;
use crate::request::{CHANGED, Origin, Sent, Source, is_same_text, to_value};
use crate::response::Response;
use crate::style::{Decode, Escape, Fault, Form, Pair, Shape, Style, add, read_pairs, split_pairs, write_pairs};

/// A body that is an urlencoded form.
#[derive(Clone, Copy, Debug)]
pub struct FormBody {
    media_types: &'static [&'static str],
    contract: Contract,
    encoding: &'static [(&'static str, PropertyForm)],
}

impl FormBody {
    /// A body of one of these media types, whose violations the schema of this index tells.
    pub const fn new(media_types: &'static [&'static str], schemas: &'static Schemas, schema: u32) -> Self {
        Self { media_types, contract: Contract::new(schemas, schema), encoding: &[] }
    }

    /// The same, with properties that are not written as a pair for each value.
    #[must_use]
    pub const fn encoding(mut self, encoding: &'static [(&'static str, PropertyForm)]) -> Self {
        self.encoding = encoding;
        self
    }

    /// The same, with a schema that must admit even what fits the type.
    #[must_use]
    pub const fn checked(mut self) -> Self {
        self.contract.check = self.contract.schema;
        self
    }

    /// Where it comes from.
    pub const fn origin(&self) -> Origin {
        Origin::Body(self.accept())
    }

    /// What it is.
    pub const fn accept(&self) -> BodyKind {
        BodyKind { media_types: self.media_types, syntax: Syntax::Form }
    }
}

impl<T: Json> Answer<T> for FormBody {
    fn answer(&self, to: To<'_>, body: T) -> Response {
        let media_types = answer::sendable(self.media_types, &["application/x-www-form-urlencoded"]);
        answer::encoded_form(to, media_types, self.contract.schema, self.encoding, &body)
    }

    fn refusals(&self, body: &T) -> Violations {
        let mut violations = self.contract.of_sent(body);
        violations.merge(write_form(&to_value(body), self.encoding).err().unwrap_or_default());
        violations
    }
}

impl<T: Json> Source<T> for FormBody {
    fn place(&self) -> Origin {
        self.origin()
    }

    fn read(&self, incoming: &mut Incoming) -> Sent<T> {
        let Some(body) = incoming.body_read() else { return Sent::Nothing };
        let tree = match std::str::from_utf8(&body.bytes) {
            Ok(text) => tree(&split_pairs(text).collect::<Vec<_>>(), self.encoding, percent::decode_query),
            Err(_) => Err([at_root(ViolationKind::Syntax, Sentence::NotUtf8)].into_iter().collect()),
        };
        incoming.settle(tree.and_then(|tree| self.contract.decode_lenient(tree)))
    }
}

/// The object that pairs are.
pub(super) fn tree(
    pairs: &[Pair<'_>],
    encoding: &[(&'static str, PropertyForm)],
    decode: Decode,
) -> Result<Value, Violations> {
    let mut object = Map::new();
    let mut violations = Violations::default();
    for (key, form) in encoding {
        match property(pairs, key, *form, decode) {
            Ok(Some(value)) => _ = object.insert((*key).to_owned(), value),
            Ok(None) => {}
            Err(fault) => violations.push(wrong(key, fault)),
        }
    }
    let is_listed = |name: &str| encoding.iter().any(|(key, form)| belongs(name, key, *form));
    for (name, value) in pairs.iter().filter(|(name, _)| !is_listed(name)) {
        match decode(value) {
            Some(text) => add(&mut object, name.clone().into_owned(), Value::String(text.into_owned())),
            None => violations.push(wrong(name, Fault::Malformed)),
        }
    }
    if violations.is_empty() { Ok(Value::Object(object)) } else { Err(violations) }
}

fn property(pairs: &[Pair<'_>], key: &str, form: PropertyForm, decode: Decode) -> Result<Option<Value>, Fault> {
    if let PropertyForm::Styled { style, explode, shape } = form {
        // Which names are those of an exploded object, nobody could tell.
        return read_pairs(pairs, key, Form { style, explode, shape }, decode, &|_| false);
    }
    let texts: Vec<Cow<'_, str>> = pairs
        .iter()
        .filter(|(name, _)| name == key)
        .map(|(_, value)| decode(value).ok_or(Fault::Malformed))
        .collect::<Result<_, _>>()?;
    let mut values: Vec<Value> = texts
        .into_iter()
        .map(|text| match json::decode(text.as_bytes()) {
            Ok(value) if form == PropertyForm::Json => value,
            Ok(_) | Err(_) => Value::String(text.into_owned()),
        })
        .collect();
    Ok(if values.len() > 1 { Some(Value::Array(values)) } else { values.pop() })
}

/// Whether a name is one of a property's.
pub(super) fn belongs(name: &str, key: &str, form: PropertyForm) -> bool {
    let is_deep = matches!(form, PropertyForm::Styled { style: Style::DeepObject, .. });
    name.strip_prefix(key).is_some_and(|rest| rest.is_empty() || is_deep && rest.starts_with('['))
}

pub(super) fn wrong(name: &str, fault: Fault) -> Violation {
    let (kind, message) = fault.words();
    Violation { location: Location::Body, path: vec![Segment::client_key(name)], kind, message: message.into() }
}

/// A value as pairs: a pair for each item of a list, JSON for what is an object.
pub(crate) fn urlencoded(value: &Value) -> String {
    let mut text = String::new();
    for (key, member) in members(value) {
        add_plain(&mut text, key, member);
    }
    text
}

/// A value as pairs, each property in its form. Where what is written would be read as another value, it is refused.
pub(crate) fn write_form(value: &Value, encoding: &[(&'static str, PropertyForm)]) -> Result<String, Violations> {
    let mut text = String::new();
    let mut violations = Violations::default();
    for (key, member) in members(value) {
        match encoding.iter().find(|(known, _)| known == key) {
            Some((_, PropertyForm::Styled { style, explode, shape })) => {
                match styled(key, member, Form { style: *style, explode: *explode, shape: *shape }) {
                    Ok(pairs) => pairs.iter().for_each(|(key, value)| add_pair(&mut text, key, value)),
                    Err(fault) => violations.push(wrong(key, fault)),
                }
            }
            Some((_, PropertyForm::Json | PropertyForm::Bytes)) | None => {
                add_plain(&mut text, key, member);
            }
        }
    }
    if violations.is_empty() { Ok(text) } else { Err(violations) }
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn styled(key: &str, value: &Value, form: Form) -> Result<Vec<(String, String)>, Fault> {
    let written = write_pairs(value, key, form, Escape::Percent)?;
    let is_merged = form.style == Style::Form && form.explode && form.shape == Shape::Object;
    let text = written.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&");
    let pairs: Vec<_> = split_pairs(&text).collect();
    let read = read_pairs(&pairs, key, form, percent::decode_query, &|_| false)?;
    // The members of an exploded object are told from other properties by nobody but their receiver.
    if is_merged || is_same_text(value, read.as_ref()) { Ok(written) } else { Err(CHANGED) }
}

fn add_plain(text: &mut String, key: &str, value: &Value) {
    /// What a form holds as it is (the `application/x-www-form-urlencoded` percent-encode set of the URL standard).
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_').remove(b' ');
    let encoded = |text: &str| utf8_percent_encode(text, KEPT).to_string().replace(' ', "+");
    match value {
        Value::Array(items) => items.iter().for_each(|item| add_pair(text, &encoded(key), &encoded(&plain(item)))),
        value => add_pair(text, &encoded(key), &encoded(&plain(value))),
    }
}

fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            Cow::Owned(value.to_string())
        }
    }
}

fn add_pair(text: &mut String, key: &str, value: &str) {
    if !text.is_empty() {
        text.push('&');
    }
    text.extend([key, "=", value]);
}
