//! The worker pool as it is, sick or healthy. Knows nothing of fixes, of who watches, or of
//! screens; what happens leaves it as [`Event`]s.

mod audit;
mod event;
mod hang;
mod host;
mod ids;
mod job;
mod kind;
mod ledger;
mod lifetime_reaper;
mod poke;
mod queue;
mod roster;
mod source;
mod state;
mod supervision;
mod worker;

use std::collections::VecDeque;

use crate::kernel::{Cx, Duration, Instant, Phase, Rng, Stream, TaskId, Topic};
use crate::knobs::Knobs;

pub use event::{Event, Exit, KillReason, Outcome, Rejection, Revocation, SpawnReason, Truth};
pub use hang::Hang;
pub use host::Host;
pub use ids::{JobId, JobPlace, LostJob, WorkerId, WorkerRef};
pub use job::{Fate, Job, JobState, Jobs};
pub use kind::JobKind;
pub use ledger::Ledger;
pub use lifetime_reaper::LifetimeReaper;
pub use queue::{Gate, Queue};
pub use roster::{Lease, Record, Roster};
pub use source::Source;
pub use state::State;
pub use worker::{Line, Worker};

/// The order of things at one instant, and who is rung when.
pub mod order {
    use super::{Phase, Topic};

    /// Jobs end.
    pub const COMPLETIONS: Phase = Phase(0);
    /// Signs of life.
    pub const SIGNS: Phase = Phase(1);
    /// The breakers' clocks.
    pub const BREAKERS: Phase = Phase(2);
    /// Job deadlines.
    pub const DEADLINES: Phase = Phase(3);
    /// The supervisor: kill, reap, spawn.
    pub const SUPERVISION: Phase = Phase(4);
    /// Workers take jobs.
    pub const DISPATCH: Phase = Phase(5);
    /// Jobs arrive.
    pub const ARRIVALS: Phase = Phase(6);
    /// The instruments are read.
    pub const SAMPLES: Phase = Phase(7);

    /// Rung once for each job that can be taken.
    pub const JOBS: Topic = Topic { index: 0, phase: DISPATCH };
    /// Rung when a slot has become vacant, or something else needs the supervisor.
    pub const SUPERVISOR: Topic = Topic { index: 1, phase: SUPERVISION };
}

/// Dead letters that are kept for inspection.
const KEPT_DEAD_LETTERS: usize = 64;

/// What all workers share.
#[derive(Clone, Debug, PartialEq)]
pub struct Pool {
    /// The parameters now in force.
    pub knobs: Knobs,
    /// The seed of the run.
    pub seed: u64,
    roster: Roster,
    queue: Queue,
    jobs: Jobs,
    ledger: Ledger,
    host: Host,
    dead_letters: VecDeque<Job>,
    /// Chance for how workers start and age.
    rng: Rng,
    /// What happened since everybody had last heard.
    news: Vec<Event>,
    /// The task that is told of every new worker's lifetime.
    lifetime_reaper: Option<TaskId>,
    /// So many of the next jobs are to be poisoned.
    poisons: u32,
}

impl Pool {
    /// A pool without workers.
    pub fn new(seed: u64, knobs: Knobs) -> Self {
        let mut roster = Roster::default();
        roster.resize_slots(knobs.workers);
        let mut host = Host::default();
        host.follow_knobs(&knobs);
        Self {
            knobs,
            seed,
            roster,
            queue: Queue::default(),
            jobs: Jobs::default(),
            ledger: Ledger::default(),
            host,
            dead_letters: VecDeque::new(),
            rng: Rng::new(seed, Stream::Workers),
            news: Vec::new(),
            lifetime_reaper: None,
            poisons: 0,
        }
    }

    /// Names the task that counts lifetimes.
    pub fn set_lifetime_reaper(&mut self, clock: TaskId) {
        self.lifetime_reaper = Some(clock);
    }

    /// Who is there.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// Who waits.
    pub fn queue(&self) -> &Queue {
        &self.queue
    }

    /// Jobs that have not ended.
    pub fn jobs(&self) -> &Jobs {
        &self.jobs
    }

    /// How many jobs are in which state.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The last jobs that were given up, oldest first.
    pub fn dead_letters(&self) -> impl ExactSizeIterator<Item = &Job> {
        self.dead_letters.iter()
    }

    /// The machine.
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// What a copy takes outside itself, in bytes, about.
    pub fn bytes(&self) -> usize {
        let letters = self.dead_letters.len() * size_of::<Job>();
        let books = self.roster.bytes() + self.queue.bytes() + self.jobs.bytes();
        books + letters + size_of_val(&*self.news)
    }

    /// What happened since the news were last forgotten, oldest first.
    #[inline]
    pub fn events(&self) -> &[Event] {
        &self.news
    }

    /// Everybody has heard the news.
    #[inline]
    pub fn clear_events(&mut self) {
        self.news.clear();
    }

    /// Tells the news.
    #[inline]
    pub fn emit(&mut self, event: Event) {
        self.news.push(event);
    }

    /// The next job arrives.
    #[inline]
    pub fn arrive<T>(&mut self, cx: &mut Cx<'_, T>) {
        let n = self.ledger.submitted as u32;
        let mut job = Job::draw(self.seed, n, cx.now, &self.knobs);
        let poisoned = self.poisons > 0;
        if poisoned {
            self.poison_drawn(&mut job);
        }
        self.submit(job, cx);
        if poisoned {
            self.emit(Event::Truth(Truth::Poisoned { job: JobId(n) }));
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
            return;
        };
        self.ledger.rejected += 1;
        self.emit(Event::Rejected { job: id, kind, reason, total: Duration::ZERO });
    }

