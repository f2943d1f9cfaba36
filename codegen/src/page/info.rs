//! Info strings: the line that opens a block enters, the file and the operation or webhook that it names leave.
//!
//! The forms are `yaml METHOD /path`, `yaml FILE METHOD /path`, and the same with `webhook NAME` for the last two words. The
//! one rule: a file name that could lead out of the output folder is refused here.

use std::fmt;

use crate::{
    diagnostic::{Code, Diagnostic, Sink},
    page::name::{FileName, file_name},
    source::Span,
};

/// What an info string says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Info {
    /// The document that the block was taken from; many sites with one document leave it out.
    pub file: Option<FileName>,
    /// What the page is about.
    pub subject: Subject,
    /// Where that is named.
    pub span: Span,
}

/// What a page is about. In order: operations by path and method, then webhooks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A path template, and a method in lower case.
    Operation(String, &'static str),
    /// The name of a webhook.
    Webhook(String),
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation(path, method) => write!(f, "{} {path}", method.to_uppercase()),
            Self::Webhook(name) => write!(f, "webhook {name}"),
        }
    }
}

/// The methods that a path item has keys for.
pub(super) const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

const FORMS: &str = "the line that opens a block is `yaml METHOD /path` or `yaml FILE METHOD /path`";

/// Reads an info string; `text` is what stands at `span`.
pub(super) fn parse(text: &str, span: Span, sink: &mut Sink) -> Option<Info> {
    let words = words(text, span);
    let refuse = |sink: &mut Sink, at: Span, message: String| {
        sink.report(Diagnostic::new(Code::InvalidInfoString, at, message).help(FORMS));
        None
    };
    let Some((&(language, language_span), words)) = words.split_first() else {
        return refuse(sink, span, "the block names no operation".to_owned());
    };
    if !["yaml", "yml", "json"].iter().any(|name| name.eq_ignore_ascii_case(language)) {
        return refuse(sink, language_span, format!("a block in `{language}`: OpenAPI blocks are in YAML or JSON"));
    }
    let (file, (method, method_span), (path, path_span)) = match *words {
        [method, path] => (None, method, path),
        [file, method, path] => (Some(file), method, path),
        [] | [_] => return refuse(sink, span, "the block names no operation".to_owned()),
        _ => return refuse(sink, span, format!("{} words where at most 3 name an operation", words.len())),
    };
    let subject = if method.eq_ignore_ascii_case("webhook") {
        Subject::Webhook(path.to_owned())
    } else {
        let Some(method) = METHODS.into_iter().find(|name| name.eq_ignore_ascii_case(method)) else {
            return refuse(sink, method_span, format!("`{method}` is no HTTP method"));
        };
        if !path.starts_with('/') {
            return refuse(sink, path_span, format!("the path `{path}` does not begin with `/`"));
        }
        Subject::Operation(path.to_owned(), method)
    };
    let file = match file.map(|(name, span)| (file_name(name), span)) {
        None => None,
        Some((Ok(file), _)) => Some(file),
        Some((Err(message), span)) => return refuse(sink, span, message),
    };
    Some(Info { file, subject, span: Span { end: path_span.end, ..method_span } })
}

/// The words of a text and their places.
fn words(text: &str, span: Span) -> Vec<(&str, Span)> {
    let base = text.as_ptr() as usize;
    text.split_whitespace()
        .map(|word| {
            let start = span.start + u32::try_from(word.as_ptr() as usize - base).expect("inside of the text");
            (word, Span { source: span.source, start, end: start + u32::try_from(word.len()).expect("short") })
        })
        .collect()
}
