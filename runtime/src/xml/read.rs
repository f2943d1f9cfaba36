//! From text to the JSON value that it stands for. Scalars stay strings: what they are their types decide.
//!
//! The one rule: what the mapping does not know is kept under its own name, so that the schema judges it as it would in
//! JSON.

use std::collections::HashSet;

use quick_xml::events::BytesStart;
use serde_json::{Map, Value};
use stubwright_schema::{Location, Message, Segment, Sentence, Violation, ViolationKind, Violations};

use super::mapping::{ANY, Content, Form, Mapping, Node, Scalar};
use super::parser::{Attribute, Malformed, Parser, Token};
use super::{TEXT_KEY, WHITESPACE, name};
use crate::incoming::at_root;

/// Reads a body whose root element is this one.
///
/// # Errors
/// When the text is no XML, or its elements are none of the mapping's.
pub(super) fn read(mapping: &Mapping, node: &Node, body: &[u8]) -> Result<Value, Violations> {
    let one = |message: Message| [at_root(ViolationKind::Syntax, message)].into_iter().collect::<Violations>();
    let text = std::str::from_utf8(body).map_err(|_| one(Sentence::NotUtf8.into()))?;
    let mut reading =
        Reading { mapping, parser: Parser::new(text), path: Vec::new(), violations: Violations::default() };
    match reading.root(node) {
        Ok(value) if reading.violations.is_empty() => Ok(value),
        Ok(_) => Err(reading.violations),
        Err(Malformed(message)) => {
            let before = text.as_bytes().get(..reading.parser.offset()).unwrap_or(text.as_bytes());
            let line = before.split(|&byte| byte == b'\n').count();
            let column = before
                .rsplit(|&byte| byte == b'\n')
                .next()
                .map_or(0, |last| String::from_utf8_lossy(last).chars().count());
            Err(one(Sentence::AtPlace.with([message.into(), line.into(), (column + 1).into()])))
        }
    }
}

struct Reading<'m, 'text> {
    mapping: &'m Mapping,
    parser: Parser<'text>,
    path: Vec<Step<'m>>,
    violations: Violations,
}

/// A part of the way to a value.
enum Step<'m> {
    Keys(&'m [String]),
    Key(String),
    Index(usize),
}

/// What an element holds, as far as it was read.
#[derive(Default)]
struct Held {
    members: Map<String, Value>,
    items: Vec<Value>,
    text: String,
    is_nil: bool,
    /// Whether there are elements, between which whitespace is none of the text.
    has_elements: bool,
    /// The properties without a node that came more than once.
    repeated: HashSet<String>,
}

