//! Instructions and allocations per request, counted by `valgrind --tool=callgrind`.
//!
//! The one rule: two runs differ only in how many requests they answer, so what a program does at its start cancels out.

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use super::cases::Case;
use super::subject::Contender;

/// What a request costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// Instructions.
    pub instructions: f64,
    /// Calls of the allocator that give memory.
    pub allocations: f64,
}

/// What a whole run cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Run {
    instructions: u64,
    allocations: u64,
}

/// Whether `valgrind` can be started.
pub fn is_there() -> bool {
    let mut command = Command::new("valgrind");
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// What a request of a case costs a contender. `folder` is for files.
///
/// # Errors
/// When the program fails, or the profile cannot be read.
pub fn cost(contender: &Contender, case: &Case, folder: &Path) -> io::Result<Cost> {
    let (few, many) = if case.filler > 0 { (1_u32, 3_u32) } else { (100, 500) };
    let less = run(contender, case, many, few, folder)?;
    let more = run(contender, case, many, many, folder)?;
    let each = |more: u64, less: u64| {
        let total =
            u32::try_from(more.saturating_sub(less)).map_err(|_| io::Error::other("the requests cost too much"))?;
        Ok::<f64, io::Error>(f64::from(total) / f64::from(many - few))
    };
    Ok(Cost {
        instructions: each(more.instructions, less.instructions)?,
        allocations: each(more.allocations, less.allocations)?,
    })
}

fn run(contender: &Contender, case: &Case, made: u32, answered: u32, folder: &Path) -> io::Result<Run> {
    let file = folder.join("callgrind.out");
    let watcher = ["valgrind", "--tool=callgrind", "--compress-strings=yes", "--compress-pos=no"].map(str::to_owned);
    let watcher = [watcher.to_vec(), vec![format!("--callgrind-out-file={}", file.display())]].concat();
    let task = ["call", case.name, &made.to_string(), &answered.to_string()];
    let output = contender.command(&watcher, &task).output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(io::Error::other(format!("{} with {}: {said}", contender.name, case.name)));
    }
    read(&std::fs::read_to_string(&file)?).ok_or_else(|| io::Error::other("the profile has no totals"))
}

/// Reads a profile: the sum of instructions, and the calls of the allocator from whichever function.
fn read(profile: &str) -> Option<Run> {
    const ALLOCATORS: [&str; 5] = ["malloc", "calloc", "realloc", "posix_memalign", "aligned_alloc"];
    let mut names: HashMap<&str, &str> = HashMap::new();
    let mut allocations = 0;
    let mut is_allocator = false;
    for line in profile.lines() {
        let name = line.strip_prefix("cfn=").or_else(|| line.strip_prefix("fn="));
        if let Some(name) = name {
            // The first time a name stands behind its number, later the number alone.
            let (number, text) = name.split_once(' ').unwrap_or((name, ""));
            if !text.is_empty() {
                names.insert(number, text);
            }
            let known = names.get(number).copied().unwrap_or_default();
            is_allocator = line.starts_with('c') && ALLOCATORS.contains(&known);
        } else if let Some(calls) = line.strip_prefix("calls=").filter(|_| is_allocator) {
            allocations += calls.split(' ').next()?.parse::<u64>().ok()?;
            is_allocator = false;
        }
    }
    let totals =
        profile.lines().find_map(|line| line.strip_prefix("totals: ").or_else(|| line.strip_prefix("summary: ")));
    Some(Run { instructions: totals?.trim().parse().ok()?, allocations })
}

#[cfg(test)]
mod tests {
    use super::{Run, read};

    #[test]
    fn profiles_are_read() {
        let profile = "events: Ir\nfn=(1) main\n1 5\ncfn=(2) malloc\ncalls=3 0\n1 30\nfn=(2)\n4 30\ncfn=(3) free\ncalls=9 0\n\
             1 9\nfn=(4) other\n1 1\ncfn=(2)\ncalls=2 0\n1 20\ntotals: 95\n";
        assert_eq!(read(profile), Some(Run { instructions: 95, allocations: 5 }));
        assert_eq!(read("fn=(1) main\n"), None);
    }
}
