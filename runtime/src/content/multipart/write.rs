//! From parts to the bytes of a multipart body, one piece after another.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::mem::take;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_core::Stream;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};
use serde_json::Value;
use stubwright_schema::Violations;

use super::file::FilePart;
use super::head::escaped;
use super::parts::{Part, PartContent, PartKey, PartKind, Parts};
use super::{MultipartBody, PartTerms};
use crate::content::PropertyForm;
use crate::content::contract::Contract;
use crate::content::form::wrong;
use crate::error::Error;
use crate::json::{self, Json, Writer, unwrap};
use crate::media_type::is_range;
use crate::stream::ByteStream;
use crate::style::{Escape, Fault, Form, write_pairs};

/// A part of a response.
#[derive(Debug)]
pub struct OutgoingPart {
    name: String,
    file_name: Option<String>,
    content_type: HeaderValue,
    headers: HeaderMap,
    body: ByteStream,
}

impl OutgoingPart {
    fn new(name: &str, content_type: HeaderValue, body: ByteStream) -> Self {
        Self { name: name.to_owned(), file_name: None, content_type, headers: HeaderMap::new(), body }
    }

    pub(super) fn file(file: FilePart) -> Self {
        let FilePart { name, file_name, content_type, headers, body } = file;
        let content_type = content_type.unwrap_or(HeaderValue::from_static("application/octet-stream"));
        Self { name, file_name, content_type, headers, body }
    }

    fn head(&self, boundary: &str, is_form: bool) -> Vec<u8> {
        let mut head = format!("--{boundary}\r\n").into_bytes();
        let mut field = |name: &str, value: &[u8]| {
            for part in [name.as_bytes(), b": ", value, b"\r\n"] {
                head.extend_from_slice(part);
            }
        };
        let disposition = |name: &str, value: &str| format!("; {name}=\"{}\"", escaped(value));
        let name = if is_form || !self.name.is_empty() { disposition("name", &self.name) } else { String::new() };
        let file_name = self.file_name.as_ref().map_or_else(String::new, |name| disposition("filename", name));
        if !(name.is_empty() && file_name.is_empty()) {
            let kind = if is_form { "form-data" } else { "attachment" };
            field("Content-Disposition", format!("{kind}{name}{file_name}").as_bytes());
        }
        field("Content-Type", self.content_type.as_bytes());
        for (name, value) in &self.headers {
            if name != CONTENT_DISPOSITION && name != CONTENT_TYPE {
                field(name.as_str(), value.as_bytes());
            }
        }
        head.extend_from_slice(b"\r\n");
        head
    }
}

/// How the properties of a form are written, where that is not by their types alone.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Encodings {
    pub(crate) forms: &'static [(&'static str, PropertyForm)],
    pub(crate) terms: &'static [PartTerms],
}

/// A value as a part: text as it is, bytes, or JSON.
pub(super) fn value<T: Json>(key: &str, value: &T) -> OutgoingPart {
    let (content_type, content) = content(&wrapped(value), None);
    OutgoingPart::new(key, HeaderValue::from_static(content_type), content.into())
}

/// A form as the bytes of a `multipart/form-data` body, and its media type with the boundary.
///
/// # Errors
/// The properties that their styles cannot write.
pub(crate) fn write_whole<T: Json>(form: &T, encodings: &Encodings) -> Result<(String, Vec<u8>), Violations> {
    let boundary = boundary();
    let mut text = Vec::new();
    let mut violations = Violations::default();
    for (key, member) in wrapped(form).as_object().into_iter().flatten() {
        let parts = parts(key, member, encodings).unwrap_or_else(|fault| {
            violations.push(wrong(key, fault));
            Vec::new()
        });
        for (name, content_type, content) in parts {
            let head = OutgoingPart::new(&name, content_type, ByteStream::default()).head(&boundary, true);
            for piece in [&head[..], &content, b"\r\n"] {
                text.extend_from_slice(piece);
            }
        }
    }
    text.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    if violations.is_empty() {
        Ok((format!("multipart/form-data; boundary={boundary}"), text))
    } else {
        Err(violations)
    }
}

/// A part that is there as a whole: its name, media type and content.
type Whole = (String, HeaderValue, Vec<u8>);

