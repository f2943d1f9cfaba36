//! Why a text is not decoded: two words for the fast path, a line and a column for people.

use std::fmt;

/// Why a [`Reader`](super::Reader) stopped. It is two words, so that the fast path stays fast: what exactly is wrong is
/// found by a second, slow look at the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The text is no JSON (RFC 8259), or nested too deeply.
    Syntax {
        /// The place in the text, in bytes.
        offset: usize,
    },
    /// The value is none of the type's.
    Invalid {
        /// The place in the text, in bytes.
        offset: usize,
    },
}

/// Why [`from_json`](super::from_json) refused a text, with the place for people.
///
/// ```
/// let error = stubwright::json::from_json::<Vec<bool>>(b"[true,\n 1]").expect_err("1 is no boolean");
/// assert_eq!(error.to_string(), "the value does not fit, line 2 column 2");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// What the fast path said, with the offset in bytes.
    pub refused: Refused,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl DecodeError {
    /// Finds line and column of a refusal in its text.
    pub fn new(refused: Refused, text: &[u8]) -> Self {
        let offset = match refused {
            Refused::Syntax { offset } | Refused::Invalid { offset } => offset,
        };
        let before = text.get(..offset).unwrap_or(text);
        let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
        let (lines, line) = before.split_at(start);
        Self {
            refused,
            line: lines.split(|&byte| byte == b'\n').count(),
            column: String::from_utf8_lossy(line).chars().count() + 1,
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.refused {
            Refused::Syntax { .. } => "malformed or too deeply nested JSON",
            Refused::Invalid { .. } => "the value does not fit",
        };
        write!(f, "{what}, line {} column {}", self.line, self.column)
    }
}

impl std::error::Error for DecodeError {}
