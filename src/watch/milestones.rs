//! The eight steps of the incident's list, recognised as they happen: by what happens, not by the
//! clock, so that every seed is told right.

use super::rules::AlertInputs;
use crate::kernel::Instant;
use crate::pool::{Event, Truth};

/// A step on the way down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Milestone {
    /// Jobs come and go.
    Healthy,
    /// The first worker took a job that never ends.
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
    /// Nearly nobody works, and the queue only grows; or the host is out of memory.
    DeathSpiral,
}

impl Milestone {
    /// All steps, in the order of the incident's list. They may happen in another.
    pub const ALL: [Self; 8] = [
        Self::Healthy,
        Self::FirstToxicJob,
        Self::ReplacementSpawned,
        Self::ZombiesClimb,
        Self::MemoryExplodes,
        Self::ActiveWorkersDecrease,
        Self::QueueBacksUp,
        Self::DeathSpiral,
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
        }
    }
}

/// When each step was reached.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Milestones {
    reached: [Option<Instant>; Milestone::ALL.len()],
    latest: Option<Milestone>,
    /// Whether any worker hung so far.
    hung: bool,
}

/// What the steps look at besides events, once a second.
#[derive(Clone, Copy, Debug)]
pub struct MilestoneInputs {
    /// Workers that can work, in truth.
    pub active: u32,
    /// Jobs in the queue.
    pub queue: u64,
}

impl Milestones {
    /// Takes an event in.
    #[inline]
    pub fn observe(&mut self, now: Instant, event: &Event) {
        match event {
            Event::Truth(Truth::Hung { job, .. }) => {
                self.hung = true;
                if job.is_some() {
                    self.reach(Milestone::FirstToxicJob, now);
                }
            }
            // One that was only slow to leave is no part of the story.
            Event::Replaced { .. } if self.hung => self.reach(Milestone::ReplacementSpawned, now),
            Event::OutOfMemory => self.reach(Milestone::DeathSpiral, now),
            _ => {}
        }
    }

    /// A job ended, so the pool works.
    #[inline]
    pub fn finished(&mut self, now: Instant) {
        if self.latest.is_none() {
            self.reach(Milestone::Healthy, now);
        }
    }

    /// Looks at the readings of a second.
    pub fn tick(&mut self, now: Instant, reading: &AlertInputs, vitals: MilestoneInputs) {
        let workers = u64::from(reading.workers);
        let active = u64::from(vitals.active);
        let rotting = self.at(Milestone::FirstToxicJob).is_some();
        let signs = [
            (Milestone::ZombiesClimb, u64::from(reading.zombies) * 10 >= (workers * 2).max(20)),
            (Milestone::MemoryExplodes, reading.memory_mib > 3 * reading.baseline_mib),
            (Milestone::ActiveWorkersDecrease, active * 10 <= workers * 6),
            (Milestone::QueueBacksUp, vitals.queue >= 5 * workers),
            (Milestone::DeathSpiral, active * 2 <= workers && vitals.queue >= 10 * workers),
        ];
        for (stage, shows) in signs {
            if rotting && shows {
                self.reach(stage, now);
            }
        }
    }

    fn reach(&mut self, stage: Milestone, now: Instant) {
        let reached = &mut self.reached[stage as usize];
        if reached.is_none() {
            *reached = Some(now);
            self.latest = Some(stage);
        }
    }

    /// When a step was reached.
    pub fn at(&self, stage: Milestone) -> Option<Instant> {
        self.reached[stage as usize]
    }

    /// The step that was reached last.
    pub fn latest(&self) -> Option<Milestone> {
        self.latest
    }

    /// The steps reached so far with their times, in the order they happened.
    pub fn story(&self) -> Vec<(Milestone, Instant)> {
        let mut story: Vec<(Milestone, Instant)> = Vec::new();
        for stage in Milestone::ALL {
            if let Some(at) = self.at(stage) {
                // What happened at one instant stays in the order of the list.
                let place = story.partition_point(|&(_, other)| other <= at);
                story.insert(place, (stage, at));
            }
        }
        story
    }
}
