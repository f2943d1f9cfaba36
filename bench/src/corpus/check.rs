//! Generated code enters, what the compiler says of it leaves.
//!
//! The one rule: a document is clean only if a crate with it compiled to the end. A crate in which one fails is compiled
//! again without that one, because errors hide what is wrong with the others.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;
use std::{fs, io};

use serde_json::Value;

use crate::corpus::batches::{Batch, Module, pack, write_root, write_workspace};
use crate::corpus::measures::{CHECK_RUNS, COMPILED_BELOW, COMPILED_LARGE, RIVALS, SHORT_CHECK};
use crate::corpus::record::{Check, Row, Section, Task};
use crate::corpus::speed::Speed;

/// Whether the measures ask for a document's code to compile.
pub fn is_asked(task: &Task) -> bool {
    match task.section {
        Section::Real => task.bytes < COMPILED_BELOW || COMPILED_LARGE.contains(&task.name.as_str()),
        Section::Torture | Section::Conformance | Section::Revoke => true,
        Section::Documents | Section::Invalid => false,
    }
}

/// Whether a document without code misses the measure: small documents by topic may be refused.
const fn must_compile(row: &Row) -> bool {
    match row.task.section {
        Section::Real | Section::Torture => true,
        Section::Conformance | Section::Revoke | Section::Documents | Section::Invalid => false,
    }
}

/// The name of a document's module, and of its folder: different for every row.
pub fn module(row: usize, name: &str) -> String {
    let words = name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' });
    format!("d{row:04}_{}", words.collect::<String>())
}

/// Compiles the code of the chosen rows that was kept in the folder `code` of `work`, and fills their column.
///
/// # Errors
///
/// When a file cannot be written, or cargo cannot be started or finishes without an answer.
pub fn check(rows: &mut [Row], work: &Path, chosen: &dyn Fn(&Row) -> bool, progress: &dyn Fn(&str)) -> io::Result<()> {
    for row in rows.iter_mut().filter(|row| chosen(row) && must_compile(row)) {
        row.check = Some(Check { first: Some("there is no code".to_owned()), ..Check::default() });
    }
    let modules = rows.iter().enumerate().filter(|(_, row)| chosen(row));
    let modules = modules.filter_map(|(index, row)| {
        let timed =
            RIVALS.iter().any(|rival| rival.name == row.task.name) || COMPILED_LARGE.contains(&row.task.name.as_str());
        let lines = row.run.outcome.code()?.rust_lines;
        Some(Module { row: index, name: module(index, &row.task.name), lines, timed })
    });
    let batches = pack(modules.collect());
    if batches.is_empty() {
        return Ok(());
    }
    let (root, code) = (work.join("compile"), work.join("code"));
    write_workspace(&root, &batches)?;
    for batch in &batches {
        write_root(&root, &code, batch)?;
    }
    progress("building the dependencies");
    cargo(&root, work, &["check", "--package", "stubwright"], false)?;
    let count = batches.len();
    for (index, mut batch) in batches.into_iter().enumerate() {
        progress(&format!("compiling {} of {count} crates", index + 1));
        let place = Place { root: &root, code: &code, work };
        for (row, check) in compile(&place, &mut batch)? {
            rows[row].check = Some(check);
        }
    }
    progress("");
    Ok(())
}

/// The folders of a check.
struct Place<'work> {
    root: &'work Path,
    code: &'work Path,
    work: &'work Path,
}

/// Compiles one crate until what is left of it compiles.
fn compile(place: &Place<'_>, batch: &mut Batch) -> io::Result<Vec<(usize, Check)>> {
    let mut checks = Vec::new();
    while !batch.modules.is_empty() {
        let Answer { output, seconds, speed } = ask(place, batch)?;
        let errors = errors(&output, &batch.modules);
        if output.status.success() {
            let peak_kilobytes = peak(&output);
            let clean = Check { seconds, speed, peak_kilobytes, ..Check::default() };
            checks.extend(batch.modules.drain(..).map(|module| (module.row, clean.clone())));
        } else if errors.is_empty() {
            let why = format!("no error names a document: {}", last_line(&output));
            let failed = Check { first: Some(why), ..Check::default() };
            checks.extend(batch.modules.drain(..).map(|module| (module.row, failed.clone())));
        } else {
            batch.modules.retain(|module| !errors.contains_key(&module.row));
            checks.extend(errors);
        }
    }
    Ok(checks)
}

/// What cargo said, and after how long where that is measured.
struct Answer {
    output: Output,
    seconds: Option<f64>,
    speed: Option<f64>,
}

/// Compiles a crate, and again where that is timed and short: a machine that does something else only adds to a time.
fn ask(place: &Place<'_>, batch: &Batch) -> io::Result<Answer> {
    let arguments = ["check", "--package", &batch.name, "--message-format=json"];
    let (mut speed, mut shortest, mut turns) = (batch.timed().then(Speed::default), f64::INFINITY, 0);
    loop {
        // The file is new, so that cargo does not take an answer of an earlier run.
        write_root(place.root, place.code, batch)?;
        // Nor what the compiler kept of one.
        let kept = place.work.join("target/debug/incremental");
        if batch.timed() && kept.exists() {
            fs::remove_dir_all(kept)?;
        }
        speed.iter_mut().for_each(Speed::sample);
        let started = Instant::now();
        let output = cargo(place.root, place.work, &arguments, batch.timed())?;
        shortest = shortest.min(started.elapsed().as_secs_f64());
        speed.iter_mut().for_each(Speed::sample);
        turns += 1;
        let again = output.status.success() && speed.is_some() && shortest < SHORT_CHECK && turns < CHECK_RUNS;
        if !again {
            let seconds = speed.is_some().then_some(shortest);
            return Ok(Answer { output, seconds, speed: speed.as_ref().map(Speed::factor) });
        }
    }
}

