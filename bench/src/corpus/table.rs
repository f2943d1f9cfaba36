//! Rows and measures enter, plain text leaves.
//!
//! The one rule: the order is stable, so that two tables can be compared.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::corpus::judge::{Measure, Verdict, verdict};
use crate::corpus::record::{Cost, Outcome, Row, Section};
use crate::corpus::tables::{Exception, Expected};

/// So many documents are named below a missed measure.
const NAMED: usize = 20;

/// Lays out columns: the first to the left, the others to the right.
pub fn columns(rows: &[Vec<String>]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..count).map(|column| width(column).unwrap_or_default()).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(index, (cell, width))| match index {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// A line for each document of `real` and `torture`, and for each elsewhere that did not come to its end or not compile.
pub fn documents(rows: &[Row]) -> String {
    let header = [
        "document",
        "outcome",
        "operations",
        "raw",
        "types",
        "warnings",
        "lines",
        "data",
        "ms",
        "cpu ms",
        "MB",
        "check s",
    ];
    let shown = |row: &&Row| {
        let fine = matches!(row.run.outcome, Outcome::Generated(_) | Outcome::Refused);
        let broken = row.check.as_ref().is_some_and(|check| !check.clean());
        matches!(row.task.section, Section::Real | Section::Torture) || !fine || broken
    };
    let mut table = vec![header.map(str::to_owned).to_vec()];
    table.extend(rows.iter().filter(shown).map(document));
    columns(&table)
}

fn document(row: &Row) -> Vec<String> {
    let code = row.run.outcome.code();
    let figure = |figure: Option<usize>| figure.map_or_else(|| "-".to_owned(), |figure| figure.to_string());
    let warnings: usize = row.run.reports.iter().filter(|report| !report.error).map(|report| report.count).sum();
    let cost = row.run.cost;
    let check = row.check.as_ref().map_or_else(
        || "-".to_owned(),
        |check| match check.seconds {
            _ if !check.clean() => "FAILED".to_owned(),
            Some(seconds) => format!("{seconds:.1}"),
            None => "ok".to_owned(),
        },
    );
    vec![
        row.task.name.clone(),
        row.run.outcome.word().to_owned(),
        row.run.operations.to_string(),
        figure(code.map(|code| code.raw)),
        figure(code.map(|code| code.types)),
        warnings.to_string(),
        figure(code.map(|code| code.rust_lines)),
        figure(code.map(|code| code.data_lines)),
        cost.map_or_else(|| "-".to_owned(), |cost| format!("{:.0}", cost.milliseconds)),
        cost.and_then(|cost| cost.cpu_milliseconds).map_or_else(|| "-".to_owned(), |cpu| cpu.to_string()),
        megabytes(cost),
        check,
    ]
}

fn megabytes(cost: Option<Cost>) -> String {
    let kilobytes = cost.and_then(|cost| cost.peak_kilobytes);
    kilobytes.map_or_else(|| "-".to_owned(), |kilobytes| (kilobytes * 1024 / 1_000_000).to_string())
}

/// A line for each section.
pub fn sections(rows: &[Row]) -> String {
    let header =
        ["section", "documents", "3.x", "generated", "refused", "crashed", "operations", "raw", "lines", "s", "max MB"];
    let mut table = vec![header.map(str::to_owned).to_vec()];
    for section in Section::ALL {
        let rows: Vec<&Row> = rows.iter().filter(|row| row.task.section == section).collect();
        if !rows.is_empty() {
            table.push(section_line(section, &rows));
        }
    }
    columns(&table)
}

fn section_line(section: Section, rows: &[&Row]) -> Vec<String> {
    let codes = || rows.iter().filter_map(|row| row.run.outcome.code());
    let refused = rows.iter().filter(|row| row.run.outcome == Outcome::Refused).count();
    let three = rows.iter().filter(|row| row.task.version.as_ref().is_some_and(|version| version.starts_with("3.")));
    let milliseconds: f64 = rows.iter().filter_map(|row| row.run.cost).map(|cost| cost.milliseconds).sum();
    let largest = rows.iter().filter_map(|row| row.run.cost).max_by_key(|cost| cost.peak_kilobytes);
    vec![
        section.folder().to_owned(),
        rows.len().to_string(),
        three.count().to_string(),
        codes().count().to_string(),
        refused.to_string(),
        (rows.len() - refused - codes().count()).to_string(),
        rows.iter().map(|row| row.run.operations).sum::<usize>().to_string(),
        codes().map(|code| code.raw).sum::<usize>().to_string(),
        codes().map(|code| code.rust_lines).sum::<usize>().to_string(),
        format!("{:.1}", milliseconds / 1000.0),
        megabytes(largest),
    ]
}

/// A line for each code of a warning, with a column for each section: how often it was reported where code was generated.
pub fn warnings(rows: &[Row]) -> String {
    let mut counts: BTreeMap<&str, [usize; Section::ALL.len()]> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.run.outcome.code().is_some()) {
        let column = Section::ALL.iter().position(|section| *section == row.task.section).unwrap_or_default();
        for report in row.run.reports.iter().filter(|report| !report.error) {
            counts.entry(report.code.as_str()).or_default()[column] += report.count;
        }
    }
    let mut table = vec![vec!["warning".to_owned()]];
    table[0].extend(Section::ALL.map(|section| section.folder().to_owned()));
    for (code, counts) in counts {
        table.push([vec![code.to_owned()], counts.map(|count| count.to_string()).to_vec()].concat());
    }
    columns(&table)
}

