//! What an operator sees, derived from events alone.

mod sample;

pub use sample::{AlertSample, OldDashboard, Sample, Severity};

use crate::kernel::Instant;
use crate::knobs::Knobs;
use crate::pool::{Event, Pool};

/// All instruments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Watch;

impl Watch {
    /// Instruments for a pool with these knobs.
    pub fn new(_knobs: &Knobs) -> Self {
        Self
    }

    /// Takes an event in.
    #[inline]
    pub fn observe(&mut self, _now: Instant, _event: &Event) {}

    /// Once a second: closes the windows' buckets, then evaluates the alert rules.
    pub fn tick(&mut self, _now: Instant, _pool: &Pool) {}

    /// Everything the instruments show at `now`.
    pub fn sample(&self, _now: Instant, _pool: &Pool) -> Sample {
        Sample::default()
    }
}
