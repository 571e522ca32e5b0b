//! What a run has to say when it is over, as JSON and CSV.

use serde::Serialize;

use crate::run::Run;
use crate::watch::{Sample, Summary};

/// The whole report: one object.
#[derive(Debug, Serialize)]
pub struct Report<'a> {
    /// The scenario's name.
    pub scenario: &'a str,
    /// The seed.
    pub seed: u64,
    /// The readings asked for.
    pub samples: &'a [Sample],
    /// The last reading.
    #[serde(rename = "final")]
    pub last: Sample,
    /// Means and measurements.
    pub summary: Totals,
    /// The hash over all events, 16 hexadecimal digits.
    pub trace_hash: String,
}

/// Means of the run, and how fast it ran.
#[derive(Debug, Serialize)]
pub struct Totals {
    /// Timed waits that ended: the events of discrete-event simulation.
    pub events: u64,
    /// Real seconds that the run took.
    pub wall_s: f64,
    /// Events in a real second.
    pub events_per_s: f64,
    #[serde(flatten)]
    means: Summary,
    /// The most memory ever used, in MiB.
    pub peak_memory_mb: u64,
}

impl Totals {
    /// The totals of a run that took so many real seconds.
    pub fn of(run: &Run, wall_s: f64) -> Self {
        Self {
            events: run.fired(),
            wall_s,
            events_per_s: run.fired() as f64 / wall_s.max(1e-9),
            means: run.summary(),
            peak_memory_mb: run.pool().host().peak_mib(&run.pool().knobs),
        }
    }
}

/// Columns of the CSV, each with the figure it shows.
type Column = (&'static str, fn(&Sample) -> String);

const COLUMNS: &[Column] = &[
    ("t_s", |s| s.t_s.to_string()),
    ("clock", |s| s.clock.clone()),
    ("submitted", |s| s.submitted.to_string()),
    ("delayed", |s| s.delayed.to_string()),
    ("queued", |s| s.queued.to_string()),
    ("in_flight", |s| s.in_flight.to_string()),
    ("succeeded", |s| s.succeeded.to_string()),
    ("failed", |s| s.failed.to_string()),
    ("dead_lettered", |s| s.dead_lettered.to_string()),
    ("rejected", |s| s.rejected.to_string()),
    ("workers", |s| s.workers.to_string()),
    ("alive", |s| s.alive.to_string()),
    ("active", |s| s.active.to_string()),
    ("hung", |s| s.hung.to_string()),
    ("zombies", |s| s.zombies.to_string()),
    ("hung_jobs", |s| s.hung_jobs.to_string()),
    ("restarts", |s| s.restarts.to_string()),
    ("memory_mb", |s| s.memory_mb.to_string()),
    ("baseline_mb", |s| s.baseline_mb.to_string()),
    ("cpu_percent", |s| s.cpu_percent.to_string()),
    ("queue_depth", |s| s.queue_depth.to_string()),
    ("p50_s", |s| format!("{:.3}", s.p50_s)),
    ("p95_s", |s| format!("{:.3}", s.p95_s)),
    ("success_rate", |s| format!("{:.4}", s.success_rate)),
    ("old_active", |s| s.old.active.to_string()),
    ("old_queue", |s| s.old.queue.to_string()),
    ("old_memory_mb", |s| s.old.memory_mb.to_string()),
    ("old_success_rate", |s| format!("{:.4}", s.old.success_rate)),
    ("stage", |s| format!("\"{}\"", s.stage)),
];

/// The first line of the CSV.
pub fn csv_header() -> String {
    COLUMNS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(",")
}

/// One line of the CSV.
pub fn csv_row(sample: &Sample) -> String {
    COLUMNS.iter().map(|(_, show)| show(sample)).collect::<Vec<_>>().join(",")
}
