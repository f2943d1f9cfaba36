//! `suite FOLDER`: sends the JSON-Schema-Test-Suite to generated routers, and exits with 1 when a verdict is wrong.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use clap::Parser;
use stubwright_bench::suite::{self, applicable, cases, table};

/// Sends the cases of the JSON-Schema-Test-Suite to routers that are generated from its schemas.
#[derive(Parser)]
struct Arguments {
    /// The folder of the suite, with `tests` and `remotes`
    folder: PathBuf,
    /// Only the files whose draft and name contain this; may be given several times
    #[arg(long, value_name = "SUBSTRING")]
    only: Vec<String>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            suite::report(&format!("suite: {error}"));
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> io::Result<bool> {
    let folder = arguments.folder.canonicalize()?;
    let all = cases::read(&folder)?;
    let is_chosen = |group: &cases::Group| {
        let name = format!("{}/{}", group.draft.folder(), group.file);
        arguments.only.is_empty() || arguments.only.iter().any(|part| name.contains(part.as_str()))
    };
    let mut groups: Vec<_> = all.into_iter().filter(is_chosen).collect();
    for (number, case) in groups.iter_mut().flat_map(|group| &mut group.cases).enumerate() {
        case.number = number;
    }
    if groups.is_empty() {
        return Err(io::Error::other("no test is chosen"));
    }
    let work = work()?;
    fs::create_dir_all(&work)?;
    let verdicts = judged(&groups, &folder, &work)?;
    let found = table::table(&groups, &verdicts);
    let mut out = io::stdout().lock();
    writeln!(out, "{}", found.text)?;
    for failure in &found.failures {
        writeln!(out, "FAILED {failure}")?;
    }
    for (name, count) in [("2020-12", found.newest), ("draft 4", found.four)] {
        let table::Count { passed, failed, left_out } = count;
        writeln!(out, "{name}: {passed} as the suite says, {failed} not, {left_out} not applicable")?;
    }
    let newest = found.newest;
    let few = newest.left_out * 100 <= 3 * (newest.passed + newest.failed + newest.left_out);
    Ok(found.failures.is_empty() && (few || !arguments.only.is_empty()))
}

/// The verdicts on the applicable groups.
fn judged(groups: &[cases::Group], folder: &Path, work: &Path) -> io::Result<Vec<Option<suite::Verdict>>> {
    let chosen: Vec<_> = groups.iter().filter(|group| applicable::left_out(group).is_none()).cloned().collect();
    let n_cases = groups.iter().map(|group| group.cases.len()).sum();
    let mut verdicts = suite::run(&chosen, folder, work)?;
    verdicts.resize(n_cases, None);
    Ok(verdicts)
}

/// The folder for code: `suite` of the target folder that this program lies in.
fn work() -> io::Result<PathBuf> {
    let program = env::current_exe()?;
    let target = program.ancestors().nth(2).ok_or_else(|| io::Error::other("the program lies in no target folder"))?;
    Ok(target.join("suite"))
}
