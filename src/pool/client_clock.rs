//! Clients: each submits a job, and waits for it. One that has lost its patience leaves its job
//! behind, and one that was left without an answer tries again: its job comes in anew, beside the
//! old one, for which no client waits any more.
//!
//! The work on jobs whose clients have left is doomed. With retries it can keep a pool busy for
//! ever after a short overload: a metastable failure (Bronson and others, HotOS 2021).

use super::clients::{Returning, Waiting};
use super::event::{Event, Rejection, Truth};
use super::ids::{JobId, JobPlace};
use super::job::Job;
use super::{Pool, order};
use crate::kernel::{Cx, Duration, Instant, Wait};

impl Pool {
    /// The next job arrives.
    #[inline]
    pub fn arrive<T>(&mut self, cx: &mut Cx<'_, T>) {
        let id = JobId(self.ledger.submitted as u32);
        let request = self.ledger.requests() as u32;
        let mut job = Job { id, ..Job::draw(self.seed, request, cx.now, &self.knobs) };
        let poisoned = self.poisons > 0;
        if poisoned {
            self.poison_drawn(&mut job);
        }
        self.submit(job, cx);
        if poisoned {
            self.emit(Event::Truth(Truth::Poisoned { job: id }));
        }
    }

    /// Takes a job in, or turns it away.
    #[inline]
    fn submit<T>(&mut self, job: Job, cx: &mut Cx<'_, T>) {
        let Job { id, kind, .. } = job;
        self.ledger.submitted += 1;
        self.emit(Event::Submitted { job: id, kind });
        if !job.would_end() {
            self.emit(Event::Truth(Truth::Toxic { job: id }));
        }
        let reason = if self.host.dead {
            Rejection::PoolDead
        } else if self.ledger.queued >= u64::from(self.knobs.queue_capacity) {
            Rejection::QueueFull
        } else {
            let place = self.jobs.insert(job);
            self.queue.push(kind, place);
            self.ledger.queued += 1;
            cx.notify_one(order::JOBS);
            if self.clients.patience > Duration::ZERO {
                self.clients.called |= self.clients.waiting.is_empty();
                self.clients.waiting.push_back(Waiting { place, job: id, since: cx.now });
            }
            return;
        };
        self.ledger.rejected += 1;
        self.emit(Event::Rejected { job: id, kind, reason, total: Duration::ZERO });
        self.disappoint(&job, cx.now);
    }

    /// A client is left without an answer: it may try again.
    fn disappoint(&mut self, job: &Job, now: Instant) {
        if u32::from(job.tries) < self.knobs.client_retries {
            let Job { request, tries, .. } = *job;
            self.clients.called = true;
            self.clients.returning.push_back(Returning { request, tries, since: now });
        }
    }

    /// A job was given up or turned away after it had waited.
    pub(super) fn note_loss(&mut self, job: &Job, now: Instant) {
        if !self.note_end(job) {
            self.disappoint(job, now);
        }
    }

    /// Lets the clients' clock know what a step changed.
    #[inline]
    pub(super) fn settle_clients<T>(&mut self, cx: &mut Cx<'_, T>) {
        if std::mem::take(&mut self.clients.called) {
            cx.notify_one(order::CLIENTS);
        }
    }

    /// Clients that have left the pool and will try again.
    pub fn returning_clients(&self) -> usize {
        self.clients.returning.len()
    }

    /// Follows turned knobs. Those that wait have the patience of now.
    pub(super) fn follow_clients(&mut self) {
        let patience = self.knobs.client_patience_s;
        let before = std::mem::replace(&mut self.clients.patience, patience);
        if patience == Duration::ZERO {
            self.clients.waiting.clear();
        } else if before == Duration::ZERO {
            let stays = |&(_, job): &(JobPlace, &Job)| !job.abandoned;
            let waits = |(place, job): (JobPlace, &Job)| Waiting {
                place,
                job: job.id,
                since: job.submitted,
            };
            let mut waiting: Vec<Waiting> = self.jobs.places().filter(stays).map(waits).collect();
            waiting.sort_unstable_by_key(|client| client.job);
            self.clients.waiting = waiting.into();
        }
        self.clients.called = true;
    }

    /// The client whose patience ends first leaves, if it is over; its job stays.
    fn give_up(&mut self, now: Instant) {
        let patience = self.clients.patience;
        while let Some(Waiting { place, job: id, .. }) =
            self.clients.waiting.pop_front_if(|client| client.since + patience <= now)
        {
            let Some(job) = self.jobs.get_mut(place).filter(|job| job.id == id) else { continue };
            job.abandoned = true;
            let job = *job;
            self.ledger.abandoned += 1;
            self.emit(Event::Abandoned { job: id, kind: job.kind });
            self.disappoint(&job, now);
            return;
        }
    }

    /// The client that has waited longest tries again, if it has waited long enough; none does that
    /// was told meanwhile to try less often.
    fn try_again<T>(&mut self, cx: &mut Cx<'_, T>) {
        let (backoff, retries) = (self.knobs.client_backoff_s, self.knobs.client_retries);
        while let Some(Returning { request, tries, .. }) =
            self.clients.returning.pop_front_if(|client| client.since + backoff <= cx.now)
        {
            if u32::from(tries) < retries {
                let id = JobId(self.ledger.submitted as u32);
                let same = Job::draw(self.seed, request, cx.now, &self.knobs);
                self.ledger.retries += 1;
                self.submit(Job { id, tries: tries + 1, ..same }, cx);
                return;
            }
        }
    }

    /// A job has come to its end, whatever that is. Whether its client has left before.
    pub(super) fn note_end(&mut self, job: &Job) -> bool {
        if job.abandoned {
            self.ledger.abandoned -= 1;
            self.ledger.doomed += 1;
        }
        job.abandoned
    }
}

/// The task that has clients give up and try again when it is time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientClock;

impl ClientClock {
    /// See [`Task::resume`](crate::kernel::Task::resume).
    #[inline(never)] // Rare: it must not make the frequent steps of other tasks larger.
    pub fn resume<T>(&mut self, cx: &mut Cx<'_, T>, pool: &mut Pool) -> Wait {
        pool.give_up(cx.now);
        pool.try_again(cx);
        Wait::Notify(order::CLIENTS, pool.clients.next(&pool.knobs), order::ARRIVALS)
    }
}
