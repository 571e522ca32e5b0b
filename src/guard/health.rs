//! Fix 2, health checks: workers must prove that they are alive. It only marks; fix 4 kills.
//!
//! Liveness as in Kubernetes and Hadoop's task trackers: who has given no sign of life for too
//! long is suspect, whatever the reason.

use super::table::ByPlace;
use crate::kernel::{Duration, Instant};
use crate::knobs::{BeatSource, Knobs};
use crate::pool::{Event, Pool, Record, State, WorkerId};

/// The workers that the detector suspects.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Health {
    /// By name: the place of a suspect may be used by another later.
    suspects: ByPlace<Option<WorkerId>>,
}

/// What a look at a worker found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Nothing has changed, and all is well.
    Well,
    /// It is suspect from now on.
    NewlySuspect,
    /// The worker has shown no sign of life since it was suspected.
    StillSuspect,
    /// It was, and has moved.
    Cleared,
}

impl Health {
    /// Looks at one worker. `unresponsive` says that it did not come back when cancelled.
    #[inline]
    pub fn look(
        &mut self,
        record: &Record,
        unresponsive: bool,
        knobs: &Knobs,
        now: Instant,
    ) -> Finding {
        let ill = unresponsive || silence(record, knobs, now) > allowed_silence(record, knobs);
        let suspect = self.suspects.at(record.who.task.index);
        let known = suspect.filter(|id| *id == record.who.id);
        match (known, ill) {
            (None, false) => Finding::Well,
            (None, true) => {
                *suspect = Some(record.who.id);
                Finding::NewlySuspect
            }
            (Some(_), true) => Finding::StillSuspect,
            (Some(_), false) => {
                *suspect = None;
                Finding::Cleared
            }
        }
    }

    /// What a copy takes outside itself, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.suspects.bytes()
    }

    /// Takes all suspicion back.
    pub fn forget(&mut self, pool: &mut Pool) {
        let mut suspects = std::mem::take(&mut self.suspects);
        let cleared: Vec<_> = pool
            .roster()
            .iter()
            .map(|record| record.who)
            .filter(|who| suspects.at(who.task.index).is_some_and(|found| found == who.id))
            .collect();
        cleared.into_iter().for_each(|worker| pool.emit(Event::Cleared { worker }));
    }
}

/// How long a worker has given no sign of life, its start included. A helper thread beats whatever
/// the job does.
#[inline]
pub fn silence(record: &Record, knobs: &Knobs, now: Instant) -> Duration {
    match knobs.beat_source {
        BeatSource::Progress | BeatSource::BetweenJobs => now.saturating_since(record.last_beat),
        BeatSource::SideThread => Duration::ZERO,
    }
}

/// How long it may.
#[inline]
pub fn allowed_silence(record: &Record, knobs: &Knobs) -> Duration {
    if record.state == State::Starting { knobs.startup_timeout_s } else { knobs.liveness_timeout_s }
}
