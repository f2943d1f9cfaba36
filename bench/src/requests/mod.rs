//! A search for requests that break a generated server: a router with every decoder of the runtime, without sockets.
//!
//! In go bytes that are like a request, out comes nothing, unless a promise is broken: then it panics. The promises: no
//! decoder panics or hangs, and every answer has a status that the effective document declares.

pub mod server;
pub mod target;

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{fs, io, thread};

use crate::fuzz::mutate::Random;
use crate::fuzz::{Tried, watch_over};

/// What changes a request for the worse.
const PIECES: [&[u8]; 48] = [
    b"%",
    b"%2F",
    b"%2",
    b"%zz",
    b"%ff",
    b"%00",
    b"+",
    b"&",
    b"=",
    b";",
    b",",
    b".",
    b"|",
    b"/",
    b"//",
    b"?",
    b"#",
    b"[",
    b"]",
    b"[]",
    b"[0]",
    b"[a]",
    b"{",
    b"}",
    b"\"",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b":",
    b"null",
    b"true",
    b"-",
    b"-0",
    b"1e999",
    b"9223372036854775808",
    b"0.1",
    b"\r\n",
    b"\r\n\r\n",
    b"--b",
    b"--b--",
    b"\n",
    b"\0",
    b"\xff",
    b"\xc3\xbc",
    b"application/json",
    b"q=0.5;",
    b"Bearer ",
    b"Basic Og==",
];

/// Tries mutated requests until the time is over. Each lies in the file `input` while it is tried; the last one is removed.
///
/// # Errors
/// When the file cannot be written.
///
/// # Panics
/// When a request is found that a promise is broken for.
pub fn run(seed: u64, time: Duration, input: &Path) -> io::Result<Tried> {
    let seeds = target::seeds();
    let target = target::Target::new();
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
            let bytes = mutated(&mut random, &seeds);
            fs::write(input, &bytes)?;
            current.fetch_add(1, Ordering::Relaxed);
            target.check(&bytes);
            tried.inputs += 1;
            tried.bytes += bytes.len();
        }
        drop(ended);
        fs::remove_file(input)?;
        Ok(tried)
    })
}

/// A seed with some bytes changed.
fn mutated(random: &mut Random, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(6) {
        let (at, until) = (random.below(bytes.len() + 1), random.below(bytes.len() + 1));
        let range = at.min(until)..at.max(until);
        match random.below(7) {
            0 | 1 => _ = bytes.splice(at..at, PIECES[random.below(PIECES.len())].iter().copied()),
            2 => _ = bytes.splice(at..(at + 1).min(bytes.len()), PIECES[random.below(PIECES.len())].iter().copied()),
            3 => _ = bytes.drain(at..(at + 1 + random.below(8)).min(bytes.len())),
            4 => {
                let piece = PIECES[random.below(PIECES.len())].repeat(1 + random.below(400));
                _ = bytes.splice(at..at, piece);
            }
            5 => {
                let copy: Vec<u8> = bytes[range].iter().copied().take(64).collect();
                _ = bytes.splice(at..at, copy);
            }
            _ => {
                let other = &seeds[random.below(seeds.len())];
                bytes.truncate(at);
                bytes.extend(&other[random.below(other.len())..]);
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_run_breaks_nothing() {
        let folder = tempfile::tempdir().expect("a folder of the test");
        let input = folder.path().join("input");
        let tried = run(1, Duration::from_secs(2), &input).expect("the folder can be written");
        assert!(tried.inputs > 20 && !input.exists(), "{tried:?}");
    }

    #[test]
    fn every_seed_reaches_its_handler() {
        let target = target::Target::new();
        let seeds = target::seeds();
        let statuses = seeds.iter().map(|seed| (target.check(seed), String::from_utf8_lossy(seed)));
        let refused: Vec<_> = statuses.filter(|(status, _)| !matches!(status, Some(200 | 204))).collect();
        assert!(refused.is_empty(), "{refused:#?}");
    }
}
