//! Rows enter, measures leave, each held or missed.
//!
//! The one rule: a measure looks at rows only, and names the rows that miss it.

mod figures;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::corpus::measures::{ACCEPTED, RAW_SHARE, REAL_ENTRIES};
use crate::corpus::record::{Check, Outcome, Row, Section};
use crate::corpus::tables::{Exception, Expected};

/// The documents that should be refused and generate, with reasons: checked in beside this crate.
pub const EXCEPTIONS: &str = include_str!("../../invalid.tsv");

/// What a run covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// The whole corpus, with so many entries of `real`.
    Whole(usize),
    /// Chosen documents.
    Part,
}

/// One measure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measure {
    /// What is measured.
    pub name: String,
    /// What was found.
    pub found: String,
    /// What is wanted.
    pub wanted: String,
    /// Whether it is.
    pub held: bool,
    /// The documents that miss it.
    pub missed_by: Vec<String>,
}

/// How a document that should be refused was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It was refused.
    Refused,
    /// It generates, and a warning says what is wrong.
    Warned,
    /// It generates, and nothing that was said is about what is wrong.
    Accepted,
    /// Its process did not come to its end.
    Crashed,
}

/// How a document of `invalid` was taken. What our own list says of it counts, else whether it warned.
pub fn verdict(row: &Row, exception: Option<&Exception>) -> Verdict {
    match (&row.run.outcome, exception) {
        (Outcome::Refused, _) => Verdict::Refused,
        (Outcome::Crashed { .. } | Outcome::Stopped { .. }, _) => Verdict::Crashed,
        (Outcome::Generated(_), Some(Exception { warning: Some(code), .. })) if row.count(code) > 0 => Verdict::Warned,
        (Outcome::Generated(_), None) if row.warned() => Verdict::Warned,
        (Outcome::Generated(_), _) => Verdict::Accepted,
    }
}

/// Judges the rows by every measure that they say something about.
pub fn judge(
    rows: &[Row],
    coverage: Coverage,
    why: &BTreeMap<String, Expected>,
    exceptions: &BTreeMap<String, Exception>,
) -> Vec<Measure> {
    let mut measures = Vec::new();
    if let Coverage::Whole(entries) = coverage {
        let held = entries >= REAL_ENTRIES;
        measures.push(measure("entries of real", &entries, format!("at least {REAL_ENTRIES}"), held));
    }
    measures.extend(all_sections(rows));
    measures.extend(real(rows));
    measures.extend(invalid(rows, why, exceptions));
    measures.extend(figures::large(rows));
    if let Coverage::Whole(_) = coverage {
        measures.push(figures::corpus_time(rows));
    }
    measures.extend(compiled(rows));
    measures.extend(figures::rivals(rows));
    measures
}

/// A measure of one figure.
fn measure(name: impl Into<String>, found: &impl ToString, wanted: impl Into<String>, held: bool) -> Measure {
    Measure { name: name.into(), found: found.to_string(), wanted: wanted.into(), held, missed_by: Vec::new() }
}

/// A measure that every row of a kind must hold; none for no row of that kind.
fn every<'rows>(
    name: &str,
    rows: impl Iterator<Item = &'rows Row>,
    holds: impl Fn(&Row) -> bool,
    what: impl Fn(&Row) -> String,
) -> Option<Measure> {
    let rows: Vec<&Row> = rows.collect();
    let missed_by: Vec<String> =
        rows.iter().filter(|row| !holds(row)).map(|row| format!("{}: {}", row.task.name, what(row))).collect();
    (!rows.is_empty()).then(|| Measure {
        name: name.to_owned(),
        found: format!("{} of {}", rows.len() - missed_by.len(), rows.len()),
        wanted: "all".to_owned(),
        held: missed_by.is_empty(),
        missed_by,
    })
}

fn of(rows: &[Row], section: Section) -> impl Iterator<Item = &Row> {
    rows.iter().filter(move |row| row.task.section == section)
}

