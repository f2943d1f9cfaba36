//! The choices on the way to a value: the number of an attempt enters, its choice at each fork leaves.
//!
//! The one rule: attempt 0 takes the first way at each fork, and the first forks change first.

/// The choices of one attempt.
#[derive(Debug)]
pub(super) struct Choices {
    rest: usize,
    total: usize,
}

impl Choices {
    pub(super) fn new(attempt: usize) -> Self {
        Self { rest: attempt, total: 1 }
    }

    /// One of so many ways; `None` where there is no way.
    pub(super) fn among(&mut self, ways: usize) -> Option<usize> {
        let way = self.rest.checked_rem(ways)?;
        self.rest /= ways;
        self.total = self.total.saturating_mul(ways);
        Some(way)
    }

    /// One of some candidates.
    pub(super) fn pick<T>(&mut self, mut candidates: Vec<T>) -> Option<T> {
        let way = self.among(candidates.len())?;
        Some(candidates.swap_remove(way))
    }

    /// How many attempts differ, as far as the forks were seen.
    pub(super) fn total(&self) -> usize {
        self.total
    }
}
