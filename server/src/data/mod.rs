//! The data file: YAML text enters, keys of the three APIs leave, or everything that is wrong with it, each with its
//! place.
//!
//! No message repeats a value of the file: it might be a credential.

mod check;
mod file;
mod place;

use std::fmt;

use crate::store::Key;

/// The file that is used when no other is named.
pub const EMBEDDED: &[u8] = include_bytes!("../../data.yaml");

/// The keys of each API.
#[derive(Clone, Debug)]
pub struct Data {
    /// Devin v2.
    pub devin_v2: Vec<Key>,

    /// Devin v3.
    pub devin_v3: Vec<Key>,

    /// `LangWatch`.
    pub langwatch: Vec<Key>,
}

/// What a good file gives.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The keys.
    pub data: Data,

    /// What is accepted, though it should be otherwise.
    pub warnings: Vec<Problem>,
}

/// Something about the file, and where. Lines and columns count from 1.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Problem {
    /// The line.
    pub line: usize,

    /// The column, in characters.
    pub column: usize,

    /// What is wrong, or what to do about it.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// Reads a data file. `environment` looks up the variables that `secret_from_env` names.
///
/// # Errors
/// Everything that is wrong with the file, in its order. A file that does not have the form at all gives the first
/// place where that shows.
///
/// ```
/// let text = "
/// devin_v2:
///   - enterprise: enterprise-one
///     service_keys:
///       - id: apk-1
///         created_at: 1700000000
///       - id: apk-1
///         created_at: 1700000000
/// ";
/// let problems = stubwright_server::data::read(text.as_bytes(), &|_| None).expect_err("an id is given twice");
/// assert_eq!(problems[0].to_string(), "7:13: this id is taken: it is first given in line 5");
/// ```
pub fn read(text: &[u8], environment: &dyn Fn(&str) -> Option<String>) -> Result<Loaded, Vec<Problem>> {
    let text = str::from_utf8(text).map_err(|error| vec![not_utf8(&text[..error.valid_up_to()])])?;
    let file = serde_yaml::from_str(text).map_err(|error| vec![malformed(&error)])?;
    let (data, findings) = check::check(&file, environment);
    let located = |findings: Vec<check::Finding>| {
        let mut problems: Vec<_> = findings.into_iter().map(|finding| locate(text, finding)).collect();
        problems.sort_by_key(|problem| (problem.line, problem.column));
        problems
    };
    let (errors, warnings): (Vec<_>, Vec<_>) =
        findings.into_iter().partition(|finding| finding.severity == check::Severity::Error);
    if errors.is_empty() { Ok(Loaded { data, warnings: located(warnings) }) } else { Err(located(errors)) }
}

fn not_utf8(before: &[u8]) -> Problem {
    let before = String::from_utf8_lossy(before);
    let last = before.rsplit('\n').next().unwrap_or_default();
    let (line, column) = (before.matches('\n').count() + 1, last.chars().count() + 1);
    Problem { line, column, message: "this is not UTF-8".to_owned() }
}

fn locate(text: &str, finding: check::Finding) -> Problem {
    let (line, column) = place::find(text, &finding.path);
    let message = match finding.first {
        Some(first) => format!("{}: it is first given in line {}", finding.message, place::find(text, &first).0),
        None => finding.message,
    };
    Problem { line, column, message }
}

fn malformed(error: &serde_yaml::Error) -> Problem {
    let (line, column) = error.location().map_or((1, 1), |location| (location.line(), location.column()));
    let text = error.to_string();
    let text = text.strip_suffix(&format!(" at line {line} column {column}")).unwrap_or(&text);
    Problem { line, column, message: without_value(text) }
}

/// Cuts what serde quotes from the file: it stands between a kind of mistake and what was expected instead.
fn without_value(message: &str) -> String {
    match message.rsplit_once(", expected") {
        Some((mistake, expected)) => {
            let mistake = mistake.find(['`', '"']).map_or(mistake, |quote| mistake[..quote].trim_end());
            format!("{mistake}, expected{expected}")
        }
        None => message.to_owned(),
    }
}
