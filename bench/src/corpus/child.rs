//! One document in a process of its own: it generates, writes, generates again, and tells what it saw.
//!
//! The one rule: time and memory are taken before anything is checked.

use std::path::Path;
use std::time::Instant;
use std::{fs, io};

use indexmap::IndexMap;
use stubwright_codegen::diagnostic::{Refused, Severity, Sink};
use stubwright_codegen::source::Sources;
use stubwright_codegen::{File, Files, Input, Options, Published, Reach, document, generate};

use crate::corpus::measures::RAW_OPERATION;
use crate::corpus::operations;
use crate::corpus::record::{Code, Cost, Outcome, Report, Run};

/// Generates the code of `file` into the folder `out`.
///
/// # Errors
///
/// When the document cannot be read, or the code cannot be written.
pub fn one(file: &Path, out: &Path) -> io::Result<Run> {
    let started = Instant::now();
    let (result, seen) = attempt(file)?;
    if let Ok(files) = &result {
        fs::create_dir_all(out)?;
        files.iter().try_for_each(|file| fs::write(out.join(file.name), &file.text))?;
    }
    let cost = Cost {
        milliseconds: started.elapsed().as_secs_f64() * 1000.0,
        speed: None,
        cpu_milliseconds: cpu_milliseconds(),
        peak_kilobytes: peak_kilobytes(),
    };

    let reports = reports(&seen);
    let outcome = match result {
        Err(Refused) => Outcome::Refused,
        Ok(files) => {
            let (again, _) = attempt(file)?;
            Outcome::Generated(code(&files, again.as_ref() == Ok(&files), &reports))
        }
    };
    Ok(Run { outcome, reports, operations: count(file)?, cost: Some(cost) })
}

/// What an attempt reported, with the texts that places point into.
struct Seen {
    sources: Sources,
    sink: Sink,
}

/// The one place that calls the generator.
fn attempt(file: &Path) -> io::Result<(Result<Vec<File>, Refused>, Seen)> {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let name = file.display().to_string();
    let base = document::decode(&mut sources, name.as_str(), fs::read(file)?, &mut sink);
    let result = base.ok_or(Refused).and_then(|base| {
        let input = Input {
            base,
            path: file.to_path_buf(),
            urls: Vec::new(),
            language: "en".to_owned(),
            translations: Vec::new(),
            overlays: Vec::new(),
            drift: stubwright_codegen::locale::Drift::default(),
            published: vec![Published { language: "en".to_owned(), include: name }],
            reach: Reach::Public,
            options: Options::default(),
        };
        generate(&mut sources, &input, &mut Disk, &mut sink)
    });
    Ok((result.map(|output| output.files), Seen { sources, sink }))
}

/// The documents that a document refers to.
struct Disk;

impl Files for Disk {
    fn read(&mut self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }
}

fn count(file: &Path) -> io::Result<usize> {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let base = document::decode(&mut sources, "", fs::read(file)?, &mut sink);
    let document = base.and_then(|base| document::load(&sources, base, &mut sink));
    Ok(document.as_ref().map_or(0, operations::of_document))
}

/// The diagnostics by kind, in the order of the first of each.
fn reports(seen: &Seen) -> Vec<Report> {
    let mut reports: IndexMap<(String, String), Report> = IndexMap::new();
    for diagnostic in seen.sink.clone().into_diagnostics() {
        let kind = (diagnostic.code.name().to_owned(), pattern(&diagnostic.message));
        let report = reports.entry(kind).or_insert_with_key(|(code, pattern)| {
            let position = seen.sources.position(diagnostic.primary.span);
            Report {
                code: code.clone(),
                error: seen.sink.severity(diagnostic.code) == Severity::Error,
                pattern: pattern.clone(),
                place: format!("{}:{}", position.line, position.column),
                message: diagnostic.message,
                count: 0,
            }
        });
        report.count += 1;
    }
    reports.into_values().collect()
}

/// A message with `…` for everything in backquotes, so that messages of one kind are equal.
fn pattern(message: &str) -> String {
    let parts = message.split('`').enumerate().map(|(index, part)| if index % 2 == 0 { part } else { "`…`" });
    parts.collect()
}

fn code(files: &[File], identical: bool, reports: &[Report]) -> Code {
    let raw = reports.iter().filter(|report| report.code == RAW_OPERATION).map(|report| report.count).sum();
    let mut code = Code { files: files.len(), identical, raw, ..Code::default() };
    for file in files {
        let lines = file.text.lines().count();
        if Path::new(file.name).extension().is_none_or(|extension| extension != "rs") {
            code.data_lines += lines;
            continue;
        }
        code.rust_lines += lines;
        match syn::parse_file(&file.text) {
            Ok(parsed) => {
                code.handlers += operations::handlers(&parsed);
                code.types += if file.name == "types.rs" { operations::types(&parsed) } else { 0 };
            }
            Err(error) => code.unparsed.push(format!("{}: {error}", file.name)),
        }
    }
    code
}

/// The largest resident set of this process: `VmHWM` of proc(5).
fn peak_kilobytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// User and system time of this process: fields 14 and 15 of `stat` of proc(5), in hundredths of a second.
fn cpu_milliseconds() -> Option<u64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the command in parentheses, and may hold spaces.
    let (_, rest) = stat.rsplit_once(')')?;
    let ticks = rest.split_whitespace().skip(11).take(2).map(|field| field.parse::<u64>().ok()).sum::<Option<u64>>()?;
    Some(ticks * 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_generated_written_and_counted() {
        let folder = tempfile::tempdir().expect("a folder of the test");
        let (file, out) = (folder.path().join("a.yaml"), folder.path().join("out"));
        let text = "openapi: 3.1.0
info: {title: t, version: '1'}
paths: {/a: {get: {operationId: a, responses: {'200': {description: d}}}}}
components: {schemas: {A: {type: object}}}
";
        fs::write(&file, text).expect("a file of the test");
        let run = one(&file, &out).expect("the files are there");
        let code = run.outcome.code().expect("nothing is wrong");
        assert_eq!((run.operations, code.handlers, code.types, code.raw), (1, 1, 1, 0));
        assert!(code.identical && code.unparsed.is_empty() && code.rust_lines > 10 && code.data_lines > 1);
        assert!(out.join("mod.rs").is_file());
    }

    #[test]
    fn a_refusal_tells_why_and_where() {
        let folder = tempfile::tempdir().expect("a folder of the test");
        let file = folder.path().join("a.yaml");
        fs::write(&file, "swagger: '2.0'\n").expect("a file of the test");
        let run = one(&file, &folder.path().join("out")).expect("the file is there");
        assert_eq!((run.outcome, run.reports.len()), (Outcome::Refused, 1));
        assert_eq!((run.reports[0].code.as_str(), run.reports[0].error), ("swagger", true));
        assert!(!folder.path().join("out").exists());
    }

    #[test]
    fn what_is_in_backquotes_does_not_tell_messages_apart() {
        assert_eq!(pattern("`a` is not `b` here"), "`…` is not `…` here");
        assert_eq!(pattern("nothing"), "nothing");
    }
}
