//! How fast the machine is at the moment: the time of a fixed piece of work enters, a factor leaves.
//!
//! The one rule: a time is shown as it was, and judged as it would have been on the machine that the bounds were set on. Shared
//! machines differ by half from one hour to the next, and a bound in seconds alone then judges the hour.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

use serde_json::Value;

/// What [`work`] takes on the machine of the bounds, the shortest of many times.
const REFERENCE: Duration = Duration::from_millis(67);

/// Measures the machine whenever it is asked to, and keeps the best.
#[derive(Debug)]
pub struct Speed {
    text: String,
    shortest: Duration,
}

impl Default for Speed {
    fn default() -> Self {
        Self { text: text(), shortest: Duration::MAX }
    }
}

impl Speed {
    /// Does the work once more: best before and behind of whatever is timed.
    pub fn sample(&mut self) {
        self.shortest = self.shortest.min(work(&self.text));
    }

    /// What a time is multiplied by: below 1 on a machine that is slower than the one of the bounds; 1 without a sample.
    pub fn factor(&self) -> f64 {
        if self.shortest == Duration::MAX { 1.0 } else { REFERENCE.as_secs_f64() / self.shortest.as_secs_f64() }
    }
}

/// Reads the text into a tree and frees it: allocations, short strings and memory, as reading a document has them.
fn work(text: &str) -> Duration {
    let started = Instant::now();
    let tree: Value = serde_json::from_str(text).expect("the text is JSON");
    drop(black_box(tree));
    started.elapsed()
}

/// 4 MB of objects as documents have them.
fn text() -> String {
    let mut text = "[".to_owned();
    for number in 0..24_000 {
        let comma = if number == 0 { "" } else { "," };
        let (name, low) = (number * 7919 % 24_000, number % 97);
        write!(
            text,
            r#"{comma}{{"name":"property-{name}","in":"query","schema":{{"type":["string","null"],"minLength":{low},"description":"What number {number} says of property {name}."}},"required":{}}}"#,
            number % 2 == 0,
        )
        .expect("a string takes everything");
    }
    text.push(']');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_sample_counts_and_none_changes_nothing() {
        let mut speed = Speed::default();
        assert!((speed.factor() - 1.0).abs() < f64::EPSILON);
        speed.shortest = REFERENCE * 2;
        assert!((speed.factor() - 0.5).abs() < f64::EPSILON);
        speed.sample();
        assert!(speed.shortest <= REFERENCE * 2 && speed.shortest > Duration::ZERO);
    }
}
