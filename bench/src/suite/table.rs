//! Verdicts enter, the table by file leaves.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Verdict;
use super::applicable::left_out;
use super::cases::{Draft, Group};

/// How the cases of one draft went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Judged as the suite says.
    pub passed: usize,
    /// Judged otherwise, or not at all.
    pub failed: usize,
    /// Not applicable.
    pub left_out: usize,
}

/// The table, and the failures by name.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// For people, in Markdown.
    pub text: String,
    /// What failed.
    pub failures: Vec<String>,
    /// The cases of 2020-12.
    pub newest: Count,
    /// The cases of draft 4.
    pub four: Count,
}

/// Compares verdicts with what the suite says.
pub fn table(groups: &[Group], verdicts: &[Option<Verdict>]) -> Table {
    let mut table = Table::default();
    let mut files: BTreeMap<(&str, &str), Count> = BTreeMap::new();
    let mut omitted = String::new();
    for group in groups {
        let count = files.entry((group.draft.folder(), &group.file)).or_default();
        if let Some(why) = left_out(group) {
            count.left_out += group.cases.len();
            let _ = writeln!(omitted, "- {} {}: {} ({})", group.draft.folder(), group.file, group.name, why);
            continue;
        }
        for case in &group.cases {
            let found = verdicts.get(case.number).and_then(Option::as_ref);
            let is_right = match found {
                Some(Verdict::Taken) => case.valid,
                Some(Verdict::Refused(_)) => !case.valid,
                Some(Verdict::Fault(_)) | None => false,
            };
            if is_right {
                count.passed += 1;
            } else {
                count.failed += 1;
                let place = format!("{} {}: {}: {}", group.draft.folder(), group.file, group.name, case.name);
                table.failures.push(format!("{place}: {found:?} of {}", case.data));
            }
        }
    }
    table.text.push_str("| draft | file | passed | failed | not applicable |\n|---|---|---|---|---|\n");
    for ((draft, file), count) in files {
        let Count { passed, failed, left_out } = count;
        let _ = writeln!(table.text, "| {draft} | {file} | {passed} | {failed} | {left_out} |");
        let sum = if draft == Draft::Four.folder() { &mut table.four } else { &mut table.newest };
        sum.passed += passed;
        sum.failed += failed;
        sum.left_out += left_out;
    }
    let _ = write!(table.text, "\nNot applicable:\n\n{omitted}");
    table
}
