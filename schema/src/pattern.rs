//! Patterns, which the generator translated for one of two engines; they are compiled at their first use.

use std::sync::OnceLock;

use crate::sequence::Sequence;

/// A pattern.
#[derive(Debug)]
pub struct Pattern {
    /// What the document says, for people.
    pub source: String,
    /// What runs it.
    pub engine: Engine,
    /// What it is in the syntax of the engine.
    pub text: String,
    compiled: OnceLock<Option<Compiled>>,
}

/// What runs a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// In time linear in the text.
    Linear,
    /// With look-around and back-references, and a limit of steps.
    Backtracking,
}

/// What a pattern says of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Matches,
    Differs,
    /// It takes more steps than are allowed to find out.
    Unknown,
}

#[derive(Debug)]
enum Compiled {
    Sequence(Sequence),
    Linear(regex::Regex),
    Backtracking(Box<fancy_regex::Regex>),
}

/// Steps back, at most: some hundredths of a second.
const BACKTRACK_LIMIT: usize = 1_000_000;

impl Pattern {
    pub(crate) fn new(source: String, engine: Engine, text: String) -> Self {
        Self { source, engine, text, compiled: OnceLock::new() }
    }

    /// Whether the pattern is certainly found in a text.
    pub fn is_found(&self, text: &str) -> bool {
        self.verdict(text) == Verdict::Matches
    }

    /// Whether the pattern is found anywhere in a text.
    pub(crate) fn verdict(&self, text: &str) -> Verdict {
        let found = match self.compiled.get_or_init(|| self.compile()) {
            Some(Compiled::Sequence(sequence)) => Some(sequence.is_match(text)),
            Some(Compiled::Linear(regex)) => Some(regex.is_match(text)),
            Some(Compiled::Backtracking(regex)) => regex.is_match(text).ok(),
            None => None,
        };
        match found {
            Some(true) => Verdict::Matches,
            Some(false) => Verdict::Differs,
            None => Verdict::Unknown,
        }
    }

    fn compile(&self) -> Option<Compiled> {
        if self.engine == Engine::Linear
            && let Some(sequence) = Sequence::parse(&self.text)
        {
            return Some(Compiled::Sequence(sequence));
        }
        let compiled = match self.engine {
            Engine::Linear => regex::Regex::new(&self.text).map(Compiled::Linear).map_err(|error| error.to_string()),
            Engine::Backtracking => fancy_regex::RegexBuilder::new(&self.text)
                .backtrack_limit(BACKTRACK_LIMIT)
                .build()
                .map(|regex| Compiled::Backtracking(Box::new(regex)))
                .map_err(|error| error.to_string()),
        };
        // The generator compiled the same text, so only another version of an engine gets here.
        compiled.inspect_err(|error| tracing::error!(pattern = self.source, error, "a pattern cannot be compiled")).ok()
    }
}
