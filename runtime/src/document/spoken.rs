//! The texts of a document as a handler asks for them: an operation, a schema or a tag and a language enter, words leave.
//!
//! The one rule: a language without a text gets that of the nearest broader language, and else that of the document itself.

use std::fmt;
use std::marker::PhantomData;
use std::sync::OnceLock;

use http::HeaderValue;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{Document, language, render};
use crate::operation::OperationInfo;

/// A language of one document. Generated code has an enum of them for each document in several languages.
pub trait Language: Copy + 'static {
    /// The languages of the document, its own first.
    const ALL: &'static [Self];

    /// Its tag (BCP 47): `zh-Hant`.
    fn tag(self) -> &'static str;
}

/// The language of this tag, or the nearest broader one, or else the document's own.
pub fn of_tag<L: Language>(tag: &str) -> L {
    let known = |tag: &str| L::ALL.iter().copied().find(|language| language.tag().eq_ignore_ascii_case(tag));
    language::fallbacks(tag).find_map(known).unwrap_or(L::ALL[0])
}

/// The language that `Accept-Language` asks for (RFC 9110 section 12.5.4), by Lookup (RFC 4647 section 3.4).
pub fn negotiate<L: Language>(document: &'static Document, accept_language: &str) -> L {
    let field = HeaderValue::from_str(accept_language).ok();
    of_tag(language::negotiate(field.iter(), document.languages))
}

/// A document, and the tree of its own texts when somebody has asked for one. Generated code declares it.
#[derive(Debug)]
pub struct Spoken {
    document: &'static Document,
    tree: OnceLock<Value>,
}

/// The texts of one part of a document in its languages: an operation, a schema, a tag, …
pub struct Texts<L> {
    spoken: &'static Spoken,
    /// Where the part is; nothing where the document does not have it.
    pointer: Option<String>,
    language: PhantomData<fn(L)>,
}

/// Which operation: its `operationId`, or its constant in the generated module `operations`.
#[derive(Clone, Copy, Debug)]
pub enum OperationKey<'key> {
    /// The `operationId`.
    Id(&'key str),
    /// The constant, for an operation that may have no `operationId`.
    Info(&'static OperationInfo),
}

impl<'key> From<&'key str> for OperationKey<'key> {
    fn from(id: &'key str) -> Self {
        Self::Id(id)
    }
}

impl From<&'static OperationInfo> for OperationKey<'_> {
    fn from(info: &'static OperationInfo) -> Self {
        Self::Info(info)
    }
}

/// The keys that an operation may have in a path item, but for those of `additionalOperations`.
const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// The most references that are followed: more are a circle.
const LONGEST: usize = 32;

impl Spoken {
    /// Of a document.
    pub const fn new(document: &'static Document) -> Self {
        Self { document, tree: OnceLock::new() }
    }

