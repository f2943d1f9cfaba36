//! A text enters, its tags and texts leave one by one: the library's events, with what it leaves unchecked.
//!
//! The one rule: no text makes work or memory out of proportion to its size. So there are neither document types nor
//! entities but the five of XML itself, and depth, attributes and namespaces are limited.

use std::borrow::Cow;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{NamespaceResolver, QName, ResolveResult};
use quick_xml::{Reader, XmlVersion};

use stubwright_schema::Sentence;

use super::{INSTANCE, WHITESPACE, escape, name};

/// Elements within each other.
const DEPTH: usize = 100;

/// Attributes of one element.
const ATTRIBUTES: usize = 256;

/// Why a text is no body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Malformed(pub(super) Sentence);

const ILL_FORMED: Malformed = Malformed(Sentence::MalformedXml);

/// What comes next within the root element.
#[derive(Debug)]
pub(super) enum Token<'text> {
    Start(BytesStart<'text>),
    End,
    Text(Cow<'text, str>),
}

/// An attribute that declares no namespace.
#[derive(Debug)]
pub(super) enum Attribute<'a> {
    /// `xsi:nil`.
    Nil(bool),
    /// One of the schema's: its namespace, name and value.
    Own(Option<&'a str>, &'a str, String),
}

#[derive(Debug)]
pub(super) struct Parser<'text> {
    events: Reader<&'text [u8]>,
    names: NamespaceResolver,
    depth: usize,
}

impl<'text> Parser<'text> {
    pub(super) fn new(text: &'text str) -> Self {
        let mut events = Reader::from_str(text);
        events.config_mut().expand_empty_elements = true;
        events.config_mut().check_comments = true;
        Self { events, names: NamespaceResolver::default(), depth: 0 }
    }

    /// The place in the text, in bytes.
    pub(super) fn offset(&self) -> usize {
        let (error, place) = (self.events.error_position(), self.events.buffer_position());
        usize::try_from(if error > 0 { error } else { place }).unwrap_or(usize::MAX)
    }

    /// The root element.
    pub(super) fn root(&mut self) -> Result<BytesStart<'text>, Malformed> {
        let mut is_first = true;
        loop {
            match self.events.read_event().map_err(|_| ILL_FORMED)? {
                Event::Start(start) => return self.enter(start),
                Event::Decl(declaration) if is_first => match declaration.encoding() {
                    None => {}
                    Some(Ok(encoding)) if is_readable(&encoding) => {}
                    Some(Ok(_)) => return Err(Malformed(Sentence::OtherEncoding)),
                    Some(Err(_)) => return Err(ILL_FORMED),
                },
                event => outside(&event)?,
            }
            is_first = false;
        }
    }

    /// What comes next within the root element.
    pub(super) fn next(&mut self) -> Result<Token<'text>, Malformed> {
        loop {
            let text = match self.events.read_event().map_err(|_| ILL_FORMED)? {
                Event::Start(start) => return self.enter(start).map(Token::Start),
                Event::End(_) => {
                    self.names.pop();
                    self.depth -= 1;
                    return Ok(Token::End);
                }
                Event::Text(text) if !text.contains("]]>") => text.xml10_content(),
                Event::CData(text) => text.xml10_content(),
                Event::GeneralRef(reference) => character(&reference)?,
                Event::Comment(_) | Event::PI(_) => continue,
                // Empty elements come as two events.
                Event::Text(_) | Event::Decl(_) | Event::DocType(_) | Event::Empty(_) | Event::Eof => {
                    return Err(ILL_FORMED);
                }
            };
            return if text.chars().all(escape::is_allowed) { Ok(Token::Text(text)) } else { Err(ILL_FORMED) };
        }
    }

    /// Whether nothing stands behind the root element.
    pub(super) fn end(&mut self) -> Result<(), Malformed> {
        loop {
            match self.events.read_event().map_err(|_| ILL_FORMED)? {
                Event::Eof => return Ok(()),
                event => outside(&event)?,
            }
        }
    }

    /// The namespace of an element that was entered, and its name.
    pub(super) fn element<'a>(&'a self, start: &'a BytesStart<'text>) -> Result<(Option<&'a str>, &'a str), Malformed> {
        resolve(&self.names, start.name(), true)
    }

    /// The attributes of an element that was entered. Those of XML itself, and of XML Schema for instances, say nothing of
    /// a value, `nil` aside.
    pub(super) fn attributes<'a>(&'a self, start: &'a BytesStart<'text>) -> Result<Vec<Attribute<'a>>, Malformed> {
        let mut attributes = Vec::new();
        for (index, attribute) in start.attributes().enumerate() {
            let attribute = attribute.map_err(|_| ILL_FORMED)?;
            if index == ATTRIBUTES {
                return Err(Malformed(Sentence::TooManyAttributes));
            }
            if attribute.value.contains('<') {
                return Err(ILL_FORMED);
            }
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| ILL_FORMED)?;
            if !value.chars().all(escape::is_allowed) {
                return Err(ILL_FORMED);
            }
            match resolve(&self.names, attribute.key, false)? {
                (Some(INSTANCE), "nil") => {
                    attributes.push(Attribute::Nil(matches!(value.trim_matches(WHITESPACE), "true" | "1")));
                }
                (Some(INSTANCE | "http://www.w3.org/XML/1998/namespace"), _) => {}
                (namespace, local) => attributes.push(Attribute::Own(namespace, local, value.into_owned())),
            }
        }
        Ok(attributes)
    }

    fn enter(&mut self, start: BytesStart<'text>) -> Result<BytesStart<'text>, Malformed> {
        if self.depth == DEPTH {
            return Err(Malformed(Sentence::ElementsTooDeep));
        }
        self.depth += 1;
        self.names.push(&start).map_err(|_| Malformed(Sentence::WrongNamespaces))?;
        Ok(start)
    }
}

