//! Targets: the text of a JSONPath query enters, the places that it selects leave (RFC 9535).
//!
//! The one rule: of the JSONPath library, only this module and `unmatched` know.

use std::collections::HashSet;
use std::fmt::Write as _;

use serde_json_path::{JsonPath, PathElement};

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::document::Node;
use crate::overlay::tree::Step;
use crate::source::{Sources, Span};

/// A query for nodes of a document.
#[derive(Clone, Debug)]
pub struct Target {
    /// The query.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Where its first character stands, if it stands there as it is.
    pub(super) start: Option<u32>,
    query: JsonPath,
}

/// Brackets within each other, at most: the library takes twice as long for each more.
const BRACKET_LIMIT: usize = 8;
/// Parentheses within each other, at most.
const PARENTHESIS_LIMIT: usize = 64;
/// Characters of a query in a message, at most.
const SHOWN: usize = 200;
/// Descendant segments, at most: each multiplies what is selected by the depth of the document.
const DESCENDANT_LIMIT: usize = 4;

impl Target {
    /// Reads a query.
    pub(super) fn read(sources: &Sources, node: &Node, text: &str, sink: &mut Sink) -> Option<Self> {
        let written = sources.text(node.span);
        let offset = written.find(text).filter(|_| !text.is_empty()).and_then(|offset| u32::try_from(offset).ok());
        let start = offset.map(|offset| node.span.start + offset);
        if let Some(what) = beyond_limits(text) {
            sink.report(Diagnostic::new(Code::InvalidTarget, node.span, what));
            return None;
        }
        match parse(text) {
            Ok(query) => Some(Self { text: text.to_owned(), span: node.span, start, query }),
            Err(error) => {
                let Some((query, quoted)) = quoted(text) else {
                    sink.report(invalid(text, &error, node.span, start));
                    return None;
                };
                let message = format!("`{}` has a key that RFC 9535 wants in brackets and quotes", shown(text));
                let diagnostic = Diagnostic::new(Code::InvalidValue, node.span, message).label("read as it is meant");
                sink.report(diagnostic.help(format!("write `{}`", shown(&quoted))));
                Some(Self { text: text.to_owned(), span: node.span, start, query })
            }
        }
    }

    /// The places that it selects, each once, in the order of the query.
    pub(super) fn select(&self, value: &serde_json::Value) -> Vec<Vec<Step>> {
        let mut seen = HashSet::new();
        let located = self.query.query_located(value);
        let mut paths = Vec::new();
        for node in located.iter() {
            if seen.insert(std::ptr::from_ref(node.node())) {
                paths.push(node.location().iter().map(step).collect());
            }
        }
        paths
    }

    /// A range of the text as a place; all of it where it does not stand there as it is.
    pub(super) fn narrowed(&self, range: std::ops::Range<usize>) -> Span {
        narrowed(self.span, self.start, range)
    }
}

fn narrowed(span: Span, start: Option<u32>, range: std::ops::Range<usize>) -> Span {
    match (start, u32::try_from(range.start), u32::try_from(range.end)) {
        (Some(first), Ok(start), Ok(end)) if first + end <= span.end => {
            Span { start: first + start, end: first + end, ..span }
        }
        _ => span,
    }
}

pub(super) fn step(element: &PathElement<'_>) -> Step {
    match element {
        PathElement::Name(name) => Step::Key((*name).to_owned()),
        PathElement::Index(index) => Step::Index(*index),
    }
}

/// Why a text is no query.
pub(super) struct Unreadable {
    /// The byte that it was given up at.
    at: usize,
    /// What is wrong, where it is more than that.
    what: Option<String>,
}

