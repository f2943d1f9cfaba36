//! Info strings: the line that opens a block enters, the file and the operation that it names leave.
//!
//! The forms are `yaml METHOD /path` and `yaml FILE METHOD /path`. The one rule: a file name that could lead out of the
//! output folder is refused here.

use crate::{
    diagnostic::{Code, Diagnostic, Sink},
    source::Span,
};

/// What an info string says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Info {
    /// The document that the block was taken from; many sites with one document leave it out.
    pub file: Option<FileName>,
    /// The method, in lower case.
    pub method: &'static str,
    /// The path template.
    pub path: String,
    /// Where the operation is named.
    pub span: Span,
}

/// The name of a document on its site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName {
    /// The language, from the first folder.
    pub language: Option<&'static str>,
    /// The path below the language's folder, without a leading `/`.
    pub path: String,
}

/// The methods that a path item has keys for.
pub(super) const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// The language tags that documentation sites name folders by.
const LANGUAGES: [&str; 40] = [
    "ar", "ca", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "fr-CA", "he", "hi", "hu", "id", "it", "ja",
    "ko", "lv", "nl", "no", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sv", "th", "tr", "uk", "uz", "vi", "zh", "zh-CN",
    "zh-Hans", "zh-Hant", "zh-HK", "zh-TW",
];

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
        return refuse(sink, language_span, format!("a block in `{language}`: OpenAPI blocks are in YAML"));
    }
    let (file, (method, method_span), (path, path_span)) = match *words {
        [method, path] => (None, method, path),
        [file, method, path] => (Some(file), method, path),
        [] | [_] => return refuse(sink, span, "the block names no operation".to_owned()),
        _ => return refuse(sink, span, format!("{} words where at most 3 name an operation", words.len())),
    };
    if method.eq_ignore_ascii_case("webhook") {
        let message = format!("the page is about the webhook `{path}`: webhooks are not imported");
        return refuse(sink, method_span, message);
    }
    let Some(method) = METHODS.into_iter().find(|name| name.eq_ignore_ascii_case(method)) else {
        return refuse(sink, method_span, format!("`{method}` is no HTTP method"));
    };
    if !path.starts_with('/') {
        return refuse(sink, path_span, format!("the path `{path}` does not begin with `/`"));
    }
    let file = match file.map(|(name, span)| (file_name(name), span)) {
        None => None,
        Some((Ok(file), _)) => Some(file),
        Some((Err(message), span)) => return refuse(sink, span, message),
    };
    Some(Info { file, method, path: path.to_owned(), span: Span { end: path_span.end, ..method_span } })
}

/// Reads the name of a document: relative, of plain folders, ending in `.yaml`, `.yml` or `.json`.
///
/// # Errors
///
/// What is wrong, as a diagnostic's message.
pub(super) fn file_name(name: &str) -> Result<FileName, String> {
    if name.contains("://") {
        return Err(format!("the document is named by the URL `{name}`: URLs are not imported"));
    }
    let path = name.strip_prefix('/').unwrap_or(name);
    if !path.split('/').all(is_plain) {
        return Err(format!("`{name}` is no relative path of plain names"));
    }
    if ![".yaml", ".yml", ".json"].iter().any(|ending| path.ends_with(ending)) {
        return Err(format!("`{name}` ends in none of `.yaml`, `.yml` and `.json`"));
    }
    let folder = path.split_once('/').and_then(|(folder, rest)| Some((language(folder)?, rest)));
    Ok(match folder {
        Some((language, rest)) => FileName { language: Some(language), path: rest.to_owned() },
        None => FileName { language: None, path: path.to_owned() },
    })
}

/// Whether a name is safe as one file or folder on every system: no `.` in front, and no separator of any.
pub(super) fn is_plain(name: &str) -> bool {
    let odd = |character: char| character.is_control() || r#"\/:*?"<>|"#.contains(character);
    !name.is_empty() && !name.starts_with('.') && !name.ends_with('.') && !name.contains(odd)
}

/// The language tag that a folder is named by, as it is usually written.
pub(super) fn language(folder: &str) -> Option<&'static str> {
    LANGUAGES.into_iter().find(|tag| tag.eq_ignore_ascii_case(folder))
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
