//! The worker pool as it is, sick or healthy. Knows nothing of fixes, instruments and screens; what
//! happens leaves it as [`Event`]s.

mod audit;
mod client_clock;
mod clients;
mod connect;
mod connections;
mod event;
mod hang;
mod heartbeat;
mod host;
mod ids;
mod job;
mod kind;
mod leak;
mod ledger;
mod lifetime_reaper;
mod oom;
mod pacemaker;
mod poke;
mod prefetch;
mod prefetched;
mod queue;
mod report;
mod roster;
mod source;
mod state;
mod supervision;
mod worker;

use std::collections::VecDeque;

use crate::kernel::{Cx, Instant, Phase, Rng, Stream, TaskId, Topic};
use crate::knobs::{BeatSource, Knobs};
use clients::Clients;
use heartbeat::Heartbeats;
use job::Content;

pub use client_clock::ClientClock;
pub use connections::Connections;
pub use event::{Event, Exit, KillReason, Outcome, Rejection, Revocation, SpawnReason, Truth};
pub use hang::Hang;
pub use host::Host;
pub use ids::{JobId, JobPlace, LostJob, WorkerId, WorkerRef};
pub use job::{Fate, Job, JobState, Jobs, Poisoned};
pub use kind::JobKind;
pub use leak::Leak;
pub use ledger::Ledger;
pub use lifetime_reaper::LifetimeReaper;
pub use oom::OomKiller;
pub use pacemaker::Pacemaker;
pub use prefetched::Prefetched;
pub use queue::{Gate, Queue};
pub use roster::{Lease, Record, Roster};
pub use source::Source;
pub use state::State;
pub use worker::{Line, Worker};

/// The order of things at one instant, and what tasks are notified of.
pub mod order {
    use super::{Phase, Topic};

    /// Attempts end and report.
    pub const COMPLETIONS: Phase = Phase(0);
    /// Workers beat.
    pub const SIGNS: Phase = Phase(1);
    /// Open breakers half-open.
    pub const BREAKERS: Phase = Phase(2);
    /// Attempts time out.
    pub const DEADLINES: Phase = Phase(3);
    /// The supervisor: kill, reap, spawn.
    pub const SUPERVISION: Phase = Phase(4);
    /// A host that is out of memory all the same.
    pub const OUT_OF_MEMORY: Phase = Phase(5);
    /// Idle workers take jobs from the queue.
    pub const DISPATCH: Phase = Phase(6);
    /// Jobs arrive and join the queue.
    pub const ARRIVALS: Phase = Phase(7);
    /// The instruments are read.
    pub const SAMPLES: Phase = Phase(8);

