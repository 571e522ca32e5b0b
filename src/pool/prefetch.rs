//! Prefetch: a worker fetches several jobs at once, begins one, and keeps the others in hand.
//!
//! As a consumer with `basic.qos` (RabbitMQ), Celery's `worker_prefetch_multiplier` or a batch of
//! SQS: the queue shows a job that was fetched to nobody else. What waits in a worker that hangs
//! waits with it; only the worker's end gives it back at once. A visibility timeout (fix 1) counts
//! from the fetch: it takes waiting jobs back, and their worker, which is not told, runs them too.

use super::event::Event;
use super::ids::{LostJob, WorkerRef};
use super::job::{Content, Job, JobState};
use super::prefetched::{Fetched, Prefetched};
use super::queue::Gate;
use super::roster::Lease;
use super::state::State;
use super::{Held, JobKind, JobPlace, Pool, order};
use crate::kernel::{Cx, Instant};

impl Pool {
    /// What workers have fetched and not begun.
    pub fn prefetched(&self) -> &Prefetched {
        &self.prefetched
    }

    /// How many jobs wait in a worker that fetched them, those included that were taken back from
    /// it meanwhile.
    pub fn waiting_in(&self, worker: u32) -> usize {
        self.prefetched.batch(worker).count()
    }

    /// A worker that has just been given a job fetches more, to the number of knob `prefetch`. It
    /// takes no more while a breaker holds jobs back: those are tried one by one.
    pub(super) fn prefetch(&mut self, who: WorkerRef, now: Instant) {
        let open = JobKind::ALL.into_iter().all(|kind| self.queue.gate(kind) == Gate::Open);
        for _ in 1..if open { self.knobs.prefetch } else { 1 } {
            let Some(place) = self.queue.pop() else { return };
            let Some(job) = self.jobs.get_mut(place) else { return };
            job.attempt = job.attempt.saturating_add(1);
            job.state = JobState::Prefetched;
            let job = *job;
            self.ledger.queued -= 1;
            self.ledger.prefetched += 1;
            self.prefetched.batch_mut(who.task.index).push_back(Fetched { place, job, since: now });
            self.emit(Event::Prefetched { job: job.id, kind: job.kind, worker: who });
        }
    }

    /// A worker begins the next job that it has in hand, if it has one. One that was taken back it
    /// runs all the same, without a lease: it was not told.
    #[inline]
    pub(super) fn begin_prefetched(
        &mut self,
        who: WorkerRef,
        now: Instant,
    ) -> Option<(Held, Content)> {
        let fetched = self.prefetched.next(who.task.index)?;
        Some(self.begin_fetched(who, fetched, now))
    }

    #[cold]
    fn begin_fetched(&mut self, who: WorkerRef, fetched: Fetched, now: Instant) -> (Held, Content) {
        let Fetched { place, job: copy, .. } = fetched;
        let lease = Lease { job: place, attempt: copy.attempt, kind: copy.kind, since: now };
        if self.is_still_its_own(&fetched)
            && let Some(job) = self.jobs.get_mut(place)
        {
            job.state = JobState::InFlight;
            let (job, waited) = (*job, now.saturating_since(job.queued));
            self.ledger.prefetched -= 1;
            self.ledger.in_flight += 1;
            let held = self.begin(who, &job, lease, Some(lease), now);
            self.emit(Event::Started {
                job: job.id,
                kind: job.kind,
                attempt: job.attempt,
                worker: who,
                waited,
            });
            return (held, job.content());
        }
        let held = self.begin(who, &copy, lease, None, now);
        self.emit(Event::StartedCopy { job: copy.id, kind: copy.kind, worker: who });
        (held, copy.content())
    }

    /// Books what a worker that begins a job from its hand takes for it.
    fn begin(
        &mut self,
        who: WorkerRef,
        job: &Job,
        lease: Lease,
        booked: Option<Lease>,
        now: Instant,
    ) -> Held {
        let mib = job.mib.saturating_sub(self.roster.kept(who.task.index));
        self.seat(who, booked, mib, now);
        Held { lease, job: job.id, mib }
    }

