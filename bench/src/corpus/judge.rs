//! Rows enter, measures leave, each held or missed.
//!
//! The one rule: a measure looks at rows only, and names the rows that miss it.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use crate::corpus::measures::{
    ACCEPTED, CORPUS_TIME, LARGE, LARGE_MEMORY, LARGE_TIME, RAW_SHARE, REAL_ENTRIES, RIVAL_LINES, RIVAL_MEMORY,
    RIVAL_TIME, RIVALS,
};
use crate::corpus::record::{Check, Cost, Outcome, Row, Section};
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
    measures.extend(large(rows));
    if let Coverage::Whole(_) = coverage {
        measures.push(corpus_time(rows));
    }
    measures.extend(compiled(rows));
    measures.extend(rivals(rows));
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

fn large(rows: &[Row]) -> Vec<Measure> {
    let Some(row) = rows.iter().find(|row| row.task.name == LARGE) else { return Vec::new() };
    let cost = row.run.cost.filter(|_| row.run.outcome.code().is_some());
    let time = cost.map(|cost| milliseconds(&cost));
    let memory = cost.and_then(|cost| cost.peak_kilobytes).map(|kilobytes| kilobytes * 1024);
    let shown = |figure: Option<String>| figure.unwrap_or_else(|| "not measured".to_owned());
    vec![
        measure(
            format!("time for {LARGE}"),
            &shown(time.map(|time| format!("{:.2} s", time.as_secs_f64()))),
            format!("at most {:.1} s", LARGE_TIME.as_secs_f64()),
            time.is_some_and(|time| time <= LARGE_TIME),
        ),
        measure(
            format!("memory for {LARGE}"),
            &shown(memory.map(|bytes| format!("{} MB", bytes / 1_000_000))),
            format!("at most {} MB", LARGE_MEMORY / 1_000_000),
            memory.is_some_and(|bytes| bytes <= LARGE_MEMORY),
        ),
    ]
}

fn corpus_time(rows: &[Row]) -> Measure {
    let time: Duration = rows.iter().filter_map(|row| row.run.cost.as_ref()).map(milliseconds).sum();
    let wanted = format!("at most {} s", CORPUS_TIME.as_secs());
    measure("time for all documents", &format!("{:.1} s", time.as_secs_f64()), wanted, time <= CORPUS_TIME)
}

fn milliseconds(cost: &Cost) -> Duration {
    Duration::try_from_secs_f64(cost.milliseconds / 1000.0).unwrap_or(Duration::MAX)
}

fn compiled(rows: &[Row]) -> Option<Measure> {
    let clean = |row: &Row| row.check.as_ref().is_some_and(Check::clean);
    let first = |row: &Row| row.check.as_ref().and_then(|check| check.first.clone()).unwrap_or_default();
    every("compiled without a warning", rows.iter().filter(|row| row.check.is_some()), clean, first)
}

/// Ours against the rivals', for the documents that generate.
fn rivals(rows: &[Row]) -> Vec<Measure> {
    let mut measures = Vec::new();
    for rival in &RIVALS {
        let Some(row) = rows.iter().find(|row| row.task.name == rival.name) else { continue };
        if let Some(code) = row.run.outcome.code() {
            let limit = RIVAL_LINES * usize_to_f64(rival.lines);
            let held = usize_to_f64(code.rust_lines) <= limit;
            measures.push(measure(
                format!("lines of {}", rival.name),
                &code.rust_lines,
                format!("at most {limit:.0}"),
                held,
            ));
        }
        let Some(check) = &row.check else { continue };
        let limit = RIVAL_TIME * rival.seconds;
        let (found, held) = timed(check, limit);
        measures.push(measure(format!("check time of {}", rival.name), &found, format!("at most {limit:.1} s"), held));
        if let Some(kilobytes) = check.peak_kilobytes.filter(|_| rival == &RIVALS[0]) {
            let (bytes, limit) = (kilobytes * 1024, RIVAL_MEMORY / 2);
            measures.push(measure(
                format!("check memory of {}", rival.name),
                &format!("{} MB", bytes / 1_000_000),
                format!("at most {} MB", limit / 1_000_000),
                bytes <= limit,
            ));
        }
    }
    measures
}

fn timed(check: &Check, limit: f64) -> (String, bool) {
    match check.seconds {
        Some(seconds) if check.clean() => (format!("{seconds:.1} s"), seconds <= limit),
        Some(_) | None => ("not measured".to_owned(), false),
    }
}

/// Counts of lines and operations, which are far below 2^52.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn usize_to_f64(count: usize) -> f64 {
    count as f64
}
