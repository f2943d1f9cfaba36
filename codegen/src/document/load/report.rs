//! The diagnostics of loading, syntax apart.

use crate::{
    diagnostic::{Code, Diagnostic},
    document::load::{NESTING_LIMIT, anchors},
    source::Span,
};

/// Characters of a document's text that a message repeats, at most.
const EXCERPT: usize = 60;

pub(super) fn size_limit(span: Span) -> Diagnostic {
    Diagnostic::new(Code::SizeLimit, span, "the file is larger than 4 GiB")
}

pub(super) fn encoding(span: Span, character: char) -> Diagnostic {
    let message = format!("the control character U+{:04X} is no text", u32::from(character));
    Diagnostic::new(Code::Encoding, span, message)
        .help("write it as an escape in double quotes, or check that this is a text file")
}

pub(super) fn empty_document(span: Span) -> Diagnostic {
    Diagnostic::new(Code::EmptyDocument, span, "the document holds no value")
}

pub(super) fn second_document(span: Span) -> Diagnostic {
    Diagnostic::new(Code::SecondDocument, span, "a second document begins here")
        .help("give each document a file of its own")
}

pub(super) fn duplicate_key(key: &str, again: Span, first: Span, same_text: bool) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::DuplicateKey, again, format!("the key `{}` is given twice", excerpt(key)))
        .label("given again here")
        .other(first, "first given here");
    if same_text {
        diagnostic
    } else {
        diagnostic.help("keys are compared as text: `200` and `'200'` are the same key")
    }
}

pub(super) fn key_not_scalar(span: Span, kind: &str) -> Diagnostic {
    Diagnostic::new(Code::KeyNotScalar, span, format!("{kind} cannot be a key"))
        .help("put a text that begins with one of `[ { * ?` in quotes")
}

pub(super) fn missing_key(span: Span) -> Diagnostic {
    Diagnostic::new(Code::KeyNotScalar, span, "a value has no key").help("put the key before the `:`")
}

pub(super) fn merge_key(span: Span) -> Diagnostic {
    Diagnostic::new(Code::MergeKey, span, "the merge key `<<` is not supported")
        .help("write the merged keys out, or put `<<` in quotes if it is meant as a key")
}

pub(super) fn unknown_alias(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(Code::UnknownAlias, span, format!("no anchor `&{}` stands before this alias", excerpt(name)))
}

pub(super) fn alias_to_itself(span: Span, alias: &str) -> Diagnostic {
    let message = format!("the alias `{}` stands inside of what it names", excerpt(alias));
    Diagnostic::new(Code::UnknownAlias, span, message)
}

pub(super) fn alias_limit(span: Span) -> Diagnostic {
    let message = format!("aliases expand to more than {} nodes", anchors::EXPANSION_LIMIT);
    Diagnostic::new(Code::AliasLimit, span, message)
}

pub(super) fn unknown_tag(span: Span, tag: &str) -> Diagnostic {
    let message = format!("the tag `{}` is not one of YAML's core schema", excerpt(tag));
    Diagnostic::new(Code::Tag, span, message).help("leave the tag out, or put a text that begins with `!` in quotes")
}

pub(super) fn tag_mismatch(span: Span, tag: Span, expected: &str) -> Diagnostic {
    Diagnostic::new(Code::Tag, span, format!("the value does not fit its tag `!!{expected}`")).other(tag, "the tag")
}

pub(super) fn number_not_json(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(Code::NumberNotJson, span, format!("JSON has no number like `{}`", excerpt(text)))
        .help("put it in quotes if it is a text")
}

pub(super) fn nesting_limit(span: Span) -> Diagnostic {
    let message = format!("lists and mappings are nested more than {NESTING_LIMIT} deep");
    Diagnostic::new(Code::NestingLimit, span, message)
}

/// The beginning of a text, on one line, without control characters.
fn excerpt(text: &str) -> String {
    let mut excerpt = String::new();
    for (index, character) in text.chars().enumerate() {
        if index == EXCERPT {
            excerpt.push('…');
            break;
        }
        if character.is_control() {
            excerpt.extend(character.escape_default());
        } else {
            excerpt.push(character);
        }
    }
    excerpt
}
