//! Example answers: the schemas of responses and the values that the document shows enter, an answer for each operation
//! leaves.
//!
//! The one rule: an answer is valid, by the exact check of its schema in the direction of responses. The document's own
//! examples come first, then values that are made of the schema.

mod answers;
mod array;
mod choices;
mod facts;
mod format;
mod kind;
mod number;
mod object;
mod pattern;
mod synthesiser;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use self::answers::answer;
pub(crate) use self::synthesiser::Synthesiser;
