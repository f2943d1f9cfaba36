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
        // Only what begins like JSON: in block scalars of YAML they are no text.
        let is_json = text.trim_start().starts_with(['{', '[']);
        let text = if is_json && has_controls(text) {
            Cow::Owned(text.replace(is_control, STAND_IN))
        } else {
            Cow::Borrowed(text)
        };
        Self { text, quoted: Vec::new(), work: 0, last: None }
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

/// What the parser gets in place of each control character, at the same bytes.
const STAND_IN: &str = "\u{a0}";

/// The control characters behind ASCII. JSON allows them in strings (RFC 8259 section 7), and so does YAML 1.2.2 section
/// 5.1 in quotes; the parser does not.
fn is_control(character: char) -> bool {
    matches!(character, '\u{80}'..='\u{84}' | '\u{86}'..='\u{9f}')
}

/// Whether a text has a control character that the parser does not take.
pub(super) fn has_controls(text: &str) -> bool {
    // In UTF-8 they all begin with the same byte, which few others do: to look for that is quicker than to read characters.
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(|&byte| byte == 0xc2) {
        if rest.get(at + 1).is_some_and(|&next| is_control(char::from(next))) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

/// The value of a scalar in quotes, which stands alone and so has no indentation to keep.
pub(super) fn value(quoted: &str) -> Option<String> {
    if has_controls(quoted) {
        return value_with_controls(quoted);
    }
    let mut value = None;
    for event in Parser::new_from_str(quoted) {
        if let Event::Scalar(text, ..) = event.ok()?.0 {
            value = Some(text.into_owned());
        }
    }
    value
}

/// Reads a scalar with another character in place of each control character: one that it has neither as it is nor as an
/// escape.
fn value_with_controls(quoted: &str) -> Option<String> {
    let lower = quoted.to_ascii_lowercase();
    let stand_in = ('\u{100}'..='\u{24f}')
        .find(|&candidate| !quoted.contains(candidate) && !lower.contains(&format!("{:x}", u32::from(candidate))))?;
    let text = value(&quoted.replace(is_control, stand_in.encode_utf8(&mut [0; 4])))?;
    let mut controls = quoted.chars().filter(|&character| is_control(character));
    Some(text.chars().map(|found| if found == stand_in { controls.next().unwrap_or(found) } else { found }).collect())
}
