//! Bodies that are `multipart/form-data` with typed parts.

use std::borrow::Cow;

use serde_json::{Map, Value};
use stubwright_schema::{Schemas, ViolationKind, Violations};

use super::contract::Contract;
use super::form::{self, belongs};
use super::parts::{Part, parts};
use super::{Accept, Answer, PropertyForm, Syntax};
use crate::answer;
use crate::answering::To;
use crate::incoming::{Incoming, at_root};
use crate::json::{Json, wrap};
use crate::media_type::range_rank;
use crate::request::{Origin, Sent, Source};
use crate::response::Response;
use crate::style::{Pair, plain};

/// A body whose parts are the properties of an object; several parts of one name are a list.
///
/// A part is what its property's form says. Without one it is JSON if it calls itself so and is no file, and otherwise text
/// or bytes, whichever the type takes.
#[derive(Clone, Copy, Debug)]
pub struct MultipartBody {
    media_types: &'static [&'static str],
    contract: Contract,
    encoding: &'static [(&'static str, PropertyForm)],
}

impl MultipartBody {
    /// A body of one of these media types, whose violations the schema of this index tells.
    pub const fn new(media_types: &'static [&'static str], schemas: &'static Schemas, schema: u32) -> Self {
        Self { media_types, contract: Contract::new(schemas, schema), encoding: &[] }
    }

    /// The same, with properties that are not written as their type alone says.
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
    pub const fn accept(&self) -> Accept {
        Accept { media_types: self.media_types, syntax: Syntax::Multipart }
    }
}

impl<T: Json> Answer<T> for MultipartBody {
    fn answer(&self, to: To<'_>, body: T) -> Response {
        answer::multipart(to, &["multipart/form-data"], self.contract.schema, body)
    }
}

impl<T: Json> Source<T> for MultipartBody {
    fn place(&self) -> Origin {
        self.origin()
    }

    fn read(&self, incoming: &mut Incoming) -> Sent<T> {
        let Some(body) = incoming.body_read() else { return Sent::Nothing };
        let content_type = body.content_type.unwrap_or_default();
        let tree = match parts(&body.bytes, &content_type) {
            Ok(parts) => tree(&parts, self.encoding),
            Err(message) => Err([at_root(ViolationKind::Syntax, message.to_owned())].into_iter().collect()),
        };
        incoming.settle(tree.and_then(|tree| self.contract.decode_lenient(tree)))
    }
}

/// The object that parts are.
fn tree(parts: &[Part<'_>], encoding: &[(&'static str, PropertyForm)]) -> Result<Value, Violations> {
    let is_styled = |form: PropertyForm| matches!(form, PropertyForm::Styled { .. });
    let styled: Vec<_> = encoding.iter().copied().filter(|(_, form)| is_styled(*form)).collect();
    let is_pair = |part: &Part<'_>| styled.iter().any(|(key, form)| belongs(&part.name, key, *form));
    let texts: Vec<(&str, String)> = parts
        .iter()
        .filter(|part| is_pair(part))
        .map(|part| (part.name.as_str(), String::from_utf8_lossy(part.content).into_owned()))
        .collect();
    let pairs: Vec<Pair<'_>> = texts.iter().map(|(name, text)| (Cow::Borrowed(*name), text.as_str())).collect();
    let mut object = match form::tree(&pairs, &styled, plain)? {
        Value::Object(object) => object,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
    };
    let mut values: Vec<(&str, Vec<Value>)> = Vec::new();
    for part in parts.iter().filter(|part| !is_pair(part)) {
        let form = encoding.iter().find(|(key, _)| *key == part.name).map(|(_, form)| *form);
        let value = value(part, form);
        match values.iter_mut().find(|(name, _)| *name == part.name) {
            Some((_, values)) => values.push(value),
            None => values.push((&part.name, vec![value])),
        }
    }
    for (name, mut values) in values {
        let value = if values.len() == 1 { values.swap_remove(0) } else { Value::Array(values) };
        object.insert(name.to_owned(), value);
    }
    Ok(Value::Object(object))
}

/// What a part holds. What is no JSON although it should be is left as it is, for its type to refuse.
fn value(part: &Part<'_>, form: Option<PropertyForm>) -> Value {
    let is_json = match form {
        Some(PropertyForm::Json) => true,
        Some(PropertyForm::Bytes | PropertyForm::Styled { .. }) => false,
        None => !part.is_file && part.content_type.is_some_and(calls_itself_json),
    };
    let json = if is_json { serde_json::from_slice(part.content).ok() } else { None };
    json.unwrap_or_else(|| wrap(part.content))
}

fn calls_itself_json(content_type: &str) -> bool {
    ["application/json", "application/*+json"].iter().any(|json| range_rank(content_type, json).is_some())
}