    /// Once for each job that can be taken.
    pub const JOBS: Topic = Topic { index: 0, phase: DISPATCH };
    /// A slot has become vacant, or something else needs the supervisor.
    pub const SUPERVISOR: Topic = Topic { index: 1, phase: SUPERVISION };
    /// All memory is used.
    pub const MEMORY: Topic = Topic { index: 2, phase: OUT_OF_MEMORY };
    /// Workers leak more or less from now on.
    pub const LEAK: Topic = Topic { index: 3, phase: COMPLETIONS };
    /// A client may give up or try again sooner than was known.
    pub const CLIENTS: Topic = Topic { index: 4, phase: ARRIVALS };
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
    heartbeats: Heartbeats,
    clients: Clients,
    connections: Connections,
    prefetched: Prefetched,
    dead_letters: VecDeque<Job>,
    /// Chance for how workers start and age.
    rng: Rng,
    /// What happened since they were last cleared.
    events: Vec<Event>,
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
        // Places are those of tasks: a few are others'.
        roster.reserve(knobs.workers as usize + 16);
        let mut host = Host::default();
        host.follow_knobs(&knobs);
        Self {
            seed,
            roster,
            queue: Queue::default(),
            jobs: Jobs::default(),
            ledger: Ledger::default(),
            host,
            heartbeats: Heartbeats::new(&knobs),
            clients: Clients::new(&knobs),
            connections: Connections::default(),
            prefetched: Prefetched::default(),
            dead_letters: VecDeque::new(),
            rng: Rng::new(seed, Stream::Workers),
            events: Vec::new(),
            lifetime_reaper: None,
            poisons: 0,
            knobs,
        }
    }

    /// Names the task that counts lifetimes.
    pub fn set_lifetime_reaper(&mut self, clock: TaskId) {
        self.lifetime_reaper = Some(clock);
    }

    /// All workers that are not reaped, zombies included, with what the pool knows of each.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The jobs that wait.
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

    /// The machine that the pool runs on: its cores and its memory.
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// What a copy takes outside itself, in bytes, about.
    pub fn bytes(&self) -> usize {
        let letters = self.dead_letters.len() * size_of::<Job>();
        let books = self.roster.bytes() + self.queue.bytes() + self.jobs.bytes();
        let waiting = self.connections.bytes() + self.prefetched.bytes();
        let lines = self.heartbeats.bytes() + self.clients.bytes() + waiting;
        books + letters + lines + size_of_val(&*self.events)
    }

    /// What happened since events were last cleared, oldest first.
    #[inline]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// All that follow events have been shown them.
    #[inline]
    pub fn clear_events(&mut self) {
        self.events.clear();
    }

    /// Something has happened.
    #[inline]
    pub fn emit(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Gives a worker the next job that it has in hand, or else the one that has waited longest in
    /// the queue, if there is one for it.
    #[inline]
    fn take(&mut self, who: WorkerRef, now: Instant) -> Option<(Held, Content)> {
        if let Some(begun) = self.begin_prefetched(who, now) {
            return Some(begun);
        }
        let place = self.queue.pop()?;
        let job = self.jobs.get_mut(place)?;
        job.attempt = job.attempt.saturating_add(1);
        job.state = JobState::InFlight;
        self.ledger.queued -= 1;
        self.ledger.in_flight += 1;
        let (id, kind, content) = (job.id, job.kind, job.content());
        let mib = job.mib.saturating_sub(self.roster.kept(who.task.index));
        let lease = Lease { job: place, attempt: job.attempt, kind, since: now };
        let waited = now.saturating_since(job.queued);
        let started = Event::Started { job: id, kind, attempt: lease.attempt, worker: who, waited };
        self.events.push(started);
        self.seat(who, Some(lease), mib, now);
        if self.knobs.prefetch > 1 {
            self.prefetch(who, now);
        }
        Some((Held { lease, job: id, mib }, content))
    }

    /// A worker sits down to a job: it is busy, wants a core, and holds so many MiB more. Without a
    /// lease nobody knows of it.
    #[inline]
    fn seat(&mut self, who: WorkerRef, lease: Option<Lease>, mib: u32, now: Instant) {
        let Some(record) = self.roster.get_mut(who.task.index) else { return };
        debug_assert!(record.state.may_become(State::Busy));
        record.state = State::Busy;
        record.lease = lease;
        record.jobs += 1;
        record.cancelled = false;
        if self.knobs.beat_source == BeatSource::BetweenJobs {
            record.last_beat = now;
        }
        self.host.run(record, now);
        Self::charge(record, i64::from(mib), &mut self.host, &mut self.events, &self.knobs);
    }

    /// Changes what a worker holds, by so many MiB.
    #[inline]
    fn charge(
        record: &mut Record,
        mib: i64,
        host: &mut Host,
        events: &mut Vec<Event>,
        knobs: &Knobs,
    ) {
        debug_assert!(i64::from(record.mib) + mib >= 0, "a worker gives back what it holds");
        record.mib = record.mib.wrapping_add_signed(mib as i32);
        host.charge(mib, record.replaced);
        if knobs.fix_limits {
            events.push(Event::Memory { worker: record.who, mib: record.mib });
        }
    }

    /// Changes what a worker holds, by so many MiB.
    fn change_memory(&mut self, who: WorkerRef, mib: i64) {
        if let Some(record) = self.roster.find_mut(who) {
            Self::charge(record, mib, &mut self.host, &mut self.events, &self.knobs);
        }
    }

    /// Lets what a step changed in load, memory, connections, jobs in hand and clients' plans take
    /// effect. Must follow every step of a task and every act from outside, within the same
    /// instant.
    #[inline]
    pub fn settle_host<T>(&mut self, cx: &mut Cx<'_, T>) {
        self.settle_clients(cx);
        self.settle_connections(cx);
        self.settle_prefetched(cx);
        if !std::mem::take(&mut self.host.unsettled) {
            return;
        }
        let swapped = self.host.swaps;
        let rate = self.host.settle();
        if rate != self.host.clock.rate() {
            self.host.clock = cx.set_service_rate(rate);
        }
        if self.host.swaps != swapped {
            self.emit(Event::Swapping { on: !swapped });
        }
        if self.host.is_full() && self.host.is_up() {
            cx.notify_one(order::MEMORY);
        }
    }

    /// What `ps` shows of a worker, in per cent: processor time used over the time since it was
    /// started (`man ps`, %cpu). Of a worker started this instant: 0.
    pub fn ps_percent(&self, record: &Record, now: Instant) -> f64 {
        let used = record.cpu_time(self.host.served(now)).as_micros() as f64;
        let age = now.saturating_since(self.roster.born(record.who.task.index)).as_micros();
        100.0 * used / age.max(1) as f64
    }

    /// The sum of that over all workers not reaped. Since each is taken over a life of its own,
    /// it can be more than 100 for each core, as `man ps` warns.
    pub fn ps_percent_sum(&self, now: Instant) -> f64 {
        self.roster.iter().map(|record| self.ps_percent(record, now)).sum()
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
}

/// What a worker has in hand: its own copy of the lease, and what it must let go of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// The attempt that the worker was given.
    pub lease: Lease,
    /// The job of that attempt.
    pub job: JobId,
    /// What it holds for it, in MiB: its working set, less what was kept of those before.
    mib: u32,
}
