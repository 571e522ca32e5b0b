//! What the customers of a pool get: an observer of a run that keeps their books. A customer is a
//! job that would end by itself, as long as its client waits for it. A job that hangs its worker
//! for ever is no customer, and a client that has left and tries again is a new one: it waits anew.

use super::engine::{Observer, Run};
use crate::kernel::{Duration, Instant};
use crate::pool::{Event, JobId, Truth};

/// A customer is late from this long after its arrival on.
pub const LATE_AFTER: Duration = Duration::secs(5);
/// A customer that was served within so much time was served soon enough to be one again.
pub const PATIENCE: Duration = Duration::secs(60);
/// A customer loses at most so much time; one that is refused, given up, or that leaves, loses all.
pub const MAX_LATE: Duration = Duration::secs(600);

/// The books of the customers of one run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Customers {
    /// Jobs in the pool that no customer waits for: they will never end, or their client has left.
    /// In the order of their numbers.
    orphans: Vec<JobId>,
    /// Customers that arrived in each whole minute of the run.
    arrived: Vec<u32>,
    /// Customers that were served in each whole minute of the run, and those of them that were
    /// within [`PATIENCE`].
    served: Vec<u32>,
    soon_enough: Vec<u32>,
    /// Customers that were refused, given up, or left.
    lost: u64,
    late: Duration,
    /// Seconds from arrival to end, of all that were served.
    times_s: Vec<f64>,
}

impl Customers {
    /// Customers that arrived from minute `from` of the run on.
    pub fn arrived_since(&self, from: usize) -> u64 {
        sum(&self.arrived, from)
    }

    /// Customers that were served from minute `from` of the run on.
    pub fn served_since(&self, from: usize) -> u64 {
        sum(&self.served, from)
    }

    /// Customers that were served within [`PATIENCE`], from minute `from` of the run on.
    pub fn soon_enough_since(&self, from: usize) -> u64 {
        sum(&self.soon_enough, from)
    }

    /// Customers that were refused or given up, or that lost their patience and left.
    pub fn lost(&self) -> u64 {
        self.lost
    }

    /// Served within [`PATIENCE`] in a minute, for each that arrived in it; `None` where none did.
    pub fn soon_enough_share(&self, minute: usize) -> Option<f64> {
        let arrived = *self.arrived.get(minute)?;
        let soon_enough = self.soon_enough.get(minute).copied().unwrap_or_default();
        (arrived > 0).then(|| f64::from(soon_enough) / f64::from(arrived))
    }

    /// The time that all customers have lost by `run`'s present, those that still wait included.
    pub fn late_at(&self, run: &Run) -> Duration {
        self.waiting(run).fold(self.late, |late, age| late + lateness(age))
    }

    /// Seconds from arrival to end of all that were served, and the present ages of those that
    /// still wait, which are lower bounds of theirs.
    pub fn times_at(&self, run: &Run) -> Vec<f64> {
        let waiting = self.waiting(run).map(Duration::as_secs_f64);
        self.times_s.iter().copied().chain(waiting).collect()
    }

    fn waiting<'a>(&'a self, run: &'a Run) -> impl Iterator<Item = Duration> + 'a {
        let now = run.now();
        let customers =
            run.pool().jobs().iter().filter(|job| self.orphans.binary_search(&job.id).is_err());
        customers.map(move |job| now.saturating_since(job.submitted))
    }

    fn orphan(&mut self, job: JobId) {
        if let Err(place) = self.orphans.binary_search(&job) {
            self.orphans.insert(place, job);
        }
    }

    /// A job leaves the pool. Whether no customer waited for it.
    fn was_orphan(&mut self, job: JobId) -> bool {
        let place = self.orphans.binary_search(&job);
        place.map(|place| self.orphans.remove(place)).is_ok()
    }

    fn lose(&mut self, job: JobId) {
        if !self.was_orphan(job) {
            self.lost += 1;
            self.late += MAX_LATE;
        }
    }
}

impl Observer for Customers {
    fn observe(&mut self, now: Instant, event: &Event) {
        match *event {
            Event::Submitted { .. } => count(&mut self.arrived, now),
            Event::Truth(Truth::Toxic { job }) => {
                self.orphan(job);
                uncount(&mut self.arrived, now);
            }
            Event::Truth(Truth::Poisoned { job }) => {
                self.orphan(job);
            }
            Event::Abandoned { job, .. } => {
                self.lose(job);
                self.orphan(job);
            }
            Event::Finished { job, doomed: true, .. } => {
                self.was_orphan(job);
            }
            Event::Finished { total, .. } => {
                count(&mut self.served, now);
                if total <= PATIENCE {
                    count(&mut self.soon_enough, now);
                }
                self.late += lateness(total);
                self.times_s.push(total.as_secs_f64());
            }
            Event::Rejected { job, .. } | Event::DeadLettered { job, .. } => self.lose(job),
            _ => {}
        }
    }
}

/// How much of the time since a customer's arrival it counts as late.
fn lateness(age: Duration) -> Duration {
    age.saturating_sub(LATE_AFTER).min(MAX_LATE)
}

fn minute(now: Instant) -> usize {
    (now.as_micros() / Duration::secs(60).as_micros()) as usize
}

fn count(minutes: &mut Vec<u32>, now: Instant) {
    let minute = minute(now);
    if minutes.len() <= minute {
        minutes.resize(minute + 1, 0);
    }
    minutes[minute] += 1;
}

fn uncount(minutes: &mut [u32], now: Instant) {
    if let Some(count) = minutes.get_mut(minute(now)) {
        *count -= 1;
    }
}

fn sum(minutes: &[u32], from: usize) -> u64 {
    minutes.iter().skip(from).map(|&count| u64::from(count)).sum()
}
