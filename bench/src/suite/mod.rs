//! The JSON-Schema-Test-Suite through generated code: each group's schema is that of a request body, and each case is sent
//! to the router.
//!
//! In goes the folder of the suite, out comes a verdict per case. The one rule: what is judged is the generated type with
//! its checks, behind the router; nothing asks a validator.

pub mod applicable;
pub mod cases;
pub mod code;
pub mod table;

use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs, io};

use self::cases::{Case, Group};

/// What became of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The router took it.
    Taken,
    /// The router refused it as invalid, with this answer.
    Refused(String),
    /// Something else: a status that tells of a fault, or none.
    Fault(u16),
}

/// Generates, compiles and sends every case; the verdicts, by the number of their case.
///
/// # Errors
///
/// When a file cannot be read or written, or the code does not compile.
pub fn run(groups: &[Group], suite: &Path, work: &Path) -> io::Result<Vec<Option<Verdict>>> {
    let modules = code::generate(groups, suite, &work.join("code"))?;
    let (refused, modules): (Vec<_>, Vec<_>) = modules.into_iter().partition(|module| module.refusal.is_some());
    for module in refused {
        let group = &groups[module.group];
        let why = module.refusal.unwrap_or_default();
        report(&format!("{}: {}: not generated: {why}", group.file, group.name));
    }
    let chosen: Vec<usize> = modules.into_iter().map(|module| module.group).collect();
    let modules: Vec<(String, usize)> = chosen.iter().map(|&group| (code::name(group), 1)).collect();
    let mut text = String::new();
    for (place, &group) in chosen.iter().enumerate() {
        for Case { number, data, .. } in &groups[group].cases {
            text.push_str(&line(*number, place, 0, &data.to_string()));
        }
    }
    judge(&modules, &text, work)
}

/// The line of a case: its number, the place of its router, its operation, and the body.
pub fn line(number: usize, place: usize, operation: usize, body: &str) -> String {
    format!("{}\n", serde_json::json!([number, place, format!("/{operation}"), body]))
}

/// Compiles modules and sends cases to them, a line each.
///
/// # Errors
///
/// When a file cannot be written, or the code does not compile.
pub fn judge(modules: &[(String, usize)], cases: &str, work: &Path) -> io::Result<Vec<Option<Verdict>>> {
    code::write_crate(modules, work)?;
    fs::write(work.join("cases.jsonl"), cases)?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| work.join("target"), Into::into);
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--", "../cases.jsonl"]).current_dir(work.join("judge"));
    command.env("CARGO_TARGET_DIR", target).env_remove("RUSTFLAGS").stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = command.output()?;
    if !output.status.success() {
        return Err(io::Error::other("the generated code does not compile, or the judge stopped"));
    }
    let mut verdicts = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let (case, verdict) = verdict(line).ok_or_else(|| io::Error::other(format!("the judge said {line}")))?;
        if verdicts.len() <= case {
            verdicts.resize(case + 1, None);
        }
        verdicts[case] = Some(verdict);
    }
    Ok(verdicts)
}

fn verdict(line: &str) -> Option<(usize, Verdict)> {
    let mut words = line.splitn(3, ' ');
    let (case, status) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let verdict = match status {
        204 => Verdict::Taken,
        400 => Verdict::Refused(words.next().unwrap_or_default().to_owned()),
        other => Verdict::Fault(other),
    };
    Some((case, verdict))
}

/// Tells of something on the way.
pub fn report(text: &str) {
    use std::io::Write as _;
    // Nobody is left to be told when the reader has gone.
    let _ = writeln!(io::stderr(), "{text}");
}
