//! The measures of time, memory and size.

use std::fmt;
use std::time::Duration;

use crate::corpus::judge::{Measure, measure, usize_to_f64};
use crate::corpus::measures::{
    CORPUS_TIME, LARGE, LARGE_MEMORY, LARGE_TIME, RIVAL_LINES, RIVAL_MEMORY, RIVAL_TIME, RIVALS,
};
use crate::corpus::record::{Check, Cost, Row};

/// Time and memory of the document that they are told of.
pub(super) fn large(rows: &[Row]) -> Vec<Measure> {
    let Some(row) = rows.iter().find(|row| row.task.name == LARGE) else { return Vec::new() };
    let cost = row.run.cost.filter(|_| row.run.outcome.code().is_some());
    let time = cost.map(|cost| Timed { seconds: cost.milliseconds / 1000.0, speed: cost.speed });
    let memory = cost.and_then(|cost| cost.peak_kilobytes).map(|kilobytes| kilobytes * 1024);
    let shown = |figure: Option<String>| figure.unwrap_or_else(|| "not measured".to_owned());
    vec![
        measure(
            format!("time for {LARGE}"),
            &shown(time.map(|time| time.to_string())),
            format!("at most {:.1} s", LARGE_TIME.as_secs_f64()),
            time.is_some_and(|time| time.judged() <= LARGE_TIME.as_secs_f64()),
        ),
        measure(
            format!("memory for {LARGE}"),
            &shown(memory.map(|bytes| format!("{} MB", bytes / 1_000_000))),
            format!("at most {} MB", LARGE_MEMORY / 1_000_000),
            memory.is_some_and(|bytes| bytes <= LARGE_MEMORY),
        ),
    ]
}

/// The time of all documents.
pub(super) fn corpus_time(rows: &[Row]) -> Measure {
    let time: Duration = rows.iter().filter_map(|row| row.run.cost.as_ref()).map(milliseconds).sum();
    let cpu: u64 = rows.iter().filter_map(|row| row.run.cost?.cpu_milliseconds).sum();
    // Beside other work the wall time grows, and this does not.
    let found = format!("{:.1} s (cpu {}.{} s)", time.as_secs_f64(), cpu / 1000, cpu % 1000 / 100);
    let wanted = format!("at most {} s", CORPUS_TIME.as_secs());
    measure("time for all documents", &found, wanted, time <= CORPUS_TIME)
}

fn milliseconds(cost: &Cost) -> Duration {
    Duration::try_from_secs_f64(cost.milliseconds / 1000.0).unwrap_or(Duration::MAX)
}

/// Ours against the rivals', for the documents that generate.
pub(super) fn rivals(rows: &[Row]) -> Vec<Measure> {
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
        Some(seconds) if check.clean() => {
            let time = Timed { seconds, speed: check.speed };
            (time.to_string(), time.judged() <= limit)
        }
        Some(_) | None => ("not measured".to_owned(), false),
    }
}

/// A time, and the speed of the machine beside it.
#[derive(Clone, Copy)]
struct Timed {
    seconds: f64,
    speed: Option<f64>,
}

impl Timed {
    /// The time on the machine that the bounds were set on.
    fn judged(self) -> f64 {
        self.seconds * self.speed.unwrap_or(1.0)
    }
}

impl fmt::Display for Timed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.speed {
            Some(speed) => write!(f, "{:.2} s x {speed:.2} = {:.2} s", self.seconds, self.judged()),
            None => write!(f, "{:.2} s", self.seconds),
        }
    }
}
