//! The parser's errors in our words.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use crate::{
    diagnostic::{Code, Diagnostic},
    document::load::{Place, report},
    source::Span,
};

/// What is known where an error stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'text> {
    pub(super) text: &'text str,
    /// Before this all is well.
    pub(super) reached: usize,
    /// The innermost bracket that is open.
    pub(super) bracket: Option<usize>,
    pub(super) place: Place,
}

/// The diagnostic for an error of the parser.
pub(super) fn diagnostic(error: &ScanError, context: &Context<'_>) -> Diagnostic {
    let Context { text, reached, bracket, place } = *context;
    let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    let found = text.get(at..).and_then(|rest| rest.chars().next()).filter(|&found| !matches!(found, '\n' | '\r'));
    let span = place.span(at..at + found.map_or(0, char::len_utf8));
    let also = match error.kind() {
        ErrorKind::RecursionLimitExceeded => return report::nesting_limit(span),
        ErrorKind::UnexpectedCharacter { character } if is_binary(*character) => {
            return report::encoding(span, *character);
        }
        ErrorKind::InvalidQuotedScalarIndent => {
            let quote = open_quote(text, reached, at).map(|quote| place.span(quote..quote + 1));
            return quoted_text(span, quote, at == text.len());
        }
        ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => bracket,
        _ => None,
    };
    let (message, help) = words(error, found, at == text.len());
    let mut diagnostic = Diagnostic::new(Code::Syntax, span, message);
    if let Some(bracket) = also {
        diagnostic = diagnostic.other(place.span(bracket..bracket + 1), "this is still open");
    }
    match help {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// What no YAML holds outside of an escape, not even in quotes (YAML 1.2.2 section 5.1).
fn is_binary(character: char) -> bool {
    character.is_control() || matches!(character, '\u{FFFE}' | '\u{FFFF}')
}

/// A text in quotes that goes on below its own indentation.
fn quoted_text(span: Span, quote: Option<Span>, at_end: bool) -> Diagnostic {
    match quote {
        Some(quote) if at_end => Diagnostic::new(Code::Syntax, quote, "this quote is never closed"),
        _ => {
            let message = "the text in quotes goes on with too little indentation";
            let diagnostic = Diagnostic::new(Code::Syntax, span, message).help("check that its quotes are closed");
            quote.into_iter().fold(diagnostic, |diagnostic, quote| diagnostic.other(quote, "the text begins here"))
        }
    }
}

/// The quote between two places that begins a text which goes on to the second one.
fn open_quote(text: &str, from: usize, to: usize) -> Option<usize> {
    let bytes = text.as_bytes().get(..to)?;
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        // Within a plain text, a quote is an apostrophe and a `#` is itself.
        let begins = at == 0 || matches!(bytes[at - 1], b' ' | b'\t' | b'\n' | b'\r' | b'[' | b'{' | b',' | b':');
        at = match byte {
            b'\'' | b'"' if begins => match closing_quote(bytes, at) {
                Some(closing) => closing + 1,
                None => return Some(at),
            },
            b'#' if begins => at + bytes[at..].iter().take_while(|&&byte| byte != b'\n').count(),
            _ => at + 1,
        };
    }
    None
}

fn closing_quote(bytes: &[u8], opening: usize) -> Option<usize> {
    let quote = bytes[opening];
    let mut at = opening + 1;
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            b'\\' if quote == b'"' => 2,
            b'\'' if quote == b'\'' && bytes.get(at + 1) == Some(&b'\'') => 2,
            _ if byte == quote => return Some(at),
            _ => 1,
        };
    }
    None
}

/// The scalar in quotes that goes on at a place.
pub(super) fn quoted(context: &Context<'_>, at: usize) -> Option<Range<usize>> {
    let opening = open_quote(context.text, context.reached, at)?;
    closing_quote(context.text.as_bytes(), opening).map(|closing| opening..closing + 1)
}

/// What is wrong, and what to do.
fn words(error: &ScanError, found: Option<char>, at_end: bool) -> (String, Option<&'static str>) {
    let (message, help): (&str, _) = match error.kind() {
        ErrorKind::UnclosedFlowCollection { open } => return (format!("this `{open}` is never closed"), None),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            return (format!("this `{open}` is closed by a `{close}`"), None);
        }
        ErrorKind::UnexpectedCharacter { character } => {
            return (format!("no value can begin with `{}`", character.escape_debug()), Some(QUOTES));
        }
        ErrorKind::UnsupportedYamlMajorVersion => ("this version of YAML is not supported", None),
        ErrorKind::MisplacedFlowCollectionEnd => ("this bracket closes nothing", None),
        ErrorKind::UnclosedQuotedScalar => ("this quote is never closed", None),
        ErrorKind::MappingValueNotAllowed => {
            ("no mapping can begin here", Some("put a text with `: ` in quotes, or check the indentation"))
        }
        ErrorKind::ExpectedBlockMappingKey => ("a key of the mapping should stand here", Some(INDENTATION)),
        ErrorKind::ExpectedBlockSequenceEntry => ("a `-` of the list should stand here", Some(INDENTATION)),
        ErrorKind::ExpectedDocumentStart => ("the document should end here", Some(INDENTATION)),
        ErrorKind::ExpectedFlowMappingSeparator => ("a `,` or `}` should stand here", None),
        ErrorKind::ExpectedFlowSequenceSeparator => ("a `,` or `]` should stand here", None),
        ErrorKind::BlockSequenceEntryNotAllowed => {
            ("no list can begin here", Some("begin the list on a line of its own"))
        }
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => ("a `:` should follow this key", None),
        ErrorKind::TabInBlockIndentation | ErrorKind::TabInIndentation | ErrorKind::TabNotAllowed => {
            ("a tab cannot indent YAML", Some("indent with spaces"))
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            ("nothing can follow the closing quote", Some("put quotes around the whole text"))
        }
        ErrorKind::UnknownQuotedScalarEscape => ("a `\\` in this text begins no known escape", Some("write `\\\\`")),
        ErrorKind::InvalidLowSurrogate | ErrorKind::MissingLowSurrogate | ErrorKind::UnpairedLowSurrogate => (
            "this text escapes one half of a surrogate pair",
            Some("escape both halves, or write the character itself"),
        ),
        ErrorKind::MissingAnchorOrAliasName => ("a name should follow this character", Some(QUOTES)),
        ErrorKind::UndeclaredTagHandle => ("no `%TAG` line declares this tag", Some(QUOTES)),
        ErrorKind::ExpectedNodeContent | ErrorKind::UnexpectedEofImplicitFlowMapping => {
            return match found {
                _ if at_end => ("the text ends where a value should stand".into(), None),
                None => ("a value should stand here".into(), None),
                Some(found) => (format!("`{}` stands where a value should", found.escape_debug()), None),
            };
        }
        // The library's enum is open, and its words for the rest will do.
        _ => return (lower_case(&error.info()), None),
    };
    (message.to_owned(), help)
}

const QUOTES: &str = "put a text that begins with this character in quotes";
const INDENTATION: &str = "check the indentation";

fn lower_case(message: &str) -> String {
    let mut rest = message.trim_end_matches('.').chars();
    rest.next().map(|first| first.to_lowercase().chain(rest).collect()).unwrap_or_default()
}
