//! How an attempt ends that its worker reports on: in time, or late.

use super::event::{Event, Outcome, Revocation};
use super::ids::{LostJob, WorkerRef};
use super::job::JobState;
use super::roster::{Lease, Record};
use super::state::State;
use super::{Held, Pool};
use crate::kernel::Instant;
use crate::knobs::LateResults;

impl Pool {
    /// A worker reports on an attempt. Only the holder of the lease is heard, unless late successes
    /// count.
    #[inline]
    pub(super) fn report(&mut self, who: WorkerRef, held: &Held, outcome: Outcome, now: Instant) {
        let valid = self.release(who, held.mib, now);
        let lease = held.lease;
        let on_time = valid == Some(lease);
        if !(on_time || outcome == Outcome::Succeeded && self.reclaim(who, held, now)) {
            self.emit(Event::LateResult { job: held.job, kind: lease.kind, worker: who });
            return;
        }
        let Some(job) = self.jobs.remove(lease.job) else { return };
        self.ledger.in_flight -= 1;
        match outcome {
            Outcome::Succeeded => self.ledger.succeeded += 1,
            Outcome::Failed => self.ledger.failed += 1,
        }
        let doomed = self.note_end(&job);
        self.emit(Event::Finished {
            doomed,
            job: job.id,
            kind: job.kind,
            worker: who,
            outcome,
            ran: now.saturating_since(lease.since),
            total: now.saturating_since(job.submitted),
        });
    }

    /// A worker lets go of its job's memory, its core, its connections and its lease, and shows
    /// that it lives.
    #[inline]
    pub(super) fn release(&mut self, who: WorkerRef, mib: u32, now: Instant) -> Option<Lease> {
        self.return_connections(who);
        let leak = match self.knobs.leak_kib {
            0 => 0,
            kib => self.roster.leak(who.task.index, kib),
        };
        let kept = if self.knobs.retain_share > 0.0 {
            self.roster.keep(who.task.index, mib, self.knobs.retain_share)
        } else {
            0
        };
        let record = self.roster.get_mut(who.task.index)?;
        record.last_beat = now;
        if record.state == State::Busy && !record.retiring {
            record.state = State::Idle;
        }
        let lease = record.lease.take();
        self.host.rest(record, now);
        let change = i64::from(leak) + i64::from(kept) - i64::from(mib);
        Self::charge(record, change, &mut self.host, &mut self.events, &self.knobs);
        lease
    }

    /// A success comes after its attempt was taken away. If it counts and the job has not ended,
    /// the job is this worker's again, wherever it is: a further attempt of it comes to nothing.
    #[cold]
    fn reclaim(&mut self, who: WorkerRef, held: &Held, now: Instant) -> bool {
        let place = held.lease.job;
        let job = self.jobs.get(place).filter(|job| job.id == held.job);
        let Some((kind, from)) = job.map(|job| (job.kind, job.state)) else { return false };
        if self.knobs.late_results == LateResults::Dropped {
            return false;
        }
        match from {
            JobState::Delayed => self.ledger.delayed -= 1,
            JobState::Queued => {
                self.queue.remove(kind, place);
                self.ledger.queued -= 1;
            }
            JobState::Prefetched => self.ledger.prefetched -= 1,
            JobState::InFlight => {
                let has = |record: &&Record| record.lease.is_some_and(|lease| lease.job == place);
                let holder = self.roster.iter().find(has).map(|record| record.who);
                let Some(holder) = holder else { return false };
                let lost = self.revoke(holder, Revocation::Superseded, now);
                let Some(LostJob(_)) = lost else { return false };
                self.ledger.in_flight -= 1;
            }
        }
        if let Some(job) = self.jobs.get_mut(place) {
            job.state = JobState::InFlight;
        }
        self.ledger.in_flight += 1;
        self.emit(Event::Reclaimed { job: held.job, kind, worker: who, from });
        true
    }
}
