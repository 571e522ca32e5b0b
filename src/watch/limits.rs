//! Past these, a figure is flagged and an alert fires: the one place for all of them.

use serde::Serialize;

use crate::knobs::Knobs;

/// What the figures of a pool with these knobs may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Limits {
    /// Most jobs in the queue.
    pub queue: f64,
    /// Fewest workers that can work.
    pub active: f64,
    /// Most memory in use, in MiB.
    pub memory_mib: f64,
    /// Most restarts in a minute, planned recycles excluded.
    pub restarts_a_minute: f64,
    /// Longest p95 of the time from arrival to end, and longest wait at the head of the line, in
    /// seconds.
    pub delay_s: f64,
    /// A job in progress for longer is hung, in seconds.
    pub hung_after_s: f64,
    /// The lowest success rate that is still healthy, as a share.
    pub success_rate: f64,
}

/// Waiting jobs for each worker.
const QUEUE_PER_WORKER: f64 = 5.0;
/// Share of the workers.
const ACTIVE_SHARE: f64 = 0.75;
/// Of the baseline (the report: `memory_mb > baseline * 2`).
const MEMORY_RATIO: f64 = 2.0;
/// Restarts for each worker in a minute (the report: `worker_restarts > workers/minute`).
const RESTARTS_PER_WORKER: f64 = 1.0;
/// Nine in ten; the incident's normal is 94 %.
const SUCCESS_RATE: f64 = 0.9;

impl Limits {
    /// The limits under these knobs.
    pub fn of(knobs: &Knobs) -> Self {
        let workers = f64::from(knobs.workers);
        Self {
            memory_mib: MEMORY_RATIO * baseline_mib(knobs) as f64,
            delay_s: knobs.alert_p95_s.as_secs_f64(),
            hung_after_s: knobs.hung_after_s.as_secs_f64(),
            ..Self::of_workers(workers)
        }
    }

    /// The limits that hang on the number of workers alone.
    pub(super) fn of_workers(workers: f64) -> Self {
        Self {
            queue: QUEUE_PER_WORKER * workers,
            active: ACTIVE_SHARE * workers,
            restarts_a_minute: RESTARTS_PER_WORKER * workers,
            success_rate: SUCCESS_RATE,
            ..Self::default()
        }
    }
}

/// Memory of a healthy pool: the parent process and its workers without jobs, in MiB.
pub fn baseline_mib(knobs: &Knobs) -> u64 {
    u64::from(knobs.process_base_mib) + u64::from(knobs.workers) * u64::from(knobs.worker_base_mib)
}
