//! Documents enter, their runs leave, in the same order: each in a child process, several at a time.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use crate::corpus::measures::{HUNG_AFTER, RUNAWAY};
use crate::corpus::record::{Outcome, Run};

/// One process to start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The document.
    pub file: PathBuf,
    /// The folder for its code.
    pub out: PathBuf,
    /// Whether the code stays there.
    pub keep: bool,
}

/// What ends a process that does not end by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Wall time.
    pub time: Duration,
    /// The resident set in bytes, where the system tells it.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: HUNG_AFTER, memory: RUNAWAY }
    }
}

/// How jobs are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool<'program> {
    /// What is started, with `one`, the document and the folder.
    pub program: &'program Path,
    /// How many processes at a time.
    pub width: usize,
    /// When one is ended.
    pub limits: Limits,
}

/// Runs the jobs, several at a time, and tells after each how many are done.
///
/// # Errors
///
/// When a process cannot be started.
///
/// # Panics
///
/// Only when a thread of its own did.
pub fn run(pool: &Pool<'_>, jobs: &[Job], progress: &(dyn Fn(usize) + Sync)) -> io::Result<Vec<Run>> {
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let results: Mutex<Vec<Option<io::Result<Run>>>> = Mutex::new(jobs.iter().map(|_| None).collect());
    thread::scope(|scope| {
        for _ in 0..pool.width.max(1) {
            scope.spawn(|| {
                while let Some((index, job)) = take(&next, jobs) {
                    let result = one(pool, job);
                    results.lock().expect("no thread panics while it holds the lock")[index] = Some(result);
                    progress(done.fetch_add(1, Ordering::Relaxed) + 1);
                }
            });
        }
    });
    let results = results.into_inner().expect("no thread panics while it holds the lock");
    results.into_iter().map(|result| result.expect("every job was taken")).collect()
}

/// Of runs of one document the fastest; one that told no time, if there is one.
pub fn fastest(runs: Vec<Run>) -> Option<Run> {
    let milliseconds = |run: &Run| run.cost.map_or(f64::NEG_INFINITY, |cost| cost.milliseconds);
    runs.into_iter().min_by(|one, other| milliseconds(one).total_cmp(&milliseconds(other)))
}

fn take<'jobs>(next: &AtomicUsize, jobs: &'jobs [Job]) -> Option<(usize, &'jobs Job)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    jobs.get(index).map(|job| (index, job))
}

fn one(pool: &Pool<'_>, job: &Job) -> io::Result<Run> {
    let mut child = Command::new(pool.program)
        .arg("one")
        .args([&job.file, &job.out])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let answer = drain(child.stdout.take());
    let messages = drain(child.stderr.take());
    let end = wait(&mut child, pool.limits)?;
    let text = |reader: thread::JoinHandle<Vec<u8>>| String::from_utf8_lossy(&reader.join().unwrap_or_default()).into();
    let (answer, messages): (String, String) = (text(answer), text(messages));
    if !job.keep && job.out.exists() {
        fs::remove_dir_all(&job.out)?;
    }
    Ok(match end {
        End::Stopped(limit) => without_answer(Outcome::Stopped { limit: limit.to_owned() }),
        End::Exited(status) => match serde_json::from_str(&answer) {
            Ok(run) if status.success() => run,
            Ok(_) | Err(_) => without_answer(Outcome::Crashed { how: how(status, &messages) }),
        },
    })
}

/// Reads a stream to its end beside the process, which would wait for a reader otherwise.
fn drain(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before an error is worth as much as all of it.
        let _ = stream.map(|mut stream| stream.read_to_end(&mut bytes));
        bytes
    })
}

enum End {
    Exited(ExitStatus),
    Stopped(&'static str),
}

/// Waits for the end of a process, and makes it end at the limits.
fn wait(child: &mut Child, limits: Limits) -> io::Result<End> {
    let started = Instant::now();
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(End::Exited(status));
        }
        let limit = if started.elapsed() > limits.time {
            Some("time")
        } else {
            resident(child.id()).filter(|bytes| *bytes > limits.memory).map(|_| "memory")
        };
        if let Some(limit) = limit {
            child.kill()?;
            child.wait()?;
            return Ok(End::Stopped(limit));
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

/// The resident set of a process in bytes: `VmRSS` of proc(5).
fn resident(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

fn without_answer(outcome: Outcome) -> Run {
    Run { outcome, reports: Vec::new(), operations: 0, cost: None }
}

/// The status, and what a panic or the system said first.
fn how(status: ExitStatus, messages: &str) -> String {
    let lines: Vec<&str> = messages.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    match lines.iter().position(|line| line.contains("panicked at")) {
        Some(index) => lines[index..lines.len().min(index + 2)].join(" "),
        None => lines.last().map_or_else(|| status.to_string(), |line| format!("{status}: {line}")),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::corpus::record::Cost;

    #[test]
    fn the_fastest_hides_no_failure() {
        let run = |milliseconds: f64| {
            let cost = Some(Cost { milliseconds, ..Cost::default() });
            Run { cost, ..without_answer(Outcome::Refused) }
        };
        let of = |runs: &[Run]| fastest(runs.to_vec()).and_then(|run| run.cost).map(|cost| cost.milliseconds);
        assert_eq!(of(&[run(3.0), run(1.0), run(9.0), run(2.0), run(8.0)]), Some(1.0));
        assert_eq!(of(&[run(3.0), without_answer(Outcome::Refused), run(1.0)]), None);
        assert_eq!(fastest(Vec::new()), None);
    }

    /// Runs a shell script in the place of the generator.
    fn answer_of(script: &str, limits: Limits) -> Outcome {
        let folder = tempfile::tempdir().expect("a folder of the test");
        let program = folder.path().join("program");
        fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("a file of the test");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("the file is ours");
        let job = Job { file: "a.yaml".into(), out: folder.path().join("out"), keep: false };
        let pool = Pool { program: &program, width: 2, limits };
        let runs = run(&pool, &[job], &|_| ()).expect("the program starts");
        runs.into_iter().next().expect("one job, one run").outcome
    }

    /// One test: a script that another thread's child holds open for writing does not start.
    #[test]
    fn an_answer_is_read_and_a_panic_a_signal_and_a_limit_are_rows() {
        let (answer_of, within) = (|script: &str| answer_of(script, Limits::default()), answer_of);
        let answer = r#"echo '{"outcome":"refused","reports":[],"operations":3,"cost":null}'"#;
        assert_eq!(answer_of(answer), Outcome::Refused);

        let panic = "echo \"thread 'main' panicked at src/a.rs:1:2:\" >&2; echo the reason >&2; exit 101";
        let how = "thread 'main' panicked at src/a.rs:1:2: the reason".to_owned();
        assert_eq!(answer_of(panic), Outcome::Crashed { how });
        let Outcome::Crashed { how } = answer_of("kill -ABRT $$") else { panic!("a signal is a crash") };
        assert!(how.contains("signal: 6"), "{how}");
        let Outcome::Crashed { how } = answer_of("true") else { panic!("silence is a crash") };
        assert!(how.contains("exit status: 0"), "{how}");

        let short = Limits { time: Duration::from_millis(50), ..Limits::default() };
        assert_eq!(within("exec sleep 20", short), Outcome::Stopped { limit: "time".to_owned() });
        if cfg!(target_os = "linux") {
            let small = Limits { memory: 1, ..Limits::default() };
            assert_eq!(within("exec sleep 20", small), Outcome::Stopped { limit: "memory".to_owned() });
        }
    }
}
