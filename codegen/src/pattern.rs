//! Patterns as documents write them enter, patterns for a Rust engine leave.
//!
//! OpenAPI and JSON Schema ask for ECMA-262 regular expressions, with the flag `u`, searched anywhere in the text (JSON
//! Schema 2020-12 core, section 6.4). The rule: a pattern that is valid so means exactly that. `\d`, `\w` and `\b` are
//! ASCII, `\s` is ECMA's white space, `^` and `$` are the ends of the text only, `.` excludes the four line ends, and a
//! group that took no part is an empty back-reference. Rust's strings hold no lone surrogates, so these match nothing.
//!
//! What is not valid with the flag `u` but without (ECMA-262 annex B.1.2) means what it means there: escapes of letters
//! and punctuation, octal escapes, braces that are no quantifier, `]` alone, a class such as `\w` at the end of a range.
//!
//! What is valid in neither, or can match nothing there, but has a meaning in PCRE, Python or Java, has that meaning:
//!
//! - `\A`, `\z`, `\Z`: the ends of the text; `\h`: a space, a tab or another horizontal space; `\pL`: `\p{L}`.
//! - `(?i)`, `(?s)`, `(?m)`, `(?x)`, alone, with a minus, or with a group: what they do to Rust's `regex`.
//! - `a++`, `(?>a)`: no way back. `(?P<name>a)`, `(?P=name)`: a named group. `(?#a)`: nothing.
//! - `[[:alpha:]]`: the ASCII class. `a{,3}`: `a{0,3}`.
//! - `/^a$/i`: the pattern between the slashes, if it begins with `^` or ends in `$`, with its flags.
//!
//! Most patterns run in linear time. Look-around, back-references, what has no way back and huge repetitions need the
//! other engine.

mod class;
mod escape;
mod group;
#[cfg(test)]
mod tests;
mod translator;

use self::translator::{Stop, Translator};

/// A pattern in the syntax of the engine that runs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Pattern {
    /// For the crate `regex`.
    Linear(String),
    /// For the crate `fancy-regex`.
    Backtracking(String),
}

/// Which engine is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Engine {
    Linear,
    Backtracking,
}

/// The longest pattern that is read, in bytes.
const LONGEST: usize = 1 << 16;

/// Translates a pattern, and makes sure that its engine takes it.
///
/// # Errors
///
/// What is wrong with it, for people.
pub(crate) fn translate(source: &str) -> Result<Pattern, String> {
    if source.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    let (body, flags) = unwrapped(source).unwrap_or((source, ""));
    let chars: Vec<char> = body.chars().collect();
    let run = |engine| Translator::new(&chars, engine).run(flags);
    match run(Engine::Linear) {
        Ok(text) => match regex::Regex::new(&text) {
            Ok(_) => Ok(Pattern::Linear(text)),
            // It writes repetitions out; the other engine counts.
            Err(regex::Error::CompiledTooBig(_)) => backtracking(run(Engine::Backtracking)),
            Err(error) => Err(brief(&error.to_string())),
        },
        Err(Stop::NeedsBacktracking) => backtracking(run(Engine::Backtracking)),
        Err(error @ Stop::Malformed(_)) => Err(error.message()),
    }
}

fn backtracking(text: Result<String, Stop>) -> Result<Pattern, String> {
    let text = text.map_err(Stop::message)?;
    match fancy_regex::Regex::new(&text) {
        Ok(_) => Ok(Pattern::Backtracking(text)),
        Err(error) => Err(brief(&error.to_string())),
    }
}

/// A pattern that is wrapped in slashes, and its flags. Nothing can stand before the start of a text nor after its end, so
/// the slashes are no part of it.
fn unwrapped(source: &str) -> Option<(&str, &str)> {
    let (body, flags) = source.strip_prefix('/')?.rsplit_once('/')?;
    let are_flags = flags.chars().all(|flag| matches!(flag, 'd' | 'g' | 'i' | 'm' | 's' | 'u' | 'v' | 'y' | 'x'));
    let is_wrapped = body.starts_with('^') || (body.ends_with('$') && !body.ends_with("\\$"));
    (are_flags && is_wrapped).then_some((body, flags))
}

/// What an engine says, without the lines that show a text which nobody wrote.
fn brief(error: &str) -> String {
    let last = error.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ").to_owned()
}
