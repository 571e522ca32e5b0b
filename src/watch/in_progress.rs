//! The attempts in progress, counted when somebody looks.

use crate::kernel::{Duration, Instant};
use crate::pool::{Pool, Record};

/// What is in progress at one moment, in current workers and in zombies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InProgress {
    /// Attempts.
    pub count: u32,
    /// Those in progress for longer than `hung_after_s`: hung jobs.
    pub hung: u32,
    /// The age of the oldest.
    pub oldest: Duration,
}

impl InProgress {
    /// Looks at every worker. Keeping count at each start and end would cost more: there are
    /// thousands of these to a look.
    pub fn read(now: Instant, pool: &Pool) -> Self {
        let mut seen = Self::default();
        for record in pool.roster().iter() {
            seen.observe(record, now, pool.knobs.hung_after_s);
        }
        seen
    }

    /// Looks at one worker.
    #[inline]
    pub(super) fn observe(&mut self, record: &Record, now: Instant, hung_after: Duration) {
        let Some(lease) = record.lease else { return };
        let age = now.saturating_since(lease.since);
        self.count += 1;
        self.hung += u32::from(age > hung_after);
        self.oldest = self.oldest.max(age);
    }
}
