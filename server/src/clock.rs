//! The time, as everything here takes it: one function from nothing to seconds, handed in at start. Whatever compares
//! or writes a time asks this function, so that a test decides what time it is.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
pub type UnixSeconds = i64;

/// Tells the time.
///
/// ```
/// use std::sync::Arc;
///
/// let clock: stubwright_server::clock::Clock = Arc::new(|| 1_800_000_000);
/// assert_eq!(clock(), 1_800_000_000);
/// ```
pub type Clock = Arc<dyn Fn() -> UnixSeconds + Send + Sync>;

/// The clock of the machine; a clock set before 1970 reads 0.
pub fn system() -> Clock {
    Arc::new(|| {
        let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        UnixSeconds::try_from(elapsed.as_secs()).unwrap_or(UnixSeconds::MAX)
    })
}
