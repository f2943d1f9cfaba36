//! Text enters, a [`Document`] leaves: YAML 1.2, and JSON as the part of YAML that it is. What is JSON to the letter is
//! read as that, because it is quicker; the tree is the same.
//!
//! The one rule: what JSON cannot hold is refused at its place, and what differs between readers is refused too: a key
//! that is given twice, a merge key, a second document. Of the YAML library, only this module and the ones below it know.

mod anchors;
mod duplicates;
mod json;
mod repair;
mod report;
mod syntax;
mod tag;
mod tree;
mod written;

use std::ops::Range;

use granit_parser::{Parser, ScanError};

use crate::{
    diagnostic::Sink,
    document::{
        Document,
        load::{repair::Repairs, tree::Builder},
    },
    source::{SourceId, Sources, Span},
};

/// Mappings and sequences within each other, at most.
const NESTING_LIMIT: usize = 200;

/// Reads a whole source as one document.
///
/// `None` when there is no tree to speak of: a syntax error, an empty text, a limit. A tree with a part that was refused
/// is given all the same, with `null` or nothing in the place of that part, so that later errors can be found too; the
/// caller asks [`Sink::gate`].
///
/// ```
/// use stubwright_codegen::{diagnostic::Sink, document::load, source::Sources};
///
/// let mut sources = Sources::default();
/// let source = sources.add("openapi.yaml", "openapi: 3.1.0\npaths: {}\n");
/// let document = load(&sources, source, &mut Sink::default()).expect("this text is well-formed");
/// assert_eq!(document.root.get("openapi").and_then(|node| node.as_str()), Some("3.1.0"));
/// ```
pub fn load(sources: &Sources, source: SourceId, sink: &mut Sink) -> Option<Document> {
    load_range(sources, source, 0..sources.get(source).text.len(), sink)
}

/// Reads one document that stands inside of a source, such as a YAML block of a Markdown page. Places are places of the
/// whole source.
///
/// # Panics
///
/// When the range is none of the source's text.
pub fn load_range(sources: &Sources, source: SourceId, range: Range<usize>, sink: &mut Sink) -> Option<Document> {
    let place = Place { source, base: range.start };
    if u32::try_from(range.end).is_err() {
        sink.report(report::size_limit(place.span(0..0)));
        return None;
    }
    let text = &sources.get(source).text[range];
    if let Some(offset) = first_binary(text.as_bytes()) {
        sink.report(report::encoding(place.span(offset..offset + 1), text.as_bytes()[offset].into()));
        return None;
    }
    if let Some(root) = json::read(text, place) {
        return Some(Document::new(root));
    }
    let mut repairs = Repairs::new(text);
    loop {
        let mut builder = Builder::new(text, &repairs.quoted, place, sink);
        let Err(error) = build(&mut builder, &repairs.text) else { return builder.finish() };
        let context = builder.context(text);
        if let Err(diagnostic) = repairs.repair(&error, &context) {
            sink.report(diagnostic);
            return None;
        }
    }
}

/// Hands the parser's events to the tree.
fn build(builder: &mut Builder<'_>, text: &str) -> Result<(), ScanError> {
    let options = granit_parser::options! {
        emit_unresolved_aliases: true,
        simple_key_max_lookahead: KEY_LIMIT,
    };
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, span) = event?;
        if builder.event(event, &span).is_break() {
            break;
        }
    }
    Ok(())
}

/// YAML 1.2.2 section 7.4.2 limits a key that `?` does not announce to 1024 characters, JSON does not. The parser holds
/// this much of a line back while it does not know yet whether a key began, so there is some limit.
const KEY_LIMIT: usize = 64 * 1024;

/// The first byte that is no text. Whole blocks are looked at without an early end, which is ten times as quick.
fn first_binary(bytes: &[u8]) -> Option<usize> {
    let has_binary = |block: &[u8]| block.iter().fold(false, |found, &byte| found | is_binary(byte));
    let start = bytes.chunks(BLOCK).position(has_binary)? * BLOCK;
    bytes[start..].iter().position(|&byte| is_binary(byte)).map(|offset| start + offset)
}

const BLOCK: usize = 4096;

/// The control characters of ASCII that are no text: YAML 1.2.2 section 5.1, which JSON shares.
fn is_binary(byte: u8) -> bool {
    byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')
}

/// Where the document stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    source: SourceId,
    /// The document's first byte.
    base: usize,
}

impl Place {
    /// A range of the document as a place of the source.
    fn span(self, range: Range<usize>) -> Span {
        let offset = |offset: usize| u32::try_from(self.base + offset).unwrap_or(u32::MAX);
        Span { source: self.source, start: offset(range.start), end: offset(range.end) }
    }
}