/// Runs cargo in the workspace; under `time`, where it is installed, if memory is asked for.
fn cargo(root: &Path, work: &Path, arguments: &[&str], memory: bool) -> io::Result<Output> {
    let time = Path::new("/usr/bin/time");
    let mut command = if memory && time.is_file() {
        let mut command = Command::new(time);
        command.args(["--format", PEAK, "cargo"]);
        command
    } else {
        Command::new("cargo")
    };
    let command = command.arg(arguments[0]).args(&arguments[1..]).current_dir(root).stdin(Stdio::null());
    let output = command
        .env("CARGO_TARGET_DIR", work.join("target"))
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_INCREMENTAL")
        .output()?;
    fs::write(root.join("last.log"), &output.stderr)?;
    Ok(output)
}

/// What `time` prints: kilobytes of the largest process below it.
const PEAK: &str = "peak kilobytes: %M";

fn peak(output: &Output) -> Option<u64> {
    let messages = String::from_utf8_lossy(&output.stderr);
    messages.lines().find_map(|line| line.strip_prefix("peak kilobytes: ")?.trim().parse().ok())
}

fn last_line(output: &Output) -> String {
    let messages = String::from_utf8_lossy(&output.stderr);
    messages.lines().rfind(|line| !line.is_empty() && !line.starts_with("peak")).unwrap_or_default().to_owned()
}

/// The errors of each module, by row: cargo's messages, told apart by the folder that they point into.
fn errors(output: &Output, modules: &[Module]) -> BTreeMap<usize, Check> {
    let mut checks: BTreeMap<usize, Check> = BTreeMap::new();
    let text = String::from_utf8_lossy(&output.stdout);
    let messages = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    for message in messages.filter(|message| message["reason"] == "compiler-message") {
        let message = &message["message"];
        if message["level"] != "error" {
            continue;
        }
        let spans = message["spans"].as_array().map_or(&[][..], Vec::as_slice);
        let Some((module, span)) = spans.iter().find_map(|span| Some((named(span, modules)?, span))) else { continue };
        let check = checks.entry(module.row).or_default();
        check.errors += 1;
        check.first.get_or_insert_with(|| {
            let file = span["file_name"].as_str().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
            format!("{file}:{}: {}", span["line_start"], message["message"].as_str().unwrap_or_default())
        });
    }
    checks
}

fn named<'modules>(span: &Value, modules: &'modules [Module]) -> Option<&'modules Module> {
    let path = Path::new(span["file_name"].as_str()?);
    let folder = path.parent()?.file_name()?;
    modules.iter().find(|module| *module.name == *folder)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::process::ExitStatusExt;
    use std::process::ExitStatus;

    use super::*;

    fn task(section: Section, name: &str, bytes: u64) -> Task {
        Task { section, name: name.to_owned(), bytes, version: None }
    }

    #[test]
    fn small_documents_and_some_large_ones_are_asked_for() {
        assert!(is_asked(&task(Section::Real, "real/small.yaml", 999_999)));
        assert!(!is_asked(&task(Section::Real, "real/large.yaml", 1_000_000)));
        assert!(is_asked(&task(Section::Real, "real/plaid.yaml", 3_000_000)));
        assert!(is_asked(&task(Section::Torture, "torture/torture.yaml", 1)));
        assert!(!is_asked(&task(Section::Invalid, "invalid/a.yaml", 1)));
    }

    #[test]
    fn an_error_is_the_document_s_that_it_points_into() {
        let module = |row: usize, name: &str| Module { row, name: module(row, name), lines: 1, timed: false };
        let modules = [module(3, "real/a-b.yaml"), module(4, "real/a_b.yaml")];
        let stdout = [
            r#"{"reason":"compiler-message","message":{"level":"error","message":"no such type","spans":[{"file_name":"/t/code/d0004_real_a_b_yaml/types.rs","line_start":7}]}}"#,
            r#"{"reason":"compiler-message","message":{"level":"error","message":"aborting","spans":[]}}"#,
            r#"{"reason":"build-finished","success":false}"#,
        ]
        .join("\n")
        .into_bytes();
        let output =
            Output { status: ExitStatus::from_raw(256), stdout, stderr: b"x\npeak kilobytes: 1234\n".to_vec() };
        let errors = errors(&output, &modules);
        assert_eq!(errors.keys().collect::<Vec<_>>(), [&4]);
        assert_eq!(errors[&4].first.as_deref(), Some("types.rs:7: no such type"));
        assert_eq!((peak(&output), last_line(&output)), (Some(1234), "x".to_owned()));
    }
}