    /// Gives a worker the job that has waited longest, if there is one for it.
    #[inline]
    fn take(&mut self, who: WorkerRef, now: Instant) -> Option<(Lease, &Job)> {
        let place = self.queue.pop()?;
        let job = self.jobs.get_mut(place)?;
        job.attempt = job.attempt.saturating_add(1);
        job.state = JobState::InFlight;
        self.ledger.queued -= 1;
        self.ledger.in_flight += 1;
        let (id, kind, mib) = (job.id, job.kind, job.mib);
        let lease = Lease { job: place, attempt: job.attempt, kind, since: now };
        let waited = now.saturating_since(job.queued);
        let record = self.roster.get_mut(who.task.index)?;
        debug_assert!(record.state.may_become(State::Busy));
        record.state = State::Busy;
        record.lease = Some(lease);
        record.jobs += 1;
        record.cancelled = false;
        record.runs = true;
        self.host.runnable += 1;
        self.news.push(Event::Started {
            job: id,
            kind,
            attempt: lease.attempt,
            worker: who,
            waited,
        });
        Self::charge(record, i64::from(mib), &mut self.host, &mut self.news, &self.knobs);
        self.settle_host();
        Some((lease, self.jobs.get(place)?))
    }

    /// A worker reports on an attempt. Only the holder of the lease is heard.
    #[inline]
    fn report(&mut self, who: WorkerRef, held: &Held, outcome: Outcome, now: Instant) {
        let valid = self.release(who, held.mib, now);
        let Some(lease) = valid.filter(|lease| *lease == held.lease) else {
            self.emit(Event::LateResult { job: held.job, kind: held.lease.kind, worker: who });
            return;
        };
        let Some(job) = self.jobs.remove(lease.job) else { return };
        self.ledger.in_flight -= 1;
        match outcome {
            Outcome::Succeeded => self.ledger.succeeded += 1,
            Outcome::Failed => self.ledger.failed += 1,
        }
        self.emit(Event::Finished {
            job: job.id,
            kind: job.kind,
            worker: who,
            outcome,
            ran: now.saturating_since(lease.since),
            total: now.saturating_since(job.submitted),
        });
    }

    /// A worker lets go of its job's memory, its core and its lease, and shows that it lives.
    #[inline]
    fn release(&mut self, who: WorkerRef, mib: u32, now: Instant) -> Option<Lease> {
        let leak = match self.knobs.leak_kib {
            0 => 0,
            kib => self.roster.leak(who.task.index, kib),
        };
        let record = self.roster.get_mut(who.task.index)?;
        record.last_beat = now;
        if record.state == State::Busy && !record.retiring {
            record.state = State::Idle;
        }
        let lease = record.lease.take();
        Self::rest(record, &mut self.host);
        let change = i64::from(leak) - i64::from(mib);
        Self::charge(record, change, &mut self.host, &mut self.news, &self.knobs);
        self.settle_host();
        lease
    }

    /// A worker wants no core any more. [`Pool::settle_host`] must follow.
    #[inline]
    fn rest(record: &mut Record, host: &mut Host) {
        host.runnable -= u32::from(std::mem::take(&mut record.runs));
    }

    /// Changes what a worker holds, by so many MiB. [`Pool::settle_host`] must follow.
    #[inline]
    fn charge(
        record: &mut Record,
        mib: i64,
        host: &mut Host,
        news: &mut Vec<Event>,
        knobs: &Knobs,
    ) {
        debug_assert!(i64::from(record.mib) + mib >= 0, "a worker gives back what it holds");
        record.mib = record.mib.wrapping_add_signed(mib as i32);
        host.charge(mib, record.replaced);
        if knobs.fix_limits {
            news.push(Event::Memory { worker: record.who, mib: record.mib });
        }
    }

    /// Changes what the worker of that name holds, and lets it rest if it is to.
    fn change(&mut self, who: WorkerRef, mib: i64, rests: bool) {
        let Some(record) = self.roster.find_mut(who) else { return };
        Self::charge(record, mib, &mut self.host, &mut self.news, &self.knobs);
        if rests {
            Self::rest(record, &mut self.host);
        }
        self.settle_host();
    }

    /// Follows a change of memory or load.
    #[inline]
    fn settle_host(&mut self) {
        let swapped = self.host.swaps;
        self.host.settle();
        if self.host.swaps != swapped {
            self.emit(Event::Swapping { on: !swapped });
        }
        if self.host.is_full() && !self.host.dead {
            self.host.dead = true;
            self.emit(Event::OutOfMemory);
        }
    }

    /// Jobs that wait behind a breaker that is not closed.
    pub fn parked(&self, kind: JobKind) -> usize {
        if self.queue.gate(kind) == Gate::Open { 0 } else { self.queue.lane(kind).len() }
    }

    /// Those of them that would end: good jobs, parked with the bad. The truth, to teach.
    pub fn parked_good(&self) -> usize {
        let shut = |kind: &JobKind| self.queue.gate(*kind) != Gate::Open;
        let parked = JobKind::ALL.into_iter().filter(shut).flat_map(|kind| self.queue.lane(kind));
        parked.filter(|&place| self.jobs.get(place).is_some_and(Job::would_end)).count()
    }

    /// A worker shows that it lives.
    #[inline]
    fn heartbeat(&mut self, who: WorkerRef, now: Instant) {
        if let Some(record) = self.roster.get_mut(who.task.index) {
            record.last_beat = now;
            self.news.push(Event::Heartbeat { worker: who });
        }
    }
}

/// What a worker has in hand: its own copy of the lease, and what it must let go of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The attempt.
    pub lease: Lease,
    /// The job's name.
    pub job: JobId,
    mib: u32,
}
