//! What a run has to say when it is over, as JSON.

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
    /// The query of a link to this run at its end; null if it is too large for one.
    pub link: Option<String>,
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
