//! What a run has to say, as JSON: written as it goes on, so that a long run takes no more memory
//! than a short one.

use std::io::{self, Write};

use serde::Serialize;

use super::plan::Plan;
use super::play::Played;
use crate::run::Run;
use crate::watch::{Sample, Summary};

/// The report of a run: one object, of which the samples are written one by one.
pub struct Report<W> {
    out: W,
    /// What stands before the next sample.
    separator: &'static str,
}

/// The end of the report.
#[derive(Debug, Serialize)]
struct Tail {
    /// What the instruments showed at the end.
    #[serde(rename = "final")]
    last: Sample,
    /// Means over the run, and what was measured of it.
    summary: Totals,
    /// The hash over all events, 16 hexadecimal digits.
    trace_hash: String,
    /// Why a run with a number of jobs was stopped before all had ended; null if it was not.
    stopped: Option<String>,
    /// The query of a link to this run at its end; null if it is too large for one.
    link: Option<String>,
}

impl<W: Write> Report<W> {
    /// Begins the report of a plan.
    pub fn begin(mut out: W, plan: &Plan) -> io::Result<Self> {
        let name = serde_json::to_string(&plan.scenario.name)?;
        let seed = plan.scenario.seed;
        write!(out, "{{\n  \"scenario\": {name},\n  \"seed\": {seed},\n  \"samples\": [")?;
        Ok(Self { out, separator: "\n    " })
    }

    /// Writes a sample, after the separator that JSON wants between two.
    pub fn sample(&mut self, sample: &Sample) -> io::Result<()> {
        let text = serde_json::to_string(sample)?;
        write!(self.out, "{}{text}", self.separator)?;
        self.separator = ",\n    ";
        Ok(())
    }

    /// Closes the list of samples and writes what is known at the end.
    pub fn end(mut self, played: &Played, plan: &Plan) -> io::Result<()> {
        let run = &played.run;
        let tail = Tail {
            last: run.sample(),
            summary: Totals::of(run, played.wall_s),
            trace_hash: format!("{:016x}", run.trace_hash()),
            stopped: played.stopped(plan),
            link: plan.link_to(run.now()).ok(),
        };
        let text = serde_json::to_string_pretty(&tail)?;
        // Without its opening brace: it goes on with the object that was begun.
        let rest = text.strip_prefix('{').unwrap_or(&text);
        writeln!(self.out, "\n  ],{rest}")
    }
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
    pub peak_memory_mib: u64,
}

impl Totals {
    /// The totals of a run that took so many real seconds.
    pub fn of(run: &Run, wall_s: f64) -> Self {
        Self {
            events: run.fired(),
            wall_s,
            events_per_s: run.fired() as f64 / wall_s.max(1e-9),
            means: run.summary(),
            peak_memory_mib: run.pool().host().peak_mib(&run.pool().knobs),
        }
    }
}
