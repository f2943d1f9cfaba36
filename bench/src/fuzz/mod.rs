//! A search for documents that make the generator panic, on every toolchain: a coverage-guided fuzzer needs a nightly one.
//!
//! The one rule: nothing is caught. The input lies in a file before it is tried, so that whatever ends the process leaves it there.

pub mod mutate;
#[path = "../../../codegen/fuzz/targets.rs"]
pub mod targets;

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{fs, io, process, thread};

use crate::fuzz::mutate::{Random, mutate};

/// An input that takes longer than this hangs.
const HUNG_AFTER: Duration = Duration::from_secs(20);

/// Seeds above this size teach no more than smaller ones, and take longer.
const LARGEST_SEED: u64 = 64 * 1024;

/// What a run did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tried {
    /// How many inputs.
    pub inputs: usize,
    /// Their bytes.
    pub bytes: usize,
}

/// The texts of the YAML and JSON files in folders, and of those below, in a stable order.
///
/// # Errors
///
/// When a folder or a file cannot be read.
pub fn seeds(folders: &[&Path]) -> io::Result<Vec<String>> {
    let mut seeds = Vec::new();
    for folder in folders {
        let mut paths =
            fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
        paths.sort();
        for path in paths {
            let kind = path.extension().and_then(|extension| extension.to_str());
            if path.is_dir() {
                seeds.extend(self::seeds(&[&path])?);
            } else if matches!(kind, Some("yaml" | "yml" | "json")) && fs::metadata(&path)?.len() <= LARGEST_SEED {
                seeds.push(String::from_utf8_lossy(&fs::read(&path)?).into_owned());
            }
        }
    }
    Ok(seeds)
}

/// Tries mutated seeds until the time is over. Each lies in the file `input` while it is tried; the last one is removed.
///
/// # Errors
///
/// When there are no seeds, or the file cannot be written.
///
/// # Panics
///
/// When an input is found that the generator breaks a promise for.
pub fn run(seeds: &[String], seed: u64, time: Duration, input: &Path) -> io::Result<Tried> {
    if seeds.is_empty() {
        return Err(io::Error::other("there are no seeds"));
    }
    let (mut random, mut tried) = (Random::new(seed), Tried { inputs: 0, bytes: 0 });
    let started = Instant::now();
    let current = AtomicU64::new(0);
    thread::scope(|scope| {
        let (ended, watch) = std::sync::mpsc::channel::<()>();
        scope.spawn({
            let current = &current;
            move || watch_over(current, &watch)
        });
        while started.elapsed() < time {
            let text = mutate(&mut random, seeds);
            fs::write(input, &text)?;
            current.fetch_add(1, Ordering::Relaxed);
            targets::load(&text);
            targets::generate_code(&text);
            tried.inputs += 1;
            tried.bytes += text.len();
        }
        drop(ended);
        fs::remove_file(input)?;
        Ok(tried)
    })
}

/// Ends the process when an input takes too long.
pub(crate) fn watch_over(current: &AtomicU64, ended: &std::sync::mpsc::Receiver<()>) {
    let (mut seen, mut since) = (0, Instant::now());
    while ended.recv_timeout(Duration::from_millis(200)) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
        let now = current.load(Ordering::Relaxed);
        if now != seen {
            (seen, since) = (now, Instant::now());
        } else if since.elapsed() > HUNG_AFTER {
            process::abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_run_tries_inputs_and_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder of the test");
        let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
        let seeds = seeds(&[&specs]).expect("the documents lie there");
        assert!(seeds.len() >= 3, "{}", seeds.len());
        let input = folder.path().join("input.yaml");
        let tried = run(&seeds, 1, Duration::from_millis(500), &input).expect("the folder can be written");
        assert!(tried.inputs > 0 && tried.bytes > 0 && !input.exists());
        assert!(run(&[], 1, Duration::from_millis(1), &input).is_err());
    }
}
