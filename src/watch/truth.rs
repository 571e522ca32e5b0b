//! Belief beside truth: which workers hang, which are only suspected, and how long it took to find
//! out. An operator could not measure the truth; it is shown to teach, and no alert may read it.

use crate::kernel::{Duration, Instant};
use crate::pool::{Event, SpawnReason, Truth, WorkerRef};

/// What is so of each worker, by the place of its task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroundTruth {
    workers: Vec<Facts>,
    /// Since when each of those that hang does; apart, since all are looked at each second.
    since: Vec<Instant>,
    /// Workers that hang, zombies included.
    pub hung: u32,
    /// Workers that hang and are not suspected.
    pub missed: u32,
    /// Workers that are suspected and do not hang.
    pub wrongly_suspected: u32,
    /// Workers that are suspected, rightly or not: the belief.
    pub suspects: u32,
    /// Workers that did not hang, killed as silent or made to leave as suspects.
    pub false_kills: u64,
    /// Attempts that timed out and would have ended.
    pub false_timeouts: u64,
    /// Worker time in attempts that were taken away from workers that did not hang, in µs.
    pub undone_us: u64,
    /// Hung workers found suspect, and the time that took, in µs.
    pub detections: u64,
    /// See `detections`.
    pub detection_us: u64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Facts {
    hung: bool,
    /// It was started to fill a slot, not in the place of another.
    fills: bool,
    suspect: bool,
}

impl GroundTruth {
    /// Takes an event in.
    #[inline]
    pub fn observe(&mut self, now: Instant, event: &Event) {
        match *event {
            Event::Spawned { worker, reason, .. } => {
                let fills = reason == SpawnReason::Fill;
                self.change(worker, |facts| *facts = Facts { fills, ..Facts::default() });
            }
            Event::Cleared { worker } => self.change(worker, |facts| facts.suspect = false),
            Event::Suspected { worker } => self.suspect(worker, now),
            Event::Reaped { worker, .. } => self.change(worker, |facts| *facts = Facts::default()),
            Event::Revoked { worker, ran, .. } if !self.is_hung(worker) => {
                self.undone_us += ran.as_micros();
            }
            Event::Truth(truth) => self.record(truth, now),
            _ => {}
        }
    }

    fn record(&mut self, truth: Truth, now: Instant) {
        match truth {
            Truth::Hung { worker, .. } => {
                self.change(worker, |facts| facts.hung = true);
                self.since[worker.task.index as usize] = now;
            }
            Truth::FalseKill { .. } => self.false_kills += 1,
            Truth::FalseTimeout { .. } => self.false_timeouts += 1,
            Truth::Tainted { .. } | Truth::Toxic { .. } | Truth::Poisoned { .. } => {}
        }
    }

    /// Whether a worker hangs.
    pub(super) fn is_hung(&self, who: WorkerRef) -> bool {
        let facts = self.workers.get(who.task.index as usize);
        facts.is_some_and(|facts| facts.hung)
    }

    /// Whether a worker was started to fill a slot, not in the place of another.
    pub(super) fn fills(&self, who: WorkerRef) -> bool {
        self.workers.get(who.task.index as usize).is_some_and(|facts| facts.fills)
    }

    /// Whether a worker is suspected, rightly or not.
    pub fn is_suspect(&self, who: WorkerRef) -> bool {
        self.workers.get(who.task.index as usize).is_some_and(|facts| facts.suspect)
    }

    fn suspect(&mut self, worker: WorkerRef, now: Instant) {
        let mut found = false;
        self.change(worker, |facts| {
            found = facts.hung && !facts.suspect;
            facts.suspect = true;
        });
        if found {
            let since = self.since[worker.task.index as usize];
            self.detections += 1;
            self.detection_us += now.saturating_since(since).as_micros();
        }
    }

    /// Changes the facts of a worker and keeps the counts in step.
    fn change(&mut self, who: WorkerRef, change: impl FnOnce(&mut Facts)) {
        let place = who.task.index as usize;
        if self.workers.len() <= place {
            self.workers.resize(place + 1, Facts::default());
            self.since.resize(place + 1, Instant::START);
        }
        let before = self.workers[place];
        change(&mut self.workers[place]);
        let after = self.workers[place];
        let follow = |count: &mut u32, holds: fn(Facts) -> bool| {
            *count = (*count + u32::from(holds(after))).saturating_sub(u32::from(holds(before)));
        };
        follow(&mut self.hung, |facts| facts.hung);
        follow(&mut self.suspects, |facts| facts.suspect);
        follow(&mut self.missed, |facts| facts.hung && !facts.suspect);
        follow(&mut self.wrongly_suspected, |facts| !facts.hung && facts.suspect);
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.workers) + size_of_val(&*self.since)
    }

    /// Mean time from a hang to its being suspected; `None` before the first.
    pub fn detection_latency(&self) -> Option<Duration> {
        self.detection_us.checked_div(self.detections).map(Duration::micros)
    }
}