    /// Whether a job in a worker's hand was not taken back from it.
    fn is_still_its_own(&self, fetched: &Fetched) -> bool {
        self.jobs.get(fetched.place).is_some_and(|job| {
            job.id == fetched.job.id
                && job.state == JobState::Prefetched
                && job.attempt == fetched.job.attempt
        })
    }

    /// When the next job that waits in a worker has waited for as long as its kind may run.
    pub fn next_taken_back(&self, worker: u32) -> Option<Instant> {
        let own = self.prefetched.batch(worker).filter(|fetched| self.is_still_its_own(fetched));
        own.map(|fetched| fetched.since + fetched.job.kind.timeout(&self.knobs)).min()
    }

    /// Takes back what has waited in a worker for as long as its kind may run. The jobs are handed
    /// back; the worker keeps its copies.
    pub fn take_back(&mut self, who: WorkerRef, now: Instant) -> Vec<LostJob> {
        let due = |fetched: &&Fetched| {
            self.is_still_its_own(fetched)
                && fetched.since + fetched.job.kind.timeout(&self.knobs) <= now
        };
        let late: Vec<Fetched> =
            self.prefetched.batch(who.task.index).filter(due).copied().collect();
        late.iter().map(|fetched| self.take_back_one(fetched, who)).collect()
    }

    fn take_back_one(&mut self, fetched: &Fetched, who: WorkerRef) -> LostJob {
        let Fetched { place, job, .. } = *fetched;
        if let Some(job) = self.jobs.get_mut(place) {
            job.state = JobState::InFlight;
        }
        // As of any attempt that was lost: whoever settles it finds it in flight.
        self.ledger.prefetched -= 1;
        self.ledger.in_flight += 1;
        self.prefetched.taken_back += 1;
        self.emit(Event::TakenBack { job: job.id, kind: job.kind, worker: who });
        LostJob(place)
    }

    /// A worker is gone: what it had in hand goes back in the queue, as if never fetched.
    #[inline]
    pub(super) fn return_prefetched(&mut self, who: WorkerRef, now: Instant) {
        while let Some(fetched) = self.prefetched.next(who.task.index) {
            if self.is_still_its_own(&fetched) {
                self.hand_back(fetched.place, who, now);
            }
        }
    }

    #[cold]
    fn hand_back(&mut self, place: JobPlace, who: WorkerRef, now: Instant) {
        let Some(job) = self.jobs.get_mut(place) else { return };
        job.attempt -= 1;
        (job.state, job.queued) = (JobState::Queued, now);
        let (id, kind) = (job.id, job.kind);
        self.queue.push(kind, place);
        self.ledger.prefetched -= 1;
        self.ledger.queued += 1;
        self.prefetched.freed += 1;
        self.emit(Event::HandedBack { job: id, kind, worker: who });
    }

    /// Tells workers of the jobs that came back from the hands of others.
    #[inline]
    pub(super) fn settle_prefetched<T>(&mut self, cx: &mut Cx<'_, T>) {
        for _ in 0..std::mem::take(&mut self.prefetched.freed).min(self.roster.present()) {
            cx.notify_one(order::JOBS);
        }
    }

    /// What is wrong with the books of jobs in hand.
    pub(super) fn audit_prefetched(&self) -> Vec<String> {
        let all = self.prefetched.batches.iter().flatten();
        let own = all.filter(|fetched| self.is_still_its_own(fetched)).count() as u64;
        let mut faults = Vec::new();
        if own != self.ledger.prefetched {
            faults.push(format!("jobs in hand: booked {}, counted {own}", self.ledger.prefetched));
        }
        for (index, _) in (0..).zip(&self.prefetched.batches).filter(|(_, batch)| !batch.is_empty())
        {
            if self.roster.get(index).is_none_or(|record| record.state == State::Starting) {
                faults.push(format!("jobs wait in worker {index}, which is not there"));
            }
        }
        faults
    }
}