/// The parts that a property is.
fn parts(key: &str, member: &Value, encodings: &Encodings) -> Result<Vec<Whole>, Fault> {
    let form = encodings.forms.iter().find(|(known, _)| *known == key).map(|(_, form)| *form);
    if let Some(PropertyForm::Styled { style, explode, shape }) = form {
        let text = HeaderValue::from_static(TEXT);
        let pairs = write_pairs(member, key, Form { style, explode, shape }, Escape::Plain)?;
        return Ok(pairs.into_iter().map(|(name, value)| (name, text.clone(), value.into_bytes())).collect());
    }
    let items = match member {
        Value::Array(items) => items.as_slice(),
        member => std::slice::from_ref(member),
    };
    let terms = encodings.terms.iter().find(|terms| terms.key == key);
    let declared = terms.and_then(|terms| terms.media_types.first()).filter(|media_type| !is_range(media_type));
    let part = |item| {
        let (content_type, content) = content(item, form);
        // What no header can carry was refused with the document.
        let declared = declared.and_then(|media_type| HeaderValue::from_str(media_type).ok());
        (key.to_owned(), declared.unwrap_or(HeaderValue::from_static(content_type)), content)
    };
    Ok(items.iter().map(part).collect())
}

const TEXT: &str = "text/plain; charset=utf-8";

/// What a value is as the content of a part, and its media type.
fn content(value: &Value, form: Option<PropertyForm>) -> (&'static str, Vec<u8>) {
    match value {
        Value::String(text) if form != Some(PropertyForm::Json) => (TEXT, text.clone().into_bytes()),
        value => match unwrap(value).and_then(|text| STANDARD.decode(text).ok()) {
            Some(bytes) => ("application/octet-stream", bytes),
            None => ("application/json", value.to_string().into_bytes()),
        },
    }
}

/// A value in which bytes can be told from text.
fn wrapped<T: Json>(value: &T) -> Value {
    let mut writer = Writer::wrapping();
    value.encode(&mut writer);
    json::decode(&writer.into_bytes()).unwrap_or_default()
}

/// The parts of a struct, each with its place among the keys.
pub(super) fn contents<T: Json>(form: &T, keys: &[PartKey], body: &MultipartBody) -> Vec<(usize, PartContent)> {
    let value = wrapped(form);
    let contract = Contract::new(body.contract.schemas, body.contract.schema);
    let mut contents = Vec::new();
    for (name, value) in value.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null()) {
        let Some(index) = keys.iter().position(|key| key.key == name) else { continue };
        let values = match (keys[index].kind, value) {
            (PartKind::File | PartKind::Values(_), Value::Array(items)) => items.as_slice(),
            (PartKind::File | PartKind::Value(_) | PartKind::Values(_), value) => std::slice::from_ref(value),
        };
        contents.extend(values.iter().map(|value| {
            let bytes = match value {
                Value::String(text) => text.clone().into_bytes(),
                value => unwrap(value).and_then(|text| STANDARD.decode(text).ok()).unwrap_or_default(),
            };
            let file =
                if matches!(keys[index].kind, PartKind::File) { FilePart::new(bytes) } else { FilePart::default() };
            (index, PartContent { file, value: value.clone(), contract: Some(contract) })
        }));
    }
    contents
}

/// A boundary that nobody can guess, so that no content holds it but by chance of 1 in 2^128.
fn boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("stubwright-{:016x}{:016x}", random(), random())
}

/// The bytes of a body, and its boundary.
pub(crate) fn write<P: Part>(parts: Parts<P>, is_form: bool) -> (ByteStream, String) {
    let boundary = boundary();
    let writing = Writing { parts, boundary: boundary.clone(), is_form, content: None, is_over: false };
    (ByteStream::new(writing, None), boundary)
}

struct Writing<P> {
    parts: Parts<P>,
    boundary: String,
    is_form: bool,
    /// What the part at hand still holds.
    content: Option<ByteStream>,
    is_over: bool,
}

impl<P: Part> Stream for Writing<P> {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.is_over {
            return Poll::Ready(None);
        }
        if let Some(content) = &mut self.content {
            let piece = ready!(content.poll_piece(cx));
            if piece.is_none() {
                self.content = None;
                return Poll::Ready(Some(Ok(Bytes::from_static(b"\r\n"))));
            }
            return Poll::Ready(piece);
        }
        let part = match ready!(self.parts.poll_part(cx)) {
            Some(Ok(part)) => part.write(),
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => {
                self.is_over = true;
                return Poll::Ready(Some(Ok(format!("--{}--\r\n", self.boundary).into())));
            }
        };
        let mut part = part;
        self.content = Some(take(&mut part.body));
        Poll::Ready(Some(Ok(part.head(&self.boundary, self.is_form).into())))
    }
}
