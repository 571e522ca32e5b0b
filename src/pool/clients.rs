//! Those that wait for the pool: clients, for their jobs or to try again.

use std::collections::VecDeque;

use super::ids::{JobId, JobPlace};
use crate::kernel::{Duration, Instant};
use crate::knobs::Knobs;

/// Those that wait: for their jobs, or to try again.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Clients {
    /// In the order in which their jobs arrived. Some of these have ended; kept only while patience
    /// is limited.
    pub(super) waiting: VecDeque<Waiting>,
    /// In the order in which they gave up.
    pub(super) returning: VecDeque<Returning>,
    /// The patience by which they wait; zero is for ever.
    pub(super) patience: Duration,
    /// One may give up or try again sooner than the clock knows.
    pub(super) called: bool,
}

/// A client that waits for its job.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Waiting {
    pub(super) place: JobPlace,
    pub(super) job: JobId,
    pub(super) since: Instant,
}

/// A client that waits to try again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Returning {
    pub(super) request: u32,
    pub(super) tries: u8,
    pub(super) since: Instant,
}

impl Clients {
    pub(super) fn new(knobs: &Knobs) -> Self {
        Self { patience: knobs.client_patience_s, ..Self::default() }
    }

    pub(super) fn bytes(&self) -> usize {
        self.waiting.len() * size_of::<Waiting>() + self.returning.len() * size_of::<Returning>()
    }

    /// When the next client gives up or tries again.
    pub(super) fn next(&self, knobs: &Knobs) -> Instant {
        let gives_up = self.waiting.front().map(|client| client.since + self.patience);
        let backoff = knobs.client_backoff_s;
        let tries_again = self.returning.front().map(|client| client.since + backoff);
        gives_up.into_iter().chain(tries_again).min().unwrap_or(Instant::NEVER)
    }
}
