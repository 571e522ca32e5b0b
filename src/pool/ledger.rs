//! The count of jobs in each state, kept at every step so that the books can be checked.

use serde::Serialize;

/// `submitted` equals the sum of the states after every event; the last three are parts of the
/// others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// Jobs that have arrived since the run began, those turned away included.
    pub submitted: u64,
    /// Waiting for their next delivery.
    pub delayed: u64,
    /// Jobs in the queue now, parked ones included.
    pub queued: u64,
    /// Jobs that a worker has fetched and not begun.
    pub prefetched: u64,
    /// Jobs that a worker works on now, as far as the pool knows.
    pub in_flight: u64,
    /// Jobs that ended well.
    pub succeeded: u64,
    /// Ended in an error.
    pub failed: u64,
    /// Given up after too many deliveries.
    pub dead_lettered: u64,
    /// Jobs that were turned away: the queue was full, they were parked for too long, or there was
    /// no pool.
    pub rejected: u64,
    /// Of those that arrived, those that a client had submitted before.
    pub retries: u64,
    /// Of those that have not ended, those whose client has left.
    pub abandoned: u64,
    /// Of those that ended, those whose client had left: all work on them was for nobody.
    pub doomed: u64,
}

impl Ledger {
    /// Whether every job that arrived is in exactly one state.
    pub fn balances(&self) -> bool {
        let Self { submitted, delayed, queued, prefetched, in_flight, .. } = *self;
        submitted == delayed + queued + prefetched + in_flight + self.ended()
    }

    /// Requests that arrived: jobs, but for those that clients submitted again.
    pub fn requests(&self) -> u64 {
        self.submitted - self.retries
    }

    /// Jobs that came to an end, good or bad.
    pub fn ended(&self) -> u64 {
        self.succeeded + self.failed + self.dead_lettered + self.rejected
    }
}
