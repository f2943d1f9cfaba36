//! Scalars as the document has them: where the parser's answer is not yet the one to keep.

use std::{borrow::Cow, ops::Range};

use granit_parser::{ScalarStyle, Tag};

use crate::document::load::repair;

/// A scalar, before its value is known.
#[derive(Debug)]
pub(super) struct Written<'event> {
    pub(super) text: Cow<'event, str>,
    pub(super) style: ScalarStyle,
    pub(super) range: Range<usize>,
    /// The tag and its place.
    pub(super) tag: Option<(&'event Tag, Range<usize>)>,
}

impl Written<'_> {
    /// Whether nothing is written: the parser gives `~` for it.
    pub(super) fn is_absent(&self) -> bool {
        self.style == ScalarStyle::Plain && self.range.is_empty() && self.tag.is_none()
    }

    /// Takes the place and the text from the document. The event before ended at `previous`.
    pub(super) fn settle(&mut self, document: &str, previous: usize, repaired: &[Range<usize>]) {
        match self.style {
            ScalarStyle::Plain => {
                let written = &document[self.range.clone()];
                if repair::has_controls(written) {
                    self.text = Cow::Owned(written.to_owned());
                }
            }
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                if (repaired.contains(&self.range) || repair::has_controls(&document[self.range.clone()]))
                    && let Some(text) = repair::value(&document[self.range.clone()])
                {
                    self.text = Cow::Owned(text);
                }
            }
            ScalarStyle::Literal | ScalarStyle::Folded => {
                if self.text.ends_with('\n') && ends_without_newline(document, self.range.end) {
                    self.text.to_mut().pop();
                }
                if let Some(header) = block_header(document, previous, self.range.start) {
                    self.range.start = header;
                }
            }
        }
    }
}

/// Whether the last line of a block scalar is the document's last one and has no newline, which the parser adds. YAML
/// 1.2.2 section 8.1.1.2 keeps a final line break, and makes none.
fn ends_without_newline(document: &str, end: usize) -> bool {
    let last_line = document.rsplit('\n').next().unwrap_or_default();
    end == document.len() && !last_line.trim().is_empty()
}

/// Where the `|` or `>` of a block scalar stands, which the parser leaves out of the scalar's place. Between it and the
/// end of what came before may be indicators, properties and comments.
fn block_header(document: &str, from: usize, content: usize) -> Option<usize> {
    let bytes = document.as_bytes().get(..content)?;
    let rest = |at: usize, stops: fn(u8) -> bool| at + bytes[at..].iter().take_while(|&&byte| !stops(byte)).count();
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b'|' | b'>' => return Some(at),
            b'#' => rest(at, |byte| matches!(byte, b'\n' | b'\r')),
            b'&' | b'!' => rest(at, |byte| byte.is_ascii_whitespace()),
            _ => at + 1,
        };
    }
    None
}