    /// The texts of an operation, of a webhook too.
    pub fn operation<'key, L: Language>(&'static self, key: impl Into<OperationKey<'key>>) -> Texts<L> {
        let pointer = match key.into() {
            OperationKey::Id(id) => self.operations().find(|(_, operation)| is_of(operation, id)),
            OperationKey::Info(info) => {
                let id = info.id;
                let is_asked = |operation: &(String, &Value)| operation.0.ends_with(&suffix(info));
                self.operations().find(is_asked).or_else(|| self.operations().find(|(_, found)| is_of(found, id)))
            }
        };
        self.at(pointer.map(|(pointer, _)| pointer))
    }

    /// The texts of a schema under `components`.
    pub fn schema<L: Language>(&'static self, name: &str) -> Texts<L> {
        self.at(Some(format!("/components/schemas/{}", token(name))))
    }

    /// The texts of a tag.
    pub fn tag<L: Language>(&'static self, name: &str) -> Texts<L> {
        let tags = self.tree().get("tags").and_then(Value::as_array);
        let index = tags.and_then(|tags| tags.iter().position(|tag| tag["name"] == name));
        self.at(index.map(|index| format!("/tags/{index}")))
    }

    /// The texts of `info`.
    pub fn info<L: Language>(&'static self) -> Texts<L> {
        self.at(Some("/info".to_owned()))
    }

    /// The texts of the part that a JSON Pointer (RFC 6901) names.
    pub fn part<L: Language>(&'static self, pointer: &str) -> Texts<L> {
        self.at(Some(pointer.to_owned()))
    }

    fn at<L>(&'static self, pointer: Option<String>) -> Texts<L> {
        let pointer = pointer.map(|pointer| self.follow(pointer));
        Texts { spoken: self, pointer, language: PhantomData }
    }

    /// The document in its own language.
    fn tree(&'static self) -> &'static Value {
        self.tree.get_or_init(|| {
            let base = self.document.languages.first().copied().unwrap_or_default();
            serde_json::from_str(&render::render(self.document, base, "/")).unwrap_or_else(|error| {
                tracing::error!(%error, "the document's template is no JSON");
                Value::Null
            })
        })
    }

    /// Where a part really stands that may be a reference to one.
    fn follow(&'static self, mut pointer: String) -> String {
        for _ in 0..LONGEST {
            let target = self.tree().pointer(&pointer).and_then(|part| part.get("$ref")?.as_str()?.strip_prefix('#'));
            // The fragment of a URI: RFC 6901 section 6.
            let target = target.map(|target| percent_decode_str(target).decode_utf8_lossy());
            let Some(target) = target.filter(|target| self.tree().pointer(target).is_some()) else { break };
            pointer = target.into_owned();
        }
        pointer
    }

    /// Every operation of the paths, and of the webhooks behind them, with its pointer.
    fn operations(&'static self) -> impl Iterator<Item = (String, &'static Value)> {
        let items = ["paths", "webhooks"].into_iter().flat_map(move |place| {
            let items = self.tree().get(place).and_then(Value::as_object);
            items.into_iter().flatten().map(move |(name, _)| format!("/{place}/{}", token(name)))
        });
        items.flat_map(move |item| {
            let item = self.follow(item);
            let methods = METHODS.iter().map(|method| format!("{item}/{method}"));
            let more = self.tree().pointer(&format!("{item}/additionalOperations")).and_then(Value::as_object);
            let more = more.into_iter().flatten();
            let more = more.map(|(method, _)| format!("{item}/additionalOperations/{}", token(method)));
            let pointers: Vec<String> = methods.chain(more).collect();
            pointers.into_iter().filter_map(|pointer| self.tree().pointer(&pointer).map(|found| (pointer, found)))
        })
    }

    fn text(&'static self, pointer: &str, tag: &str) -> Option<&'static str> {
        let words = self.tree().pointer(pointer)?.as_str()?;
        Some(render::translated(self.document, pointer, tag).unwrap_or(words))
    }
}

impl<L: Language> Texts<L> {
    /// The title, as `info` and schemas have one.
    pub fn title(&self, language: L) -> Option<&'static str> {
        self.text("title", language)
    }

    /// The summary, as operations have one.
    pub fn summary(&self, language: L) -> Option<&'static str> {
        self.text("summary", language)
    }

    /// The description: Markdown.
    pub fn description(&self, language: L) -> Option<&'static str> {
        self.text("description", language)
    }

    /// The text at a key, such as `x-displayName`.
    pub fn text(&self, key: &str, language: L) -> Option<&'static str> {
        let pointer = format!("{}/{}", self.pointer.as_deref()?, token(key));
        self.spoken.text(&pointer, language.tag())
    }
}

impl<L> Clone for Texts<L> {
    fn clone(&self) -> Self {
        Self { spoken: self.spoken, pointer: self.pointer.clone(), language: PhantomData }
    }
}

impl<L> fmt::Debug for Texts<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Texts").field(&self.pointer).finish()
    }
}

fn is_of(operation: &Value, id: &str) -> bool {
    operation["operationId"] == id
}

/// How the pointer of an operation ends whose path item stands among the paths.
fn suffix(info: &OperationInfo) -> String {
    let method = info.method.to_ascii_lowercase();
    let key = if METHODS.contains(&method.as_str()) { method } else { format!("additionalOperations/{}", info.method) };
    format!("/paths/{}/{key}", token(info.path))
}

/// A token of a JSON Pointer: RFC 6901 section 3.
fn token(text: &str) -> String {
    text.replace('~', "~0").replace('/', "~1")
}
