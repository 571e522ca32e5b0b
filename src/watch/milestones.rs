//! The eight steps of the incident's list and the recovery, recognised as they happen: by what
//! happens, not by the clock, so that every seed is told right.

use super::rules::AlertInputs;
use crate::kernel::{Duration, Instant};
use crate::knobs::OutOfMemory;
use crate::pool::{Event, Truth};

/// A step on the way down, or the way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Milestone {
    /// Jobs come and go.
    Healthy,
    /// The first worker hangs: in a job that never ends, or on the lock that one left held.
    FirstToxicJob,
    /// A worker that hangs was replaced, and is still there.
    ReplacementSpawned,
    /// More and more zombies.
    ZombiesClimb,
    /// More than three times the memory of a healthy pool.
    MemoryExplodes,
    /// Fewer workers that can work than slots, for good.
    ActiveWorkersDecrease,
    /// More jobs wait than the workers can be expected to clear soon.
    QueueBacksUp,
    /// Few workers can work, and the queue only grows; or the host died of its memory.
    DeathSpiral,
    /// After an incident, all has been well for [`CALM`].
    Recovered,
}

/// Workers that were just replaced start up again: only after this time fewer can work for good.
const FOR_GOOD: Duration = Duration::secs(10);

/// A batch that is worked off within this time is no queue that backs up.
const BATCH: Duration = Duration::secs(60);

/// How long all must be well until the service counts as recovered: an incident is closed once the
/// fix was seen to hold.
pub const CALM: Duration = Duration::secs(300);

impl Milestone {
    /// All steps, in the order of the incident's list. They may happen in another.
    pub const ALL: [Self; 9] = [
        Self::Healthy,
        Self::FirstToxicJob,
        Self::ReplacementSpawned,
        Self::ZombiesClimb,
        Self::MemoryExplodes,
        Self::ActiveWorkersDecrease,
        Self::QueueBacksUp,
        Self::DeathSpiral,
        Self::Recovered,
    ];

    /// The step in the words of the incident.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Healthy => "Initially normal",
            Self::FirstToxicJob => "First toxic job hits",
            Self::ReplacementSpawned => "Worker hangs, spawns replacement",
            Self::ZombiesClimb => "Zombie count starts climbing",
            Self::MemoryExplodes => "Memory usage explodes",
            Self::ActiveWorkersDecrease => "Active workers decrease",
            Self::QueueBacksUp => "Queue backs up",
            Self::DeathSpiral => "System death spiral",
            Self::Recovered => "Service recovered",
        }
    }
}

/// When each step was reached.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Milestones {
    reached: [Option<Instant>; Milestone::ALL.len()],
    /// Since when the sign of each step shows, of those that are read once a second.
    shows: [Option<Instant>; Milestone::ALL.len()],
}

/// What the steps look at besides events and alerts, once a second.
#[derive(Clone, Copy, Debug)]
pub struct MilestoneInputs {
    /// Slots of the pool.
    pub workers: u32,
    /// Memory of a healthy pool, in MiB.
    pub baseline_mib: u64,
    /// Workers that can work, in truth.
    pub active: u32,
    /// Workers that hang, in truth.
    pub hung: u32,
    /// Jobs in the queue, without those that are parked behind a breaker.
    pub waiting: u64,
    /// Jobs that ended well in the last minute.
    pub succeeded_a_minute: u32,
    /// Whether any alert fires.
    pub firing: bool,
    /// Whether a critical alert fires.
    pub paging: bool,
}

impl Milestones {
    /// Takes an event in.
    #[inline]
    pub fn observe(&mut self, now: Instant, event: &Event) {
        match event {
            Event::Truth(Truth::Hung { .. }) => self.reach(Milestone::FirstToxicJob, now),
            // One that was only slow to leave is no part of the story.
            Event::Replaced { .. } if self.at(Milestone::FirstToxicJob).is_some() => {
                self.reach(Milestone::ReplacementSpawned, now);
            }
            Event::OutOfMemory { then: OutOfMemory::PoolDies } => {
                self.reach(Milestone::DeathSpiral, now)
            }
            _ => {}
        }
    }

    /// A job ended, so the pool works.
    #[inline]
    pub fn finished(&mut self, now: Instant) {
        if self.reached[Milestone::Healthy as usize].is_none() {
            self.reach(Milestone::Healthy, now);
        }
    }

    /// Looks at the readings of a second.
    pub fn tick(&mut self, now: Instant, alerts: &AlertInputs, vitals: MilestoneInputs) {
        if self.at(Milestone::FirstToxicJob).is_none() {
            return;
        }
        let workers = u64::from(vitals.workers);
        let active = u64::from(vitals.active);
        let at_once = Duration::ZERO;
        let climbs = u64::from(alerts.zombies) * 10 >= (workers * 2).max(20);
        for (step, hold, shows) in [
            (Milestone::ZombiesClimb, at_once, climbs),
            (Milestone::MemoryExplodes, at_once, alerts.memory_mib > 3 * vitals.baseline_mib),
            (Milestone::ActiveWorkersDecrease, FOR_GOOD, active * 10 <= workers * 6),
            (Milestone::QueueBacksUp, BATCH, vitals.waiting >= 5 * workers),
            (Milestone::Recovered, CALM, vitals.are_well(alerts)),
        ] {
            let since = &mut self.shows[step as usize];
            *since = if shows { since.or(Some(now)) } else { None };
            if since.is_some_and(|since| now.saturating_since(since) >= hold) {
                self.reach(step, now);
            }
        }
        if active * 2 <= workers && vitals.waiting >= 10 * workers {
            self.reach(Milestone::ActiveWorkersDecrease, now);
            self.reach(Milestone::QueueBacksUp, now);
            self.reach(Milestone::DeathSpiral, now);
        }
        if vitals.paging {
            self.reached[Milestone::Recovered as usize] = None;
        }
    }

    fn reach(&mut self, step: Milestone, now: Instant) {
        self.reached[step as usize].get_or_insert(now);
    }

    /// When a step was reached; `None` if it was not. A recovery does not outlast the next page.
    pub fn at(&self, step: Milestone) -> Option<Instant> {
        self.reached[step as usize]
    }

    /// The furthest step that was reached: how bad it got, or that it is over.
    pub fn latest(&self) -> Option<Milestone> {
        Milestone::ALL.into_iter().rev().find(|&step| self.at(step).is_some())
    }

    /// The steps reached so far with their times, in the order they happened; those of one instant
    /// in the order of the list.
    pub fn story(&self) -> Vec<(Milestone, Instant)> {
        let reached = |step| self.at(step).map(|at| (step, at));
        let mut story: Vec<(Milestone, Instant)> = Vec::new();
        for (step, at) in Milestone::ALL.into_iter().filter_map(reached) {
            story.insert(story.partition_point(|&(_, other)| other <= at), (step, at));
        }
        story
    }
}

impl MilestoneInputs {
    /// Whether a pool does its work: jobs end well, no more of them wait than there are workers, no
    /// worker hangs, and no alert fires.
    fn are_well(&self, alerts: &AlertInputs) -> bool {
        self.succeeded_a_minute > 0
            && self.waiting <= u64::from(self.workers)
            && self.hung == 0
            && alerts.zombies == 0
            && !self.firing
    }
}