/// Reads a query.
pub(super) fn parse(text: &str) -> Result<JsonPath, Unreadable> {
    JsonPath::parse(text).map_err(|error| {
        let at = error.position().min(text.len());
        let at = (0..=at).rfind(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let what = error.message().find("function name").map(|start| error.message()[start..].replace('\'', "`"));
        Unreadable { at, what }
    })
}

/// Reads a query with keys like `x-internal` and `404` behind points, which everybody understands and RFC 9535 section
/// 2.5.1.1 does not allow. Gives it with brackets and quotes, too.
pub(super) fn quoted(text: &str) -> Option<(JsonPath, String)> {
    let is_key = |character: char| character.is_alphanumeric() || "_-".contains(character);
    let is_shorthand = |key: &str| !key.contains('-') && !key.starts_with(|first: char| first.is_ascii_digit());
    let (mut quoted, mut quote, mut rest) = (String::new(), None, text);
    while let Some(character) = rest.chars().next() {
        let length = character.len_utf8();
        let after = &rest[length..];
        let key = &after[..after.find(|next| !is_key(next)).unwrap_or(after.len())];
        if quote.is_none() && character == '.' && !key.is_empty() && !is_shorthand(key) {
            let descends = if quoted.ends_with('.') { "." } else { "" };
            let _ = write!(quoted, "{descends}['{key}']");
            rest = &after[key.len()..];
            continue;
        }
        match quote {
            Some(_) if character == '\\' => {
                let escaped = after.chars().next().map_or(0, char::len_utf8);
                quoted.push_str(&rest[..length + escaped]);
                rest = &after[escaped..];
                continue;
            }
            Some(open) if open == character => quote = None,
            None if matches!(character, '\'' | '"') => quote = Some(character),
            Some(_) | None => {}
        }
        quoted.push(character);
        rest = after;
    }
    parse(&quoted).ok().map(|query| (query, quoted))
}

/// A query as messages show it.
pub(super) fn shown(text: &str) -> String {
    let mut characters = text.chars();
    let shown: String = characters.by_ref().take(SHOWN).collect();
    if characters.next().is_some() { shown + "…" } else { shown }
}

/// What is too much of something in a query.
fn beyond_limits(text: &str) -> Option<String> {
    let (mut brackets, mut parentheses, mut descendants) = (0_usize, 0_usize, 0_usize);
    let mut quote = None;
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match (quote, character) {
            (Some(_), '\\') => {
                characters.next();
            }
            (Some(open), _) => quote = quote.filter(|_| character != open),
            (None, '\'' | '"') => quote = Some(character),
            (None, '[') => brackets += 1,
            (None, ']') => brackets = brackets.saturating_sub(1),
            (None, '(') => parentheses += 1,
            (None, ')') => parentheses = parentheses.saturating_sub(1),
            (None, '.') if text[at..].starts_with("..") => descendants += 1,
            (None, _) => {}
        }
        if brackets > BRACKET_LIMIT {
            return Some(format!("the query has more than {BRACKET_LIMIT} brackets within each other"));
        }
        if parentheses > PARENTHESIS_LIMIT {
            return Some(format!("the query has more than {PARENTHESIS_LIMIT} parentheses within each other"));
        }
    }
    (descendants > DESCENDANT_LIMIT).then(|| format!("the query has more than {DESCENDANT_LIMIT} times `..`"))
}

fn invalid(text: &str, error: &Unreadable, span: Span, start: Option<u32>) -> Diagnostic {
    let at = error.at;
    let next = text[at..].chars().next();
    let end = at + next.map_or(0, char::len_utf8);
    let message = format!("`{}` is no JSONPath query of RFC 9535", shown(text));
    let diagnostic = Diagnostic::new(Code::InvalidTarget, narrowed(span, start, at..end), message);
    let diagnostic = diagnostic.label(match (&error.what, next) {
        (Some(what), _) => what.clone(),
        (None, Some('[')) => "these brackets, or what is in them, cannot stand here".to_owned(),
        (None, Some(next)) => format!("`{next}` cannot stand here"),
        (None, None) => "something is missing here".to_owned(),
    });
    if !text.starts_with('$') {
        return diagnostic.help("begin with `$`, the root of the document");
    }
    match key_at(text, at) {
        Some(key) => diagnostic.help(format!("write a key like this in brackets and quotes: `['{key}']`")),
        None => diagnostic,
    }
}

/// The key that a query has behind a point, where it was given up within that key.
fn key_at(text: &str, at: usize) -> Option<&str> {
    let point = text[..at].rfind('.')?;
    let is_key = |character: char| character.is_alphanumeric() || "_-/{}:".contains(character);
    let key: &str = text[point + 1..].split(|character| !is_key(character)).next()?;
    (!key.is_empty() && point + 1 + key.len() > at).then_some(key)
}
