//! When workers beat.
//!
//! All beats come again after the same time, so they stand in one line in the order of time: the
//! next is always in front, and a worker need not be woken for it. An idle one keeps its place in
//! the line for jobs. Beats that need the processor come again after the same service instead, and
//! stand in the same line: all workers are served at one rate.

use std::collections::{BTreeSet, VecDeque};

use super::ids::WorkerRef;
use crate::kernel::{Duration, Service, TaskId};
use crate::knobs::{BeatSource, Knobs};

/// When each worker beats next, by the clock that beats go by.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Heartbeats {
    pub(super) rhythm: Rhythm,
    /// First beats, which come at random moments, so that workers do not beat in step.
    pub(super) first: BTreeSet<(Service, WorkerRef)>,
    /// All further ones, soonest first.
    pub(super) rounds: VecDeque<(Service, WorkerRef)>,
    /// The task that has workers beat.
    pub(super) pacemaker: Option<TaskId>,
}

/// How often workers beat, and by which clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rhythm {
    pub(super) interval: Duration,
    /// By the clock of service, which is as slow as the work; else by the clock of the run.
    pub(super) by_service: bool,
}

impl Rhythm {
    /// A worker that shows itself only between jobs wakes up at least twice within the silence it
    /// is allowed, as an idle sync worker of gunicorn does.
    pub(super) fn of(knobs: &Knobs) -> Self {
        let interval = match knobs.beat_source {
            BeatSource::BetweenJobs => {
                knobs.beat_interval_s.min(knobs.liveness_timeout_s.mul_f64(0.5))
            }
            BeatSource::Progress | BeatSource::SideThread => knobs.beat_interval_s,
        };
        Self { interval, by_service: knobs.heartbeat_needs_cpu }
    }
}

impl Heartbeats {
    pub(super) fn new(knobs: &Knobs) -> Self {
        Self {
            rhythm: Rhythm::of(knobs),
            first: BTreeSet::new(),
            rounds: VecDeque::new(),
            pacemaker: None,
        }
    }

    pub(super) fn bytes(&self) -> usize {
        (self.first.len() + self.rounds.len()) * size_of::<(Service, WorkerRef)>()
    }

    /// When the next beat is due.
    pub(super) fn next(&self) -> Option<Service> {
        let (first, round) = (self.first.first(), self.rounds.front());
        first.into_iter().chain(round).map(|&(at, _)| at).min()
    }

    /// Takes the next beat, of those that are due.
    pub(super) fn pop_due(&mut self, is_due: impl Fn(Service) -> bool) -> Option<WorkerRef> {
        if self.rounds.front().is_some_and(|&(at, _)| is_due(at)) {
            return self.rounds.pop_front().map(|(_, worker)| worker);
        }
        let first = self.first.first().is_some_and(|&(at, _)| is_due(at));
        first.then(|| self.first.pop_first())?.map(|(_, worker)| worker)
    }

    /// The clock shows `new` instead of `old`: what is left until each beat stays, in whole
    /// microseconds, since only the clock of service shows parts of them.
    pub(super) fn change_clock(&mut self, old: Service, new: Service) {
        let micro = Service::of(Duration::micros(1));
        let moved = |at: Service| new + at.saturating_sub(old).round_up(micro);
        let all = std::mem::take(&mut self.first).into_iter();
        self.first = all.map(|(at, worker)| (moved(at), worker)).collect();
        self.rounds.iter_mut().for_each(|(at, _)| *at = moved(*at));
    }

    /// No beat is later than `latest`.
    pub(super) fn hasten(&mut self, latest: Service) {
        let all = std::mem::take(&mut self.first).into_iter();
        self.first = all.map(|(at, worker)| (at.min(latest), worker)).collect();
        for (at, _) in self.rounds.iter_mut().rev().take_while(|(at, _)| *at > latest) {
            *at = latest;
        }
    }
}
