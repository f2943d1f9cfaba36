//! What most documents are refused for: the errors of all rows by kind, the most frequent first.

use std::cmp::Reverse;
use std::fmt::Write as _;

use indexmap::IndexMap;

use crate::corpus::record::{Outcome, Row};
use crate::corpus::table;

/// Errors of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The code's name.
    pub code: String,
    /// The message with `…` for everything in backquotes.
    pub pattern: String,
    /// How many documents have it.
    pub documents: usize,
    /// How many documents have it and no other error.
    pub alone: usize,
    /// How often it was reported.
    pub count: usize,
    /// The first: `path:line:column: message`.
    pub first: String,
}

/// Counts the errors of the refused documents.
pub fn count(rows: &[Row]) -> Vec<Refusal> {
    let mut refusals: IndexMap<(&str, &str), Refusal> = IndexMap::new();
    for row in rows.iter().filter(|row| row.run.outcome == Outcome::Refused) {
        let errors: Vec<_> = row.run.reports.iter().filter(|report| report.error).collect();
        for report in &errors {
            let refusal = refusals.entry((&report.code, &report.pattern)).or_insert_with(|| Refusal {
                code: report.code.clone(),
                pattern: report.pattern.clone(),
                documents: 0,
                alone: 0,
                count: 0,
                first: format!("{}:{}: {}", row.task.name, report.place, report.message),
            });
            refusal.documents += 1;
            refusal.alone += usize::from(errors.len() == 1);
            refusal.count += report.count;
        }
    }
    let mut refusals: Vec<_> = refusals.into_values().collect();
    refusals.sort_by_key(|refusal| Reverse((refusal.documents, refusal.count)));
    refusals
}

/// The most frequent ones, with the first place of each below its line.
pub fn text(refusals: &[Refusal], most: usize) -> String {
    let mut rows = vec![["refusal", "documents", "alone", "times"].map(str::to_owned).to_vec()];
    for Refusal { code, pattern, documents, alone, count, .. } in refusals.iter().take(most) {
        rows.push(vec![format!("{code}: {pattern}"), documents.to_string(), alone.to_string(), count.to_string()]);
    }
    let table = table::columns(&rows);
    let mut lines = table.lines();
    let mut text = format!("{}\n", lines.next().unwrap_or_default());
    for (line, refusal) in lines.zip(refusals) {
        writeln!(text, "{line}\n    {}", refusal.first).expect("a string takes everything");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::record::{Report, Run, Section, Task};

    fn refused(name: &str, errors: &[(&str, usize)]) -> Row {
        let report = |(pattern, count): &(&str, usize)| Report {
            code: "unsupported".to_owned(),
            error: true,
            pattern: (*pattern).to_owned(),
            message: format!("{pattern}!"),
            place: "1:2".to_owned(),
            count: *count,
        };
        let reports = errors.iter().map(report).collect();
        let task = Task { section: Section::Real, name: name.to_owned(), bytes: 1, version: None };
        Row { task, run: Run { outcome: Outcome::Refused, reports, operations: 0, cost: None }, check: None }
    }

    #[test]
    fn the_most_frequent_comes_first() {
        let rows = [refused("a", &[("x", 9)]), refused("b", &[("y", 1), ("x", 1)]), refused("c", &[("y", 1)])];
        let refusals = count(&rows);
        let figures: Vec<_> =
            refusals.iter().map(|it| (it.pattern.as_str(), it.documents, it.alone, it.count)).collect();
        assert_eq!(figures, [("x", 2, 1, 10), ("y", 2, 1, 2)]);
        assert_eq!(refusals[1].first, "b:1:2: y!");
        let text = text(&refusals, 1);
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(text.contains("a:1:2: x!"));
    }
}
