//! Attempts that were taken away from workers that go on with them all the same: work done twice.

use crate::kernel::Instant;
use crate::pool::{Event, JobId, Pool, WorkerRef};

/// The attempts that go on though they were taken away, those of hung workers included.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strays {
    list: Vec<Stray>,
    /// Deliveries of a job that another worker still had in hand.
    pub duplicates: u64,
    /// Late results that counted.
    pub counted: u64,
    /// Worker time spent on attempts after they were taken away, of those whose results were
    /// dropped, in µs.
    pub dropped_us: u64,
    /// Worker time in attempts until they were taken away, of those whose results counted in the
    /// end, in µs.
    pub counted_us: u64,
}

/// An attempt that was taken away.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Stray {
    worker: WorkerRef,
    job: JobId,
    /// When it was taken away, and how long it had run, in µs.
    since: Instant,
    ran_us: u64,
}

impl Strays {
    /// Takes in one of the rarer events.
    pub fn observe(&mut self, now: Instant, event: &Event) {
        match *event {
            Event::Revoked { job, worker, ran, .. } => {
                self.list.push(Stray { worker, job, since: now, ran_us: ran.as_micros() });
            }
            // Taken back while it waited in the worker's hand: it had not run at all.
            Event::StartedCopy { job, worker, .. } => {
                self.list.push(Stray { worker, job, since: now, ran_us: 0 });
            }
            Event::LateResult { worker, .. } => {
                if let Some(stray) = self.take(worker) {
                    self.dropped_us += now.saturating_since(stray.since).as_micros();
                }
            }
            Event::Reclaimed { worker, .. } => {
                self.counted += 1;
                self.counted_us += self.take(worker).map_or(0, |stray| stray.ran_us);
            }
            Event::ReturnedCancelled { worker } | Event::Reaped { worker, .. } => {
                self.take(worker);
            }
            _ => {}
        }
    }

    /// A job is given out again.
    pub fn delivered_again(&mut self, job: JobId) {
        self.duplicates += u64::from(self.list.iter().any(|stray| stray.job == job));
    }

    /// Jobs that more than one worker has in hand.
    pub fn duplicated_jobs(&self, pool: &Pool) -> usize {
        let held = pool.roster().iter().filter_map(|record| record.lease);
        let held = held.filter_map(|lease| pool.jobs().get(lease.job)).map(|job| job.id);
        let mut all: Vec<JobId> = self.list.iter().map(|stray| stray.job).chain(held).collect();
        all.sort_unstable();
        all.chunk_by(|one, next| one == next).filter(|same| same.len() > 1).count()
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.list)
    }

    fn take(&mut self, worker: WorkerRef) -> Option<Stray> {
        let place = self.list.iter().position(|stray| stray.worker == worker)?;
        Some(self.list.swap_remove(place))
    }
}
