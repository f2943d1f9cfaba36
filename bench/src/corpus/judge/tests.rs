//! Every measure can be missed.

use super::*;
use crate::corpus::record::{Code, Cost, Report, Run, Task};

fn row(name: &str, outcome: Outcome) -> Row {
    let section = Section::ALL.into_iter().find(|section| name.starts_with(section.folder()));
    let task = Task { section: section.expect("a folder"), name: name.to_owned(), bytes: 1, version: None };
    let reports = if outcome == Outcome::Refused { vec![report("syntax", true)] } else { Vec::new() };
    let cost = Cost { milliseconds: 100.0, speed: None, cpu_milliseconds: Some(90), peak_kilobytes: Some(1_000) };
    Row { task, run: Run { outcome, reports, operations: 1, cost: Some(cost) }, check: None }
}

fn report(code: &str, error: bool) -> Report {
    let (code, pattern, message, place) = (code.to_owned(), String::new(), String::new(), "1:1".to_owned());
    Report { code, error, pattern, message, place, count: 1 }
}

fn good() -> Code {
    Code { handlers: 1, rust_lines: 10, identical: true, ..Code::default() }
}

fn generated(name: &str) -> Row {
    row(name, Outcome::Generated(good()))
}

/// The names of the measures that are missed.
fn missed(rows: &[Row], coverage: Coverage) -> Vec<String> {
    let why = BTreeMap::from([
        ("invalid/a".to_owned(), Expected::Reject),
        ("invalid/b".to_owned(), Expected::Reject),
        ("invalid/c".to_owned(), Expected::RejectOrWarn),
    ]);
    let exceptions = BTreeMap::from([(
        "invalid/b".to_owned(),
        Exception { warning: Some("no-effect".to_owned()), reason: "r".to_owned() },
    )]);
    let measures = judge(rows, coverage, &why, &exceptions);
    assert!(!measures.is_empty());
    measures.into_iter().filter(|measure| !measure.held).map(|measure| measure.name).collect()
}

#[test]
fn good_rows_miss_nothing() {
    let mut warned = generated("invalid/b");
    warned.run.reports.push(report("no-effect", false));
    let mut clean = generated("real/plaid.yaml");
    clean.check = Some(Check { seconds: Some(31.0), peak_kilobytes: Some(1_000), ..Check::default() });
    let refused = row("invalid/a", Outcome::Refused);
    let rows = [generated("real/github.json"), clean, generated("torture/t"), refused, warned];
    assert_eq!(missed(&rows, Coverage::Whole(REAL_ENTRIES)), [""; 0]);
}

#[test]
fn outcomes_are_judged() {
    let crashed = Outcome::Crashed { how: "signal".to_owned() };
    assert_eq!(missed(&[row("documents/a", crashed)], Coverage::Part), ["no crash, no hang"]);
    let stopped = Outcome::Stopped { limit: "time".to_owned() };
    assert_eq!(missed(&[row("documents/a", stopped)], Coverage::Part), ["no crash, no hang"]);
    assert_eq!(missed(&[row("documents/a", Outcome::Refused)], Coverage::Part), [""; 0]);
    assert_eq!(missed(&[row("real/a", Outcome::Refused)], Coverage::Part), ["real generates"]);
    assert_eq!(missed(&[row("torture/a", Outcome::Refused)], Coverage::Part), ["torture generates whole"]);
    assert_eq!(missed(&[generated("real/a")], Coverage::Whole(175)), ["entries of real"]);
    let mut silent = row("documents/a", Outcome::Refused);
    silent.run.reports.clear();
    assert_eq!(missed(&[silent], Coverage::Part), ["refused with a diagnostic"]);
}

#[test]
fn code_is_judged() {
    let with = |code: Code| missed(&[row("real/a", Outcome::Generated(code))], Coverage::Part);
    assert_eq!(with(Code { identical: false, ..good() }), ["the same bytes over two runs"]);
    assert_eq!(with(Code { unparsed: vec!["types.rs".to_owned()], ..good() }), ["parsed by syn"]);
    assert_eq!(with(Code { handlers: 0, ..good() }), ["a handler for every operation"]);
    assert_eq!(with(Code { raw: 1, ..good() }), ["raw operations of real"]);
}

