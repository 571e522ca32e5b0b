//! Fix 3, resource limits: caps on what a worker may live, do and hold.
//!
//! Soft limits (age, jobs, memory) act between jobs, as gunicorn's `max_requests`: they never see a
//! hung worker. Hard limits act from outside, at once, as a kernel's.

use super::table::ByPlace;
use super::verdict::Verdict;
use crate::kernel::{Duration, Instant, Rng};
use crate::knobs::Knobs;
use crate::pool::{Event, KillReason, Pool, Record, State, WorkerRef};

/// The limits of each worker: its chance is drawn when it starts, so that a turned knob reaches it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    draws: ByPlace<Option<Draw>>,
    last_recycle: Option<Instant>,
}

/// The chance of one worker: how many jobs more than others it may do, and its age.
#[derive(Clone, Debug, PartialEq)]
struct Draw {
    jobs: Rng,
    age: Rng,
}

impl Draw {
    fn new(rng: &mut Rng) -> Self {
        Self { jobs: rng.later(), age: rng.later() }
    }

    fn max_jobs(&self, knobs: &Knobs) -> u32 {
        knobs.max_jobs_per_worker + self.jobs.clone().up_to_inclusive(knobs.max_jobs_jitter)
    }

    fn max_age(&self, knobs: &Knobs) -> Duration {
        self.age.clone().jitter(knobs.max_worker_age_s, AGE_JITTER)
    }
}

/// Spread of the age limit, either way.
const AGE_JITTER: f64 = 0.1;

impl Limits {
    /// What a copy takes outside itself, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.draws.bytes()
    }

    /// Watches workers start, finish jobs, and take memory.
    pub fn observe(
        &mut self,
        event: &Event,
        pool: &Pool,
        rng: &mut Rng,
        now: Instant,
    ) -> Option<Verdict> {
        match *event {
            Event::Spawned { worker, .. } => {
                *self.draws.at(worker.task.index) = Some(Draw::new(rng));
                None
            }
            Event::Finished { worker, .. }
            | Event::LateResult { worker, .. }
            | Event::ReturnedCancelled { worker } => {
                self.between_jobs(pool.roster().find(worker)?, pool, now)
            }
            Event::Memory { worker, mib } => hard(worker, mib, pool),
            _ => None,
        }
    }

    /// Soft limits, and at most one planned recycle in an interval.
    fn between_jobs(&mut self, record: &Record, pool: &Pool, now: Instant) -> Option<Verdict> {
        let knobs = &pool.knobs;
        let place = record.who.task.index;
        let draw = self.draws.at(place).as_ref()?;
        let over = record.jobs >= draw.max_jobs(knobs)
            || now.saturating_since(pool.roster().born(place)) >= draw.max_age(knobs)
            || is_over(record.mib, knobs.worker_memory_soft, knobs);
        if !over || record.retiring || record.replaced {
            return None;
        }
        if self.last_recycle.is_some_and(|last| now < last + knobs.recycle_interval_s) {
            return None;
        }
        self.last_recycle = Some(now);
        Some(Verdict::Retire(record.who))
    }

    /// Once a scan: idle workers grow old without finishing anything.
    pub fn look(&mut self, record: &Record, pool: &Pool, now: Instant) -> Option<Verdict> {
        (record.state == State::Idle).then(|| self.between_jobs(record, pool, now))?
    }

    /// Switched on while running: workers that are there get their limits.
    pub fn adopt(&mut self, pool: &Pool, rng: &mut Rng) {
        self.last_recycle = None;
        for record in pool.roster().iter() {
            *self.draws.at(record.who.task.index) = Some(Draw::new(rng));
        }
    }
}

/// What must be killed at once for the memory that it holds now.
pub(super) fn over_hard_limits(pool: &Pool) -> Vec<Verdict> {
    pool.roster().iter().filter_map(|record| hard(record.who, record.mib, pool)).collect()
}

/// Hard limits: the worker's own, then the pool's.
fn hard(worker: WorkerRef, mib: u32, pool: &Pool) -> Option<Verdict> {
    if is_over(mib, pool.knobs.worker_memory_hard, &pool.knobs) {
        return Some(Verdict::Kill(worker, KillReason::Memory));
    }
    is_over_pool_limit(pool).then_some(Verdict::KillLargest)
}

/// Whether a worker holds more than so many times the base; of a base of 0 there is no multiple
/// that could be a limit.
fn is_over(mib: u32, times: f64, knobs: &Knobs) -> bool {
    knobs.worker_base_mib > 0 && f64::from(mib) > f64::from(knobs.worker_base_mib) * times
}

/// Whether the pool holds more memory than it may.
pub(super) fn is_over_pool_limit(pool: &Pool) -> bool {
    pool.host().memory_mib(&pool.knobs) > u64::from(pool.knobs.pool_memory_limit_mib)
}