/// How the documents of `invalid` were taken, with a line for each that generates, and what was said about it.
pub fn classification(
    rows: &[Row],
    why: &BTreeMap<String, Expected>,
    exceptions: &BTreeMap<String, Exception>,
) -> String {
    let mut text = String::new();
    for (expected, word) in [
        (Expected::Reject, "reject"),
        (Expected::RejectOrWarn, "reject or warn"),
        (Expected::AcceptOrExplain, "accept or explain"),
    ] {
        let rows: Vec<(Verdict, &Row)> = rows
            .iter()
            .filter(|row| row.task.section == Section::Invalid && why.get(&row.task.name) == Some(&expected))
            .map(|row| (verdict(row, exceptions.get(&row.task.name)), row))
            .collect();
        let count = |verdict: Verdict| rows.iter().filter(|(found, _)| *found == verdict).count();
        let (refused, warned, accepted) = (count(Verdict::Refused), count(Verdict::Warned), count(Verdict::Accepted));
        writeln!(text, "expected {word}: {refused} refused, {warned} accepted with a warning, {accepted} accepted")
            .expect("a string takes everything");
        if expected != Expected::AcceptOrExplain {
            for (verdict, row) in rows.iter().filter(|(verdict, _)| *verdict != Verdict::Refused) {
                let codes: Vec<&str> = row.run.reports.iter().map(|report| report.code.as_str()).collect();
                writeln!(text, "  {verdict:?}\t{}\t{}", row.task.name, codes.join(" "))
                    .expect("a string takes everything");
            }
        }
    }
    text
}

/// A line for each measure, and below a missed one the documents that miss it.
pub fn measures(measures: &[Measure]) -> String {
    let line = |measure: &Measure| {
        let word = if measure.held { "held" } else { "MISSED" };
        vec![measure.name.clone(), measure.found.clone(), measure.wanted.clone(), word.to_owned()]
    };
    let mut table = vec![["measure", "found", "wanted", ""].map(str::to_owned).to_vec()];
    table.extend(measures.iter().map(line));
    let mut text = columns(&table);
    for measure in measures.iter().filter(|measure| !measure.missed_by.is_empty()) {
        writeln!(text, "\n{}: missed by", measure.name).expect("a string takes everything");
        for name in measure.missed_by.iter().take(NAMED) {
            writeln!(text, "  {name}").expect("a string takes everything");
        }
        if let Some(more) = measure.missed_by.len().checked_sub(NAMED).filter(|more| *more > 0) {
            writeln!(text, "  and {more} more").expect("a string takes everything");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::record::{Code, Report, Run, Task};

    fn row(section: Section, name: &str, outcome: Outcome) -> Row {
        let task = Task { section, name: name.to_owned(), bytes: 1, version: Some("3.1.0".to_owned()) };
        let report = Report {
            code: "no-effect".to_owned(),
            error: outcome == Outcome::Refused,
            pattern: String::new(),
            message: String::new(),
            place: "1:1".to_owned(),
            count: 3,
        };
        let cost = Cost { milliseconds: 12.4, speed: None, cpu_milliseconds: Some(10), peak_kilobytes: Some(3_000) };
        Row { task, run: Run { outcome, reports: vec![report], operations: 2, cost: Some(cost) }, check: None }
    }

    #[test]
    fn columns_are_as_wide_as_their_cells() {
        let rows = [vec!["a".to_owned(), "1".to_owned()], vec!["long".to_owned(), "100".to_owned()]];
        assert_eq!(columns(&rows), "a       1\nlong  100\n");
        assert_eq!(columns(&[]), "");
    }

    #[test]
    fn documents_show_their_figures() {
        let code = Code { rust_lines: 77, raw: 1, ..Code::default() };
        let rows = [
            row(Section::Real, "real/a.yaml", Outcome::Generated(code)),
            row(Section::Documents, "documents/fine.yaml", Outcome::Refused),
            row(Section::Documents, "documents/b.yaml", Outcome::Crashed { how: "signal".to_owned() }),
        ];
        let text = documents(&rows);
        let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[1], ["real/a.yaml", "generated", "2", "1", "0", "3", "77", "0", "12", "10", "3", "-"]);
        assert_eq!(lines[2][..2], ["documents/b.yaml", "CRASHED"]);

        assert!(sections(&rows).contains("documents"), "{}", sections(&rows));
        let warned = warnings(&rows);
        let line: Vec<&str> = warned.lines().nth(1).expect("one code").split_whitespace().collect();
        assert_eq!(line, ["no-effect", "3", "0", "0", "0", "0", "0"]);
    }

    #[test]
    fn a_missed_measure_names_documents() {
        let missed_by: Vec<String> = (0..25).map(|index| format!("document {index}")).collect();
        let (name, found, wanted) = ("generates".to_owned(), "1".to_owned(), "all".to_owned());
        let text = measures(&[Measure { name, found, wanted, held: false, missed_by }]);
        assert!(text.contains("MISSED") && text.contains("document 19\n") && text.contains("and 5 more"), "{text}");
        assert!(!text.contains("document 20"));
    }
}
