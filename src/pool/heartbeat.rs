//! When workers beat.
//!
//! All beats come again after the same time, so they stand in one line in the order of time: the
//! next is always in front, and a worker need not be woken for it. An idle one keeps its place in
//! the line for jobs. Beats that need the processor come again after the same service instead, and
//! stand in the same line: all workers are served at one rate.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::ids::WorkerRef;
use crate::kernel::{Duration, Service, TaskId};
use crate::knobs::{BeatSource, Knobs};

/// So many first beats always have room.
const FEW: usize = 1_024;

/// When each worker beats next, by the clock that beats go by.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Heartbeats {
    pub(super) rhythm: Rhythm,
    /// First beats, which come at random moments, so that workers do not beat in step.
    first: FirstBeats,
    /// All further ones, soonest first.
    pub(super) rounds: VecDeque<(Service, WorkerRef)>,
    /// The task that has workers beat.
    pub(super) pacemaker: Option<TaskId>,
}

/// First beats, the soonest on top of a heap, which keeps its memory for those that come.
#[derive(Clone, Debug, Default)]
struct FirstBeats(BinaryHeap<Reverse<(Service, WorkerRef)>>);

impl PartialEq for FirstBeats {
    fn eq(&self, other: &Self) -> bool {
        // A heap may hold the same in another order.
        self.0.clone().into_sorted_vec() == other.0.clone().into_sorted_vec()
    }
}

impl FirstBeats {
    fn next(&self) -> Option<Service> {
        self.0.peek().map(|Reverse((at, _))| *at)
    }

    /// Takes the soonest. What a large pool needed for its beginning is given back.
    fn pop(&mut self) -> Option<WorkerRef> {
        let Reverse((_, worker)) = self.0.pop()?;
        if self.0.capacity() > FEW.max(self.0.len() * 4) {
            self.0.shrink_to(FEW.max(self.0.len() * 2));
        }
        Some(worker)
    }

    fn change(&mut self, change: impl Fn(Service) -> Service) {
        let all = std::mem::take(&mut self.0).into_iter();
        self.0 = all.map(|Reverse((at, worker))| Reverse((change(at), worker))).collect();
    }
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
            first: FirstBeats::default(),
            rounds: VecDeque::with_capacity(knobs.workers as usize),
            pacemaker: None,
        }
    }

    pub(super) fn bytes(&self) -> usize {
        (self.first.0.len() + self.rounds.len()) * size_of::<(Service, WorkerRef)>()
    }

    /// When the next beat is due.
    pub(super) fn next(&self) -> Option<Service> {
        let round = self.rounds.front().map(|&(at, _)| at);
        self.first.next().into_iter().chain(round).min()
    }

    /// A worker beats for the first time at `at`.
    pub(super) fn begin(&mut self, at: Service, worker: WorkerRef) {
        self.first.0.push(Reverse((at, worker)));
    }

    /// Takes the next beat, of those that are due.
    pub(super) fn pop_due(&mut self, is_due: impl Fn(Service) -> bool) -> Option<WorkerRef> {
        if self.rounds.front().is_some_and(|&(at, _)| is_due(at)) {
            return self.rounds.pop_front().map(|(_, worker)| worker);
        }
        self.first.next().filter(|&at| is_due(at)).and_then(|_| self.first.pop())
    }

    /// The clock shows `new` instead of `old`: what is left until each beat stays, in whole
    /// microseconds, since only the clock of service shows parts of them.
    pub(super) fn change_clock(&mut self, old: Service, new: Service) {
        let micro = Service::of(Duration::micros(1));
        let moved = |at: Service| new + at.saturating_sub(old).round_up(micro);
        self.first.change(moved);
        self.rounds.iter_mut().for_each(|(at, _)| *at = moved(*at));
    }

    /// No beat is later than `latest`.
    pub(super) fn hasten(&mut self, latest: Service) {
        self.first.change(|at| at.min(latest));
        for (at, _) in self.rounds.iter_mut().rev().take_while(|(at, _)| *at > latest) {
            *at = latest;
        }
    }
}