/// Judges what stands outside of the root element.
fn outside(event: &Event<'_>) -> Result<(), Malformed> {
    match event {
        Event::Comment(_) | Event::PI(_) => Ok(()),
        Event::Text(text) if text.trim_matches(WHITESPACE).is_empty() => Ok(()),
        Event::DocType(_) => Err(Malformed(Sentence::DocumentType)),
        Event::Eof => Err(Malformed(Sentence::NoRootElement)),
        Event::Text(_)
        | Event::Start(_)
        | Event::End(_)
        | Event::Empty(_)
        | Event::CData(_)
        | Event::Decl(_)
        | Event::GeneralRef(_) => Err(ILL_FORMED),
    }
}

fn resolve<'a>(
    names: &'a NamespaceResolver,
    qualified: QName<'a>,
    is_element: bool,
) -> Result<(Option<&'a str>, &'a str), Malformed> {
    let (namespace, local) = names.resolve(qualified, is_element);
    let local = local.into_inner();
    if !name::is_name(local) {
        return Err(ILL_FORMED);
    }
    match namespace {
        ResolveResult::Unbound => Ok((None, local)),
        ResolveResult::Bound(namespace) => Ok((Some(namespace.0), local)),
        ResolveResult::Unknown(_) => Err(Malformed(Sentence::UnknownPrefix)),
    }
}

/// What a reference stands for: XML 1.0 sections 4.1 and 4.6.
fn character(reference: &BytesRef<'_>) -> Result<Cow<'static, str>, Malformed> {
    let text = match &**reference {
        "lt" => "<",
        "gt" => ">",
        "amp" => "&",
        "apos" => "'",
        "quot" => "\"",
        _ => {
            return match reference.resolve_char_ref() {
                Ok(Some(character)) => Ok(character.to_string().into()),
                Ok(None) => Err(Malformed(Sentence::UnknownEntity)),
                Err(_) => Err(ILL_FORMED),
            };
        }
    };
    Ok(text.into())
}

fn is_readable(encoding: &str) -> bool {
    ["utf-8", "utf8", "us-ascii", "ascii"].iter().any(|known| encoding.eq_ignore_ascii_case(known))
}
