//! Lines and columns of many places at once.
//!
//! The one rule: each text is gone through once, whatever the length of its lines: a document may be one line.

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::report::SHOWN;
use crate::source::{Sources, Span};

/// A place, as people count it.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file, as diagnostics show it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// The places of spans.
pub(crate) struct Places {
    places: FxHashMap<Span, Place>,
}

impl Places {
    pub(crate) fn new(sources: &Sources, mut spans: Vec<Span>) -> Self {
        spans.sort_unstable();
        spans.dedup();
        let mut places = FxHashMap::with_capacity_and_hasher(spans.len(), FxBuildHasher);
        let mut at = None;
        for span in spans {
            let source = sources.get(span.source);
            let (last, mut offset, mut line, mut column) = at.unwrap_or((span.source, 0, 1, 1));
            if last != span.source {
                (offset, line, column) = (0, 1, 1);
            }
            let start = span.start as usize;
            for character in source.text[offset..start].chars() {
                if character == '\n' {
                    (line, column) = (line + 1, 1);
                } else {
                    column += 1;
                }
            }
            at = Some((span.source, start, line, column));
            places.insert(span, Place { file: source.name.clone(), line, column });
        }
        Self { places }
    }

    /// The place of a span that was asked for.
    pub(crate) fn of(&self, span: Span) -> Place {
        self.places.get(&span).cloned().unwrap_or_default()
    }

    /// The places of the first spans.
    pub(crate) fn first(&self, spans: &[Span]) -> Vec<Place> {
        spans.iter().take(SHOWN).map(|&span| self.of(span)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Places;
    use crate::source::{Sources, Span};

    #[test]
    fn places_are_those_that_diagnostics_show() {
        let mut sources = Sources::default();
        let texts = ["a: ä\nbb: \u{1f980} x\n\n", "{\r\n  \"k\": 1}"];
        let ids = texts.map(|text| sources.add("a.yaml", text));
        let mut spans = Vec::new();
        for (id, text) in ids.into_iter().zip(texts) {
            spans.extend(text.char_indices().map(|(at, _)| {
                let start = u32::try_from(at).expect("a short text");
                Span { source: id, start, end: start }
            }));
        }
        let places = Places::new(&sources, spans.iter().rev().copied().collect());
        for span in spans {
            let (place, expected) = (places.of(span), sources.position(span));
            assert_eq!((place.line, place.column), (expected.line, expected.column), "{span:?}");
        }
    }
}