/// What holds wherever a document comes from.
fn all_sections(rows: &[Row]) -> impl Iterator<Item = Measure> {
    let generated = || rows.iter().filter(|row| row.run.outcome.code().is_some());
    let ended = |row: &Row| matches!(row.run.outcome, Outcome::Generated(_) | Outcome::Refused);
    let explained = |row: &Row| row.run.reports.iter().any(|report| report.error);
    let refused = rows.iter().filter(|row| row.run.outcome == Outcome::Refused);
    let code = |row: &Row| row.run.outcome.code().cloned().unwrap_or_default();
    [
        every("no crash, no hang", rows.iter(), ended, |row| match &row.run.outcome {
            Outcome::Crashed { how } => how.clone(),
            Outcome::Stopped { limit } => format!("the limit of {limit}"),
            Outcome::Generated(_) | Outcome::Refused => String::new(),
        }),
        every("refused with a diagnostic", refused, explained, |_| "no error was reported".to_owned()),
        every(
            "the same bytes over two runs",
            generated(),
            |row| code(row).identical,
            |_| "the second run differs".to_owned(),
        ),
        every("parsed by syn", generated(), |row| code(row).unparsed.is_empty(), |row| code(row).unparsed.join("; ")),
        every(
            "a handler for every operation",
            generated(),
            |row| code(row).handlers >= row.run.operations,
            |row| format!("{} handlers for {} operations", code(row).handlers, row.run.operations),
        ),
    ]
    .into_iter()
    .flatten()
}

fn real(rows: &[Row]) -> impl Iterator<Item = Measure> {
    let generated = |row: &Row| row.run.outcome.code().is_some();
    let why = |row: &Row| row.run.outcome.word().to_owned();
    let raw = |row: &Row| row.run.outcome.code().map_or(0, |code| code.raw);
    let operations: usize = of(rows, Section::Real).map(|row| row.run.operations).sum();
    let raws: usize = of(rows, Section::Real).map(raw).sum();
    let share = (operations > 0).then(|| {
        let held = usize_to_f64(raws) <= RAW_SHARE * usize_to_f64(operations);
        let wanted = format!("at most {} %", RAW_SHARE * 100.0);
        measure("raw operations of real", &format!("{raws} of {operations}"), wanted, held)
    });
    let whole = |row: &Row| generated(row) && raw(row) == 0;
    [
        every("real generates", of(rows, Section::Real), generated, why),
        share,
        every("torture generates whole", of(rows, Section::Torture), whole, |row| {
            format!("{}, {} raw", why(row), raw(row))
        }),
    ]
    .into_iter()
    .flatten()
}

fn invalid(
    rows: &[Row],
    why: &BTreeMap<String, Expected>,
    exceptions: &BTreeMap<String, Exception>,
) -> impl Iterator<Item = Measure> {
    let verdict = |row: &Row| verdict(row, exceptions.get(&row.task.name));
    let expected = |wanted: Expected| {
        of(rows, Section::Invalid)
            .filter(move |row| why.get(&row.task.name).is_some_and(|expected| *expected == wanted))
    };
    // The list is kept true: it names what generates, and nothing else.
    let listed = |row: &Row| {
        let exception = exceptions.get(&row.task.name);
        match verdict(row) {
            Verdict::Refused | Verdict::Crashed => exception.is_none(),
            Verdict::Warned => exception.is_some_and(|exception| exception.warning.is_some()),
            Verdict::Accepted => exception.is_some_and(|exception| exception.warning.is_none()),
        }
    };
    let what = |row: &Row| format!("{:?} is not what invalid.tsv says", verdict(row));
    let accepted: Vec<String> = expected(Expected::Reject)
        .filter(|row| verdict(row) == Verdict::Accepted)
        .map(|row| row.task.name.clone())
        .collect();
    let few = expected(Expected::Reject).next().is_some().then(|| Measure {
        missed_by: if accepted.len() > ACCEPTED { accepted.clone() } else { Vec::new() },
        ..measure(
            "wrong documents accepted",
            &accepted.len(),
            format!("at most {ACCEPTED}"),
            accepted.len() <= ACCEPTED,
        )
    });
    let warned = |row: &Row| verdict(row) != Verdict::Accepted;
    [
        few,
        every("wrong documents as invalid.tsv says", expected(Expected::Reject), listed, what),
        every("doubtful documents refused or warned about", expected(Expected::RejectOrWarn), warned, |_| {
            "accepted without a word".to_owned()
        }),
    ]
    .into_iter()
    .flatten()
}

fn compiled(rows: &[Row]) -> Option<Measure> {
    let clean = |row: &Row| row.check.as_ref().is_some_and(Check::clean);
    let first = |row: &Row| row.check.as_ref().and_then(|check| check.first.clone()).unwrap_or_default();
    every("compiled without a warning", rows.iter().filter(|row| row.check.is_some()), clean, first)
}

/// Counts of lines and operations, which are far below 2^52.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn usize_to_f64(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests;
