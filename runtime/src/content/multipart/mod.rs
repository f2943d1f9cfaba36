//! Multipart bodies: `multipart/form-data` with typed parts as a struct (RFC 7578), and any others as streams of parts.

mod file;
mod head;
mod macros;
mod parser;
mod parts;
mod reading;
mod terms;
mod write;

use std::borrow::Cow;

use bytes::Bytes;
use serde_json::{Map, Value};
use stubwright_schema::{Schemas, Sentence, ViolationKind, Violations};

pub use self::file::FilePart;
use self::head::Head;
use self::parser::{Parser, Token};
pub use self::parts::{FormPart, Part, PartContent, PartKey, PartKind, Parts, PartsBody, part};
pub use self::terms::{PartHeader, PartTerms};
pub use self::write::OutgoingPart;
pub(crate) use self::write::{Encodings, write, write_whole};
use super::contract::Contract;
use super::form::{self, belongs};
use super::{Answer, BodyKind, PropertyForm, Syntax};
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
    terms: &'static [PartTerms],
}

impl MultipartBody {
    /// A body of one of these media types, whose violations the schema of this index tells.
    pub const fn new(media_types: &'static [&'static str], schemas: &'static Schemas, schema: u32) -> Self {
        Self { media_types, contract: Contract::new(schemas, schema), encoding: &[], terms: &[] }
    }

    /// The same, with properties that are not written as their type alone says.
    #[must_use]
    pub const fn encoding(mut self, encoding: &'static [(&'static str, PropertyForm)]) -> Self {
        self.encoding = encoding;
        self
    }

    /// The same, with parts whose heads must say something.
    #[must_use]
    pub const fn terms(mut self, terms: &'static [PartTerms]) -> Self {
        self.terms = terms;
        self
    }

    /// The same, with a schema that must admit even what fits the type.
    #[must_use]
    pub const fn checked(mut self) -> Self {
        self.contract.check = self.contract.schema;
        self
    }

    fn encodings(&self) -> Encodings {
        Encodings { forms: self.encoding, terms: self.terms }
    }

    /// How a property is written.
    fn property(&self, name: &str) -> Option<PropertyForm> {
        self.encoding.iter().find(|(key, _)| *key == name).map(|(_, form)| *form)
    }

    /// What is wrong with the head of a part.
    fn refusals_of_head(&self, name: &str, head: &Head) -> Violations {
        let terms = self.terms.iter().find(|terms| terms.key == name);
        terms.map(|terms| terms.violations(head, &self.contract)).unwrap_or_default()
    }

    /// Where it comes from.
    pub const fn origin(&self) -> Origin {
        Origin::Body(self.accept())
    }

    /// What it is.
    pub const fn accept(&self) -> BodyKind {
        BodyKind { media_types: self.media_types, syntax: Syntax::Multipart }
    }
}

impl<T: Json> Answer<T> for MultipartBody {
    fn answer(&self, to: To<'_>, body: T) -> Response {
        answer::encoded_multipart(to, &["multipart/form-data"], self.contract.schema, &self.encodings(), &body)
    }

    fn refusals(&self, body: &T) -> Violations {
        let mut violations = self.contract.of_sent(body);
        violations.merge(write_whole(body, &self.encodings()).err().unwrap_or_default());
        violations
    }
}

impl<T: Json> Source<T> for MultipartBody {
    fn place(&self) -> Origin {
        self.origin()
    }

    fn read(&self, incoming: &mut Incoming) -> Sent<T> {
        let Some(body) = incoming.body_read() else { return Sent::Nothing };
        let content_type = body.content_type.unwrap_or_default();
        incoming.settle(match whole(body.bytes, &content_type) {
            Ok(parts) => read_parts(self, &parts),
            Err(message) => Err([at_root(ViolationKind::Syntax, message)].into_iter().collect()),
        })
    }
}

/// The parts of a body that is there as a whole; the error is what is wrong, for people.
fn whole(body: Bytes, content_type: &str) -> Result<Vec<(Head, Bytes)>, Sentence> {
    let mut parser = Parser::new(content_type)?;
    parser.feed(body);
    let mut parts: Vec<(Head, Bytes)> = Vec::new();
    loop {
        match parser.next(true)? {
            Token::Part(head) => parts.push((head, Bytes::new())),
            // The content of a part comes in one piece, as the body did.
            Token::Data(data) => parts.last_mut().into_iter().for_each(|(_, content)| *content = data.clone()),
            Token::End => {}
            Token::Done | Token::More => return Ok(parts),
        }
    }
}

/// The value that parts are.
fn read_parts<T: Json>(body: &MultipartBody, parts: &[(Head, Bytes)]) -> Result<T, Violations> {
    let mut violations = Violations::default();
    for (head, _) in parts {
        violations.merge(body.refusals_of_head(head.name.as_deref().unwrap_or_default(), head));
    }
    match tree(parts, body).and_then(|tree| body.contract.decode_lenient(tree)) {
        Ok(value) if violations.is_empty() => Ok(value),
        Ok(_) => Err(violations),
        Err(others) => {
            violations.merge(others);
            Err(violations)
        }
    }
}

/// The object that parts are.
fn tree(parts: &[(Head, Bytes)], body: &MultipartBody) -> Result<Value, Violations> {
    let mut named = Vec::with_capacity(parts.len());
    for (head, content) in parts {
        let nameless = || at_root(ViolationKind::Syntax, Sentence::NamelessPart);
        let name = head.name.as_deref().ok_or_else(|| [nameless()].into_iter().collect::<Violations>())?;
        named.push((name, head, content));
    }
    let is_styled = |form: PropertyForm| matches!(form, PropertyForm::Styled { .. });
    let styled: Vec<_> = body.encoding.iter().copied().filter(|(_, form)| is_styled(*form)).collect();
    let is_pair = |name: &str| styled.iter().any(|(key, form)| belongs(name, key, *form));
    let texts: Vec<(&str, String)> = named
        .iter()
        .filter(|(name, ..)| is_pair(name))
        .map(|(name, _, content)| (*name, String::from_utf8_lossy(content).into_owned()))
        .collect();
    let pairs: Vec<Pair<'_>> = texts.iter().map(|(name, text)| (Cow::Borrowed(*name), text.as_str())).collect();
    let mut object = match form::tree(&pairs, &styled, plain)? {
        Value::Object(object) => object,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Map::new(),
    };
    let mut values: Vec<(&str, Vec<Value>)> = Vec::new();
    for (name, head, content) in named.into_iter().filter(|(name, ..)| !is_pair(name)) {
        let value = value(head, content, body.property(name));
        match values.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => values.push(value),
            None => values.push((name, vec![value])),
        }
    }
    for (name, mut values) in values {
        let value = if values.len() == 1 { values.swap_remove(0) } else { Value::Array(values) };
        object.insert(name.to_owned(), value);
    }
    Ok(Value::Object(object))
}

/// What a part holds. What is no JSON although it should be is left as it is, for its type to refuse.
fn value(head: &Head, content: &[u8], form: Option<PropertyForm>) -> Value {
    let is_json = match form {
        Some(PropertyForm::Json) => true,
        Some(PropertyForm::Bytes | PropertyForm::Styled { .. }) => false,
        None => head.file_name.is_none() && head.content_type.as_deref().is_some_and(calls_itself_json),
    };
    let json = if is_json { serde_json::from_slice(content).ok() } else { None };
    json.unwrap_or_else(|| wrap(content))
}

fn calls_itself_json(content_type: &str) -> bool {
    ["application/json", "application/*+json"].iter().any(|json| range_rank(content_type, json).is_some())
}
