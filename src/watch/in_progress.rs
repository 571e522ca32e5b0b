//! The attempts in progress, counted when somebody looks.

use crate::kernel::{Instant, Span};
use crate::pool::Pool;

/// What is in progress at one moment, in current workers and in zombies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InProgress {
    /// Attempts.
    pub count: u32,
    /// Those in progress for longer than `hung_after_s`: hung jobs.
    pub hung: u32,
    /// The age of the oldest.
    pub oldest: Span,
}

impl InProgress {
    /// Looks at every worker. Keeping count at each start and end would cost more: there are
    /// thousands of these to a look.
    pub fn read(now: Instant, pool: &Pool) -> Self {
        let ages = pool.roster().iter().filter_map(|record| Some(now.since(record.lease?.since)));
        ages.fold(Self::default(), |sum, age| Self {
            count: sum.count + 1,
            hung: sum.hung + u32::from(age > pool.knobs.hung_after_s),
            oldest: sum.oldest.max(age),
        })
    }
}
