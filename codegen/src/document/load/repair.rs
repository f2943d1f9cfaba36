//! Texts in quotes that go on with less indentation than YAML 1.2.2 section 7.3.1 demands.
//!
//! Common readers take them, and documents in use have them, for example certificates. The parser does not, so it gets a
//! copy of the text in which such a scalar stands on one line, at the same bytes. The scalar's value comes from the text
//! itself.

use std::{borrow::Cow, ops::Range};

use granit_parser::{ErrorKind, Event, Parser, ScanError};

use crate::{
    diagnostic::Diagnostic,
    document::load::syntax::{self, Context},
};

/// Bytes that are parsed again because of repairs, at most: each repair starts over.
const WORK: usize = 100 << 20;

/// Repairs, at most.
const LIMIT: usize = 200;

/// The text that the parser gets.
#[derive(Debug)]
pub(super) struct Repairs<'text> {
    pub(super) text: Cow<'text, str>,
    /// The scalars that were put on one line, in order.
    pub(super) quoted: Vec<Range<usize>>,
    work: usize,
    /// What was wrong before the last repair.
    last: Option<Diagnostic>,
}

impl<'text> Repairs<'text> {
    pub(super) fn new(text: &'text str) -> Self {
        Self { text: Cow::Borrowed(text), quoted: Vec::new(), work: 0, last: None }
    }

    /// Repairs what the parser stumbled over.
    ///
    /// # Errors
    ///
    /// What is wrong, when there is nothing to repair.
    pub(super) fn repair(&mut self, error: &ScanError, context: &Context<'_>) -> Result<(), Diagnostic> {
        let at = error.marker().byte_offset().unwrap_or(context.text.len());
        let diagnostic = syntax::diagnostic(error, context);
        self.work += at;
        let quoted = match error.kind() {
            ErrorKind::InvalidQuotedScalarIndent if self.work <= WORK && self.quoted.len() < LIMIT => {
                syntax::quoted(context, at)
            }
            _ => None,
        };
        match quoted {
            Some(quoted) if value(&context.text[quoted.clone()]).is_some() => {
                self.put_on_one_line(quoted);
                self.last = Some(diagnostic);
                Ok(())
            }
            _ => Err(self.blame(context.text, at, diagnostic)),
        }
    }

    fn put_on_one_line(&mut self, quoted: Range<usize>) {
        let line = self.text[quoted.clone()].replace(['\n', '\r'], " ");
        self.text.to_mut().replace_range(quoted.clone(), &line);
        self.quoted.push(quoted);
    }

    /// An error on the line on which a repaired scalar ends, or on the next one, says that its closing quote was none.
    fn blame(&mut self, text: &str, at: usize, diagnostic: Diagnostic) -> Diagnostic {
        let end = self.quoted.last().map_or(0, |quoted| quoted.end);
        match self.last.take() {
            Some(last) if at >= end && text[end..at].matches('\n').count() < 2 => last,
            _ => diagnostic,
        }
    }
}

/// The value of a scalar in quotes, which stands alone and so has no indentation to keep.
pub(super) fn value(quoted: &str) -> Option<String> {
    let mut value = None;
    for event in Parser::new_from_str(quoted) {
        if let Event::Scalar(text, ..) = event.ok()?.0 {
            value = Some(text.into_owned());
        }
    }
    value
}
