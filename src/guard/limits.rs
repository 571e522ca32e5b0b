//! Fix 3, resource limits: caps on what a worker may live, do and hold.
//!
//! Soft limits (age, jobs, memory) act between jobs, as gunicorn's `max_requests`: they never see a
//! hung worker. Hard limits act from outside, at once, as a kernel's.

use super::table::ByPlace;
use super::verdict::Verdict;
use crate::kernel::{Duration, Instant, Rng};
use crate::knobs::Knobs;
use crate::pool::{Event, KillReason, Pool, Record, State, WorkerRef};

/// The limits of each worker, drawn when it starts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limits {
    caps: ByPlace<Caps>,
    next_recycle: Instant,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Caps {
    drawn: bool,
    jobs: u32,
    age: Duration,
}

/// Spread of the age limit, either way.
const AGE_JITTER: f64 = 0.1;

impl Limits {
    /// What a copy takes outside itself, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.caps.bytes()
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
                self.draw(worker, &pool.knobs, rng);
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

    fn draw(&mut self, worker: WorkerRef, knobs: &Knobs, rng: &mut Rng) -> Caps {
        let caps = Caps {
            drawn: true,
            jobs: knobs.max_jobs_per_worker + rng.up_to_inclusive(knobs.max_jobs_jitter),
            age: rng.jitter(knobs.max_worker_age_s, AGE_JITTER),
        };
        *self.caps.at(worker.task.index) = caps;
        caps
    }

    /// Soft limits, and at most one planned recycle in an interval.
    fn between_jobs(&mut self, record: &Record, pool: &Pool, now: Instant) -> Option<Verdict> {
        let knobs = &pool.knobs;
        let caps = *self.caps.at(record.who.task.index);
        let soft = f64::from(knobs.worker_base_mib) * knobs.worker_memory_soft;
        let over = record.jobs >= caps.jobs
            || now.saturating_since(pool.roster().born(record.who.task.index)) >= caps.age
            || f64::from(record.mib) > soft;
        let due = caps.drawn && over && !record.retiring && !record.replaced;
        if !due || now < self.next_recycle {
            return None;
        }
        self.next_recycle = now + knobs.recycle_interval_s;
        Some(Verdict::Retire(record.who))
    }

    /// Once a scan: idle workers grow old without finishing anything.
    pub fn look(&mut self, record: &Record, pool: &Pool, now: Instant) -> Option<Verdict> {
        (record.state == State::Idle).then(|| self.between_jobs(record, pool, now))?
    }

    /// Switched on while running: workers that are there get their limits, and are held to them.
    pub fn adopt(&mut self, pool: &Pool, rng: &mut Rng) -> Vec<Verdict> {
        self.next_recycle = Instant::START;
        let records = pool.roster().iter();
        records
            .filter_map(|record| {
                self.draw(record.who, &pool.knobs, rng);
                hard(record.who, record.mib, pool)
            })
            .collect()
    }
}

/// Hard limits: the worker's own, then the pool's.
fn hard(worker: WorkerRef, mib: u32, pool: &Pool) -> Option<Verdict> {
    let knobs = &pool.knobs;
    if f64::from(mib) > f64::from(knobs.worker_base_mib) * knobs.worker_memory_hard {
        return Some(Verdict::Kill(worker, KillReason::Memory));
    }
    let over = pool.host().memory_mib(knobs) > u64::from(knobs.pool_memory_limit_mib);
    over.then_some(Verdict::KillLargest)
}
