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
    code::write_crate(&chosen, work)?;
    let cases = groups.iter().flat_map(|group| &group.cases);
    let n_cases = cases.map(|case| case.number + 1).max().unwrap_or(0);
    write_cases(groups, &chosen, &work.join("cases.jsonl"))?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| work.join("target"), Into::into);
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--", "../cases.jsonl"]).current_dir(work.join("judge"));
    command.env("CARGO_TARGET_DIR", target).env_remove("RUSTFLAGS").stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = command.output()?;
    if !output.status.success() {
        return Err(io::Error::other("the generated code does not compile, or the judge stopped"));
    }
    let mut verdicts = vec![None; n_cases];
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let mut words = line.splitn(3, ' ');
        let mut number = || words.next()?.parse().ok();
        let (Some(case), Some(status)) = (number(), number()) else {
            return Err(io::Error::other(format!("the judge said {line}")));
        };
        if let Some(verdict) = verdicts.get_mut(case) {
            *verdict = Some(match status {
                204 => Verdict::Taken,
                400 => Verdict::Refused(words.next().unwrap_or_default().to_owned()),
                other => Verdict::Fault(u16::try_from(other).unwrap_or(0)),
            });
        }
    }
    Ok(verdicts)
}

/// A line per case: its number, the place of its router, and the body.
fn write_cases(groups: &[Group], chosen: &[usize], path: &Path) -> io::Result<()> {
    let mut text = String::new();
    for (place, &group) in chosen.iter().enumerate() {
        for Case { number, data, .. } in &groups[group].cases {
            text.push_str(&serde_json::json!([number, place, data.to_string()]).to_string());
            text.push('\n');
        }
    }
    fs::write(path, text)
}

/// Tells of something on the way.
pub fn report(text: &str) {
    use std::io::Write as _;
    // Nobody is left to be told when the reader has gone.
    let _ = writeln!(io::stderr(), "{text}");
}
