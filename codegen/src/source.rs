//! The texts that were read, and places in them.
//!
//! Every later stage speaks of places as [`Span`]s: byte ranges of one [`Source`]. Lines and columns are worked out only
//! when a diagnostic is shown.

use std::ops::Range;

/// Which text of a [`Sources`] a place belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(u32);

/// A byte range of one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The text.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Span {
    /// The range as an index into the source's text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// One text, with the name that diagnostics show.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as the user gave it.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// Where each line begins.
    line_starts: Vec<usize>,
}

/// All texts of one run.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    sources: Vec<Source>,
}

/// A place as people count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl Sources {
    /// Keeps a text and gives its id.
    ///
    /// # Panics
    ///
    /// Only with more than 2^32 sources.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        let id = SourceId(u32::try_from(self.sources.len()).expect("fewer than 2^32 sources"));
        let text = text.into();
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(newline, _)| newline + 1)).collect();
        self.sources.push(Source { name: name.into(), text, line_starts });
        id
    }

    /// The source with this id.
    pub fn get(&self, id: SourceId) -> &Source {
        &self.sources[id.0 as usize]
    }

    /// The text of a place.
    pub fn text(&self, span: Span) -> &str {
        &self.get(span.source).text[span.range()]
    }

    /// Where a place begins, for people.
    pub fn position(&self, span: Span) -> Position {
        let source = self.get(span.source);
        let start = span.start as usize;
        let line = source.line_starts.partition_point(|&line_start| line_start <= start);
        let line_start = line.checked_sub(1).map_or(0, |index| source.line_starts[index]);
        Position { line, column: source.text[line_start..start].chars().count() + 1 }
    }
}
