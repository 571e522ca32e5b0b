//! Runs one task and measures it.

use super::row::Measures;
use crate::kernel::{Duration, Instant};
use crate::knobs::InputError;
use crate::run::{Customers, Link, Run, recorded};

/// Events after which a run is given up as a hole, so that no cell stops an experiment: some
/// minutes of a pool that thrashes.
pub const BUDGET: u64 = 50_000_000;
/// A pool survives if, over the last quarter of the run, it served soon enough at least this share
/// of the customers that arrived.
const SERVES: f64 = 0.9;
/// A minute counts as served if at least this share of its customers was served soon enough.
const HALF: f64 = 0.5;
/// Time between two looks at the host and at the budget.
const LOOK: Duration = Duration::secs(1);

/// A run under way, so that it can be made in slices.
#[derive(Clone, Debug)]
pub struct Measurement {
    run: Run,
    customers: Customers,
    until: Instant,
    died_at: Option<Instant>,
}

impl Measurement {
    /// Begins the run that a link shows, up to its moment.
    ///
    /// # Errors
    /// If the link is not understood or shows no moment.
    pub fn begin(query: &str) -> Result<Self, InputError> {
        let link = Link::read(query)?;
        let until = link.at.ok_or_else(|| InputError::new("task", query, "`t` is missing"))?;
        let run = Run::new(&recorded(&link.scenario, &link.given))?;
        Ok(Self { run, customers: Customers::default(), until, died_at: None })
    }

    /// Goes on for at most a second of virtual time. False at the end of the run.
    pub fn advance(&mut self) -> bool {
        if self.run.now() >= self.until || self.is_over_budget() {
            return false;
        }
        let next = (self.run.now() + LOOK).min(self.until);
        self.run.advance(next, &mut self.customers);
        if self.died_at.is_none() && self.run.pool().host().dead {
            self.died_at = Some(self.run.now());
        }
        true
    }

    /// What was measured; `None` of a run that was given up.
    pub fn finish(self) -> Option<Measures> {
        if self.is_over_budget() {
            return None;
        }
        let minutes = (self.until.as_secs_f64() / 60.0) as usize;
        let last_quarter = minutes - minutes / 4;
        let arrived = self.customers.arrived_since(last_quarter);
        let soon_enough = self.customers.soon_enough_since(last_quarter);
        let survived = self.died_at.is_none() && soon_enough as f64 >= SERVES * arrived as f64;
        let (all, ended) = (self.customers.arrived_since(0), self.customers.served_since(0));
        let (sample, pool) = (self.run.sample(), self.run.pool());
        let times = self.run.world().instruments.times();
        let measures = Measures {
            survived,
            died_at_s: (!survived).then(|| self.stopped_serving_s(minutes)),
            late_customer_minutes: self.customers.late_at(&self.run).as_secs_f64() / 60.0,
            p95_s: super::stats::quantile(&mut self.customers.times_at(&self.run), 0.95),
            goodput: (all > 0).then(|| ended as f64 / all as f64),
            peak_mib: pool.host().peak_mib(&pool.knobs),
            zombies: sample.zombies,
            wasted_s: (times.hung + times.zombie) as f64,
            trace_hash: self.run.trace_hash(),
        };
        Some(measures.rounded())
    }

    fn is_over_budget(&self) -> bool {
        self.run.fired() > BUDGET
    }

    /// When the host died, or else the end of the last minute that was served.
    fn stopped_serving_s(&self, minutes: usize) -> f64 {
        if let Some(at) = self.died_at {
            return at.as_secs_f64();
        }
        let is_served = |minute: &usize| {
            self.customers.soon_enough_share(*minute).is_some_and(|share| share >= HALF)
        };
        let last = (0..minutes).rev().find(is_served);
        last.map_or(0.0, |minute| (minute + 1) as f64 * 60.0)
    }
}

/// Runs a task to its end.
///
/// # Errors
/// As [`Measurement::begin`].
pub fn measure(query: &str) -> Result<Option<Measures>, InputError> {
    let mut measurement = Measurement::begin(query)?;
    while measurement.advance() {}
    Ok(measurement.finish())
}
