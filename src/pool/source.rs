//! Where jobs come from: a Poisson stream, the same whatever the pool does with it.

use super::{Pool, order};
use crate::kernel::{Cx, Duration, Instant, Rng, Stream, Wait, Wake};

/// The source of jobs.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    rng: Rng,
    /// How much of the present gap is left, as a multiple of the mean gap.
    left: f64,
    since: Instant,
    rate: f64,
}

impl Source {
    /// A source that has sent nothing yet.
    pub fn new(seed: u64) -> Self {
        let mut rng = Rng::new(seed, Stream::Arrivals);
        let left = rng.exponential();
        Self { rng, left, since: Instant::START, rate: 0.0 }
    }

    /// See [`Task::resume`](crate::kernel::Task::resume). A nudge says that the rate has changed:
    /// what is left of the gap is stretched, so the gaps stay the same draws at any rate.
    #[inline]
    pub fn resume<T>(&mut self, cx: &mut Cx<'_, T>, pool: &mut Pool) -> Wait {
        if cx.wake == Wake::Time {
            if is_spent(pool) {
                return Wait::Alarms;
            }
            pool.arrive(cx);
            self.left = self.rng.exponential();
        } else {
            let passed = cx.now.saturating_since(self.since).as_secs_f64() * self.rate;
            self.left = (self.left - passed).max(0.0);
        }
        self.since = cx.now;
        self.rate = pool.knobs.arrival_rate;
        if self.rate <= 0.0 || is_spent(pool) {
            return Wait::Alarms;
        }
        Wait::Until(cx.now + Duration::secs_f64(self.left / self.rate), order::ARRIVALS)
    }
}

fn is_spent(pool: &Pool) -> bool {
    let limit = u64::from(pool.knobs.job_limit);
    limit > 0 && pool.ledger().submitted >= limit
}
