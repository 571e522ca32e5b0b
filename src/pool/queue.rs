//! The bounded queue: a lane for each kind, each behind a gate that a circuit breaker can shut.

use std::collections::VecDeque;

use super::ids::JobPlace;
use super::kind::JobKind;

/// Whether jobs of a kind may be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gate {
    /// All of them (breaker closed).
    #[default]
    Open,
    /// So many more (breaker half-open).
    Permits(u32),
    /// None (breaker open): they stay in the queue, parked.
    Shut,
}

/// Jobs that wait for a worker, first come, first served among the kinds whose gate is open.
///
/// Its capacity bounds arrivals. A job that was let in is not turned away later: one that lost its
/// worker comes back though the queue is full. Of those there are at any time no more than workers
/// lost within the longest wait before a redelivery, and each comes back at most
/// `max_deliveries` − 1 times.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Queue {
    lanes: [VecDeque<(u64, JobPlace)>; JobKind::COUNT],
    gates: [Gate; JobKind::COUNT],
    joined: u64,
}

impl Gate {
    fn admits(self) -> bool {
        !matches!(self, Self::Shut | Self::Permits(0))
    }

    pub(super) fn word(self) -> u64 {
        match self {
            Self::Open => u64::MAX,
            Self::Permits(left) => u64::from(left),
            Self::Shut => u64::MAX - 1,
        }
    }
}

impl Queue {
    /// Jobs in the queue, parked ones included.
    #[inline]
    pub fn len(&self) -> usize {
        self.lanes.iter().map(VecDeque::len).sum()
    }

    pub(super) fn bytes(&self) -> usize {
        self.len() * size_of::<(u64, JobPlace)>()
    }

    /// Whether no job waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The jobs of a kind that wait, longest first.
    pub fn lane(&self, kind: JobKind) -> impl ExactSizeIterator<Item = JobPlace> {
        self.lanes[kind.index()].iter().map(|&(_, place)| place)
    }

    /// All jobs that wait, longest first.
    pub fn iter(&self) -> impl Iterator<Item = JobPlace> {
        let mut lanes = self.lanes.each_ref().map(|lane| lane.iter().copied().peekable());
        std::iter::from_fn(move || {
            let joined = |lane: &mut std::iter::Peekable<_>| lane.peek().map(|&(joined, _)| joined);
            let waits = lanes.iter_mut().filter_map(|lane| Some((joined(lane)?, lane)));
            let (_, first) = waits.min_by_key(|&(joined, _): &(u64, _)| joined)?;
            first.next().map(|(_, place): (u64, JobPlace)| place)
        })
    }

    /// The gate of a kind.
    pub fn gate(&self, kind: JobKind) -> Gate {
        self.gates[kind.index()]
    }

    pub(super) fn set_gate(&mut self, kind: JobKind, gate: Gate) {
        self.gates[kind.index()] = gate;
    }

    #[inline]
    pub(super) fn push(&mut self, kind: JobKind, place: JobPlace) {
        self.joined += 1;
        self.lanes[kind.index()].push_back((self.joined, place));
    }

    /// Takes the job that has waited longest, of those that may be taken. A half-open gate gives
    /// up a permit for it.
    #[inline]
    pub(super) fn pop(&mut self) -> Option<JobPlace> {
        let mut first: Option<(u64, usize)> = None;
        for (lane, gate) in self.gates.iter().enumerate() {
            if let Some(&(order, _)) = self.lanes[lane].front()
                && gate.admits()
                && first.is_none_or(|(min, _)| order < min)
            {
                first = Some((order, lane));
            }
        }
        let (_, lane) = first?;
        if let Gate::Permits(left) = &mut self.gates[lane] {
            *left -= 1;
        }
        self.lanes[lane].pop_front().map(|(_, place)| place)
    }

    /// Takes a job of a kind out of the line.
    pub(super) fn remove(&mut self, kind: JobKind, place: JobPlace) {
        self.lanes[kind.index()].retain(|&(_, other)| other != place);
    }

    /// Takes the job of a kind that has waited longest, whatever its gate says.
    pub(super) fn pop_lane(&mut self, kind: JobKind) -> Option<JobPlace> {
        self.lanes[kind.index()].pop_front().map(|(_, place)| place)
    }
}
