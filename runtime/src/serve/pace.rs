//! How slowly a client may go: a stock of time that waiting uses up and bytes fill again.
//!
//! Only time in which the client could have gone on is waiting. So a single pause ends with the timeout, and all of
//! them together last no longer than the timeout and what the bytes between them may take.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

/// The pace of one client in one direction.
pub(super) struct Pace {
    timeout: Duration,
    /// In bytes per second; 0 is any.
    rate: u32,
    /// How much longer the client may be waited for.
    spare: Duration,
    /// Since when it is waited for.
    since: Option<Instant>,
    alarm: Option<Pin<Box<Sleep>>>,
}

impl Pace {
    pub(super) fn new(timeout: Duration, rate: u32) -> Self {
        Self { timeout, rate, spare: timeout, since: None, alarm: None }
    }

    /// The client is waited for from now on. Gives how much of the timeout is used up.
    pub(super) fn wait(&mut self) -> Duration {
        self.since = Some(Instant::now());
        self.timeout.saturating_sub(self.spare)
    }

    /// The client is waited for until it went on; is ready when it is too slow.
    pub(super) fn poll_too_slow(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.since.is_none() {
            let now = Instant::now();
            self.since = Some(now);
            let deadline = now + self.spare;
            match &mut self.alarm {
                Some(alarm) => alarm.as_mut().reset(deadline),
                None => self.alarm = Some(Box::pin(sleep_until(deadline))),
            }
        }
        match &mut self.alarm {
            Some(alarm) => alarm.as_mut().poll(cx),
            None => Poll::Pending,
        }
    }

    /// The client is not waited for any more and went on by so many bytes.
    pub(super) fn went_on(&mut self, bytes: usize) {
        if let Some(since) = self.since.take() {
            self.spare = self.spare.saturating_sub(since.elapsed());
        }
        if bytes > 0 && self.spare < self.timeout {
            self.spare = match self.rate {
                0 => self.timeout,
                rate => self.timeout.min(self.spare.saturating_add(time_for(bytes, rate))),
            };
        }
    }
}

/// How long so many bytes take.
fn time_for(bytes: usize, rate: u32) -> Duration {
    let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
    Duration::from_nanos(bytes.saturating_mul(1_000_000_000) / u64::from(rate.max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMEOUT: Duration = Duration::from_secs(30);

    /// The time left after the client was waited for so long and then sent so many bytes.
    fn spare_after(rate: u32, steps: &[(u64, usize)]) -> Duration {
        let mut pace = Pace::new(TIMEOUT, rate);
        for (seconds, bytes) in steps {
            pace.spare = pace.spare.saturating_sub(Duration::from_secs(*seconds));
            pace.went_on(*bytes);
        }
        pace.spare
    }

    #[test]
    fn bytes_make_up_for_the_time_that_they_may_take() {
        assert_eq!(spare_after(1024, &[(20, 1024)]), Duration::from_secs(11));
        assert_eq!(spare_after(1024, &[(20, 1), (9, 1)]), Duration::from_secs(1) + Duration::from_nanos(2 * 976_562));
        assert_eq!(spare_after(1024, &[(20, 0)]), Duration::from_secs(10));
    }

    #[test]
    fn nothing_is_saved_up_beyond_the_timeout() {
        assert_eq!(spare_after(1024, &[(0, usize::MAX), (20, usize::MAX)]), TIMEOUT);
        assert_eq!(spare_after(1, &[(29, usize::MAX), (12, 2)]), Duration::from_secs(20));
    }

    #[test]
    fn without_a_rate_a_byte_is_enough() {
        assert_eq!(spare_after(0, &[(29, 1), (29, 1)]), TIMEOUT);
        assert_eq!(spare_after(0, &[(20, 0)]), Duration::from_secs(10));
    }
}
