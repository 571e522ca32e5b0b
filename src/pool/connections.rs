//! The books of a resource that all workers share and that has a size: connections to a database.

use std::collections::VecDeque;

use super::ids::WorkerRef;
use crate::kernel::Instant;

/// The connections, and the workers that wait for one, first come, first served.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Connections {
    pub(super) used: u32,
    pub(super) waiting: VecDeque<Waiting>,
    /// Attempts that failed since they waited too long.
    pub(super) timeouts: u64,
}

/// A worker that waits for a connection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Waiting {
    pub(super) worker: WorkerRef,
    pub(super) since: Instant,
}

impl Connections {
    /// Connections that are held, by zombies too.
    pub fn used(&self) -> u32 {
        self.used
    }

    /// How many workers wait for one.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Attempts that failed since they waited too long for a connection.
    pub fn timeouts(&self) -> u64 {
        self.timeouts
    }

    /// Since when a worker has waited for a connection, if it does.
    pub fn waits_since(&self, worker: WorkerRef) -> Option<Instant> {
        self.waiting.iter().find(|waits| waits.worker == worker).map(|waits| waits.since)
    }

    pub(super) fn bytes(&self) -> usize {
        self.waiting.len() * size_of::<Waiting>()
    }

    pub(super) fn leave_line(&mut self, worker: WorkerRef) {
        self.waiting.retain(|waits| waits.worker != worker);
    }
}