#[test]
fn wrong_documents_are_judged() {
    let list = "wrong documents as invalid.tsv says";
    assert_eq!(missed(&[generated("invalid/a")], Coverage::Part), [list]);
    assert_eq!(missed(&[generated("invalid/b")], Coverage::Part), [list], "the warning is missing");
    assert_eq!(missed(&[row("invalid/b", Outcome::Refused)], Coverage::Part), [list], "the list is not true any more");
    let doubtful = "doubtful documents refused or warned about";
    assert_eq!(missed(&[generated("invalid/c")], Coverage::Part), [doubtful]);

    let names: Vec<String> = (0..=ACCEPTED).map(|index| format!("invalid/{index}")).collect();
    let rows: Vec<Row> = names.iter().map(|name| generated(name)).collect();
    let why = names.iter().map(|name| (name.clone(), Expected::Reject)).collect();
    let exception = Exception { warning: None, reason: "r".to_owned() };
    let exceptions = names.iter().map(|name| (name.clone(), exception.clone())).collect();
    let measures = judge(&rows, Coverage::Part, &why, &exceptions);
    let missed: Vec<&Measure> = measures.iter().filter(|measure| !measure.held).collect();
    assert_eq!((missed.len(), missed[0].name.as_str()), (1, "wrong documents accepted"));
    assert_eq!(missed[0].missed_by.len(), ACCEPTED + 1);
}

#[test]
fn figures_are_judged() {
    let with = |name: &str, change: &dyn Fn(&mut Row)| {
        let mut row = generated(name);
        change(&mut row);
        missed(&[row], Coverage::Part)
    };
    let cost = |milliseconds, kilobytes| {
        move |row: &mut Row| {
            row.run.cost = Some(Cost { milliseconds, peak_kilobytes: kilobytes, ..Cost::default() });
        }
    };
    let (time, memory) = ("time for real/github.json", "memory for real/github.json");
    assert_eq!(with("real/github.json", &cost(1_001.0, Some(1))), [time]);
    assert_eq!(with("real/github.json", &cost(999.0, Some(400_000))), [memory]);
    assert_eq!(with("real/github.json", &cost(999.0, None)), [memory], "what is not measured is missed");

    let at = |speed: f64| {
        move |row: &mut Row| {
            row.run.cost =
                Some(Cost { milliseconds: 1_200.0, speed: Some(speed), peak_kilobytes: Some(1), ..Cost::default() });
        }
    };
    assert_eq!(with("real/github.json", &at(0.8)), [""; 0], "on a slow machine");
    assert_eq!(with("real/github.json", &at(0.9)), [time]);
    let check = |seconds, peak_kilobytes| {
        move |row: &mut Row| row.check = Some(Check { seconds, peak_kilobytes, ..Check::default() })
    };
    assert_eq!(with("real/plaid.yaml", &check(Some(32.0), None)), ["check time of real/plaid.yaml"]);
    assert_eq!(with("real/plaid.yaml", &check(None, None)), ["check time of real/plaid.yaml"]);
    assert_eq!(with("real/plaid.yaml", &check(Some(1.0), Some(1_600_000))), ["check memory of real/plaid.yaml"]);
    let failed = |row: &mut Row| row.check = Some(Check { first: Some("types.rs:1".to_owned()), ..Check::default() });
    assert_eq!(with("real/a", &failed), ["compiled without a warning"]);
    let long = |row: &mut Row| row.run.outcome = Outcome::Generated(Code { rust_lines: 56_132, ..good() });
    assert_eq!(with("real/plaid.yaml", &long), ["lines of real/plaid.yaml"]);

    let slow: Vec<Row> = (0..601).map(|index| generated(&format!("documents/{index}"))).collect();
    assert_eq!(missed(&slow, Coverage::Whole(REAL_ENTRIES)), ["time for all documents"]);
}