/// What a child element is.
enum Child<'m> {
    Field(&'m Node),
    Item(&'m Node),
    More(String),
    Stranger,
}

impl<'m, 'text> Reading<'m, 'text> {
    fn root(&mut self, node: &'m Node) -> Result<Value, Malformed> {
        let start = self.parser.root()?;
        let (namespace, name) = self.parser.element(&start)?;
        if !node.fits(namespace, name) {
            let wanted = node.name.as_deref().unwrap_or_default();
            let message = match &node.namespace {
                Some(uri) => Sentence::MustBeElementOf.with([wanted.into(), uri.as_str().into()]),
                None => Sentence::MustBeElement.with([wanted.into()]),
            };
            self.violate(ViolationKind::Type, message);
        }
        let value = self.element(&start, self.mapping.content(node))?;
        self.parser.end()?;
        Ok(value)
    }

    /// An element that was entered, up to its end.
    fn element(&mut self, start: &BytesStart<'text>, content: &'m Content) -> Result<Value, Malformed> {
        let mut held = Held::default();
        self.attributes(start, content, &mut held)?;
        loop {
            match self.parser.next()? {
                Token::Start(child) => self.child(&child, content, &mut held)?,
                Token::Text(text) => held.text.push_str(&text),
                Token::End => return Ok(self.value(content, held)),
            }
        }
    }

    fn attributes(
        &mut self,
        start: &BytesStart<'text>,
        content: &'m Content,
        held: &mut Held,
    ) -> Result<(), Malformed> {
        let mut repeated = Vec::new();
        for attribute in self.parser.attributes(start)? {
            match attribute {
                Attribute::Nil(is_nil) => held.is_nil = is_nil,
                Attribute::Own(namespace, name, text) => match content.field(Form::Attribute, namespace, name) {
                    Some(field) => {
                        let value = scalar(self.mapping.content(field), text);
                        if !insert(&mut held.members, field, value) {
                            repeated.push(field);
                        }
                    }
                    None if content.fields.is_some() || content.is_any() => {
                        add(held, unknown(content, name), Value::String(text));
                    }
                    None => {}
                },
            }
        }
        for field in repeated {
            self.repeat(field);
        }
        Ok(())
    }

    fn child(&mut self, start: &BytesStart<'text>, content: &'m Content, held: &mut Held) -> Result<(), Malformed> {
        held.has_elements = true;
        let (namespace, name) = self.parser.element(start)?;
        let child = match content.field(Form::Element, namespace, name) {
            Some(field) => Child::Field(field),
            None => match content.item(held.items.len()).filter(|item| item.fits(namespace, name)) {
                Some(item) => Child::Item(item),
                None if content.fields.is_some() || content.is_any() => Child::More(unknown(content, name)),
                None => Child::Stranger,
            },
        };
        match child {
            Child::Field(field) => {
                let value = self.within(Step::Keys(&field.path), start, self.mapping.content(field))?;
                if !insert(&mut held.members, field, value) {
                    self.repeat(field);
                }
            }
            Child::Item(item) => {
                let value = self.within(Step::Index(held.items.len()), start, self.mapping.content(item))?;
                held.items.push(value);
            }
            Child::More(key) => {
                let more = content.more.as_deref();
                let inner = more.map_or(&ANY, |more| self.mapping.content(more));
                let value = self.within(Step::Key(key.clone()), start, inner)?;
                if more.is_some_and(|more| more.many) {
                    let items = held.members.entry(key).or_insert_with(|| Value::Array(Vec::new()));
                    items.as_array_mut().into_iter().for_each(|items| items.push(value.clone()));
                } else {
                    add(held, key, value);
                }
            }
            Child::Stranger => {
                self.within(Step::Index(held.items.len()), start, &ANY)?;
                let wanted = content.item(held.items.len()).and_then(|item| item.name.as_deref());
                let message = match wanted {
                    Some(wanted) => Sentence::OtherElement.with([wanted.into()]),
                    None => Sentence::ElementsNotAllowed.into(),
                };
                self.violate(ViolationKind::Type, message);
            }
        }
        Ok(())
    }

    fn within(&mut self, step: Step<'m>, start: &BytesStart<'text>, content: &'m Content) -> Result<Value, Malformed> {
        self.path.push(step);
        let value = self.element(start, content);
        self.path.pop();
        value
    }

    /// What an element is, when all of it is read.
    fn value(&mut self, content: &'m Content, mut held: Held) -> Value {
        if held.is_nil {
            return Value::Null;
        }
        let is_blank = held.text.trim_matches(WHITESPACE).is_empty();
        if content.is_any() {
            if held.members.is_empty() {
                return Value::String(held.text);
            }
            if !is_blank {
                held.members.insert(TEXT_KEY.to_owned(), Value::String(held.text));
            }
            return Value::Object(held.members);
        }
        let has_members = !held.members.is_empty();
        let is_scalar = !has_members
            && held.items.is_empty()
            && (!is_blank || !held.text.is_empty() || content.fields.is_none() && !content.is_list());
        let text_field = content.text_field();
        if content.scalar.is_some() && is_scalar && text_field.is_none() {
            return scalar(content, held.text);
        }
        if !is_blank && text_field.is_none() {
            self.violate(ViolationKind::Type, Sentence::TextNotAllowed);
        }
        match &content.fields {
            Some(fields) if held.items.is_empty() || has_members => {
                if let Some(field) = text_field {
                    self.text(field, &mut held, is_blank);
                }
                // An array without items has no elements that could show that it is there.
                for field in fields.iter().filter(|field| field.many && field.required) {
                    if let [key] = field.path.as_slice() {
                        held.members.entry(key.as_str()).or_insert_with(|| Value::Array(Vec::new()));
                    }
                }
                Value::Object(held.members)
            }
            Some(_) | None => Value::Array(held.items),
        }
    }

    /// The property that is the element's text. Whitespace between elements is none.
    fn text(&self, field: &Node, held: &mut Held, is_blank: bool) {
        let content = self.mapping.content(field);
        let is_absent =
            held.text.is_empty() || is_blank && (held.has_elements || content.scalar == Some(Scalar::Token));
        let text = std::mem::take(&mut held.text);
        if !is_absent {
            insert(&mut held.members, field, scalar(content, text));
        } else if field.required && content.scalar != Some(Scalar::Token) {
            insert(&mut held.members, field, Value::String(String::new()));
        }
    }

    fn repeat(&mut self, field: &'m Node) {
        self.path.push(Step::Keys(&field.path));
        self.violate(ViolationKind::Repeated, Sentence::GivenTwice);
        self.path.pop();
    }

    fn violate(&mut self, kind: ViolationKind, message: impl Into<Message>) {
        let message = message.into();
        let mut path = Vec::new();
        for step in &self.path {
            match step {
                Step::Keys(keys) => path.extend(keys.iter().cloned().map(Segment::Key)),
                Step::Key(key) => path.push(Segment::client_key(key)),
                Step::Index(index) => path.push(Segment::Index(*index)),
            }
        }
        self.violations.push(Violation { location: Location::Body, path, kind, message });
    }
}

fn scalar(content: &Content, text: String) -> Value {
    let text = match content.scalar {
        Some(Scalar::Token) => text.trim_matches(WHITESPACE).to_owned(),
        Some(Scalar::Text) | None => text,
    };
    if content.nullable && text.is_empty() { Value::Null } else { Value::String(text) }
}

/// Puts a value to its place; false where another one is there already.
fn insert(members: &mut Map<String, Value>, field: &Node, value: Value) -> bool {
    let Some((last, way)) = field.path.split_last() else { return true };
    let mut members = members;
    for key in way {
        let Value::Object(inner) = members.entry(key.as_str()).or_insert_with(|| Value::Object(Map::new())) else {
            return false;
        };
        members = inner;
    }
    if !field.many {
        return members.insert(last.clone(), value).is_none();
    }
    let Value::Array(items) = members.entry(last.as_str()).or_insert_with(|| Value::Array(Vec::new())) else {
        return false;
    };
    items.push(value);
    true
}

/// The key of what has no node: its name, unless a property that is written otherwise has that key.
fn unknown(content: &Content, name: &str) -> String {
    let key = name::decoded(name).into_owned();
    if content.declares(&key) { format!("<{key}>") } else { key }
}

/// Adds a property that has no node: of several by one name, all.
fn add(held: &mut Held, key: String, value: Value) {
    match held.members.get_mut(&key) {
        None => _ = held.members.insert(key, value),
        Some(Value::Array(items)) if held.repeated.contains(&key) => items.push(value),
        Some(known) => {
            *known = Value::Array(vec![known.take(), value]);
            held.repeated.insert(key);
        }
    }
}
