//! When workers beat.
//!
//! All beats come again after the same time, so they stand in one line in the order of time: the
//! next is always in front, and a worker need not be woken for it. An idle one keeps its place in
//! the line for jobs.

use std::collections::{BTreeSet, VecDeque};

use super::ids::WorkerRef;
use crate::kernel::Instant;

/// When each worker beats next.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Heartbeats {
    /// First beats, which come at random moments, so that workers do not beat in step.
    pub(super) first: BTreeSet<(Instant, WorkerRef)>,
    /// All further ones, soonest first.
    pub(super) rounds: VecDeque<(Instant, WorkerRef)>,
}

impl Heartbeats {
    pub(super) fn bytes(&self) -> usize {
        (self.first.len() + self.rounds.len()) * size_of::<(Instant, WorkerRef)>()
    }

    /// When the next beat is due.
    pub(super) fn next(&self) -> Instant {
        let first = self.first.first().map_or(Instant::NEVER, |&(at, _)| at);
        let round = self.rounds.front().map_or(Instant::NEVER, |&(at, _)| at);
        first.min(round)
    }

    /// Takes the next beat that is due at `now`.
    pub(super) fn pop_due(&mut self, now: Instant) -> Option<WorkerRef> {
        let due = |&(at, _): &(Instant, WorkerRef)| at <= now;
        if self.rounds.front().is_some_and(due) {
            return self.rounds.pop_front().map(|(_, worker)| worker);
        }
        self.first.first().is_some_and(due).then(|| self.first.pop_first())?.map(|(_, who)| who)
    }

    /// No beat is later than `latest`.
    pub(super) fn hasten(&mut self, latest: Instant) {
        let all = std::mem::take(&mut self.first).into_iter();
        self.first = all.map(|(at, worker)| (at.min(latest), worker)).collect();
        for (at, _) in self.rounds.iter_mut().rev().take_while(|(at, _)| *at > latest) {
            *at = latest;
        }
    }
}
