//! The workers that were asked to leave, and by when each has to be gone.

use super::table::ByPlace;
use crate::kernel::{Duration, Instant};
use crate::knobs::Knobs;
use crate::pool::{Pool, WorkerRef};

/// The workers that were asked to leave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Leaving {
    pub(super) asked: ByPlace<Option<Asked>>,
    /// The graceful timeout that alarms are set for.
    pub(super) timeout: Duration,
}

/// A worker that was asked to leave: when, and the time that a deploy gave it for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) who: WorkerRef,
    pub(super) at: Instant,
    pub(super) grace: Option<Duration>,
}

impl Asked {
    /// When it has to be gone, if ever.
    pub(super) fn due(self, knobs: &Knobs) -> Option<Instant> {
        let timeout = knobs.graceful_timeout_s;
        let grace = self.grace.or((timeout > Duration::ZERO).then_some(timeout))?;
        Some(self.at + grace)
    }
}

impl Leaving {
    /// What a copy takes outside itself, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.asked.bytes()
    }

    /// The worker in a place, if it should be gone by now.
    pub(super) fn overdue(&mut self, place: u32, pool: &Pool, now: Instant) -> Option<WorkerRef> {
        let asked = (*self.asked.at(place))?;
        let record = pool.roster().find(asked.who)?;
        asked.due(&pool.knobs).is_some_and(|due| now >= due).then_some(record.who)
    }
}
