//! The books of jobs that workers have fetched and not begun.

use std::collections::VecDeque;

use super::ids::JobPlace;
use super::job::Job;
use crate::kernel::Instant;

/// What every worker has fetched and not begun.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prefetched {
    /// By the index of the worker's task, in the order of fetching. Empty where no worker ever
    /// fetched more than it ran.
    pub(super) batches: Vec<VecDeque<Fetched>>,
    /// Jobs that went back in the queue, and of which no worker was told yet.
    pub(super) freed: u32,
    /// Jobs that were taken back since they waited in a worker for too long.
    pub(super) taken_back: u64,
}

/// A job in the hand of a worker that has not begun it: the worker's own copy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fetched {
    pub(super) place: JobPlace,
    pub(super) job: Job,
    pub(super) since: Instant,
}

impl Prefetched {
    /// Jobs that were taken back since they waited in a worker for longer than their timeout.
    pub fn taken_back(&self) -> u64 {
        self.taken_back
    }

    pub(super) fn bytes(&self) -> usize {
        let fetched: usize = self.batches.iter().map(VecDeque::len).sum();
        fetched * size_of::<Fetched>() + size_of_val(&*self.batches)
    }

    pub(super) fn batch(&self, worker: u32) -> impl Iterator<Item = &Fetched> {
        self.batches.get(worker as usize).into_iter().flatten()
    }

    pub(super) fn batch_mut(&mut self, worker: u32) -> &mut VecDeque<Fetched> {
        let index = worker as usize;
        if self.batches.len() <= index {
            self.batches.resize_with(index + 1, VecDeque::new);
        }
        &mut self.batches[index]
    }

    /// The next job that a worker has in hand, if it has one.
    #[inline]
    pub(super) fn next(&mut self, worker: u32) -> Option<Fetched> {
        self.batches.get_mut(worker as usize)?.pop_front()
    }
}
