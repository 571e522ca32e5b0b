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
    /// So much later than at the whole microsecond is the next job due, in microseconds: arrivals
    /// closer together than that keep their rate.
    fraction: f64,
}

impl Source {
    /// A source that has sent nothing yet.
    pub fn new(seed: u64) -> Self {
        let mut rng = Rng::new(seed, Stream::Arrivals);
        let left = rng.exponential();
        Self { rng, left, since: Instant::START, rate: 0.0, fraction: 0.0 }
    }

    /// See [`Task::resume`](crate::kernel::Task::resume). An interrupt says that the rate has
    /// changed: what is left of the gap is stretched, so the gaps stay the same draws at any rate.
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
            self.fraction = 0.0;
        }
        self.since = cx.now;
        self.rate = pool.knobs.arrival_rate;
        if self.rate <= 0.0 || is_spent(pool) {
            return Wait::Alarms;
        }
        let gap = self.left / self.rate * 1e6 + self.fraction;
        let whole = Duration::micros(gap as u64);
        self.fraction = gap - gap as u64 as f64;
        Wait::Until(cx.now + whole, order::ARRIVALS)
    }
}

fn is_spent(pool: &Pool) -> bool {
    let limit = u64::from(pool.knobs.job_limit);
    limit > 0 && pool.ledger().requests() >= limit
}
